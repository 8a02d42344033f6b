"""What is written is valid by the standard, the same each time, and read again as it was."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from refi_files import ANN, BOB, INTERVIEW, TRUST, guid, told
from refi_projects import projects, schema

from workbench.errors import InputError
from workbench.exchange.refi import (
    Case,
    Link,
    Note,
    Project,
    Quoted,
    RefiCode,
    RefiCoding,
    Selection,
    Set,
    Source,
    User,
    Value,
    Variable,
    read_codebook_file,
    read_project,
    write_codebook_file,
    write_project,
)

SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
EASY = settings(deadline=None, max_examples=60, suppress_health_check=SLOW)


def valid(name: str, raw: bytes) -> bool:
    from lxml import etree

    xsd = schema(name)
    if xsd is None:
        pytest.skip("the standard's schema is not here")
    return bool(xsd.validate(etree.fromstring(raw))) or not print(xsd.error_log)


@EASY
@given(projects())
def test_a_project_that_is_written_is_read_as_it_was(tmp_path: Path, project: Project) -> None:
    path = tmp_path / "out.qdpx"
    assert write_project(project, path) == []
    found = read_project(path)
    assert found == project
    assert [
        problem
        for problem in found.problems
        if "more than one code is named" not in problem.what
        and "not carried" not in problem.what
        and "has no user" not in problem.what
        and "have no user" not in problem.what
    ] == []


@EASY
@given(projects())
def test_a_written_project_is_valid_by_the_schema_and_the_same_each_time(tmp_path: Path, project: Project) -> None:
    one, other = tmp_path / "one.qdpx", tmp_path / "other.qdpx"
    write_project(project, one)
    write_project(project, other)
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as opened:
        texts = {f"sources/{source.guid}.txt": source.text for source in project.texts()}
        assert opened.namelist() == ["project.qde", *texts]
        assert {name: opened.read(name).decode() for name in texts} == texts
        assert valid("Project-mrt2019_ponte.xsd", opened.read("project.qde"))


@EASY
@given(projects())
def test_a_codebook_is_valid_by_the_schema_and_read_as_it_was(tmp_path: Path, project: Project) -> None:
    path = tmp_path / "out.qdc"
    path.unlink(missing_ok=True)
    if not project.codes:
        with pytest.raises(InputError, match="no codes"):
            write_codebook_file(project, path)
        assert not path.exists()
        return
    write_codebook_file(project, path)
    found = read_codebook_file(path)
    assert found.codes == project.codes
    kept = [replace(group, sources=(), notes=()) for group in project.sets if group.codes or not group.sources]
    assert list(found.sets) == kept
    assert valid("Codebook-mrt2019_rpgauthier.xsd", path.read_bytes())


def coded(text: str, start: int, end: int, **more: str) -> Project:
    coding = RefiCoding(guid=guid(90), code=TRUST, user=ANN)
    selection = Selection(guid=guid(80), start=start, end=end, user=ANN, codings=(coding,), **more)  # type: ignore[arg-type]
    return Project(
        name="Scheme",
        users=(User(guid=ANN, name="Ann"),),
        codes=(RefiCode(guid=TRUST, name="Trust"),),
        sources=(Source(guid=INTERVIEW, name="one", text=text, selections=(selection,)),),
    )


def test_a_text_in_another_form_is_written_in_the_normal_one_with_its_passages(tmp_path: Path) -> None:
    text = "\ufeffAme\u0301lie\r\nsaid 😀 so"
    problems = write_project(coded(text, text.index("said"), text.index(" so")), tmp_path / "a.qdpx")
    (source,) = read_project(tmp_path / "a.qdpx").sources
    assert source.text == "Amélie\nsaid 😀 so"
    assert source.text[source.selections[0].start : source.selections[0].end] == "said 😀"
    assert "passages moved along" in str(problems[0])


def test_signs_that_xml_cannot_hold_are_replaced_and_told_but_stay_in_texts(tmp_path: Path) -> None:
    project = coded("a\x0bb", 0, 3, description="see \x0c here")
    problems = write_project(project, tmp_path / "a.qdpx")
    (source,) = read_project(tmp_path / "a.qdpx").sources
    assert source.text == "a\x0bb"
    assert source.selections[0].description == "see \ufffd here"
    assert "XML cannot hold" in " ".join(map(str, problems))


def test_a_passage_is_named_by_its_words_so_that_any_program_can_prove_its_place(tmp_path: Path) -> None:
    write_project(coded("I was told\nnothing " * 20, 0, 300), tmp_path / "a.qdpx")
    with zipfile.ZipFile(tmp_path / "a.qdpx") as opened:
        xml = opened.read("project.qde").decode()
    assert 'name="I was told nothing I was told nothing' in xml
    assert 'plainTextPath="internal://' in xml
    assert xml.count(f'creatingUser="{ANN}"') == 2


def test_passages_without_a_position_are_told_when_they_cannot_be_written(tmp_path: Path) -> None:
    project = Project(name="Scheme", quoted=(Quoted(document="one", quote="said so"),))
    assert "1 passage without a position" in str(write_project(project, tmp_path / "a.qdpx")[0])


def test_everything_that_keeps_a_project_from_being_written_is_told_at_once(tmp_path: Path) -> None:
    good = coded("said so", 0, 4)
    broken = replace(
        good,
        user=BOB,
        at="yesterday",
        codes=(
            *good.codes,
            RefiCode(guid=guid(7), name="", parent=guid(8), colour="red"),
            RefiCode(guid="{7}", name="x"),
        ),
        sources=(
            *good.sources,
            replace(good.sources[0], kind="pdf"),
            Source(
                guid=guid(3),
                name="two",
                text="ab",
                selections=(Selection(guid=guid(4), start=1, end=9),),
                values=(Value(guid(70), "x"),),
            ),
        ),
        variables=(Variable(guid=guid(71), name="age", kind="Integer"),),
        cases=(
            Case(guid=guid(5), name="c", sources=(guid(6),), values=(Value(guid(71), "old"), Value(guid(71), "1"))),
        ),
        notes=(Note(guid=guid(9), about=frozenset({guid(99)})),),
        links=(Link(guid=guid(10), origin="here", direction="Up"),),  # type: ignore[arg-type]
        sets=(Set(guid=guid(12), name="s", notes=(guid(98),)),),
    )
    path = tmp_path / "a.qdpx"
    with pytest.raises(InputError) as error:
        write_project(broken, path)
    said = str(error.value)
    for part in (
        "has no name",
        "is not #RRGGBB",
        "is not a GUID",
        "two sources have this GUID",
        "two codings",
        "1 to 9 of 2",
        "has a text",
        "refers to the variable",
        "two values",
        "not of type Integer",
        "refers to the source",
        "cannot bear a note",
        "direction is 'Up'",
        "refers to the note",
        "yesterday",
        "the user",
        "is not there",
    ):
        assert part in said, part
    assert not path.exists()


def test_an_older_file_stays_whole_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.qdpx"
    write_project(coded("said so", 0, 4), path)
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no space"):
        write_project(coded("said more", 0, 4), path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.qdpx"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        write_project(coded("said so", 0, 4), tmp_path / "missing" / "a.qdpx")


def test_our_own_file_is_never_guessed_at(tmp_path: Path) -> None:
    project = coded("😀 a bc", 3, 4, name="bc")
    write_project(project, tmp_path / "a.qdpx")
    found = read_project(tmp_path / "a.qdpx")
    assert (found.sources[0].selections[0].start, found.sources[0].selections[0].end) == (3, 4)
    assert "positions" not in told(found)
