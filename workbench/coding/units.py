"""Codings as a table of units × coders: what agreement is computed on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InputError

UNITS = ("turn", "sentence", "character")

# A rule that never changes suits units better than a trained splitter: the same talk
# must give the same units on every machine.
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|$)", re.DOTALL)


class Coded(Protocol):
    """What a coding store offers here."""

    def turns(self) -> pd.DataFrame:
        """One row a turn."""

    def codings(self) -> pd.DataFrame:
        """One row a coding in force."""

    def read_by(self) -> pd.DataFrame:
        """Who has finished which document."""

    def text(self, document: str) -> str:
        """One document's text."""


@dataclass(frozen=True, kw_only=True)
class UnitTable:
    """The documents cut into units, and who marked what there.

    Parameters
    ----------
    units : pandas.DataFrame
        One row a unit: document, turn, start, end.
    codings : pandas.DataFrame
        The codings that lie in these documents, by coders who have finished them.
    coders : tuple of str
        Who has finished at least one document.
    finished : numpy.ndarray of bool, coders × units
        Whether the coder has finished the unit's document.
    """

    units: pd.DataFrame
    codings: pd.DataFrame
    coders: tuple[str, ...]
    finished: NDArray[np.bool_]
    _ranges: Mapping[tuple[str, str], NDArray[np.intp]] = field(default_factory=dict, repr=False)

    @property
    def codes(self) -> list[str]:
        """Every code that is in use, sorted."""
        return sorted(set(self.codings["code"]))

    def marked(self, code: str) -> NDArray[np.bool_]:
        """Return whether each coder marked each unit with the code: coders × units.

        A unit counts as marked when a coding covers any part of it. Read it
        together with `finished`: an unmarked unit of an unfinished document
        says nothing.
        """
        marks = np.zeros((len(self.coders), len(self.units) + 1), dtype=np.int32)
        for row, coder in enumerate(self.coders):
            ranges = self._ranges.get((coder, code))
            if ranges is not None:
                np.add.at(marks[row], ranges[:, 0], 1)
                np.add.at(marks[row], ranges[:, 1], -1)
        return np.asarray(np.cumsum(marks, axis=1)[:, :-1] > 0)


def unit_table(store: Coded, unit: str = "turn") -> UnitTable:
    """Cut the store's documents into units and find who marked them.

    Parameters
    ----------
    store : Store
        The coding store.
    unit : {"turn", "sentence", "character"}
        What is compared. Speakers' labels and interviewers' turns belong to no unit: they
        are not coded, and counting them as agreed would flatter percent agreement.

    Raises
    ------
    InputError
        If the unit is not known.
    """
    if unit not in UNITS:
        raise InputError(f"unit is {unit!r}: expected one of {', '.join(UNITS)}")
    read = store.read_by()
    coders = tuple(sorted(set(read["coder"])))
    turns = store.turns()
    said = turns["document"].isin(set(read["document"])) & (turns["role"] != "interviewer")
    turns = turns[said].reset_index(drop=True)
    units = _cut(turns, store, unit)
    codings = store.codings().merge(read, on=["coder", "document"]).reset_index(drop=True)
    by_coder = {coder: set(group["document"]) for coder, group in read.groupby("coder")}
    finished = np.zeros((len(coders), len(units)), dtype=bool)
    for row, coder in enumerate(coders):
        finished[row] = units["document"].isin(by_coder[coder]).to_numpy()
    ranges = _ranges(units, codings)
    return UnitTable(units=units, codings=codings, coders=coders, finished=finished, _ranges=ranges)


def _cut(turns: pd.DataFrame, store: Coded, unit: str) -> pd.DataFrame:
    plain = turns[["document", "turn", "start", "end"]].astype({"start": "int64", "end": "int64"})
    plain = plain[plain["end"] > plain["start"]]
    if unit == "turn":
        return plain.reset_index(drop=True)
    if unit == "character":
        lengths = (plain["end"] - plain["start"]).to_numpy()
        long = plain.loc[plain.index.repeat(lengths)].reset_index(drop=True)
        within = np.arange(len(long)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        long["start"] = long["start"] + within
        long["end"] = long["start"] + 1
        return long
    rows: list[tuple[Any, ...]] = []
    for document, group in plain.groupby("document", sort=False):
        text = store.text(str(document))
        for turn, start, end in zip(group["turn"], group["start"], group["end"], strict=True):
            rows.extend((document, turn, start + first, start + last) for first, last in sentences(text[start:end]))
    return pd.DataFrame(rows, columns=["document", "turn", "start", "end"]).astype({"start": "int64", "end": "int64"})


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence: up to a full stop, question or exclamation mark before a blank.

    Examples
    --------
    >>> list(sentences("Yes. I went, you know … and he said “No!” Right"))
    [(0, 4), (5, 23), (24, 41), (42, 47)]
    """
    for found in _SENTENCE.finditer(text):
        yield found.start(), found.end()


def _ranges(units: pd.DataFrame, codings: pd.DataFrame) -> dict[tuple[str, str], NDArray[np.intp]]:
    """Return the runs of units that each coder's codings with each code cover, as (first, after last)."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    rows_of = units.groupby("document", sort=False).indices
    starts, ends = units["start"].to_numpy(), units["end"].to_numpy()
    for document, group in codings.groupby("document", sort=False):
        if document not in rows_of:
            continue
        rows = np.asarray(rows_of[document])
        base = int(rows[0])  # the units of a document lie together, in order
        first = base + np.searchsorted(ends[rows], group["start"].to_numpy(), side="right")
        after = base + np.searchsorted(starts[rows], group["end"].to_numpy(), side="left")
        for coder, code, begin, stop in zip(group["coder"], group["code"], first, after, strict=True):
            if begin < stop:
                found.setdefault((coder, code), []).append((int(begin), int(stop)))
    return {who: np.array(runs, dtype=np.intp) for who, runs in found.items()}
