"""Calibration: from a measure to a membership in a set, by anchors that people set from what they know."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.errors import Problems

LOG_ODDS = 3.0
"""Log odds of membership at the outer anchors: 0.953 and 0.047, which Ragin reads as 0.95 and 0.05."""


def calibrate(
    values: "Sequence[float] | pd.Series", full_out: float, crossover: float, full_in: float
) -> "pd.Series[float]":
    """Turn a measure into fuzzy memberships by the direct method.

    Log odds of membership are -3, 0 and 3 at the three anchors, so the membership there is 0.05, 0.5 and 0.95, and
    runs straight in log odds between and beyond them. Anchors may descend (`full_out` above `full_in`), for measures
    of which little means much.

    Parameters
    ----------
    values : Sequence of float or pandas.Series
        The measure, one value a case; an index is kept.
    full_out, crossover, full_in : float
        Fully out of the set, neither in nor out, fully in. A case at `crossover` gets 0.5 exactly and then lies in no
        row of the truth table, which tells it; better set it between two values that occur.

    Returns
    -------
    pandas.Series of float
        Memberships from 0 to 1, not rounded.

    Raises
    ------
    InputError
        If a value or anchor is missing or no number, or the anchors are out of order.

    References
    ----------
    Ragin (2008), Redesigning Social Inquiry, ch. 5.

    Examples
    --------
    >>> calibrate([400, 550, 720, 900], 400, 550, 900).round(2).tolist()
    [0.05, 0.5, 0.81, 0.95]
    """
    problems = Problems()
    measure = _numbers(values, problems)
    anchors = [full_out, crossover, full_in]
    if not (np.isfinite(anchors).all() and (full_out < crossover < full_in or full_out > crossover > full_in)):
        remedy = "Give full_out < crossover < full_in, or all three descending where little of the measure is much"
        problems.add("calibrate", f"the anchors {full_out}, {crossover}, {full_in} are out of order", remedy=remedy)
    problems.raise_if_any()
    apart = measure - crossover
    inward = apart * (full_in - crossover) >= 0
    width = pd.Series(np.where(inward, full_in - crossover, crossover - full_out), index=measure.index)
    log_odds = (LOG_ODDS * apart / width).clip(-700, 700)
    return pd.Series(1 / (1 + np.exp(-log_odds)), index=measure.index)


def crisp(values: "Sequence[float] | pd.Series", threshold: float) -> "pd.Series[float]":
    """Turn a measure into memberships of 1, from the threshold on, and 0.

    Examples
    --------
    >>> crisp([549, 550, 551], 550).tolist()
    [0.0, 1.0, 1.0]
    """
    problems = Problems()
    measure = _numbers(values, problems)
    if not np.isfinite(threshold):
        problems.add("crisp", f"the threshold {threshold} is no number", remedy="Give one that divides the cases")
    problems.raise_if_any()
    return (measure >= threshold).astype(float)


def _numbers(values: "Sequence[float] | pd.Series", problems: Problems) -> "pd.Series[float]":
    given = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype=object)
    measure = pd.to_numeric(given, errors="coerce").astype(float)
    for place, value in given[~np.isfinite(measure)].items():
        what = "is missing" if pd.isna(value) else f"is {value!r}, which is no number"
        problems.add("calibrate", f"the value of case {place} {what}", remedy="Correct it, or leave the case out")
    return measure
