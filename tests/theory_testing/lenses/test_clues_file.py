"""tracing.yaml: every mistake at once, with its line, and nothing in it is ever run."""

from pathlib import Path

import pytest
from test_process_tracing import ANA, BEN, THEORY

from workbench.errors import InputError
from workbench.theory import read_theory
from workbench.theory_testing.lenses.clues import read_clues


def told(folder: Path, text: str) -> list[str]:
    """Return the problems of a tracing.yaml, each as line and what."""
    (folder / "theory.yaml").write_text(THEORY, encoding="utf-8")
    path = folder / "tracing.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_clues(path, read_theory(folder / "theory.yaml"))
    return [str(problem) for problem in raised.value.problems]


def test_all_mistakes_are_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = f"""\
prior: [0, 0.5]
clues:
  - id: C1
    link: A1→M2
    clue: c
    analysts:
      - {{by: Ana, date: 2026-01-02, if_true: [0.6, 1.2], if_false: [0.2, 0.1]}}
      - {{by: ana, date: 2026-01-02, if_true: [0.6, 0.7], if_false: [40%, 0.5]}}
  - id: C1
    link: A1→M1
    clue: c
    found: perhaps
    analysts: [{ANA}, {BEN}]
"""
    found = "\n".join(told(tmp_path, text))
    for said in (
        "line 1: prior is [0, 0.5]: no evidence moves a probability of 0 or 1",
        "line 4: the theory has no link 'A1→M2'. Did you mean",
        "line 7: clues.0.analysts.0.if_true.1 is 1.2: a probability lies between 0 and 1",
        "line 7: clues.0.analysts.0.if_false is [0.2, 0.1]: the range runs backwards; write [0.1, 0.2]",
        "line 8: clues.0.analysts.1.if_false.0 is '40%': a probability is a number from 0 to 1",
        "line 8: of clue C1 the analyst ana stands also on line 7",
        "line 9: the clue C1 stands also on line 3",
        "line 12",
    ):
        assert said in found
    assert "at least 1 item" not in found


def test_yes_and_no_without_quotes_are_words(tmp_path: Path) -> None:
    (tmp_path / "theory.yaml").write_text(THEORY, encoding="utf-8")
    path = tmp_path / "tracing.yaml"
    row = "  - {{id: {}, link: A1->M1, clue: c, found: {}}}\n"
    path.write_text("clues:\n" + row.format("C1", "yes") + row.format("C2", "no") + row.format("C3", "not looked"))
    clues = read_clues(path, read_theory(tmp_path / "theory.yaml")).clues
    assert [(clue.found, clue.link) for clue in clues.values()] == [
        ("yes", "A1→M1"), ("no", "A1→M1"), ("not looked", "A1→M1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "bomb", ["clues: !!python/object/apply:os.system ['true']", "a: &a [x, x]\nb: &b [*a, *a]\nclues: [*b, *b]"]
)
def test_code_and_anchors_are_refused(tmp_path: Path, bomb: str) -> None:
    assert any("tracing.yaml, line" in problem for problem in told(tmp_path, bomb))


def test_the_seal_holds_words_and_ranges_and_not_what_came_of_it(tmp_path: Path) -> None:
    def sealed(clue: str, found: str, analysts: str) -> str:
        path = tmp_path / "tracing.yaml"
        text = f"clues:\n  - {{id: C1, link: A1→M1, clue: {clue}, found: {found}, analysts: {analysts}}}\n"
        path.write_text(text, encoding="utf-8")
        return read_clues(path).clues["C1"].sealed

    first = sealed("c", "not looked", f"[{ANA}, {BEN}]")
    assert sealed("c", "yes", f"[{BEN}, {ANA}]") == first
    assert len({first, sealed("d", "yes", f"[{ANA}, {BEN}]"), sealed("c", "yes", f"[{ANA}]")}) == 3
