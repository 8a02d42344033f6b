"""Codebooks of other programs, and the boundaries of a code in one description."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refi_files import guid, told

from workbench.errors import InputError
from workbench.exchange.refi import describe, parts_of, read_codebook_file
from workbench.exchange.refi.description import LABELS

PIECES = [
    "Include",
    "Include:",
    "example :",
    " ",
    "\n",
    "x",
    "Near miss:",
    "When to use:",
    "é",
    "\t",
    "\n\n",
    " Id:",
    "ıd:",
]
PARTS = st.dictionaries(st.sampled_from(sorted(LABELS)), st.lists(st.sampled_from(PIECES)).map("".join))


@settings(deadline=None, max_examples=300)
@given(PARTS)
def test_what_is_said_of_a_code_is_taken_apart_as_it_was(parts: dict[str, str]) -> None:
    said = {part: text.strip() for part, text in parts.items() if text.strip()}
    assert parts_of(describe(parts)) == said


def test_a_description_reads_well() -> None:
    said = describe(
        {
            "exclude": "Courts.",
            "definition": "Trust in the police.",
            "include": "Named officers.\nStations.",
            "example": "",
        }
    )
    assert said == "Trust in the police.\n\nInclude: Named officers.\nStations.\nExclude: Courts."


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("", {}),
        ("Just a memo: of somebody.", {"definition": "Just a memo: of somebody."}),
        (
            "Definition: Trust.\nINCLUSION CRITERIA: a\nexamples: b\nExample: c",
            {"definition": "Trust.", "include": "a", "example": "b\nc"},
        ),
        ("We include: all.", {"definition": "We include: all."}),
    ],
)
def test_labels_that_people_write_are_known(written: str, parts: dict[str, str]) -> None:
    assert parts_of(written) == parts


@pytest.mark.parametrize(
    "namespace", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0", ""]
)
def test_a_codebook_of_any_namespace_is_read(tmp_path: Path, namespace: str) -> None:
    spaced = f' xmlns="{namespace}"' if namespace else ""
    path = tmp_path / "a.qdc"
    path.write_text(f"""<?xml version="1.0"?><CodeBook{spaced} origin="Other"><Codes>
    <Code guid="{guid(1)}" name="Trust" isCodable="true">
    <Description>In the police.</Description>
    <Code guid="{guid(2)}" name="Officers" isCodable="true"/></Code></Codes>
    <Sets><Set guid="{guid(3)}" name="s"><MemberCode guid="{guid(2)}"/></Set></Sets></CodeBook>""")
    found = read_codebook_file(path)
    assert [(code.name, code.parent, code.description) for code in found.codes] == [
        ("Trust", None, "In the police."),
        ("Officers", guid(1), ""),
    ]
    assert found.sets[0].codes == (guid(2),)
    assert ("namespace" in told(found)) is (namespace != "urn:QDA-XML:codebook:1.0")


def test_descriptions_as_attributes_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.qdc"
    path.write_text(
        f"""<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
        <Code guid="{guid(1)}" name="Trust" isCodable="true" description="Police."/></Codes></CodeBook>"""
    )
    found = read_codebook_file(path)
    assert found.codes[0].description == "Police."
    assert "is an attribute" in told(found)


def test_a_codebook_without_codes_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.qdc"
    path.write_text('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>')
    assert "holds no codes" in told(read_codebook_file(path))


def test_a_project_named_as_a_codebook_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.qdc"
    path.write_text("<Project/>")
    with pytest.raises(InputError, match="It is a project"):
        read_codebook_file(path)
