"""Columns that no map knows: named, so that nothing is lost without a word."""

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import pandas as pd

from workbench.records.maps import plain
from workbench.records.values import cell_text, each

UNREAD = "column not read"

UNCLEAR = {
    "ethnic": ("ethnicity_self", "ethnicity_officer"),
    "race": ("ethnicity_self", "ethnicity_officer"),
}
"""First letters of a word whose header does not say which column is meant: a person has to."""

LONGEST = 60
"""A header is told up to here: a cell of free text in its row is no header."""


def unread_columns(
    header: Sequence[Any],
    body: pd.DataFrame,
    read: Mapping[int, str],
    known: Mapping[str, str],
    blanks: Collection[str],
) -> list[tuple[str, int, str]]:
    """Return header, filled rows and remedy of each column that is not read and says something; never its values.

    Parameters
    ----------
    header : Sequence
        The header's cells.
    body : pandas.DataFrame
        The rows below it, columns by position.
    read : Mapping[int, str]
        Position to canonical name of the columns that are read.
    known : Mapping[str, str]
        Plain spelling to canonical name, for this kind of sheet.
    blanks : Collection[str]
        What counts as blank.

    Returns
    -------
    list of (str, int, str)
        In the order of the sheet.
    """
    found = []
    for position, cell in enumerate(header):
        name = "" if cell is None else cell_text(cell) or ""
        if position in read or position not in body.columns or "fictional" in name.casefold():
            continue
        shown = name[:LONGEST] or f"column {position + 1}, without a header"
        if filled := _filled(body[position], blanks):
            found.append((shown, filled, _remedy(name, set(read.values()), known)))
    return found


def _filled(column: pd.Series, blanks: Collection[str]) -> int:
    """Return how many cells say something."""
    if pd.api.types.is_numeric_dtype(column):
        return int(column.notna().sum())

    def says(value: object) -> bool:
        found = cell_text(value)
        return found is not None and found.casefold() not in blanks

    return int(each(column, says).fillna(False).astype(bool).sum())


def _remedy(name: str, read: set[str], known: Mapping[str, str]) -> str:
    """Return what the column could be named in columns.yaml."""
    if known.get(plain(name)) in read:
        return f"{known[plain(name)]} is read from another column, as columns.yaml says"
    for begins, choices in UNCLEAR.items():
        if any(word.startswith(begins) for word in plain(name).split()):
            return f"it does not say whose view it is: name it in columns.yaml as {' or '.join(choices)}"
    open_ones = [spelling for spelling, canonical in known.items() if canonical not in read]
    if near := get_close_matches(plain(name), open_ones, n=1, cutoff=0.7):
        return f"did you mean {known[near[0]]} (“{near[0]}”)? Then name it in columns.yaml"
    return "no map knows this header; name it in columns.yaml if it is needed"
