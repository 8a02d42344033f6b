"""Codings in force as a table, each beside the turn that it lies in."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from workbench.coding.acts import Act

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
        As `Store.turns()` gives them.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`, in the order the codings were made. `turn` is the
        turn in which the passage begins (missing where none does); `stance` is
        None where none was given.
    """
    columns = dict(zip(Act._fields, zip(*codings, strict=True), strict=True)) if codings else {}
    table = pd.DataFrame({name: list(columns.get(name, ())) for name in COLUMNS if name in Act._fields})
    placed = turn_of(table["document"], table["start"], turns)
    for name in ("turn", "person", "role", "scheme"):
        values = np.full(len(table), None, dtype=object)
        if name in turns:
            values[placed >= 0] = turns[name].to_numpy(dtype=object)[placed[placed >= 0]]
        table[name] = values
    texts = {name: "str" for name in COLUMNS if name not in ("turn", "start", "end", "stance")}
    whole = {"turn": "Int64", "start": "int64", "end": "int64", "stance": "object"}
    return table[list(COLUMNS)].astype(texts | whole)


def turn_of(documents: "pd.Series[Any]", starts: "pd.Series[Any]", turns: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return the position in `turns` of the turn in which each passage begins, or -1.

    A passage that begins in a speaker's label belongs to the turn after it.
    """
    placed = np.full(len(documents), -1)
    asked = documents.to_numpy()
    begins = starts.to_numpy(dtype=np.int64)
    where_turns = dict(turns.groupby("document", sort=False).indices)
    for document in pd.unique(documents):
        rows = where_turns.get(document)
        if rows is None:
            continue
        here = asked == document
        order = np.asarray(rows)[np.argsort(turns["end"].to_numpy(dtype=np.int64)[rows], kind="stable")]
        ends = turns["end"].to_numpy(dtype=np.int64)[order]
        first = np.searchsorted(ends, begins[here], side="right")
        placed[here] = np.where(first < len(order), order[np.minimum(first, len(order) - 1)], -1)
    return placed
