"""Hold one component's rule against a scheme's events."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.fidelity.conditions import cases_with, matches
from workbench.fidelity.log import EventLog, Flags, Positions
from workbench.fidelity.status import MET, MISSED, NOT_APPLICABLE, NOT_DUE, OTHERWISE, UNKNOWN, Codes
from workbench.fidelity.templates import TEMPLATES, Task
from workbench.fidelity.windows import window_end
from workbench.manual import Component, Manual, Rule


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """What the records say of one component.

    Parameters
    ----------
    anchors : array of int
        Positions of the activations to which the rule applied.
    codes : array of int8
        Status of each.
    closed : array of bool
        Whether the time of each had run out by the cut-off.
    case_codes : array of int8
        Status of each case of the log.
    case_closed : array of bool
        Whether the time of all of a case's activations had run out.
    months : array of datetime64[M]
        Month of each case's first activation; NaT where the rule did not apply.
    unseen_because : str
        Why records cannot show the component; empty where they can.
    """

    anchors: Positions
    codes: Codes
    closed: Flags
    case_codes: Codes
    case_closed: Flags
    months: NDArray[np.datetime64]
    unseen_because: str = ""

    def select(self, month: "np.datetime64 | None", *, closed_only: bool = False) -> Flags:
        """Return which cases belong to a month (None for all)."""
        chosen = np.ones(len(self.case_codes), dtype=bool) if month is None else self.months == month
        return chosen & self.case_closed if closed_only else chosen


def evaluate(log: EventLog, component: Component, manual: Manual) -> Decisions:
    """Return the status of every activation and every case on one component.

    Cases to which the rule never applied, or only outside the component's
    dates, are `NOT_APPLICABLE`; where records cannot show the component, every
    case is `UNKNOWN`.
    """
    because = unseen_because(log, component)
    if component.rule is None or because:
        return _unseen(log, because)
    anchors = _anchors(log, component, component.rule)
    task = _task(log, component.rule, anchors, manual)
    codes = TEMPLATES[component.rule.template](task).astype(np.int8)
    return _by_case(log, anchors, codes, task.closed)


def unseen_because(log: EventLog, component: Component) -> str:
    """Return why the records cannot show a component, or an empty string."""
    if not component.seen_in_records:
        return "neither police nor provider events show it"
    if component.rule is None:
        return "records show part of it at most; no rule is written"
    if not len(log.at):
        return "there are no events of this scheme"
    if "events" not in component.observability and not log.sees_providers:
        return "no events from the provider were supplied"  # a zero would be false
    return ""


def _anchors(log: EventLog, component: Component, rule: Rule) -> Positions:
    anchors = np.flatnonzero(matches(log, rule.activation)).astype(np.int64) if rule.activation else log.first
    if rule.template == "case_within":
        anchors = anchors[np.unique(log.case_of[anchors], return_index=True)[1]]
    day = log.at[anchors].astype("datetime64[D]")
    applies = cases_with(log, rule.when)[log.case_of[anchors]]
    if component.valid_from:
        applies &= day >= np.datetime64(component.valid_from, "D")
    if component.valid_to:
        applies &= day <= np.datetime64(component.valid_to, "D")
    return anchors[applies]


def _task(log: EventLog, rule: Rule, anchors: Positions, manual: Manual) -> Task:
    return Task(
        log=log,
        rule=rule,
        anchors=anchors,
        target=matches(log, rule.target) if rule.target else np.ones(len(log.at), dtype=bool),
        closes=window_end(log.at[anchors], rule.within, manual.holidays),
        holidays=manual.holidays,
    )


def _by_case(log: EventLog, anchors: Positions, codes: Codes, closed: Flags) -> Decisions:
    cases = log.case_of[anchors]
    case_codes = np.full(len(log.names), NOT_APPLICABLE, dtype=np.int8)
    np.maximum.at(case_codes, cases, codes)
    open_cases = np.bincount(cases[~closed], minlength=len(log.names)) > 0
    months = np.full(len(log.names), np.datetime64("NaT", "M"))
    numbers, firsts = np.unique(cases, return_index=True)
    months[numbers] = log.at[anchors[firsts]].astype("datetime64[M]")
    return Decisions(
        anchors=anchors, codes=codes, closed=closed, case_codes=case_codes, case_closed=~open_cases, months=months
    )


def _unseen(log: EventLog, because: str) -> Decisions:
    nothing: NDArray[Any] = np.array([], dtype=np.int64)
    return Decisions(
        anchors=nothing,
        codes=nothing.astype(np.int8),
        closed=nothing.astype(bool),
        case_codes=np.full(len(log.names), UNKNOWN, dtype=np.int8),
        case_closed=np.ones(len(log.names), dtype=bool),
        months=np.full(len(log.names), np.datetime64("NaT", "M")),
        unseen_because=because,
    )


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Cases by status."""

    met: int
    missed: int
    otherwise: int
    not_due: int
    not_applicable: int
    unknown: int

    @property
    def total(self) -> int:
        """Cases that are decided: met or missed."""
        return self.met + self.missed


def tally(codes: Codes) -> Tally:
    """Count cases by status; `missed` includes those recorded otherwise than prescribed."""
    counts = np.bincount(codes, minlength=int(MISSED) + 1)
    return Tally(
        met=int(counts[MET]),
        missed=int(counts[MISSED] + counts[OTHERWISE]),
        otherwise=int(counts[OTHERWISE]),
        not_due=int(counts[NOT_DUE]),
        not_applicable=int(counts[NOT_APPLICABLE]),
        unknown=int(counts[UNKNOWN]),
    )
