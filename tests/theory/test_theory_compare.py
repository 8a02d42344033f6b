"""Two versions of a theory: what changed, in words, with the reason that was given or that none was."""

from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.theory import Theory, compare_theories, read_theory

HEAD = """\
title: Tiny
version: "{version}"
date: 2026-01-01
status: Invented for a test.
nodes:
  - {{id: A1, type: activity, name: Course, definition: A course.}}
  - {{id: M1, type: mechanism, name: Thinking, definition: Thinks about it.}}
  - {{id: O1, type: outcome, name: "Less \\"use\\" #1", definition: Uses less.}}
links:
"""
OLD = "  - {from: A1, to: M1, type: triggers, strength: strong, expects: thinks, breaks: does not}\n" \
      "  - {from: M1, to: O1, type: yields}\n"  # fmt: skip
NEW = (
    "  - {from: A1, to: M1, type: triggers, strength: weak, expects: stops and thinks, breaks: does not}\n"
    "  - {from: A1, to: O1, type: yields}\n"
    "changes:\n"
    "  - {date: 2026-02-01, about: A1->M1, because: three people spoke against it, by: Ana}\n"
)


def theory(folder: Path, version: str, links: str) -> Theory:
    path = folder / f"theory-{version}.yaml"
    path.write_text(HEAD.format(version=version) + links, encoding="utf-8")
    return read_theory(path)


def test_each_change_is_a_sentence_with_its_reason_or_says_that_there_is_none(tmp_path: Path) -> None:
    change = compare_theories(theory(tmp_path, "1", OLD), theory(tmp_path, "2", NEW))
    assert change.sentences == [
        "link A1→M1: expects was “thinks”, is “stops and thinks”, because three people spoke against it (Ana)",
        "link A1→M1 weakened (strong → weak), because three people spoke against it (Ana)",
        "link A1→O1 added: yields; no reason is given",
        "link M1→O1 removed: yields; no reason is given",
    ]
    assert change.table["change"].tolist() == ["expects", "weakened", "added", "removed"]


def test_the_picture_tells_what_was_added_removed_and_changed_by_word_and_by_pattern(tmp_path: Path) -> None:
    drawn = compare_theories(theory(tmp_path, "1", OLD), theory(tmp_path, "2", NEW)).diagram()
    assert 'A1 -->|"changed"| M1' in drawn
    assert 'A1 -->|"added"| O1' in drawn
    assert 'M1 -->|"removed"| O1' in drawn
    assert drawn.count("linkStyle") == 3
    assert "Less #quot;use#quot; #35;1" in drawn


def test_the_same_theory_has_not_changed(tmp_path: Path) -> None:
    same = compare_theories(theory(tmp_path, "1", OLD), theory(tmp_path, "2", OLD))
    assert same.sentences == []
    assert same.table.empty


def test_what_is_sealed_is_what_is_expected_and_what_would_break_it(tmp_path: Path) -> None:
    old, new = theory(tmp_path, "1", OLD).links, theory(tmp_path, "2", NEW).links
    assert old["A1→M1"].sealed != new["A1→M1"].sealed
    weaker = theory(tmp_path, "3", OLD.replace("strength: strong", "strength: weak")).links
    assert weaker["A1→M1"].sealed == old["A1→M1"].sealed


@pytest.mark.parametrize(
    ("links", "told"),
    [
        (OLD.replace("strong", "mighty"), "strength"),
        (OLD + "changes:\n  - {date: 2026-02-01, about: A1->M1}\n", "because"),
        ("  - !!python/object/apply:os.system [ls]\n", "not readable as YAML"),
        ("  - &a [x]\n" + "  - *a\n" * 60, "60 aliases"),
    ],
)
def test_mistakes_code_and_anchor_bombs_are_refused_with_their_place(tmp_path: Path, links: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as wrong:
        theory(tmp_path, "1", links)
    assert "theory-1.yaml" in str(wrong.value)
