"""How the lenses on the evidence are shown on a page."""

from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd

from workbench.report.markup import Column
from workbench.report.wording import MISSING, Names, decimal, is_missing, share, whole
from workbench.theory_testing.lenses.cooccurrence import PART_OF_LINK

CHAINS, PAIRS = 40, 25
"""Rows of a long table that a page shows; the release file has them all."""


def causal_map(table: pd.DataFrame, names: Names) -> list[Column]:
    """Return a row a pair of nodes, those that most people join first."""
    rows = table.sort_values(["n", "value"], ascending=False, kind="stable").head(CHAINS)
    return [
        said(rows, "start", "From", names.code), said(rows, "end", "To", names.code),
        count(rows, "n", "People who assert it whole"), count(rows, "value", "Separate chains"),
        count(rows, "cross_source", "Only pieced together"), said(rows, "chain", "By way of"),
    ]  # fmt: skip


def tracing(table: pd.DataFrame, names: Names) -> list[Column]:
    """Return a row a link and analyst: how far the clues move the belief, and which they are."""
    rows = table.to_dict(orient="records")
    return [
        said(table, "link", "Link", names.code), said(table, "coder", "Analyst"),
        Column(heading="Clues", cells=[f"{whole(row['n'])} of {whole(row['total'])}" for row in rows], align="right"),
        _range(rows, "Belief that it holds", ("low", "high"), share),
        _range(rows, "Decibels", ("decibels_low", "decibels_high"), _one),
        said(table, "clues", "What was found"), said(table, "note", "Note"),
    ]  # fmt: skip


def _range(
    rows: list[dict[Hashable, Any]], heading: str, ends: tuple[str, str], write: Callable[[object], str]
) -> Column:
    low, high = ends
    cells = [MISSING if is_missing(row[low]) else f"{write(row[low])} to {write(row[high])}" for row in rows]
    return Column(heading=heading, cells=cells, align="right")


def _one(value: object) -> str:
    return decimal(value, digits=1)


def cooccurrence(table: pd.DataFrame, names: Names) -> list[Column]:
    """Return the pairs that stand farthest above what chance brings together; not a link with its own end."""
    rows = table[~table["note"].str.contains(PART_OF_LINK)] if "note" in table.columns else table
    rows = rows.assign(_above=rows["n"] - rows["high"] if "high" in rows.columns else rows["n"])
    rows = rows.sort_values(["_above", "n"], ascending=False, kind="stable").head(PAIRS)
    columns = [said(rows, "code", "Code", names.code), said(rows, "other", "With", names.code)]
    columns.append(count(rows, "n", "Together"))
    if {"low", "high"} <= set(rows.columns):
        columns.append(_range(rows.to_dict(orient="records"), "By chance", ("low", "high"), _one))
    if "lift" in rows.columns:
        columns.append(Column(heading="Lift", cells=[_one(cell) for cell in rows["lift"]], align="right"))
    return [*columns, *([said(rows, "note", "Note")] if "note" in rows.columns and rows["note"].any() else [])]


def saturation(table: pd.DataFrame, _names: Names) -> list[Column]:
    """Return a row a group: interviews, and after how many nothing new came."""
    headings = {"status": "State", "n": "Interviews", "value": "Reached at", "note": "Note"}
    known = [name for name in headings if name in table.columns]
    columns = [said(table, "group", "Who")]
    for name in known:
        numeric = pd.api.types.is_numeric_dtype(table[name])
        columns.append(count(table, name, headings[name]) if numeric else said(table, name, headings[name]))
    if {"low", "high"} <= set(table.columns):
        columns.append(_range(table.to_dict(orient="records"), "Over shuffled orders", ("low", "high"), whole))
    return columns


def comparison(table: pd.DataFrame, _names: Names) -> list[Column]:
    """Return a row a combination of conditions that cases show."""
    columns = [said(table, "configuration", "Combination"), count(table, "n", "Cases")]
    for name, heading in (("consistency", "Consistency"), ("pri", "PRI")):
        columns.append(Column(heading=heading, cells=[decimal(cell, digits=3) for cell in table[name]], align="right"))
    return [*columns, said(table, "status", "State")]


def said(table: pd.DataFrame, name: str, heading: str, write: Callable[[object], str] = str) -> Column:
    """Return a column in words."""
    cells = [MISSING if is_missing(cell) or cell == "" else write(cell) for cell in table[name]]
    return Column(heading=heading, cells=cells)


def count(table: pd.DataFrame, name: str, heading: str) -> Column:
    """Return a column of counts."""
    return Column(heading=heading, cells=[whole(cell) for cell in table[name]], align="right")
