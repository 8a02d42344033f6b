"""Codings in force as a table, each beside the turn that it lies in."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from workbench.coding.acts import Act
from workbench.coding.standing_rows import Row

COLUMNS = (
    "id", "coder", "document", "turn", "person", "role", "scheme", "code", "start", "end",
    "quote", "stance", "origin", "memo", "at",
)  # fmt: skip


def coding_table(codings: Sequence[Act], turns: pd.DataFrame) -> pd.DataFrame:
    """Return one row a coding.

    Parameters
    ----------
    codings : Sequence[Act]
        The acts that made the codings in force.
    turns : pandas.DataFrame
        As `Store.turns()` or `texts.turn_places` give them.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`, in the order the codings were made. `turn` is the
        turn in which the passage begins (missing where none does); `stance` is
        None where none was given.
    """
    return _table(_columns(codings, Act._fields), turns)


def row_table(rows: Sequence[tuple[Any, ...]], turns: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Return one row a coding, as `coding_table`, from the columns of `Row`: quotes are cut from the present texts."""
    columns = _columns(rows, Row._fields)
    places = zip(columns["document"], columns["start"], columns["end"], strict=True)
    quotes = [texts[document][start:end] for document, start, end in places]
    return _table({**columns, "quote": quotes}, turns)


def _columns(rows: Sequence[tuple[Any, ...]], names: tuple[str, ...]) -> dict[str, Sequence[Any]]:
    return dict(zip(names, zip(*rows, strict=True) if rows else ((),) * len(names), strict=True))


def _table(columns: Mapping[str, Sequence[Any]], turns: pd.DataFrame) -> pd.DataFrame:
    text = {name: "str" for name in COLUMNS if name not in ("turn", "start", "end", "stance")}
    whole = {"turn": "Int64", "start": "int64", "end": "int64", "stance": "object"}
    table = pd.DataFrame({name: list(columns[name]) for name in COLUMNS if name in columns})
    placed = turn_of(table["document"], table["start"], turns)
    for name in ("turn", "person", "role", "scheme"):
        values = np.full(len(table), None, dtype=object)
        if name in turns:
            values[placed >= 0] = turns[name].to_numpy(dtype=object)[placed[placed >= 0]]
        table[name] = values
    return table[list(COLUMNS)].astype(text | whole)


def turn_of(documents: "pd.Series[Any]", starts: "pd.Series[Any]", turns: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return the position in `turns` of the turn in which each passage begins, or -1.

    A passage that begins in a speaker's label belongs to the turn after it.
    """
    placed = np.full(len(documents), -1)
    begins = starts.to_numpy(dtype=np.int64)
    where_turns = dict(turns.groupby("document", sort=False).indices)
    for document, here in documents.groupby(documents, sort=False).indices.items():
        rows = where_turns.get(document)
        if rows is None:
            continue
        order = np.asarray(rows)[np.argsort(turns["end"].to_numpy(dtype=np.int64)[rows], kind="stable")]
        ends = turns["end"].to_numpy(dtype=np.int64)[order]
        first = np.searchsorted(ends, begins[here], side="right")
        placed[here] = np.where(first < len(order), order[np.minimum(first, len(order) - 1)], -1)
    return placed
