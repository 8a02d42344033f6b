"""Gaps between two proportions, group first, reference second."""

from math import acos, cos, isclose, pi, sqrt

from workbench.estimates.estimate import Estimate, undefined
from workbench.estimates.proportions import check_counts, critical_value, wilson


def newcombe_difference(x1: float, n1: float, x0: float, n0: float, *, level: float = 0.95) -> Estimate:
    """Difference of two proportions with Newcombe's square-and-add interval.

    Higher means that the group's share lies further above the reference's.
    Closed form, inside -1 to 1, and close to its nominal coverage in small groups.

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
        ``value`` is x1/n1 - x0/n0, from -1 to 1; ``n`` is the group's total.

    Raises
    ------
    InputError
        If successes are negative or above their total.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> str(newcombe_difference(56, 70, 48, 80))
    '0.200 (0.052 to 0.334, n=70)'
    """
    group, reference = wilson(x1, n1, level=level), wilson(x0, n0, level=level)
    if group.value is None or reference.value is None:
        return undefined(_nobody(n1), method="newcombe", n=n1, level=level)
    # wilson gives limits wherever it gives a value
    low1, high1, low0, high0 = (float(each or 0) for each in (group.low, group.high, reference.low, reference.high))
    gap = group.value - reference.value
    return Estimate(
        value=gap,
        low=gap - sqrt((group.value - low1) ** 2 + (high0 - reference.value) ** 2),
        high=gap + sqrt((high1 - group.value) ** 2 + (reference.value - low0) ** 2),
        n=n1,
        method="newcombe",
        level=level,
    )


def miettinen_nurminen_difference(x1: float, n1: float, x0: float, n0: float, *, level: float = 0.95) -> Estimate:
    """Difference of two proportions with the Miettinen-Nurminen score interval.

    Inverts the score test with the variance at its restricted maximum
    likelihood and the factor N/(N-1). Higher means that the group's share lies
    further above the reference's.

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
        ``value`` is x1/n1 - x0/n0, from -1 to 1; ``n`` is the group's total.

    Raises
    ------
    InputError
        If successes are negative or above their total.

    References
    ----------
    Miettinen and Nurminen (1985), Statistics in Medicine 4, 213-226.

    Examples
    --------
    >>> str(miettinen_nurminen_difference(56, 70, 48, 80))
    '0.200 (0.053 to 0.338, n=70)'
    """
    from scipy.optimize import brentq

    check_counts(x1, n1)
    check_counts(x0, n0)
    z = critical_value(level)
    if n1 == 0 or n0 == 0:
        return undefined(_nobody(n1), method="miettinen-nurminen", n=n1, level=level)
    gap = x1 / n1 - x0 / n0

    def distance(delta: float, sign: int) -> float:
        return gap - delta - sign * z * sqrt(_restricted_variance(x1, n1, x0, n0, delta))

    # At the gap itself the variance can be 0 (0 of 10 against 0 of 20); a hair beside it, it is not.
    hair = 1e-9
    low = -1.0 if distance(-1.0, 1) <= 0 else float(brentq(distance, -1.0, gap - hair, args=(1,), xtol=1e-12))
    high = 1.0 if distance(1.0, -1) >= 0 else float(brentq(distance, gap + hair, 1.0, args=(-1,), xtol=1e-12))
    return Estimate(value=gap, low=low, high=high, n=n1, method="miettinen-nurminen", level=level)


def _nobody(n1: float) -> str:
    return "nobody is in the group's base" if n1 == 0 else "nobody is in the reference's base"


def _restricted_variance(x1: float, n1: float, x0: float, n0: float, delta: float) -> float:
    """Return the variance of the gap when the true gap is delta (the paper's cubic)."""
    n = n1 + n0
    # Coefficients for the reference's share p0, with p1 = p0 + delta.
    l3 = n
    l2 = (n1 + 2 * n0) * delta - n - (x1 + x0)
    l1 = (n0 * delta - n - 2 * x0) * delta + x1 + x0
    l0 = x0 * delta * (1 - delta)
    q = l2**3 / (3 * l3) ** 3 - l1 * l2 / (6 * l3**2) + l0 / (2 * l3)
    p = (1 if q >= 0 else -1) * sqrt(max(0.0, l2**2 / (3 * l3) ** 2 - l1 / (3 * l3)))
    turn = 0.0 if isclose(p, 0.0, abs_tol=1e-15) else q / p**3
    angle = (pi + acos(min(1.0, max(-1.0, turn)))) / 3
    p0 = min(1.0, max(0.0, 2 * p * cos(angle) - l2 / (3 * l3)))
    p1 = min(1.0, max(0.0, p0 + delta))
    return (p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) * n / (n - 1)
