"""Agreement of two coders: percent, Cohen's kappa, weighted kappa, Scott's pi."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from workbench.agreement.reliability_data import Array, Labels, divide, estimate, kept_names, read_labels
from workbench.errors import InputError
from workbench.estimates.estimate import Estimate

ONE_CATEGORY = "both coders used one and the same category throughout, so chance alone explains all agreement"
NO_UNITS = "no unit was coded by both coders"


def percent_agreement(
    first: Any,
    second: Any = None,
    *,
    documents: Sequence[Any] | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Share of agreeing pairs of coders, over the units that two or more coded.

    Higher means more agreement. It does not allow for chance: of a code that
    is rarely used, two coders who never agree on it still reach a high value.

    Parameters
    ----------
    first, second : sequences, or `first` alone as coders × units
        Values; None or NaN is not coded.
    documents : sequence, optional
        Document of each unit; gives the interval.
    confidence : float
        Coverage of the interval as a share.
    rng : numpy.random.Generator, optional
        For resampling documents.

    Returns
    -------
    Estimate
        `value` from 0 to 1; `n` units that two or more coders coded.
    """
    labels = read_labels(first if second is None else [first, second])
    counts = labels.units_by_category
    coded = counts.sum(axis=1)
    kept = coded >= 2
    agreeing = (counts * (counts - 1)).sum(axis=1)[kept] / (coded * (coded - 1))[kept]
    tables = np.column_stack([agreeing, np.ones(len(agreeing))])
    return estimate(
        tables, percent_formula, method="percent agreement", n=int(kept.sum()), because="no unit was coded twice",
        documents=kept_names(documents, kept), confidence=confidence, rng=rng,
    )  # fmt: skip


