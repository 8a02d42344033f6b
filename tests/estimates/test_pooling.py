"""Pooling over strata, places and imputations; rates; resampling; many tests at once."""

from math import exp, log, sqrt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.estimates import (
    benjamini_hochberg,
    bootstrap,
    byar_rate,
    holm,
    mantel_haenszel,
    newcombe_difference,
    random_effects,
    rubin_pool,
)

# The nine forces of the published diversion evaluation: ratio, low, high; then its pooled row.
REOFFENDING = [
    (0.884, 0.789, 0.992), (0.710, 0.585, 0.862), (0.992, 0.809, 1.217), (0.979, 0.797, 1.201), (0.796, 0.703, 0.901),
    (1.142, 1.000, 1.304), (0.967, 0.868, 1.078), (0.944, 0.807, 1.104), (0.672, 0.613, 0.738),
]  # fmt: skip
TREATMENT = [
    (0.817, 0.644, 1.035), (0.622, 0.409, 0.946), (0.696, 0.438, 1.106), (1.070, 0.680, 1.684), (1.077, 0.813, 1.427),
    (1.064, 0.793, 1.426), (0.851, 0.661, 1.094), (1.634, 1.168, 2.285), (0.828, 0.666, 1.031),
]  # fmt: skip

# Bickel, Hammel and O'Connell (1975), Science 187: admitted, applied; men, then women; departments A to F.
BERKELEY = [
    (512, 825, 89, 108), (353, 560, 17, 25), (120, 325, 202, 593), (138, 417, 131, 375), (53, 191, 94, 393),
    (22, 373, 24, 341),
]  # fmt: skip


def pooled(rows: list[tuple[float, float, float]], **options: Any) -> Any:
    logs = [log(value) for value, _, _ in rows]
    errors = [(log(high) - log(low)) / (2 * 1.959964) for _, low, high in rows]
    return random_effects(logs, errors, **options)


@pytest.mark.parametrize(
    ("rows", "published"), [(REOFFENDING, (0.8841, 0.7879, 0.9920)), (TREATMENT, (0.9322, 0.7848, 1.1073))]
)
def test_reml_with_wald_reproduces_the_published_pooled_effects(
    rows: list[tuple[float, float, float]], published: tuple[float, float, float]
) -> None:
    # The forces' rows are printed to three decimals, so the pool agrees to within one in the fourth.
    found = pooled(rows)
    assert (exp(found.value), exp(found.low), exp(found.high)) == pytest.approx(published, abs=1.5e-4)


def test_hartung_knapp_widens_the_reoffending_effect_beyond_one() -> None:
    found = pooled(REOFFENDING, interval="hartung-knapp")
    assert (exp(found.low), exp(found.high)) == pytest.approx((0.774, 1.010), abs=5e-4)


def test_the_spread_between_forces_is_told() -> None:
    found = pooled(REOFFENDING)
    assert found.tau2 == pytest.approx(0.0253, abs=1e-4)
    assert found.i2 == pytest.approx(0.84, abs=0.005)
    assert (exp(found.prediction_low), exp(found.prediction_high)) == pytest.approx((0.59, 1.32), abs=0.005)


def test_dersimonian_laird_agrees_with_statsmodels() -> None:
    from statsmodels.stats.meta_analysis import combine_effects

    logs = [log(value) for value, _, _ in TREATMENT]
    errors = [(log(high) - log(low)) / (2 * 1.959964) for _, low, high in TREATMENT]
    theirs = combine_effects(np.array(logs), np.array(errors) ** 2, method_re="dl")
    ours = random_effects(logs, errors, method="dl")
    assert (ours.value, ours.tau2, ours.q) == pytest.approx((theirs.mean_effect_re, theirs.tau2, theirs.q))


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=8), st.floats(-3, 3))
def test_law_pooling_moves_with_its_estimates(values: list[float], by: float) -> None:
    errors = [0.2 + 0.05 * place for place in range(len(values))]
    here, there = random_effects(values, errors), random_effects([value + by for value in values], errors)
    assert there.value == pytest.approx((here.value or 0) + by, abs=1e-4)
    assert there.tau2 == pytest.approx(here.tau2, abs=1e-3)


def test_places_that_agree_have_no_spread_and_two_have_no_prediction() -> None:
    found = random_effects([0.3, 0.3], [0.1, 0.1])
    assert (found.tau2, found.i2, found.q, found.prediction_low) == (0.0, 0.0, 0.0, None)
    assert found.high == pytest.approx(0.3 + 1.959964 * 0.1 / sqrt(2))


def test_mantel_haenszel_turns_berkeleys_odds_ratio_round() -> None:
    crude = (1198 / 1493) / (557 / 1278)
    assert crude == pytest.approx(1.84, abs=0.005)
    assert mantel_haenszel(BERKELEY, measure="odds ratio").value == pytest.approx(0.905, abs=5e-4)


def test_mantel_haenszel_agrees_with_statsmodels() -> None:
    from statsmodels.stats.contingency_tables import StratifiedTable

    tables = [np.array([[x1, n1 - x1], [x0, n0 - x0]], dtype=float) for x1, n1, x0, n0 in BERKELEY]
    theirs = StratifiedTable(tables)
    odds = mantel_haenszel(BERKELEY, measure="odds ratio")
    assert (odds.value, odds.low, odds.high) == pytest.approx(
        (theirs.oddsratio_pooled, *theirs.oddsratio_pooled_confint())
    )
    assert mantel_haenszel(BERKELEY, measure="ratio").value == pytest.approx(theirs.riskratio_pooled)


