"""Who refused, who finished and who says what goes with a project from one study to another."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.cli.program import app
from workbench.study import new_study, open_study


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


GROUP = "INT: Welcome.\nAmy: It made me think twice.\nLee: I never trusted it one bit.\nAmy: Yes.\nLee: Nothing else.\n"


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A study in which Lee refuses to be quoted, ann has finished the talk, and one code is retired."""
    folder = new_study(tmp_path / "group", title="Group", as_of="2023-03-31")
    talk = folder / "transcripts"
    (talk / "tv-01.txt").write_text(GROUP, encoding="utf-8")
    (talk / "metadata.csv").write_text(
        "document,scheme,role,wave,kind,speakers\n"
        "tv-01,thames-valley,service_user,1,focus_group,INT=interviewer; Amy=service_user; Lee=officer\n",
        encoding="utf-8",
    )
    (talk / "consent.csv").write_text(
        "document,speaker,analysis,quotation,archive,withdrawn\ntv-01,,yes,yes,yes,\ntv-01,Lee,yes,no,no,\n",
        encoding="utf-8",
    )
    study = open_study(folder)
    study.take_in()
    for words in ("made me", "never trusted"):
        start = GROUP.index(words)
        row = {"document": "tv-01", "start": start, "end": start + len(words), "code": "M09", "coder": "ann"}
        study.store.code_many([row])
    study.store.review("tv-01", coder="kim")
    study.store.read("tv-01", coder="ann")
    return folder


def passed_on(group: Path, folder: Path) -> Path:
    """Return a new study into which the other one came through a file."""
    run("export", folder / "out.qdpx", "--study", group)
    theirs = new_study(folder / "theirs", as_of="2023-03-31")
    code, said = run("import", theirs, "--project", folder / "out.qdpx")
    assert code == 0, said
    assert "consent" not in said
    return theirs


def test_whoever_refused_to_be_quoted_is_not_quoted_in_a_study_that_got_the_project(
    group: Path, tmp_path: Path
) -> None:
    theirs = passed_on(group, tmp_path)
    open_study(theirs).store.review("tv-01", coder="kim")
    run("export", tmp_path / "tables", "--study", theirs, "--quotes")
    table = (tmp_path / "tables" / "codings.csv").read_text(encoding="utf-8-sig")
    assert "made me" in table
    assert "never trusted" not in table
    assert "no consent to quotation" in table
    rows = (theirs / "transcripts" / "consent.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [row.split(",")[:5] for row in rows] == [
        ["tv-01", "", "yes", "yes", "yes"],
        ["tv-01", "Lee", "yes", "no", "no"],
    ]


def test_roles_of_speakers_and_who_has_finished_come_over(group: Path, tmp_path: Path) -> None:
    study = open_study(passed_on(group, tmp_path))
    turns = study.store.turns()
    assert dict(zip(turns["speaker"], turns["role"], strict=True)) == {
        "INT": "interviewer", "Amy": "service_user", "Lee": "officer",
    }  # fmt: skip
    (row,) = study.store.documents()[["scheme", "role", "wave", "kind"]].astype(str).to_numpy().tolist()
    assert row == ["thames-valley", "service_user", "1", "focus_group"]
    assert study.store.read_by().to_numpy().tolist() == [["ann", "tv-01"]]
    again = run("import", study.path, "--project", tmp_path / "out.qdpx")
    assert again[0] == 0
    assert "finished" not in again[1]


def test_of_two_answers_the_stricter_holds_and_the_difference_is_told(group: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "out.qdpx", "--study", group)
    theirs = new_study(tmp_path / "theirs", as_of="2023-03-31")
    (theirs / "transcripts" / "tv-01.txt").write_text(GROUP, encoding="utf-8")
    shutil.copy(group / "transcripts" / "metadata.csv", theirs / "transcripts")
    path = theirs / "transcripts" / "consent.csv"
    path.write_text(
        "document,speaker,analysis,quotation,archive,withdrawn,note\n"
        "tv-01,Amy,yes,no,yes,,by letter\ntv-01,Lee,yes,yes,yes,,\n",
        encoding="utf-8",
    )
    code, said = run("import", theirs, "--project", tmp_path / "out.qdpx")
    assert code == 1
    assert "Lee, quotation: yes in consent.csv, no in the file" in " ".join(said.split())
    assert "Amy, quotation: no in consent.csv, yes in the file" in " ".join(said.split())
    rows = path.read_text(encoding="utf-8").splitlines()
    assert "tv-01,Amy,yes,no,yes,,by letter" in rows
    assert "tv-01,Lee,yes,no,no,," in rows


def test_a_refusal_follows_whoever_stands_under_a_pseudonym(group: Path, tmp_path: Path) -> None:
    study = open_study(group)
    study.register.add("Lee", "person", by="kim")
    study.register.save()
    study.take_in()
    study.store.review("tv-01", coder="kim")
    theirs = open_study(passed_on(group, tmp_path))
    turns = theirs.store.turns().drop_duplicates("person").set_index("role")
    assert "Lee" not in theirs.store.text("tv-01")
    assert turns.loc["officer", "speaker"] != "Lee"
    assert turns["quotation"].to_dict() == {"interviewer": True, "service_user": True, "officer": False}


def test_a_project_that_comes_back_finds_the_name_that_its_pseudonym_stands_for(group: Path, tmp_path: Path) -> None:
    study = open_study(group)
    study.register.add("Lee", "person", by="kim")
    study.register.save()
    study.take_in()
    study.store.review("tv-01", coder="kim")
    run("export", tmp_path / "out.qdpx", "--study", group)
    path = group / "transcripts" / "consent.csv"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("tv-01,Lee,yes,no,no,", "tv-01,Lee,yes,yes,yes,"), encoding="utf-8")
    code, _ = run("import", group, "--project", tmp_path / "out.qdpx")
    assert code == 1
    assert path.read_text(encoding="utf-8") == before


def test_words_of_nobody_in_particular_stay_as_strict_after_somebody_withdrew(group: Path, tmp_path: Path) -> None:
    with (group / "transcripts" / "tv-01.txt").open("a", encoding="utf-8") as stream:
        stream.write("All: We know.\n")
    path = group / "transcripts" / "consent.csv"
    path.write_text(
        "document,speaker,analysis,quotation,archive,withdrawn\ntv-01,,yes,yes,yes,\ntv-01,Lee,,,,2024-03-01\n",
        encoding="utf-8",
    )
    study = open_study(group)
    study.take_in()
    study.store.review("tv-01", coder="kim")
    run("export", tmp_path / "out.qdpx", "--study", group)
    theirs = new_study(tmp_path / "theirs", as_of="2023-03-31")
    run("import", theirs, "--project", tmp_path / "out.qdpx")
    said = (theirs / "transcripts" / "consent.csv").read_text(encoding="utf-8")
    assert "2024-03-01" in said
    assert "Lee" not in said
    columns = ["role", "quotation"]
    mine, other = (each.store.turns()[columns].to_numpy().tolist() for each in (study, open_study(theirs)))
    assert [row for row in mine if row[1] is False] == [row for row in other if row[1] is False] != []
