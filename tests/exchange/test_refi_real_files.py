"""Real files are read: what is in the XML is counted here by other means than the reader's."""

import re
import unicodedata
import zipfile
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from refi_projects import schema

from workbench.exchange.refi import Project, read_codebook_file, read_project, write_codebook_file, write_project

PROJECTS = ("ponte_blank-atlas-project.qdpx", "ponte_target-atlas-project.qdpx", "skyloom_TestProject.qdpx")
CODEBOOKS = (
    "doorstop_ISO29148_example.qdc",
    "doorstop_codebook-example-ISO29148.qdc",
    "doorstop_exported_6d60d20.qdc",
    "doorstop_exported_c7c68ca.qdc",
)


@pytest.fixture
def folder(real_data: Path) -> Path:
    return real_data / "refi-qda"


def how_many(xml: str, *tags: str) -> int:
    return sum(len(re.findall(rf"<{tag}[\s/>]", xml)) for tag in tags)


def xml_of(path: Path) -> str:
    with zipfile.ZipFile(path) as opened:
        return opened.read(next(name for name in opened.namelist() if name.lower().endswith(".qde"))).decode()


@pytest.mark.parametrize("name", PROJECTS)
def test_a_real_project_is_read_whole(folder: Path, name: str) -> None:
    xml, found = xml_of(folder / name), read_project(folder / name)
    assert len(found.codes) == how_many(xml, "Code")
    assert len(found.users) == how_many(xml, "User")
    assert sum(source.guid in xml for source in found.sources) == how_many(
        xml, "TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource"
    )
    assert (len(found.notes), len(found.sets), len(found.links)) == tuple(
        how_many(xml, tag) for tag in ("Note", "Set", "Link")
    )
    assert sum(code.colour is not None for code in found.codes) == len(re.findall(r"<Code [^>]*color=", xml))


def test_every_coding_of_the_sample_is_kept_by_its_words_or_told(folder: Path) -> None:
    path = folder / "skyloom_TestProject.qdpx"  # its texts are not in the file
    xml, found = xml_of(path), read_project(path)
    kept = sum(len(quoted.codes) for quoted in found.quoted)
    left = sum(
        int(number) for p in found.problems for number in re.findall(r"with (\d+) codings? (?:is not|has)", str(p))
    )
    doubled = sum(
        len(re.findall(rf'<\w+Selection[^>]*guid="{guid}"', xml)) == 2
        for guid in set(re.findall(r'<PDFSelection[^>]*guid="([^"]+)"', xml))
    )  # areas of a page that stand a second time in its text, each with one coding
    assert kept + left + doubled == how_many(xml, "Coding")
    plain = re.sub(r"\W", "", unicodedata.normalize("NFC", unescape(xml)))
    assert all(re.sub(r"\W", "", quoted.quote) in plain for quoted in found.quoted)


@pytest.mark.parametrize("name", CODEBOOKS)
def test_a_real_codebook_is_read_whole(folder: Path, name: str) -> None:
    xml, found = (folder / name).read_text("utf-8"), read_codebook_file(folder / name)
    assert len(found.codes) == how_many(xml, "Code")
    assert len(found.sets) == how_many(xml, "Set")
    described = sum(bool(item.description) for item in (*found.codes, *found.sets))
    elements = [element for element in ElementTree.fromstring(xml).iter() if element.tag.endswith(("}Code", "}Set"))]  # noqa: S314
    held = [element.get("description") or element.findtext("{*}Description") for element in elements]
    assert described == sum(bool(text) for text in held)


@pytest.mark.parametrize("name", PROJECTS + CODEBOOKS)
def test_what_is_read_can_be_written_and_is_valid(folder: Path, tmp_path: Path, name: str) -> None:
    from lxml import etree

    found: Project = read_codebook_file(folder / name) if name.endswith("qdc") else read_project(folder / name)
    write_project(found, tmp_path / "a.qdpx")
    again = read_project(tmp_path / "a.qdpx")
    assert (again.codes, again.sets, again.sources, again.notes) == (
        found.codes,
        found.sets,
        found.sources,
        found.notes,
    )
    xsd = schema("Project-mrt2019_ponte.xsd")
    xsd.assertValid(etree.fromstring(xml_of(tmp_path / "a.qdpx").encode()))
    if found.codes:
        write_codebook_file(found, tmp_path / "a.qdc")
        schema("Codebook-mrt2019_rpgauthier.xsd").assertValid(etree.parse(str(tmp_path / "a.qdc")))
