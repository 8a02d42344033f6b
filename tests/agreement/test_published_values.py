"""Coefficients against worked examples that others have published."""

from typing import Any

import pytest

from workbench.agreement import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
    unitizing_alpha,
    weighted_kappa,
)
from workbench.estimates import Estimate

NONE = None
FOUR_OBSERVERS: list[list[Any]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]
"""Krippendorff (2011), section C: 4 observers, 12 units, gaps."""

FLEISS_1971 = [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0],
    [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0],
    [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1], [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0],
    [0, 2, 0, 4, 0], [1, 0, 2, 0, 3], [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0],
    [1, 0, 0, 4, 1], [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
]  # fmt: skip
"""Fleiss (1971), table 1: 30 patients, 6 psychiatrists each, 5 diagnoses."""


def value(estimate: Estimate) -> float:
    assert estimate.value is not None
    return estimate.value


def pairs(table: list[list[int]]) -> tuple[list[int], list[int]]:
    """Two coders' values from their table of counts."""
    both = [(row, column) for row, counts in enumerate(table) for column, n in enumerate(counts) for _ in range(n)]
    return [row for row, _ in both], [column for _, column in both]


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorff_2011(level: Any, published: float) -> None:
    found = krippendorff_alpha(FOUR_OBSERVERS, level=level)
    assert (round(value(found), 3), found.n) == (published, 11)


def test_alpha_of_two_observers_and_binary_data_in_krippendorff_2011_section_a() -> None:
    meg, owen = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert round(value(krippendorff_alpha([meg, owen])), 3) == 0.095


def test_kappa_of_fleiss_1971() -> None:
    assert round(value(fleiss_kappa(counts=FLEISS_1971)), 3) == 0.430


def test_fleiss_kappa_of_labels_equals_that_of_their_counts() -> None:
    by_patient = [[name for name, n in enumerate(row) for _ in range(n)] for row in FLEISS_1971]
    data = list(map(list, zip(*by_patient, strict=True)))
    assert value(fleiss_kappa(data)) == pytest.approx(value(fleiss_kappa(counts=FLEISS_1971)))


def test_kappa_of_cohen_1960() -> None:
    # Table 1, 200 patients, three diagnoses: po .70, pc .41, kappa .49 (.492 to three places).
    first, second = pairs([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert (round(value(percent_agreement(first, second)), 2), round(value(cohen_kappa(first, second)), 3)) == (
        0.70,
        0.492,
    )


def test_weighted_kappa_of_the_couples_in_agresti_1990() -> None:
    # Husbands and wives on "sex is fun", the example of R's vcd package: unweighted .1293, linear weights .2374.
    couples = pairs([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
    assert (round(value(cohen_kappa(*couples)), 4), round(value(weighted_kappa(*couples)), 4)) == (0.1293, 0.2374)


@pytest.mark.parametrize("weights", ["linear", "quadratic"])
def test_weighted_kappa_equals_that_of_statsmodels(weights: Any) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    assert value(weighted_kappa(*pairs(table), weights=weights)) == pytest.approx(cohens_kappa(table, wt=weights).kappa)


def test_the_two_tables_of_feinstein_and_cicchetti_1990_show_the_paradox() -> None:
    balanced, skewed = pairs([[40, 9], [6, 45]]), pairs([[80, 10], [5, 5]])
    assert [round(value(percent_agreement(*table)), 2) for table in (balanced, skewed)] == [0.85, 0.85]
    assert [round(value(cohen_kappa(*table)), 2) for table in (balanced, skewed)] == [0.70, 0.32]
    assert [round(value(gwet_ac1(list(table))), 2) for table in (balanced, skewed)] == [0.70, 0.81]


def test_ac1_with_gaps_of_the_four_raters_in_gwet_2014() -> None:
    # Krippendorff's data again; the value that Gwet's irrCAC prints for cac.raw4raters.
    assert round(value(gwet_ac1(FOUR_OBSERVERS)), 5) == 0.77544


def test_pi_and_kappa_of_krippendorff_1995_continuum_a() -> None:
    bertha = [0] * 2 + [1] * 8 + [0] * 4 + [1] * 6 + [0] * 4
    bill = [0] * 4 + [1] * 4 + [0] * 7 + [1] * 2 + [0] * 7
    assert [round(value(f([bertha, bill])), 3) for f in (scott_pi, krippendorff_alpha)] == [0.314, 0.329]
    assert round(value(cohen_kappa(bertha, bill)), 3) == 0.385


ALEX = [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")]
PAUL = [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")]
SUZAN = [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")]
CONTINUUM = [
    (coder, code, start, end)
    for coder, units in (("Alex", ALEX), ("Paul", PAUL), ("Suzan", SUZAN))
    for start, end, code in units
]
"""Krippendorff (2019), figure 12.11: three observers, a continuum of 60."""


def test_unitizing_alphas_of_krippendorff_2019() -> None:
    assert round(unitizing_alpha(CONTINUUM, 60, form="u").value, 3) == 0.510
    assert round(unitizing_alpha(CONTINUUM, 60, form="cu").value, 3) == 0.724
    # The book prints .413; unrounded it is .4136.
    assert unitizing_alpha(CONTINUUM, 60, form="|u").value == pytest.approx(0.413, abs=0.001)


def test_single_codes_of_krippendorff_2019() -> None:
    found = unitizing_alpha(CONTINUUM, 60, form="ku")
    assert {code: one.value and round(one.value, 6) for code, one in found.items()} == {
        "1": 1.0, "2": 0.0, "3": 0.0, "4": 0.0, "5": 1.0, "6": 1.0, "7": None
    }  # fmt: skip
    assert found["7"].undefined_because == "no other coder marked these passages"
    assert found["5"].n / 18 == pytest.approx(0.44, abs=0.005)
