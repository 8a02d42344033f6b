"""Disagreements as a worklist: what raises agreement most when settled comes first."""

import numpy as np
import pytest
from held_store import HeldStore, everybody
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.agreement import disagreements, krippendorff_alpha
from workbench.agreement.gain import Settling
from workbench.coding import Store
from workbench.errors import InputError


def test_the_columns_of_before_stand_first_and_unchanged() -> None:
    found = disagreements(HeldStore([("a", "x", "M", 0, 5)], everybody("ab", "xy")))
    assert list(found.table.columns)[:7] == [
        "document", "turn", "code", "coder", "coder_without", "quote", "note",
    ]  # fmt: skip
    assert list(found.table.columns)[7:] == ["value", "gain", "kind"]


def test_gain_is_alpha_after_the_majority_had_its_way_less_alpha_now() -> None:
    # M in x: two of three marked it, so the third comes round; in y only one did, so it is dropped.
    codings = [("a", "x", "M", 0, 5), ("b", "x", "M", 0, 5), ("c", "y", "M", 0, 5), *(
        (coder, "z", "M", 0, 5) for coder in "abc")]  # fmt: skip
    now = krippendorff_alpha([[1, 0, 1], [1, 0, 1], [0, 1, 1]]).value
    joined = krippendorff_alpha([[1, 0, 1], [1, 0, 1], [1, 1, 1]]).value
    dropped = krippendorff_alpha([[1, 0, 1], [1, 0, 1], [0, 0, 1]]).value
    assert now is not None and joined is not None and dropped is not None
    found = disagreements(HeldStore(codings, everybody("abc", "xyz"))).table
    gains = found.set_index(["document", "coder", "coder_without"])["gain"]
    assert gains["x", "a", "c"] == gains["x", "b", "c"] == pytest.approx(joined - now)
    assert gains["y", "c", "a"] == gains["y", "c", "b"] == pytest.approx(dropped - now)
    assert found["value"].tolist() == pytest.approx([now] * 4)
    assert found["gain"].is_monotonic_decreasing


def test_where_coders_are_even_the_way_that_raises_alpha_less_is_taken() -> None:
    codings = [("a", "w", "M", 0, 5), ("a", "x", "M", 0, 5), ("a", "y", "M", 0, 5), ("b", "y", "M", 0, 5)]
    found = disagreements(HeldStore(codings, everybody("ab", "vwxyz"))).table
    now = krippendorff_alpha([[1, 1, 1, 0, 0], [0, 0, 1, 0, 0]]).value
    ways = [krippendorff_alpha([[way, 1, 1, 0, 0], [way, 0, 1, 0, 0]]).value for way in (0, 1)]
    assert now is not None and None not in ways and ways[0] != pytest.approx(ways[1])
    assert found["gain"].tolist() == pytest.approx([min(way for way in ways if way is not None) - now] * 2)


def test_a_code_used_once_gains_nothing_for_certain_and_stands_after_what_does() -> None:
    # Settled as coded, ONCE would go from 0 to 1; settled as not coded, nothing would be left to measure.
    codings = [("a", "x", "ONCE", 0, 5), ("a", "x", "M", 0, 5), ("a", "y", "M", 0, 5), ("b", "y", "M", 0, 5)]
    found = disagreements(HeldStore(codings, everybody("ab", "xyz")))
    assert found.table["code"].tolist() == ["M", "ONCE"]
    assert found.table["gain"].tolist() == [pytest.approx(5 / 9), 0.0]
    assert "counts as no gain" in found.notes[0]


def test_what_may_leave_nothing_to_measure_stands_behind_a_gain_below_zero() -> None:
    # Four coders: on x they are even, and dropping M there leaves only passages that one of four marked.
    m = [("a", "x", "M", 0, 5), ("b", "x", "M", 0, 5), *(("c", where, "M", 0, 5) for where in "uvw")]
    found = disagreements(HeldStore([("a", "y", "ONCE", 0, 5), *m], everybody("abcd", "uvwxyz"))).table
    assert found[found["code"] == "M"]["gain"].min() < 0
    assert found["code"].tolist()[-3:] == ["ONCE"] * 3


