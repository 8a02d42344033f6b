"""Intervals for proportions: how far can we trust "k of n"?"""

from math import isfinite, sqrt
from statistics import NormalDist

from workbench.errors import InputError
from workbench.estimates.estimate import Estimate, undefined


def critical_value(level: float) -> float:
    """Return the two-sided normal quantile that belongs to a coverage: 1.96 for 0.95.

    Parameters
    ----------
    level : float
        Coverage as a share, above 0 and below 1.

    Raises
    ------
    InputError
        If the level is not between 0 and 1, for instance 95.
    """
    if not 0 < level < 1:
        raise InputError(f"level={level} is not a coverage: expected a share between 0 and 1, such as 0.95")
    return NormalDist().inv_cdf((1 + level) / 2)


def check_counts(successes: float, total: float) -> None:
    """Refuse counts that are no proportion.

    Parameters
    ----------
    successes, total : float
        Counts; weighted counts need not be whole.

    Raises
    ------
    InputError
        If ``successes`` is negative or above ``total``, or either is not a number.
    """
    if not (isfinite(successes) and isfinite(total) and 0 <= successes <= total):
        raise InputError(f"{successes} of {total} is not a proportion: expected 0 <= successes <= total")


def wilson(successes: float, total: float, *, level: float = 0.95) -> Estimate:
    """Proportion with a Wilson score interval.

    Keeps inside 0 to 1 and behaves at small counts, where most subgroup
    rates live. Higher means a larger share; a wider interval means less is known.

    Parameters
    ----------
    successes : float
        People (or turns, or events) with the attribute.
    total : float
        People who could have had it. Zero is undefined, never 0%.
    level : float
        Coverage as a share: 0.95, not 95.

    Returns
    -------
    Estimate
        ``value``, ``low`` and ``high`` are shares between 0 and 1.

    Raises
    ------
    InputError
        If ``successes`` is negative or above ``total``.

    References
    ----------
    Wilson (1927), JASA 22(158), 209-212. Newcombe (1998), Statistics in
    Medicine 17, 857-872, method 3.

    Examples
    --------
    >>> str(wilson(8, 10))
    '0.800 (0.490 to 0.943, n=10)'
    >>> str(wilson(0, 0))
    'undefined: nobody is in the base'
    """
    check_counts(successes, total)
    z = critical_value(level)
    if total == 0:
        return undefined("nobody is in the base", method="wilson", level=level)
    share = successes / total
    shrink = 1 + z**2 / total
    centre = (share + z**2 / (2 * total)) / shrink
    half_width = z * sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / shrink
    # At 0 and at all the limit equals the share exactly; rounding must not push it past.
    low = 0.0 if successes == 0 else min(max(0.0, centre - half_width), share)
    high = 1.0 if successes == total else max(min(1.0, centre + half_width), share)
    return Estimate(value=share, low=low, high=high, n=total, method="wilson", level=level)
