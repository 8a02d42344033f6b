"""Gaps between groups at each stage, with their intervals."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.report.figures.saving import BLUE, GRID, INK, ORANGE, PALE, Drawn, bare, canvas
from workbench.report.wording import MINUS, is_missing, number, plain

ROW = 0.3
STEPS = (1, 2, 5, 10, 20)
"""Points between two marks of the axis: whole numbers, so that none is rounded away."""

Row = Mapping[Hashable, Any]


def draw_gaps(table: pd.DataFrame, name: str) -> Drawn | None:
    """Draw each group's gap to the reference in points, one panel a stage.

    Parameters
    ----------
    table : pandas.DataFrame
        Released, with measure "gap".
    name : str
        Of the finding.

    Returns
    -------
    Drawn or None
        None where no gap can be shown.
    """
    gaps = table[(table["measure"] == "gap") & (table["method"] != "worst case")]
    if gaps.empty or gaps["value"].isna().all():
        return None
    stages = list(dict.fromkeys(gaps["stage"].astype(str)))
    groups = list(dict.fromkeys(gaps["group"].astype(str)))
    reach = 1.08 * max(gaps["low"].abs().max(), gaps["high"].abs().max())
    height = ROW * len(groups) + 0.55
    down = (len(stages) + 1) // 2
    figure = canvas(10.5 if len(stages) > 1 else 6.5, height * down + 0.4)
    panels = figure.subplots(down, min(len(stages), 2), sharex=True, sharey=True, squeeze=False).ravel()
    figure.subplots_adjust(left=0.13, right=0.985, bottom=0.5 / (height * down + 0.4), hspace=0.42, wspace=0.04)
    for axes, stage in zip(panels, stages, strict=False):
        _panel(axes, gaps[gaps["stage"] == stage].to_dict(orient="records"), groups, reach)
        axes.set_title(plain(stage).capitalize(), loc="left", fontsize=10.5, color=INK, weight="bold")
    for axes in panels[len(stages) :]:
        axes.set_visible(False)
    reference = str(gaps["reference"].iloc[0])
    return Drawn(
        name=f"{name}-gaps", figure=figure,
        caption=f"Gap to {reference} in percentage points, with 95% intervals. Filled diamond: the "
        "interval leaves out zero",
        alt=_alt(gaps, reference),
    )  # fmt: skip


def _panel(axes: Any, rows: Sequence[Row], groups: list[str], reach: float) -> None:
    bare(axes)
    axes.axvline(0, color=INK, linewidth=1)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(len(groups) - 0.4, -0.6)
    axes.set_yticks(range(len(groups)), labels=groups)
    ticks = marks(reach)
    axes.set_xticks(
        [tick / 100 for tick in ticks], labels=[f"{tick:+d}".replace("-", MINUS) if tick else "0" for tick in ticks]
    )
    axes.tick_params(labelbottom=True)
    for row in rows:
        at = groups.index(str(row["group"]))
        if is_missing(row["value"]):
            ground = {"facecolor": "white", "edgecolor": "none", "pad": 1}
            axes.text(0, at, _why(row), ha="center", va="center", fontsize=8.5, color=PALE, bbox=ground)
            continue
        clear = row["low"] > 0 or row["high"] < 0
        # Filled where the interval leaves out zero, hollow where it does not: shape and colour say it both.
        colour, filling = (ORANGE, ORANGE) if clear else (BLUE, "white")
        axes.plot([row["low"], row["high"]], [at, at], color=colour, linewidth=2)
        axes.plot(row["value"], at, "D" if clear else "o", color=colour, markerfacecolor=filling, markersize=7)


def marks(reach: float) -> list[int]:
    """Return the points to be marked on an axis from -reach to reach, at most about four a side."""
    most = int(100 * reach)
    step = next((step for step in STEPS if most // step <= 4), STEPS[-1])
    return list(range(-(most // step) * step, most + 1, step))


def _why(row: Row) -> str:
    status = str(row.get("status") or "")
    return "withheld" if status.startswith("withheld") else status or "undefined"


def _alt(gaps: pd.DataFrame, reference: str) -> str:
    clear = gaps[(gaps["low"] > 0) | (gaps["high"] < 0)].to_dict(orient="records")
    told = "; ".join(f"{plain(str(row['stage']))}, {row['group']}: {number(row['value'], 'gap')}" for row in clear)
    return (
        f"Gaps to {reference} with 95% intervals, one panel a stage or outcome. Filled diamonds leave out zero"
        f"{': ' + told if told else ', and there is none'}. Hollow circles include zero."
    )
