"""The template about what an event's columns must say."""

import numpy as np

from workbench.fidelity.conditions import holds
from workbench.fidelity.status import MET, OTHERWISE, Codes, missing_code
from workbench.fidelity.templates.task import Task


def required_value(task: Task) -> Codes:
    """Judge whether each activation fulfils every condition; one that fails outweighs one that cannot be told."""
    true = np.ones(len(task.log.at), dtype=bool)
    false = np.zeros(len(task.log.at), dtype=bool)
    for condition in task.rule.requires:
        held, untold = holds(task.log, condition)
        true &= held
        false |= ~held & ~untold
    codes = np.where(true, MET, np.where(false, OTHERWISE, missing_code(task.rule.missing)))
    return codes[task.anchors]
