"""Krippendorff's alpha: any number of coders, gaps, and levels of measurement."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.agreement.reliability_data import (
    Array,
    Labels,
    divide,
    drawn,
    estimate,
    kept_names,
    read_labels,
    with_interval,
)
from workbench.agreement.sets import SETS, as_set, set_distances
from workbench.errors import InputError
from workbench.estimates.estimate import Estimate, undefined

LEVELS = ("nominal", "ordinal", "interval", "ratio", *SETS)
ONE_VALUE = "all units that two coders or more coded have one and the same value"


def krippendorff_alpha(
    data: Any,
    *,
    level: Literal["nominal", "ordinal", "interval", "ratio", "masi", "jaccard"] = "nominal",
    categories: Sequence[Any] | None = None,
    documents: Sequence[Any] | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Krippendorff's alpha: one minus observed over expected disagreement.

    Higher means more agreement: 1 is perfect, 0 is chance, below 0 coders
    disagree more than by chance.

    Parameters
    ----------
    data : coders × units
        Values; None or NaN is not coded. Units that fewer than two coders coded are left out.
    level : {"nominal", "ordinal", "interval", "ratio", "masi", "jaccard"}
        How far apart two values are. This is the level of measurement, not of
        confidence. At `masi` (Passonneau 2006) and `jaccard` each value is the
        set of codes that a coder gave the unit: the empty set is read and
        nothing coded, None is not read.
    categories : sequence, optional
        For `ordinal`: the values in their order; by default sorted.
    documents : sequence, optional
        Document of each unit; gives the interval.
    confidence : float
        Coverage of the interval as a share.
    rng : numpy.random.Generator, optional
        For resampling documents.

    Returns
    -------
    Estimate
        `value` up to 1; `n` units that two or more coders coded.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability; Passonneau
    (2006), Measuring agreement on set-valued items (MASI), LREC; `set_distances`.

    Examples
    --------
    >>> krippendorff_alpha([[1, 1, 0, 0], [1, 0, 0, 0]]).value.__round__(3)
    0.533
    >>> krippendorff_alpha([[{"M1"}, set()], [{"M1", "M2"}, set()]], level="masi").value.__round__(3)
    0.571
    """
    if level not in LEVELS:
        raise InputError(f"level is {level!r}: expected one of {', '.join(LEVELS)}")
    labels = read_labels(_sets(data) if level in SETS else data, categories, ordered=level not in SETS)
    points = _points(labels.categories, level)
    kept = (labels.codes >= 0).sum(axis=0) >= 2
    n, names = int(kept.sum()), kept_names(documents, kept)
    method = f"Krippendorff's alpha ({SETS.get(level, level)})"
    because = ONE_VALUE if n else "no unit was coded twice"
    if level == "ordinal":  # the distance of two values depends on how often all values occur
        return estimate(
            coincidences(labels.units_by_category[kept]), lambda tables: alpha_formula(tables, level=level),
            method=method, n=n, because=because, documents=names, confidence=confidence, rng=rng,
        )  # fmt: skip
    apart = set_distances(labels.categories, level) if level in SETS else _apart(labels, level, points)
    numbers = None if names is None else pd.factorize(np.asarray(names, dtype=object))[0]
    return alpha_of_distances(
        labels.codes[:, kept], apart, documents=numbers, method=method, n=n, because=because,
        confidence=confidence, weights=None if numbers is None else drawn(_count(numbers), rng),
    )  # fmt: skip


def alpha_of_distances(
    codes: NDArray[np.intp],
    apart: Array,
    *,
    method: str,
    n: float,
    because: str,
    documents: NDArray[np.intp] | None = None,
    sizes: Array | None = None,
    confidence: float = 0.95,
    weights: Array | None = None,
) -> Estimate:
    """Return alpha where values lie at fixed distances, however many values there are.

    Parameters
    ----------
    codes : coders × units
        Row of `apart`; -1 where not coded. Two or more coders a unit.
    apart : values × values
        Distances.
    method, n, because : str, float, str
        For the estimate.
    documents : array, optional
        Number of each unit's document, from 0.
    sizes : array, optional
        How many units each column stands for; 1 by default.
    confidence : float
        Coverage of the interval as a share.
    weights : resamples × documents, optional
        How often each document comes in each resample; gives the interval.
    """
    numbers = np.zeros(codes.shape[1], dtype=np.intp) if documents is None else documents
    observed, margins = _sums(codes, apart, numbers, np.ones(codes.shape[1]) if sizes is None else sizes)
    value = _alpha(np.ones((1, len(observed))), observed, margins, apart)[0]
    if not np.isfinite(value):
        return undefined(because, method=method, n=n, level=confidence)
    drawn_anew = documents is not None and weights is not None and len(observed) > 1
    resampled = _alpha(weights, observed, margins, apart) if drawn_anew and weights is not None else None
    return with_interval(float(value), resampled, method=method, n=n, confidence=confidence)


