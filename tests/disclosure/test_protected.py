"""Statistics from rounded counts: the closed forms against the library's own."""

from math import inf, nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.disclosure import Rules, suppress
from workbench.disclosure.protected import gap, outward, ratio, share, worst_case
from workbench.equity.missing import worst_case_bounds
from workbench.estimates import newcombe_difference, wilson

pairs = st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(pairs)
def test_the_share_is_the_wilson_interval(pair: tuple[int, int]) -> None:
    ours = wilson(*pair)
    assert share(*pair) == pytest.approx((ours.value, ours.low, ours.high))


@given(pairs, pairs)
def test_the_gap_is_the_newcombe_interval(group: tuple[int, int], reference: tuple[int, int]) -> None:
    ours = newcombe_difference(*group, *reference)
    assert gap(share(*group), share(*reference)) == pytest.approx((ours.value, ours.low, ours.high))


@given(pairs, pairs)
def test_the_ratio_lies_in_its_interval(group: tuple[int, int], reference: tuple[int, int]) -> None:
    value, low, high = ratio(share(*group), share(*reference))
    if reference[0] == 0:
        assert (value, low, high) == (None, None, None)
    else:
        assert 0 <= low <= value + 1e-12
        assert value <= high + 1e-12 <= inf


def test_the_ratio_without_a_success_starts_at_zero_and_stays_finite() -> None:
    value, low, high = ratio(share(0, 20), share(10, 40))
    assert (value, low) == (0.0, 0.0)
    assert 0.5 < high < 1.0


@given(pairs, pairs, pairs, st.sampled_from(["gap", "ratio"]))
def test_worst_cases_are_those_of_the_equity_analysis(
    group: tuple[int, int], reference: tuple[int, int], rest: tuple[int, int], measure: str
) -> None:
    ours = worst_case_bounds(measure, group, reference, rest)
    assert worst_case(measure, group, reference, rest) == pytest.approx((ours.value, ours.low, ours.high))


def test_a_measure_that_cannot_be_had_from_counts_is_rounded_outward() -> None:
    assert outward((0.12345, -0.1234, inf)) == (0.12, -0.13, inf)


def test_undefined_stays_undefined() -> None:
    table = pd.DataFrame({"group": ["A", "B"], "n": [0, 40], "total": [0, 90], "value": [nan, 40 / 90]})
    assert suppress(table, Rules())["value"].isna().tolist() == [True, False]
