"""What people decide on evidence: kinds of source, cases against, what was sealed, and summaries, all as acts."""

import sqlite3
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store
from workbench.coding.evidence_store import DISPOSITIONS, SOURCES
from workbench.corpus.span import Span
from workbench.errors import InputError

USER = "wm-user-01"


@pytest.fixture
def coding(store: Store) -> str:
    return store.code(Span(USER, 0, 5), "A11→M09", coder="anna", stance="contradicts").id


def told(store: Store) -> list[list[list[object]]]:
    return [
        table.astype(object).where(table.notna(), None).to_numpy().tolist()
        for table in (store.weighed(), store.dispositions(), store.registered(), store.summaries())
    ]


def test_source_and_group_are_each_the_latest_that_was_said(store: Store, coding: str) -> None:
    store.weigh(coding, by="anna", source="hearsay", group="the lads")
    store.weigh(coding, by="ben", source="own experience")
    row = store.weighed().to_dict(orient="records")
    assert [(each["coding"], each["source"], each["group"], each["by"]) for each in row] == [
        (coding, "own experience", "the lads", "ben")
    ]


def test_what_is_wrong_with_a_weighing_is_told_all_at_once(store: Store, coding: str) -> None:
    with pytest.raises(InputError) as wrong:
        store.weigh(coding, by="anna", source="heresay", group=" ")
    assert [problem.what for problem in wrong.value.problems] == [
        "the source is 'heresay'", "the dependence group has no name",
    ]  # fmt: skip
    assert "hearsay" in str(wrong.value)
    with pytest.raises(InputError, match="nothing is said of it"):
        store.weigh(coding, by="anna")
    with pytest.raises(InputError, match="there is no such coding"):
        store.weigh("f" * 32, by="anna", source="opinion")
    assert store.weighed().empty


def test_each_person_has_one_disposition_of_a_case_and_a_later_one_replaces_it(store: Store, coding: str) -> None:
    store.dispose(coding, "limits", by="anna", why="nights only")
    store.dispose(coding, "refutes", by="ben", why="any time")
    store.dispose(coding, "rival", by="anna", why="the weather")
    table = store.dispositions()
    assert table[["coding", "code", "document", "start", "end", "disposition", "by", "why"]].to_numpy().tolist() == [
        [coding, "A11→M09", USER, 0, 5, "refutes", "ben", "any time"],
        [coding, "A11→M09", USER, 0, 5, "rival", "anna", "the weather"],
    ]
    store.take_back_disposition(coding, by="anna")
    assert store.dispositions()["by"].tolist() == ["ben"]
    with pytest.raises(InputError, match="anna has decided nothing on it; ben did"):
        store.take_back_disposition(coding, by="anna")


def test_a_disposition_needs_a_known_word_and_a_reason(store: Store, coding: str) -> None:
    with pytest.raises(InputError) as wrong:
        store.dispose(coding, "limit", by="anna", why=" ")
    assert [problem.what for problem in wrong.value.problems] == ["the disposition is 'limit'", "the reason is missing"]
    assert store.dispositions().empty


def test_dispositions_lapse_with_their_coding_and_follow_its_code(store: Store, coding: str) -> None:
    store.dispose(coding, "error", by="ben", why="wrong turn")
    store.weigh(coding, by="ben", source="opinion")
    store.rename_code("A11→M09", "A11→M10", by="ben")
    assert store.dispositions()["code"].tolist() == ["A11→M10"]
    store.uncode(coding, coder="anna")
    assert store.dispositions().empty
    assert store.weighed().empty


def test_only_what_changed_is_sealed_again_and_a_slip_takes_no_seal_back(store: Store) -> None:
    assert store.register({"A11→M09": "a" * 64, "A04→M07": "b" * 64}, by="anna") == 2
    assert store.register({"A11→M09": "a" * 64, "A04→M07": "c" * 64}, by="ben") == 1
    assert store.undo("ben") is None
    assert store.registered()[["element", "sha256", "by"]].to_numpy().tolist() == [
        ["A11→M09", "a" * 64, "anna"], ["A04→M07", "b" * 64, "anna"], ["A04→M07", "c" * 64, "ben"],
    ]  # fmt: skip


def test_a_summary_replaces_the_one_before_and_an_empty_one_clears_the_cell(store: Store) -> None:
    store.summarise("M09", "scheme:west-midlands", "first", by="anna")
    store.summarise("M09", "scheme:west-midlands", "=second 😀\nline", by="ben")
    store.summarise("M09", f"document:{USER}", "x", by="ben")
    store.summarise("M09", f"document:{USER}", "", by="ben")
    assert store.summaries()[["element", "case", "text", "by", "earlier"]].to_numpy().tolist() == [
        ["M09", "scheme:west-midlands", "=second 😀\nline", "ben", 1]
    ]
    with pytest.raises(InputError, match="there is no such person or transcript"):
        store.summarise("M09", "nobody", "x", by="anna")


