"""A project file is opened with care, whatever it really is."""

import struct
import zipfile
from pathlib import Path

import pytest
from refi_files import guid, passage, project, qdpx, text_source, told

from workbench.errors import InputError
from workbench.exchange.refi import package, read_codebook_file, read_project

ONE = {"sources/one.txt": b"Ann said so."}


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as error:
        read_project(path)
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\x00" * 100, "the file is empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "holds a web page"),
        ("\ufeff<HTML lang='en'>".encode(), "holds a web page"),
        (b"PK\x03\x04 and then nothing", "damaged, or not whole"),
        (b"\x89PNG\r\n\x1a\n", "neither a zip file nor XML"),
        (b"Ann said so.", "neither a zip file nor XML"),
        (b"<Project><Users>\n<User></Project>", "line 2 is not readable as XML"),
        (b"<Something/>", "its root is 'Something'"),
        (b"<CodeBook/>", "It is a codebook"),
        (b'<!DOCTYPE Project [<!ENTITY a "aaaa">]><Project name="&a;"/>', "declares a document type"),
        (
            '<?xml version="1.0"?><!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>'.encode("utf-16"),
            "declares a document type",
        ),
        (b'<Project name="&unknown;"/>', "not readable as XML"),
        (b"<Project>" * 300 + b"</Project>" * 300, "not readable as XML"),
    ],
)
def test_what_is_no_project_is_refused_with_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.qdpx"
    path.write_bytes(content)
    assert said in refusal(path)


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "missing.qdpx")
    assert "is a folder" in refusal(tmp_path)


def test_entities_cannot_reach_out_even_within_the_zip(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    entity = f'<!DOCTYPE Project [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    xml = f'{entity}<Project name="a"><Description>&x;</Description></Project>'
    assert "declares a document type" in refusal(qdpx(tmp_path / "a.qdpx", xml))


def test_no_path_leads_out_of_the_zip(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hidden words")
    inside = tmp_path / "inside"
    inside.mkdir()
    for path in (
        "internal://../secret.txt",
        "relative:///../secret.txt",
        "absolute://" + str(tmp_path / "secret.txt"),
        "/../secret.txt",
    ):
        found = read_project(
            qdpx(inside / "a.qdpx", project(text_source(path=path), attributes='basePath="/home/ann"'))
        )
        assert found.sources[0].text == ""
        assert "is not in the file" in told(found)
        assert "basePath" in told(found) and "/home/ann" not in told(found)
    found = read_project(qdpx(inside / "a.qdpx", project(text_source()), {"../../one.txt": b"Ann said so."}))
    assert found.sources[0].text == "Ann said so."
    assert "outside its folder" in told(found)
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a.qdpx", "inside", "secret.txt"], (
        "nothing is unpacked"
    )


def test_a_bomb_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "SMALL", 1_000_000)
    path = qdpx(tmp_path / "a.qdpx", project(text_source()), {"sources/one.txt": b"a" * 3_000_000})
    assert "which no project does" in refusal(path)
    monkeypatch.setattr(package, "DENSEST", 10**9)
    monkeypatch.setattr(package, "LARGEST", 2_000_000)
    assert "which no project does" in refusal(path)


