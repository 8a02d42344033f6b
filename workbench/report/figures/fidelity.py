"""Delivery against one manual: what records show, beside what people say, component by component."""

from collections.abc import Hashable, Mapping, Sequence
from textwrap import shorten
from typing import Any

import pandas as pd

from workbench.report.figures.saving import BLUE, GRID, INK, PALE, Drawn, bare, canvas
from workbench.report.wording import Names, is_missing, share

ROW = 0.36
SAID: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("delivered", "delivered", {"marker": "s", "markerfacecolor": BLUE}),
    ("adapted", "adapted", {"marker": "D", "markerfacecolor": "white"}),
    ("not_delivered", "not delivered", {"marker": "X", "markerfacecolor": INK}),
    (
        "mixed",
        "says both",
        {"marker": "s", "markerfacecolor": BLUE, "markerfacecoloralt": "white", "fillstyle": "left"},
    ),
)
"""Column, words and mark: told apart by shape and filling."""

Row = Mapping[Hashable, Any]


def draw_fidelity(table: pd.DataFrame, scheme: str, names: Names) -> Drawn:
    """Draw the share of cases that were met, with its interval, and people's words beside it.

    Parameters
    ----------
    table : pandas.DataFrame
        Released; rows of period "all" are drawn.
    scheme : str
        Its id.
    names : Names
        What components are called.
    """
    rows = table[table["period"] == "all"].to_dict(orient="records")
    figure = canvas(10.5, ROW * len(rows) + 1.3)
    records, people = figure.subplots(1, 2, sharey=True, width_ratios=[3, 1.5])
    figure.subplots_adjust(
        left=0.36, right=0.99, top=1 - 0.3 / (ROW * len(rows) + 1.3), bottom=0.75 / (ROW * len(rows) + 1.3), wspace=0.05
    )
    _records(records, rows)
    _people(people, rows)
    records.set_yticks(range(len(rows)))
    records.set_yticklabels([shorten(names.code(row["component"]), 50, placeholder="…") for row in rows])
    records.set_ylim(len(rows) - 0.4, -0.6)
    _legend(figure)
    name = names.scheme(scheme)
    return Drawn(
        name=f"fidelity-{scheme}", figure=figure,
        caption=f"{name}: share of due cases that were met in records, and how many people say that it was delivered",
        alt=_alt(name, rows, names),
    )  # fmt: skip


def _records(axes: Any, rows: Sequence[Row]) -> None:
    bare(axes)
    axes.set_title("Records: share of due cases met, 95% interval", loc="left", fontsize=10, color=INK)
    axes.set_xlim(0, 1.015)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1.0], labels=["0%", "25%", "50%", "75%", "100%"])
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    for at, row in enumerate(rows):
        if row["status"] == "not observable":
            axes.barh(at, 1.0, height=0.66, facecolor="#f4f4f4", edgecolor="#a6a6a6", hatch="////", linewidth=0)
            _written(axes, 0.5, at, "no record can show this", centre=True)
        elif is_missing(row["value"]):
            why = "withheld" if str(row["status"]).startswith("withheld") else "nothing due yet"
            axes.barh(at, 1.0, height=0.66, facecolor="white", edgecolor=GRID, linestyle=":")
            _written(axes, 0.5, at, why, centre=True)
        else:
            axes.barh(at, row["value"], height=0.66, color="#9ecae1", edgecolor=BLUE, linewidth=0.8)
            axes.plot([row["low"], row["high"]], [at, at], color=INK, linewidth=2, solid_capstyle="butt")
            _written(axes, 0.02, at, share(row["value"]))


def _written(axes: Any, across: float, at: int, text: str, *, centre: bool = False) -> None:
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.85}
    axes.text(across, at, text, ha="center" if centre else "left", va="center", fontsize=9, color=INK, bbox=ground)


def _people(axes: Any, rows: Sequence[Row]) -> None:
    bare(axes)
    axes.set_title("Interviews: one mark a person", loc="left", fontsize=10, color=INK)
    most = max((_heard(row) for row in rows), default=0)
    axes.set_xlim(-0.4, max(most, 6) + 0.4)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    for at, row in enumerate(rows):
        across = 0
        for column, _, mark in SAID:
            count = _people_of(row, column)
            axes.plot(
                range(across, across + count), [at] * count, markersize=9, markeredgecolor=INK, linestyle="none", **mark
            )
            across += count
        if not across:
            silent = "coders differ on what is said" if _people_of(row, "coders_differ") else "nobody spoke of it"
            axes.text(-0.2, at, silent, va="center", fontsize=8.5, color=PALE)


def _heard(row: Row) -> int:
    return sum(_people_of(row, column) for column, *_ in SAID)


def _people_of(row: Row, column: str) -> int:
    return 0 if is_missing(row.get(column)) else int(row[column])


def _legend(figure: Any) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], markersize=9, markeredgecolor=INK, linestyle="none", label=words, **mark)
        for _, words, mark in SAID
    ]
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.56, 0.0), ncols=4, frameon=False, fontsize=9.5)


def _alt(scheme: str, rows: Sequence[Row], names: Names) -> str:
    seen = [row for row in rows if not is_missing(row["value"])]
    blind = sum(row["status"] == "not observable" for row in rows)
    told = ", ".join(f"{names.code(row['component'])} {share(row['value'])}" for row in seen)
    return (
        f"{scheme}. Bars of the share of due cases met: {told or 'none can be shown'}. {blind} of {len(rows)} "
        "components are hatched: no record can show them. Marks beside the bars count people who say that it was "
        "delivered, adapted or not delivered, or who say both; each counts once a component."
    )
