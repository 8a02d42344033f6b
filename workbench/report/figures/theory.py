"""The theory of change as a figure: the links that people spoke of, by verdict."""

from collections.abc import Collection, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from workbench.report.figures.layers import Layout, lay_out
from workbench.report.figures.lines import HIGH, LOOKS, WIDE, Place, colour, draw_bearing, draw_line
from workbench.report.figures.saving import INK, Drawn, canvas
from workbench.theory.diagram import NODE_STYLES, VERDICT_STYLES

if TYPE_CHECKING:
    from workbench.theory import Theory

ACROSS, DOWN = 2.95, 0.72
_CAPTION = "Links of the theory that people spoke of, by verdict. A line that ends in a bar inhibits"


def draw_theory(theory: "Theory", verdicts: Mapping[str, str], links: Collection[str]) -> Drawn:
    """Draw some links of a theory from causes on the left to effects on the right.

    Parameters
    ----------
    theory : Theory
        The theory of change.
    verdicts : Mapping[str, str]
        Link id to verdict; others are untested.
    links : Collection[str]
        Links to draw; a moderator's line ends with a dot on the line on which it bears.
    """
    borne = {theory.links[link].target for link in links}
    shown = [link for link in theory.links if link in links or link in borne]
    ends = {link: (theory.links[link].from_, theory.links[link].to) for link in shown if not theory.links[link].target}
    beside = {theory.links[link].from_: ends[target] for link in shown if (target := theory.links[link].target) in ends}
    inside = {node for pair in ends.values() for node in pair} | set(beside)
    nodes = [node for node in theory.nodes if node in inside]
    layout = lay_out(nodes, list(ends.values()), beside=beside)
    placed = _places(layout)
    figure, axes = _sheet(placed)
    told = {link: verdicts.get(link, "untested") for link in shown}
    _lines(axes, theory, layout, placed, told)
    for node in nodes:
        _box(axes, placed[node], f"{node}  {theory.nodes[node].name}", theory.nodes[node].type)
    _legend(figure, {theory.nodes[node].type for node in nodes}, set(told.values()))
    return Drawn(name="theory", figure=figure, caption=_CAPTION, alt=_alt(told))


def _lines(axes: Any, theory: "Theory", layout: Layout, placed: Mapping[str, Place], told: Mapping[str, str]) -> None:
    """Draw all lines, those of moderators last, since they end on others."""
    middles = {}
    for name, verdict in told.items():
        link = theory.links[name]
        if not link.target:
            bends = [placed[bend] for bend in layout.bends.get((link.from_, link.to), [])]
            inhibits = link.type == "inhibits"
            middles[name] = draw_line(axes, placed[link.from_], placed[link.to], bends, verdict, inhibits=inhibits)
    for name, verdict in told.items():
        link = theory.links[name]
        if link.target in middles:
            draw_bearing(axes, placed[link.from_], middles[link.target], verdict)


def _places(layout: Layout) -> dict[str, Place]:
    """Return the middle of each box and bend; thin layers are spread over the height."""
    tallest = max((len(layer) for layer in layout.layers), default=1)
    placed = {}
    for across, layer in enumerate(layout.layers):
        step = min(DOWN * (tallest - 1) / max(len(layer) - 1, 1), DOWN * 1.9)
        for down, node in enumerate(layer):
            placed[node] = (across * ACROSS, ((len(layer) - 1) / 2 - down) * step)
    return placed


def _sheet(placed: Mapping[str, Place]) -> tuple[Any, Any]:
    across = [x for x, _ in placed.values()] or [0.0]
    down = [y for _, y in placed.values()] or [0.0]
    wide, high = max(max(across) + WIDE + 0.2, 7.5), max(down) - min(down) + HIGH + 1.3
    figure = canvas(wide, high)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(-WIDE / 2 - 0.1, wide - WIDE / 2 - 0.1)
    axes.set_ylim(min(down) - HIGH / 2 - 1.1, max(down) + HIGH / 2 + 0.2)
    axes.set_axis_off()
    return figure, axes


_CORNERS = {"mechanism": "round,pad=0,rounding_size=0.24", "moderator": "sawtooth,pad=0,tooth_size=0.05"}


def _box(axes: Any, middle: Place, text: str, kind: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    style = NODE_STYLES[kind]
    axes.add_patch(
        FancyBboxPatch(
            (middle[0] - WIDE / 2, middle[1] - HIGH / 2), WIDE, HIGH, zorder=4,
            boxstyle=_CORNERS.get(kind, "round,pad=0,rounding_size=0.04"),
            facecolor=colour(style, "fill"), edgecolor=colour(style, "stroke"),
            linewidth=2.2 if kind == "outcome" else 1.3, linestyle="--" if "dasharray" in style else "-",
        )
    )  # fmt: skip
    lines = wrap(text, 26)[:3]
    axes.text(*middle, "\n".join(lines), ha="center", va="center", fontsize=9.5, color=INK, zorder=5, linespacing=1.1)


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
        handles=[*lines, *boxes], loc="lower left", ncols=4, frameon=False, fontsize=10, handlelength=3.2,
        bbox_to_anchor=(0.01, 0.0),
    )  # fmt: skip


def _alt(told: Mapping[str, str]) -> str:
    named = {verdict: [link for link, given in told.items() if given == verdict] for verdict in LOOKS}
    parts = [f"{verdict}: {', '.join(links)}" for verdict, links in named.items() if links]
    return f"Diagram of the theory from causes on the left to effects on the right. {'; '.join(parts)}."
