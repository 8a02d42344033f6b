"""A withdrawal is carried out, or somebody is told; no slip of the pen undoes one or passes for one."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.cli.program import app
from workbench.corpus import Span
from workbench.errors import InputError
from workbench.study import Study, new_study, open_study
from workbench.study.audit import Audit, audit_study

HEAD = "document,speaker,analysis,quotation,archive,withdrawn,note\n"
TALK = {
    "wm-01": "INT: What happened?\nP01: The marmalade letter came.\nINT: And?\nP01: I packed it in.\n",
    "wm-02": "INT: What happened?\nP02: The xylophone session.\nP03: Nothing much at all.\n",
}
GONE = "2026-01-02"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = new_study(tmp_path / "mine", as_of="2023-03-31", records=None)
    rows = "document,scheme,role,kind,speakers\nwm-01,durham,service_user,interview,INT=interviewer; P01=service_user\n"
    rows += "wm-02,durham,service_user,focus_group,INT=interviewer; P02=service_user; P03=service_user\n"
    (made / "transcripts" / "metadata.csv").write_text(rows, encoding="utf-8")
    for name, text in TALK.items():
        (made / "transcripts" / f"{name}.txt").write_text(text, encoding="utf-8")
    open_study(made).take_in()
    return made


def _consent(folder: Path, *rows: str) -> None:
    (folder / "transcripts" / "consent.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def _run(command: str, folder: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [command, str(folder), *options])
    if isinstance(done.exception, InputError):
        return InputError.exit_code, done.output + str(done.exception)
    return done.exit_code, done.output


def _audit(folder: Path) -> Audit:
    return audit_study(open_study(folder))


def _held(study: Study) -> list[str]:
    return [str(name) for name in study.store.documents()["document"]]


@pytest.mark.parametrize("name", ["wm-1", "wm-01.txt", "WM-01", "vm-01"])
def test_a_mistyped_transcript_is_told_by_every_command_and_never_passes_for_withdrawn(folder: Path, name: str) -> None:
    _consent(folder, f"{name},,,,,{GONE},")
    for command in ("check", "import", "audit"):
        code, told = _run(command, folder)
        assert code == (1 if command == "audit" else 2), told
        assert told.count("Did you mean 'wm-01'?") == 1
        assert "not in the store" not in told
    assert _held(open_study(folder)) == ["wm-01", "wm-02"]


def test_a_transcript_that_nobody_knows_is_for_a_person_and_the_import_goes_on(folder: Path) -> None:
    _consent(folder, f"north-77,,,,,{GONE},")
    assert [_run(command, folder)[0] for command in ("check", "audit", "import")] == [1, 1, 0]
    for command in ("check", "audit", "import"):
        assert "no transcript called 'north-77' is or was here" in _run(command, folder)[1]
    assert not [line for line in _audit(folder).told if "north" in line]


def test_a_mistyped_row_does_not_keep_the_right_ones_from_being_carried_out(folder: Path) -> None:
    _consent(folder, f"WM-01,,,,,{GONE},", f"wm-02,,,,,{GONE},")
    assert _run("import", folder)[0] == 2
    assert _held(open_study(folder)) == ["wm-01"]


def test_a_file_that_was_deleted_after_its_withdrawal_is_right_and_silent(folder: Path) -> None:
    _consent(folder, f"wm-02,,,,,{GONE},")
    assert _run("import", folder)[0] == 0
    (folder / "transcripts" / "wm-02.txt").unlink()
    assert "wm-02" not in "\n".join(map(str, _audit(folder).problems))
    assert _run("import", folder)[0] == 0
    assert "is or was here" not in _run("check", folder)[1]


def test_a_voice_that_nobody_is_called_is_for_a_person(folder: Path) -> None:
    _consent(folder, f"wm-02,Participant,,,,{GONE},")
    assert _run("import", folder)[0] == 0
    told = _audit(folder)
    assert any("nobody is called 'Participant' there" in str(problem) for problem in told.problems)
    assert not any("not in the store" in line for line in told.told)
    assert "nobody is called 'Participant' in it" in _run("check", folder)[1]


def test_a_voice_is_taken_out_whatever_the_case_of_its_label(folder: Path) -> None:
    _consent(folder, f"wm-02,p02,,,,{GONE},")
    assert any("Run: workbench import" in str(problem) for problem in _audit(folder).problems)
    assert _run("import", folder)[0] == 0
    assert "xylophone" not in open_study(folder).store.text("wm-02")
    told = _audit(folder)
    assert not any("consent.csv" in str(problem) for problem in told.problems)
    assert f"wm-02: one of several people in it withdrew ({GONE}); the words are not in the store." in told.told


def test_a_voice_does_not_come_back_because_a_row_is_gone_but_where_the_person_says_yes(folder: Path) -> None:
    _consent(folder, f"wm-02,P02,,,,{GONE},")
    assert _run("import", folder)[0] == 0
    _consent(folder)
    code, told = _run("import", folder)
    assert (code, "words of 'P02' would come back" in told) == (2, True)
    assert "xylophone" not in open_study(folder).store.text("wm-02")
    _consent(folder, "wm-02,P02,yes,no,no,,consented again")
    assert _run("import", folder)[0] == 0
    assert "xylophone" in open_study(folder).store.text("wm-02")


def test_a_record_that_cannot_be_read_is_told_by_the_audit(folder: Path) -> None:
    (folder / "transcripts" / "consent.csv").write_text(f"transcript|withdrawn\nwm-01|{GONE}\n", encoding="utf-8")
    code, told = _run("audit", folder)
    assert code == 1
    assert "consent.csv: column 'document' is missing" in told
    assert "no withdrawal in it is carried out" in told
    for name in TALK:
        (folder / "transcripts" / f"{name}.txt").unlink()
    assert _run("import", folder)[0] == 2


@pytest.mark.parametrize("emptied", [False, True])
def test_everybody_who_withdrew_by_name_is_taken_out(folder: Path, emptied: bool) -> None:
    if emptied:
        for name in TALK:
            (folder / "transcripts" / f"{name}.txt").write_text("[withdrawn]\n", encoding="utf-8")
    _consent(folder, f"wm-01,P01,,,,{GONE},", f"wm-02,P02,,,,{GONE},", f"wm-02,p03,,,,{GONE},")
    code, told = _run("import", folder)
    assert (code, "taken out of the store: wm-01, wm-02" in told) == (0, True), told
    again = open_study(folder)
    assert (_held(again), again.has_talk) == ([], False)
    assert _run("audit", folder)[0] == 0


def test_a_withdrawal_that_was_taken_back_stands_until_somebody_restores_it(folder: Path) -> None:
    _consent(folder, f"wm-02,,,,,{GONE},")
    assert _run("import", folder)[0] == 0
    _consent(folder)
    for command in ("import", "audit", "check"):
        code, told = _run(command, folder)
        assert code == (0 if command == "import" else 1)
        assert "the transcript stays withdrawn" in told
        assert ".restore('wm-02', coder=…, why=…)" in told
    opened = open_study(folder)
    assert _held(opened) == ["wm-01"]
    opened.store.restore("wm-02", coder="ann", why="consented again")
    assert _run("import", folder)[0] == 0
    assert _held(open_study(folder)) == ["wm-01", "wm-02"]
    assert "stays withdrawn" not in _run("audit", folder)[1]


def test_the_audit_names_copies_that_still_hold_what_was_withdrawn(folder: Path, tmp_path: Path) -> None:
    study = open_study(folder)
    study.store.code(Span("wm-02", 20, 40), "M09", coder="ann")
    (folder / "outputs" / "release").mkdir(parents=True)
    (folder / "outputs" / "release" / "codes.csv").write_text("a\n", encoding="utf-8")
    out = tmp_path / "out"
    assert CliRunner().invoke(app, ["export", str(out), "--study", str(folder)]).exit_code == 0
    assert not any("copies" in str(problem) for problem in _audit(folder).problems)
    _consent(folder, f"wm-02,,,,,{GONE},")
    assert _run("import", folder)[0] == 0
    (told,) = [str(problem) for problem in _audit(folder).problems if "copies" in str(problem)]
    assert told.startswith(f"wm-02: copies made before the withdrawal: {out} (")
    assert f"{folder.resolve() / 'outputs'} (" in told
    (folder / "outputs" / "release" / "codes.csv").unlink()
    assert CliRunner().invoke(app, ["export", str(out), "--study", str(folder)]).exit_code == 0
    assert not any("copies" in str(problem) for problem in _audit(folder).problems)


def test_a_copy_for_an_archive_is_named_though_its_folder_is_gone(folder: Path, tmp_path: Path) -> None:
    from workbench.study.exports import record_export

    study = open_study(folder)
    study.store.code(Span("wm-02", 20, 40), "M09", coder="ann")
    record_export(study, tmp_path / "sent", "archive", {})
    record_export(study, tmp_path / "deleted", "team")
    record_export(study, tmp_path / "without", "archive", {"wm-02": "no consent to archiving"})
    study.store.withdraw("wm-02", coder="ann", why="by telephone")
    (told,) = [str(problem) for problem in _audit(folder).problems if "copies" in str(problem)]
    assert "sent (" in told
    assert "for an archive, no longer there)" in told
    assert "deleted" not in told
    assert "without" not in told
