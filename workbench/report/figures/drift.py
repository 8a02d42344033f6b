"""Delivery over the months: does a component fade?"""

from math import ceil
from textwrap import shorten
from typing import Any

import pandas as pd

from workbench.report.figures.saving import BLUE, GRID, INK, Drawn, bare, canvas
from workbench.report.wording import Names

ACROSS = 3


def draw_drift(table: pd.DataFrame, scheme: str, names: Names) -> Drawn | None:
    """Draw the monthly share of each component that records show, with its interval.

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
    months = table[(table["period"] != "all") & table["value"].notna()]
    counts = months.groupby("component", sort=False).size()
    shown = [str(component) for component in counts[counts >= 3].index]
    if not shown:
        return None
    down = ceil(len(shown) / ACROSS)
    figure = canvas(10.5, 1.75 * down + 0.6)
    panels = figure.subplots(down, ACROSS, sharey=True, squeeze=False).ravel()
    figure.subplots_adjust(left=0.06, right=0.99, top=0.94, bottom=0.5 / (1.75 * down + 0.6), hspace=0.75, wspace=0.08)
    every = sorted(months["period"].unique())
    for axes, component in zip(panels, shown, strict=False):
        _panel(axes, months[months["component"] == component], every, names.code(component))
    for axes in panels[len(shown) :]:
        axes.set_visible(False)
    name = names.scheme(scheme)
    return Drawn(
        name=f"drift-{scheme}", figure=figure,
        caption=f"{name}: share of due cases met, by month in which the case began, with 95% intervals",
        alt=f"{name}. {len(shown)} small line charts over {every[0]} to {every[-1]}, one a component: "
        f"{', '.join(shown)}. The monthly numbers are in the release file.",
    )  # fmt: skip


def _panel(axes: Any, rows: pd.DataFrame, every: list[str], title: str) -> None:
    bare(axes)
    at = [every.index(period) for period in rows["period"]]
    axes.fill_between(at, rows["low"].astype(float), rows["high"].astype(float), color="#c6dbef", linewidth=0)
    axes.plot(at, rows["value"], color=BLUE, linewidth=2, marker="o", markersize=3)
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.5, 1], labels=["0%", "50%", "100%"])
    axes.set_xlim(-0.3, len(every) - 0.7)
    ends = sorted({0, len(every) - 1})
    axes.set_xticks(ends, labels=[every[end] for end in ends])
    for label, side in zip(axes.get_xticklabels(), ("left", "right"), strict=False):
        label.set_horizontalalignment(side)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_title(shorten(title, 44, placeholder="…"), loc="left", fontsize=9, color=INK)
