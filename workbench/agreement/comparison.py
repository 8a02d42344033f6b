"""Coders compared code by code: how often each pattern of marks occurs in each document."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.agreement.groups import Part, Parts
from workbench.agreement.krippendorff import alpha_formula, coincidences
from workbench.agreement.pairs import kappa_formula, percent_formula
from workbench.agreement.panels import ac1_formula, ac1_tables
from workbench.agreement.reliability_data import Array, Formula, divide, with_interval
from workbench.agreement.set_valued import NO_CODE, NOT_SHARED, CodeSets, code_sets
from workbench.coding.units import UnitTable
from workbench.estimates.estimate import Estimate, undefined

ALL_CODES = "all codes"
METHODS = ("percent agreement", "Cohen's kappa", "Krippendorff's alpha", "Gwet's AC1")
ALPHA = METHODS[2]

Weights = Callable[[int], Array]
"""From a number of documents to how often each comes in each resample."""


class Result(NamedTuple):
    """One coefficient, and the units that it rests on.

    Parameters
    ----------
    estimate : Estimate
        Its `n` counts the units compared.
    marked, marked_by_all : int
        Units that at least one coder marked, and units that all who read them marked.
    coverage : float
        Share of the marked length that the coefficient speaks of; NaN where it speaks of all units.
    """

    estimate: Estimate
    marked: int
    marked_by_all: int
    coverage: float = float("nan")


def coders_compared(table: UnitTable) -> list[list[int]]:
    """Return which rows of coders are compared: every two and, from three on, all of them."""
    pairs = [list(pair) for pair in combinations(range(len(table.coders)), 2)]
    return [*pairs, list(range(len(table.coders)))] if len(table.coders) > 2 else pairs


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """How often coders marked the same units with one code.

    Parameters
    ----------
    code : str
        The code, or `ALL_CODES`.
    coders : tuple of str
        Who is compared.
    documents : tuple of str
        Where: those that two or more of them have finished.
    counts : array, patterns × 2
        For each pattern of marks, how many coders left the unit unmarked and how many marked it.
    seen : array, documents × patterns
        How many units show each pattern.
    part : Part
        Where they are compared: all of the study, a group or a period.
    sets : CodeSets, optional
        Beside all codes: what each coder gave each unit.
    """

    code: str
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    counts: Array
    seen: Array
    part: Part
    sets: CodeSets | None = None

    @property
    def n(self) -> int:
        """Units compared."""
        return int(self.seen.sum())

    @property
    def marked(self) -> int:
        """Units that at least one of them marked."""
        return int(self.seen[:, self.counts[:, 1] > 0].sum())

    @property
    def marked_in(self) -> int:
        """Documents with a unit that at least one of them marked."""
        return int((self.seen[:, self.counts[:, 1] > 0].sum(axis=1) > 0).sum())

    @property
    def marked_by_all(self) -> int:
        """Units that all of those who read them marked."""
        return int(self.seen[:, self.counts[:, 0] == 0].sum())

    def results(self, *, confidence: float, weights: Weights) -> list[Result]:
        """Return the coefficients in the order of `METHODS`; Cohen's kappa for two coders only; sets for all codes."""
        together = self.counts.sum(axis=1)
        compared = together >= 2  # patterns of a single reader never occur here
        agreeing = divide((self.counts * (self.counts - 1)).sum(axis=1), together * (together - 1) * compared)
        pattern_tables: list[tuple[str, Array, Formula]] = [
            (METHODS[0], np.column_stack([np.nan_to_num(agreeing), compared]), percent_formula),
            (ALPHA, coincidences(self.counts), alpha_formula),
            (METHODS[3], ac1_tables(self.counts), ac1_formula),
        ]
        if len(self.coders) == 2:
            pattern_tables.insert(1, (METHODS[1], np.eye(4).reshape(4, 2, 2), kappa_formula))
        drawn = weights(len(self.documents)) if len(self.documents) > 1 else None
        resampled = None if drawn is None else drawn @ self.seen
        found = [
            Result(self._estimate(*one, resampled=resampled, confidence=confidence), self.marked, self.marked_by_all)
            for one in pattern_tables
        ]
        if self.sets is not None:
            found.append(Result(self.sets.estimate(confidence=confidence, weights=drawn), *self.sets.marked))
        return found

    def _estimate(
        self, method: str, tables: Array, formula: Formula, *, resampled: Array | None, confidence: float
    ) -> Estimate:
        value = float(formula(np.tensordot(self.seen.sum(axis=0), tables, axes=1)[None])[0])
        if not np.isfinite(value):
            return undefined(self._why_undefined(), method=method, n=self.n, level=confidence)
        anew = None if resampled is None else formula(np.tensordot(resampled, tables, axes=1))
        return with_interval(value, anew, method=method, n=self.n, confidence=confidence)

    def _why_undefined(self) -> str:
        if not self.documents:
            return NOT_SHARED
        if not self.n:
            return NO_CODE
        how = "all" if self.marked else "none"
        return f"every unit was marked by {how} of them, so they could not have differed"


