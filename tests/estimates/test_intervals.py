"""Intervals for proportions, gaps and ratios against published tables and another implementation."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.estimates import (
    katz_ratio,
    koopman_ratio,
    miettinen_nurminen_difference,
    newcombe_difference,
    undefined,
    wilson,
)

# Newcombe (1998), Statistics in Medicine 17, 857-872, table I: four examples, Wilson without continuity correction.
WILSON = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}

# Newcombe (1998), Statistics in Medicine 17, 873-890, table II: contrasts (a) to (h).
NEWCOMBE = {
    (56, 70, 48, 80): (0.0524, 0.3339),
    (9, 10, 3, 10): (0.1705, 0.8090),
    (6, 7, 2, 7): (0.0582, 0.8062),
    (5, 56, 0, 29): (-0.0381, 0.1926),
    (0, 10, 0, 20): (-0.1611, 0.2775),
    (0, 10, 0, 10): (-0.2775, 0.2775),
    (10, 10, 0, 20): (0.6791, 1.0),
    (10, 10, 0, 10): (0.6075, 1.0),
}
MIETTINEN_NURMINEN = {
    (56, 70, 48, 80): (0.0528, 0.3382),
    (9, 10, 3, 10): (0.1700, 0.8406),
    (6, 7, 2, 7): (0.0342, 0.8534),
    (5, 56, 0, 29): (-0.0326, 0.1933),
    (0, 10, 0, 20): (-0.1658, 0.2844),
    (0, 10, 0, 10): (-0.2879, 0.2879),
    (10, 10, 0, 20): (0.7156, 1.0),
}

pairs = st.integers(1, 80).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


def restricted_chi_squared(x1: int, n1: int, x0: int, n0: int, ratio: float) -> float:
    """Koopman's statistic with the restricted shares found by brute force instead of by formula."""
    p0 = np.linspace(1e-6, min(1.0, 1 / ratio) - 1e-6, 400_001)
    p1 = ratio * p0
    likelihood = x1 * np.log(p1) + (n1 - x1) * np.log1p(-p1) + x0 * np.log(p0) + (n0 - x0) * np.log1p(-p0)
    best = int(np.argmax(likelihood))
    a, b = float(p1[best]), float(p0[best])
    return (x1 - n1 * a) ** 2 / (n1 * a * (1 - a)) + (x0 - n0 * b) ** 2 / (n0 * b * (1 - b))


@pytest.mark.parametrize(("counts", "limits"), WILSON.items())
def test_wilson_gives_the_limits_printed_by_newcombe(counts: tuple[int, int], limits: tuple[float, float]) -> None:
    found = wilson(*counts)
    assert (found.low, found.high) == pytest.approx(limits, abs=5.1e-5)


@pytest.mark.parametrize(("counts", "limits"), NEWCOMBE.items())
def test_square_and_add_gives_the_limits_printed_by_newcombe(
    counts: tuple[int, int, int, int], limits: tuple[float, float]
) -> None:
    found = newcombe_difference(*counts)
    assert (found.low, found.high) == pytest.approx(limits, abs=5.1e-5)


@pytest.mark.parametrize(("counts", "limits"), MIETTINEN_NURMINEN.items())
def test_miettinen_nurminen_gives_the_limits_printed_by_newcombe(
    counts: tuple[int, int, int, int], limits: tuple[float, float]
) -> None:
    found = miettinen_nurminen_difference(*counts)
    assert (found.low, found.high) == pytest.approx(limits, abs=5.1e-5)


def test_katz_gives_the_published_aspirin_trial() -> None:
    # Steering Committee of the Physicians' Health Study (1989): heart attacks 189 of 11,034 against 104 of 11,037.
    found = katz_ratio(189, 11034, 104, 11037)
    assert (found.value, found.low, found.high) == pytest.approx((1.82, 1.43, 2.31), abs=0.005)


def test_koopman_gives_the_published_example() -> None:
    # Koopman (1984), Biometrics 40, 513-517: 36 of 40 against 16 of 80, 95% limits 2.94 and 7.15.
    found = koopman_ratio(36, 40, 16, 80)
    assert (found.low, found.high) == pytest.approx((2.94, 7.15), abs=0.005)


