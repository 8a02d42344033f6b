"""How coefficients are written: never rounded to perfect, and no interval that reads as certainty."""

import numpy as np
import pytest
from held_store import HeldStore, everybody, only

from workbench.agreement import agreement, krippendorff_alpha
from workbench.agreement.reliability_data import ALWAYS_THE_SAME, Coefficient
from workbench.agreement.sayings import written
from workbench.cli.differences import show_agreement

ALPHA = "Krippendorff's alpha"
TURNS = [("x", turn, 10 * turn, 10 * turn + 9, "officer") for turn in range(300)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.0, "1.00"), (1 - 1e-12, "1.00"), (0.9976, ">0.99"), (0.994, "0.99"), (0.0, "0.00"), (-1e-15, "0.00"),
        (0.004, "<0.01"), (-0.004, "-0.004"), (-0.0001, "-0.001"), (-0.006, "-0.01"), (-1.0, "-1.00"),
    ],
)  # fmt: skip
def test_what_is_not_perfect_or_chance_is_not_rounded_to_it(value: float, shown: str) -> None:
    assert written(value) == shown


def test_one_passage_that_only_one_marked_does_not_show_as_perfect(capsys: pytest.CaptureFixture[str]) -> None:
    store = HeldStore([("a", "x", "M13", 10, 12)], everybody("ab", "x"), turns=TURNS)
    show_agreement(agreement(store), pairs=False)
    shown = capsys.readouterr().out
    assert [line.split()[4] for line in shown.splitlines() if line.startswith("M13 ")] == [">0.99"]
    assert "1.00" not in shown


def test_sentences_do_not_round_to_perfect_either() -> None:
    codings = [(who, "x", "M", 10, 2900) for who in "ab"]
    turns = [*TURNS, *(("y", turn, 10 * turn, 10 * turn + 9, "officer") for turn in range(300))]
    said = agreement(HeldStore([*codings, ("a", "y", "M", 10, 12)], everybody("ab", "xy"), turns=turns)).statements
    assert f"{ALPHA} is >0.99 (95% interval -0.001 to 1.00;" in said[0]


def test_where_every_resample_gives_the_same_value_there_is_no_interval_and_the_base_is_told() -> None:
    marked = [(who, document, "M", 0, 5) for who in "ab" for document in "wxyz"]
    found = agreement(HeldStore(marked, everybody("ab", "tuvwxyz")))
    row = only(found.table, code="M", method=ALPHA)
    assert (row["value"], row["status"]) == (pytest.approx(1), "defined")
    assert np.isnan(row["low"]) and np.isnan(row["high"])
    because = "every resampled set of documents gives the same value, from 4 marked turns in 4 documents"
    assert row["note"] == f"no interval, because {because}"
    assert because in found.statements[0]


def test_overlapping_passages_leave_a_note_why_measures_over_all_codes_are_missing() -> None:
    codings = [("a", "x", "M", 0, 9), ("a", "x", "N", 5, 12), ("b", "y", "M", 0, 9)]
    overlapping = agreement(HeldStore(codings, everybody("ab", "xy")), unit="passage").notes
    assert [note for note in overlapping if "are undefined: passages of a with different codes overlap" in note]
    assert not [note for note in agreement(HeldStore(codings[1:], everybody("ab", "xy")), unit="passage").notes
                if "are undefined" in note]  # fmt: skip


def test_the_public_function_tells_why_it_has_no_interval() -> None:
    one = krippendorff_alpha([[1, 0, 1, 0], [1, 0, 1, 0]], documents=["x", "x", "y", "y"])
    assert isinstance(one, Coefficient)
    assert (one.value, one.low, one.high, one.no_interval) == (1, None, None, ALWAYS_THE_SAME)


def test_an_interval_leaves_the_note_empty_and_a_single_document_is_told() -> None:
    codings = [("a", "w", "M", 0, 5), *((who, where, "M", 0, 5) for who in "ab" for where in "pqrstu")]
    store = HeldStore(codings, everybody("ab", "pqrstuvwxyz"))
    row = only(agreement(store).table, code="M", method=ALPHA)
    assert row["low"] < row["value"] <= row["high"] and row["note"] == ""
    one = only(agreement(HeldStore(codings, everybody("ab", "w"), turns=TURNS)).table, code="all codes", method=ALPHA)
    assert one["note"] == "no document was finished by two of them" or "single document" in str(one["note"])
