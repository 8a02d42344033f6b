"""Reading a theory of change: what is accepted, and what is refused with file and line."""

import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.theory import read_theory
from workbench.theory.model import arrow

TINY = """\
title: Soup kitchen
version: "1"
date: 2025-03-01
status: Invented for a test.
nodes:
  - {id: A1, type: activity, name: Hand out soup, definition: Soup is given., source: [i]}
  - {id: M1, type: mechanism, name: Warmth, definition: People feel warm., pathway: "H"}
  - {id: X1, type: moderator, name: Frost, definition: It is cold.}
  - {id: O1, type: outcome, name: Comfort, definition: People are well.}
  - {id: S1, type: assumption, name: Soup is hot, definition: The soup is hot.}
links:
  - {from: A1, to: M1, type: triggers, guards: [S1], expects: thanks, breaks: complaints, rivals: [a coat]}
  - {from: M1, to: O1, type: yields, breaks: shivering}
  - {from: X1, to: A1->M1, type: moderates, breaks: no difference}
configurations:
  - {id: CMO1, name: Cold day, context: [X1], resource: [A1], reasoning: [M1], outcome: [O1], note: In winter.}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "theory.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refusals(folder: Path, *changes: tuple[str, str]) -> list[str]:
    text = TINY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(InputError) as refused:
        read_theory(write(folder, text))
    return [str(problem) for problem in refused.value.problems]


def test_a_theory_keeps_nodes_links_and_configurations_in_the_files_order(tmp_path: Path) -> None:
    theory = read_theory(write(tmp_path, TINY))
    assert list(theory.nodes) == ["A1", "M1", "X1", "O1", "S1"]
    assert list(theory.links) == ["A1→M1", "M1→O1", "X1→(A1→M1)"]
    assert list(theory.configurations) == ["CMO1"]
    assert (theory.title, theory.version, theory.date) == ("Soup kitchen", "1", datetime.date(2025, 3, 1))
    link = theory.links["A1→M1"]
    assert (link.guards, link.expects, link.breaks, link.rivals) == (("S1",), "thanks", "complaints", ("a coat",))
    assert theory.links["X1→(A1→M1)"].target == "A1→M1"
    assert theory.nodes["M1"].pathway == "H"


@pytest.mark.parametrize("typed", ["A1→M1", "A1->M1", " A1 -> M1 "])
def test_a_link_may_be_typed_with_an_ascii_arrow(tmp_path: Path, typed: str) -> None:
    assert read_theory(write(tmp_path, TINY)).link_id(typed) == "A1→M1"


@pytest.mark.parametrize("typed", ["X1→(A1→M1)", "X1->(A1->M1)", "X1 -> A1 -> M1"])
def test_a_moderated_link_may_be_typed_with_or_without_brackets(tmp_path: Path, typed: str) -> None:
    assert read_theory(write(tmp_path, TINY)).link_id(typed) == "X1→(A1→M1)"


def test_an_unknown_link_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no link 'X1->A1->O1'\. Did you mean 'X1→\(A1→M1\)'\?"):
        read_theory(write(tmp_path, TINY)).link_id("X1->A1->O1")


def test_names_are_given_for_nodes_links_and_configurations(tmp_path: Path) -> None:
    theory = read_theory(write(tmp_path, TINY))
    names = [theory.name(element) for element in ("A1", "CMO1", "A1->M1", "X1->A1->M1")]
    assert names == ["Hand out soup", "Cold day", "Hand out soup → Warmth", "Frost → (Hand out soup → Warmth)"]


def test_two_nodes_with_one_id_are_refused_with_both_lines(tmp_path: Path) -> None:
    assert refusals(tmp_path, ("{id: O1,", "{id: M1,")) == [
        "theory.yaml, line 9: the node M1 stands also on line 7. Give one of them a new id.",
        "theory.yaml, line 13: a link ends at 'O1', which is no node. Add it under `nodes`, or correct the id.",
        "theory.yaml, line 16: outcome names 'O1', which is no node. Add it under `nodes`, or correct the id.",
    ]


def test_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    assert refusals(tmp_path, ("from: M1, to: O1", "from: M1, to: O11")) == [
        "theory.yaml, line 13: a link ends at 'O11', which is no node. Did you mean 'O1'?"
    ]


def test_an_unknown_type_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    problems = refusals(tmp_path, ("type: mechanism", "type: mechanisms"))
    assert len(problems) == 1
    assert problems[0].startswith("theory.yaml, line 7: nodes.1.type is 'mechanisms'")
    assert "'assumption'" in problems[0]


def test_an_unknown_guard_is_refused(tmp_path: Path) -> None:
    assert refusals(tmp_path, ("guards: [S1]", "guards: [S9]")) == [
        "theory.yaml, line 12: the guard 'S9' is no node. Known: S1."
    ]


def test_a_guard_that_is_no_assumption_is_refused(tmp_path: Path) -> None:
    assert refusals(tmp_path, ("guards: [S1]", "guards: [X1]")) == [
        "theory.yaml, line 12: the guard X1 is of type moderator. Known: S1."
    ]


def test_the_same_link_twice_is_refused(tmp_path: Path) -> None:
    twice = "  - {from: M1, to: O1, type: yields}\nconfigurations:"
    assert refusals(tmp_path, ("configurations:", twice)) == [
        "theory.yaml, line 15: the link M1→O1 stands also on line 13. Keep one, or join the two."
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("to: A1->M1, type: moderates", "to: A1->M1, type: triggers", "'triggers' leads to a link. Known: moderates"),
        ("to: A1->M1, type", "to: A1->O1, type", "X1 bears on A1→O1, which is no link between two nodes"),
        ("from: M1, to: O1", "from: M1, to: M1", "a link leads from M1 to itself"),
        (
            "context: [X1]",
            "context: [X2]",
            "context names 'X2', which is no node. Add it under `nodes`, or correct the id.",
        ),
        ('pathway: "H"', 'pathway: "Q"', "nodes.1.pathway is 'Q'"),
        ("note: In winter.", "remark: In winter.", "configurations.0.remark is not known here"),
        ("id: A1,", "id: 1A,", "nodes.0.id is '1A'"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert any(told in problem for problem in refusals(tmp_path, (old, new)))


def test_all_problems_of_shape_and_of_reference_are_told_at_once(tmp_path: Path) -> None:
    problems = refusals(
        tmp_path,
        ("type: mechanism", "type: spell"),
        ("status: Invented for a test.\n", ""),
        ("guards: [S1]", "guards: [S9]"),
        ("outcome: [O1]", "outcome: [O2]"),
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "theory.yaml, line 1", "theory.yaml, line 6", "theory.yaml, line 11", "theory.yaml, line 15",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["- a\n- b\n", "nodes: 3\n", "nodes: [1, x]\nlinks: {a: b}\n"])
def test_a_file_of_another_shape_is_refused_without_a_traceback(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_theory(write(tmp_path, text))
    assert all(str(problem).startswith("theory.yaml") for problem in refused.value.problems)


words = st.text("abc dé:#'\"{}→", min_size=1).filter(lambda word: word.strip() == word)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(words, min_size=2, max_size=6), breaks=st.text("xyz ,:", max_size=9))
def test_whatever_is_written_is_read_again(tmp_path: Path, names: list[str], breaks: str) -> None:
    nodes = [{"id": f"M{n}", "type": "mechanism", "name": name, "definition": name} for n, name in enumerate(names)]
    links = [{"from": f"M{n}", "to": f"M{n + 1}", "type": "enables", "breaks": breaks} for n in range(len(names) - 1)]
    head = {"title": "t", "version": "1", "date": datetime.date(2025, 1, 1), "status": "s"}
    written = yaml.safe_dump({**head, "nodes": nodes, "links": links}, allow_unicode=True)
    theory = read_theory(write(tmp_path, written))
    assert [node.name for node in theory.nodes.values()] == names
    assert [(link.from_, link.to, link.breaks) for link in theory.links.values()] == [
        (link["from"], link["to"], breaks) for link in links
    ]


@given(st.text("AMX019 ->→()"))
def test_writing_a_link_the_one_way_changes_nothing_the_second_time(text: str) -> None:
    assert arrow(arrow(text)) == arrow(text)
