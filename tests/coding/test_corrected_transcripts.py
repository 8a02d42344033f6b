"""A transcript corrected after it was coded: revisions, codings that moved, codings that wait."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store
from workbench.corpus.span import Span
from workbench.errors import InputError


def corrected(document: str, turn: int, said: str, *, above: int = 0) -> TinyCorpus:
    """Return the tiny corpus with one turn said otherwise, and turns inserted above."""
    talk = deepcopy(TALK)
    speaker, role, _ = talk[document][turn - 1]
    talk[document][turn - 1] = (speaker, role, said)
    talk[document][0:0] = [("Int", "interviewer", f"Is tape {number} on?") for number in range(above)]
    return TinyCorpus(talk)


def mark(store: Store, words: str, code: str = "M09", coder: str = "anna", **more: Any) -> str:
    start = store.text("wm-user-01").index(words)
    return store.code(Span("wm-user-01", start, start + len(words)), code, coder=coder, **more).id


def test_a_correction_moves_codings_with_their_words_and_their_turns(store: Store) -> None:
    identity = mark(store, "made me think", memo="turning point", stance="supports")
    assert store.add_corpus(corrected("wm-user-01", 2, "It rely made me stop, think twice.", above=2), by="kim") == 1
    kept = ["id", "coder", "turn", "quote", "stance", "memo"]
    assert store.codings()[kept].values.tolist() == [
        [identity, "anna", 4, "made me stop, think", "supports", "turning point"]
    ]
    assert (store.unplaced().empty, store.verify()) == (True, [])
    assert store.acts()[["coder", "kind"]].values.tolist() == [["anna", "code"], ["kim", "move"]]


def test_both_revisions_are_kept_and_codings_are_seen_as_they_stood(store: Store, corpus: Any) -> None:
    mark(store, "made me think", at="2026-01-15")
    store.add_corpus(corrected("wm-user-01", 2, "It made me think, twice.", above=1), by="kim")
    table = store.revisions("wm-user-01")
    assert table[["revision", "by"]].values.tolist() == [[1, "import"], [2, "kim"]]
    assert store.text("wm-user-01", revision=1) == corpus.text("wm-user-01")
    assert store.text("wm-user-01", revision=2) == store.text("wm-user-01")
    with pytest.raises(InputError, match="has no revision 3: it has 2"):
        store.text("wm-user-01", revision=3)
    then, today = store.codings(as_of="2026-01-16"), store.codings()
    assert then[["document", "turn", "start", "quote"]].values.tolist() == [["wm-user-01", 2, 23, "made me think"]]
    assert today[["document", "turn", "start"]].values.tolist() == [["wm-user-01", 3, 42]]


def test_words_that_are_gone_wait_for_a_person_who_places_or_drops_them(store: Store) -> None:
    first, second = mark(store, "made me think"), mark(store, "think twice", coder="ben")
    store.add_corpus(corrected("wm-user-01", 2, "Nothing there had any effect on us."))
    waiting = store.unplaced()
    assert store.codings().empty
    assert waiting[["id", "coder", "quote", "why"]].values.tolist() == [
        [first, "anna", "made me think", "its words are gone"],
        [second, "ben", "think twice", "its words are gone"],
    ]
    look = store.text("wm-user-01")[waiting["start"][0] : waiting["end"][0]]
    assert look == "Nothing there had any effect on us"
    store.place(first, waiting["start"][0], waiting["end"][0], coder="lead")
    store.lift(second, coder="lead", why="he never said it")
    assert store.codings()[["coder", "quote"]].values.tolist() == [["anna", look]]
    assert store.unplaced().empty
    with pytest.raises(InputError, match="no coding with this id waits"):
        store.lift(second, coder="lead", why="again")
    store.undo("lead")
    assert store.unplaced()["id"].tolist() == [second]
    assert store.verify() == []


def test_codings_come_back_when_the_former_text_does(store: Store, corpus: Any) -> None:
    mark(store, "made me think")
    store.add_corpus(corrected("wm-user-01", 2, "A wrong file altogether, by mistake."))
    assert store.codings().empty
    store.add_corpus(corpus)
    assert store.codings()["quote"].tolist() == ["made me think"]
    assert (store.unplaced().empty, len(store.revisions("wm-user-01"))) == (True, 3)


def test_undo_takes_back_the_coders_own_acts_and_never_a_correction(store: Store) -> None:
    mark(store, "made me think", coder="anna")
    store.add_corpus(corrected("wm-user-01", 2, "It made me think, twice.", above=1), by="anna")
    undone = store.undo("anna")
    assert undone is not None
    assert (undone.kind, store.codings().empty, store.undo("anna")) == ("code", True, None)


def test_what_an_undo_brings_back_lies_on_the_present_text(store: Store) -> None:
    store.uncode(mark(store, "made me think"), coder="anna")
    store.add_corpus(corrected("wm-user-01", 2, "It made me think twice.", above=1))
    store.undo("anna")
    assert store.codings()[["turn", "quote"]].values.tolist() == [[3, "made me think"]]


def test_two_codings_that_a_correction_brings_together_are_one(store: Store) -> None:
    first = mark(store, "It made")
    mark(store, "made")
    store.add_corpus(corrected("wm-user-01", 2, "made me think twice."))
    assert store.codings()[["id", "quote"]].values.tolist() == [[first, "made"]]
    assert mark(store, "made") == first
    store.uncode(first, coder="anna")
    assert store.codings().empty


def test_the_same_offsets_in_another_text_are_another_coding(store: Store) -> None:
    old = mark(store, "made me think")
    store.add_corpus(corrected("wm-user-01", 2, "It made me think twice.", above=1))
    new = store.code(Span("wm-user-01", 23, 36), "M09", coder="anna").id
    assert sorted(store.codings()["id"]) == sorted([old, new])


def test_suggestions_on_a_former_text_are_dropped(store: Store) -> None:
    rows = pd.DataFrame({"document": ["wm-user-01"], "start": [23], "end": [36], "code": ["M09"]})
    store.replace_suggestions(rows, source="patterns")
    store.add_corpus(corrected("wm-user-01", 2, "It made me think, twice."))
    assert store.suggestions().empty


def test_a_review_holds_for_the_source_file_whatever_pseudonyms_do(store: Store) -> None:
    corpus = TinyCorpus(TALK)
    corpus.documents["sha256"] = ["a" * 64, "b" * 64]
    store.add_corpus(corpus)
    for _ in range(2):
        store.review("wm-user-01", coder="kim")
    assert (store.reviewed(), len(store.acts())) == ({"wm-user-01"}, 1)
    masked = corrected("wm-user-01", 2, "It made [Person 1] think twice.")
    masked.documents["sha256"] = ["a" * 64, "b" * 64]
    store.add_corpus(masked)
    assert store.reviewed() == {"wm-user-01"}
    masked.documents["sha256"] = ["a" * 64, "c" * 64]
    store.add_corpus(masked)
    assert store.reviewed() == set()


def test_a_table_of_spans_is_coded_in_one_call(store: Store) -> None:
    hits = pd.DataFrame(
        {"document": ["wm-user-01"], "turn": [2], "start": [23], "end": [36], "quote": ["made me think"], "role": ["x"]}
    )
    store.code_many(hits, code="M09", coder="anna", stance="supports")
    assert store.codings()[["code", "quote", "stance"]].values.tolist() == [["M09", "made me think", "supports"]]
    with pytest.raises(InputError, match="stanze: a coding has no such field"):
        store.code_many(hits, code="M09", coder="anna", stanze="supports")
    with pytest.raises(InputError, match="reads 'made me think', not 'other words'"):
        store.code_many(hits.assign(quote="other words"), code="M12", coder="anna")
    assert len(store.codings()) == 1


def test_a_merge_moves_the_others_codings_onto_the_correction(store: Store, tmp_path: Path, corpus: Any) -> None:
    mark(store, "made me think")
    with open_store(tmp_path / "ben.sqlite") as ben:
        ben.add_corpus(corpus)
        mark(ben, "think twice", coder="ben")
        store.add_corpus(corrected("wm-user-01", 2, "It made me think twice.", above=1))
        with open_store(tmp_path / "third.sqlite") as third:
            third.merge(ben)
            third.merge(store)
            assert store.merge(ben) == 1
            ben.merge(store)
            for one in (store, ben, third):
                assert one.codings()[["coder", "turn", "quote"]].values.tolist() == [
                    ["anna", 3, "made me think"], ["ben", 3, "think twice"]
                ]  # fmt: skip
                assert one.text("wm-user-01", revision=1) == corpus.text("wm-user-01")
                assert one.verify() == []
            assert [third.merge(store), third.merge(ben), third.merge(store)][2] == 0
