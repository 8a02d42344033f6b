"""Projects of other programs on the command line: what came in and what stayed behind is told, and in exit codes."""

import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.cli.program import app
from workbench.coding import open_store
from workbench.errors import InputError
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
    with pytest.raises(InputError, match=said):
        run("export", tmp_path / file, "--study", mine, *(["--quotes"] if file == "no.qdpx" else []))
    assert not (tmp_path / file).exists()


def test_a_project_that_says_nothing_of_consent_says_so(mine: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "out.qdpx", "--study", mine)
    theirs = new_study(tmp_path / "theirs", as_of="2023-03-31")
    _, said = run("import", theirs, "--project", tmp_path / "out.qdpx")
    assert "Nothing is recorded on consent for them: write transcripts/consent.csv." in said


def test_finished_counts_for_a_project_too_and_is_refused_where_it_would_do_nothing(mine: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "out.qdpx", "--study", mine)
    run("export", tmp_path / "codes.qdc", "--study", mine)
    theirs = new_study(tmp_path / "theirs", as_of="2023-03-31")
    _, said = run("import", theirs, "--project", tmp_path / "out.qdpx", "--finished")
    assert "finished by a coder: 1" in said
    assert open_study(theirs).store.read_by().to_numpy().tolist() == [["ann", "du-02"]]
    for unused in (["--finished"], ["--codebook", tmp_path / "codes.qdc", "--finished"], ["--by", "kim"]):
        with pytest.raises(InputError, match=r"--finished|--by"):
            run("import", theirs, *unused)


@pytest.mark.parametrize("ending", ["qdpx", "qdc"])
def test_a_retired_code_stays_retired_where_it_is_known_already(mine: Path, tmp_path: Path, ending: str) -> None:
    run("codes", "retire", "M08", "--by", "kim", "--study", mine)
    run("export", tmp_path / f"out.{ending}", "--study", mine)
    theirs = new_study(tmp_path / "theirs", as_of="2023-03-31")
    assert open_study(theirs).codebook.codes["M08"].retired is None
    _, said = run("import", theirs, "--project", tmp_path / f"out.{ending}")
    assert "code M08: retired since" in said
    assert open_study(theirs).codebook.codes["M08"].retired is not None


def test_a_table_of_taguette_needs_to_be_somebodys_and_its_quotes_are_found(mine: Path, tmp_path: Path) -> None:
    table = tmp_path / "tag.csv"
    table.write_text('id,document,tag,content\n1,du-02.docx,Nudge,"made me  think"\n', encoding="utf-8")
    with pytest.raises(InputError, match="--by NAME"):
        run("import", mine, "--project", table)
    code, said = run("import", mine, "--project", table, "--by", "Cleo")
    assert (code, "Codings: 1; new: 1" in said, "Coders: Cleo" in said) == (0, True, True)
    found = open_study(mine).store.codings(coder="Cleo")
    assert found[["document", "quote"]].to_numpy().tolist() == [["du-02", "made me think"]]


def test_codings_without_a_place_are_told_once_a_reason_with_their_number(mine: Path, tmp_path: Path) -> None:
    table = tmp_path / "tag.csv"
    rows = [f'{number},gone.docx,Nudge,"words {number}"' for number in range(3)]
    table.write_text("\n".join(["id,document,tag,content", *rows]), encoding="utf-8")
    code, said = run("import", mine, "--project", table, "--by", "Cleo")
    assert code == 1
    assert said.count("could not be placed") == 1
    assert "tag.csv, line 4: 3 codings could not be placed: the study has no transcript 'gone'" in said
    assert "No coding came in; the new codes stand in the codebook all the same." in said


def test_an_ending_that_is_not_written_is_refused_with_the_choices(mine: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the ending '\.xlsx' .*\.qdpx"):
        run("export", tmp_path / "out.xlsx", "--study", mine)
    assert not (tmp_path / "out.xlsx").exists()


def test_a_colleagues_study_is_merged_by_its_folder_and_what_waits_is_told(mine: Path, tmp_path: Path) -> None:
    shutil.copytree(mine, tmp_path / "ben")
    ben = open_study(tmp_path / "ben").store
    start = QUIET.index("think")
    for name in ("M08", "M10"):
        ben.code_many([{"document": "du-02", "start": start, "end": start + 5, "code": name, "coder": "ben"}])
    study = open_study(mine).store
    study.split_code("M08", ["M09", "M11"], by="kim", known=["M08", "M09", "M11"])
    study.merge_codes(["M10"], "M09", by="kim", known=["M09", "M10"])
    code, said = run("merge", tmp_path / "ben", mine)
    assert code == 1
    assert "2 acts added" in said
    assert "1 coding among them" in said
    assert "1 coding waits for a person, under codes that were split: workbench codes waiting" in said
    with pytest.raises(InputError):
        run("merge", tmp_path, mine)


def test_decisions_leave_as_a_table_without_their_reasons_and_a_project_says_it_has_none(
    mine: Path, tmp_path: Path
) -> None:
    start = QUIET.index("think")
    open_study(mine).store.settle("du-02", start, start + 5, "M09", by="kim", decision="coded", why="Aunt Mo said so")
    run("export", tmp_path / "tables", "--study", mine)
    table = (tmp_path / "tables" / "settled.csv").read_text(encoding="utf-8-sig")
    assert ",du-02," in table
    assert ",M09," in table
    assert "Aunt Mo" not in table
    _, said = run("export", tmp_path / "out.qdpx", "--study", mine)
    assert "1 settled difference: REFI-QDA has no place for them" in said


def test_a_table_that_has_a_column_of_coders_is_theirs(mine: Path, tmp_path: Path) -> None:
    table = tmp_path / "tag.csv"
    table.write_text("document,tag,content,coder\ndu-02,Nudge,made me think,Cleo\n", encoding="utf-8")
    code, said = run("import", mine, "--project", table)
    assert (code, "Coders: Cleo" in said) == (0, True)
    assert len(open_study(mine).store.codings(coder="Cleo")) == 1
