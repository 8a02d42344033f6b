"""Coders × units, as numbers: the form that every coefficient of agreement works on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InputError
from workbench.estimates.estimate import Estimate, undefined

Array = NDArray[np.float64]
Formula = Callable[[Array], Array]
"""From tables (…, any shape) to coefficients (…); NaN where undefined."""

DRAWS = 2000
OFTEN_UNDEFINED = "it is undefined in many of the resampled sets of documents"
ALWAYS_THE_SAME = "every resampled set of documents gives the same value"
SEED = 2016
"""Start of the resampling when no `rng` is given, so that the same data give the same interval."""


@dataclass(frozen=True, kw_only=True)
class Coefficient(Estimate):
    """An estimate with the reason why it has no interval.

    Parameters
    ----------
    no_interval : str
        Why documents were resampled and gave no interval; "" where they gave
        one, or were not resampled.
    """

    no_interval: str = ""


@dataclass(frozen=True, kw_only=True)
class Labels:
    """What each coder called each unit.

    Parameters
    ----------
    codes : numpy.ndarray of int, coders × units
        Position in `categories`; -1 where the coder did not code the unit.
    categories : tuple
        The values, in order.
    """

    codes: NDArray[np.intp]
    categories: tuple[Any, ...]

    @property
    def units_by_category(self) -> Array:
        """How many coders put each unit into each category: units × categories."""
        counts = np.zeros((self.codes.shape[1], len(self.categories)))
        for row in self.codes:
            present = np.flatnonzero(row >= 0)
            counts[present, row[present]] += 1
        return counts


def read_labels(data: Any, categories: Sequence[Any] | None = None, *, ordered: bool = True) -> Labels:
    """Return coders × units as numbers.

    Parameters
    ----------
    data : coders × units
        Sequence of sequences, array or DataFrame; None or NaN is not coded.
    categories : sequence, optional
        All values in their order; by default those that occur, sorted.
    ordered : bool
        Whether values are sorted; sets have no order.

    Raises
    ------
    InputError
        If rows differ in length, fewer than two coders are given, or a value is not among `categories`.
    """
    rows = [_values(row) for row in (data.to_numpy() if isinstance(data, pd.DataFrame) else data)]
    if len(rows) < 2:
        raise InputError(f"agreement needs two coders or more, got {len(rows)}")
    if len({len(row) for row in rows}) != 1:
        raise InputError(f"coders must have as many units as each other, got {[len(row) for row in rows]}")
    numbers, values = pd.factorize(np.concatenate(rows))  # missing values get -1
    found = values.tolist()
    try:
        order = tuple(sorted(found) if ordered else found) if categories is None else tuple(categories)
    except TypeError as error:
        raise InputError(f"values of different kinds have no order: {sorted(map(str, found))}") from error
    if not set(found) <= set(order):
        raise InputError(f"values that are not among the categories: {sorted(map(str, set(found) - set(order)))}")
    position = {value: number for number, value in enumerate(order)}
    places = np.array([*(position[value] for value in found), -1], dtype=np.intp)
    return Labels(codes=places[numbers].reshape(len(rows), -1), categories=order)


def _values(row: Any) -> NDArray[Any]:
    if isinstance(row, np.ndarray) and row.ndim == 1:
        return row
    return pd.Series(list(row), dtype=object).to_numpy()  # sets and tuples stay whole


def kept_names(documents: Sequence[Any] | None, kept: NDArray[np.bool_]) -> Sequence[Any] | None:
    """Return the documents of the units that are kept; None where no documents are named."""
    if documents is None:
        return None
    if len(documents) != len(kept):
        raise InputError(f"documents must name one document a unit: {len(documents)} names for {len(kept)} units")
    return [document for document, keep in zip(documents, kept, strict=True) if keep]


def estimate(
    tables: Array,
    formula: Formula,
    *,
    method: str,
    n: float,
    because: str,
    documents: Sequence[Any] | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Return a coefficient with the interval that resampling documents gives.

    Parameters
    ----------
    tables : array, units × …
        What each unit adds to the table that the formula needs.
    formula : callable
        From summed tables to coefficients, over leading axes.
    method, n : str, float
        For the estimate.
    because : str
        Why, where the formula has no value.
    documents : sequence, optional
        Document of each unit. Without it there is no interval: units of one
        interview are not independent of each other.
    confidence : float
        Coverage as a share.
    rng : numpy.random.Generator, optional
        For the resampling.

    References
    ----------
    Field and Welsh (2007), JRSS B 69(3), 369-390: resampling whole clusters.
    """
    value = float(formula(tables.sum(axis=0)[None])[0])
    if not np.isfinite(value):
        return undefined(because, method=method, n=n, level=confidence)
    resampled = None if documents is None else _resampled(sum_by(tables, documents), formula, rng)
    return with_interval(value, resampled, method=method, n=n, confidence=confidence)


def sum_by(tables: Array, documents: Sequence[Any]) -> Array:
    """Return the tables summed within documents: documents × …."""
    if len(documents) != len(tables):
        raise InputError(f"documents must name one document a unit: {len(documents)} names for {len(tables)} units")
    numbers, names = pd.factorize(np.asarray(documents, dtype=object))
    summed = np.zeros((len(names), *tables.shape[1:]))
    np.add.at(summed, numbers, tables)
    return summed


def _resampled(by_document: Array, formula: Formula, rng: np.random.Generator | None) -> Array | None:
    count = len(by_document)
    return None if count < 2 else formula(np.tensordot(drawn(count, rng), by_document, axes=1))


def with_interval(value: float, resampled: Array | None, *, method: str, n: float, confidence: float) -> Coefficient:
    """Return a coefficient with the interval that holds the middle of its resampled values.

    There is none, and `no_interval` says so, where the coefficient is undefined
    in more than one resample of ten, or where all resamples give the same
    value: such an interval would have no width, and read as certainty.
    """
    if not 0 < confidence < 1:
        raise InputError(f"confidence is {confidence}: expected a share between 0 and 1, such as 0.95")
    low = high = None
    why = ""
    if resampled is not None:
        defined = resampled[np.isfinite(resampled)]
        if len(defined) < 0.9 * len(resampled):
            why = OFTEN_UNDEFINED
        elif np.ptp(defined) < 1e-9:
            why = ALWAYS_THE_SAME
        else:
            low, high = map(float, np.quantile(defined, [(1 - confidence) / 2, (1 + confidence) / 2]))
    return Coefficient(value=value, low=low, high=high, n=n, method=method, level=confidence, no_interval=why)


def drawn(documents: int, rng: np.random.Generator | None = None) -> Array:
    """Return how often each document comes in each resample: `DRAWS` × documents."""
    return _usually_drawn(documents) if rng is None else _draw(documents, rng)


@lru_cache(maxsize=16)
def _usually_drawn(documents: int) -> Array:
    weights = _draw(documents, np.random.default_rng(SEED))
    weights.setflags(write=False)
    return weights


def _draw(documents: int, rng: np.random.Generator) -> Array:
    return rng.multinomial(documents, np.full(documents, 1 / documents), size=DRAWS).astype(float)


def divide(numerator: Any, denominator: Any) -> Array:
    """Return numerator / denominator, NaN where the denominator is 0."""
    shape = np.broadcast_shapes(np.shape(numerator), np.shape(denominator))
    result = np.full(shape, np.nan)
    return np.asarray(np.divide(numerator, denominator, out=result, where=np.broadcast_to(denominator, shape) != 0))