def test_wilson_newcombe_and_koopman_agree_with_statsmodels_where_it_is_right() -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    rng = np.random.default_rng(20260101)
    for _ in range(60):
        n1, n0 = (int(each) for each in rng.integers(5, 80, 2))
        x1, x0 = int(rng.integers(1, n1)), int(rng.integers(1, n0))
        ours = wilson(x1, n1)
        assert (ours.low, ours.high) == pytest.approx(proportion_confint(x1, n1, method="wilson"))
        ours = newcombe_difference(x1, n1, x0, n0)
        theirs = confint_proportions_2indep(x1, n1, x0, n0, compare="diff", method="newcomb")
        assert (ours.low, ours.high) == pytest.approx(theirs)
        ours = koopman_ratio(x1, n1, x0, n0)
        theirs = confint_proportions_2indep(x1, n1, x0, n0, compare="ratio", method="score", correction=False)
        assert (ours.low, ours.high) == pytest.approx(theirs, rel=1e-6)


@given(pairs)
def test_law_wilson_mirrors_and_keeps_inside_zero_to_one(pair: tuple[int, int]) -> None:
    n, total = pair
    found, mirrored = wilson(n, total), wilson(total - n, total)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= n / total <= found.high <= 1
    assert (mirrored.low, mirrored.high) == pytest.approx((1 - found.high, 1 - found.low))


@given(pairs, pairs, st.sampled_from([newcombe_difference, miettinen_nurminen_difference]))
def test_law_a_gap_turns_its_sign_when_the_groups_change_places(
    group: tuple[int, int], reference: tuple[int, int], verb: type[object]
) -> None:
    there, back = verb(*group, *reference), verb(*reference, *group)  # type: ignore[call-arg]
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-7)  # type: ignore[attr-defined]
    assert -1 <= there.low <= there.value <= there.high <= 1  # type: ignore[attr-defined]


@given(pairs, pairs)
def test_law_a_ratio_turns_over_when_the_groups_change_places(
    group: tuple[int, int], reference: tuple[int, int]
) -> None:
    if group[0] == 0 or reference[0] == 0:
        return
    there, back = koopman_ratio(*group, *reference), koopman_ratio(*reference, *group)
    assert there.low is not None
    assert there.high is not None
    assert (back.low, back.high) == pytest.approx((1 / there.high, 1 / there.low), rel=1e-6)
    assert there.low <= (there.value or 0) * (1 + 1e-9)
    assert (there.value or 0) <= there.high * (1 + 1e-9)


@given(pairs, pairs)
def test_law_the_gap_and_the_ratio_tell_the_same_direction(group: tuple[int, int], reference: tuple[int, int]) -> None:
    gap, ratio = newcombe_difference(*group, *reference), koopman_ratio(*group, *reference)
    if ratio.value is not None and gap.value is not None and abs(gap.value) > 1e-12:
        assert (gap.value > 0) == (ratio.value > 1)


def test_a_group_without_success_has_a_ratio_of_zero_with_a_finite_upper_limit() -> None:
    found = koopman_ratio(0, 12, 30, 300)
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high is not None
    assert restricted_chi_squared(0, 12, 30, 300, found.high) == pytest.approx(1.959964**2, rel=1e-4)


def test_a_reference_without_success_leaves_the_ratio_undefined_with_a_lower_limit() -> None:
    found = koopman_ratio(5, 10, 0, 20)
    assert found.undefined_because == "the reference's share is 0, so there is nothing to divide by"
    assert found.low is not None
    assert found.low > 1
    assert found.high == inf


def test_an_empty_base_is_undefined_and_never_zero() -> None:
    assert wilson(0, 0) == undefined("nobody is in the base", method="wilson")
    for verb in (newcombe_difference, miettinen_nurminen_difference, katz_ratio, koopman_ratio):
        assert verb(0, 0, 3, 10).undefined_because == "nobody is in the group's base"
        assert verb(3, 10, 0, 0).undefined_because == "nobody is in the reference's base"


@pytest.mark.parametrize("counts", [(11, 10), (-1, 10), (nan, 10), (1, inf)])
def test_counts_that_are_no_proportion_are_refused(counts: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="is not a proportion"):
        wilson(*counts)


def test_a_level_in_percent_is_refused() -> None:
    with pytest.raises(InputError, match=r"such as 0\.95"):
        wilson(1, 2, level=95)


def test_a_higher_level_gives_a_wider_interval() -> None:
    narrow, wide = koopman_ratio(12, 40, 30, 80, level=0.8), koopman_ratio(12, 40, 30, 80, level=0.99)
    assert (wide.low or 1) < (narrow.low or 0)
    assert (wide.high or 0) > (narrow.high or 1)
