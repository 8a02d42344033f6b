"""What other programs write is read, and everything tolerated or left out is told."""

import re
from pathlib import Path

import pytest
from refi_files import (
    ANN,
    BOB,
    BOOK,
    INTERVIEW,
    RISK,
    TRUST,
    USERS,
    guid,
    inline_source,
    passage,
    project,
    qdpx,
    text_source,
    told,
)

from workbench.exchange.refi import Project, Value, as_guid, read_project

TALK = b"Ann said so. Bob did not."


def read(tmp_path: Path, xml: str, **files: bytes) -> Project:
    return read_project(
        qdpx(tmp_path / "a.qdpx", xml, {"sources/one.txt": TALK} | {f"sources/{n}": c for n, c in files.items()})
    )


def words(found: Project) -> list[str]:
    return [source.text[s.start : s.end] for source in found.sources for s in source.selections]


def test_a_whole_project_is_read_with_its_places_in_the_xml(tmp_path: Path) -> None:
    before = (
        USERS
        + BOOK
        + f"""<Variables><Variable guid="{guid(31)}" name="age" typeOfVariable="Integer"/></Variables>
    <Cases><Case guid="{guid(41)}" name="Ann"><CodeRef targetGUID="{RISK}"/><VariableValue>
    <VariableRef targetGUID="{guid(31)}"/>
    <IntegerValue> 41 </IntegerValue></VariableValue><SourceRef targetGUID="{INTERVIEW}"/>
    <SelectionRef targetGUID="{guid(101)}"/></Case></Cases>"""
    )
    inner = (
        passage(1, 0, 12, name="Ann said so.")
        + f"""<Coding guid="{guid(61)}"><CodeRef targetGUID="{RISK}"/></Coding>
    <NoteRef targetGUID="{guid(51)}"/>"""
    )
    after = f"""<Notes><Note guid="{guid(51)}" name="memo" creatingUser="{BOB}">
    <PlainTextContent>Odd.</PlainTextContent></Note></Notes>
    <Links><Link guid="{guid(71)}" direction="OneWay" originGUID="{TRUST}" targetGUID="{RISK}"
    color="#f00"/></Links>
    <Sets><Set guid="{guid(81)}" name="s"><MemberCode targetGUID="{TRUST}"/>
    <MemberNote targetGUID="{guid(51)}"/></Set></Sets>
    <NoteRef targetGUID="{guid(51)}"/>"""
    found = read(tmp_path, project(text_source(inner), before=before, after=after))
    assert [user.name for user in found.users] == ["Ann", "Bob"]
    assert found.cases[0].values == (Value(guid(31), "41"),)
    assert (found.cases[0].sources, found.cases[0].selections) == ((INTERVIEW,), (guid(101),))
    assert words(found) == ["Ann said so."]
    assert found.sources[0].selections[0].codings[0].user == ANN
    assert [coding.code for coding in found.sources[0].codings] == [RISK]
    assert found.notes[0].about == {"", INTERVIEW}
    assert [note.text for note in found.notes_about()[INTERVIEW]] == ["Odd."]
    assert (found.links[0].origin, found.links[0].colour) == (TRUST, "#FF0000")
    assert found.sets[0].notes == (guid(51),)
    assert re.fullmatch(r"a\.qdpx, line \d+: a coding has no user\. Say whose they are\.", told(found))


def test_a_coding_has_the_user_and_date_of_its_passage_where_it_has_none(tmp_path: Path) -> None:
    inner = f"""<PlainTextSelection guid="{guid(1)}" startPosition="0" endPosition="3"
    creatingUser="{BOB}" creationDateTime="2024-03-01T10:00:00+01:00">
    <Coding guid="{guid(2)}"><CodeRef targetGUID="{TRUST}"/></Coding>
    <Coding guid="{guid(3)}" creatingUser="{ANN}" creationDateTime="2024-03-02T10:00:00.5">
    <CodeRef targetGUID="{TRUST}"/></Coding>
    </PlainTextSelection>"""
    found = read(tmp_path, project(text_source(inner)))
    one, other = found.sources[0].selections[0].codings
    assert (one.user, one.at) == (BOB, "2024-03-01T09:00:00Z")
    assert (other.user, other.at) == (ANN, "2024-03-02T10:00:00.500000Z")
    assert "no time zone" in told(found)


