"""Transcripts that were renamed or deleted, and names of files that name somebody, are told; nothing is deleted."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.cli.program import app
from workbench.corpus import Span
from workbench.study import Study, new_study, open_study
from workbench.study.audit import audit_study
from workbench.study.documents import named_documents, orphans

TALK = "INT: What happened?\nP01: The marmalade letter came.\n"
HEAD = "document,speaker,analysis,quotation,archive,withdrawn,note\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = new_study(tmp_path / "mine", as_of="2023-03-31")
    for number, name in enumerate(("wm-ps-01", "wm-ps-02")):
        (made / "transcripts" / f"{name}.txt").write_text(TALK + f"P01: {number}.\n", encoding="utf-8")
    study = open_study(made)
    study.take_in()
    for end in (20, 30, 40):
        study.store.code(Span("wm-ps-01", 5, end), "M09", coder="ann")
    for name in ("wm-ps-01", "wm-ps-02"):
        study.store.review(name, coder="ann")
    return made


def _file(folder: Path, name: str) -> Path:
    return folder / "transcripts" / f"{name}.txt"


def _orphans(folder: Path) -> list[str]:
    return [str(problem) for problem in orphans(open_study(folder))]


def test_a_study_whose_files_are_all_there_has_none(folder: Path) -> None:
    assert _orphans(folder) == []


def test_a_renamed_transcript_is_told_with_its_former_name_and_its_codings(folder: Path) -> None:
    _file(folder, "wm-ps-01").rename(_file(folder, "wm-ps-09"))
    told = (
        "wm-ps-01: the folder has its words as wm-ps-09, so it was probably renamed: its 3 codings stay under the "
        "former name. Name the file wm-ps-01 again."
    )
    assert _orphans(folder) == [told]
    done = CliRunner().invoke(app, ["import", str(folder)])
    assert (done.exit_code, told in done.stdout) == (0, True)
    assert told in [str(problem) for problem in audit_study(open_study(folder)).problems]
    assert len(open_study(folder).store.codings()) == 3


def test_the_same_words_in_another_file_are_known_by_their_text(folder: Path) -> None:
    words = _file(folder, "wm-ps-01").read_bytes()
    _file(folder, "wm-ps-01").unlink()
    _file(folder, "wm-ps-09").write_bytes(words.replace(b"\n", b"\r\n"))
    (told,) = _orphans(folder)
    assert "the folder has its words as wm-ps-09" in told


def test_a_deleted_transcript_is_told_and_a_withdrawn_or_unreadable_one_is_not(folder: Path) -> None:
    _file(folder, "wm-ps-01").unlink()
    (told,) = _orphans(folder)
    assert told.startswith("wm-ps-01: its file is no longer in the folder; its 3 codings stay in the store.")
    (folder / "transcripts" / "wm-ps-01.docx").write_bytes(b"PK nonsense")
    assert _orphans(folder) == []
    (folder / "transcripts" / "wm-ps-01.docx").unlink()
    (folder / "transcripts" / "consent.csv").write_text(HEAD + "wm-ps-01,,,,,2026-01-03,\n", encoding="utf-8")
    assert _orphans(folder) == []


def test_a_folder_that_cannot_be_read_is_told_and_the_store_is_audited_all_the_same(folder: Path) -> None:
    _file(folder, "wm-ps-01").unlink()
    (folder / "transcripts" / "metadata.csv").write_text("document,role\nwm-ps-01,officer\n", encoding="utf-8")
    audit = audit_study(open_study(folder))
    told = [str(line) for line in (*audit.problems, *audit.told)]
    assert any(line.startswith("wm-ps-01: its file is no longer in the folder") for line in told)
    assert any("metadata.csv" in line for line in told)


def _with_bob(folder: Path) -> Study:
    _file(folder, "wm-ps-02").rename(_file(folder, "Interview_Bob Tranter"))
    study = open_study(folder)
    study.register.add("Bob Tranter", "person", by="ann")
    study.register.save()
    return study


def test_a_file_name_that_holds_a_registered_name_leaves_as_a_code_and_is_told(folder: Path, tmp_path: Path) -> None:
    study = _with_bob(folder)
    study.take_in()
    assert named_documents(study) == ["Interview_Bob Tranter"]
    study.store.code(Span("Interview_Bob Tranter", 5, 9), "M09", coder="ann")
    done = CliRunner().invoke(app, ["export", str(tmp_path / "out"), "--study", str(folder)])
    assert done.exit_code == 0
    assert "Interview_Bob Tranter: the register replaces a name in this file name" in done.stdout
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert (b"Tranter" in everything, b"wm-ps-01" in everything) == (False, True)


def test_a_withdrawal_names_the_key_where_the_names_stay(folder: Path) -> None:
    _with_bob(folder)
    (folder / "transcripts" / "consent.csv").write_text(HEAD + "wm-ps-01,,,,,2026-01-03,\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["import", str(folder)])
    key = folder.resolve().parent / "mine-keys" / "names.csv"
    assert f"Their names stay in the key, {key}, until somebody removes them there." in done.stdout


def test_what_cannot_be_read_comes_first_and_then_what_was_imported(folder: Path, tmp_path: Path) -> None:
    (folder / "transcripts" / "broken.docx").write_bytes(b"PK nonsense")
    codings = tmp_path / "codings.csv"
    codings.write_text("document,quote,code,coder\nwm-ps-02,marmalade,M09,ben\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["import", str(folder), "--codings", str(codings)])
    assert done.exit_code == 2
    order = [
        "broken.docx",
        "other transcripts were read",
        "Transcripts: 2",
        "codings new to the store: 1",
        "names find",
    ]
    places = [done.output.index(words) for words in order]
    assert places == sorted(places)
    assert "2 transcripts were not searched for names since they came in or changed" in done.stdout


def test_audit_asks_for_somebody_while_transcripts_are_unread_or_names_wait(folder: Path) -> None:
    assert CliRunner().invoke(app, ["audit", str(folder)]).exit_code == 0
    study = open_study(folder)
    study.register.propose("Marmaduke", "person", why="pattern")
    study.register.save()
    waits = CliRunner().invoke(app, ["audit", str(folder)])
    assert (waits.exit_code, "1 name waits for a person's decision" in waits.output) == (1, True)
    study.register.reject(["Marmaduke"], by="ann")
    study.register.save()
    _file(folder, "wm-ps-03").write_text(TALK, encoding="utf-8")
    open_study(folder).take_in()
    unread = CliRunner().invoke(app, ["audit", str(folder)])
    assert (unread.exit_code, "1 of 3 transcripts was not reviewed for names: wm-ps-03" in unread.output) == (1, True)


def test_two_studies_side_by_side_have_keys_of_their_own(tmp_path: Path) -> None:
    keys = {open_study(new_study(tmp_path / name, as_of="2023-03-31")).names_key.resolve() for name in ("a", "b")}
    assert keys == {tmp_path.resolve() / "a-keys" / "names.csv", tmp_path.resolve() / "b-keys" / "names.csv"}
    done = CliRunner().invoke(app, ["new", str(tmp_path / "c"), "--as-of", "2023-03-31"])
    assert str(tmp_path.resolve() / "c-keys") in done.output.replace("\n", "")
