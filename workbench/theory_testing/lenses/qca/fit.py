"""How well a set of cases lies within another: consistency, PRI, coverage, relevance of necessity.

Sums are exact (`math.fsum`), so that neither the order of the cases nor a second copy of them moves a digit.
"""

from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Memberships = NDArray[np.float64]


class Fit(NamedTuple):
    """How well a combination does as sufficient for an outcome, each from 0 to 1.

    Parameters
    ----------
    consistency : float
        Share of the combination that lies within the outcome. Higher is closer to sufficient.
    pri : float
        The same after taking out what lies within the outcome and within its absence as well.
    coverage : float
        Share of the outcome that lies within the combination.
    """

    consistency: float
    pri: float
    coverage: float


def sufficiency(x: Memberships, y: Memberships) -> Fit:
    """Return how well `x` does as sufficient for `y`.

    References
    ----------
    Ragin (2008), Redesigning Social Inquiry, ch. 3; Schneider & Wagemann (2012), Set-Theoretic Methods, ch. 5 and 9.
    """
    both, either_way = fsum(np.minimum(x, y)), fsum(np.minimum(x, np.minimum(y, 1 - y)))
    return Fit(
        _share(both, fsum(x)),
        _share(fsum([both, -either_way]), fsum([*x, -either_way])),
        _share(both, fsum(y)),
    )


def relevance(x: Memberships, y: Memberships) -> float:
    """Return the relevance of necessity (RoN) of `x` for `y`: near 0 where nearly every case has `x` anyway.

    References
    ----------
    Schneider & Wagemann (2012), Set-Theoretic Methods, ch. 9.
    """
    return _share(fsum(1 - x), fsum(1 - np.minimum(x, y)))


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
