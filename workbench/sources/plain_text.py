"""Plain text and Markdown: one line of the file, one `Line`."""

import re
from pathlib import Path

from workbench.sources.decoding import SOFT_BREAK, decode
from workbench.sources.line import Line, Reading

_BOLD_LEAD = re.compile(r"^\s*(\*\*|__)(?P<lead>.+?)\1(?P<rest>.*)$")
_HEADING = re.compile(r"^(#{1,6}\s|>)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~-])")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)([^*]*?\S)\1(?![\w*])|(?<!\w)(_{1,3})(?=[^\s_])([^_]*?[^\s_])\3(?!\w)"
)


def read_plain(path: Path) -> Reading:
    """Read a `.txt` file, one `Line` a line; a form feed or another soft break parts a line in two of one number."""
    decoded = decode(path.read_bytes(), path.name)
    lines = [
        Line(text=piece.strip(), number=number)
        for number, row in enumerate(decoded.text.split("\n"), 1)
        for piece in row.split(SOFT_BREAK)
        if piece.strip()
    ]
    return Reading(lines=lines, unit="line", encoding=decoded.encoding, doubts=decoded.doubts)


def read_markdown(path: Path) -> Reading:
    """Read a `.md` file.

    Headings, quotation banners and a head between two `---` are asides,
    leading bold is kept as a possible speaker; asterisks and underscores of
    emphasis, backslashes that escape a sign, and rules across the page are
    mark-up, not words.
    """
    decoded = decode(path.read_bytes(), path.name)
    rows = decoded.text.replace(SOFT_BREAK, " ").split("\n")
    head = _head(rows)
    lines = []
    for number, row in enumerate(rows, 1):
        if not row.strip() or set(row.strip()) <= {"-", "*", "_"}:
            continue
        if number <= head or _HEADING.match(row):
            text = row if number <= head else row.lstrip("#> ")
            lines.append(Line(text=_unmarked(text.strip()) or row.strip(), number=number, aside="heading"))
            continue
        bold = _BOLD_LEAD.match(row)
        if bold:
            lead = _unmarked(bold["lead"].strip())
            rest = _unmarked(bold["rest"])
            lines.append(Line(text=f"{lead}{rest}".strip(), number=number, lead=lead))
        else:
            lines.append(Line(text=_unmarked(row.strip()), number=number))
    return Reading(lines=lines, unit="line", encoding=decoded.encoding, doubts=decoded.doubts)


def _head(rows: list[str]) -> int:
    """Return how many rows a head of `key: value` between two `---` takes; 0 where there is none."""
    if rows[0].strip() != "---":
        return 0
    end = next((place for place, row in enumerate(rows[1:40], 2) if row.strip() in ("---", "...")), 0)
    return end if end > 2 and all(re.match(r"[\w-]+:|\s|-|$", row) for row in rows[1 : end - 1]) else 0


def _unmarked(text: str) -> str:
    """Take emphasis and escapes out, and keep escaped signs as they are."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return "\x00"

    text = _ESCAPED.sub(keep, text)
    text = _EMPHASIS.sub(lambda found: found[2] or found[4], text)
    return re.sub("\x00", lambda _: kept.pop(0), text)