def cohen_kappa(
    first: Sequence[Any],
    second: Sequence[Any],
    *,
    documents: Sequence[Any] | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Cohen's kappa: agreement beyond what each coder's own habits give by chance.

    Higher means more agreement: 1 is perfect, 0 is chance, below 0 less than
    chance. Where one category is very common, kappa is low even when the
    coders nearly always agree; read it beside Gwet's AC1.

    Parameters
    ----------
    first, second : sequences
        Values of each coder by unit; None or NaN is not coded, and the unit is left out.
    documents, confidence, rng
        As in `percent_agreement`.

    Returns
    -------
    Estimate
        `value` up to 1; `n` units that both coded.

    References
    ----------
    Cohen (1960), Educational and Psychological Measurement 20(1), 37-46.
    """
    return _from_confusion(
        read_labels([first, second]), kappa_formula, "Cohen's kappa",
        documents=documents, confidence=confidence, rng=rng,
    )  # fmt: skip


def scott_pi(
    first: Any,
    second: Any = None,
    *,
    documents: Sequence[Any] | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Scott's pi: agreement beyond chance, with one set of habits for both coders.

    Higher means more agreement: 1 is perfect, 0 is chance.

    Parameters
    ----------
    first, second : sequences, or `first` alone as two coders × units
        Values; None or NaN is not coded, and the unit is left out.
    documents, confidence, rng
        As in `percent_agreement`.

    Returns
    -------
    Estimate
        `value` up to 1; `n` units that both coded.

    References
    ----------
    Scott (1955), Public Opinion Quarterly 19(3), 321-325.
    """
    labels = read_labels(first if second is None else [first, second])
    if len(labels.codes) != 2:
        raise InputError(f"Scott's pi is for two coders, got {len(labels.codes)}; use fleiss_kappa")
    return _from_confusion(labels, pi_formula, "Scott's pi", documents=documents, confidence=confidence, rng=rng)


def weighted_kappa(
    first: Sequence[Any],
    second: Sequence[Any],
    *,
    weights: Any = "linear",
    categories: Sequence[Any] | None = None,
    documents: Sequence[Any] | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Cohen's kappa for ordered categories: a near miss counts less than a far one.

    Higher means more agreement: 1 is perfect, 0 is chance.

    Parameters
    ----------
    first, second : sequences
        Values of each coder by unit; None or NaN is not coded, and the unit is left out.
    weights : {"linear", "quadratic"} or array, categories × categories
        Whether a miss of two steps counts twice or four times a miss of one; or
        how much each miss counts (first coder's category by the second's), 0
        where they agree.
    categories : sequence
        All categories in their order; may be left out for numbers, whose steps
        are then those between the numbers that occur.
    documents, confidence, rng
        As in `percent_agreement`.

    Returns
    -------
    Estimate
        `value` up to 1; `n` units that both coded.

    References
    ----------
    Cohen (1968), Psychological Bulletin 70(4), 213-220.
    """
    labels = read_labels([first, second], categories)
    if categories is None and any(isinstance(value, str) for value in labels.categories):
        raise InputError("weighted_kappa needs categories=[...] in their order: names do not show it")
    distance = _misses(weights, len(labels.categories))
    told = weights if isinstance(weights, str) else "weights given"

    def formula(tables: Array) -> Array:
        rows, columns = tables.sum(axis=-1), tables.sum(axis=-2)
        expected = np.einsum("...i,...j,ij->...", rows, columns, distance)
        observed = (tables * distance).sum(axis=(-2, -1)) * tables.sum(axis=(-2, -1))
        return np.asarray(1 - divide(observed, expected))

    return _from_confusion(
        labels, formula, f"weighted kappa ({told})", documents=documents, confidence=confidence, rng=rng
    )


def _misses(weights: Any, size: int) -> Array:
    """Return how much each miss counts: categories × categories."""
    if isinstance(weights, str):
        power = {"linear": 1, "quadratic": 2}.get(weights)
        if power is None:
            raise InputError(f"weights is {weights!r}: expected 'linear', 'quadratic' or a table of them")
        steps = np.arange(size)
        return np.asarray(np.abs(steps[:, None] - steps[None, :]).astype(float) ** power)
    table = np.asarray(weights, dtype=float)
    if table.shape != (size, size) or (table < 0).any() or np.diagonal(table).any():
        raise InputError(f"weights must be {size} × {size} numbers, not negative, and 0 where coders agree")
    return table


def percent_formula(tables: Array) -> Array:
    """From (…, 2): sum of agreement and number of units."""
    return divide(tables[..., 0], tables[..., 1])


def kappa_formula(tables: Array) -> Array:
    """From confusion tables (…, first coder, second coder) to Cohen's kappa."""
    total = tables.sum(axis=(-2, -1))
    observed = divide(np.trace(tables, axis1=-2, axis2=-1), total)
    expected = divide((tables.sum(axis=-1) * tables.sum(axis=-2)).sum(axis=-1), total**2)
    return _beyond_chance(observed, expected)


def pi_formula(tables: Array) -> Array:
    """From confusion tables (…, first coder, second coder) to Scott's pi."""
    total = tables.sum(axis=(-2, -1))
    observed = divide(np.trace(tables, axis1=-2, axis2=-1), total)
    shares = divide(tables.sum(axis=-1) + tables.sum(axis=-2), 2 * total[..., None])
    return _beyond_chance(observed, (shares**2).sum(axis=-1))


def _beyond_chance(observed: Array, expected: Array) -> Array:
    room = 1 - expected
    return divide(observed - expected, np.where(np.abs(room) < 1e-12, 0, room))


def _from_confusion(
    labels: Labels,
    formula: Any,
    method: str,
    *,
    documents: Sequence[Any] | None,
    confidence: float,
    rng: np.random.Generator | None,
) -> Estimate:
    kept = np.asarray((labels.codes >= 0).all(axis=0))
    codes, size, n = labels.codes[:, kept], max(len(labels.categories), 1), int(kept.sum())
    tables = np.zeros((n, size, size))
    tables[np.arange(n), codes[0], codes[1]] = 1
    return estimate(
        tables, formula, method=method, n=n, because=ONE_CATEGORY if n else NO_UNITS,
        documents=kept_names(documents, kept), confidence=confidence, rng=rng,
    )  # fmt: skip
