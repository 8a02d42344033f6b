"""The theory of change as a figure: the links that people spoke of, by verdict."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from workbench.language.counted import counted
from workbench.report.figures.layers import Layout, lay_out
from workbench.report.figures.lines import (
    HIGH,
    LOOKS,
    WIDE,
    Place,
    colour,
    curved,
    draw_bearing,
    draw_line,
    draw_number,
    straight,
)
from workbench.report.figures.saving import INK, Drawn, canvas
from workbench.theory.diagram import NODE_STYLES, VERDICT_STYLES

if TYPE_CHECKING:
    from workbench.theory import Theory

COLUMNS = 4
"""As many boxes stand beside each other on a printed page with words that can be read."""

ACROSS, DOWN, APART = 1.78, 0.46, 0.2
WIDTH = (COLUMNS - 1) * ACROSS + WIDE + 0.1
"""In inches: no wider than the text of an A4 page in portrait, so that print does not shrink the words."""

WORDS = 8.5
_CAPTION = "Links of the theory that people spoke of, by verdict. A line that ends in a bar inhibits"
_DECIDED = "Links of the theory with a verdict, from what people said. A line that ends in a bar inhibits"
_AGAIN = ". A box can stand in several parts"
_NUMBERS = ". The number on a line is of the people who spoke to the link"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What stands on the lines beside their verdicts.

    Parameters
    ----------
    people : Mapping[str, int]
        Link id to how many people spoke to it.
    urls : Mapping[str, str]
        Link id to where a click on its line leads.
    """

    people: Mapping[str, int] = field(default_factory=dict)
    urls: Mapping[str, str] = field(default_factory=dict)


def draw_theory(
    theory: "Theory", verdicts: Mapping[str, str], links: Collection[str], told: Told | None = None
) -> Drawn:
    """Draw some links of a theory from causes on the left to effects on the right.

    Where some links have a verdict, untested ones are left out. A long chain
    is cut into parts, one under the other, so that words stay legible in print.

    Parameters
    ----------
    theory : Theory
        The theory of change.
    verdicts : Mapping[str, str]
        Link id to verdict; others are untested.
    links : Collection[str]
        Links to draw; a moderator's line ends with a dot on the line on which it bears.
    told : Told, optional
        Numbers of people, and where clicks lead.
    """
    beside = told or Told()
    decided = [link for link in links if verdicts.get(link, "untested") != "untested"]
    chosen = decided or links
    borne = {theory.links[link].target for link in chosen}
    shown = {link: verdicts.get(link, "untested") for link in theory.links if link in chosen or link in borne}
    parts = _parts(theory, list(shown))
    layouts = [_laid_out(theory, part) for part in parts]
    placed, bottom = _places(layouts)
    figure, axes = _sheet(bottom)
    for layout, places, part in zip(layouts, placed, parts, strict=True):
        _lines(axes, theory, layout, places, {link: shown[link] for link in part}, beside)
        for node in [node for node in places if node in theory.nodes]:
            _box(axes, places[node], f"{node} {theory.nodes[node].name}", theory.nodes[node].type)
    boxes = {node for places in placed for node in places if node in theory.nodes}
    _legend(figure, {theory.nodes[node].type for node in boxes}, set(shown.values()))
    numbers = _NUMBERS if beside.people.keys() & shown.keys() else ""
    caption = (_DECIDED if decided else _CAPTION) + numbers + (_AGAIN if len(parts) > 1 else "")
    clicks = {url: f"{link}: {shown[link]}" for link, url in beside.urls.items() if link in shown}
    return Drawn(name="theory", figure=figure, caption=caption, alt=_alt(shown, beside.people), clicks=clicks)


