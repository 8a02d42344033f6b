"""Codings as a table of units × coders: what agreement is computed on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InputError

UNITS = ("turn", "sentence", "character")
COLUMNS = ("document", "turn", "start", "end", "role", "scheme", "wave")
_Pieces = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Parts of turns: row of the turn, start, end."""

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
        One row a unit: document, turn, start, end, and the turn's role, scheme and wave. Characters
        between which nobody's coding begins or ends are one row.
    sizes : numpy.ndarray of int
        How many units each row stands for: 1, or the row's characters.
    codings : pandas.DataFrame
        The codings that lie in these documents, by coders who have finished them.
    coders : tuple of str
        Who has finished at least one document.
    finished : numpy.ndarray of bool, coders × units
        Whether the coder has finished the unit's document.
    """

    units: pd.DataFrame
    sizes: NDArray[np.int64]
    codings: pd.DataFrame
    coders: tuple[str, ...]
    finished: NDArray[np.bool_]
    _ranges: Mapping[tuple[str, str], NDArray[np.intp]] = field(default_factory=dict, repr=False)

    @property
    def codes(self) -> list[str]:
        """Every code that is in use, sorted."""
        return sorted(set(self.codings["code"]))

    def marked(self, code: str) -> NDArray[np.bool_]:
        """Return whether each coder marked each unit with the code: coders × rows of `units`.

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

    def runs(self) -> NDArray[np.intp]:
        """Return the rows of `units` that each coding covers any part of, as (first, after last): codings × 2."""
        return _runs(self.units, self.codings)


def unit_table(store: Coded, unit: str = "turn") -> UnitTable:
    """Cut the store's documents into units and find who marked them.

    Parameters
    ----------
    store : Store
        The coding store.
    unit : {"turn", "sentence", "character"}
        What is compared. Speakers' labels and interviewers' turns belong to no unit: they
        are not coded, and counting them as agreed would flatter percent agreement.

    Returns
    -------
    UnitTable
        Its codings are those of coders who have finished the document.

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
    codings = store.codings().merge(read, on=["coder", "document"]).reset_index(drop=True)
    units = _cut(turns, codings, store, unit)
    sizes = (units["end"] - units["start"]).to_numpy() if unit == "character" else np.ones(len(units), dtype=np.int64)
    by_coder = {coder: set(group["document"]) for coder, group in read.groupby("coder")}
    finished = np.zeros((len(coders), len(units)), dtype=bool)
    for row, coder in enumerate(coders):
        finished[row] = units["document"].isin(by_coder[coder]).to_numpy()
    ranges = _ranges(units, codings)
    return UnitTable(units=units, sizes=sizes, codings=codings, coders=coders, finished=finished, _ranges=ranges)


def _cut(turns: pd.DataFrame, codings: pd.DataFrame, store: Coded, unit: str) -> pd.DataFrame:
    plain = turns.reindex(columns=list(COLUMNS)).astype({"start": "int64", "end": "int64"})
    plain = plain[plain["end"] > plain["start"]].reset_index(drop=True)
    if unit == "turn":
        return plain
    cut = _characters(plain, codings) if unit == "character" else _sentences(plain, store)
    of, starts, ends = cut
    return plain.iloc[of].assign(start=starts, end=ends).reset_index(drop=True)


def _characters(turns: pd.DataFrame, codings: pd.DataFrame) -> _Pieces:
    """Cut turns wherever a coding begins or ends: between two cuts all characters are marked alike."""
    numbers, documents = pd.factorize(turns["document"])
    longest = 1 + max((int(table["end"].max()) for table in (turns, codings) if len(table)), default=0)
    starts, ends = (numbers * longest + turns[name].to_numpy() for name in ("start", "end"))
    where = pd.Index(documents).get_indexer(codings["document"])
    bounds = [where[where >= 0] * longest + codings[name].to_numpy()[where >= 0] for name in ("start", "end")]
    cuts = np.unique(np.concatenate([starts, ends, *bounds]).astype(np.int64))
    first, last = cuts[:-1], cuts[1:]
    order = np.argsort(starts)
    of = np.searchsorted(starts[order], first, side="right") - 1
    inside = (of >= 0) & (last <= ends[order][of])
    rows = order[of[inside]]
    return rows, first[inside] - numbers[rows] * longest, last[inside] - numbers[rows] * longest


def _sentences(turns: pd.DataFrame, store: Coded) -> _Pieces:
    rows: list[tuple[int, int, int]] = []
    for document, group in turns.groupby("document", sort=False):
        text = store.text(str(document))
        for row, start, end in zip(group.index, group["start"], group["end"], strict=True):
            rows.extend((int(row), start + first, start + last) for first, last in sentences(text[start:end]))
    pieces = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return pieces[:, 0], pieces[:, 1], pieces[:, 2]


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
    runs = _runs(units, codings)
    covering = runs[:, 0] < runs[:, 1]
    runs, who = runs[covering], codings.loc[covering, ["coder", "code"]]
    numbers, found = pd.factorize(pd.MultiIndex.from_frame(who))
    return {pair: runs[numbers == number] for number, pair in enumerate(found)}


def _runs(units: pd.DataFrame, codings: pd.DataFrame) -> NDArray[np.intp]:
    found = np.zeros((len(codings), 2), dtype=np.intp)
    rows_of = units.groupby("document", sort=False).indices
    starts, ends = units["start"].to_numpy(), units["end"].to_numpy()
    for document, which in codings.groupby("document", sort=False).indices.items():
        if document not in rows_of:
            continue
        rows = np.asarray(rows_of[document])
        here = codings.iloc[which]  # the units of a document lie together, in order
        found[which, 0] = rows[0] + np.searchsorted(ends[rows], here["start"].to_numpy(), side="right")
        found[which, 1] = rows[0] + np.searchsorted(starts[rows], here["end"].to_numpy(), side="left")
    return found
