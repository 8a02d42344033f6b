"""Numbers with uncertainty; no words of the domain."""

from workbench.estimates.differences import miettinen_nurminen_difference, newcombe_difference
from workbench.estimates.estimate import Estimate, undefined
from workbench.estimates.proportions import wilson
from workbench.estimates.ratios import katz_ratio, koopman_ratio

__all__ = [
    "Estimate",
    "katz_ratio",
    "koopman_ratio",
    "miettinen_nurminen_difference",
    "newcombe_difference",
    "undefined",
    "wilson",
]
