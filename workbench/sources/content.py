"""What a file holds by its bytes, whatever it is called."""

import re
import zipfile
from pathlib import Path

from workbench.sources.subtitles import TIMES

HEAD = 8192
"""Bytes that are looked at."""
NAMES = {
    "docx": "a Word file", "odt": "an OpenDocument text", "rtf": "rich text", "pdf": "a PDF", "subtitles": "subtitles",
    "json": "JSON", "text": "plain text", "web page": "a web page", "xml": "XML", "sheet": "a spreadsheet",
    "slides": "a presentation", "pages": "an Apple Pages file", "archive": "an archive", "picture": "a picture",
    "recording": "a sound or video recording", "old office": "an old .doc, or an encrypted Office file",
    "binary": "no text",
}  # fmt: skip
"""What `look` returns, in words."""
REMEDIES = {
    "web page": "Open it in a browser, copy the talk into Word, and save it as .docx",
    "xml": "Export the transcript again as .vtt, .srt, .docx or .txt",
    "sheet": "Save the talk as .docx or .txt; tables of codes or records belong elsewhere",
    "slides": "Save the talk as .docx or .txt",
    "pages": "Open it in Pages and export it as Word (.docx)",
    "archive": "Unpack it, and put the transcripts beside each other",
    "picture": "A picture of a page has no text: read it with OCR, or ask for the typed file",
    "recording": "Keep recordings elsewhere; put its transcript here",
    "old office": "Open it in Word and save it as .docx without a password",
    "binary": "Check what it is, and export it again",
}
"""What to do about what is not read."""
_STARTS = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"), (b"ID3", "recording"), (b"\xff\xfb", "recording"), (b"\xff\xf3", "recording"),
    (b"OggS", "recording"), (b"fLaC", "recording"), (b"\x1aE\xdf\xa3", "recording"), (b"#!AMR", "recording"),
    (b"0&\xb2u\x8ef\xcf\x11", "recording"), (b"\x1f\x8b", "archive"), (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
)  # fmt: skip
_WEB = re.compile(r"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(r"^\s*<\?xml\b")
_JSON = re.compile(r'^\s*(?:\{\s*["}]|\[\s*[{\]])')


def look(path: Path) -> str:
    """Return what a file holds: one of `NAMES`.

    Reads the first bytes only, and the list of contents of a zip container.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _zip(path)
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "recording"
    if head.startswith(b"RIFF"):
        return "picture" if head[8:12] == b"WEBP" else "recording"
    found = next((kind for start, kind in _STARTS if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(start)), "")
    return found or _text(head)


def _zip(path: Path) -> str:
    """Tell the zip containers apart; a broken one is what its name says, or an archive."""
    try:
        with zipfile.ZipFile(path) as container:
            names = set(container.namelist())
            kind = container.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return "docx" if path.suffix.lower() == ".docx" else "odt" if path.suffix.lower() == ".odt" else "archive"
    if b"opendocument" in kind:
        return "odt" if b".text" in kind else "sheet" if b"spreadsheet" in kind else "slides"
    if any(name.endswith(".iwa") for name in names):
        return "pages"
    starts = (("word/", "docx"), ("xl/", "sheet"), ("ppt/", "slides"))
    return next((kind for start, kind in starts if any(name.startswith(start) for name in names)), "archive")


def _text(head: bytes) -> str:
    """Tell kinds of text apart by how they begin."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[1:200:2].count(0) > 30 or head[:200:2].count(0) > 30
    if b"\x00" in head and not wide:
        return "binary"
    text = head.replace(b"\x00", b"").decode("latin-1").removeprefix("ÿþ").removeprefix("þÿ").removeprefix("ï»¿")
    if text.startswith("WEBVTT") or any(TIMES.match(row) for row in text.splitlines()[:60]):
        return "subtitles"
    if _WEB.match(text):
        return "web page"
    if text.startswith("{\\rtf"):
        return "rtf"
    return "xml" if _XML.match(text) else "json" if _JSON.match(text) else "text"
