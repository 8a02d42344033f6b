"""Files that are not what they are called, too large, empty or damaged: told with a remedy, or read with a doubt."""

import io
import json
import zipfile
from pathlib import Path

import pytest
import typst
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.sources import ENDINGS, read_transcript, transcript
from workbench.sources.content import NAMES, REMEDIES, look

TALK = "INT: So?\nP01: Well.\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Sam>So?</v>\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nSo?\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _word() -> bytes:
    document = Document()
    document.add_paragraph("INT: So?")
    document.add_paragraph("P01: Well.")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _zip(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as container:
        for name in names:
            container.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "holds", "unit"),
    [
        ("a.txt", VTT.encode(), "subtitles", "cue"),
        ("a.txt", SRT.encode("utf-16"), "subtitles", "cue"),
        ("a.txt", b'{"segments": [{"text": "So?"}]}', "JSON", "cue"),
        ("a.md", SRT.encode("utf-16-le"), "subtitles", "cue"),
        ("a.vtt", TALK.encode(), "plain text", "line"),
        ("a.txt", _word(), "a Word file", "paragraph"),
        ("a.doc", _word(), "a Word file", "paragraph"),
        ("a.pdf", _word(), "a Word file", "paragraph"),
        ("a.txt", rb"{\rtf1\ansi INT: So?\par P01: Well.\par}", "rich text", "paragraph"),
        ("a.doc", rb"{\rtf1\ansi INT: So?\par P01: Well.\par}", "rich text", "paragraph"),
        ("a.docx", rb"{\rtf1\ansi INT: So?\par P01: Well.\par}", "rich text", "paragraph"),
        ("a.docx", VTT.encode(), "subtitles", "cue"),
    ],
)
def test_a_wrong_ending_is_read_as_what_it_holds_with_a_doubt(
    tmp_path: Path, name: str, content: bytes, holds: str, unit: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    reading = read_transcript(path)
    assert reading.doubts[0] == f"is called {path.suffix} but holds {holds}; read as that"
    assert reading.unit == unit
    assert next(line.text for line in reading.lines if not line.aside).endswith("So?")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "a.txt",
            b"<!DOCTYPE html><html><body>INT: So?</body></html>",
            "holds a web page, not a transcript. Open it in",
        ),
        ("a.md", b"<!-- made by x -->\n<html><body>", "holds a web page"),
        ("a.txt", b"ID3\x03\x00\x00\x00\x00\x00\x00", "holds a sound or video recording, not a transcript. Keep"),
        ("a.docx", b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00", "holds a sound or video recording"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n\x00\x00", "holds a picture, not a transcript. A picture of a page"),
        ("a.docx", _zip("xl/workbook.xml"), "holds a spreadsheet, not a transcript. Save the talk"),
        ("a.docx", _zip("Index/Document.iwa"), "holds an Apple Pages file"),
        ("a.txt", _zip("a.txt", "b.txt"), "holds an archive, not a transcript. Unpack it"),
        ("a.txt", b'<?xml version="1.0"?><tt/>', "holds XML, not a transcript. Export the transcript again"),
        ("a.doc", OLE, "holds an old .doc, or an encrypted Office file, not a transcript. Open it in Word"),
        ("a.txt", OLE, "an encrypted Office file"),
        ("a.txt", b"text\x00with zero bytes", "holds zero bytes"),
        ("a.txt", bytes(range(1, 32)) * 10, "is full of control signs"),
        ("a.pdf", b"INT: So?", "cannot be read as a PDF"),
        ("a.pdf", b"%PDF-1.7 and nothing more", "cannot be read as a PDF"),
        ("a.json", b"INT: So?", "is not JSON"),
        ("a.docx", b"INT: So?", "cannot be read as a Word file"),
        ("a.docx", OLE, "encrypted"),
        ("a.docx", _word()[:900], "cannot be read as a Word file"),
        (
            "a.html",
            b"<html>",
            "Known: .docx, .json, .lrc, .md, .odt, .pdf, .rtf, .srt, .text, .tsv, .txt, .vtt. It holds a",
        ),
        ("a.transcript", TALK.encode(), "It holds plain text: call it a.txt, or move it elsewhere"),
        ("a.bak", VTT.encode(), "It holds subtitles: call it a.vtt"),
        ("a", _word(), "has no ending"),
        ("a.mp3", b"ID3\x03", "Keep recordings elsewhere"),
        ("a.wav", b"", "the ending '.wav' is not one of a transcript"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_it_is(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_transcript(path)
    assert told in str(caught.value)
    assert str(caught.value).startswith(name)


def test_a_file_called_text_is_read_as_plain_text(tmp_path: Path) -> None:
    (tmp_path / "a.text").write_text(TALK, encoding="utf-8")
    assert [line.text for line in read_transcript(tmp_path / "a.text").lines] == TALK.splitlines()


def test_a_huge_text_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.write(TALK.encode())
        stream.truncate(200_000_000)  # sparse: takes no room on the disc
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("was read into memory"))
    with pytest.raises(InputError, match=r"a\.txt: has 200,000,000 bytes; .* at most 100,000,000 are read\. Check"):
        read_transcript(path)


def test_a_text_under_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript, "LARGEST", len(TALK))
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    assert len(read_transcript(tmp_path / "a.txt").lines) == 2


