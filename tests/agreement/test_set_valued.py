"""Several codes a unit: alpha over sets."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workbench.agreement import krippendorff_alpha
from workbench.agreement.sets import set_distances
from workbench.errors import InputError

SETS = st.none() | st.frozensets(st.sampled_from("ABC"))


@st.composite
def coded(draw: st.DrawFn) -> list[list[frozenset[str] | None]]:
    units = draw(st.integers(1, 8))
    return [draw(st.lists(SETS, min_size=units, max_size=units)) for _ in range(draw(st.integers(2, 4)))]


@settings(deadline=None)
@given(coded(), st.sampled_from(["masi", "jaccard"]))
def test_alpha_of_sets_equals_its_definition_written_out_pair_by_pair(data: Any, level: Any) -> None:
    units = [[v for v in unit if v is not None] for unit in zip(*data, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    everything = [v for unit in units for v in unit]

    def apart(a: frozenset[str], b: frozenset[str]) -> float:
        return float(set_distances([a, b], level)[0, 1])

    expected = sum(apart(a, b) for a, b in combinations(everything, 2))
    observed = sum(sum(apart(a, b) for a, b in combinations(unit, 2)) / (len(unit) - 1) for unit in units)
    found = krippendorff_alpha(data, level=level)
    n = len(everything)
    assert found.value == (pytest.approx(1 - (n - 1) * observed / expected) if expected else None)
    assert found.method == {"masi": "Krippendorff's alpha (MASI)", "jaccard": "Krippendorff's alpha (Jaccard)"}[level]


@settings(deadline=None)
@given(coded())
def test_sets_of_one_code_each_have_the_alpha_of_their_names(data: Any) -> None:
    single = [[None if value is None else min(value, default="none") for value in row] for row in data]
    as_sets = [[None if value is None else {value} for value in row] for row in single]
    nominal, masi = krippendorff_alpha(single).value, krippendorff_alpha(as_sets, level="masi").value
    assert (nominal is None) == (masi is None)
    assert nominal is None or masi == pytest.approx(nominal)


def test_read_and_nothing_coded_is_a_value_and_not_read_is_none() -> None:
    read = krippendorff_alpha([[{"A"}, set(), set()], [{"A"}, set(), set()]], level="masi")
    assert (read.value, read.n) == (1.0, 3)
    unread = krippendorff_alpha([[{"A"}, set(), set()], [{"A"}, None, float("nan")]], level="masi")
    assert (unread.value, unread.n) == (None, 1)
    assert unread.undefined_because == "all units that two coders or more coded have one and the same value"


def test_documents_give_the_same_interval_whichever_way_sums_are_made() -> None:
    # With more documents than sets and with fewer, two equal sums are used.
    rng = np.random.default_rng(3)
    kinds = [frozenset(), frozenset("A"), frozenset("AB"), frozenset("B"), frozenset("C")]
    rows = [[kinds[k] for k in rng.integers(0, 5, 60)] for _ in range(3)]
    few, many = [f"d{n % 4}" for n in range(60)], [f"d{n % 30}" for n in range(60)]
    for documents in (few, many):
        found = krippendorff_alpha(rows, level="masi", documents=documents)
        one_each = [krippendorff_alpha(
            [[v for v, d in zip(row, documents, strict=True) for _ in range(times[d])] for row in rows], level="masi"
        ).value for times in _some_draws(documents)]  # fmt: skip
        assert found.low is not None and found.high is not None
        inside = [found.low - 0.1 <= value <= found.high + 0.1 for value in one_each if value is not None]
        assert np.mean(inside) > 0.9


def _some_draws(documents: list[str]) -> list[dict[str, int]]:
    names, rng = sorted(set(documents)), np.random.default_rng(8)
    return [
        dict(zip(names, rng.multinomial(len(names), [1 / len(names)] * len(names)), strict=True)) for _ in range(40)
    ]


@settings(deadline=None)
@given(coded())
def test_coverage_of_the_interval_is_asked_for(data: Any) -> None:
    documents = [f"d{number}" for number in range(len(data[0]))]
    wide, narrow = (krippendorff_alpha(data, level="masi", documents=documents, confidence=c) for c in (0.95, 0.5))
    assume(wide.low is not None and wide.high is not None and narrow.low is not None and narrow.high is not None)
    assert wide.low is not None and narrow.low is not None and wide.high is not None and narrow.high is not None
    assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert (wide.level, narrow.level) == (0.95, 0.5)


def test_a_word_is_no_set() -> None:
    with pytest.raises(InputError, match="'M09' is no set of codes"):
        krippendorff_alpha([["M09"], ["M09"]], level="masi")


def test_a_coverage_that_is_no_share_is_refused() -> None:
    with pytest.raises(InputError, match=r"confidence is 95: expected a share between 0 and 1, such as 0.95"):
        krippendorff_alpha([[1, 0], [0, 1]], documents=["a", "b"], confidence=95)
