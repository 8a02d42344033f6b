"""Coders compared code by code: how often each pattern of marks occurs in each document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from workbench.agreement.krippendorff import alpha_formula, coincidences
from workbench.agreement.pairs import kappa_formula, percent_formula
from workbench.agreement.panels import ac1_formula, ac1_tables
from workbench.agreement.reliability_data import Array, divide, estimate
from workbench.coding.units import UnitTable
from workbench.estimates.estimate import Estimate

ALL_CODES = "all codes"
METHODS = ("percent agreement", "Cohen's kappa", "Krippendorff's alpha", "Gwet's AC1")


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
    """

    code: str
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    counts: Array
    seen: Array

    @property
    def n(self) -> int:
        """Units compared."""
        return int(self.seen.sum())

    @property
    def marked(self) -> int:
        """Units that at least one of them marked."""
        return int(self.seen[:, self.counts[:, 1] > 0].sum())

    @property
    def marked_by_all(self) -> int:
        """Units that all of those who read them marked."""
        return int(self.seen[:, self.counts[:, 0] == 0].sum())

    def estimates(self, *, confidence: float, rng: np.random.Generator | None) -> list[Estimate]:
        """Return the coefficients in the order of `METHODS`; Cohen's kappa for two coders only."""
        together = self.counts.sum(axis=1)
        compared = together >= 2  # patterns of a single reader never occur here
        agreeing = divide((self.counts * (self.counts - 1)).sum(axis=1), together * (together - 1) * compared)
        pattern_tables: list[tuple[str, Array, Callable[[Array], Array]]] = [
            (METHODS[0], np.column_stack([np.nan_to_num(agreeing), compared]), percent_formula),
            (METHODS[2], coincidences(self.counts), alpha_formula),
            (METHODS[3], ac1_tables(self.counts), ac1_formula),
        ]
        if len(self.coders) == 2:
            pattern_tables.insert(1, (METHODS[1], np.eye(4).reshape(4, 2, 2), kappa_formula))
        because = self._why_undefined()
        return [
            estimate(
                np.tensordot(self.seen, tables, axes=1), formula, method=method, n=self.n, because=because,
                documents=range(len(self.documents)), confidence=confidence, rng=rng,
            )
            for method, tables, formula in pattern_tables
        ]  # fmt: skip

    def _why_undefined(self) -> str:
        if not self.documents:
            return "no document was finished by two of them"
        if not self.n:
            return "none of them used a code in the documents that two of them have finished"
        return "every unit was marked by all of them, so they could not have differed"


def compare(table: UnitTable) -> list[Comparison]:
    """Return one comparison a code and group of coders, each group closing with all codes together.

    Groups are every two coders and, from three coders on, all of them. A
    group's list holds the codes that at least one of its coders used.
    """
    groups = [(pair, _pair_patterns) for pair in combinations(range(len(table.coders)), 2)]
    everyone = tuple(range(len(table.coders)))
    if len(everyone) > 2:
        groups.append((everyone, _panel_patterns))  # type: ignore[arg-type]
    marks = {code: table.marked(code) for code in table.codes}
    return [found for rows, patterns in groups for found in _group(table, rows, marks, patterns)]


def _group(
    table: UnitTable,
    rows: tuple[int, ...],
    marks: dict[str, NDArray[np.bool_]],
    patterns: "Callable[[NDArray[np.bool_], NDArray[np.bool_]], tuple[NDArray[np.intp], Array]]",
) -> list[Comparison]:
    picked = list(rows)
    finished = table.finished[picked]
    kept = finished.sum(axis=0) >= 2
    names = table.units["document"].to_numpy()[kept]
    documents, numbers = np.unique(names, return_inverse=True)
    coders = tuple(table.coders[row] for row in picked)
    found = []
    for code, marked in marks.items():
        shown, counts = patterns(marked[picked][:, kept], finished[:, kept])
        if (marked[picked] & finished)[:, kept].any():
            seen = np.bincount(numbers * len(counts) + shown, minlength=len(documents) * len(counts))
            found.append((code, seen.reshape(len(documents), len(counts)).astype(float)))
    _, counts = patterns(np.zeros((len(picked), 0), dtype=bool), np.zeros((len(picked), 0), dtype=bool))
    pooled: Sequence[tuple[str, Array]] = [
        (ALL_CODES, np.sum([seen for _, seen in found], axis=0) if found else np.zeros((len(documents), len(counts))))
    ]
    return [
        Comparison(code=code, coders=coders, documents=tuple(map(str, documents)), counts=counts, seen=seen)
        for code, seen in [*found, *pooled]
    ]


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
