"""What a rule can say of an activation, ranked so that the highest speaks for the case."""

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int8]

NOT_APPLICABLE, MET, UNKNOWN, NOT_DUE, OTHERWISE, MISSED = (np.int8(code) for code in range(6))
"""`OTHERWISE` is missed although recorded: late, out of order, too little or too much. `MISSED` is not recorded at all.

One broken activation breaks the case, one that is not yet due keeps it open, and one that cannot be told keeps it from
being called met.
"""

NAMES = ("not_applicable", "met", "not_observable", "not_due", "missed", "missed")
"""The status of a case, by code, in the words of the field."""


def missing_code(missing: str) -> np.int8:
    """Return what an absent record means under a rule."""
    return UNKNOWN if missing == "unknown" else MISSED
