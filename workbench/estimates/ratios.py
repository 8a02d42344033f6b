"""Ratios of two proportions, group first, reference second."""

from collections.abc import Callable
from math import exp, inf, log, sqrt

from workbench.estimates.estimate import Estimate, undefined
from workbench.estimates.proportions import check_counts, critical_value


def _no_ratio(x1: float, n1: float, x0: float, n0: float) -> str | None:
    """Return why there is no ratio, or None."""
    check_counts(x1, n1)
    check_counts(x0, n0)
    if n1 == 0 or n0 == 0:
        return "nobody is in the group's base" if n1 == 0 else "nobody is in the reference's base"
    return "the reference's share is 0, so there is nothing to divide by" if x0 == 0 else None


def katz_ratio(x1: float, n1: float, x0: float, n0: float, *, level: float = 0.95) -> Estimate:
    """Ratio of two proportions with Katz's log interval; for reproducing what others printed.

    Higher than 1 means that the group's share is above the reference's. The
    interval is undefined when the group has no success; use `koopman_ratio` for work of your own.

    Parameters
    ----------
    x1, n1 : float
        Successes and total of the group.
    x0, n0 : float
        Successes and total of the reference.
    level : float
        Coverage as a share.

    Returns
    -------
    Estimate
        ``value`` is (x1/n1) / (x0/n0); ``low`` and ``high`` are None when x1 is 0; ``n`` is the group's total.

    Raises
    ------
    InputError
        If successes are negative or above their total.

    References
    ----------
    Katz, Baptista, Azen and Pike (1978), Biometrics 34, 469-474.

    Examples
    --------
    >>> str(katz_ratio(189, 11034, 104, 11037))
    '1.818 (1.433 to 2.306, n=11034)'
    """
    z = critical_value(level)
    because = _no_ratio(x1, n1, x0, n0)
    if because:
        return undefined(because, method="katz", n=n1, level=level)
    ratio = (x1 / n1) / (x0 / n0)
    if x1 == 0:
        return Estimate(value=0.0, n=n1, method="katz", level=level)
    half = z * sqrt(max(0.0, 1 / x1 - 1 / n1 + 1 / x0 - 1 / n0))
    low, high = exp(log(ratio) - half), exp(log(ratio) + half)
    return Estimate(value=ratio, low=low, high=high, n=n1, method="katz", level=level)


def koopman_ratio(x1: float, n1: float, x0: float, n0: float, *, level: float = 0.95) -> Estimate:
    """Ratio of two proportions with Koopman's score interval.

    Stays finite or one-sided with zeros. Higher than 1 means that the group's
    share is above the reference's. It is the relative rate index when both
    shares belong to one stage of a decision funnel.

    Parameters
    ----------
    x1, n1 : float
        Successes and total of the group.
    x0, n0 : float
        Successes and total of the reference.
    level : float
        Coverage as a share.

    Returns
    -------
    Estimate
        ``value`` is (x1/n1) / (x0/n0), 0 or more. Undefined when the reference
        has no success; ``low`` is then still the smallest ratio that the counts allow
        and ``high`` is infinite. ``n`` is the group's total.

    Raises
    ------
    InputError
        If successes are negative or above their total.

    References
    ----------
    Koopman (1984), Biometrics 40, 513-517.

    Examples
    --------
    >>> str(koopman_ratio(36, 40, 16, 80))
    '4.500 (2.940 to 7.152, n=40)'
    """
    z = critical_value(level)
    because = _no_ratio(x1, n1, x0, n0)
    if because and (n1 == 0 or n0 == 0 or x1 == 0):
        return undefined(because, method="koopman", n=n1, level=level)
    low = 0.0 if x1 == 0 else _limit(lambda r: _score(x1, n1, x0, n0, r) - z**2, x1, n1, x0, n0, upward=False)
    high = inf if x0 == 0 else _limit(lambda r: _score(x1, n1, x0, n0, r) - z**2, x1, n1, x0, n0, upward=True)
    value = None if because else (x1 / n1) / (x0 / n0)
    return Estimate(value=value, low=low, high=high, n=n1, method="koopman", level=level, undefined_because=because)


def _score(x1: float, n1: float, x0: float, n0: float, ratio: float) -> float:
    """Return Koopman's chi-squared distance of the counts from a ratio."""
    total = n1 + n0
    # Restricted maximum likelihood: p1 solves a quadratic, p0 = p1 / ratio.
    b = ratio * (n1 + x0) + x1 + n0
    p1 = (b - sqrt(max(0.0, b**2 - 4 * ratio * total * (x1 + x0)))) / (2 * total)
    p0 = p1 / ratio
    distance = 0.0
    for x, n, p in ((x1, n1, p1), (x0, n0, p0)):
        if 0 < p < 1:
            distance += (x - n * p) ** 2 / (n * p * (1 - p))
        elif abs(x - n * p) > 1e-9 * n:
            return inf
    return distance


def _limit(distance: Callable[[float], float], x1: float, n1: float, x0: float, n0: float, *, upward: bool) -> float:
    """Return where the distance crosses the critical value, above or below the best ratio."""
    from scipy.optimize import brentq

    # With a zero, the best ratio lies at the end; half a success gives a start inside.
    best = (max(x1, 0.5) / n1) / (max(x0, 0.5) / n0)
    step = 2.0 if upward else 0.5
    inner = log(best)
    while distance(exp(inner)) > 0:
        inner -= log(step)
    outer = inner + log(step)
    while distance(exp(outer)) < 0:
        outer += log(step)
    return exp(float(brentq(lambda at: max(-1e6, min(1e6, distance(exp(at)))), inner, outer, xtol=1e-12)))
