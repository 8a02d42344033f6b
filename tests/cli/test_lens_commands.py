"""The lens commands: each shows something beside the verdicts, and says where it has nothing to show."""

import json
from itertools import product
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from workbench.cli.lens import app
from workbench.corpus.span import Span
from workbench.errors import InputError
from workbench.study import new_study, open_study
from workbench.study.check import check_study
from workbench.study.theory_stage import sealed, theory_evidence

TALK = "INT: And the course?\nP01: It made me think, so I packed it in. Honestly.\nINT: And?\nP01: No. It was a form.\n"
CLUES = """
clues:
  - id: C1
    link: A11→M09
    clue: They name something that was said in the session.
    found: yes
    analysts:
      - {by: Ana, date: 2024-01-02, if_true: [0.6, 0.8], if_false: [0.1, 0.2]}
      - {by: Ben, date: 2024-01-02, if_true: [0.5, 0.7], if_false: [0.1, 0.3]}
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "80")
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    (folder / "transcripts" / "du-01.txt").write_text(TALK, encoding="utf-8")
    rows = "document,scheme,role,kind,speakers\ndu-01,durham,service_user,interview,INT=interviewer; P01=service_user\n"
    (folder / "transcripts" / "metadata.csv").write_text(rows, encoding="utf-8")
    opened = open_study(folder)
    opened.take_in()
    text = opened.store.text("du-01")
    for words, what, stance in (
        ("made me think", "A11→M09", "supports"), ("so I packed it in", "M09→O06", "supports"), ("think", "M09", None),
    ):  # fmt: skip
        start = text.index(words)
        opened.store.code(Span("du-01", start, start + len(words)), what, coder="anna", stance=stance)
    opened.store.read("du-01", coder="anna")
    return folder


def run(*words: object, exits: int = 0) -> Result:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == exits, done.output
    return done


COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_lens_has_help_with_an_example(command: str) -> None:
    assert f"Example: workbench lens {command}" in " ".join(run(command, "--help").output.split())


def test_one_person_asserts_a_whole_chain(study: Path) -> None:
    [found] = json.loads(run("paths", "--study", study, "--json").output)
    assert [(row["start"], row["end"], row["n"]) for row in found["rows"]] == [("A11", "O06", 1)]


def test_clues_are_weighed_and_sealed_where_somebody_wrote_them(study: Path) -> None:
    with pytest.raises(InputError, match="there are no clues"):
        run("tracing", "--study", study)
    assert "lens-tracing" not in [each.name for each in theory_evidence(open_study(study), {}, lambda _a, _b: None)]
    (study / "codebooks" / "tracing.yaml").write_text(CLUES, encoding="utf-8")
    [found] = json.loads(run("tracing", "--study", study, "--json").output)
    row = next(row for row in found["rows"] if row["coder"] == "all")
    assert row["low"] < row["value"] < row["high"]
    assert "C1" in sealed(open_study(study))
    assert "lens-tracing" in [each.name for each in theory_evidence(open_study(study), {}, lambda _a, _b: None)]


def test_a_clue_with_a_probability_of_1_2_is_told_by_check_with_its_line(study: Path) -> None:
    (study / "codebooks" / "tracing.yaml").write_text(CLUES.replace("[0.6, 0.8]", "[0.6, 1.2]"), encoding="utf-8")
    problems = check_study(open_study(study)).problems
    problem = next(each for each in problems if "tracing" in str(each.place))
    assert str(problem.place).endswith("tracing.yaml, line 8")
    assert "a probability lies between 0 and 1" in problem.what


def test_few_interviews_and_few_transcripts_are_said_to_be_few(study: Path) -> None:
    assert "too few interviews" in run("saturation", "--study", study).output
    assert "stand together" in run("together", "--study", study).output
    assert "only 1 transcript" in run("together", "--level", "document", "--study", study).output
    with pytest.raises(InputError, match="segment, document"):
        run("together", "--level", "turn", "--study", study)


def table(folder: Path, cases: int) -> Path:
    rows = [f"0{number},{x},{y},{max(x, y)}" for number, (x, y) in enumerate([*product((0.1, 0.9), repeat=2)] * 3)]
    path = folder / "areas.csv"
    path.write_text("\n".join(["area,trained,staffed,engaged", *rows[:cases]]), encoding="utf-8")
    return path


def test_areas_are_compared_and_three_are_too_few(study: Path) -> None:
    words = ("--outcome", "engaged", "--condition", "trained", "--condition", "staffed")
    [found] = json.loads(run("qca", table(study, 12), *words, "--json").output)
    assert found["rows"][0]["status"] == "sufficient"
    assert any("staffed + trained" in said or "trained + staffed" in said for said in found["statements"])
    with pytest.raises(InputError, match="3 cases"):
        run("qca", table(study, 3), *words)
    with pytest.raises(InputError, match="there is no such file"):
        run("qca", study / "none.csv", *words)


def test_a_study_that_names_its_areas_compares_them(study: Path) -> None:
    table(study, 12)
    settings = study / "study.yaml"
    asked = "qca: {cases: areas.csv, outcome: engaged, conditions: [trained, staffed]}"
    settings.write_text(settings.read_text(encoding="utf-8").replace("qca: null", asked), encoding="utf-8")
    names = [each.name for each in theory_evidence(open_study(study), {}, lambda _a, _b: None)]
    assert "lens-qca" in names
