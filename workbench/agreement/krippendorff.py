"""Krippendorff's alpha: any number of coders, gaps, and levels of measurement."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from workbench.agreement.reliability_data import Array, divide, estimate, read_labels
from workbench.errors import InputError
from workbench.estimates.estimate import Estimate

LEVELS = ("nominal", "ordinal", "interval", "ratio")
ONE_VALUE = "all units that two coders or more coded have one and the same value"


def krippendorff_alpha(
    data: Any,
    *,
    level: Literal["nominal", "ordinal", "interval", "ratio"] = "nominal",
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
    level : {"nominal", "ordinal", "interval", "ratio"}
        How far apart two values are. This is the level of measurement, not of confidence.
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
    Krippendorff (2011), Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> krippendorff_alpha([[1, 1, 0, 0], [1, 0, 0, 0]]).value.__round__(3)
    0.533
    """
    if level not in LEVELS:
        raise InputError(f"level is {level!r}: expected one of {', '.join(LEVELS)}")
    labels = read_labels(data, categories)
    points = _points(labels.categories, level)
    counts = labels.units_by_category
    kept = counts.sum(axis=1) >= 2
    n = int(kept.sum())
    names = None if documents is None else [name for name, keep in zip(documents, kept, strict=True) if keep]
    return estimate(
        coincidences(counts[kept]), lambda tables: alpha_formula(tables, level=level, points=points),
        method=f"Krippendorff's alpha ({level})", n=n, because=ONE_VALUE if n else "no unit was coded twice",
        documents=names, confidence=confidence, rng=rng,
    )  # fmt: skip


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
