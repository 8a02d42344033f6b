"""Templates about what follows an activation, and how soon."""

import numpy as np

from workbench.fidelity.status import MET, NOT_DUE, OTHERWISE, Codes, missing_code
from workbench.fidelity.templates.task import Task


def response(task: Task) -> Codes:
    """Judge whether each activation is followed by the target in time; afterwards it is late."""
    found, there = task.next_target()
    in_time = there & (task.log.at[found] < task.closes)
    absent = np.where(there, OTHERWISE, missing_code(task.rule.missing))
    return np.where(in_time, MET, np.where(task.closed, absent, NOT_DUE))


def not_response(task: Task) -> Codes:
    """Judge whether each activation stays without the target for the time given; it can break early."""
    found, there = task.next_target()
    broken = there & (task.log.at[found] < task.closes)
    return np.where(broken, OTHERWISE, np.where(task.closed, MET, NOT_DUE))


def case_within(task: Task) -> Codes:
    """Judge the time from the first activation to the last target, or to the case's last event.

    Without a named target a case that still runs can still be prolonged, so it
    is met only once its time is over.
    """
    log = task.log
    if task.rule.target is None:
        last = log.case_end[task.anchors] - 1
        ended = task.closed
    else:
        last, ended = task.last_target(log.case_end[task.anchors], task.after)
    late = log.at[last] >= task.closes
    absent = np.where(task.closed, missing_code(task.rule.missing), NOT_DUE)
    return np.where(late, OTHERWISE, np.where(ended, MET, absent))
