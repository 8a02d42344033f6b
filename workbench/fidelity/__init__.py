"""How closely delivery follows the manual, by what records show and by what people say."""

from workbench.fidelity.cases import case_status
from workbench.fidelity.check import check_fidelity
from workbench.fidelity.trend import cochran_armitage

__all__ = ["case_status", "check_fidelity", "cochran_armitage"]
