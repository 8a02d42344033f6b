"""Evidence that is proposed: where two coded nodes stand close with a causal word; it counts once a person confirms."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.coding import Store, open_store
from workbench.corpus import Span, read_corpus
from workbench.errors import InputError
from workbench.theory import Theory, read_theory
from workbench.theory_testing import weigh_theory
from workbench.theory_testing.proposals import confirm, propose_links

THEORY = """\
title: Tiny
version: "1"
date: 2026-01-01
status: Invented for a test.
nodes:
  - {id: A1, type: activity, name: Course, definition: d}
  - {id: M1, type: mechanism, name: Thinking, definition: d}
  - {id: X1, type: moderator, name: Timing, definition: d}
links:
  - {from: A1, to: M1, type: triggers, breaks: b}
  - {from: X1, to: A1->M1, type: moderates, breaks: b}
"""
TALK = """\
INT: And the course? Because we heard of it.
P01: The course was fine. I stopped to think because of it.
INT: Go on.
P01: It was a long day. We had tea.
INT: So?
P01: That's why I began to think.
P02: I think so too, because of tea.
"""


@pytest.fixture
def theory(tmp_path: Path) -> Theory:
    (tmp_path / "theory.yaml").write_text(THEORY, encoding="utf-8")
    return read_theory(tmp_path / "theory.yaml")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "transcripts"
    folder.mkdir()
    (folder / "d1.txt").write_text(TALK, encoding="utf-8")
    row = "d1,durham,service_user,interview,INT=interviewer; P01=service_user; P02=service_user"
    (folder / "metadata.csv").write_text(f"document,scheme,role,kind,speakers\n{row}\n", encoding="utf-8")
    with open_store(tmp_path / "codings.sqlite") as opened:
        opened.add_corpus(read_corpus(folder))
        opened.read("d1", coder="ann")
        yield opened


def code(store: Store, words: str, what: str, coder: str = "ann") -> str:
    start = store.text("d1").index(words)
    return store.code(Span("d1", start, start + len(words)), what, coder=coder).id


def test_both_ends_in_one_turn_with_a_causal_word_are_proposed_once_in_either_order(
    theory: Theory, store: Store
) -> None:
    ids = [code(store, "course was fine", "A1"), code(store, "think because of it", "M1", coder="ben")]
    code(store, "think because of it", "M1", coder="ann")
    [row] = propose_links(theory, store).to_dict(orient="records")
    assert (row["link"], row["cue"], row["turn"]) == ("A1→M1", "because", 2)
    assert row["quote"] == "course was fine. I stopped to think because of it"
    assert ids[0] in row["coded"]
    assert propose_links(theory, store)["proposal"].tolist() == [row["proposal"]]


def test_without_a_causal_word_between_or_with_it_only_elsewhere_nothing_is_proposed(
    theory: Theory, store: Store
) -> None:
    code(store, "course was fine", "A1")
    code(store, "stopped to think", "M1")
    assert propose_links(theory, store).empty


def test_the_next_turn_of_the_same_person_is_close_and_another_person_s_is_not(theory: Theory, store: Store) -> None:
    code(store, "It was a long day", "A1")
    code(store, "I began to think", "M1")
    [row] = propose_links(theory, store).to_dict(orient="records")
    assert row["cue"] == "That's why"
    code(store, "I think so too, because of tea", "M1", coder="ben")
    assert len(propose_links(theory, store)) == 1


def test_a_proposal_counts_for_nothing_until_a_person_confirms_it_and_is_then_gone(
    theory: Theory, store: Store
) -> None:
    code(store, "course was fine", "A1")
    code(store, "think because of it", "M1")
    proposals = propose_links(theory, store)
    assert weigh_theory(theory, store).table["n"].tolist() == [0, 0]
    made = confirm(store, proposals, proposals["proposal"][0], by="kim", stance="supports")
    assert (made.code, made.coder, made.memo) == ("A1→M1", "kim", "proposed by “because”")
    assert weigh_theory(theory, store).table["n"].tolist() == [1, 0]
    assert propose_links(theory, store).empty


def test_a_proposal_that_is_not_there_and_a_stance_that_is_none_are_refused(theory: Theory, store: Store) -> None:
    code(store, "course was fine", "A1")
    code(store, "think because of it", "M1")
    proposals = propose_links(theory, store)
    with pytest.raises(InputError, match="there is no such proposal"):
        confirm(store, proposals, "nothing", by="kim", stance="supports")
    with pytest.raises(InputError, match="supports, contradicts"):
        confirm(store, proposals, proposals["proposal"][0], by="kim", stance="agrees")
    assert weigh_theory(theory, store).table["n"].tolist() == [0, 0]