def test_users_that_are_not_listed_stay_apart(tmp_path: Path) -> None:
    inner = passage(1, 0, 3, user=guid(7)) + passage(2, 4, 8, user=guid(8)) + passage(3, 4, 8, user="ann")
    found = read(tmp_path, project(text_source(inner), before=BOOK))
    assert [selection.codings[0].user for selection in found.sources[0].selections][:2] == [guid(7), guid(8)]
    assert [user.name for user in found.users] == ["", "", "ann"]
    assert "is not in its list of users" in told(found)


def test_guids_in_any_form_are_one(tmp_path: Path) -> None:
    ways = (f"{{{TRUST.lower()}}}", TRUST.lower(), f" {{{TRUST}}} ")
    found = read(tmp_path, project(text_source("".join(passage(n, 0, 3, code=way) for n, way in enumerate(ways)))))
    assert [selection.codings[0].code for selection in found.sources[0].selections] == [TRUST] * 3
    assert found.problems == ()


def test_guids_that_stand_twice_or_are_none_are_mended_the_same_each_time(tmp_path: Path) -> None:
    book = f"""<CodeBook><Codes><Code guid="{TRUST}" name="Trust" isCodable="true"/>
    <Code guid="{TRUST}" name="Other" isCodable="true"/>
    <Code guid="12" name="Bad" isCodable="true"/><Code name="None" isCodable="true"/>
    <Code name="None either"/></Codes></CodeBook>"""
    xml = project(text_source(passage(1, 0, 3, code="12") + passage(2, 0, 3)), before=USERS + book)
    found, again = read(tmp_path, xml), read(tmp_path, xml)
    guids = [code.guid for code in found.codes]
    assert guids[0] == TRUST and len(set(guids)) == 5 and all(as_guid(one) == one for one in guids)
    assert found == again
    assert [s.codings[0].code for s in found.sources[0].selections] == [guids[2], TRUST]
    assert "the second gets a new one" in told(found)
    assert "3 times a code has no valid GUID" in told(found)


def test_codes_of_one_name_under_two_parents_are_both_kept(tmp_path: Path) -> None:
    book = f"""<CodeBook><Codes><Code guid="{guid(1)}" name="Police" isCodable="false">
    <Code guid="{guid(2)}" name="Trust" isCodable="true"/></Code>
    <Code guid="{guid(3)}" name="Courts" isCodable="1" color="#abcdef80">
    <Code guid="{guid(4)}" name="Trust" color="no"/></Code></Codes></CodeBook>"""
    found = read(tmp_path, project(before=book))
    assert [(code.name, code.parent, code.codable, code.colour) for code in found.codes] == [
        ("Police", None, False, None),
        ("Trust", guid(1), True, None),
        ("Courts", None, True, "#ABCDEF"),
        ("Trust", guid(3), True, None),
    ]
    assert list(found.paths().values()) == ["Police", "Police / Trust", "Courts", "Courts / Trust"]
    assert "more than one code is named 'Trust'" in told(found)
    assert "is not a colour" in told(found)


@pytest.mark.parametrize(
    ("written", "colour"),
    [("#f00", "#FF0000"), ("6366f1", "#6366F1"), ("#FF6366F1", "#6366F1"), ("#6366F1FF", "#6366F1"), ("red", None)],
)
def test_colours_of_any_length_are_read(tmp_path: Path, written: str, colour: str | None) -> None:
    book = f'<CodeBook><Codes><Code guid="{TRUST}" name="Trust" color="{written}"/></Codes></CodeBook>'
    assert read(tmp_path, project(before=book)).codes[0].colour == colour