def test_every_kind_of_content_is_either_read_or_has_a_remedy() -> None:
    assert set(NAMES) == set(transcript._BY_CONTENT) | set(REMEDIES)
    assert ".docx" in ENDINGS


@pytest.mark.parametrize(
    "text",
    ["[Recording begins]\nINT: So?", "{laughs} So?", "<laughs> So?", "5 --> 6 is not a time\n", "[00:01:02] INT: So?"],
)
def test_talk_that_begins_with_a_bracket_is_plain_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert look(tmp_path / "a.txt") == "text"


KEYS = ["segments", "entries", "text", "speaker", "start", "results", "items"]
KEYS += ["alternatives", "content", "elements", "nBest", "utterances"]
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
PIECES = st.lists(
    st.sampled_from(
        ["WEBVTT", "\n", "\n\n", "1", "00:01.000 --> 00:02.000", "0:0:-1.-5 --> 0:0:3.2", "<v Sam>", "</v>", "so",
         "NOTE x", "- ", ">> ", "{", '{"spokenText": 1}', "<c>", "&amp;", "[00:01.00]", "\t", "start\ttext",
         "[ar:x]", "**", "---\n", "12 ", "\\[", "🚒", "\u2028"]
    ),
    max_size=25,
)  # fmt: skip


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=PIECES.map("".join), ending=st.sampled_from([".txt", ".md", ".vtt", ".srt", ".lrc", ".tsv", ".json"]))
def test_any_text_under_any_ending_is_read_or_told(tmp_path: Path, content: str, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_text(content, encoding="utf-8")
    try:
        reading = read_transcript(path)
    except InputError as told:
        assert path.name in str(told)
    else:
        assert all(line.text and line.number >= 1 for line in reading.lines)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=JSON)
def test_any_json_is_read_or_told(tmp_path: Path, content: object) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    try:
        reading = read_transcript(path)
    except InputError as told:
        assert path.name in str(told)
    else:
        assert all(line.text for line in reading.lines)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), cut=st.integers(0, 4000))
def test_a_damaged_pdf_is_read_or_told(tmp_path: Path, data: st.DataObject, cut: int) -> None:
    source = b"#set page(width: 8cm, height: 5cm)\nINT: So?\n\nP1: Well."
    whole = bytearray(typst.compile(source))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        whole[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(whole[: len(whole) - cut]) or b"%PDF")
    try:
        reading = read_transcript(path)
    except InputError as told:
        assert path.name in str(told)
    else:
        assert reading.lines
