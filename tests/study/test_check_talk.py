"""Check reads a folder of transcripts too, and tells every problem and doubt with file and line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.cli.program import app
from workbench.study import check_study, new_study, open_study
from workbench.study.check import check_talk, holds_talk

TALK = (
    "Date: 3 May\n\nINT: Who?\nP01: Me.\nAnd her.\nINT: Who?\nTariq: Me.\nAnd him.\nAll: Us.\nINT: Right.\nP01: Bye.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "transcripts"
    (made / "leeds").mkdir(parents=True)
    (made / "one.txt").write_text(TALK, encoding="utf-8")
    (made / "leeds" / "two.txt").write_text("INT: So?\nP01: It was [inaudible].\n", encoding="utf-8")
    return made


def _check(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", *arguments])
    return done.exit_code, done.stdout


def test_a_folder_of_transcripts_is_told_by_file_and_line_with_counts(folder: Path) -> None:
    code, told = _check(str(folder))
    assert code == 1
    assert "one.txt, line 7: 'Tariq' could be a speaker; read as talk. Declare it in metadata.csv" in told
    assert "one.txt, line 9: several voices at once in one turn; counted for nobody." in told
    assert "metadata.csv: describes no transcript, so nobody but interviewers has a role." in told
    assert "consent.csv" not in told
    rows = [line.split() for line in told.splitlines()]
    assert ["turns", "speakers", "words", "set", "aside", "crosstalk", "inaudible", "file"] in rows
    assert ["6", "2", "12", "9", "1", "0", "one.txt"] in rows
    assert ["2", "2", "4", "2", "0", "1", "leeds/two.txt"] in rows
    assert "Transcripts: 2, with 8 turns, 16 words of talk, 11 words set aside" in told


def test_a_file_that_cannot_be_read_ends_with_two_and_the_others_are_counted(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    code, told = _check(str(folder), "--json")
    found = json.loads(told)
    assert code == 2
    assert found["problems"][0].startswith("empty.txt: ")
    assert [one["file"] for one in found["files"]] == ["one.txt", "leeds/two.txt"]
    assert found["withdrawn"] == []


def test_a_clean_folder_ends_with_nought(folder: Path) -> None:
    (folder / "leeds" / "two.txt").unlink()
    (folder / "one.txt").write_text("INT: Who?\nP01: Me.\n", encoding="utf-8")
    row = "document,role,speakers\none,officer,INT=interviewer; P01=officer\n"
    (folder / "metadata.csv").write_text(row, encoding="utf-8")
    code, told = _check(str(folder))
    assert code == 0
    assert "Nothing wrong, nothing doubtful." in told


def test_who_withdrew_is_listed(folder: Path) -> None:
    header = "document,speaker,analysis,quotation,archive,withdrawn,note\n"
    (folder / "consent.csv").write_text(header + "two,,,,,2024-03-31,\none,,yes,yes,yes,,\n", encoding="utf-8")
    told = _check(str(folder))[1]
    assert "Left out: withdrawn, or no consent (1):\n  two: 2024-03-31" in told
    assert [one["file"] for one in check_talk(folder).files] == ["one.txt"]


def test_mistakes_of_the_metadata_are_problems(folder: Path) -> None:
    (folder / "metadata.csv").write_text("document,role\none,oficer\n", encoding="utf-8")
    code, told = _check(str(folder))
    assert code == 2
    assert "metadata.csv, row 2, column role: 'oficer' is not known." in told


def test_a_folder_without_transcripts_is_still_no_study(tmp_path: Path, folder: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "README.md").write_text("# About\n", encoding="utf-8")
    assert not holds_talk(empty)
    assert not holds_talk(tmp_path / "gone")
    assert holds_talk(folder)
    assert holds_talk(tmp_path)


def test_a_study_tells_unreadable_transcripts_and_that_no_consent_is_recorded(tmp_path: Path, folder: Path) -> None:
    study = new_study(tmp_path / "study", title="Check", as_of="2023-03-31")
    for name in ("one", "two"):
        (study / "transcripts" / f"{name}.txt").write_text("INT: Who?\nP01: Me.\n", encoding="utf-8")
    (study / "transcripts" / "empty.txt").write_bytes(b"")
    report = check_study(open_study(study))
    assert any(str(problem).startswith("empty.txt: ") for problem in report.problems)
    assert any(str(doubt).startswith("consent.csv: records no consent") for doubt in report.doubts)
    assert len(report.files) == 2
    assert not holds_talk(study)
    assert not holds_talk(tmp_path)