def test_one_stratum_gives_the_plain_gap_with_its_wald_error() -> None:
    found = mantel_haenszel([(56, 70, 48, 80)])
    error = sqrt(0.8 * 0.2 / 70 + 0.6 * 0.4 / 80)
    assert (found.value, found.low) == pytest.approx(
        (newcombe_difference(56, 70, 48, 80).value, 0.2 - 1.959964 * error)
    )


def test_one_stratum_gives_the_ratio_of_katz() -> None:
    found = mantel_haenszel([(189, 11034, 104, 11037)], measure="ratio")
    assert (found.value, found.low, found.high) == pytest.approx((1.818, 1.433, 2.306), abs=5e-4)


def test_strata_with_one_side_empty_weigh_nothing() -> None:
    assert mantel_haenszel([(5, 10, 3, 10), (4, 9, 0, 0)]) == mantel_haenszel([(5, 10, 3, 10)])
    assert mantel_haenszel([(4, 9, 0, 0)]).undefined_because == "no stratum has both the group and the reference"


@pytest.mark.parametrize("events", [1, 4, 10, 47, 200])
def test_byars_limits_lie_within_two_in_a_hundred_of_the_exact_ones(events: int) -> None:
    from scipy.stats import chi2

    found = byar_rate(events, 50)
    exact = chi2.ppf(0.025, 2 * events) / 100, chi2.ppf(0.975, 2 * events + 2) / 100
    assert found.value == events / 50
    assert found.high == pytest.approx(exact[1], rel=0.02)
    assert found.low == pytest.approx(exact[0], rel=0.02, abs=0.0005)


def test_no_events_have_an_upper_limit_and_no_person_time_has_no_rate() -> None:
    assert byar_rate(0, 10).low == 0.0
    assert byar_rate(0, 10).high == pytest.approx(0.367, abs=5e-4)
    assert byar_rate(0, 0).undefined_because == "there is no person-time"


def test_rubins_rules_add_what_the_imputations_disagree_about() -> None:
    # By hand: within 0.5, between 1, total 0.5 + 4/3; 2 (1 + 0.5 / (4/3))^2 = 3.78 degrees of freedom, t = 2.841.
    found = rubin_pool([1.0, 2.0, 3.0], [0.5, 0.5, 0.5])
    assert (found.value, found.high) == pytest.approx((2.0, 2.0 + 2.841 * sqrt(0.5 + 4 / 3)), abs=1e-3)


def test_imputations_that_agree_leave_the_ordinary_interval() -> None:
    assert rubin_pool([1.0, 1.0], [0.25, 0.25]).high == pytest.approx(1 + 1.959964 * 0.5)


def test_holm_and_benjamini_hochberg_agree_with_statsmodels() -> None:
    from statsmodels.stats.multitest import multipletests

    p_values = np.random.default_rng(7).uniform(size=25) ** 2
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])
    assert benjamini_hochberg(p_values) == pytest.approx(multipletests(p_values, method="fdr_bh")[1])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_law_adjusted_p_values_are_never_smaller_and_holm_is_the_stricter(p_values: list[float]) -> None:
    strict, mild = holm(p_values), benjamini_hochberg(p_values)
    assert (np.asarray(p_values) <= mild + 1e-12).all()
    assert (mild <= strict + 1e-12).all()
    assert (strict <= 1).all()


def test_the_bootstrap_of_a_mean_finds_its_standard_error_and_can_be_had_again() -> None:
    data = np.random.default_rng(1).normal(size=400)
    found = bootstrap(data, np.mean, rng=np.random.default_rng(2))
    assert found == bootstrap(data, np.mean, rng=np.random.default_rng(2))
    assert (found.high or 0) - (found.low or 0) == pytest.approx(2 * 1.96 * data.std() / 20, rel=0.1)
    assert (found.n, found.method) == (400, "bootstrap (percentile)")


def test_rows_of_a_cluster_stay_together() -> None:
    # Each person says the same thing 20 times: 10 people, not 200 answers.
    frame = pd.DataFrame({"said": np.repeat([0, 1], 100), "person": np.repeat(np.arange(10), 20)})
    alone = bootstrap(frame, lambda rows: rows["said"].mean(), draws=400, rng=np.random.default_rng(3))
    together = bootstrap(
        frame,
        lambda rows: rows["said"].mean(),
        clusters=frame["person"].tolist(),
        draws=400,
        rng=np.random.default_rng(3),
    )
    assert together.n == 10
    assert (together.high or 0) - (together.low or 0) > 3 * ((alone.high or 0) - (alone.low or 0))


def test_a_statistic_that_is_often_undefined_gets_no_interval() -> None:
    found = bootstrap([0, 0, 0, 1], lambda rows: 1.0 if rows.any() else None, draws=200, rng=np.random.default_rng(4))
    assert (found.value, found.low, found.high) == (1.0, None, None)


@pytest.mark.parametrize(
    "call",
    [
        lambda: random_effects([0.1], [0.2]),
        lambda: random_effects([0.1, 0.2], [0.2, 0.0]),
        lambda: random_effects([0.1, 0.2], [0.2, 0.1], method="ml"),  # type: ignore[arg-type]
        lambda: rubin_pool([0.1], [0.2]),
        lambda: rubin_pool([0.1, 0.2], [0.2, -1]),
        lambda: byar_rate(-1, 10),
        lambda: mantel_haenszel([(1, 2, 3)]),
        lambda: mantel_haenszel([(3, 2, 1, 2)]),
        lambda: mantel_haenszel([(1, 2, 1, 2)], measure="rr"),  # type: ignore[arg-type]
        lambda: holm([1.2]),
        lambda: bootstrap([], np.mean, rng=np.random.default_rng(0)),
    ],
)
def test_what_makes_no_sense_is_refused(call: Any) -> None:
    with pytest.raises(InputError):
        call()