def test_undo_while_coding_passes_over_what_was_said_of_evidence(store: Store, coding: str) -> None:
    other = store.code(Span(USER, 6, 9), "M09", coder="anna").id
    store.dispose(coding, "limits", by="anna", why="nights only")
    store.weigh(coding, by="anna", source="opinion")
    store.summarise("M09", "scheme:durham", "text", by="anna")
    store.undo("anna")
    assert store.codings()["id"].tolist() == [coding]
    assert store.summaries()["text"].tolist() == ["text"]
    assert store.dispositions()["disposition"].tolist() == ["limits"]
    store.redo("anna")
    assert store.codings()["id"].tolist() == [coding, other]


def test_they_are_no_codings_and_the_chain_stays_whole(store: Store, coding: str) -> None:
    store.dispose(coding, "limits", by="ben", why="nights only")
    store.weigh(coding, by="ben", group="M09")
    store.register({"A11→M09": "a" * 64}, by="ben")
    store.summarise("M09", "scheme:durham", "text", by="ben")
    assert store.codings()["id"].tolist() == [coding]
    assert store.counts()["codings"].tolist() == [1]
    assert store.verify() == []


def test_the_store_shows_them_as_they_were_on_a_day(store: Store, coding: str) -> None:
    store.weigh(coding, by="ben", source="opinion")
    store.summarise("M09", "scheme:durham", "text", by="ben")
    before, today = store.as_of("2020-01-01"), store.as_of("2999-01-01")
    assert [len(table()) for table in (before.weighed, before.dispositions, before.registered, before.summaries)] == [
        0
    ] * 4
    assert today.weighed()["source"].tolist() == ["opinion"]
    assert today.summaries()["text"].tolist() == ["text"]


def test_withdrawal_erases_reasons_and_summaries_of_that_transcript(store: Store, where: Path, coding: str) -> None:
    store.dispose(coding, "limits", by="ben", why="reason walrus")
    store.summarise("M09", f"document:{USER}", "summary okapi", by="ben")
    store.summarise("M09", "scheme:durham", "summary lemur", by="ben")
    store.withdraw(USER, coder="lead", why="asked")
    assert store.summaries()["text"].tolist() == ["summary lemur"]
    assert store.verify() == []
    store.close()
    content = b"".join(path.read_bytes() for path in where.parent.iterdir())
    assert b"lemur" in content
    assert b"walrus" not in content
    assert b"okapi" not in content


WISHES = st.lists(
    st.tuples(
        st.sampled_from(["weigh", "dispose", "register", "summarise"]), st.sampled_from(["anna", "ben"]),
        st.integers(0, 3),
    ),
    max_size=6,
)  # fmt: skip


@settings(deadline=None, max_examples=15)
@given(st.tuples(WISHES, WISHES))
def test_stores_merge_to_the_same_in_any_order(wishes: tuple[list[tuple[str, str, int]], ...]) -> None:
    with TemporaryDirectory() as folder:
        first = Path(folder) / "first.sqlite"
        with open_store(first) as store:
            store.add_corpus(TinyCorpus(TALK))
            identity = store.code(Span(USER, 0, 5), "A11→M09", coder="anna", stance="contradicts").id
        copies = []
        for number, todo in enumerate(wishes):
            copies.append(Path(folder) / f"copy{number}.sqlite")
            with sqlite3.connect(first) as source, sqlite3.connect(copies[-1]) as target:
                source.backup(target)
            source.close()
            target.close()
            with open_store(copies[-1]) as store:
                for what, by, choice in todo:
                    _do(store, what, by, choice, identity)
        seen = []
        for order in permutations(copies):
            with open_store(Path(folder) / f"{order[0].stem}-first.sqlite") as store:
                for copy in (first, *order, order[0]):
                    store.merge(copy)
                assert store.verify() == []
                seen.append(told(store))
        assert seen[0] == seen[1]


def _do(store: Store, what: str, by: str, choice: int, identity: str) -> None:
    if what == "weigh":
        store.weigh(identity, by=by, **({"source": SOURCES[choice]} if choice else {"group": "g"}))
    elif what == "dispose":
        store.dispose(identity, DISPOSITIONS[choice], by=by, why="so")
    elif what == "register":
        store.register({f"link {choice % 2}": str(choice)}, by=by)
    else:
        store.summarise("M09", f"scheme:{choice % 2}", f"text {choice}", by=by)
