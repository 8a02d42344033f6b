"""Agreement on the passages that coders cut out themselves."""

from collections import defaultdict
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from held_store import HeldStore, everybody, only
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.agreement import agreement, unitizing_alpha
from workbench.errors import InputError

Span = tuple[str, str, int, int]
LENGTHS = {"d1": 12, "d2": 7, "d3": 9}
STARTS = {"d1": 0, "d2": 12, "d3": 19}


@st.composite
def marked(draw: st.DrawFn) -> tuple[list[Span], dict[str, list[str]]]:
    readers = {name: draw(st.sampled_from([["a", "b", "c"], ["a", "b"], ["b", "c"], ["c"]])) for name in LENGTHS}
    spans = []
    for name, coders in readers.items():
        for coder in coders:
            at = 0
            for code, gap, size in draw(
                st.lists(st.tuples(st.sampled_from("MN"), st.integers(0, 3), st.integers(1, 4)))
            ):
                if at + gap + size <= LENGTHS[name]:
                    begin = STARTS[name] + at + gap
                    spans.append((coder, code, begin, begin + size))
                    at += gap + size
    return spans, readers


def character_by_character(spans: list[Span], readers: dict[str, list[str]]) -> float | None:
    """uα from its definition: coincidences of characters, less passages paired with themselves."""
    pairs: dict[tuple[str, str], float] = defaultdict(float)
    selves: dict[str, float] = defaultdict(float)
    for name, coders in readers.items():
        if len(coders) < 2:
            continue
        for at in range(STARTS[name], STARTS[name] + LENGTHS[name]):
            here = dict.fromkeys(coders, "")
            here |= {coder: code for coder, code, start, end in spans if start <= at < end}
            for one, other in permutations(coders, 2):
                pairs[here[one], here[other]] += 1 / (len(coders) - 1)
            selves[""] += sum(code == "" for code in here.values())
        inside = range(STARTS[name], STARTS[name] + LENGTHS[name])
        for _, code, start, end in spans:
            selves[code] += (end - start) ** 2 if start in inside else 0
    total = sum(pairs.values())
    margins = {code: sum(n for (one, _), n in pairs.items() if one == code) for code in selves}
    room = total**2 - sum(selves.values())
    if room <= 0:
        return None
    by_chance = total - total * sum(margins[code] ** 2 - selves[code] for code in selves) / room
    differing = sum(n for (one, other), n in pairs.items() if one != other)
    return None if by_chance < 1e-9 else 1 - differing / by_chance


@settings(deadline=None)
@given(marked())
def test_u_alpha_over_documents_equals_its_definition_character_by_character(case: Any) -> None:
    spans, readers = case
    found = unitizing_alpha(spans, 28, coders=["a", "b", "c"], documents=LENGTHS, readers=readers)
    expected = character_by_character(spans, readers)
    assert found.value == (pytest.approx(expected) if expected is not None else None)


@settings(deadline=None)
@given(marked())
def test_laying_documents_end_to_end_changes_no_value_where_all_have_read_all(case: Any) -> None:
    spans, coders = case[0], ["a", "b", "c"]
    for form in ("u", "|u", "cu"):
        together = unitizing_alpha(spans, 28, form=form, coders=coders)  # type: ignore[arg-type]
        apart = unitizing_alpha(spans, 28, form=form, coders=coders, documents=LENGTHS)  # type: ignore[arg-type]
        assert (together.value is None) == (apart.value is None)
        assert together.value is None or apart.value == pytest.approx(together.value)
        assert (together.low, together.high) == (None, None)
        assert apart.low is None or apart.low <= apart.high


