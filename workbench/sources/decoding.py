"""Bytes of whatever encoding become text, and what was uncertain in that is told."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.errors import InputError, Problem

SOFT_BREAK = "\u2028"
"""Stands for breaks that editors do not count as lines: form feed, vertical tab, U+0085, U+2028, U+2029."""
LOOKS_BINARY = 0.02
"""Share of control signs above which bytes are not text."""
MIXED = 0.1
"""Share of signs beyond ASCII that are UTF-8, from which a file is UTF-8 with foreign stretches; chance gives fewer."""
SAMPLE = 1_000_000
"""Bytes by which Windows-1252 and Mac Roman are told apart."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_HIGH = re.compile(
    rb"(?P<known>[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})|[\x80-\xff]"
)
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TYPED = re.compile(r"(?<=\w)’|(?<=\S)”|(?<!\w)[“‘](?=\w)|…|[–—•]|(?<![A-Z])[éèêëçàâîôûüñöä]")
_TWICE = re.compile(r"[ÂÃâð][^\x00-\x7f]{1,3}")


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A file's text.

    Parameters
    ----------
    text : str
        NFC, lines parted by line feeds, other breaks as `SOFT_BREAK`, blanks of every width as plain ones, invisible
        and control signs left out.
    encoding : str
        How its bytes were read.
    doubts : Sequence[str]
        What a person should look at, with its lines.
    """

    text: str
    encoding: str
    doubts: Sequence[str] = ()


def decode(raw: bytes, place: str) -> Decoded:
    """Turn bytes into text.

    Tries the byte order mark, then the zero bytes that UTF-16 has in Western
    text, then UTF-8. What is none of these is Windows-1252, or Mac Roman
    where its quotes and dashes make more sense so; where UTF-8 and single
    bytes are mixed, the UTF-8 stays and the rest is read as Windows-1252.

    Parameters
    ----------
    raw : bytes
        The file.
    place : str
        Its name, for messages.

    Raises
    ------
    InputError
        If the bytes are not text.
    """
    text, encoding, doubts = _to_text(raw, place)
    text = re.sub(r"\r{0,2}\n|\r", "\n", text)
    text = re.sub("[\x0b\x0c\x85\u2028\u2029]", SOFT_BREAK, text.replace("\n\x0c", "\n"))
    if len(_CONTROL.findall(text)) > max(2, LOOKS_BINARY * len(text)):
        raise InputError(
            Problem(place=place, what="is not text: it is full of control signs", remedy="Check what it is")
        )
    doubts = [*doubts, *_suspicious(text)]
    return Decoded(text=tidy(text), encoding=encoding, doubts=doubts)


def tidy(text: str) -> str:
    r"""Return text in NFC, with plain blanks, without signs that nobody sees; line feeds, tabs and `SOFT_BREAK` stay.

    Examples
    --------
    >>> tidy("every\u00adone\u00a0said")
    'everyone said'
    """
    if text.isascii() and text.isprintable():
        return text
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFC", re.sub(r"[^\S\n\t\u2028]", " ", text))


def _to_text(raw: bytes, place: str) -> tuple[str, str, list[str]]:
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), "") or _unmarked_utf16(raw)
    if not marked and b"\x00" in raw:
        raise InputError(Problem(place=place, what="holds zero bytes, so it is not text", remedy="Check its ending"))
    if marked.startswith(("utf-16", "utf-32")):
        text = raw.decode(marked, errors="replace")
        return text, marked, []
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8"), marked or "utf-8", []
    except UnicodeDecodeError:
        return _single_bytes(body)


def _unmarked_utf16(raw: bytes) -> str:
    """Tell UTF-16 without a mark: in Western text every other byte is zero, and hardly any between."""
    head = raw[:4096]
    even, odd, half = head[::2].count(0), head[1::2].count(0), max(1, len(head) // 2)
    if odd > 0.3 * half and even < 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * half and odd < 0.02 * half else ""


def _single_bytes(raw: bytes) -> tuple[str, str, list[str]]:
    """Read what is not UTF-8, or not throughout."""
    mixed, lines = _mixed(raw)
    if lines:
        return mixed, "utf-8 and cp1252", [f"{_places(lines)}: not UTF-8 as the rest is; read as Windows-1252"]
    sample = raw[:SAMPLE]
    if len(_TYPED.findall(sample.decode("mac_roman"))) > 2 * len(_TYPED.findall(_windows(sample))):
        return raw.decode("mac_roman"), "mac_roman", ["read as Mac Roman; check quotes, dashes and accents"]
    return _windows(raw), "cp1252", []


def _mixed(raw: bytes) -> tuple[str, list[int]]:
    """Return the text with its foreign stretches as Windows-1252, and their lines; none when it is not UTF-8 at all."""
    pieces: list[str] = []
    lines: list[int] = []
    at, line = 0, 1
    known = sum(found.lastgroup == "known" for found in _HIGH.finditer(raw))
    if known < MIXED * len(_HIGH.findall(raw)):
        return "", []
    for found in _HIGH.finditer(raw):
        line += raw.count(b"\n", at, found.start())
        pieces.append(raw[at : found.start()].decode("ascii"))
        if found.lastgroup == "known":
            pieces.append(found[0].decode("utf-8", errors="replace"))
        else:
            pieces.append(_windows(found[0]))
            lines.append(line)
        at = found.end()
    pieces.append(raw[at:].decode("ascii"))
    return "".join(pieces), lines


def _windows(raw: bytes) -> str:
    """Windows-1252, with its five undefined bytes as the control signs that browsers make of them."""
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in raw) if _undefined(raw) \
        else raw.decode("cp1252")  # fmt: skip


def _undefined(raw: bytes) -> bool:
    return any(byte in raw for byte in b"\x81\x8d\x8f\x90\x9d")


def _suspicious(text: str) -> list[str]:
    """Name the lines with signs that were lost, left out, or decoded twice."""
    lost, controls, twice, shown = [], [], [], ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii() and line.isprintable():
            continue
        if "\ufffd" in line:
            lost.append(number)
        if _CONTROL.search(line.replace("\t", "")):
            controls.append(number)
        again = next((run for run in _TWICE.findall(line) if _decoded_twice(run)), "")
        if again:
            twice.append(number)
            shown = shown or again
    found = [(lost, "'\ufffd' stands where a sign was lost"), (controls, "control signs are left out")]
    found += [(twice, f"{shown!r} looks like text that was decoded twice; correct it in the file")]
    return [f"{_places(lines)}: {what}" for lines, what in found if lines]


def _decoded_twice(run: str) -> bool:
    """Tell whether signs such as `â€™` or `Ã©` are the bytes of one sign."""
    for length in range(2, len(run) + 1):
        raw = b"".join(sign.encode("cp1252", errors="ignore") or sign.encode("latin-1", "ignore") for sign in run)
        try:
            raw[:length].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False


def _places(lines: Sequence[int], shown: int = 10) -> str:
    """Return `line 4`, or `lines 4, 9 and 31`."""
    numbers = [str(number) for number in dict.fromkeys(lines)]
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    if len(numbers) > shown:
        return f"lines {', '.join(numbers[:shown])} and {len(numbers) - shown} more"
    return f"lines {', '.join(numbers[:-1])} and {numbers[-1]}"
