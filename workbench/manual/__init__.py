"""What a scheme prescribes, as its manual has it: components, and the rules that events can be held against."""

from workbench.manual.component import ACTORS, DIMENSIONS, STREAMS, Component
from workbench.manual.manual import Manual, read_manual
from workbench.manual.rule import FIELDS, SHAPES, Condition, Dose, EventPattern, Rule, Within
from workbench.manual.wording import describe_rule

__all__ = [
    "ACTORS",
    "DIMENSIONS",
    "FIELDS",
    "SHAPES",
    "STREAMS",
    "Component",
    "Condition",
    "Dose",
    "EventPattern",
    "Manual",
    "Rule",
    "Within",
    "describe_rule",
    "read_manual",
]
