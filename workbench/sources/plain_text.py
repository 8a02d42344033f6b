"""Plain text and Markdown: bytes of whatever encoding become lines."""

import re
import unicodedata
from pathlib import Path

from workbench.errors import InputError, Problem
from workbench.sources.line import Line, Reading

_BOLD_LEAD = re.compile(r"^\s*(\*\*|__)(?P<lead>.+?)\1(?P<rest>.*)$")


def decode(raw: bytes, place: str) -> tuple[str, str]:
    """Turn bytes into text with line feeds, NFC.

    Tries the byte order mark, then UTF-8, then Windows-1252, in which the
    transcription firms' older files are written.

    Parameters
    ----------
    raw : bytes
        The file.
    place : str
        Its name, for messages.

    Returns
    -------
    tuple of (str, str)
        The text and the encoding it was in.

    Raises
    ------
    InputError
        If the bytes are not text.
    """
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    candidates = [name for mark, name in marks if raw.startswith(mark)] or ["utf-8", "cp1252"]
    if b"\x00" in raw and candidates[0] != "utf-16":
        raise InputError(Problem(place=place, what="holds zero bytes, so it is not text", remedy="Check its ending"))
    for encoding in candidates:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")), encoding
    raise InputError(
        Problem(place=place, what=f"is not readable as {' or '.join(candidates)}", remedy="Save it as UTF-8")
    )


def read_plain(path: Path) -> Reading:
    """Read a `.txt` file, one `Line` a line."""
    text, encoding = decode(path.read_bytes(), path.name)
    lines = [Line(text=line.strip(), number=number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return Reading(lines=lines, unit="line", encoding=encoding)


def read_markdown(path: Path) -> Reading:
    """Read a `.md` file: headings and quotation banners are asides, leading bold is kept as a possible speaker."""
    text, encoding = decode(path.read_bytes(), path.name)
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or set(line.strip()) <= {"-", "*", "_"}:
            continue
        if line.startswith(("#", ">")):
            lines.append(Line(text=line.lstrip("#> ").strip() or line.strip(), number=number, aside="heading"))
            continue
        bold = _BOLD_LEAD.match(line)
        if bold:
            lead = bold["lead"].strip()
            lines.append(Line(text=f"{lead}{bold['rest']}".strip(), number=number, lead=lead))
        else:
            lines.append(Line(text=line.strip(), number=number))
    return Reading(lines=lines, unit="line", encoding=encoding)
