"""Reading a codebook: what is accepted, and what is refused with file and line."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.codebook import read_codebook
from workbench.errors import InputError
from workbench.theory import Theory, read_theory

THEORY = """\
title: Soup kitchen
version: "1"
date: 2025-03-01
status: Invented for a test.
nodes:
  - {id: A1, type: activity, name: Soup, definition: Soup is given.}
  - {id: M1, type: mechanism, name: Warmth, definition: People feel warm.}
links:
  - {from: A1, to: M1, type: triggers}
"""
TINY = """\
title: Soup talk
version: "3"
date: 2025-03-02
codes:
  - id: M1
    name: Warmth
    kind: deductive
    node: M1
    definition: Feeling warm.
    include: Warm hands.
    exclude: Warm words.
    example: It warmed me right up.
    near_miss: "'A warm welcome.' – not this: words."
    patterns: [warmed me, [{LOWER: warm}, {LOWER: hands, OP: "?"}]]
  - {id: SK-01, name: Soup at noon, kind: fidelity, definition: Soup comes at noon.}
  - {id: I01, name: The queue, kind: inductive, definition: Waiting in line., retired: 2025-04-01}
"""


@dataclass(frozen=True)
class Component:
    name: str


@dataclass(frozen=True)
class Manual:
    components: dict[str, Component]


MANUAL = Manual({"SK-01": Component("Soup at noon, hot"), "SK-02": Component("Bread")})


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def theory(tmp_path: Path) -> Theory:
    return read_theory(write(tmp_path, "theory.yaml", THEORY))


def refusals(folder: Path, theory: Theory, *changes: tuple[str, str]) -> list[str]:
    text = TINY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(InputError) as refused:
        read_codebook(write(folder, "codebook.yaml", text), theory, [MANUAL])
    return [str(problem) for problem in refused.value.problems]


def test_a_codebook_keeps_its_codes_in_the_files_order(tmp_path: Path) -> None:
    codebook = read_codebook(write(tmp_path, "codebook.yaml", TINY))
    assert list(codebook.codes) == ["M1", "SK-01", "I01"]
    assert (codebook.title, codebook.version, codebook.date) == ("Soup talk", "3", datetime.date(2025, 3, 2))
    warmth = codebook.codes["M1"]
    assert warmth.patterns == ("warmed me", [{"LOWER": "warm"}, {"LOWER": "hands", "OP": "?"}])
    assert codebook.codes["I01"].retired == datetime.date(2025, 4, 1)


def test_links_and_components_may_be_used_as_codes_when_they_are_passed(tmp_path: Path, theory: Theory) -> None:
    path = write(tmp_path, "codebook.yaml", TINY)
    alone, together = read_codebook(path), read_codebook(path, theory, [MANUAL])
    asked = ["M1", "I01", "A1→M1", "A1->M1", "SK-02", "A1", "M2"]
    assert [alone.known(code) for code in asked] == [True, True, False, False, False, False, False]
    assert [together.known(code) for code in asked] == [True, True, True, True, True, False, False]
    assert list(together.link_codes) == ["A1→M1"]
    assert [together.name(code) for code in ("M1", "A1->M1", "SK-02")] == ["Warmth", "Soup → Warmth", "Bread"]


def test_an_unknown_code_has_no_name(tmp_path: Path) -> None:
    codebook = read_codebook(write(tmp_path, "codebook.yaml", TINY))
    with pytest.raises(InputError, match=r"there is no code 'SK-1'\. Did you mean 'SK-01'\?"):
        codebook.name("SK-1")


def test_a_code_id_that_stands_twice_is_refused_with_both_lines(tmp_path: Path, theory: Theory) -> None:
    assert refusals(tmp_path, theory, ("id: I01", "id: SK-01")) == [
        "codebook.yaml, line 16: the code SK-01 stands also on line 15. Give one of them a new id."
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    node: M1\n", "", "line 5: the deductive code M1 names no node. Add `node: M1`."),
        ("node: M1", "node: A1", "line 5: the code M1 names the node A1. Give both the same id."),
        ("id: SK-01", "id: SK-1", "line 15: no manual has a component 'SK-1'. Did you mean 'SK-01'?"),
        ("id: I01", "id: A1", "line 16: the inductive code A1 has the id of a node."),
        ("kind: inductive", "kind: inductive, node: M1", "line 16: the inductive code I01 names a node."),
        ("id: I01", "id: A1→M1", "codes.2.id is 'A1→M1'"),
        ("kind: inductive", "kind: emergent", "codes.2.kind is 'emergent'"),
        ("definition: Waiting in line., ", "", "codes.2.definition is missing"),
        ("include: Warm hands.", "includes: Warm hands.", "codes.0.includes is not known here"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, theory: Theory, old: str, new: str, told: str) -> None:
    problems = refusals(tmp_path, theory, (old, new))
    assert len(problems) == 1
    assert told in problems[0]


def test_a_deductive_code_whose_node_the_theory_lacks_is_refused(tmp_path: Path, theory: Theory) -> None:
    assert refusals(tmp_path, theory, ("id: M1", "id: M2"), ("node: M1", "node: M2")) == [
        "codebook.yaml, line 5: the theory has no node 'M2'. Add it to the theory, or make the code inductive."
    ]


def test_all_problems_of_shape_reference_and_pattern_are_told_at_once(tmp_path: Path, theory: Theory) -> None:
    problems = refusals(
        tmp_path,
        theory,
        ("title: Soup talk\n", ""),
        ("LOWER: hands", "LEMMA: hand"),
        ("id: I01", "id: M1"),
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "codebook.yaml, line 1", "codebook.yaml, line 13", "codebook.yaml, line 15", "codebook.yaml, line 15",
    ]  # fmt: skip
    assert "a pattern of M1: token 2: LEMMA needs a trained language model; use LOWER" in problems[1]


@pytest.mark.parametrize("text", ["- a\n", "codes: 3\n", "codes: [1, x]\n"])
def test_a_file_of_another_shape_is_refused_without_a_traceback(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_codebook(write(tmp_path, "codebook.yaml", text))
    assert all(str(problem).startswith("codebook.yaml") for problem in refused.value.problems)


def test_the_table_has_a_row_for_each_code(tmp_path: Path) -> None:
    table = read_codebook(write(tmp_path, "codebook.yaml", TINY)).to_table()
    assert table["code"].tolist() == ["M1", "SK-01", "I01"]
    assert table["patterns"][0] == 'warmed me | [{"LOWER": "warm"}, {"LOWER": "hands", "OP": "?"}]'
    assert table["retired"].tolist() == [None, None, datetime.date(2025, 4, 1)]


def test_a_person_is_told_where_codes_have_no_boundary(tmp_path: Path) -> None:
    codebook = read_codebook(write(tmp_path, "codebook.yaml", TINY))
    assert [str(problem) for problem in codebook.check()] == [
        "codebook.yaml, line 15: SK-01 (Soup at noon) has no include, exclude, example, near_miss. "
        "Say where the code ends."
    ]


def test_a_person_is_told_of_shared_phrases_shared_names_and_mechanisms_without_code(
    tmp_path: Path, theory: Theory
) -> None:
    parts = "definition: d, include: i, exclude: e, example: x, near_miss: n"
    text = TINY.split("codes:")[0] + (
        "codes:\n"
        f"  - {{id: I01, name: Queue, kind: inductive, {parts}, patterns: [in line]}}\n"
        f"  - {{id: I02, name: queue, kind: inductive, {parts}, patterns: [In line]}}\n"
    )
    codebook = read_codebook(write(tmp_path, "codebook.yaml", text), theory)
    assert [problem.what for problem in codebook.check()] == [
        "I02 and I01 are both named 'queue'",
        "the phrase 'In line' suggests I02 and I01",
        "the mechanism M1 (Warmth) has no code",
    ]


texts = st.text("abc dé:#'\"{}→", min_size=1).filter(lambda text: text.strip() == text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(texts, min_size=1, max_size=6), phrases=st.lists(texts, max_size=3))
def test_whatever_is_written_is_read_again(tmp_path: Path, names: list[str], phrases: list[str]) -> None:
    codes = [
        {"id": f"I{n:02d}", "name": name, "kind": "inductive", "definition": name, "patterns": phrases}
        for n, name in enumerate(names)
    ]
    head = {"title": "t", "version": "1", "date": datetime.date(2025, 1, 1)}
    written = yaml.safe_dump({**head, "codes": codes}, allow_unicode=True)
    codebook = read_codebook(write(tmp_path, "codebook.yaml", written))
    assert [(code.name, list(code.patterns)) for code in codebook.codes.values()] == [(n, phrases) for n in names]
