"""What a template is given, and the steps along a case that several templates take."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from workbench.fidelity.log import EventLog, Flags, Positions, Times
from workbench.fidelity.status import Codes
from workbench.fidelity.windows import window_end
from workbench.manual import Rule


@dataclass(frozen=True, kw_only=True)
class Task:
    """One rule and the events it is held against.

    Parameters
    ----------
    log : EventLog
        Case-sorted events.
    rule : Rule
        From the manual.
    anchors : array of int
        Positions of the activations, or of the cases' first events.
    target : array of bool
        Which events are the rule's target.
    closes : array of datetime64[us]
        First instant out of time, for each anchor.
    holidays : tuple of date
        The manual's, for working days.
    """

    log: EventLog
    rule: Rule
    anchors: Positions
    target: Flags
    closes: Times
    holidays: tuple[date, ...] = ()

    def window_end(self, starts: Times) -> Times:
        """Return the first instant out of time after other starts than the anchors."""
        return window_end(starts, self.rule.within, self.holidays)

    @property
    def closed(self) -> Flags:
        """Whether all of the time allowed has been seen; without a limit the log is read as complete."""
        if self.rule.within is None:
            return np.ones(len(self.anchors), dtype=bool)
        closed: Flags = self.closes <= self.log.cutoff
        return closed

    @cached_property
    def after(self) -> Positions:
        """For each anchor, the first position that counts as after it, by the rule's reading of ties."""
        log = self.log
        return {
            "recorded": self.anchors + 1,
            "lenient": log.tie_start[self.anchors],
            "strict": log.tie_end[self.anchors],
        }[self.rule.ties]

    @cached_property
    def until(self) -> Positions:
        """For each anchor, the position where events that count as before it end."""
        log = self.log
        return {"recorded": self.anchors, "lenient": log.tie_end[self.anchors], "strict": log.tie_start[self.anchors]}[
            self.rule.ties
        ]

    def next_target(self) -> tuple[Positions, Flags]:
        """Return the position of the first target after each anchor, and whether there is one."""
        size = len(self.target)
        here = np.append(np.where(self.target, np.arange(size), size), size)
        following = np.minimum.accumulate(here[::-1])[::-1]
        found = following[self.after]
        found = np.where(found == self.anchors, following[np.minimum(self.anchors + 1, size)], found)
        there = found < self.log.case_end[self.anchors]
        return np.where(there, found, self.anchors), there

    def last_target(self, ends: Positions, starts: Positions) -> tuple[Positions, Flags]:
        """Return the position of the last target in [starts, ends) other than the anchor, and whether there is one."""
        here = np.append(-1, np.where(self.target, np.arange(len(self.target)), -1))
        preceding = np.maximum.accumulate(here)  # shifted by one: entry k looks at positions below k
        found = preceding[ends]
        found = np.where(found == self.anchors, preceding[self.anchors], found)
        there = found >= starts
        return np.where(there, found, self.anchors), there


Judge = Callable[[Task], Codes]
