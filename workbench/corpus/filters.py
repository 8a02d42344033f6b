"""Where a search looks: turns of some roles, schemes or waves, and passages coded so or not."""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.errors import Problems, did_you_mean

OneOrMore = str | Collection[str] | None
Mask = npt.NDArray[np.bool_]


def chosen_turns(turns: pd.DataFrame, **wanted: OneOrMore) -> Mask:
    """Return which turns have one of the wanted values in every column that is asked for.

    Raises
    ------
    InputError
        For values that no turn has, with those there are.
    """
    keep = np.ones(len(turns), dtype=bool)
    problems = Problems()
    for column, values in wanted.items():
        if values is None:
            continue
        asked = [str(values)] if isinstance(values, str | int) else [str(value) for value in values]
        there = sorted(turns[column].dropna().unique())
        for value in asked:
            if value not in there:
                what, remedy = f"no turn has the {column} {value!r}", did_you_mean(value, there)
                problems.add("search", what, choices=there, remedy=remedy)
        keep &= turns[column].isin(asked).to_numpy()
    problems.raise_if_any()
    return keep


class Passages:
    """Coded passages, for asking whether a stretch lies in one.

    Parameters
    ----------
    codings : pandas.DataFrame
        document, start, end, code; as from `store.codings()`.
    code : str or collection of str, optional
        Only passages with one of these codes.
    documents : Collection[str]
        In the order that numbers them.
    """

    def __init__(self, codings: pd.DataFrame, code: OneOrMore, documents: Collection[str]) -> None:
        if code is not None:
            codings = codings[codings["code"].isin([code] if isinstance(code, str) else list(code))]
        numbers = pd.Series({document: number for number, document in enumerate(documents)}, dtype="int64")
        codings = codings[codings["document"].isin(numbers.index)]
        base = codings["document"].map(numbers).to_numpy(dtype=np.int64) << 32
        starts, ends = (base + codings[side].to_numpy(dtype=np.int64) for side in ("start", "end"))
        order = np.argsort(starts, kind="stable")
        self._numbers = numbers
        self._starts = starts[order]
        # The furthest end of all passages that begin so far; a later document's number is higher than any offset.
        self._reach = np.maximum.accumulate(ends[order]) if len(order) else ends

    def hold(self, hits: pd.DataFrame) -> Mask:
        """Return which stretches lie wholly within one passage."""
        starts, ends = self._places(hits)
        return np.asarray(self._furthest(starts, side="right") >= ends)

    def touch(self, hits: pd.DataFrame) -> Mask:
        """Return which stretches share a character with a passage."""
        starts, ends = self._places(hits)
        return np.asarray(self._furthest(ends, side="left") > starts)

    def _places(self, hits: pd.DataFrame) -> tuple[Any, Any]:
        base = hits["document"].map(self._numbers).to_numpy(dtype=np.int64) << 32
        return tuple(base + hits[side].to_numpy(dtype=np.int64) for side in ("start", "end"))

    def _furthest(self, places: Any, *, side: Any) -> npt.NDArray[np.int64]:
        before = np.searchsorted(self._starts, places, side=side) - 1
        if not len(self._reach):
            return np.full(len(places), -1, dtype=np.int64)
        return np.where(before >= 0, self._reach[np.maximum(before, 0)], -1)
