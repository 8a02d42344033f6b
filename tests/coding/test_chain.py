"""Every act is sealed to the one before it; touching one shows."""

import sqlite3
from pathlib import Path

import pytest

from workbench.coding import Store
from workbench.corpus.span import Span


@pytest.fixture
def ids(store: Store) -> list[str]:
    for start in range(4):
        store.code(Span("wm-user-01", start, start + 3), "M09", coder="anna", memo=f"note {start}")
        store.code(Span("wm-user-01", start, start + 3), "M09", coder="ben")
    return [str(identity) for identity in store.codings(coder="anna")["id"]]


def tamper(where: Path, statement: str, *ids: str) -> None:
    connection = sqlite3.connect(where)
    connection.execute("DROP TRIGGER acts_refuse_update")
    connection.execute("DROP TRIGGER acts_refuse_delete")
    for identity in ids or ("",):
        connection.execute(statement, {"id": identity})
    connection.commit()
    connection.close()


@pytest.mark.parametrize("statement", ["UPDATE acts SET memo = 'x'", "DELETE FROM acts"])
def test_the_database_itself_refuses_to_change_acts(where: Path, ids: list[str], statement: str) -> None:
    connection = sqlite3.connect(where)
    with pytest.raises(sqlite3.IntegrityError, match="acts are only ever added"):
        connection.execute(statement)
    connection.close()


def test_verify_names_the_first_act_that_was_changed(store: Store, where: Path, ids: list[str]) -> None:
    tamper(where, "UPDATE acts SET code = 'M12' WHERE id = :id", ids[1], ids[3])
    problems = store.verify()
    assert [problem.place for problem in problems] == [f"act {ids[1]}"]
    assert problems[0].what.endswith("code M12: it was changed after it was written")


def test_verify_names_the_act_after_one_that_was_removed(store: Store, where: Path, ids: list[str]) -> None:
    tamper(where, "DELETE FROM acts WHERE id = :id", ids[1])
    assert [(problem.place, problem.what.split(": ")[-1]) for problem in store.verify()] == [
        (f"act {ids[2]}", "the act before it was removed or changed")
    ]


def test_verify_names_one_act_for_each_coder_touched(store: Store, where: Path, ids: list[str]) -> None:
    tamper(where, "UPDATE acts SET at = '2020-01-01T00:00:00.000Z'")
    assert [problem.what.split(",")[0] for problem in store.verify()] == ["anna", "ben"]


def test_verify_names_a_text_that_was_changed(store: Store, where: Path, ids: list[str]) -> None:
    tamper(where, "UPDATE documents SET text = replace(text, 'twice', 'again')")
    assert [problem.place for problem in store.verify()] == ["wm-user-01"]


def test_a_cut_off_end_shows_in_the_fingerprint(store: Store, where: Path, ids: list[str]) -> None:
    before = store.fingerprint()
    tamper(where, "DELETE FROM acts WHERE id = :id", ids[-1])
    assert [problem.place for problem in store.verify()] == ["wm-user-01"]  # its codings in force name one act more
    store.replay()
    assert (store.verify(), store.fingerprint() != before) == ([], True)
