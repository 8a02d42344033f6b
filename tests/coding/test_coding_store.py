"""Coding: what is stored, what holds, what is refused."""

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from workbench.coding import Coding, Store, open_store
from workbench.corpus.span import Span
from workbench.errors import InputError, MissingPart


def passage(store: Store, document: str, words: str) -> Span:
    start = store.text(document).index(words)
    return Span(document, start, start + len(words))


def test_a_coding_comes_back_as_it_was_made(store: Store) -> None:
    span = passage(store, "wm-user-01", "made me think")
    made = store.code(span, "M09", coder="anna", stance="supports", memo="turning point", at="2026-01-15T10:00:00Z")
    assert made == Coding(
        id=made.id, coder="anna", code="M09", span=span, stance="supports", origin="human", memo="turning point",
        at="2026-01-15T10:00:00.000Z",
    )  # fmt: skip


def test_the_table_of_codings_names_turn_person_role_scheme_and_quote(store: Store) -> None:
    made = store.code(passage(store, "wm-user-01", "made me think"), "M09", coder="anna", at="2026-01-15")
    assert store.codings().to_dict(orient="records") == [
        {
            "id": made.id, "coder": "anna", "document": "wm-user-01", "turn": 2, "person": "wm-user-01:Lee",
            "role": "service_user", "scheme": "west-midlands", "code": "M09", "start": 23, "end": 36,
            "quote": "made me think", "stance": None, "origin": "human", "memo": "", "at": "2026-01-15T00:00:00.000Z",
        }
    ]  # fmt: skip


def test_an_empty_store_has_tables_with_their_columns(where: Path) -> None:
    with open_store(where) as store:
        columns = [list(table.columns)[:4] for table in (store.codings(), store.turns(), store.read_by())]
    assert columns == [
        ["id", "coder", "document", "turn"],
        ["document", "turn", "speaker", "person"],
        ["coder", "document"],
    ]


def test_offsets_count_code_points_so_an_emoji_moves_nothing(store: Store) -> None:
    span = passage(store, "wm-officer-01", "you know")
    store.code(span, "M01", coder="anna", quote="you know")
    store.code(passage(store, "wm-officer-01", "😀"), "I01", coder="anna")
    assert list(store.codings()["quote"]) == ["you know", "😀"]
    assert store.verify() == []


def test_a_quote_that_does_not_match_the_text_is_refused_and_nothing_is_written(store: Store) -> None:
    span = passage(store, "wm-officer-01", "you know")
    with pytest.raises(InputError, match=r"reads 'ou know.', not 'you know'"):
        store.code(Span(span.document, span.start + 1, span.end + 1), "M01", coder="anna", quote="you know")
    assert store.acts().empty


def test_all_problems_of_many_codings_are_told_together_and_none_is_written(store: Store) -> None:
    good: dict[str, Any] = {"document": "wm-user-01", "start": 0, "end": 3, "code": "M09", "coder": "anna"}
    bad = [good | {"document": "wm-usr-01"}, good | {"end": 999}, good | {"stance": "against"}, good | {"coder": " "}]
    with pytest.raises(InputError) as refused:
        store.code_many([good, *bad])
    assert [str(problem).split(":")[0] for problem in refused.value.problems] == [
        "coding 2", "coding 3", "coding 4", "coding 5"
    ]  # fmt: skip
    assert store.codings().empty


def test_missing_cells_of_a_table_are_read_as_not_given(store: Store) -> None:
    row = {"document": "wm-user-01", "start": 0, "end": 3, "code": "M09", "coder": "anna", "stance": float("nan")}
    assert store.code_many([row | {"memo": pd.NA, "at": pd.NaT}])[0].stance is None


def test_the_same_passage_with_the_same_code_is_one_coding_with_the_latest_stance_and_memo(store: Store) -> None:
    span = passage(store, "wm-user-01", "made me think")
    first = store.code(span, "M09", coder="anna", stance="supports")
    again = store.code(span, "M09", coder="anna")
    changed = store.code(span, "M09", coder="anna", stance="qualifies", memo="only at first")
    assert (again, changed.id) == (first, first.id)
    assert store.codings()[["stance", "memo"]].values.tolist() == [["qualifies", "only at first"]]


def test_a_link_may_be_named_with_an_ascii_arrow(store: Store) -> None:
    assert store.code(Span("wm-user-01", 0, 3), "A11->M09", coder="anna").code == "A11→M09"


def test_uncoding_takes_a_coding_away_but_the_acts_keep_it(store: Store) -> None:
    made = store.code(Span("wm-user-01", 0, 3), "M09", coder="anna")
    store.uncode(made.id, coder="anna")
    assert store.codings().empty
    assert list(store.acts()["kind"]) == ["code", "uncode"]
    with pytest.raises(InputError, match="no such coding in force"):
        store.uncode(made.id, coder="anna")


