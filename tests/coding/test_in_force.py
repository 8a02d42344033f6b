"""The table of codings in force is what the acts come to, whatever was done and however it came into the store."""

import contextlib
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store
from workbench.coding.database import acts_of
from workbench.coding.in_force import codings_in_force
from workbench.corpus.span import Span
from workbench.errors import InputError

USER = "wm-user-01"
KINDS = (
    "code", "code", "code", "uncode", "stance", "memo", "undo", "redo", "read", "unread", "accept", "reject", "place",
    "drop", "correct", "rename", "merge", "split", "recode", "withdraw", "restore",
)  # fmt: skip
DEEDS = st.tuples(
    st.sampled_from(KINDS),
    st.sampled_from(["anna", "ben"]),
    st.integers(min_value=0, max_value=5),
    st.sampled_from(["M09", "M12", "M13"]),
)
TEXTS = ("It made me think twice.", "It really made me think twice.", "It made me. Twice.", "Nothing of the kind.")


def corrected(number: int) -> TinyCorpus:
    said = TEXTS[number % len(TEXTS)]
    return TinyCorpus(TALK | {USER: [*TALK[USER][:1], ("Lee", "service_user", said)]})


def do(store: Store, deed: tuple[str, str, int, str]) -> None:
    kind, coder, n, code = deed
    mine, waiting = store.codings(coder=coder), store.unplaced()
    one = mine["id"].iloc[n % len(mine)] if len(mine) else ""
    wait = waiting["id"].iloc[n % len(waiting)] if len(waiting) else ""
    suggested = store.suggestions()["id"].tolist()
    acts = {
        "code": lambda: store.code(Span(USER, 11 + n, 15 + n), code, coder=coder, memo=code if n == 1 else ""),
        "uncode": lambda: store.uncode(one, coder=coder),
        "stance": lambda: store.set_stance(one, "supports", coder=coder),
        "memo": lambda: store.set_memo(one, f"note {n}", coder=coder),
        "undo": lambda: store.undo(coder),
        "redo": lambda: store.redo(coder),
        "read": lambda: store.read(USER, coder=coder),
        "unread": lambda: store.unread(USER, coder=coder),
        "accept": lambda: store.accept(suggested[n % len(suggested)], coder=coder) if suggested else None,
        "reject": lambda: store.reject(suggested[n % len(suggested)], coder=coder) if suggested else None,
        "place": lambda: store.place(wait, 11 + n, 14 + n, coder=coder),
        "drop": lambda: store.lift(wait, coder=coder, why="gone"),
        "correct": lambda: store.add_corpus(corrected(n), by=coder),
        "rename": lambda: store.rename_code(code, f"{code}{'abc'[n % 3]}", by=coder),
        "merge": lambda: store.merge_codes([code], "M12", by=coder),
        "split": lambda: store.split_code(code, [f"{code}x", f"{code}y"], by=coder),
        "recode": lambda: store.recode(one, f"{code}{'xy'[n % 2]}", coder=coder),
        "withdraw": lambda: store.withdraw(USER, coder=coder),
        "restore": lambda: store.restore(USER, coder=coder),
    }
    with contextlib.suppress(InputError):  # what is not possible now changes nothing, and that is checked too
        acts[kind]()


def replay(store: Store, coder: str | None = None) -> pd.DataFrame:
    """The codings in force from all acts, as a store without the table would find them."""
    with store._database.reading() as connection:
        return codings_in_force(connection, "9999-12-31T00:00:00.000Z", coder)


def state(store: Store) -> tuple[Any, ...]:
    return store.fingerprint(), store.codings().to_json(), store.counts().to_json(), store.read_by().to_json()


def check(store: Store) -> None:
    assert store.verify() == []
    for coder in (None, "anna"):
        pd.testing.assert_frame_equal(store.codings(coder=coder), replay(store, coder))
    by = store.codings().groupby(["code", "coder"], as_index=False)
    counted = by.agg(codings=("id", "size"), documents=("document", "nunique"))
    pd.testing.assert_frame_equal(store.counts(), counted)


SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SETTINGS
@given(deeds=st.lists(DEEDS, max_size=12))
def test_after_every_act_the_table_is_what_a_replay_of_all_acts_gives(deeds: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "codings.sqlite") as store:
        store.add_corpus(TinyCorpus(TALK))
        found = pd.DataFrame([{"document": USER, "start": 11, "end": 20, "code": "M09"}])
        store.replace_suggestions(found, source="rules")
        for deed in deeds:
            do(store, deed)
            check(store)