def compare(table: UnitTable, parts: Parts) -> Iterator[Comparison]:
    """Yield one comparison a code, coders compared and part, each part closing with all codes together.

    Coders are compared by twos and, from three coders on, all together. The
    list of theirs holds the codes that at least one of them used.
    """
    marks = {code: table.marked(code) for code in table.codes}
    sets = code_sets(table, marks)
    for rows in coders_compared(table):
        patterns = _pair_patterns if len(rows) == 2 else _panel_patterns
        shared = table.finished[rows].sum(axis=0) >= 2
        used = {
            code: marked[rows]
            for code, marked in marks.items()
            if (marked[rows] & table.finished[rows])[:, shared].any()
        }
        for part in parts(rows):
            yield from _in_part(table, rows, patterns, used, sets, part._replace(units=part.units & shared))


def _in_part(
    table: UnitTable,
    rows: list[int],
    patterns: "Patterns",
    marks: dict[str, NDArray[np.bool_]],
    sets: CodeSets,
    part: Part,
) -> Iterator[Comparison]:
    kept = part.units
    documents, numbers = np.unique(table.units["document"].to_numpy()[kept].astype(str), return_inverse=True)
    finished, sizes = table.finished[rows][:, kept], table.sizes[kept]
    _, counts = patterns(finished[:, :0], finished[:, :0])
    shape = (len(documents), len(counts))

    def comparison(code: str, seen: Array, sets: CodeSets | None = None) -> Comparison:
        coders, where = tuple(table.coders[row] for row in rows), tuple(map(str, documents))
        return Comparison(code=code, coders=coders, documents=where, counts=counts, seen=seen, part=part, sets=sets)

    pooled = np.zeros(shape)
    for code, marked in marks.items():
        shown, _ = patterns(marked[:, kept], finished)
        seen = np.bincount(numbers * shape[1] + shown, weights=sizes, minlength=shape[0] * shape[1]).reshape(shape)
        pooled += seen
        yield comparison(code, seen.astype(float))
    yield comparison(ALL_CODES, pooled, sets.of(rows, kept, numbers))


Patterns = Callable[[NDArray[np.bool_], NDArray[np.bool_]], tuple[NDArray[np.intp], Array]]
"""From which of the coders marked each unit, and which have read it, to its pattern; and what each pattern counts."""


def _pair_patterns(marked: NDArray[np.bool_], _finished: NDArray[np.bool_]) -> tuple[NDArray[np.intp], Array]:
    counts = np.array([[2, 0], [1, 1], [1, 1], [0, 2]], dtype=float)
    return (2 * marked[0] + marked[1]).astype(np.intp), counts


def _panel_patterns(marked: NDArray[np.bool_], finished: NDArray[np.bool_]) -> tuple[NDArray[np.intp], Array]:
    """Number the patterns by how many read a unit and how many of these marked it."""
    size = len(marked) + 1
    readers, markers = np.divmod(np.arange(size * size), size)
    counts = np.column_stack([np.maximum(readers - markers, 0), np.minimum(markers, readers)]).astype(float)
    shown = finished.sum(axis=0) * size + (marked & finished).sum(axis=0)
    return shown.astype(np.intp), counts
