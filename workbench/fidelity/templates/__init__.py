"""The rule templates: one entry each, from the activations of a rule to a status for each."""

from workbench.fidelity.templates.amounts import absence, dose, exactly, existence
from workbench.fidelity.templates.order import init, precedence
from workbench.fidelity.templates.responses import case_within, not_response, response
from workbench.fidelity.templates.task import Judge, Task
from workbench.fidelity.templates.values import required_value

TEMPLATES: dict[str, Judge] = {
    "init": init,
    "existence": existence,
    "absence": absence,
    "exactly": exactly,
    "response": response,
    "precedence": precedence,
    "not_response": not_response,
    "dose": dose,
    "required_value": required_value,
    "case_within": case_within,
}
"""To add a template: its shape in `workbench.manual.SHAPES`, its judge here."""

__all__ = ["TEMPLATES", "Judge", "Task"]
