"""Codings as units × coders."""

import numpy as np
import pytest

from workbench.coding import Store
from workbench.coding.units import sentences, unit_table
from workbench.corpus.span import Span
from workbench.errors import InputError


def coded(store: Store) -> Store:
    start = store.text("wm-officer-01").index("you know")
    store.code(Span("wm-officer-01", start, start + 8), "M01", coder="anna")
    store.code(Span("wm-officer-01", 5, start + 3), "M01", coder="ben")
    for coder in ("anna", "ben"):
        store.read("wm-officer-01", coder=coder)
    store.read("wm-user-01", coder="anna")
    store.code(Span("wm-user-01", 5, 9), "M02", coder="ben")
    return store


def test_interviewers_turns_are_no_units_and_a_unit_is_marked_when_a_coding_covers_any_part_of_it(store: Store) -> None:
    table = unit_table(coded(store), "turn")
    assert table.units[["document", "turn"]].values.tolist() == [
        ["wm-officer-01", 2],
        ["wm-user-01", 2],
    ]
    assert table.coders == ("anna", "ben")
    assert table.marked("M01").tolist() == [[True, False], [True, False]]


def test_unfinished_documents_say_nothing(store: Store) -> None:
    table = unit_table(coded(store), "turn")
    assert table.finished.tolist() == [[True, True], [True, False]]
    assert table.codes == ["M01"]


def test_characters_leave_out_speakers_labels_and_count_code_points(store: Store) -> None:
    table = unit_table(coded(store), "character")
    text = store.text("wm-officer-01")
    here = (table.units["document"] == "wm-officer-01").to_numpy()
    pieces = [text[start:end] for start, end in zip(table.units["start"], table.units["end"], strict=True)]
    shown = ["".join(np.array(pieces)[row & here]) for row in table.marked("M01")]
    assert shown == ["you know", "It is easy 😀, you"]
    assert table.sizes[here].sum() == len("It is easy 😀, you know. It is easy.")


def test_sentences_are_units_within_turns(store: Store) -> None:
    table = unit_table(coded(store), "sentence")
    text = store.text("wm-officer-01")
    spans = table.units[table.units["document"] == "wm-officer-01"]
    assert [text[start:end] for start, end in zip(spans["start"], spans["end"], strict=True)] == [
        "It is easy 😀, you know.",
        "It is easy.",
    ]


def test_a_text_without_a_full_stop_is_one_sentence() -> None:
    assert list(sentences("erm you know")) == [(0, 12)]
    assert list(sentences("   ")) == []


def test_an_unknown_unit_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="unit is 'word': expected one of turn, sentence, character"):
        unit_table(store, "word")
