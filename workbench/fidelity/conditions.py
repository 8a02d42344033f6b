"""Which events a pattern speaks of."""

from typing import Any

import numpy as np
import pandas as pd

from workbench.fidelity.log import EventLog, Flags
from workbench.manual import FIELDS, Condition, EventPattern


def matches(log: EventLog, pattern: EventPattern) -> Flags:
    """Return which events belong to a pattern: right activity, every condition true."""
    found = log.events["activity"].isin(pattern.activities).to_numpy(dtype=bool)
    for condition in pattern.where:
        found = found & holds(log, condition)[0]
    return found


def holds(log: EventLog, condition: Condition) -> tuple[Flags, Flags]:
    """Return for which events a condition is true, and for which it cannot be told.

    An empty value makes every condition untold but `present`, which is about emptiness.
    """
    values = _values(log, condition)
    empty = values.isna().to_numpy(dtype=bool)
    if condition.operator == "present":
        return (~empty if condition.present else empty), np.zeros(len(empty), dtype=bool)
    if condition.operator in ("at_least", "at_most"):
        numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float)  # a contract's "4" conditions
        limit = float(condition.values[0])
        empty = np.isnan(numbers)
        with np.errstate(invalid="ignore"):
            return (numbers >= limit if condition.operator == "at_least" else numbers <= limit), empty
    among = values.isin(condition.values).to_numpy(dtype=bool)
    return (~among & ~empty if condition.operator == "is_not" else among & ~empty), empty


def _values(log: EventLog, condition: Condition) -> "pd.Series[Any]":
    values = log.events[condition.field]
    if FIELDS[condition.field] is str:
        return values.where(values.isna(), values.astype(str))
    return values


def cases_with(log: EventLog, patterns: tuple[EventPattern, ...]) -> Flags:
    """Return which cases hold an event of every pattern."""
    held = np.ones(len(log.names), dtype=bool)
    for pattern in patterns:
        held &= np.bincount(log.case_of[matches(log, pattern)], minlength=len(held)) > 0
    return held
