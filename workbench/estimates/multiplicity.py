"""Many tests at once: adjusted p-values."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from workbench.errors import InputError


def _checked(p_values: Sequence[float]) -> npt.NDArray[np.float64]:
    found = np.asarray(p_values, dtype=float)
    if found.ndim != 1 or not ((found >= 0) & (found <= 1)).all():
        raise InputError("p-values lie between 0 and 1, in one row")
    return found


def holm(p_values: Sequence[float]) -> npt.NDArray[np.float64]:
    """Adjust p-values so that the chance of any false alarm stays at the level.

    For the family of comparisons that was declared beforehand. Lower means stronger evidence of a difference.

    Parameters
    ----------
    p_values : Sequence[float]
        From 0 to 1.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, 0 to 1, never below the given ones.

    Raises
    ------
    InputError
        If a value is no p-value.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    Examples
    --------
    >>> [round(float(p), 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    given = _checked(p_values)
    order = np.argsort(given, kind="stable")
    steps = given[order] * (len(given) - np.arange(len(given)))
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return adjusted


def benjamini_hochberg(p_values: Sequence[float]) -> npt.NDArray[np.float64]:
    """Adjust p-values so that the expected share of false alarms among all alarms stays at the level.

    For screens over many forces or intersections. Lower means stronger evidence of a difference.

    Parameters
    ----------
    p_values : Sequence[float]
        From 0 to 1.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, 0 to 1, never below the given ones.

    Raises
    ------
    InputError
        If a value is no p-value.

    References
    ----------
    Benjamini and Hochberg (1995), JRSS B 57, 289-300.

    Examples
    --------
    >>> [round(float(p), 3) for p in benjamini_hochberg([0.01, 0.04, 0.03])]
    [0.03, 0.04, 0.04]
    """
    given = _checked(p_values)
    order = np.argsort(given, kind="stable")[::-1]
    steps = given[order] * len(given) / np.arange(len(given), 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(steps))
    return adjusted
