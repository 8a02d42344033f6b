"""What must hold of every coefficient, whatever the data."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

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
from workbench.errors import InputError

PANEL = (percent_agreement, gwet_ac1, krippendorff_alpha)
PAIR = (percent_agreement, cohen_kappa, scott_pi, weighted_kappa)


@st.composite
def panels(draw: st.DrawFn, coders: int | None = None, gaps: bool = True) -> list[list[int | None]]:
    rows = coders or draw(st.integers(2, 4))
    units = draw(st.integers(1, 8))
    cell = st.sampled_from([0, 1, 2, None] if gaps else [0, 1, 2])
    return [draw(st.lists(cell, min_size=units, max_size=units)) for _ in range(rows)]


def values(data: Any) -> list[float | None]:
    return [f(data).value for f in PANEL]


def same(first: list[float | None], second: list[float | None]) -> bool:
    return [v is None for v in first] == [v is None for v in second] and np.allclose(
        [v for v in first if v is not None], [v for v in second if v is not None]
    )


@given(panels())
def test_values_lie_between_minus_one_and_one(data: Any) -> None:
    percent, ac1, alpha = values(data)
    assert percent is None or 0 <= percent <= 1
    assert ac1 is None or -1 <= ac1 <= 1 + 1e-12
    assert alpha is None or -1 - 1e-12 <= alpha <= 1 + 1e-12


@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_coders_and_of_units_does_not_matter(data: Any, random: Any) -> None:
    units = list(zip(*random.sample(data, len(data)), strict=True))
    random.shuffle(units)
    assert same(values(data), values(list(zip(*units, strict=True))))


@given(panels())
def test_the_names_of_the_labels_do_not_matter(data: Any) -> None:
    names = {0: "supports", 1: "contradicts", 2: "qualifies", None: float("nan")}
    assert same(values(data), values([[names[cell] for cell in row] for row in data]))


@given(panels(coders=2))
def test_swapping_two_coders_changes_nothing(data: Any) -> None:
    assert same([f(*data).value for f in PAIR], [f(*reversed(data)).value for f in PAIR])


@given(panels(coders=1, gaps=False))
def test_coders_who_always_agree_reach_one_or_are_undefined(data: Any) -> None:
    row = data[0]
    found = [f([row, row, row]) for f in PANEL] + [f(row, row) for f in PAIR]
    assert all(one.value == pytest.approx(1) for one in found if one.value is not None)
    assert all(one.undefined_because for one in found if one.value is None)
    assert (krippendorff_alpha([row, row]).value is None) == (len(set(row)) == 1)


@given(panels())
def test_a_unit_that_fewer_than_two_coders_coded_changes_neither_percent_nor_alpha(data: Any) -> None:
    longer = [[*row, 1 if number == 0 else None] for number, row in enumerate(data)]
    for f in (percent_agreement, krippendorff_alpha):
        assert same([f(data).value], [f(longer).value])


@given(panels())
def test_alpha_equals_its_definition_written_out_pair_by_pair(data: Any) -> None:
    units = [[v for v in unit if v is not None] for unit in zip(*data, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    everything = [v for unit in units for v in unit]
    for level, distance in (("nominal", lambda a, b: a != b), ("interval", lambda a, b: (a - b) ** 2)):
        n = len(everything)
        expected = sum(distance(a, b) for a, b in combinations(everything, 2))
        observed = sum(sum(distance(a, b) for a, b in combinations(unit, 2)) / (len(unit) - 1) for unit in units)
        found = krippendorff_alpha(data, level=level).value  # type: ignore[arg-type]
        assert found == (pytest.approx(1 - (n - 1) * observed / expected) if expected else None)


@given(panels(coders=3, gaps=False))
def test_fleiss_kappa_and_alpha_meet_as_their_small_sample_term_says(data: Any) -> None:
    kappa, alpha = fleiss_kappa(data).value, krippendorff_alpha(data).value
    assume(kappa is not None and alpha is not None)
    assert kappa is not None
    assert alpha == pytest.approx(kappa + (1 - kappa) / (3 * len(data[0])))


@given(panels(coders=2), st.lists(st.sampled_from("abc"), min_size=8, max_size=8))
def test_an_interval_holds_numbers_in_order_and_only_with_documents(data: Any, names: list[str]) -> None:
    documents = names[: len(data[0])]
    for f in (cohen_kappa, scott_pi, percent_agreement):
        found = f(*data, documents=documents)
        assert (f(*data).low, f(*data).high) == (None, None)
        assert (found.low is None) == (found.high is None)
        assert found.low is None or found.high is None or -1 <= found.low <= found.high <= 1


def test_the_same_data_give_the_same_interval_and_another_seed_another() -> None:
    rng = np.random.default_rng(7)
    first = rng.integers(0, 2, 200).tolist()
    second = [a if keep else 1 - a for a, keep in zip(first, rng.random(200) < 0.8, strict=True)]
    documents = [f"d{number // 10}" for number in range(200)]
    one, again = (cohen_kappa(first, second, documents=documents) for _ in range(2))
    other = cohen_kappa(first, second, documents=documents, rng=np.random.default_rng(1))
    assert (one == again, one.value == other.value, one.low == other.low) == (True, True, False)


def test_resampling_documents_gives_the_standard_error_of_independent_documents() -> None:
    # One unit a document: the interval of a share must be near the binomial one.
    agree = [1] * 150 + [0] * 50
    found = percent_agreement([1] * 200, agree, documents=list(range(200)))
    assert (found.low, found.high) == (pytest.approx(0.69, abs=0.01), pytest.approx(0.81, abs=0.01))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9), st.integers(1, 4)), max_size=5))
def test_two_coders_who_cut_out_the_same_passages_reach_one_or_are_undefined(units: Any) -> None:
    spans, end = [], 0
    for code, gap, size in units:
        spans.append((code, end + gap, end + gap + size))
        end += gap + size
    both = [(coder, *span) for coder in ("anna", "ben") for span in spans]
    for form in ("u", "|u", "cu"):
        found = unitizing_alpha(both, end + 3, form=form, coders=["anna", "ben"])  # type: ignore[arg-type]
        assert found.value is None or found.value == pytest.approx(1)
        assert (found.value is None) == (found.undefined_because is not None)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: krippendorff_alpha([[1, 2]]), "two coders or more, got 1"),
        (lambda: krippendorff_alpha([[1, 2], [1]]), "as many units as each other"),
        (lambda: krippendorff_alpha([["a"], ["b"]], level="interval"), "needs numbers"),
        (lambda: krippendorff_alpha([[1], [1]], level="metric"), "expected one of nominal, ordinal"),  # type: ignore[arg-type]
        (lambda: weighted_kappa(["low"], ["high"]), "needs categories"),
        (lambda: weighted_kappa(["low"], ["high"], categories=["low"]), "not among the categories"),
        (lambda: scott_pi([[1], [1], [1]]), "is for two coders"),
        (lambda: fleiss_kappa(), "either data"),
        (lambda: cohen_kappa([1, 0], [1, 0], documents=["a"]), "1 names for 2 units"),
        (
            lambda: unitizing_alpha([("a", "M", 0, 5), ("a", "M", 4, 6), ("b", "M", 0, 99)], 10),
            "overlaps M from 0 to 5",
        ),
    ],
)
def test_impossible_calls_are_refused_in_plain_words(call: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()


def test_units_coded_by_different_numbers_of_coders_leave_fleiss_kappa_undefined() -> None:
    assert "different numbers of coders" in str(fleiss_kappa([[1, 1], [1, None]]))
