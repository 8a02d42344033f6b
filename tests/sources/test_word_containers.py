"""Word files that are locked, broken, huge or hostile are told, and nothing is ever unpacked to disk."""

import contextlib
import os
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from word_files import part, said, write_word

from workbench.errors import InputError
from workbench.sources import zip_container
from workbench.sources.open_document import read_open_document
from workbench.sources.word import read_word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _told(path: Path) -> str:
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(InputError) as caught:
        (read_open_document if path.suffix == ".odt" else read_word)(path)
    assert sorted(path.parent.rglob("*")) == before
    assert str(caught.value).startswith(f"{path.name}: ")
    return str(caught.value)


def _zipped(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, raw in parts.items():
            container.writestr(name.replace("__", "/").replace("_xml", ".xml"), raw)
    return path


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("EncryptedPackage", "is encrypted with a password"),
        ("WordDocument", "is an old .doc"),
        ("", "is encrypted, or an old .doc"),
    ],
)
def test_encrypted_files_and_old_ones_are_told_apart_by_what_they_hold(tmp_path: Path, name: str, told: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(OLE + name.encode("utf-16-le") + bytes(99))
    assert told in _told(path)


def test_an_encrypted_open_document_is_told(tmp_path: Path) -> None:
    path = _zipped(
        tmp_path / "a.odt", content_xml=b"\x8f\x01", **{"META-INF__manifest_xml": b"<m><encryption-data/></m>"}
    )
    assert "is encrypted with a password" in _told(path)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({}, "holds no text document"),
        ({"word__other_xml": b"<a/>"}, "holds no text document"),
        ({"word__document_xml": b"<w:document>"}, "word/document.xml: "),
        ({"word__document_xml": b"<a/>"}, "holds no text document"),
        ({"word__document_xml": b""}, "word/document.xml: "),
    ],
)
def test_a_container_without_a_whole_document_is_told(tmp_path: Path, parts: dict[str, bytes], told: str) -> None:
    assert told in _told(_zipped(tmp_path / "a.docx", **parts))


def test_a_file_that_is_no_container_or_was_cut_short_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"not a zip")
    assert "cannot be read as a Word file" in _told(path)
    whole = write_word(tmp_path / "b.docx", said("INT: Hello.") * 200).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "cannot be read as a Word file" in _told(path)


def test_bytes_damaged_within_a_part_are_told(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", "".join(said(f"INT: {at * at}") for at in range(500)))
    raw = bytearray(path.read_bytes())
    at = raw.find(b"word/document.xml") + 400
    raw[at : at + 40] = bytes(40)
    path.write_bytes(raw)
    assert "cannot be read as a Word file" in _told(path)


def test_a_bomb_is_refused_by_its_size_and_by_how_densely_it_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_container, "LARGEST", 3_000_000)
    monkeypatch.setattr(zip_container, "SMALL", 1_000_000)
    assert "unpacks to 4,000,000 bytes" in _told(
        _zipped(tmp_path / "large.docx", word__document_xml=os.urandom(4_000_000))
    )
    assert "unpacks to 2,000,000 bytes" in _told(_zipped(tmp_path / "dense.docx", word__document_xml=b" " * 2_000_000))
    several = {f"header{at}": part("hdr", "<!--" + os.urandom(600_000).hex() + "-->") for at in range(3)}
    assert "which no transcript does" in _told(write_word(tmp_path / "many.docx", said("INT: Go on."), **several))


def test_a_container_that_lies_about_sizes_is_told(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "a.docx", word__document_xml=part("document", "<w:body/>").encode() + b" " * 50_000)
    raw = bytearray(path.read_bytes())
    directory = raw.find(b"PK\x01\x02")
    struct.pack_into("<I", raw, directory + 24, 900)
    path.write_bytes(raw)
    assert "cannot be read as a Word file (Bad CRC-32" in _told(path)


def test_a_bomb_within_a_container_is_never_opened(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", said("INT: Hello."))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr("word/embeddings/bomb.zip", bytes(5_000_000))
        container.writestr("../../escaped.xml", "<a/>")
    reading = read_word(path)
    assert [line.text for line in reading.lines] == ["INT: Hello."]
    assert reading.doubts == ["holds 1 embedded file; words in it were not read"]
    assert sorted(item.name for item in tmp_path.parent.rglob("*escaped*")) == []


def test_entities_are_refused_and_nothing_is_fetched(tmp_path: Path) -> None:
    declared = '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    xml = part("document", f"<w:body>{said('&a;&x;')}</w:body>").replace("?>", f"?>{declared}", 1)
    assert "declares entities" in _told(_zipped(tmp_path / "a.docx", word__document_xml=xml.encode()))


def test_two_parts_of_one_name_are_told_and_neither_is_chosen(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", said("INT: Hello."))
    with zipfile.ZipFile(path, "a") as container, pytest.warns(UserWarning, match="Duplicate name"):
        container.writestr("word/document.xml", part("document", "<w:body/>"))
    assert "two parts of one name" in _told(path)


def test_a_part_locked_with_a_password_is_told(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", said("INT: Hello."))
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 4)
    path.write_bytes(raw)
    assert "is locked with a password" in _told(path)


@seed(3)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_no_damaged_byte_makes_more_than_a_told_error(tmp_path: Path, hits: list[tuple[int, int]]) -> None:
    path = write_word(tmp_path / "a.docx", said("INT: Hello.") + said("P1: Yes."), styles=part("styles", ""))
    raw = bytearray(path.read_bytes())
    for at, value in hits:
        raw[at % len(raw)] = value
    path.write_bytes(raw)
    with warnings.catch_warnings(), contextlib.suppress(InputError):
        warnings.simplefilter("ignore")  # zipfile's own, of odd names
        assert read_word(path).unit == "paragraph"


def test_two_hundred_megabytes_of_pictures_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_word(tmp_path / "a.docx", said("INT: Hello."))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as container:
        for at in range(4):
            container.writestr(f"word/media/image{at}.bmp", bytes(50_000_000))
    assert [line.text for line in read_word(path).lines] == ["INT: Hello."]
