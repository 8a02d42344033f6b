"""Numbers with uncertainty; no words of the domain."""

from workbench.estimates.differences import miettinen_nurminen_difference, newcombe_difference
from workbench.estimates.estimate import Estimate, undefined
from workbench.estimates.imputation import rubin_pool
from workbench.estimates.multiplicity import benjamini_hochberg, holm
from workbench.estimates.pooling import Pooled, random_effects
from workbench.estimates.proportions import wilson
from workbench.estimates.rates import byar_rate
from workbench.estimates.ratios import katz_ratio, koopman_ratio
from workbench.estimates.resampling import bootstrap
from workbench.estimates.stratified import mantel_haenszel

__all__ = [
    "Estimate",
    "Pooled",
    "benjamini_hochberg",
    "bootstrap",
    "byar_rate",
    "holm",
    "katz_ratio",
    "koopman_ratio",
    "mantel_haenszel",
    "miettinen_nurminen_difference",
    "newcombe_difference",
    "random_effects",
    "rubin_pool",
    "undefined",
    "wilson",
]