@SETTINGS
@given(deeds=st.lists(st.lists(DEEDS, max_size=6), min_size=2, max_size=2), order=st.permutations([0, 1, 2, 0, 1]))
def test_stores_that_exchange_everything_hold_the_same_whatever_the_order(deeds: Any, order: Sequence[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = [open_store(Path(folder) / f"{number}.sqlite") for number in range(3)]
        stores[0].add_corpus(TinyCorpus(TALK))
        do(stores[0], ("code", "anna", 1, "M09"))
        stores[1].merge(stores[0])
        for store, done in zip(stores[:2], deeds, strict=True):
            for deed in done:
                do(store, deed)
        try:
            for into in order:
                stores[into].merge(stores[(into + 1) % 3])
            while sum(one.merge(other) for one in stores for other in stores if one is not other):
                pass
        except InputError as error:
            assert "neither corrects the other" in str(error)
            return
        finally:
            for store in stores:
                check(store)
                store.close()
        assert len({state(store) for store in stores}) == 1


def test_a_change_of_codes_reaches_codings_that_an_older_change_renamed(store: Store, tmp_path: Path) -> None:
    store.code(Span(USER, 11, 15), "M09", coder="anna")
    with open_store(tmp_path / "bens.sqlite") as other:
        other.merge(store)
        other.rename_code("M09", "M09a", by="ben")
        store.rename_code("M09", "M09b", by="anna")
        assert store.counts()["code"].tolist() == ["M09b"]
        store.merge(other)
        other.merge(store)
        check(store)
        assert state(store) == state(other)


def test_a_withdrawn_document_has_no_rows_and_its_memos_no_bytes(store: Store, where: Path) -> None:
    store.code(Span(USER, 11, 15), "M09", coder="anna", memo="a most secret memo")
    store.withdraw(USER, coder="lead")
    connection = sqlite3.connect(where)
    assert connection.execute("SELECT count(*) FROM in_force").fetchone() == (0,)
    connection.close()
    store.close()
    assert b"secret memo" not in where.read_bytes()


def test_verify_names_the_document_whose_table_was_changed_and_replay_mends_it(store: Store, where: Path) -> None:
    store.code(Span(USER, 11, 15), "M09", coder="anna")
    connection = sqlite3.connect(where)
    connection.execute("DELETE FROM in_force")
    connection.commit()
    connection.close()
    assert [problem.place for problem in store.verify()] == [USER]
    store.replay()
    check(store)
    assert len(store.codings()) == 1


def test_what_fails_leaves_neither_an_act_nor_a_row(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store._database.writing() as connection:
        from workbench.coding.marking import record

        record(connection, "anna", "code", document=USER, start=11, end=15, code="M09")
        raise ZeroDivisionError
    assert (len(store.acts()), len(store.codings()), store.latest()) == (0, 0, "")
    store.code(Span(USER, 0, 3), "M09", coder="anna")
    check(store)
    assert len(store.codings()) == 1


def test_undo_of_a_placing_gives_its_coder_back_what_was_there(store: Store) -> None:
    made = store.code(Span(USER, 23, 36), "M09", coder="anna")
    store.add_corpus(corrected(3))
    store.place(made.id, 16, 23, coder="ben")
    assert store.codings()["coder"].tolist() == ["anna"]
    store.undo("ben")
    check(store)
    assert (len(store.codings()), len(store.codings(coder="anna"))) == (0, 0)


def test_undo_and_redo_find_an_act_behind_many_that_they_pass_over(store: Store) -> None:
    rows = [{"document": USER, "start": n % 20, "end": 21 + n // 20, "code": f"C{n}"} for n in range(150)]
    store.code_many(rows, coder="anna")
    for _ in range(149):
        store.undo("anna")
    assert store.codings()["code"].tolist() == ["C0"]
    assert [store.undo("anna").code, store.undo("anna")] == ["C0", None]  # type: ignore[union-attr]
    for _ in range(150):
        assert store.redo("anna") is not None
    assert store.redo("anna") is None
    check(store)
    with store._database.reading() as connection:
        assert len(acts_of(connection)) == 150 + 150 + 150
    assert len(store.codings()) == 150


def test_latest_changes_with_every_act_and_with_a_merge_of_older_ones(store: Store, tmp_path: Path) -> None:
    assert store.latest() == ""
    with open_store(tmp_path / "bens.sqlite") as other:
        other.merge(store)
        older = other.code(Span(USER, 11, 15), "M09", coder="ben").id
        own = store.code(Span(USER, 11, 15), "M09", coder="anna").id
        assert (store.latest() == own, older < own) == (True, True)
        store.merge(other)
        assert store.latest() == older


def test_a_coded_document_shows_all_that_stands_on_it_at_one_moment(store: Store) -> None:
    found = [{"document": USER, "start": 23, "end": 36, "code": "M09", "score": 0.5, "why": "think"}]
    found += [{"document": "wm-officer-01", "start": 5, "end": 9, "code": "M09"}]
    store.replace_suggestions(pd.DataFrame(found), source="rules")
    suggested = store.suggestions().set_index("document")["id"][USER]
    taken = store.accept(suggested, coder="anna")
    store.reject(suggested, coder="ben")
    store.read(USER, coder="anna")
    store.code(Span(USER, 23, 36), "M12", coder="ben", stance="supports", memo="note")
    seen = store.coded_document(USER)
    assert (seen.text, seen.turns, seen.latest) == (store.text(USER), seen.turns, store.latest())
    assert [turn["person"] for turn in seen.turns] == [f"{USER}:Int", f"{USER}:Lee"]
    columns = ["id", "coder", "code", "start", "end", "quote", "stance", "origin", "memo", "at", "turn"]
    table = store.codings()[columns].astype(object)
    assert seen.codings == table.where(table.notna(), None).to_dict(orient="records")
    assert [(each["id"], each["accepted_by"], each["rejected_by"]) for each in seen.suggestions] == [
        (suggested, ["anna"], ["ben"])
    ]
    assert (seen.finished, seen.waiting, seen.codings[0]["id"]) == (("anna",), [], taken.id)
    store.unread(USER, coder="anna")
    store.add_corpus(corrected(3))
    now = store.coded_document(USER)
    assert (now.finished, now.codings) == ((), [])
    assert now.waiting == store.unplaced().to_dict(orient="records")
    assert len(now.waiting) == 2
    with pytest.raises(InputError, match="Did you mean 'wm-user-01'"):
        store.coded_document("wm-user-1")


def test_a_coding_that_was_joined_and_taken_away_is_back_when_the_joining_of_codes_is_undone(store: Store) -> None:
    for code in ("A", "B"):
        store.code(Span("wm-user-01", 0, 4), code, coder="ann")
    store.merge_codes(["A"], "B", by="kim")
    store.uncode(store.codings()["id"][0], coder="ann")
    assert store.codings().empty
    store.undo("kim")
    assert store.codings()["code"].tolist() == ["A"]
    assert store.verify() == []