def test_a_locked_zip_asks_for_one_without_a_password(tmp_path: Path) -> None:
    path = qdpx(tmp_path / "a.qdpx", project())
    raw = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(mark) + flags
        raw[at : at + 2] = struct.pack("<H", 1)
    path.write_bytes(raw)
    assert "locked with a password" in refusal(path)


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    path = qdpx(tmp_path / "a.qdpx", project(text_source()), ONE)
    raw = bytearray(path.read_bytes())
    at = raw.index(b"sources/one.txt") + len(b"sources/one.txt")
    raw[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(raw)
    assert "sources/one.txt cannot be unpacked" in refusal(path)


@pytest.mark.parametrize("inner", ["Project.qde", "PROJECT.QDE", "Scheme.qde", "folder/project.qde"])
def test_the_project_is_found_under_other_names(tmp_path: Path, inner: str) -> None:
    found = read_project(qdpx(tmp_path / "a.qdpx", project(text_source()), ONE, inner=inner))
    assert found.sources[0].text == "Ann said so."
    assert repr(inner) in told(found)


def test_the_one_at_the_root_is_read_of_several_projects(tmp_path: Path) -> None:
    path = qdpx(tmp_path / "a.qdpx", project(), {"__MACOSX/._project.qde": b"x", "old/project.qde": b"<Project/>"})
    found = read_project(path)
    assert found.name == "Scheme"
    assert "holds 2 projects" in told(found)


def test_a_zip_without_a_project_says_what_it_holds(tmp_path: Path) -> None:
    path = qdpx(tmp_path / "a.qdpx", b"x", inner="word/document.xml")
    assert "holds no project.qde, only 1 file (.xml)" in refusal(path)


@pytest.mark.parametrize(
    ("path", "file", "said"),
    [
        ("internal://one.txt", "Sources/One.TXT", ""),
        ("one.txt", "sources/one.txt", "do not begin with internal://"),
        ("sources/one.txt", "sources/one.txt", "does not begin with internal://"),
        ("internal://sources\\one.txt", "sources/one.txt", ""),
        ("relative:///deep/one.txt", "sources/one.txt", "outside the file (relative://)"),
        ("absolute:///C:/x/one.txt", "one.txt", "outside the file (absolute://)"),
    ],
)
def test_a_text_is_found_however_its_path_is_written(tmp_path: Path, path: str, file: str, said: str) -> None:
    found = read_project(qdpx(tmp_path / "a.qdpx", project(text_source(path=path)), {file: b"Ann said so."}))
    assert found.sources[0].text == "Ann said so."
    assert said.replace("do not", "does not") in told(found)


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    files = {"sources/one.txt": b"Ann said so.", "Sources/ONE.txt": b"Bob did."}
    found = read_project(qdpx(tmp_path / "a.qdpx", project(text_source()), files))
    assert found.sources[0].text == "Ann said so."
    assert "two files named 'one.txt'" in told(found)


def test_the_xml_alone_is_read_with_the_folder_beside_it(tmp_path: Path) -> None:
    (tmp_path / "project.qde").write_text(project(text_source(passage(1, 0, 3))))
    assert read_project(tmp_path / "project.qde").sources[0].text == ""
    (tmp_path / "Sources").mkdir()
    (tmp_path / "Sources" / "one.txt").write_text("Ann said so.")
    assert read_project(tmp_path / "project.qde").sources[0].text == "Ann said so."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "declared", ["", '<?xml version="1.0" encoding="utf-16"?>\n', "<?xml version='1.0' encoding='UTF-8'?>\n"]
)
def test_the_xml_may_be_in_any_unicode_whatever_it_declares(tmp_path: Path, encoding: str, declared: str) -> None:
    xml = declared + project(attributes='x="é😀"', after="<Description>é😀</Description>")
    found = read_project(qdpx(tmp_path / "a.qdpx", xml.encode(encoding)))
    assert found.description == "é😀"


def test_an_older_encoding_is_read_and_told(tmp_path: Path) -> None:
    xml = '<?xml version="1.0" encoding="iso-8859-1"?>' + project(after="<Description>café</Description>")
    found = read_project(qdpx(tmp_path / "a.qdpx", xml.encode("latin-1")))
    assert found.description == "café"
    assert "iso-8859-1" in told(found)
    unknown = xml.replace("iso-8859-1", "x-none").encode("latin-1")
    assert "declares the encoding 'x-none'" in refusal(qdpx(tmp_path / "b.qdpx", unknown))


def test_control_signs_in_the_xml_are_replaced_one_for_one(tmp_path: Path) -> None:
    xml = project(after="<Description>a\x0bb&#x0;c&#11;&#10;</Description>")
    found = read_project(qdpx(tmp_path / "a.qdpx", xml))
    assert found.description == "a\ufffdb\ufffdc\ufffd\n"
    assert "3 control signs" in told(found)


def test_a_text_that_is_not_utf_8_is_read_and_told(tmp_path: Path) -> None:
    found = read_project(
        qdpx(tmp_path / "a.qdpx", project(text_source()), {"sources/one.txt": "café".encode("cp1252")})
    )
    assert found.sources[0].text == "café"
    assert "Windows-1252" in told(found)


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:project:0:4", "urn:QDA-XML:project:1:0", "urn:other", None])
def test_any_namespace_is_read_and_told(tmp_path: Path, namespace: str | None) -> None:
    found = read_project(qdpx(tmp_path / "a.qdpx", project(text_source(), namespace=namespace), ONE))
    assert [code.name for code in found.codes] == ["Trust", "Risk"]
    assert "namespace" in told(found)


def test_a_codebook_is_no_zip(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Import it as a project"):
        read_codebook_file(qdpx(tmp_path / "a.qdc", project()))


def test_a_zip_with_odd_names_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.qdpx"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("project.qde", project(text_source(name=guid(1))))
        opened.writestr("sources/", b"")
    assert read_project(path).sources[0].name == guid(1)
