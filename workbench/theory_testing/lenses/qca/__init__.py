"""Qualitative comparative analysis: which combinations of conditions go with an outcome, over cases such as areas."""

from workbench.theory_testing.lenses.qca.calibrate import calibrate, crisp
from workbench.theory_testing.lenses.qca.minimise import Minimised, minimise
from workbench.theory_testing.lenses.qca.necessity import necessity
from workbench.theory_testing.lenses.qca.truth_table import truth_table

__all__ = ["Minimised", "calibrate", "crisp", "minimise", "necessity", "truth_table"]
