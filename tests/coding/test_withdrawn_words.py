"""Who withdraws is gone from everything that the store shows, and from the bytes of its files."""

import sqlite3
from copy import deepcopy
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store
from workbench.corpus import WITHDRAWN
from workbench.corpus.span import Span
from workbench.errors import InputError

PHRASE = "quagga-marmalade"
GROUP = {
    **TALK,
    "group": [
        ("Int", "interviewer", "And you two?"),
        ("Sue", "officer", f"They told me about {PHRASE} and I laughed."),
        ("Tom", "officer", "I found it useful, if slow."),
    ],
}


def code(store: Store, words: str, coder: str = "anna", **more: Any) -> str:
    start = store.text("group").index(words)
    return store.code(Span("group", start, start + len(words)), "M09", coder=coder, **more).id


def in_files(where: Path) -> list[str]:
    return [path.name for path in where.parent.iterdir() if PHRASE.encode() in path.read_bytes()]


@pytest.fixture
def coded(store: Store) -> Store:
    store.add_corpus(TinyCorpus(GROUP))
    code(store, f"about {PHRASE}", memo=f"why {PHRASE}?")
    code(store, "useful", coder="ben")
    code(store, PHRASE, coder="cara")
    store.undo("cara")
    store.read("group", coder="anna")
    rows = pd.DataFrame({"document": ["group"], "start": [3], "end": [9], "code": ["M01"], "why": [PHRASE]})
    store.replace_suggestions(rows, source="patterns")
    return store


def without_sue() -> TinyCorpus:
    talk = deepcopy(GROUP)
    talk["group"][1] = ("Sue", "officer", WITHDRAWN)
    return TinyCorpus(talk)


def test_a_withdrawn_transcript_is_gone_from_every_table_and_every_byte(coded: Store, where: Path) -> None:
    earlier = deepcopy(GROUP)
    earlier["group"][2] = ("Tom", "officer", "I found it very useful.")
    coded.add_corpus(TinyCorpus(earlier))
    assert in_files(where)
    fingerprint = coded.fingerprint()
    coded.withdraw("group", coder="lead", why="asked by letter")
    assert in_files(where) == []
    for table in (coded.documents(), coded.turns(), coded.codings(), coded.suggestions(), coded.read_by()):
        assert "group" not in set(table["document"])
    assert "group" not in set(coded.revisions()["document"])
    assert coded.codings(as_of="2999-01-01").empty
    with pytest.raises(InputError, match="group was withdrawn, and its words are erased"):
        coded.text("group")
    assert coded.withdrawn()[["document", "by", "why", "codings", "words"]].values.tolist() == [
        ["group", "lead", "asked by letter", 2, 19]
    ]
    assert coded.verify() == []
    assert coded.fingerprint() != fingerprint


def test_the_acts_stay_and_show_which_words_were_erased(coded: Store) -> None:
    before = coded.acts()[["id", "hash", "coder", "kind"]]
    coded.withdraw("group", coder="lead")
    acts = coded.acts()
    pd.testing.assert_frame_equal(acts[["id", "hash", "coder", "kind"]].iloc[: len(before)], before)
    assert acts.loc[acts["kind"] == "code", "quote"].isna().all()


def test_nothing_can_be_added_to_what_was_withdrawn(coded: Store) -> None:
    identity = coded.codings(coder="anna")["id"].iloc[0]
    coded.withdraw("group", coder="lead")
    with pytest.raises(InputError, match="there is no such coding in force"):
        coded.set_memo(identity, PHRASE, coder="anna")
    with pytest.raises(InputError, match="group was withdrawn"):
        coded.read("group", coder="anna")
    with pytest.raises(InputError, match="holds no document 'group'"):
        coded.code(Span("group", 0, 3), "M09", coder="anna")


def test_erasing_is_allowed_for_withdrawn_words_alone(coded: Store, where: Path) -> None:
    coded.code(Span("wm-user-01", 0, 3), "M09", coder="anna")
    coded.withdraw("group", coder="lead")
    connection = sqlite3.connect(where)
    for statement in (
        "UPDATE acts SET quote = NULL WHERE document = 'wm-user-01'",
        "UPDATE acts SET quote = 'other' WHERE document = 'group'",
        "UPDATE acts SET quote = NULL, code = 'M12' WHERE document = 'group'",
        "DELETE FROM acts WHERE document = 'group'",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="acts are only ever added"):
            connection.execute(statement)
    connection.close()


def test_verify_tells_erased_words_from_touched_ones(coded: Store, where: Path) -> None:
    coded.code(Span("wm-user-01", 0, 3), "M09", coder="dana")
    coded.withdraw("group", coder="lead")
    connection = sqlite3.connect(where)
    connection.execute("DROP TRIGGER acts_refuse_update")
    connection.execute("UPDATE acts SET quote = NULL WHERE document = 'wm-user-01'")
    connection.execute("UPDATE acts SET quote = 'planted' WHERE coder = 'ben'")
    connection.commit()
    connection.close()
    assert [problem.what.split(",")[0] for problem in coded.verify()] == ["ben", "dana"]
    assert {problem.what.split(": ")[-1] for problem in coded.verify()} == {
        "its words were changed after it was written"
    }


