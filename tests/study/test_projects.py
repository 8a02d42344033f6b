"""What NVivo, ATLAS.ti and the like made comes into a study, and nothing of it is dropped in silence."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest

from workbench.coding.exchanged import erase_carried
from workbench.errors import InputError
from workbench.exchange.refi.model import (
    Case,
    Link,
    Note,
    Project,
    RefiCode,
    RefiCoding,
    Selection,
    Set,
    Source,
    User,
    Value,
    Variable,
)
from workbench.exchange.refi.write_project import write_codebook_file, write_project
from workbench.study import Study, new_study, open_study
from workbench.study.projects import TakenProject, project_of, take_in_project

SARAH = "Interviewer: How was it? 😀\n\nSarah: It made me think twice. Mr Patel was kind.\nSarah: I don't trust them.\n"
AT = "2024-03-01T10:00:00Z"


def guid() -> str:
    return str(uuid4()).upper()


def passage(words: str, *given: tuple[RefiCode, User], text: str = SARAH, **more: Any) -> Selection:
    start = text.index(words)
    codings = tuple(RefiCoding(guid=guid(), code=code.guid, user=user.guid, at=AT) for code, user in given)
    return Selection(guid=guid(), start=start, end=start + len(words), at=AT, codings=codings, **more)


@pytest.fixture
def project() -> Project:
    ann, ben, other = User(guid=guid(), name="Ann"), User(guid=guid(), name="Ben"), User(guid=guid(), name="Ann")
    folder = RefiCode(guid=guid(), name="Experience", codable=False)
    staff = RefiCode(guid=guid(), name="Trust", parent=folder.guid, colour="#00AA00",
                     description="In staff.\nWhen not to use: friends")  # fmt: skip
    police, moment = RefiCode(guid=guid(), name="Trust"), RefiCode(guid=guid(), name="Teachable moment")
    both = passage("made me think twice", (moment, ann), (moment, ben), user=ann.guid)
    source = Source(
        guid=guid(), name="Interview 1: Sarah.docx", text=SARAH, description="In the library.",
        selections=(both, passage("I don't trust them", (police, ben), user=ben.guid, description="Strong words."),
                    passage("Mr Patel", (staff, other), user=other.guid), passage("How was it", user=ann.guid)),
        codings=(RefiCoding(guid=guid(), code=staff.guid, user=ann.guid, at=AT),),
    )  # fmt: skip
    role, scheme = Variable(guid=guid(), name="Role"), Variable(guid=guid(), name="Scheme")
    age = Variable(guid=guid(), name="Age", kind="Integer")
    values = (Value(role.guid, "Service user"), Value(scheme.guid, "durham checkpoint"), Value(age.guid, "34"))
    notes = (
        Note(guid=guid(), text="I hear relief.", user=ben.guid, about=frozenset([both.codings[1].guid])),
        Note(guid=guid(), name="On trust", text="Staff only.", about=frozenset([staff.guid])),
    )
    return Project(
        name="Diversion", users=(ann, ben, other), codes=(folder, staff, police, moment), sources=(source,),
        variables=(role, scheme, age), cases=(Case(guid=guid(), name="Sarah", sources=(source.guid,), values=values),),
        notes=notes, sets=(Set(guid=guid(), name="Key", codes=(staff.guid,), sources=(source.guid,)),),
        links=(Link(guid=guid(), name="leads to", direction="OneWay", origin=staff.guid, target=police.guid),),
    )  # fmt: skip


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return open_study(new_study(tmp_path / "mine", as_of="2023-03-31"))


def taken(study: Study, project: Project, name: str = "in.qdpx") -> TakenProject:
    write_project(project, study.path.parent / name)
    return take_in_project(study, study.path.parent / name, by="kim")


def held(study: Study) -> set[tuple[str, str, str]]:
    return {(row.coder, row.code, row.quote) for row in study.store.codings().itertuples()}


def reminted(project: Project) -> Project:
    """Return the project as ATLAS.ti exports it the next time: with other GUIDs throughout."""
    import re

    text = repr(project)
    for old in set(re.findall(r"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}", text)):
        text = text.replace(old, guid())
    return eval(text)  # noqa: S307


def test_words_codes_and_coders_come_in_and_stay_on_their_words(study: Study, project: Project) -> None:
    found = taken(study, project)
    assert held(study) == {
        ("Ann", "M09", "made me think twice"), ("Ben", "M09", "made me think twice"),
        ("Ben", "Trust", "I don't trust them"), ("Ann (2)", "Experience.Trust", "Mr Patel"),
    }  # fmt: skip
    assert (found.codings, found.codings_new, found.codings_known) == (4, 4, 0)
    assert found.texts_new == ("Interview 1- Sarah",)
    assert "Mr Patel" in (study.path / "transcripts" / "Interview 1- Sarah.txt").read_text(encoding="utf-8")
    memos = {(row.coder, row.code): row.memo for row in study.store.codings().itertuples()}
    assert memos["Ben", "M09"] == "I hear relief."
    assert memos["Ben", "Trust"] == "Strong words."
    assert set(study.store.codings()["at"]) == {"2024-03-01T10:00:00.000Z"}


def test_new_codes_join_the_codebook_whose_text_stays_as_it_was(study: Study, project: Project) -> None:
    before = (study.path / "codebooks" / "codebook.yaml").read_text(encoding="utf-8")
    found = taken(study, project)
    after = (study.path / "codebooks" / "codebook.yaml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert found.codes_new == ("Experience", "Experience.Trust", "Trust")
    code = open_study(study.path).codebook.codes["Experience.Trust"]
    assert (code.parent, code.colour, code.definition, code.exclude) == (
        "Experience",
        "#00AA00",
        "In staff.",
        "friends",
    )


def test_what_a_variable_says_of_scheme_and_role_describes_the_transcript(study: Study, project: Project) -> None:
    found = taken(study, project)
    assert found.described == ("Interview 1- Sarah",)
    (row,) = study.store.documents().to_dict(orient="records")
    assert (row["scheme"], row["role"]) == ("durham", "service_user")


def test_the_same_file_again_changes_nothing_at_all(study: Study, project: Project) -> None:
    taken(study, project)
    files = {path: path.read_bytes() for path in study.path.rglob("*") if path.is_file() and "store" not in path.parts}
    acts, carried = len(study.store.acts()), study.store.carried()
    again = taken(open_study(study.path), project)
    assert (again.codings_new, again.texts_new, again.codes_new, again.doubtful) == (0, (), (), ())
    assert len(study.store.acts()) == acts
    assert study.store.carried().equals(carried)
    assert {path: path.read_bytes() for path in files} == files


def test_a_newer_export_brings_only_what_is_new_also_where_every_guid_is_another(
    study: Study, project: Project
) -> None:
    taken(study, project)
    carried = len(study.store.carried())
    source, code = project.sources[0], project.codes[2]
    more = replace(source, selections=(*source.selections, passage("was kind", (code, project.users[1]))))
    newer = reminted(replace(project, sources=(more,)))
    found = taken(open_study(study.path), newer, "newer.qdpx")
    assert (found.codings_new, found.codings_known, found.texts_new, found.codes_new) == (1, 4, (), ())
    assert len(held(study)) == 5
    assert len(study.store.carried()) == carried


def test_what_has_no_place_here_is_counted_and_given_back_with_its_guid(study: Study, project: Project) -> None:
    found = taken(study, project)
    assert {kind: number for kind, number in found.carried.items() if number} == {
        "case": 1, "variable": 3, "set": 1, "link": 1, "note": 1, "folder of codes": 1, "passage without a code": 1,
        "coding of a whole document": 1,
    }  # fmt: skip
    study.store.review("Interview 1- Sarah", coder="kim")
    back = project_of(open_study(study.path)).project
    assert {user.guid for user in back.users} == {user.guid for user in project.users}
    assert {code.guid: code.codable for code in back.codes}.items() >= {
        code.guid: code.codable for code in project.codes
    }.items()
    (source,) = back.sources
    assert (source.guid, source.codings, source.description) == (
        project.sources[0].guid, project.sources[0].codings, "In the library.",
    )  # fmt: skip
    guids = {one.guid: {coding.guid for coding in one.codings} for one in project.sources[0].selections}
    assert {one.guid: {coding.guid for coding in one.codings} for one in source.selections} == guids
    assert back.links == project.links
    assert back.sets == project.sets
    assert project.cases[0] in back.cases
    assert project.notes[1] in back.notes


def test_codings_stay_on_their_words_where_the_register_replaces_names(study: Study, project: Project) -> None:
    study.register.add("Sarah", "person", by="kim")
    study.register.add("Patel", "person", by="kim")
    study.register.save()
    taken(study, project)
    quotes = {quote for _, _, quote in held(study)}
    assert {"made me think twice", "I don't trust them"} <= quotes
    (masked,) = quotes - {"made me think twice", "I don't trust them"}
    assert masked.startswith("Mr [Person")
    assert "Sarah" not in study.store.text("Interview 1- Sarah")
    assert "Sarah" not in str([row["content"]["data"]["name"] for row in study.store.carried().to_dict("records")
                               if row["kind"] == "case"])  # fmt: skip


def test_a_name_that_the_register_learns_later_goes_out_of_what_is_carried(study: Study, project: Project) -> None:
    taken(study, project)
    study.register.add("Sarah", "person", by="kim")
    assert study.store.mask_carried(study.register.replaced) >= 1
    assert "'Sarah'" not in str(study.store.carried()["content"].tolist())
    assert study.store.mask_carried(study.register.replaced) == 0


def test_another_talk_of_the_same_name_stays_out_and_a_person_is_told(study: Study, project: Project) -> None:
    (study.path / "transcripts" / "Interview 1- Sarah.txt").write_text("INT: Hello?\nP1: Bye.\n", encoding="utf-8")
    found = taken(open_study(study.path), project)
    assert found.texts_new == ()
    assert study.store.codings().empty
    assert any("another text called Interview 1- Sarah" in str(one) for one in found.doubtful)
    assert "Bye" in (study.path / "transcripts" / "Interview 1- Sarah.txt").read_text(encoding="utf-8")


def test_a_withdrawn_transcript_does_not_come_back_with_a_newer_export(study: Study, project: Project) -> None:
    taken(study, project)
    study.store.withdraw("Interview 1- Sarah", coder="kim", why="asked")
    (study.path / "transcripts" / "Interview 1- Sarah.txt").unlink()
    found = taken(open_study(study.path), project)
    assert any("was withdrawn" in str(one) for one in found.doubtful)
    assert not (study.path / "transcripts" / "Interview 1- Sarah.txt").exists()
    with study.store._database.writing() as connection:
        erase_carried(connection, "Interview 1- Sarah")
    assert "Sarah" not in str(study.store.carried()["content"].tolist())
    assert any("1 case about documents that stay out" in str(one) for one in found.doubtful)


def test_nothing_is_written_when_the_file_or_the_codebook_cannot_be_read(study: Study, project: Project) -> None:
    broken = study.path.parent / "broken.qdpx"
    broken.write_bytes(b"<html>no zip</html>")
    before = sorted(study.path.rglob("*"))
    with pytest.raises(InputError):
        take_in_project(study, broken)
    (study.path / "codebooks" / "codebook.yaml").write_text("title: x\n", encoding="utf-8")
    with pytest.raises(InputError):
        taken(open_study(study.path), project)
    assert sorted(path for path in study.path.rglob("*") if "store" not in path.parts) == [
        path for path in before if "store" not in path.parts
    ]


def test_an_import_that_stopped_in_the_middle_is_ended_by_doing_it_again(
    study: Study, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.coding import Store

    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "bring_in", stop)
        with pytest.raises(KeyboardInterrupt):
            taken(study, project)
    assert study.store.codings().empty
    found = taken(open_study(study.path), project)
    assert (found.codings_new, found.texts_new, found.codes_new) == (4, (), ())
    assert [path.name for path in (study.path / "transcripts").glob(".*")] == []


def test_a_codebook_file_alone_brings_its_codes_once(study: Study, project: Project) -> None:
    write_codebook_file(project, study.path.parent / "codes.qdc")
    found = take_in_project(study, study.path.parent / "codes.qdc")
    assert found.codes_new == ("Experience", "Experience.Trust", "Trust")
    assert take_in_project(open_study(study.path), study.path.parent / "codes.qdc").codes_new == ()


@pytest.mark.parametrize("name", ["ponte_target-atlas-project.qdpx", "ponte_blank-atlas-project.qdpx"])
def test_real_projects_bring_as_many_codes_and_users_as_their_xml_has(study: Study, real_data: Path, name: str) -> None:
    path = real_data / "refi-qda" / name
    with zipfile.ZipFile(path) as container:
        tree = ElementTree.fromstring(container.read("project.qde"))  # noqa: S314
    tags = [element.tag.rpartition("}")[2] for element in tree.iter()]
    found = take_in_project(study, path)
    assert found.codes == tags.count("Code") == len(found.codes_new)
    assert len(found.coders) == tags.count("User")
    assert found.codings == tags.count("Coding") == 0
    assert set(found.codes_new) <= set(open_study(study.path).codebook.codes)


@pytest.mark.parametrize("name", ["doorstop_ISO29148_example.qdc", "doorstop_exported_6d60d20.qdc"])
def test_real_codebooks_come_in_whole(study: Study, real_data: Path, name: str) -> None:
    path = real_data / "refi-qda" / name
    tree = ElementTree.fromstring(path.read_bytes())  # noqa: S314
    number = sum(element.tag.rpartition("}")[2] == "Code" for element in tree.iter())
    found = take_in_project(study, path)
    assert found.codes == number == len(found.codes_new)
