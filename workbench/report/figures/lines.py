"""Lines of a theory's figure: curves from box to box, round the boxes between them."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
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


def draw_line(axes: Any, start: Place, end: Place, bends: Sequence[Place], verdict: str, *, inhibits: bool) -> Place:
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
        pull = 0.45 * abs(last[0] - first[0]) + (0.6 if last[0] <= first[0] else 0)
        points += [(first[0] + pull, first[1]), (last[0] - pull, last[1]), last]
        codes += [Curve.CURVE4] * 3
    head = "|-|,widthA=0,widthB=0.6" if inhibits else "-|>"
    axes.add_patch(
        FancyArrowPatch(
            path=Curve(points, codes), arrowstyle=head, mutation_scale=11, shrinkA=0, shrinkB=0, zorder=2,
            color=colour(VERDICT_STYLES[verdict], "stroke"), **LOOKS[verdict],
        )
    )  # fmt: skip
    return bends[0] if bends else ((knots[0][0] + knots[1][0]) / 2, (knots[0][1] + knots[1][1]) / 2)


def _knots(start: Place, end: Place, bends: Sequence[Place]) -> list[Place]:
    """Return where the line leaves, enters and leaves each layer's slot, and arrives."""
    knots = [(start[0] + WIDE / 2, start[1])]
    for across, down in bends:
        knots += [(across - WIDE / 2, down), (across + WIDE / 2, down)]
    return [*knots, (end[0] - WIDE / 2, end[1])]


def draw_bearing(axes: Any, start: Place, middle: Place, verdict: str) -> None:
    """Draw a moderator's line to a place on another line, which gets a dot."""
    from matplotlib.patches import FancyArrowPatch

    look = colour(VERDICT_STYLES[verdict], "stroke")
    first = (start[0] + WIDE / 2, start[1])
    axes.add_patch(
        FancyArrowPatch(first, middle, arrowstyle="-", color=look, zorder=2, shrinkA=0, shrinkB=0, **LOOKS[verdict])
    )
    axes.plot(*middle, "o", color=look, markersize=7, markeredgecolor="white", zorder=3)