@settings(deadline=None)
@given(st.integers(2, 4), st.integers(2, 7), st.data())
def test_gain_equals_alpha_worked_out_anew_on_the_settled_units(coders: int, units: int, data: st.DataObject) -> None:
    cells = st.lists(st.booleans(), min_size=coders * units, max_size=coders * units)
    marked = np.array(data.draw(cells)).reshape(coders, units)
    finished = np.array(data.draw(cells)).reshape(coders, units)
    marked &= finished
    first = data.draw(st.integers(0, units - 1))
    after = data.draw(st.integers(first + 1, units))
    settling = Settling(marked, finished, np.ones(units, dtype=np.int64))
    now = krippendorff_alpha(np.where(finished, marked.astype(float), np.nan)).value
    assert np.isnan(settling.value) if now is None else settling.value == pytest.approx(now)
    ways = []
    for even in (0, 1):
        settled = marked.copy()
        for unit in range(first, after):
            balance = 2 * marked[:, unit].sum() - finished[:, unit].sum()
            settled[:, unit] = finished[:, unit] & (balance > 0 or (balance == 0 and bool(even)))
        ways.append(krippendorff_alpha(np.where(finished, settled.astype(float), np.nan)).value)
    gain, lost = (told[0] for told in settling.gains(np.array([[first, after]])))
    assert lost == (now is None or None in ways)
    rises = [0.0 if value is None else value - (now or 0.0) for value in ways]
    assert np.isnan(gain) if now is None else gain == pytest.approx(min(rises))


def test_rows_with_the_same_gain_stand_by_document_and_turn_and_those_without_come_last() -> None:
    turns = [(document, turn, 10 * turn, 10 * turn + 9, "officer") for document in "xy" for turn in (1, 2, 3)]
    codings = [("a", "y", "M", 11, 12), ("a", "x", "M", 31, 32), ("a", "x", "M", 11, 12), ("a", "x", "N", 21, 22)]
    both = [(coder, "y", "M", 21, 22) for coder in "ab"]
    table = disagreements(HeldStore([*codings, *both], everybody("ab", "xy"), turns=turns)).table
    assert table[table["code"] == "M"][["document", "turn"]].values.tolist() == [["x", 1], ["x", 1], ["y", 1]]
    assert table["code"].tolist() == ["M", "M", "M", "N"]  # N was marked once: settling it may leave nothing
    assert table["gain"].is_monotonic_decreasing


def test_differences_in_stance_stand_apart_with_what_each_said() -> None:
    codings = [("a", "x", "M", 0, 9), ("b", "x", "M", 2, 7), ("a", "y", "M", 0, 9)]
    store = HeldStore(codings, everybody("ab", "xy"), stances={0: "supports", 1: "contradicts", 2: "supports"})
    found = disagreements(store)
    assert found.table["kind"].tolist() == ["marked", "stance"]
    last = found.table.iloc[1]
    assert (last["coder"], last["coder_without"], last["note"]) == ("a", "b", "a: supports; b: contradicts")
    assert np.isnan(last["gain"])
    assert found.trace(1) == ("c0", "c1")
    assert list(found.statements) == ["M: 1 to talk about. On 1 more they differ in stance."]


def test_coders_who_both_say_both_do_not_differ_in_stance() -> None:
    codings = [("a", "x", "M", 0, 4), ("a", "x", "M", 5, 9), ("b", "x", "M", 0, 4), ("b", "x", "M", 5, 9)]
    stances = {0: "supports", 1: "contradicts", 2: "supports", 3: "contradicts"}
    assert disagreements(HeldStore(codings, everybody("ab", "x"), stances=stances)).table.empty


def test_a_stance_that_one_left_open_is_no_difference() -> None:
    codings = [("a", "x", "M", 0, 4), ("b", "x", "M", 0, 4)]
    assert disagreements(HeldStore(codings, everybody("ab", "x"), stances={0: "supports"})).table.empty


def test_passages_count_as_the_same_when_they_overlap() -> None:
    codings = [("a", "x", "M", 0, 9), ("b", "x", "M", 8, 20), ("a", "x", "M", 40, 49)]
    table = disagreements(HeldStore(codings, everybody("ab", "x")), unit="passage").table
    assert table[["coder", "coder_without"]].values.tolist() == [["a", "b"]]
    by_character = disagreements(HeldStore(codings, everybody("ab", "x")), unit="character").table
    assert table.equals(by_character)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(InputError, match="unit is 'word': expected one of turn, sentence, character, passage"):
        disagreements(HeldStore([], everybody("ab", "x")), unit="word")


def test_a_real_store_without_stances_has_none(store: Store) -> None:
    for coder in ("anna", "ben"):
        store.read("wm-user-01", coder=coder)
    assert list(disagreements(store).table.columns)[-3:] == ["value", "gain", "kind"]
