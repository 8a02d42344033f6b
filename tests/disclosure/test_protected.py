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


def compared(**more: object) -> pd.DataFrame:
    """Return shares of two groups and the gap and ratio between them, as an analysis gives them."""
    said = {
        "share": ("wilson", (0.4, 0.37, 0.43)),
        "gap": ("newcombe (complete case)", (0.1, 0.02, 0.18)),
        "ratio": ("koopman (complete case)", (1.3, 1.05, 1.5)),
        "contribution": ("log ratio (koopman)", (0.2, 0.1, 0.3)),
    }
    rows = [("A", 402, 1003, "share"), ("B", 213, 411, "share")]
    rows += [("B", 213, 411, measure) for measure in ("gap", "ratio", "contribution")]
    table = pd.DataFrame(rows, columns=["group", "n", "total", "measure"]).assign(reference="A", **more)
    table["method"] = [said[measure][0] for measure in table["measure"]]
    for at, column in enumerate(("value", "low", "high")):
        table[column] = [said[measure][1][at] for measure in table["measure"]]
    table.loc[:1, "value"] = table["n"] / table["total"]
    return table


def test_the_method_names_the_interval_that_was_computed_again() -> None:
    assert suppress(compared(), Rules())["method"].tolist() == [
        "wilson on rounded counts",
        "wilson on rounded counts",
        "newcombe on rounded counts (complete case)",
        "square-and-add on rounded counts (complete case)",
        "log ratio (koopman)",  # it keeps its own numbers, with two decimals
    ]


def test_where_nothing_is_rounded_the_method_does_not_say_so() -> None:
    methods = suppress(compared(), Rules(rounding=1))["method"].tolist()
    assert methods[:4] == ["wilson", "wilson", "newcombe (complete case)", "square-and-add (complete case)"]


def test_a_number_without_an_interval_keeps_its_method() -> None:
    table = pd.DataFrame({"group": ["A", "B"], "n": [30, 40], "total": [90, 90], "value": [30 / 90, 40 / 90]})
    assert suppress(table.assign(low=None, high=None, method="count"), Rules())["method"].tolist() == ["count"] * 2


def test_a_level_that_the_table_carries_is_kept() -> None:
    usual, narrow = (suppress(table, Rules()) for table in (compared(), compared(level=0.8)))
    assert narrow.loc[0, ["low", "high"]].tolist() == pytest.approx(share(400, 1005, level=0.8)[1:])
    widths = [(table["high"] - table["low"])[:4] for table in (usual, narrow)]
    assert (widths[1] < widths[0]).all()
