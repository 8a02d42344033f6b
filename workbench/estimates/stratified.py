"""One comparison over several strata: Mantel-Haenszel."""

from collections.abc import Sequence
from math import exp, log, sqrt
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from workbench.errors import InputError
from workbench.estimates.estimate import Estimate, undefined
from workbench.estimates.proportions import check_counts, critical_value

Strata = Sequence[Sequence[float]] | npt.NDArray[Any]
"""One row per stratum: x1, n1, x0, n0."""

MEASURES = ("difference", "ratio", "odds ratio")


def mantel_haenszel(
    strata: Strata, *, measure: Literal["difference", "ratio", "odds ratio"] = "difference", level: float = 0.95
) -> Estimate:
    """Compare group and reference within strata and pool the comparisons.

    Strata in which one of the two has nobody say nothing and weigh nothing.
    Higher means that, within strata, the group's share lies further above the reference's.

    Parameters
    ----------
    strata : array-like, strata × 4
        x1, n1, x0, n0 of each stratum: successes and total of the group, then of the reference.
    measure : str
        "difference" of shares (-1 to 1), "ratio" of shares (0 or more) or "odds ratio" (0 or more).
    level : float
        Coverage as a share.

    Returns
    -------
    Estimate
        ``n`` is the group's total over the strata that count.

    Raises
    ------
    InputError
        If a row is no pair of proportions, or the measure is not known.

    References
    ----------
    Mantel and Haenszel (1959), JNCI 22, 719-748. Greenland and Robins (1985),
    Biometrics 41, 55-68 (difference, ratio). Robins, Breslow and Greenland
    (1986), Biometrics 42, 311-323 (odds ratio).

    Examples
    --------
    >>> str(mantel_haenszel([(20, 100, 10, 100), (30, 50, 20, 50)]))
    '0.133 (0.042 to 0.225, n=150)'
    """
    table = np.asarray(strata, dtype=float)
    if measure not in MEASURES:
        raise InputError(f"measure={measure!r} is not known. Known: {', '.join(MEASURES)}")
    if table.ndim != 2 or table.shape[1] != 4:
        raise InputError(f"strata have the shape {table.shape}: expected one row of x1, n1, x0, n0 per stratum")
    for x1, n1, x0, n0 in table:
        check_counts(x1, n1)
        check_counts(x0, n0)
    z, method = critical_value(level), f"mantel-haenszel {measure}"
    x1, n1, x0, n0 = table[(table[:, 1] > 0) & (table[:, 3] > 0)].T
    if not len(x1):
        return undefined("no stratum has both the group and the reference", method=method, level=level)
    n = float(n1.sum())
    if measure == "difference":
        value, error = _difference(x1, n1, x0, n0)
        return Estimate(value=value, low=value - z * error, high=value + z * error, n=n, method=method, level=level)
    value_or_none, error = (_ratio if measure == "ratio" else _odds_ratio)(x1, n1, x0, n0)
    if value_or_none is None:
        return undefined("a zero in every stratum, so the ratio has no value", method=method, n=n, level=level)
    low, high = (exp(log(value_or_none) + sign * z * error) for sign in (-1, 1))
    return Estimate(value=value_or_none, low=low, high=high, n=n, method=method, level=level)


Column = npt.NDArray[np.float64]


def _difference(x1: Column, n1: Column, x0: Column, n0: Column) -> tuple[float, float]:
    weight = n1 * n0 / (n1 + n0)
    value = float(((x1 / n1 - x0 / n0) * weight).sum() / weight.sum())
    spread = (x1 * (n1 - x1) * n0**3 + x0 * (n0 - x0) * n1**3) / (n1 * n0 * (n1 + n0) ** 2)
    return value, sqrt(float(spread.sum())) / float(weight.sum())


def _ratio(x1: Column, n1: Column, x0: Column, n0: Column) -> tuple[float | None, float]:
    total = n1 + n0
    above, below = float((x1 * n0 / total).sum()), float((x0 * n1 / total).sum())
    if above == 0 or below == 0:
        return None, 0.0
    spread = float(((n1 * n0 * (x1 + x0) - x1 * x0 * total) / total**2).sum())
    return above / below, sqrt(max(0.0, spread) / (above * below))


def _odds_ratio(x1: Column, n1: Column, x0: Column, n0: Column) -> tuple[float | None, float]:
    total = n1 + n0
    agree, cross = x1 * (n0 - x0) / total, (n1 - x1) * x0 / total
    above, below = float(agree.sum()), float(cross.sum())
    if above == 0 or below == 0:
        return None, 0.0
    p, q = (x1 + n0 - x0) / total, (n1 - x1 + x0) / total
    variance = (
        (p * agree).sum() / (2 * above**2)
        + (p * cross + q * agree).sum() / (2 * above * below)
        + (q * cross).sum() / (2 * below**2)
    )
    return above / below, sqrt(float(variance))
