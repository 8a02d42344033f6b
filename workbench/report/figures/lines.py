"""Lines of a theory's figure: curves from box to box, round the boxes between them."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import Any

from workbench.report.figures.saving import INK
from workbench.theory.diagram import VERDICT_STYLES

Place = tuple[float, float]
WIDE, HIGH = 1.25, 0.42
"""Of a box, in inches."""

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "supported": {"linewidth": 2.6, "linestyle": "-"},
    "contested": {"linewidth": 1.7, "linestyle": (0, (6, 2.5))},
    "refuted": {"linewidth": 2.0, "linestyle": (0, (1.2, 1.6))},
    "untested": {"linewidth": 0.9, "linestyle": "-"},
}
"""Width and pattern of each verdict, so that none is told by colour alone."""


def colour(style: str, part: str) -> str:
    """Return one colour of a Mermaid style, so that both drawings share their colours."""
    found = re.search(rf"{part}:(#[0-9a-f]+)", style)
    return found.group(1) if found else INK


def draw_line(
    axes: Any, start: Place, end: Place, bends: Sequence[Place], verdict: str, *, inhibits: bool, url: str | None = None
) -> Place:
    """Draw a curve from box to box through its bends and return a place on it that a moderator can point at."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path as Curve

    knots = _knots(start, end, bends)
    if inhibits:  # the bar stands clear of the box
        knots[-1] = (knots[-1][0] - 0.05, knots[-1][1])
    points, codes = [knots[0]], [Curve.MOVETO]
    for at, (first, last) in enumerate(pairwise(knots)):
        if at % 2:  # straight through the slot that the line has in a layer
            points.append(last)
            codes.append(Curve.LINETO)
            continue
        points += curved(first, last)[1:]
        codes += [Curve.CURVE4] * 3
    head = "|-|,widthA=0,widthB=0.6" if inhibits else "-|>"
    axes.add_patch(
        FancyArrowPatch(
            path=Curve(points, codes), arrowstyle=head, mutation_scale=11, shrinkA=0, shrinkB=0, zorder=2,
            color=colour(VERDICT_STYLES[verdict], "stroke"), url=url, **LOOKS[verdict],
        )
    )  # fmt: skip
    return bends[0] if bends else ((knots[0][0] + knots[1][0]) / 2, (knots[0][1] + knots[1][1]) / 2)


def _knots(start: Place, end: Place, bends: Sequence[Place]) -> list[Place]:
    """Return where the line leaves, enters and leaves each layer's slot, and arrives."""
    knots = [(start[0] + WIDE / 2, start[1])]
    for across, down in bends:
        knots += [(across - WIDE / 2, down), (across + WIDE / 2, down)]
    return [*knots, (end[0] - WIDE / 2, end[1])]


def draw_bearing(axes: Any, start: Place, middle: Place, verdict: str, *, url: str | None = None) -> None:
    """Draw a moderator's line to a place on another line, which gets a dot."""
    from matplotlib.patches import FancyArrowPatch

    look = colour(VERDICT_STYLES[verdict], "stroke")
    first = (start[0] + WIDE / 2, start[1])
    axes.add_patch(
        FancyArrowPatch(
            first, middle, arrowstyle="-", color=look, zorder=2, shrinkA=0, shrinkB=0, url=url, **LOOKS[verdict]
        )
    )
    axes.plot(*middle, "o", color=look, markersize=7, markeredgecolor="white", zorder=3)


ALONG = (0.5, 0.3, 0.7, 0.2, 0.8)
"""Places on a line, as shares of the way, where its number may stand; the first that is free."""
CLEAR = 0.17
"""Inches between two numbers, so that both can be read."""


def draw_number(axes: Any, way: Sequence[Place], number: int, *, taken: list[Place], url: str | None) -> None:
    """Write how many people spoke to a link on its line, clear of other numbers; `taken` gets the place.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        In inches.
    way : Sequence of (float, float)
        From `curved` or `straight`: the stretch of the line on which it may stand.
    number : int
        People.
    taken : list of (float, float)
        Where other numbers and dots stand.
    url : str, optional
        Where a click leads.
    """
    places = [_on(way, share) for share in ALONG]
    free = [place for place in places if all(hypot(place[0] - x, place[1] - y) > CLEAR for x, y in taken)]
    place = (free or places)[0]
    taken.append(place)
    ground = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none", "alpha": 0.92}
    axes.text(
        *place, f"{number:,}", ha="center", va="center", fontsize=8.5, color=INK, weight="bold", bbox=ground, zorder=6,
        url=url,
    )  # fmt: skip


def curved(start: Place, end: Place) -> tuple[Place, ...]:
    """Return the four points that pull a line from box to box: it leaves and arrives level."""
    pull = 0.45 * abs(end[0] - start[0]) + (0.6 if end[0] <= start[0] else 0)
    return start, (start[0] + pull, start[1]), (end[0] - pull, end[1]), end


def straight(start: Place, end: Place) -> tuple[Place, ...]:
    """Return the four points of a line without a bend."""
    return start, start, end, end


def _on(way: Sequence[Place], share: float) -> Place:
    """Return the place on a cubic curve at a share of its way."""
    weights = ((1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3)
    across, down = (sum(weight * knot[at] for weight, knot in zip(weights, way, strict=True)) for at in (0, 1))
    return across, down