def test_references_to_nothing_are_told_and_left_out(tmp_path: Path) -> None:
    inner = (
        passage(1, 0, 3, code=guid(99))
        + f"""<PlainTextSelection guid="{guid(5)}" startPosition="0" endPosition="3">
        <Coding guid="{guid(6)}"/></PlainTextSelection>"""
    )
    after = f"""<Sets><Set guid="{guid(81)}" name="s"><MemberSource targetGUID="{guid(98)}"/></Set></Sets>
    <NoteRef targetGUID="{guid(97)}"/>
    <Links><Link guid="{guid(71)}" originGUID="{guid(96)}"/></Links>"""
    found = read(tmp_path, project(text_source(inner), after=after))
    assert [selection.codings for selection in found.sources[0].selections] == [(), ()]
    for part in (
        "refers to the code",
        "2 codings have no code",
        "refers to the source",
        "1 reference to the note",
        "joins what",
    ):
        assert part in told(found)


def test_annotations_as_notes_with_links_are_notes_about_the_passage(tmp_path: Path) -> None:
    after = f"""<Notes><Note guid="{guid(51)}" plainTextPath="internal://note.txt">
    <Description>on trust</Description></Note></Notes>
    <Links><Link guid="{guid(71)}" originGUID="{guid(101)}" targetGUID="{guid(51)}"/></Links>"""
    found = read(
        tmp_path, project(text_source(passage(1, 0, 3)), after=after), **{"note.txt": "\ufeffOdd.\r\nVery.".encode()}
    )
    assert [note.text for note in found.notes_about()[guid(101)]] == ["Odd.\nVery.\n\non trust"]


def test_values_that_are_not_of_their_type_make_it_text(tmp_path: Path) -> None:
    before = (
        BOOK
        + f"""<Variables><Variable guid="{guid(31)}" name="age" typeOfVariable="Integer"/>
    <Variable guid="{guid(32)}" name="x" typeOfVariable="Colour"/></Variables>
    <Cases><Case guid="{guid(41)}"><VariableValue><VariableRef targetGUID="{guid(31)}"/>
    <TextValue>about 40</TextValue></VariableValue>
    <VariableValue><VariableRef targetGUID="{guid(32)}"/></VariableValue></Case></Cases>"""
    )
    found = read(tmp_path, project(before=before))
    assert [variable.kind for variable in found.variables] == ["Text", "Text"]
    assert found.cases[0].values == (Value(guid(31), "about 40"),)
    assert "about 40" in told(found) and "'Colour'" in told(found)


def test_empty_lists_and_missing_ones_are_no_trouble(tmp_path: Path) -> None:
    xml = project(
        before="<Users/><CodeBook><Codes/></CodeBook><Variables/><Cases/><Sources/>",
        after="<Notes/><Links/><Sets/><Graphs/><Description/>",
    )
    found = read(tmp_path, xml)
    assert (found.users, found.codes, found.sources, found.problems) == ((), (), (), ())
    assert read(tmp_path, '<Project xmlns="urn:QDA-XML:project:1.0"/>').name == "a"


@pytest.mark.parametrize("date", ["yesterday", "2024-13-01T00:00:00", "0001-01-01T00:00:00+05:00"])
def test_dates_that_are_none_are_told_and_left_out(tmp_path: Path, date: str) -> None:
    found = read(tmp_path, project(attributes=f'creationDateTime="{date}"'))
    assert found.at == ""
    assert "is not a date" in told(found)


def test_the_same_thing_in_many_places_is_told_once_with_how_many(tmp_path: Path) -> None:
    inner = "".join(passage(n, 3, 3) for n in range(1200))
    found = read(tmp_path, project(inline_source("Ann said so.", inner)))
    assert str(found.problems[0]).endswith("1,200 passages have no length; left out.")
    assert len(found.problems) <= 2
