"""Templates about how much: at least, fewer than, exactly, and a dose."""

import numpy as np
from numpy.typing import NDArray

from workbench.fidelity.log import Flags
from workbench.fidelity.status import MET, NOT_DUE, OTHERWISE, UNKNOWN, Codes, missing_code
from workbench.fidelity.templates.task import Task

Amounts = NDArray[np.float64]


def existence(task: Task) -> Codes:
    """Judge whether there are at least n targets."""
    return _counted(task, low=task.rule.n or 1, high=np.inf)


def absence(task: Task) -> Codes:
    """Judge whether there are fewer than n targets."""
    return _counted(task, low=0, high=(task.rule.n or 1) - 1)


def exactly(task: Task) -> Codes:
    """Judge whether there are just n targets."""
    n = task.rule.n or 0
    return _counted(task, low=n, high=n)


def dose(task: Task) -> Codes:
    """Judge whether targets, or their minutes, reach the dose and stay within it.

    Empty minutes count as none under `missing: violation`; under `unknown` a
    dose that they could change cannot be told.
    """
    given = task.rule.dose
    low = -np.inf if given is None or given.at_least is None else given.at_least
    high = np.inf if given is None or given.at_most is None else given.at_most
    if given is None or given.of == "events":
        return _counted(task, low=low, high=high)
    minutes = task.log.events["minutes"].to_numpy(dtype=float)
    empty = task.target & np.isnan(minutes)
    amounts = _within(task, np.where(task.target, np.nan_to_num(minutes), 0.0))
    untold = (_within(task, empty.astype(float)) > 0) & (task.rule.missing == "unknown")
    codes = _judged(task, amounts, low, high)
    could_change = untold & (amounts <= high) & ((amounts < low) | np.isfinite(high))
    return np.where(could_change & (codes != NOT_DUE), UNKNOWN, codes)


def _counted(task: Task, *, low: float, high: float) -> Codes:
    codes = _judged(task, _within(task, task.target.astype(float)), low, high)
    nothing = (codes > NOT_DUE) & ~_recorded(task)
    return np.where(nothing, missing_code(task.rule.missing), codes)


def _judged(task: Task, amounts: Amounts, low: float, high: float) -> Codes:
    """Judge amounts: too much is broken at once, enough is met at once unless it can become too much."""
    safe = (amounts >= low) & (task.closed | (high == np.inf))
    absent = np.where(_recorded(task), OTHERWISE, missing_code("violation"))
    return np.where(amounts > high, OTHERWISE, np.where(safe, MET, np.where(task.closed, absent, NOT_DUE)))


def _recorded(task: Task) -> Flags:
    """Return whether any target follows at all, in time or not."""
    recorded: Flags = _sums(task, task.target.astype(float), task.log.case_end[task.anchors]) > 0
    return recorded


def _within(task: Task, amounts: Amounts) -> Amounts:
    """Add up amounts of the events that follow each anchor in time."""
    if task.rule.within is None:
        return _sums(task, amounts, task.log.case_end[task.anchors])
    return _sums(task, amounts, task.log.first_from(task.anchors, task.closes))


def _sums(task: Task, amounts: Amounts, ends: NDArray[np.int64]) -> Amounts:
    sums: Amounts = np.append(0.0, np.cumsum(amounts))
    if task.rule.activation is None:  # the case's own start: its first event counts too
        return np.asarray(sums[ends] - sums[task.anchors], dtype=np.float64)
    itself = np.where(task.after <= task.anchors, amounts[task.anchors], 0.0)
    return np.asarray(sums[ends] - sums[task.after] - itself, dtype=np.float64)
