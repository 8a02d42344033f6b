"""Projects of other programs on the command line: what came in and what stayed behind is told, and in exit codes."""

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.cli.program import app
from workbench.coding import open_store
from workbench.study import new_study, open_study

TALK = "INT: How was it?\nP01: It made me think twice 😀.\nP01: Call 07700 900123.\n"
QUIET = "INT: And?\nP02: It made me think twice.\n"


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    for name, text in (("du-01", TALK), ("du-02", QUIET)):
        (folder / "transcripts" / f"{name}.txt").write_text(text, encoding="utf-8")
    study = open_study(folder)
    study.take_in()
    for name, text in (("du-01", TALK), ("du-02", QUIET)):
        start = text.index("made me")
        row = {"document": name, "start": start, "end": start + 7, "code": "M09", "coder": "ann"}
        study.store.code_many([row])
        study.store.review(name, coder="kim")
    return folder


def test_a_project_goes_out_and_comes_into_an_empty_study(mine: Path, tmp_path: Path) -> None:
    code, said = run("export", tmp_path / "out.qdpx", "--study", mine)
    assert code == 0
    assert "1 transcript, " in said
    assert "Left behind: 1 transcript, with 1 coding:" in said
    assert "du-01: holds raw identifiers" in said
    assert zipfile.is_zipfile(tmp_path / "out.qdpx")
    new_study(tmp_path / "theirs", as_of="2023-03-31")
    code, said = run("import", tmp_path / "theirs", "--project", tmp_path / "out.qdpx", "--by", "kim")
    assert code == 0
    assert "Documents: 1; new transcripts: 1" in said
    assert "Codings: 1; new: 1; known: 0" in said
    assert "run workbench names find" in said
    with open_store(tmp_path / "theirs" / "store" / "codings.sqlite") as store:
        assert store.codings()["quote"].tolist() == ["made me"]
    code, said = run("import", tmp_path / "theirs", "--project", tmp_path / "out.qdpx")
    assert "Codings: 1; new: 0; known: 1" in said


def test_what_needs_a_person_ends_with_one(mine: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "out.qdpx", "--study", mine)
    theirs = new_study(tmp_path / "theirs", as_of="2023-03-31")
    (theirs / "transcripts" / "du-02.txt").write_text("INT: Hello?\nP9: Quite another talk.\n", encoding="utf-8")
    code, said = run("import", theirs, "--project", tmp_path / "out.qdpx")
    assert code == 1
    assert "For a person to look at" in said
    assert "another text called du-02" in said
    assert "left out: 1" in said


def test_codes_alone_go_out_and_come_in(mine: Path, tmp_path: Path) -> None:
    code, said = run("export", tmp_path / "codes.qdc", "--study", mine)
    assert (code, " codes" in said) == (0, True)
    theirs = new_study(tmp_path / "theirs", as_of="2023-03-31")
    code, said = run("import", theirs, "--codebook", tmp_path / "codes.qdc")
    assert "added to the codebook: 0" in said  # every new study begins with these codes
    assert code == 0


def test_an_audit_names_the_project_that_still_holds_what_was_withdrawn_since(mine: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "out.qdpx", "--study", mine)
    open_study(mine).store.withdraw("du-02", coder="kim")
    (mine / "transcripts" / "du-02.txt").unlink()
    _, said = run("audit", mine)
    assert "out.qdpx" in "".join(said.split("\n"))


@pytest.mark.parametrize(("file", "said"), [("out.qde", "a .qde is the inside of a project"), ("no.qdpx", "--quotes")])
def test_what_makes_no_project_is_told(mine: Path, tmp_path: Path, file: str, said: str) -> None:
    from workbench.errors import InputError

    with pytest.raises(InputError, match=said):
        run("export", tmp_path / file, "--study", mine, *(["--quotes"] if file == "no.qdpx" else []))
    assert not (tmp_path / file).exists()
