"""Who gets how far: shares, gaps and ratios between groups, and what cannot be said."""

from workbench.equity.comparison import compare_groups
from workbench.equity.coverage import coverage, coverage_sentences
from workbench.equity.funnel import funnel
from workbench.equity.metric_frame import metric_frame
from workbench.equity.perception import compare_perceptions
from workbench.equity.statements import sentences

__all__ = [
    "compare_groups",
    "compare_perceptions",
    "coverage",
    "coverage_sentences",
    "funnel",
    "metric_frame",
    "sentences",
]
