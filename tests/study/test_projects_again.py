"""A project that comes again: onto codes that changed here, and without the words of who withdrew."""

import zipfile
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from workbench.cli.program import app
from workbench.errors import WorkbenchError
from workbench.exchange.refi.model import Link, Note, Project, RefiCode, RefiCoding, Selection, Source, User
from workbench.exchange.refi.write_project import write_project
from workbench.study import Study, new_study, open_study
from workbench.study.projects import project_of, take_in_project

TALK = "Interviewer: How was it?\n\nSarah: It made me think twice walrus.\n\nBob: I was there too, and saw all of it.\n"
AT = "2024-03-01T10:00:00Z"


def guid() -> str:
    return str(uuid4()).upper()


ANN = User(guid=guid(), name="Ann")
TRUST, FEAR = RefiCode(guid=guid(), name="Trust"), RefiCode(guid=guid(), name="Fear")


def selection(words: str, code: RefiCode, memo: str = "") -> Selection:
    start = TALK.index(words)
    coding = RefiCoding(guid=guid(), code=code.guid, user=ANN.guid, at=AT)
    return Selection(
        guid=guid(), start=start, end=start + len(words), at=AT, user=ANN.guid, description=memo, codings=(coding,)
    )


def project(*selections: Selection, links: tuple[Link, ...] = (), notes: tuple[Note, ...] = ()) -> Project:
    source = Source(guid=SOURCE, name="one.txt", text=TALK, selections=selections)
    return Project(name="P", users=(ANN,), codes=(TRUST, FEAR), sources=(source,), links=links, notes=notes)


SOURCE = guid()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")


def taken(folder: Path, given: Project) -> tuple[int, int, int]:
    path = folder.parent / f"{guid()}.qdpx"
    write_project(given, path)
    study = open_study(folder)
    told = take_in_project(study, path, by="kim")
    study.store.close()
    return len(told.codes_new), told.codings_new, told.codings_known


def run(*words: str) -> None:
    done = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output


def coded(folder: Path) -> dict[str, str]:
    codings = open_study(folder).store.codings()
    return dict(zip(codings["quote"], codings["code"], strict=True))


def test_a_project_that_comes_again_lands_on_the_codes_as_they_are_called_and_joined_here(study: Path) -> None:
    first = (selection("made me", TRUST), selection("think", FEAR))
    assert taken(study, project(*first))[:2] == (2, 2)
    run("codes", "rename", "Trust", "Confidence", "--study", str(study), "--by", "kim")
    run("codes", "merge", "Fear", "--into", "Confidence", "--study", str(study), "--by", "kim")
    assert coded(study) == {"made me": "Confidence", "think": "Confidence"}
    again = project(*first, selection("I was there", TRUST), selection("all of it", FEAR))
    assert taken(study, again) == (0, 2, 2)
    assert coded(study) == dict.fromkeys(["made me", "think", "I was there", "all of it"], "Confidence")


def test_the_same_project_twice_adds_nothing(study: Path) -> None:
    given = project(selection("made me", TRUST), selection("think", FEAR))
    taken(study, given)
    assert taken(study, given) == (0, 0, 2)


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def given_out(study: Study, path: Path) -> bytes:
    write_project(project_of(study).project, path)
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_what_was_noted_on_words_that_were_withdrawn_is_erased_with_them(study: Path) -> None:
    mine, other = selection("made me think twice walrus", TRUST, "memo zebra"), selection("I was there", TRUST, "kept")
    link = Link(guid=guid(), name="l", direction="OneWay", origin=mine.guid, target=TRUST.guid)
    notes = (Note(guid=guid(), name="n", text="note on link lemur", user=ANN.guid, about=frozenset([link.guid])),)
    taken(study, project(mine, other, links=(link,), notes=notes))
    assert b"lemur" in everything(study / "store")
    folder = study / "transcripts"
    consent = "document,speaker,analysis,quotation,archive,withdrawn,note\none,Sarah,no,no,no,2024-05-01,\n"
    (folder / "consent.csv").write_text(consent, encoding="utf-8")
    speakers = "document,speakers\none,Interviewer=interviewer; Sarah=service_user; Bob=service_user\n"
    (folder / "metadata.csv").write_text(speakers, encoding="utf-8")
    opened = open_study(study)
    opened.take_in()
    opened.store.review("one", coder="kim")
    out = given_out(opened, study.parent / "out.qdpx")
    assert opened.store.codings()["quote"].tolist() == ["I was there"]
    opened.store.close()
    kept = everything(study / "store") + out
    assert [word for word in (b"walrus", b"zebra", b"lemur") if word in kept] == []
    assert b"kept" in kept


def test_an_archive_that_is_made_again_has_the_same_guids_and_another_study_has_its_own(
    study: Path, tmp_path: Path
) -> None:
    def made(folder: Path, name: str) -> Project:
        opened = open_study(folder)
        opened.store.review("one", coder="kim")
        out = project_of(opened).project
        opened.store.close()
        return out

    given = project(selection("made me", TRUST))
    taken(study, given)
    first, again = made(study, "a"), made(study, "b")
    assert [source.guid for source in first.sources] == [source.guid for source in again.sources]
    assert {code.guid for code in first.codes} == {code.guid for code in again.codes}
    other = new_study(tmp_path / "other", title="Other", as_of="2023-03-31")
    taken(other, replace(given, sources=(replace(given.sources[0], guid=guid()),)))
    assert made(other, "c").sources[0].guid != first.sources[0].guid


def test_a_project_of_nothing_is_told_and_leaves_the_store_as_it_was(study: Path) -> None:
    (study.parent / "no.qdpx").write_bytes(b"not a zip")
    before = open_study(study).store.fingerprint()
    with pytest.raises(WorkbenchError, match=r"no\.qdpx"):
        take_in_project(open_study(study), study.parent / "no.qdpx", by="kim")
    assert open_study(study).store.fingerprint() == before
