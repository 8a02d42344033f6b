"""The framework matrix: every element against every case, its passages, and the summaries beside them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_corpus import TinyCorpus

from workbench.coding import Store, open_store
from workbench.corpus import Span
from workbench.errors import InputError
from workbench.theory import Theory, read_theory
from workbench.theory_testing.framework import framework_matrix

THEORY = """\
title: Tiny
version: "1"
date: 2026-01-01
status: Invented for a test.
nodes:
  - {id: A1, type: activity, name: Course, definition: A course.}
  - {id: M1, type: mechanism, name: Thinking, definition: Thinks about it.}
links:
  - {from: A1, to: M1, type: triggers, expects: thinks, breaks: does not}
"""
TALK = {
    "du-01": [
        ("Int", "interviewer", "And the course?"),
        ("Lee", "service_user", "It made me think 😀. It really did."),
        ("Int", "interviewer", "Did it cost you?"),
        ("Ann", "provider", "We ask them that.\nNobody pays."),
    ],
    "du-02": [("Lee", "service_user", "Well, in a way it made me think.")],
}
LEE, ANN, OTHER = "du-01:Lee", "du-01:Ann", "du-02:Lee"


@pytest.fixture
def theory(tmp_path: Path) -> Theory:
    (tmp_path / "theory.yaml").write_text(THEORY, encoding="utf-8")
    return read_theory(tmp_path / "theory.yaml")


@pytest.fixture
def store(tmp_path: Path):
    with open_store(tmp_path / "codings.sqlite") as opened:
        opened.add_corpus(TinyCorpus(TALK))
        yield opened


def code(store: Store, words: str, code: str, coder: str = "ana", stance: str | None = None, at: str = "du-01") -> str:
    start = store.text(at).index(words)
    return store.code(Span(at, start, start + len(words)), code, coder=coder, stance=stance).id


def cell(found, element: str, case: str):
    table = found.table
    return table[(table["element"] == element) & (table["case"] == case)].iloc[0]


def test_every_element_stands_against_every_case_also_where_nothing_was_said(theory: Theory, store: Store) -> None:
    code(store, "It made me think", "M1")
    found = framework_matrix(theory, store)
    assert found.name == "framework"
    assert found.table["element"].drop_duplicates().tolist() == ["A1", "M1", "A1→M1"]
    assert sorted(found.table["case"].unique()) == [ANN, LEE, OTHER]
    assert len(found.table) == 9
    assert found.table["n"].sum() == 1
    assert cell(found, "M1", LEE)["quotes"] == "It made me think"


def test_a_passage_within_another_is_shown_once_with_the_ids_of_both(theory: Theory, store: Store) -> None:
    ids = {
        code(store, "made me think", "M1", coder="ben", stance="contradicts"),
        code(store, "It made me think 😀. It really", "M1", stance="supports"),
    }
    found = framework_matrix(theory, store)
    one = cell(found, "M1", LEE)
    assert (one["n"], one["quotes"]) == (1, "It made me think 😀. It really")
    assert set(found.trace(int(one.name))) == ids == set(one["codings"].split(", "))
    assert (found.passages.loc[0, "coder"], found.passages.loc[0, "stance"]) == ("ana, ben", "supports, contradicts")


def test_passages_that_overlap_or_stand_apart_are_each_shown(theory: Theory, store: Store) -> None:
    code(store, "It made me think", "A1→M1", stance="supports")
    code(store, "think 😀. It really did", "A1→M1", coder="ben", stance="supports")
    one = cell(framework_matrix(theory, store), "A1→M1", LEE)
    assert (one["n"], one["quotes"]) == (2, "It made me think\nthink 😀. It really did")


def test_cases_may_be_schemes_or_documents(theory: Theory, store: Store) -> None:
    code(store, "It made me think", "M1")
    code(store, "made me think", "M1", at="du-02")
    by_scheme = framework_matrix(theory, store, by="scheme")
    assert cell(by_scheme, "M1", "scheme:west-midlands")["n"] == 2
    by_document = framework_matrix(theory, store, by="document")
    assert cell(by_document, "M1", "document:du-01")["role"] == "provider, service_user"
    assert cell(by_document, "M1", "document:du-02")["n"] == 1


def test_a_question_that_got_no_answer_belongs_to_who_speaks_next(theory: Theory, store: Store) -> None:
    code(store, "Did it cost you?", "M1", stance="silent")
    code(store, "And the course?", "M1")  # an interviewer's own words are no case's
    found = framework_matrix(theory, store)
    assert (cell(found, "M1", ANN)["n"], cell(found, "M1", LEE)["n"]) == (1, 0)
    assert found.passages.loc[0, "stance"] == "silent"


def test_a_decision_stands_in_the_place_of_what_coders_said(theory: Theory, store: Store) -> None:
    code(store, "It made me think", "M1")
    start = store.text("du-01").index("It made")
    store.settle("du-01", start, start + 5, "M1", by="kim", decision="not coded", why="a phrase")
    assert cell(framework_matrix(theory, store), "M1", LEE)["n"] == 0


def test_a_cell_shows_its_latest_summary_and_who_wrote_it(theory: Theory, store: Store) -> None:
    store.summarise("M1", LEE, "first", by="ana")
    store.summarise("M1", LEE, "Thinks twice.", by="ben")
    one = cell(framework_matrix(theory, store), "M1", LEE)
    assert (one["summary"], one["by"], one["earlier"]) == ("Thinks twice.", "ben", 1)
    assert cell(framework_matrix(theory, store), "A1", LEE)["summary"] == ""


def test_a_summary_whose_element_or_case_is_gone_is_told(theory: Theory, store: Store) -> None:
    store.summarise("M9", LEE, "lost words", by="ana")
    assert "M9 × du-01:Lee (ana)" in " ".join(framework_matrix(theory, store).notes)
    assert "M9" not in " ".join(framework_matrix(theory, store, by="scheme").notes)


def test_elements_may_be_chosen_and_unknown_ones_are_refused(theory: Theory, store: Store) -> None:
    found = framework_matrix(theory, store, elements=["A1 -> M1", "A1"])
    assert found.table["element"].drop_duplicates().tolist() == ["A1", "A1→M1"]
    with pytest.raises(InputError, match="no link 'M9'"):
        framework_matrix(theory, store, elements=["M9"])
    with pytest.raises(InputError, match=r"by is 'persons'.*person, scheme, document"):
        framework_matrix(theory, store, by="persons")  # type: ignore[arg-type]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(["ana", "ben"])), max_size=8))
def test_no_coding_is_lost_whatever_overlaps(tmp_path_factory, theory: Theory, marks) -> None:
    with open_store(tmp_path_factory.mktemp("s") / "codings.sqlite") as store:
        store.add_corpus(TinyCorpus(TALK))
        turn = store.turns().query("document == 'du-01' and turn == 2").iloc[0]
        made = set()
        for start, length, coder in marks:
            begin = int(turn["start"]) + min(start, int(turn["end"] - turn["start"]) - 1)
            end = min(begin + length, int(turn["end"]))
            made.add(store.code(Span("du-01", begin, end), "M1", coder=coder).id)
        found = framework_matrix(theory, store)
        one = cell(found, "M1", LEE)
        assert set(found.trace(int(one.name))) == made
        places = [(row.start, row.end) for row in found.passages.itertuples()]
        within = [(a, b) for a in places for b in places if a != b and b[0] <= a[0] and a[1] <= b[1]]
        assert not within
        assert len(places) == one["n"] == len(set(places))
