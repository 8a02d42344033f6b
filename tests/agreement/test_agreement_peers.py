"""Another implementation of the same coefficients gives the same numbers on random data."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workbench.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha, scott_pi, weighted_kappa
from workbench.agreement.sets import set_distances

nltk_agreement = pytest.importorskip("nltk.metrics.agreement")
nltk_distance = pytest.importorskip("nltk.metrics.distance")

VALUES = st.sampled_from([0, 1, 2, 5])
SETS = st.frozensets(st.sampled_from("ABC"))


@st.composite
def coded(draw: st.DrawFn, values: Any, coders: int | None = None, gaps: bool = True) -> list[list[Any]]:
    rows, units = coders or draw(st.integers(2, 4)), draw(st.integers(2, 12))
    cell = st.none() | values if gaps else values
    return [draw(st.lists(cell, min_size=units, max_size=units)) for _ in range(rows)]


def task(data: list[list[Any]], distance: Any = None) -> Any:
    """NLTK's annotation task of coders × units."""
    triples = [
        (f"c{coder}", f"u{unit}", value)
        for coder, row in enumerate(data)
        for unit, value in enumerate(row)
        if value is not None
    ]
    return nltk_agreement.AnnotationTask(triples, distance or nltk_distance.binary_distance)


def differ(data: list[list[Any]]) -> bool:
    """Whether units coded twice have two values or more: NLTK says 1 where there is nothing to differ about."""
    units = [[value for value in unit if value is not None] for unit in zip(*data, strict=True)]
    return len({value for unit in units if len(unit) > 1 for value in unit}) > 1


@settings(deadline=None)
@given(coded(VALUES))
def test_alpha_equals_that_of_nltk(data: Any) -> None:
    assume(differ(data))
    squared = task(data, lambda a, b: float(a - b) ** 2)
    assert krippendorff_alpha(data).value == pytest.approx(task(data).alpha())
    assert krippendorff_alpha(data, level="interval").value == pytest.approx(squared.alpha())


@settings(deadline=None)
@given(coded(st.frozensets(st.sampled_from("ABC"), min_size=1)))
def test_alpha_of_sets_equals_that_of_nltk_where_nltk_can_work_it_out(data: Any) -> None:
    assume(differ(data))
    masi = task(data, nltk_distance.masi_distance).alpha()
    assert krippendorff_alpha(data, level="masi").value == pytest.approx(masi)
    jaccard = task(data, nltk_distance.jaccard_distance).alpha()
    assert krippendorff_alpha(data, level="jaccard").value == pytest.approx(jaccard)


@settings(deadline=None)
@given(SETS, SETS)
def test_masi_distances_equal_those_of_nltk(first: frozenset[str], second: frozenset[str]) -> None:
    assume(first or second)
    apart = set_distances([first, second], "masi")[0, 1]
    assert apart == pytest.approx(nltk_distance.masi_distance(first, second))


def test_two_empty_sets_are_alike_here_where_nltk_divides_by_zero() -> None:
    data = [[frozenset("A"), frozenset()], [frozenset("AB"), frozenset()]]
    with pytest.raises(ZeroDivisionError):
        task(data, nltk_distance.masi_distance).alpha()
    assert krippendorff_alpha(data, level="masi").value == pytest.approx(4 / 7)


@settings(deadline=None)
@given(coded(VALUES, coders=2, gaps=False))
def test_kappa_and_pi_equal_those_of_nltk(data: Any) -> None:
    kappa, pi = cohen_kappa(*data).value, scott_pi(*data).value
    assume(kappa is not None and pi is not None)
    assert kappa == pytest.approx(task(data).kappa())
    assert pi == pytest.approx(task(data).pi())


@settings(deadline=None)
@given(coded(VALUES, coders=2, gaps=False))
def test_kappas_equal_those_of_scikit_learn_and_statsmodels(data: Any) -> None:
    sklearn_metrics = pytest.importorskip("sklearn.metrics")
    raters = pytest.importorskip("statsmodels.stats.inter_rater")
    values = sorted({value for row in data for value in row})
    assume(cohen_kappa(*data).value is not None)
    table = np.array([[sum((a, b) == (v, w) for a, b in zip(*data, strict=True)) for w in values] for v in values])
    assert cohen_kappa(*data).value == pytest.approx(sklearn_metrics.cohen_kappa_score(*data))
    assert cohen_kappa(*data).value == pytest.approx(raters.cohens_kappa(table, return_results=False))
    for weights in ("linear", "quadratic"):
        theirs = sklearn_metrics.cohen_kappa_score(*data, weights=weights)
        assert weighted_kappa(*data, weights=weights).value == pytest.approx(theirs)


@settings(deadline=None)
@given(coded(VALUES, coders=3, gaps=False))
def test_fleiss_kappa_equals_that_of_statsmodels(data: Any) -> None:
    raters = pytest.importorskip("statsmodels.stats.inter_rater")
    assume(fleiss_kappa(data).value is not None)
    counts = [[unit.count(value) for value in (0, 1, 2, 5)] for unit in zip(*data, strict=True)]
    assert fleiss_kappa(data).value == pytest.approx(raters.fleiss_kappa(np.array(counts)))
