"""Agreement of any number of coders on categories without order: Fleiss' kappa and Gwet's AC1."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from workbench.agreement.reliability_data import Array, divide, estimate, read_labels
from workbench.errors import InputError
from workbench.estimates.estimate import Estimate, undefined


def fleiss_kappa(
    data: Any = None,
    *,
    counts: Any = None,
    documents: Sequence[Any] | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Fleiss' kappa: agreement beyond chance of several coders.

    Higher means more agreement: 1 is perfect, 0 is chance. Units need the same
    number of coders each, who may be different people.

    Parameters
    ----------
    data : coders × units, optional
        Values; None or NaN is not coded.
    counts : units × categories, optional
        Instead of `data`: how many coders put each unit into each category.
    documents : sequence, optional
        Document of each unit; gives the interval.
    confidence : float
        Coverage of the interval as a share.
    rng : numpy.random.Generator, optional
        For resampling documents.

    Returns
    -------
    Estimate
        `value` up to 1; `n` units.

    References
    ----------
    Fleiss (1971), Psychological Bulletin 76(5), 378-382.
    """
    if (data is None) == (counts is None):
        raise InputError("fleiss_kappa needs either data (coders × units) or counts= (units × categories)")
    table = read_labels(data).units_by_category if counts is None else np.asarray(counts, dtype=float)
    if table.ndim != 2 or (table < 0).any():
        raise InputError("counts must be units × categories, with no negative number")
    coders = table.sum(axis=1)
    name = "Fleiss' kappa"
    if len(table) == 0 or len(set(coders)) != 1 or coders[0] < 2:
        because = (
            "units were coded by different numbers of coders, or by fewer than two; Krippendorff's alpha allows that"
        )
        return undefined(because, method=name, n=len(table), level=confidence)
    size = coders[0]

    def formula(tables: Array) -> Array:
        units, agreeing = tables[..., 0], tables[..., 1]
        shares = divide(tables[..., 2:], (units * size)[..., None])
        expected = (shares**2).sum(axis=-1)
        room = 1 - expected
        return divide(divide(agreeing, units) - expected, np.where(np.abs(room) < 1e-12, 0, room))

    agreeing = (table * (table - 1)).sum(axis=1) / (size * (size - 1))
    tables = np.column_stack([np.ones(len(table)), agreeing, table])
    return estimate(
        tables, formula, method=name, n=len(table), because="all coders used one and the same category throughout",
        documents=documents, confidence=confidence, rng=rng,
    )  # fmt: skip


def gwet_ac1(
    data: Any,
    *,
    categories: Sequence[Any] | None = None,
    documents: Sequence[Any] | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Gwet's AC1: agreement beyond chance that holds up when one category is very common.

    Higher means more agreement: 1 is perfect, 0 is chance. Of a code that is
    hardly ever used it is high even when coders never agree on where the code
    applies; read it beside Cohen's kappa or Krippendorff's alpha.

    Parameters
    ----------
    data : coders × units
        Values; None or NaN is not coded.
    categories : sequence, optional
        All categories that could have been used; by default those that were.
    documents, confidence, rng
        As in `fleiss_kappa`.

    Returns
    -------
    Estimate
        `value` up to 1; `n` units that two or more coders coded.

    References
    ----------
    Gwet (2008), British Journal of Mathematical and Statistical Psychology
    61(1), 29-48; with missing codes: Gwet (2014), Handbook of Inter-Rater
    Reliability, 4th edition, chapter 5.
    """
    labels = read_labels(data, categories)
    return ac1_from_counts(labels.units_by_category, documents=documents, confidence=confidence, rng=rng)


def ac1_from_counts(
    counts: Array, *, documents: Sequence[Any] | None, confidence: float, rng: np.random.Generator | None
) -> Estimate:
    """Return Gwet's AC1 from units × categories."""
    coded = counts.sum(axis=1)
    n = int((coded >= 2).sum())
    if counts.shape[1] < 2:
        because = "only one category was used, so coders could not have differed"
        return undefined(because, method="Gwet's AC1", n=n, level=confidence)
    return estimate(
        ac1_tables(counts), ac1_formula, method="Gwet's AC1", n=n, because="no unit was coded twice",
        documents=documents, confidence=confidence, rng=rng,
    )  # fmt: skip


def ac1_tables(counts: Array) -> Array:
    """Return what each unit adds: coded twice, agreement, coded at all, and its shares by category."""
    coded = counts.sum(axis=1)
    twice = coded >= 2
    agreeing = divide((counts * (counts - 1)).sum(axis=1), np.where(twice, coded * (coded - 1), 0))
    shares = np.nan_to_num(divide(counts, coded[:, None]))
    return np.column_stack([twice, np.nan_to_num(agreeing), coded >= 1, shares]).astype(float)


def ac1_formula(tables: Array) -> Array:
    """From summed `ac1_tables` (…, 3 + categories) to Gwet's AC1."""
    categories = tables.shape[-1] - 3
    observed = divide(tables[..., 1], tables[..., 0])
    shares = divide(tables[..., 3:], tables[..., 2:3])
    expected = (shares * (1 - shares)).sum(axis=-1) / (categories - 1)
    return divide(observed - expected, 1 - expected)
