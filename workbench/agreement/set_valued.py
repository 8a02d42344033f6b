"""All codes that a coder gave a unit, as one value: agreement on sets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.agreement.krippendorff import ONE_VALUE, alpha_of_distances
from workbench.agreement.reliability_data import Array
from workbench.agreement.sets import distances_of
from workbench.coding.units import UnitTable
from workbench.estimates.estimate import Estimate

NOT_SHARED = "no document was finished by two of them"
NO_CODE = "none of them used a code in the documents that two of them have finished"
METHOD = "Krippendorff's alpha, sets (MASI)"


@dataclass(frozen=True, kw_only=True)
class CodeSets:
    """Which set of codes each coder gave each unit.

    Parameters
    ----------
    numbers : coders × units
        Row of `held`; 0 is the empty set, -1 is not read.
    held : sets × codes
        1 where the set has the code.
    documents : units
        Number of each unit's document.
    sizes : units
        How many units each stands for.
    """

    numbers: NDArray[np.intp]
    held: Array
    documents: NDArray[np.intp]
    sizes: Array

    def of(self, rows: list[int], units: NDArray[np.bool_], documents: NDArray[np.intp]) -> "CodeSets":
        """Return the same of some coders on some units, whose documents are numbered anew."""
        return replace(
            self, numbers=self.numbers[rows][:, units], documents=documents, sizes=self.sizes[units]
        )  # fmt: skip

    @property
    def marked(self) -> tuple[int, int]:
        """Units that somebody gave a code, and units that all who read them gave one."""
        read, coded = self.numbers >= 0, self.numbers > 0
        return int(self.sizes[coded.any(axis=0)].sum()), int(self.sizes[(coded == read).all(axis=0)].sum())

    def estimate(self, *, confidence: float, weights: Array | None) -> Estimate:
        """Return Krippendorff's alpha with MASI distances (Passonneau 2006)."""
        present = self.numbers[self.numbers >= 0]
        used = np.unique(present)
        places = np.full(len(self.held) + 1, -1, dtype=np.intp)
        places[used] = np.arange(len(used))
        n = int(self.sizes.sum())
        because = (ONE_VALUE if present.any() else NO_CODE) if n else NOT_SHARED
        return alpha_of_distances(
            places[self.numbers], distances_of(self.held[used], "masi"), method=METHOD, n=n, because=because,
            documents=self.documents, sizes=self.sizes, confidence=confidence, weights=weights,
        )  # fmt: skip


def code_sets(table: UnitTable, marks: Mapping[str, NDArray[np.bool_]]) -> CodeSets:
    """Return the sets of codes of all coders on all units."""
    shape = (len(table.coders), len(table.units))
    by_code = np.stack([marks[code] for code in table.codes], axis=-1) if marks else np.zeros((*shape, 1), dtype=bool)
    coded = by_code.any(axis=-1) & table.finished
    packed = np.packbits(by_code[coded], axis=-1)
    sets, which = np.unique(packed, axis=0, return_inverse=True)
    numbers = np.where(table.finished, 0, -1).astype(np.intp)
    numbers[coded] = which.reshape(-1) + 1
    held = np.unpackbits(sets, axis=-1, count=by_code.shape[-1])
    return CodeSets(
        numbers=numbers,
        held=np.vstack([np.zeros((1, held.shape[1])), held]).astype(float),
        documents=np.zeros(len(table.units), dtype=np.intp),
        sizes=table.sizes.astype(float),
    )
