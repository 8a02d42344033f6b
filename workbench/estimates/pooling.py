"""One effect measured in several places: random effects."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from workbench.errors import InputError
from workbench.estimates.estimate import Estimate
from workbench.estimates.proportions import critical_value

Column = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Pooled(Estimate):
    """A pooled estimate, and how much the places differ.

    Parameters
    ----------
    tau2 : float
        Variance of the true effects between places, in the squared unit of the estimates. Higher means that they
        differ more.
    i2 : float
        Share of the variance between estimates that is not sampling error, 0 to 1.
    q : float
        Cochran's Q; about k - 1 when the true effects are all the same.
    prediction_low, prediction_high : float or None
        Where the true effect of one more such place is expected. None with fewer than three places.
    """

    tau2: float
    i2: float
    q: float
    prediction_low: float | None = None
    prediction_high: float | None = None


def random_effects(
    estimates: Sequence[float],
    standard_errors: Sequence[float],
    *,
    method: Literal["reml", "dl"] = "reml",
    interval: Literal["wald", "hartung-knapp"] = "wald",
    level: float = 0.95,
) -> Pooled:
    """Pool estimates of several places, allowing that their true effects differ.

    Ratios are pooled as logarithms. With few places the Wald interval is too
    narrow; give Hartung-Knapp and the prediction interval beside it.

    Parameters
    ----------
    estimates : Sequence[float]
        One per place; two at least.
    standard_errors : Sequence[float]
        Above zero.
    method : str
        How the variance between places is estimated: "reml" or "dl" (DerSimonian-Laird).
    interval : str
        "wald" or "hartung-knapp".
    level : float
        Coverage as a share, of the interval and of the prediction interval.

    Returns
    -------
    Pooled
        In the unit of the estimates; ``n`` is the number of places.

    Raises
    ------
    InputError
        If there are fewer than two, the lengths differ, or a standard error is not above zero.

    References
    ----------
    Viechtbauer (2005), JEBS 30, 261-293 (REML). DerSimonian and Laird (1986),
    Controlled Clinical Trials 7, 177-188. Knapp and Hartung (2003), Statistics in Medicine 22, 2693-2710.
    Higgins, Thompson and Spiegelhalter (2009), JRSS A 172, 137-159 (prediction). Higgins and
    Thompson (2002), Statistics in Medicine 21, 1539-1558 (I², by the typical sampling variance).
    """
    from scipy.stats import t

    effects, errors = np.asarray(estimates, dtype=float), np.asarray(standard_errors, dtype=float)
    _check(effects, errors, method, interval)
    z = critical_value(level)
    k, sampling = len(effects), errors**2
    fixed = 1 / sampling
    q = float((fixed * (effects - (fixed * effects).sum() / fixed.sum()) ** 2).sum())
    tau2 = _reml(effects, sampling) if method == "reml" else _dersimonian_laird(q, fixed)
    weight = 1 / (sampling + tau2)
    value = float((weight * effects).sum() / weight.sum())
    variance, width = 1 / float(weight.sum()), z
    if interval == "hartung-knapp":
        variance = float((weight * (effects - value) ** 2).sum()) / ((k - 1) * float(weight.sum()))
        width = float(t.ppf((1 + level) / 2, k - 1))
    typical = (k - 1) * float(fixed.sum()) / float(fixed.sum() ** 2 - (fixed**2).sum())
    around = float(t.ppf((1 + level) / 2, k - 2)) * sqrt(tau2 + 1 / float(weight.sum())) if k > 2 else None
    return Pooled(
        value=value,
        low=value - width * sqrt(variance),
        high=value + width * sqrt(variance),
        n=k,
        method=f"random effects ({method}, {interval})",
        level=level,
        tau2=tau2,
        i2=tau2 / (tau2 + typical),
        q=q,
        prediction_low=None if around is None else value - around,
        prediction_high=None if around is None else value + around,
    )


def _check(effects: Column, errors: Column, method: str, interval: str) -> None:
    if method not in ("reml", "dl") or interval not in ("wald", "hartung-knapp"):
        raise InputError(
            f"method={method!r}, interval={interval!r}: known are the methods reml, dl "
            "and the intervals wald, hartung-knapp"
        )
    if len(effects) < 2 or effects.shape != errors.shape:
        raise InputError(f"{len(effects)} estimates and {len(errors)} standard errors: expected as many, two at least")
    if not (np.isfinite(effects).all() and np.isfinite(errors).all() and (errors > 0).all()):
        raise InputError("estimates must be numbers and standard errors above zero")


def _dersimonian_laird(q: float, fixed: Column) -> float:
    scale = float(fixed.sum() - (fixed**2).sum() / fixed.sum())
    return max(0.0, (q - (len(fixed) - 1)) / scale)


def _reml(effects: Column, sampling: Column) -> float:
    """Return the variance between places with the highest restricted likelihood."""
    from scipy.optimize import minimize_scalar

    def surprise(tau2: float) -> float:
        weight = 1 / (sampling + tau2)
        mean = (weight * effects).sum() / weight.sum()
        terms: Any = np.log(sampling + tau2).sum() + np.log(weight.sum()) + (weight * (effects - mean) ** 2).sum()
        return float(terms) / 2

    # No estimate of the variance lies above what all scatter together allows; the grid finds the right valley.
    top = float((effects - effects.mean()) @ (effects - effects.mean())) + 1e-12
    grid = np.concatenate([[0.0], top * np.logspace(-8, 0, 100)])
    best = int(np.argmin([surprise(float(each)) for each in grid]))
    ends = (float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)]))
    found = minimize_scalar(surprise, bounds=ends, method="bounded", options={"xatol": 1e-12 * max(1.0, top)})
    # At a flat bottom the search stops a hair above zero.
    return 0.0 if surprise(0.0) <= float(found.fun) + 1e-10 else float(found.x)
