"""Do coders see the same? Coefficients, each public and pure, and the findings made with them."""

import sys
from types import ModuleType
from typing import Any

from workbench.agreement.agreement import agreement
from workbench.agreement.disagreements import disagreements
from workbench.agreement.krippendorff import krippendorff_alpha
from workbench.agreement.pairs import cohen_kappa, percent_agreement, scott_pi, weighted_kappa
from workbench.agreement.panels import fleiss_kappa, gwet_ac1
from workbench.agreement.unitizing import unitizing_alpha
from workbench.finding import Finding

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


class _Verb(ModuleType):
    """The folder, called like its verb.

    Folder and verb share a name, and Python puts an imported folder into its
    parent: from the second use on, `wb.agreement` is this module.
    """

    def __call__(self, *args: Any, **options: Any) -> Finding:
        return agreement(*args, **options)


sys.modules[__name__].__class__ = _Verb