def test_an_interval_comes_from_resampling_documents_and_has_the_coverage_asked_for() -> None:
    rng = np.random.default_rng(5)
    spans = []
    for number in range(30):
        start = number * 50 + int(rng.integers(0, 10))
        spans += [("a", "M", start, start + 20), ("b", "M", start + int(rng.integers(0, 15)), start + 25)]
    documents = {f"d{number}": 50 for number in range(30)}
    wide = unitizing_alpha(spans, 1500, documents=documents)
    narrow = unitizing_alpha(spans, 1500, documents=documents, confidence=0.5)
    assert wide.low < narrow.low < wide.value < narrow.high < wide.high
    assert wide == unitizing_alpha(spans, 1500, documents=documents)
    assert wide.low != unitizing_alpha(spans, 1500, documents=documents, rng=np.random.default_rng(1)).low


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([("a", "M", 10, 14), ("b", "M", 0, 3)], "10 to 14 runs from one document into the next"),
        ([("a", "M", 0, 99), ("b", "M", 0, 3)], "0 to 99 lies outside the continuum of 28"),
    ],
)
def test_passages_that_lie_in_no_one_document_are_refused(spans: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        unitizing_alpha(spans, 28, documents=LENGTHS)


def test_documents_must_add_up_to_the_continuum() -> None:
    with pytest.raises(InputError, match="documents are 28 long together, the continuum is 30"):
        unitizing_alpha([("a", "M", 0, 3), ("b", "M", 0, 3)], 30, documents=LENGTHS)


# The finding


def test_each_code_is_compared_on_a_continuum_of_its_own_and_all_together() -> None:
    codings = [("a", "x", "M", 0, 20), ("b", "x", "M", 10, 20), ("a", "y", "N", 5, 15), ("b", "y", "N", 5, 15)]
    table = agreement(HeldStore(codings, everybody("ab", "xy")), unit="passage").table
    expected = unitizing_alpha([("a", "M", 0, 20), ("b", "M", 10, 20)], 200)
    row = only(table, code="M", method="Krippendorff's u-alpha")
    assert row["value"] == pytest.approx(expected.value)
    assert (row["n"], row["marked"], row["marked_by_all"], row["documents"]) == (200, 20, 10, 2)
    spans = [("a", "M", 0, 20), ("b", "M", 10, 20), ("a", "N", 105, 115), ("b", "N", 105, 115)]
    for form, method in (("u", "u-alpha"), ("|u", "|u-alpha"), ("cu", "cu-alpha")):
        found = only(table, code="all codes", method=f"Krippendorff's {method}")
        assert found["value"] == pytest.approx(unitizing_alpha(spans, 200, form=form).value)  # type: ignore[arg-type]
    assert only(table, code="all codes", method="Krippendorff's cu-alpha")["coverage"] == pytest.approx(40 / 50)
    single = only(table, code="M", method="Krippendorff's (k)u-alpha")
    assert single["value"] == pytest.approx(unitizing_alpha(spans, 200, form="ku")["M"].value)
    assert single["coverage"] == pytest.approx(20 / 30)


def test_a_coders_overlapping_passages_with_one_code_are_one_passage_and_touching_ones_stay_two() -> None:
    whole = [("a", "x", "M", 0, 20), ("b", "x", "M", 0, 20), ("b", "x", "M", 40, 44)]
    pieces = [("a", "x", "M", 0, 12), ("a", "x", "M", 8, 20), *whole[1:]]
    touching = [("a", "x", "M", 0, 12), ("a", "x", "M", 12, 20), *whole[1:]]
    values = [
        only(agreement(HeldStore(c, everybody("ab", "x")), unit="passage").table, code="M", method=U)["value"]
        for c in (whole, pieces, touching)
    ]
    assert values[0] == values[1] != values[2]


U = "Krippendorff's u-alpha"


def test_passages_with_different_codes_that_overlap_leave_measures_over_all_codes_undefined_with_the_reason() -> None:
    codings = [("a", "x", "M", 0, 20), ("a", "x", "N", 10, 30), ("b", "x", "M", 0, 20), ("b", "x", "N", 50, 60)]
    table = agreement(HeldStore(codings, everybody("ab", "x")), unit="passage").table
    because = "passages of a with different codes overlap; measures over all codes do not allow that"
    row = only(table, code="all codes", method="Krippendorff's cu-alpha")
    assert (row["status"], row["note"]) == ("undefined", because)
    assert only(table, code="M", method=U)["value"] == pytest.approx(1)
    assert only(table, code="all codes", method=f"{U}, codes pooled")["status"] == "defined"


def test_what_interviewers_say_is_no_part_of_the_continuum() -> None:
    turns = [("x", 1, 5, 25, "officer"), ("x", 2, 30, 90, "interviewer"), ("x", 3, 95, 125, "officer")]
    codings = [("a", "x", "M", 15, 105), ("b", "x", "M", 15, 25), ("b", "x", "M", 40, 50)]
    row = only(
        agreement(HeldStore(codings, everybody("ab", "x"), turns=turns), unit="passage").table, code="M", method=U
    )
    assert (row["n"], row["marked"], row["marked_by_all"]) == (50, 20, 10)
    expected = unitizing_alpha([("a", "M", 10, 30), ("b", "M", 10, 20)], 50)
    assert row["value"] == pytest.approx(expected.value)


def test_a_coder_who_marked_nothing_is_compared_and_a_single_document_has_no_interval() -> None:
    found = agreement(HeldStore([("a", "x", "M", 0, 20)], everybody("ab", "x")), unit="passage")
    row = only(found.table, code="M", method=U)
    assert row["value"] < 0.01 and np.isnan(row["low"])
    assert "(no interval from a single document; 1 is perfect, 0 is chance)" in found.statements[0]
    assert only(found.table, code="M", method="Krippendorff's (k)u-alpha")["note"] == (
        "no other coder marked these passages"
    )


def test_two_coders_without_a_shared_document_are_undefined_with_the_reason() -> None:
    table = agreement(HeldStore([("a", "x", "M", 0, 5)], [("a", "x"), ("b", "y")]), unit="passage").table
    row = only(table, code="all codes", method=f"{U}, codes pooled")
    assert row["note"] == "no document was finished by two of them"


def test_documents_without_a_single_coding_are_undefined_with_the_reason() -> None:
    table = agreement(HeldStore([], everybody("ab", "x")), unit="passage").table
    assert set(table["note"]) >= {"none of them used a code in the documents that two of them have finished"}
    assert table["value"].isna().all()


def test_a_row_of_passages_leads_back_to_its_codings() -> None:
    codings = [("a", "x", "M", 0, 20), ("b", "x", "N", 10, 20)]
    found = agreement(HeldStore(codings, everybody("ab", "x")), unit="passage")
    row = int(found.table.index[found.table["code"] == "N"][0])
    assert (found.name, found.trace(row)) == ("agreement-passage", ("c1",))