def test_nobody_can_change_another_coders_coding(store: Store) -> None:
    made = store.code(Span("wm-user-01", 0, 3), "M09", coder="anna")
    for change in (lambda: store.uncode(made.id, coder="ben"), lambda: store.set_memo(made.id, "no", coder="ben")):
        with pytest.raises(InputError, match="anna made it, so ben cannot change it"):
            change()
    assert len(store.codings()) == 1


def test_stance_and_memo_can_be_changed_and_stance_taken_back(store: Store) -> None:
    made = store.code(Span("wm-user-01", 0, 3), "M09", coder="anna", stance="supports")
    store.set_memo(made.id, "see turn 4", coder="anna")
    store.set_stance(made.id, None, coder="anna")
    assert store.codings()[["stance", "memo"]].values.tolist() == [[None, "see turn 4"]]


def undone(store: Store) -> str | None:
    act = store.undo("anna")
    return act.kind if act else None


def test_undo_takes_acts_back_one_by_one_and_says_which(store: Store) -> None:
    made = store.code(Span("wm-user-01", 0, 3), "M09", coder="anna", stance="supports")
    store.set_stance(made.id, "contradicts", coder="anna")
    store.read("wm-user-01", coder="anna")
    store.code(Span("wm-user-01", 0, 3), "M09", coder="ben")
    assert [undone(store) for _ in range(2)] == ["read", "stance"]
    assert store.codings(coder="anna")["stance"].tolist() == ["supports"]
    assert [undone(store) for _ in range(2)] == ["code", None]
    assert store.codings()["coder"].tolist() == ["ben"]


def test_undoing_an_uncoding_brings_the_coding_back_with_its_id(store: Store) -> None:
    made = store.code(Span("wm-user-01", 0, 3), "M09", coder="anna")
    store.uncode(made.id, coder="anna")
    store.undo("anna")
    assert store.codings()["id"].tolist() == [made.id]


def test_codings_can_be_seen_as_they_stood_on_a_day(store: Store) -> None:
    store.code(Span("wm-user-01", 0, 3), "M09", coder="anna", at="2026-01-15T18:00:00+01:00")
    store.code(Span("wm-user-01", 0, 3), "M12", coder="anna", at="2026-01-16")
    assert store.codings(as_of="2026-01-14")["code"].tolist() == []
    assert store.codings(as_of="2026-01-15")["code"].tolist() == ["M09"]
    assert store.codings(as_of="2026-01-15T16:59:59Z")["code"].tolist() == []
    assert store.codings()["code"].tolist() == ["M09", "M12"]
    with pytest.raises(InputError, match="'soon' is not a date"):
        store.codings(as_of="soon")


def test_reading_is_recorded_once_and_unknown_documents_are_refused(store: Store) -> None:
    store.read("wm-user-01", coder="anna")
    store.read("wm-user-01", coder="anna")
    assert store.read_by().to_dict(orient="records") == [{"coder": "anna", "document": "wm-user-01"}]
    assert len(store.acts()) == 1
    with pytest.raises(InputError, match="Did you mean 'wm-user-01'"):
        store.read("wm-user-1", coder="anna")


def test_what_was_finished_can_be_gone_on_with_and_a_redo_counts(store: Store) -> None:
    finished = lambda: store.read_by()["coder"].tolist()  # noqa: E731
    store.read("wm-user-01", coder="anna")
    store.undo("anna")
    assert finished() == []
    store.redo("anna")
    assert finished() == ["anna"]
    store.unread("wm-user-01", coder="anna")
    store.unread("wm-user-01", coder="anna")
    assert (finished(), len(store.acts())) == ([], 4)
    store.read("wm-user-01", coder="anna")
    assert finished() == ["anna"]
    with pytest.raises(InputError, match="Did you mean 'wm-user-01'"):
        store.unread("wm-user-1", coder="anna")


def test_the_texts_come_back_as_the_corpus_gave_them(store: Store, corpus: Any) -> None:
    pd.testing.assert_frame_equal(store.turns(), corpus.turns)
    pd.testing.assert_frame_equal(store.documents(), corpus.documents)
    assert store.text("wm-officer-01") == corpus.text("wm-officer-01")
    assert store.add_corpus(corpus) == 0


def test_a_text_that_changed_is_counted_and_its_codings_follow(store: Store, corpus: Any) -> None:
    store.code(Span("wm-user-01", 0, 3), "M09", coder="anna")
    corpus.texts = {document: "Tape 1\n" + text for document, text in corpus.texts.items()}
    assert (store.add_corpus(corpus), store.text("wm-officer-01")[:8]) == (2, "Tape 1\nI")
    assert store.codings()[["start", "quote"]].values.tolist() == [[7, "Int"]]


def test_a_file_that_is_no_store_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_text("these are not codings " * 100)
    with pytest.raises(InputError, match=r"cannot be opened as a coding store .*not a database"):
        open_store(path)


def test_a_missing_database_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingPart, match=r"psycopg.*team"):
        open_store("postgresql+psycopg://anna@localhost/codings")
