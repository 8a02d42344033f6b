"""Coefficients against more worked examples that others have printed, to all printed digits."""

from typing import Any

import numpy as np
import pytest

from workbench.agreement import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
    weighted_kappa,
)
from workbench.agreement.sets import set_distances
from workbench.errors import InputError
from workbench.estimates import Estimate

N = None


def value(estimate: Estimate) -> float:
    assert estimate.value is not None
    return estimate.value


def pairs(table: list[list[int]]) -> tuple[list[int], list[int]]:
    """Two coders' values from their table of counts."""
    both = [(row, column) for row, counts in enumerate(table) for column, n in enumerate(counts) for _ in range(n)]
    return [row for row, _ in both], [column for _, column in both]


ABSTRACTORS = pairs([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
"""Gwet (2014), ectopic pregnancies by two abstractors; `cont3x3abstractors` in his R package irrCAC."""


@pytest.mark.parametrize(
    ("coefficient", "printed"),
    [(percent_agreement, 0.89), (cohen_kappa, 0.7964094), (scott_pi, 0.7962397)],
)
def test_two_abstractors_of_gwet_2014(coefficient: Any, printed: float) -> None:
    assert round(value(coefficient(*ABSTRACTORS)), 7) == printed


def test_ac1_of_two_abstractors_of_gwet_2014() -> None:
    assert round(value(gwet_ac1(list(ABSTRACTORS))), 7) == 0.8493305


SIX_RATERS = [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0],
    [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0],
    [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
]  # fmt: skip
"""Gwet (2014), 15 psychiatric patients by 6 raters; `distrib.6raters` in irrCAC."""


def test_six_raters_of_gwet_2014() -> None:
    by_patient = [[name for name, n in enumerate(row) for _ in range(n)] for row in SIX_RATERS]
    data = list(map(list, zip(*by_patient, strict=True)))
    found = [value(f(data)) for f in (percent_agreement, gwet_ac1, fleiss_kappa, krippendorff_alpha)]
    assert [round(one, 7) for one in found] == [0.5511111, 0.4448007, 0.4139265, 0.4204384]


def test_four_raters_with_gaps_of_gwet_2014() -> None:
    # Krippendorff's data again; what irrCAC prints for cac.raw4raters.
    data = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, N],
        [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    ]  # fmt: skip
    assert round(value(percent_agreement(data)), 7) == 0.8181818
    assert (round(value(gwet_ac1(data)), 5), round(value(krippendorff_alpha(data)), 5)) == (0.77544, 0.74342)


@pytest.mark.parametrize(
    ("table", "pi", "kappa"),
    [([[20, 10], [20, 50]], 0.341, 0.348), ([[46, 0, 0], [6, 32, 6], [0, 0, 10]], 0.7995, 0.8013)],
)
def test_pi_and_kappa_of_artstein_and_poesio_2008(table: Any, pi: float, kappa: float) -> None:
    # Computational Linguistics 34(4), pages 558 and 568.
    first, second = pairs(table)
    digits = len(str(pi)) - 2
    assert round(value(scott_pi(first, second)), digits) == pi
    assert round(value(cohen_kappa(first, second)), digits) == kappa


def test_weighted_kappa_of_cohen_1968() -> None:
    # Diagnoses of 200 patients with Cohen's own weights: .348, and .353 with weights that are not symmetric.
    first, second = pairs([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    symmetric, other = [[0, 1, 3], [1, 0, 6], [3, 6, 0]], [[0, 1, 4], [1, 0, 6], [2, 2, 0]]
    assert round(value(weighted_kappa(first, second, weights=symmetric)), 3) == 0.348
    assert round(value(weighted_kappa(first, second, weights=other)), 3) == 0.353


def test_weights_that_fit_no_categories_are_refused() -> None:
    with pytest.raises(InputError, match="2 × 2 numbers, not negative, and 0 where coders agree"):
        weighted_kappa([0, 1], [1, 1], weights=[[1, 1], [1, 1]])


def test_alpha_of_krippendorff_1980() -> None:
    # Content Analysis, 1st edition, page 139: three observers, nine units.
    data = [[1, 1, 2, 4, 1, 2, 1, 3, 2], [1, 2, 2, 4, 4, 2, 2, 3, 2], [1, 2, 2, 4, 4, 2, 3, 3, 2]]
    assert round(value(krippendorff_alpha(data, level="nominal")), 3) == 0.642
    assert round(value(krippendorff_alpha(data, level="interval")), 3) == 0.547
    assert round(value(krippendorff_alpha(data, level="ratio")), 3) == 0.483


def test_ordinal_alpha_of_hayes_and_krippendorff_2007() -> None:
    # Communication Methods and Measures 1(1), page 84: five observers, 40 units, ordinal: .7598.
    printed = (
        "112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1 212.2 1233. "
        "1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121. 22.22 3222. 222.2 223.2 "
        "222.2 22.12 2222. 111.1"
    )
    units = printed.split()
    data = [[None if unit[coder] == "." else int(unit[coder]) for unit in units] for coder in range(5)]
    found = krippendorff_alpha(data, level="ordinal")
    assert (len(units), round(value(found), 4)) == (40, 0.7598)


@pytest.mark.parametrize(
    ("first", "second", "masi", "jaccard"),
    [
        ("A", "AB", 2 / 3, 1 / 2),  # one holds the other
        ("AB", "AC", 8 / 9, 2 / 3),  # they overlap
        ("A", "B", 1.0, 1.0),
        ("AB", "AB", 0.0, 0.0),
        ("", "A", 1.0, 1.0),
        ("", "", 0.0, 0.0),  # read by both, coded by neither
    ],
)
def test_masi_is_that_of_passonneau_2006(first: str, second: str, masi: float, jaccard: float) -> None:
    sets = [frozenset(first), frozenset(second)]
    assert np.allclose(set_distances(sets, "masi"), [[0, masi], [masi, 0]])
    assert np.allclose(set_distances(sets, "jaccard"), [[0, jaccard], [jaccard, 0]])
