"""Configurations of context, mechanism and outcome: who spoke to which part, scheme by scheme."""

from pathlib import Path

import pytest

from workbench.coding import open_store
from workbench.corpus import Span, read_corpus
from workbench.theory import read_theory
from workbench.theory_testing import weigh_theory
from workbench.theory_testing.configurations import PARTS, cmo_table, links_of

THEORY = """\
title: Tiny
version: "1"
date: 2026-01-01
status: Invented for a test.
nodes:
  - {id: C1, type: context, name: Low need, definition: Low need.}
  - {id: X1, type: moderator, name: Time, definition: Time.}
  - {id: A1, type: activity, name: Course, definition: A course.}
  - {id: M1, type: mechanism, name: Thinking, definition: Thinks about it.}
  - {id: O1, type: outcome, name: Less use, definition: Uses less.}
  - {id: O2, type: outcome, name: Elsewhere, definition: Not of the configuration.}
links:
  - {from: A1, to: M1, type: triggers, expects: thinks, breaks: does not}
  - {from: M1, to: O1, type: yields, expects: less, breaks: same}
  - {from: M1, to: O2, type: yields, expects: less, breaks: same}
  - {from: X1, to: A1→M1, type: moderates, expects: less, breaks: same}
  - {from: X1, to: M1→O2, type: moderates, expects: less, breaks: same}
configurations:
  - {id: CMO1, name: Short course, context: [C1, X1], resource: [A1], reasoning: [M1], outcome: [O1], note: Look out.}
"""


@pytest.fixture
def study(tmp_path: Path):
    folder = tmp_path / "transcripts"
    folder.mkdir()
    rows = ["document,scheme,role,kind,speakers"]
    for name, scheme, role in (("a", "durham", "officer"), ("b", "durham", "service_user"), ("c", "wm", "provider")):
        (folder / f"{name}.txt").write_text(
            "INT: And the course?\nP01: It made me think. I had little need. I use less.\n", encoding="utf-8"
        )
        rows.append(f"{name},{scheme},{role},interview,INT=interviewer; P01={role}")
    (folder / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "theory.yaml").write_text(THEORY, encoding="utf-8")
    with open_store(tmp_path / "codings.sqlite") as store:
        store.add_corpus(read_corpus(folder))
        for name in "abc":
            store.read(name, coder="ana")
        yield read_theory(tmp_path / "theory.yaml"), store


def code(store, document: str, words: str, code: str, stance: str | None = None) -> str:
    start = store.text(document).index(words)
    return store.code(Span(document, start, start + len(words)), code, coder="ana", stance=stance).id


def row(found, part: str, scheme: str = "durham"):
    table = found.table
    return table[(table["part"] == part) & (table["scheme"] == scheme)].iloc[0]


def test_links_run_inside_when_both_ends_do_and_moderators_when_their_link_does(study) -> None:
    theory, _ = study
    links = links_of(theory, theory.configurations["CMO1"])
    assert links == {"context": ["X1→(A1→M1)"], "resource": ["A1→M1"], "reasoning": ["M1→O1"], "outcome": []}


def test_people_are_counted_once_a_part_and_scheme(study) -> None:
    theory, store = study
    first = code(store, "a", "It made me think.", "M1")
    code(store, "a", "I had little need.", "M1")
    code(store, "b", "It made me think.", "M1")
    code(store, "c", "It made me think.", "M1")
    found = cmo_table(theory, weigh_theory(theory, store), store)
    assert found.name == "configurations"
    assert len(found.table) == len(PARTS) * 2
    assert (row(found, "reasoning")["n"], row(found, "reasoning")["total"]) == (2, 2)
    assert (row(found, "reasoning", "wm")["n"], row(found, "reasoning", "wm")["total"]) == (1, 1)
    assert first in found.trace(int(row(found, "reasoning").name))
    assert "nothing was coded to it" in row(found, "outcome")["note"]
    assert "Look out." in row(found, "context")["note"]


def test_a_link_shows_its_verdict_and_who_spoke_to_it_and_against_it(study) -> None:
    theory, store = study
    code(store, "a", "It made me think.", "A1→M1", "supports")
    code(store, "b", "It made me think.", "A1→M1", "contradicts")
    found = cmo_table(theory, weigh_theory(theory, store), store)
    one = row(found, "resource")
    assert (one["links"], one["linked"], one["against"]) == ("A1→M1", 2, 1)
    verdicts = weigh_theory(theory, store).table.set_index("link")["status"]
    assert one["status"] == f"A1→M1 {verdicts['A1→M1']}"
    assert (one["n"], row(found, "resource", "wm")["linked"]) == (0, 0)


def test_whole_counts_only_who_spoke_to_all_four_parts(study) -> None:
    theory, store = study
    for part, words in (
        ("C1", "I had little need."),
        ("A1", "It made me"),
        ("M1", "It made me think."),
        ("O1", "less"),
    ):
        code(store, "a", words, part)
        if part != "A1":
            code(store, "b", words, part)
    found = cmo_table(theory, weigh_theory(theory, store), store)
    assert set(found.table.loc[found.table["scheme"] == "durham", "whole"]) == {1}
    assert set(found.table.loc[found.table["scheme"] == "wm", "whole"]) == {0}
    assert "1 to all four" in found.statements[0]


def test_what_counts_for_nobody_elsewhere_counts_for_nobody_here(study) -> None:
    theory, store = study
    start = store.text("a").index("think")
    store.code(Span("a", start, start + 5), "M1", coder="ana", origin="model")
    code(store, "b", "And the course?", "M1")  # an interviewer's words
    store.unread("c", coder="ana")
    code(store, "c", "It made me think.", "M1")
    found = cmo_table(theory, weigh_theory(theory, store), store)
    assert found.table["n"].sum() == 0
    assert set(found.table["scheme"]) == {"durham"}