def test_an_import_does_not_bring_a_withdrawn_transcript_back_but_a_restoration_does(coded: Store) -> None:
    coded.withdraw("group", coder="lead")
    assert coded.add_corpus(TinyCorpus(GROUP)) == 0
    coded.restore("group", coder="lead", why="it was another person")
    assert "group" not in set(coded.documents()["document"])
    assert coded.add_corpus(TinyCorpus(GROUP)) == 1
    assert sorted(coded.codings()["quote"]) == [f"about {PHRASE}", "useful"]
    assert (coded.withdrawn().empty, coded.verify()) == (True, [])
    with pytest.raises(InputError, match="wm-user-01: it is not withdrawn"):
        coded.restore("wm-user-01", coder="lead")


def test_a_restored_transcript_with_another_text_leaves_its_codings_to_a_person(coded: Store) -> None:
    coded.withdraw("group", coder="lead")
    coded.restore("group", coder="lead")
    coded.add_corpus(without_sue())
    assert set(coded.unplaced()["why"]) == {"the text that it was on was erased"}


def test_merging_a_store_that_still_has_the_words_does_not_bring_them_back(coded: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "b" / "ben.sqlite") as ben, open_store(tmp_path / "c" / "third.sqlite") as third:
        ben.merge(coded)
        code(ben, "laughed", coder="ben")
        coded.withdraw("group", coder="lead")
        third.merge(ben)
        for store, other in ((coded, ben), (third, coded), (third, ben), (ben, coded)):
            store.merge(other)
        coded.merge(third)
        for store, folder in ((coded, "store"), (ben, "b"), (third, "c")):
            assert store.codings().empty
            assert store.withdrawn()[["document", "codings"]].values.tolist() == [["group", 3]]
            assert store.verify() == []
            assert [p.name for p in (tmp_path / folder).iterdir() if PHRASE.encode() in p.read_bytes()] == []
        assert len({store.fingerprint() for store in (coded, ben, third)}) == 1
        assert [coded.merge(ben), ben.merge(third), third.merge(coded)] == [0, 0, 0]


def test_one_voice_of_a_group_is_erased_and_the_others_stay(coded: Store, where: Path) -> None:
    across = code(coded, "laughed.\nTom: I found it useful", coder="eve", memo="both laugh")
    coded.add_corpus(without_sue(), by="lead")
    assert in_files(where) == []
    assert coded.codings()[["coder", "quote", "memo"]].values.tolist() == [
        ["ben", "useful", ""],
        ["eve", f"{WITHDRAWN}\nTom: I found it useful", "both laugh"],
    ]
    assert coded.codings()["id"].tolist()[1] == across
    assert (coded.unplaced().empty, coded.verify()) == (True, [])
    assert coded.revisions("group")["note"].tolist() == [WITHDRAWN, ""]
    with pytest.raises(InputError, match="the words of revision 1 were erased"):
        coded.text("group", revision=1)


def test_notes_on_codings_that_were_taken_away_before_go_with_the_voice_and_others_stay(
    store: Store, where: Path
) -> None:
    store.add_corpus(TinyCorpus(GROUP))
    store.uncode(code(store, "laughed", memo=f"she said {PHRASE}"), coder="anna")
    code(store, "told me", memo=f"again {PHRASE}")
    store.undo("anna")
    kept = code(store, "found it useful", memo="slow, though")
    gone = deepcopy(GROUP)
    gone["group"][1] = ("Sue", "officer", WITHDRAWN)
    store.add_corpus(TinyCorpus(gone))
    store.close()
    assert in_files(where) == []
    with open_store(where) as again:
        assert again.codings()[["id", "memo"]].values.tolist() == [[kept, "slow, though"]]
        assert again.verify() == []


def test_a_voice_stays_erased_whichever_store_is_merged_into_which(coded: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "b" / "ben.sqlite") as ben, open_store(tmp_path / "c" / "third.sqlite") as third:
        ben.merge(coded)
        code(ben, "slow", coder="ben")
        code(ben, f"me about {PHRASE}", coder="ben")
        third.merge(ben)
        coded.add_corpus(without_sue(), by="lead")
        third.merge(coded)
        coded.merge(ben)
        ben.merge(coded)
        for store, folder in ((coded, "store"), (ben, "b"), (third, "c")):
            assert sorted(store.codings()["quote"]) == ["slow", "useful"]
            assert (store.unplaced().empty, store.verify()) == (True, [])
            assert [p.name for p in (tmp_path / folder).iterdir() if PHRASE.encode() in p.read_bytes()] == []


def test_withdrawal_says_so_when_another_program_holds_the_words_in_its_log(coded: Store, where: Path) -> None:
    reader = sqlite3.connect(where)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM acts").fetchone()
    coded._database.engine.dispose()
    with pytest.raises(InputError, match="Close the other programs"):
        _impatient(coded).withdraw("group", coder="lead")
    reader.close()
    assert "group" not in set(coded.documents()["document"])
    coded.withdraw("group", coder="lead")
    assert in_files(where) == []


def _impatient(store: Store) -> Store:
    import sqlalchemy as sa

    @sa.event.listens_for(store._database.engine, "connect")
    def _wait_less(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA busy_timeout = 100")

    return store
