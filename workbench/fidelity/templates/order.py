"""Templates about order alone: what begins a case, what must have come before."""

import numpy as np

from workbench.fidelity.status import MET, OTHERWISE, Codes, missing_code
from workbench.fidelity.templates.task import Task


def init(task: Task) -> Codes:
    """Judge whether each case begins with the target; elsewhere in the case it is out of order."""
    log, target = task.log, task.target
    sums = np.append(0, np.cumsum(target))
    ends = log.tie_end[task.anchors]
    together = sums[ends] - sums[task.anchors]
    begins = {
        "recorded": target[task.anchors],
        "lenient": together > 0,
        "strict": together == ends - task.anchors,
    }[task.rule.ties]
    anywhere = sums[log.case_end[task.anchors]] - sums[task.anchors] > 0
    return np.where(begins, MET, np.where(anywhere, OTHERWISE, missing_code(task.rule.missing)))


def precedence(task: Task) -> Codes:
    """Judge whether each activation has the target before it, within the time where one is given.

    A target that is too early or comes only afterwards is out of order, not absent.
    """
    log = task.log
    starts = log.first[log.case_of[task.anchors]]
    found, there = task.last_target(task.until, starts)
    in_time = there & (log.at[task.anchors] < task.window_end(log.at[found]))
    sums = np.append(0, np.cumsum(task.target))
    anywhere = sums[log.case_end[task.anchors]] - sums[starts] - task.target[task.anchors] > 0
    return np.where(in_time, MET, np.where(anywhere, OTHERWISE, missing_code(task.rule.missing)))
