"""Drift: does a share move steadily from month to month?"""

from collections.abc import Sequence
from math import erfc, sqrt

import numpy as np

from workbench.errors import InputError
from workbench.estimates import Estimate
from workbench.estimates.estimate import undefined

METHOD = "Cochran-Armitage trend test"
FEWEST_PERIODS = 3  # two points always lie on a line


def cochran_armitage(successes: Sequence[float], totals: Sequence[float], scores: Sequence[float]) -> Estimate:
    """Test whether a share rises or falls with a score, such as the month.

    Parameters
    ----------
    successes, totals : Sequence of float
        Counts by period, `0 <= successes <= totals`.
    scores : Sequence of float
        Where each period lies; only their distances matter.

    Returns
    -------
    Estimate
        `value` is the two-sided p-value, between 0 and 1. Lower means that a
        steady movement of this size is less expected by chance alone. It says
        nothing of a movement that goes up and comes down again. Undefined with
        fewer than three periods, or where every case has the same status.

    Raises
    ------
    InputError
        If the counts are no shares or differ in length from the scores.

    References
    ----------
    Cochran (1954), Biometrics 10, 417-451; Armitage (1955), Biometrics 11, 375-386.
    """
    x, n, s = (np.asarray(values, dtype=float) for values in (successes, totals, scores))
    if not len(x) == len(n) == len(s):
        raise InputError(f"{len(x)} successes, {len(n)} totals and {len(s)} scores: expected as many of each")
    if (x < 0).any() or (x > n).any():
        raise InputError("successes must lie between 0 and totals in every period")
    used = n > 0
    if used.sum() < FEWEST_PERIODS:
        return undefined(f"fewer than {FEWEST_PERIODS} periods are complete", method=METHOD, n=float(n.sum()))
    share = x.sum() / n.sum()
    distance = s - (n * s).sum() / n.sum()
    variance = share * (1 - share) * (n * distance**2).sum()
    if variance <= 0:
        return undefined("every case has the same status or the same period", method=METHOD, n=float(n.sum()))
    z = (x * distance).sum() / sqrt(variance)
    return Estimate(value=erfc(abs(z) / sqrt(2)), n=float(n.sum()), method=METHOD)