def _sums(codes: NDArray[np.intp], apart: Array, documents: NDArray[np.intp], sizes: Array) -> tuple[Array, Array]:
    """Return what each document holds: summed distance within units, and how often each value occurs."""
    count, values = _count(documents), len(apart)
    coded = codes >= 0
    share = sizes / np.maximum(coded.sum(axis=0) - 1, 1)
    within = np.zeros(codes.shape[1])
    for one, other in combinations(range(len(codes)), 2):
        within += apart[codes[one], codes[other]] * (coded[one] & coded[other])
    margins = np.zeros((count, values))
    for row, present in zip(codes, coded, strict=True):
        places = documents[present] * values + row[present]
        margins += np.bincount(places, weights=sizes[present], minlength=count * values).reshape(count, values)
    observed = np.bincount(documents, weights=2 * share * within, minlength=count)
    return np.asarray(observed, dtype=float), np.asarray(margins)


def _alpha(weights: Array, observed: Array, margins: Array, apart: Array) -> Array:
    """Return alpha of each resample (row of `weights`) of documents."""
    total = weights @ margins.sum(axis=1)
    few_values = margins.shape[1] <= margins.shape[0]  # the smaller of two equal sums
    held = weights @ margins if few_values else weights
    between = apart if few_values else margins @ apart @ margins.T
    expected = ((held @ between) * held).sum(axis=1)
    return np.asarray(1 - divide((total - 1) * (weights @ observed), np.where(expected > 1e-12, expected, 0)))


def _count(documents: NDArray[np.intp]) -> int:
    return int(documents.max()) + 1 if len(documents) else 1


def _sets(data: Any) -> list[list[Any]]:
    rows = data.to_numpy(dtype=object) if isinstance(data, pd.DataFrame) else data
    return [[as_set(value) for value in row] for row in rows]


def _apart(labels: Labels, level: str, points: Array | None) -> Array:
    return _distance(np.zeros(len(labels.categories)), level, points)


def coincidences(counts: Array) -> Array:
    """Return what each unit adds to the coincidence matrix: units × values × values.

    Parameters
    ----------
    counts : array, units × values
        How many coders gave each unit each value; two or more a unit.
    """
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    return np.asarray(pairs / np.maximum(counts.sum(axis=1) - 1, 1)[:, None, None])


def alpha_formula(tables: Array, *, level: str = "nominal", points: Array | None = None) -> Array:
    """From coincidence matrices (…, values, values) to alpha; NaN where only one value occurs."""
    margins = tables.sum(axis=-1)
    total = margins.sum(axis=-1)
    distance = _distance(margins, level, points)
    observed = (tables * distance).sum(axis=(-2, -1))
    expected = (margins[..., :, None] * margins[..., None, :] * distance).sum(axis=(-2, -1))
    return np.asarray(1 - divide((total - 1) * observed, expected))


def _points(categories: tuple[Any, ...], level: str) -> Array | None:
    if level not in ("interval", "ratio"):
        return None
    try:
        points = np.array([float(value) for value in categories])
    except (TypeError, ValueError) as error:
        raise InputError(f"level {level!r} needs numbers, got {list(map(str, categories))}") from error
    if level == "ratio" and (points < 0).any():
        raise InputError("level 'ratio' needs numbers that are not negative")
    return points


def _distance(margins: Array, level: str, points: Array | None) -> Array:
    size = margins.shape[-1]
    if level == "nominal":
        return np.ones((size, size)) - np.eye(size)
    if level == "ordinal":
        # Values far apart in the pooled ranking are far apart: everything between two
        # values, and half of each of the two, counts.
        ranks = np.cumsum(margins, axis=-1) - margins / 2
        return np.asarray((ranks[..., :, None] - ranks[..., None, :]) ** 2)
    if points is None:
        raise InputError(f"level {level!r} needs numbers")
    gaps = points[:, None] - points[None, :]
    if level == "interval":
        return np.asarray(gaps**2)
    return np.asarray(np.nan_to_num(divide(gaps, points[:, None] + points[None, :])) ** 2)
