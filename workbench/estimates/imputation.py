"""Several answers from imputed data, pooled into one."""

from collections.abc import Sequence
from math import inf, sqrt

import numpy as np

from workbench.errors import InputError
from workbench.estimates.estimate import Estimate
from workbench.estimates.proportions import critical_value


def rubin_pool(estimates: Sequence[float], variances: Sequence[float], *, level: float = 0.95) -> Estimate:
    """Pool the estimates from several imputed data sets by Rubin's rules.

    The interval holds the ordinary uncertainty and what the imputations disagree about.
    Ratios are pooled as logarithms.

    Parameters
    ----------
    estimates : Sequence[float]
        One per imputed data set; two at least.
    variances : Sequence[float]
        Their squared standard errors.
    level : float
        Coverage as a share.

    Returns
    -------
    Estimate
        In the unit of the estimates; ``n`` is the number of imputations.

    Raises
    ------
    InputError
        If there are fewer than two, the lengths differ, or a variance is negative.

    References
    ----------
    Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.1.

    Examples
    --------
    >>> str(rubin_pool([1.0, 2.0, 3.0], [0.5, 0.5, 0.5]))
    '2.000 (-1.847 to 5.847, n=3)'
    """
    from scipy.stats import t

    values, spread = np.asarray(estimates, dtype=float), np.asarray(variances, dtype=float)
    critical_value(level)
    if len(values) < 2 or values.shape != spread.shape:
        raise InputError(f"{len(values)} estimates and {len(spread)} variances: expected as many of both, two at least")
    if not (np.isfinite(values).all() and np.isfinite(spread).all() and (spread >= 0).all()):
        raise InputError("estimates and variances must be numbers, and variances cannot be negative")
    m = len(values)
    within, between = float(spread.mean()), float(values.var(ddof=1))
    total = within + (1 + 1 / m) * between
    freedom = inf if between == 0 else (m - 1) * (1 + within / ((1 + 1 / m) * between)) ** 2
    value = float(values.mean())
    half = float(t.ppf((1 + level) / 2, freedom)) * sqrt(total)
    return Estimate(value=value, low=value - half, high=value + half, n=m, method="rubin", level=level)
