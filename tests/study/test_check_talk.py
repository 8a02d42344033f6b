"""Check reads a folder of transcripts too, and tells every problem and doubt with file and line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.cli.program import app
from workbench.corpus import read_corpus
from workbench.errors import InputError
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
    assert any(row[:7] == ["6", "2", "12", "9", "1", "0", "one.txt"] for row in rows)
    assert "  one.txt (set aside: label 6, head 3)\n" in told
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


def test_what_was_set_aside_is_counted_by_why(folder: Path) -> None:
    files = json.loads(_check(str(folder), "--json")[1])["files"]
    assert [one["aside"] for one in files] == [{"label": 6, "head": 3}, {"label": 2}]
    assert [one["set_aside"] for one in files] == [9, 2]


def test_mistakes_in_the_tables_hide_nothing_else(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "metadata.csv").write_text("document,role,date\none,oficer,14/03/2023\ntwo,officer,2023-03\n", "utf-8")
    header = "document,speaker,analysis,quotation,archive,withdrawn\n"
    (folder / "consent.csv").write_text(header + "one,P01,Y,perhaps,TRUE,\ntwo,P01,n,,,\n", encoding="utf-8")
    code, told = _check(str(folder))
    assert code == 2
    for part in (
        "metadata.csv, row 2, column role: 'oficer' is not known.",
        "consent.csv, row 2, column quotation: 'perhaps' is neither yes, no nor blank.",
        "empty.txt: ",
        "one.txt, line 7: 'Tariq' could be a speaker",
        "metadata.csv, column date: '14/03/2023' of document 'one' is not written as ISO 8601 has it.",
        "Left out: withdrawn, or no consent (1):\n  two: no consent to analysis",
        "Transcripts: 1, with 6 turns",
    ):
        assert part in told
    with pytest.raises(InputError) as raised:
        read_corpus(folder)
    places = [str(problem).split(",")[0].split(":")[0] for problem in raised.value.problems]
    assert places == ["metadata.csv", "consent.csv", "empty.txt"]


def test_a_table_that_cannot_be_read_is_told_and_not_said_to_be_empty_too(folder: Path) -> None:
    (folder / "metadata.csv").write_text("file,role\none,officer\n", encoding="utf-8")
    told = _check(str(folder))[1]
    assert "metadata.csv: column 'document' is missing." in told
    assert "describes no transcript" not in told
    assert "one.txt, line 7: 'Tariq'" in told


def test_the_same_mistake_in_many_rows_is_one_line(folder: Path) -> None:
    header = "document,speaker,analysis,quotation,archive,withdrawn\n"
    rows = "".join(f"one,P0{n},yes,yes,maybe,\n" for n in range(1, 4))
    (folder / "consent.csv").write_text(header + rows, encoding="utf-8")
    told = _check(str(folder))[1]
    assert "(3 times) consent.csv, row 2, row 3, row 4, column archive: 'maybe' is neither" in told
    assert told.count("'maybe'") == 1


def test_the_same_words_in_two_files_are_doubtful(folder: Path) -> None:
    (folder / "copy.txt").write_text("Another head\n\n" + TALK.partition("\n\n")[2], encoding="utf-8")
    corpus = read_corpus(folder)
    doubts = corpus.doubts[corpus.doubts["note"].str.startswith("holds the same words as")]
    assert doubts.values.tolist() == [["one", "holds the same words as copy.txt. Keep one of them"]]


def test_a_new_study_tells_doubts_by_part_and_the_transcripts_first(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study", title="Check", as_of="2023-03-31")
    for name in ("one", "two"):
        (study / "transcripts" / f"{name}.txt").write_text(f"INT: Who?\nP01: {name}.\nAll: Us.\n", encoding="utf-8")
    told = _check(str(study))[1]
    assert told.index("  Transcripts (") < told.index("  Theory (")
    assert "    (2 times) one.txt, two.txt, line 3: several voices at once in one turn" in told
    found = json.loads(_check(str(study), "--json")[1])
    assert next(iter(found["doubtful"])) == "transcripts"
    assert sum(map(len, found["doubtful"].values())) == len(found["doubts"])


def test_a_study_with_a_mistake_in_its_tables_tells_unknown_schemes_too(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study", title="Check", as_of="2023-03-31", schemes={"durham": "Durham"})
    (study / "transcripts" / "one.txt").write_text("INT: Who?\nP01: Me.\nAll: Us.\n", encoding="utf-8")
    (study / "transcripts" / "metadata.csv").write_text("document,scheme,kind\none,derham,talk\n", encoding="utf-8")
    opened = open_study(study)
    report = check_study(opened)
    told = "\n".join(map(str, report.problems))
    assert "'talk' is not known" in told
    assert "'derham' is no scheme of this study" in told
    assert any("several voices" in str(doubt) for doubt in report.doubts)
    with pytest.raises(InputError, match="'talk' is not known"):
        _ = opened.corpus


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
