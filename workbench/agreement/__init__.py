"""Do coders see the same? Coefficients, each public and pure, and the findings made with them."""

from workbench.agreement.agreement import agreement
from workbench.agreement.disagreements import disagreements
from workbench.agreement.krippendorff import krippendorff_alpha
from workbench.agreement.pairs import cohen_kappa, percent_agreement, scott_pi, weighted_kappa
from workbench.agreement.panels import fleiss_kappa, gwet_ac1
from workbench.agreement.unitizing import unitizing_alpha

__all__ = [
    "agreement",
    "cohen_kappa",
    "disagreements",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "percent_agreement",
    "scott_pi",
    "unitizing_alpha",
    "weighted_kappa",
]
