"""Intervals by drawing again from the data, whole clusters at a time."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import InputError
from workbench.estimates.estimate import Estimate, undefined
from workbench.estimates.proportions import critical_value


def bootstrap(
    data: Any,
    statistic: Callable[[Any], float | None],
    *,
    clusters: Sequence[Any] | None = None,
    draws: int = 2000,
    rng: np.random.Generator,
    level: float = 0.95,
) -> Estimate:
    """Percentile interval of any statistic, by resampling rows or whole clusters.

    For composites that have no closed form (chains, decompositions, agreement).
    For a single share, gap or ratio the closed forms are better: with 12
    people and a share of 0.1 this interval covers in 71 of 100 cases instead of 95.

    Parameters
    ----------
    data : pandas.DataFrame or array-like
        One row per observation.
    statistic : Callable
        Takes resampled data of the same kind; returns a number, or None or NaN where it is undefined.
    clusters : Sequence, optional
        One label per row (person, document); rows of a cluster stay together.
    draws : int
        How often to draw; 1 at least.
    rng : numpy.random.Generator
        Seeded by the caller, so that the interval can be had again.
    level : float
        Coverage as a share.

    Returns
    -------
    Estimate
        ``n`` is the number of rows, or of clusters. Undefined when the statistic is; without an interval when
        one draw in twenty or more is undefined.

    Raises
    ------
    InputError
        If there are no rows, no draws, or labels for another number of rows.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
    Davison and Hinkley (1997), Bootstrap Methods, section 3.8 (clusters).
    """
    kept = data if isinstance(data, pd.DataFrame) else np.asarray(data)
    rows = len(kept)
    critical_value(level)
    if rows == 0 or draws < 1 or (clusters is not None and len(clusters) != rows):
        raise InputError(
            f"bootstrap: {rows} rows, {draws} draws"
            + (f", {len(clusters)} cluster labels" if clusters is not None else "")
            + ": expected rows, draws and one label per row"
        )
    value = _number(statistic(kept))
    places = _members(clusters, rows)
    method = "bootstrap (percentile)" if clusters is None else "bootstrap (percentile, by cluster)"
    if np.isnan(value):
        return undefined("the statistic is undefined on the data", method=method, n=len(places), level=level)
    found = np.empty(draws)
    for draw in range(draws):
        chosen = np.concatenate([places[at] for at in rng.integers(len(places), size=len(places))])
        found[draw] = _number(statistic(kept.iloc[chosen] if isinstance(kept, pd.DataFrame) else kept[chosen]))
    defined = found[~np.isnan(found)]
    low = high = None
    if len(defined) > 0.95 * draws:
        low, high = (float(each) for each in np.quantile(defined, [(1 - level) / 2, (1 + level) / 2]))
    return Estimate(value=value, low=low, high=high, n=len(places), method=method, level=level)


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _members(clusters: Sequence[Any] | None, rows: int) -> list["np.ndarray[Any, np.dtype[np.intp]]"]:
    """Return the row numbers of each cluster, in order of appearance."""
    if clusters is None:
        return list(np.arange(rows).reshape(-1, 1))
    codes, labels = pd.factorize(pd.Series(list(clusters)), use_na_sentinel=False)
    return [np.flatnonzero(codes == code) for code in range(len(labels))]
