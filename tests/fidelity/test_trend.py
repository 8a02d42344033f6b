"""The trend test against published numbers and another implementation."""

from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table

from workbench.errors import InputError
from workbench.fidelity import cochran_armitage

# Agresti, Categorical Data Analysis (2002), table 3.7: malformations by mothers' drinking; M2 = 6.6, p = 0.01.
PRESENT = [48, 38, 5, 1, 1]
ABSENT = [17066, 14464, 788, 126, 37]
DRINKS = [0, 0.5, 1.5, 4, 7]


def test_agrestis_example_of_drinking_and_malformation() -> None:
    totals = [present + absent for present, absent in zip(PRESENT, ABSENT, strict=True)]
    p = cochran_armitage(PRESENT, totals, DRINKS).value

    assert p is not None
    assert round(p, 3) == 0.010
    assert round(NormalDist().inv_cdf(1 - p / 2) ** 2, 1) == 6.6


def test_statsmodels_gives_the_same_but_for_its_finite_population_factor() -> None:
    successes, totals, months = [30, 25, 21, 12], [40, 41, 38, 35], [0, 1, 2, 4]
    table = np.array([successes, np.subtract(totals, successes)])
    other = Table(table).test_ordinal_association(np.array([1, 0]), np.array(months))
    mine = cochran_armitage(successes, totals, months).value
    z = abs(other.zscore) * sqrt(sum(totals) / (sum(totals) - 1))

    assert mine == pytest.approx(2 * (1 - NormalDist().cdf(z)), rel=1e-9)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=3, max_size=8),
    st.integers(-50, 50),
    st.integers(1, 9),
)
def test_p_is_a_probability_and_only_distances_between_periods_matter(counts, shift: int, stretch: int) -> None:
    successes, totals = [a for a, _ in counts], [a + b for a, b in counts]
    months = list(range(len(counts)))
    first = cochran_armitage(successes, totals, months).value
    second = cochran_armitage(successes, totals, [shift + stretch * month for month in months]).value
    mirrored = cochran_armitage([b for _, b in counts], totals, months).value

    assert first is None or 0 <= first <= 1
    assert first == pytest.approx(second)
    assert first == pytest.approx(mirrored)


def test_no_trend_is_claimed_without_three_periods_or_without_any_difference() -> None:
    assert cochran_armitage([1, 2], [5, 5], [0, 1]).undefined_because == "fewer than 3 periods are complete"
    same = cochran_armitage([5, 5, 5], [5, 5, 5], [0, 1, 2])
    assert same.undefined_because == "every case has the same status or the same period"


def test_counts_that_are_no_shares_are_refused() -> None:
    with pytest.raises(InputError, match="between 0 and totals"):
        cochran_armitage([6, 1, 1], [5, 5, 5], [0, 1, 2])
    with pytest.raises(InputError, match="expected as many of each"):
        cochran_armitage([1, 1, 1], [5, 5], [0, 1, 2])
