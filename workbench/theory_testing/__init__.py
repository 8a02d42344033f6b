"""Does the theory of change hold in practice: evidence per link, counted by person, and a verdict by a stated rule."""

from workbench.theory_testing.negative_cases import negative_cases
from workbench.theory_testing.verdict import VERDICTS, Rule, judge
from workbench.theory_testing.weigh import weigh_theory

__all__ = ["VERDICTS", "Rule", "judge", "negative_cases", "weigh_theory"]
