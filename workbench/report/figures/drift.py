"""Delivery over the months: does a component fade?"""

from math import ceil
from textwrap import shorten
from typing import Any

import pandas as pd

from workbench.fidelity.rows import UNFINISHED
from workbench.report.figures.saving import BLUE, GRID, INK, Drawn, bare, canvas
from workbench.report.wording import Names

ACROSS = 3
FEWEST = 3
"""Months that make a line worth looking at."""


def draw_drift(table: pd.DataFrame, scheme: str, names: Names) -> Drawn | None:
    """Draw the monthly share of each component that records show, with its interval.

    Months at the end in which cases wait for their time to run out are
    hatched, not drawn: what is done soon would show and what is missed would
    not. The line breaks where a month is withheld or has no case.

    Parameters
    ----------
    table : pandas.DataFrame
        Released; rows by month are drawn.
    scheme : str
        Its id.
    names : Names
        What components are called.

    Returns
    -------
    Drawn or None
        None where no component has three months to show.
    """
    months = table[table["period"] != "all"]
    if months.empty:
        return None
    every = [str(month) for month in pd.period_range(months["period"].min(), months["period"].max(), freq="M")]
    lines = {str(component): by_month(rows, every) for component, rows in months.groupby("component", sort=False)}
    lines = {component: line for component, line in lines.items() if line["value"].notna().sum() >= FEWEST}
    if not lines:
        return None
    down = ceil(len(lines) / ACROSS)
    figure = canvas(10.5, 1.75 * down + 0.6)
    panels = figure.subplots(down, ACROSS, sharey=True, squeeze=False).ravel()
    figure.subplots_adjust(left=0.06, right=0.99, top=0.94, bottom=0.5 / (1.75 * down + 0.6), hspace=0.75, wspace=0.08)
    for axes, (component, line) in zip(panels, lines.items(), strict=False):
        _panel(axes, line, names.code(component))
    for axes in panels[len(lines) :]:
        axes.set_visible(False)
    name = names.scheme(scheme)
    return Drawn(
        name=f"drift-{scheme}", figure=figure,
        caption=f"{name}: share of due cases met, by month in which the case began, with 95% intervals. "
        "Hatched: cases not yet due. A break: withheld, or no case",
        alt=f"{name}. {len(lines)} small line charts over {every[0]} to {every[-1]}, one a component: "
        f"{', '.join(lines)}. The monthly numbers are in the release file.",
    )  # fmt: skip


def by_month(rows: pd.DataFrame, every: list[str]) -> pd.DataFrame:
    """Return value, low, high and tail of one component for every month.

    `tail` is true from the first month of the last run of months that are not
    complete; there value, low and high are missing, as where none is known.
    """
    line = rows.set_index("period")[["value", "low", "high"]].astype(float).reindex(every)
    waiting = rows["not_due"].gt(0).fillna(False).astype(bool) | rows["note"].fillna("").str.contains(
        UNFINISHED, regex=False
    )
    open_months = set(rows.loc[waiting, "period"])
    start = len(every)
    for at in reversed(range(len(every))):
        if every[at] in open_months:
            start = at
        elif line["value"].notna().iloc[at]:
            break
    line["tail"] = [at >= start for at in range(len(every))]
    line.loc[line["tail"], ["value", "low", "high"]] = float("nan")
    return line


def _panel(axes: Any, line: pd.DataFrame, title: str) -> None:
    bare(axes)
    every, at = list(line.index), range(len(line))
    axes.fill_between(at, line["low"], line["high"], color="#c6dbef", linewidth=0)
    known = line["value"].notna()
    alone = known & ~known.shift(1, fill_value=False) & ~known.shift(-1, fill_value=False)  # has no band of its own
    axes.vlines(
        [month for month in at if alone.iloc[month]],
        line["low"][alone],
        line["high"][alone],
        color="#c6dbef",
        linewidth=3,
    )
    axes.plot(at, line["value"], color=BLUE, linewidth=2, marker="o", markersize=3)
    if line["tail"].any():
        first = int(line["tail"].to_numpy().argmax())
        axes.axvspan(first - 0.5, len(every) - 0.5, facecolor="#f4f4f4", edgecolor="#a6a6a6", hatch="////", linewidth=0)
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.5, 1], labels=["0%", "50%", "100%"])
    axes.set_xlim(-0.5, len(every) - 0.5)
    ends = sorted({0, len(every) - 1})
    axes.set_xticks(ends, labels=[every[end] for end in ends])
    for label, side in zip(axes.get_xticklabels(), ("left", "right"), strict=False):
        label.set_horizontalalignment(side)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_title(shorten(title, 44, placeholder="…"), loc="left", fontsize=9, color=INK)