def _parts(theory: "Theory", links: list[str]) -> list[list[str]]:
    """Cut links by how deep in the chain they begin, so that no part needs more columns than there are."""
    depth = {node: at for at, layer in enumerate(_laid_out(theory, links).layers) for node in layer}
    parts: dict[int, list[str]] = {}
    for link in links:
        begins = theory.links[theory.links[link].target or link].from_
        parts.setdefault(depth[begins] // (COLUMNS - 1), []).append(link)
    return [parts[at] for at in sorted(parts)]


def _laid_out(theory: "Theory", links: list[str]) -> Layout:
    ends = {link: (theory.links[link].from_, theory.links[link].to) for link in links if not theory.links[link].target}
    beside = {theory.links[link].from_: ends[target] for link in links if (target := theory.links[link].target) in ends}
    inside = {node for pair in ends.values() for node in pair} | set(beside)
    return lay_out([node for node in theory.nodes if node in inside], list(ends.values()), beside=beside)


def _lines(
    axes: Any,
    theory: "Theory",
    layout: Layout,
    placed: Mapping[str, Place],
    told: Mapping[str, str],
    beside: Told,
) -> None:
    """Draw all lines, those of moderators last, since they end on others; then the numbers, clear of their dots."""
    middles: dict[str, Place] = {}
    ways: dict[str, tuple[Place, ...]] = {}
    for name, verdict in told.items():
        link, url = theory.links[name], beside.urls.get(name)
        if not link.target:
            start, end = placed[link.from_], placed[link.to]
            bends = [placed[bend] for bend in layout.bends.get((link.from_, link.to), [])]
            middles[name] = draw_line(axes, start, end, bends, verdict, inhibits=link.type == "inhibits", url=url)
            first = bends[0] if bends else end
            ways[name] = curved((start[0] + WIDE / 2, start[1]), (first[0] - WIDE / 2, first[1]))
    for name, verdict in told.items():
        link = theory.links[name]
        if link.target in middles:
            start, middle = placed[link.from_], middles[link.target]
            draw_bearing(axes, start, middle, verdict, url=beside.urls.get(name))
            ways[name] = straight((start[0] + WIDE / 2, start[1]), middle)
    taken = [middles[target] for name in told if (target := theory.links[name].target) in middles]
    for name, way in ways.items():
        if name in beside.people:
            draw_number(axes, way, beside.people[name], taken=taken, url=beside.urls.get(name))


def _places(layouts: list[Layout]) -> tuple[list[dict[str, Place]], float]:
    """Return the middle of each box and bend, part under part, and how far down they go.

    Thin layers are spread over the height of their part.
    """
    placed, top = [], 0.0
    for layout in layouts:
        tallest = max((len(layer) for layer in layout.layers), default=1)
        middle = top - DOWN * (tallest - 1) / 2
        places = {}
        for across, layer in enumerate(layout.layers):
            step = min(DOWN * (tallest - 1) / max(len(layer) - 1, 1), DOWN * 1.9)
            for down, node in enumerate(layer):
                places[node] = (across * ACROSS, middle + ((len(layer) - 1) / 2 - down) * step)
        placed.append(places)
        top -= DOWN * tallest + APART
    return placed, top + APART + DOWN - HIGH / 2


def _sheet(bottom: float) -> tuple[Any, Any]:
    from matplotlib.patches import Rectangle

    top, low = HIGH / 2 + 0.1, bottom - 0.7
    figure = canvas(WIDTH, top - low)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    left = -WIDE / 2 - 0.05
    axes.set_xlim(left, left + WIDTH)
    axes.set_ylim(low, top)
    axes.set_axis_off()
    # Keeps the sheet's size where boxes do not fill it: a drawing that is cut close would be blown up.
    axes.add_patch(Rectangle((left, low), WIDTH, top - low, fill=False, linewidth=0))
    return figure, axes


_CORNERS = {"mechanism": "round,pad=0,rounding_size=0.2", "moderator": "sawtooth,pad=0,tooth_size=0.05"}


def _box(axes: Any, middle: Place, text: str, kind: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    style = NODE_STYLES[kind]
    axes.add_patch(
        FancyBboxPatch(
            (middle[0] - WIDE / 2, middle[1] - HIGH / 2), WIDE, HIGH, zorder=4,
            boxstyle=_CORNERS.get(kind, "round,pad=0,rounding_size=0.04"),
            facecolor=colour(style, "fill"), edgecolor=colour(style, "stroke"),
            linewidth=1.8 if kind == "outcome" else 1.0, linestyle="--" if "dasharray" in style else "-",
        )
    )  # fmt: skip
    lines = wrap(text, 17, max_lines=3, placeholder=" …")
    axes.text(*middle, "\n".join(lines), ha="center", va="center", fontsize=WORDS, color=INK, zorder=5, linespacing=1.0)


def _legend(figure: Any, kinds: Collection[str], verdicts: Collection[str]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    lines = [
        Line2D([], [], color=colour(VERDICT_STYLES[name], "stroke"), label=name, **LOOKS[name])
        for name in LOOKS
        if name in verdicts
    ]
    boxes = [
        Patch(facecolor=colour(style, "fill"), edgecolor=colour(style, "stroke"), label=name)
        for name, style in NODE_STYLES.items()
        if name in kinds
    ]
    figure.legend(
        handles=[*lines, *boxes], loc="lower left", ncols=4, frameon=False, fontsize=WORDS, handlelength=2.6,
        bbox_to_anchor=(0.01, 0.0),
    )  # fmt: skip


def _alt(shown: Mapping[str, str], people: Mapping[str, int]) -> str:
    def said(link: str) -> str:
        return f"{link} ({counted(people[link], 'person', 'people')})" if link in people else link

    named = {verdict: [said(link) for link, given in shown.items() if given == verdict] for verdict in LOOKS}
    parts = [f"{verdict}: {', '.join(links)}" for verdict, links in named.items() if links]
    return f"Diagram of the theory from causes on the left to effects on the right. {'; '.join(parts)}."
