"""Markdown that pandoc and Quarto read alike: escaped text, tables, blocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$@\"'])")
_MOST = 48
_LEAST = 7


def escape(text: object) -> str:
    """Return text that Markdown shows as it is, on one line."""
    flat = " ".join(str(text).split())
    # An escaped quotation mark stays straight: nothing people said is restyled.
    return _SPECIAL.sub(r"\\\1", flat).replace("...", r"\.\.\.").replace("--", r"\-\-")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table as people see it.

    Parameters
    ----------
    heading : str
        In words, with the unit where there is one.
    cells : Sequence[str]
        Written out, not yet escaped.
    align : str
        `left` or `right`; numbers stand right.
    """

    heading: str
    cells: Sequence[str]
    align: str = "left"


def table(columns: Sequence[Column], caption: str) -> str:
    """Return a pipe table with a caption; its first column heads the rows.

    Pipe tables are the one kind that HTML, Word and Typst all show well. Each
    row is one line, so a long table stays readable as text.
    """
    heads = [escape(column.heading) for column in columns]
    rows = [[escape(cell) for cell in row] for row in zip(*(column.cells for column in columns), strict=True)]
    widths = [_width(column) for column in columns]
    marks = [
        f"{'-' * width}:" if column.align == "right" else f":{'-' * width}"
        for column, width in zip(columns, widths, strict=True)
    ]
    lines = [_line(heads), _line(marks), *(_line(row) for row in rows)]
    return "\n".join(lines) + f"\n\n: {escape(caption)}\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _width(column: Column) -> int:
    """Return dashes for a column: pandoc makes them its share of the page when the text is long."""
    words = max((len(word) for word in column.heading.split()), default=0)
    lengths = sorted(len(cell) for cell in column.cells) or [0]
    typical = lengths[int(0.9 * (len(lengths) - 1))]
    return max(_LEAST, words, min(_MOST, typical))


def block(kind: str, *content: str, **attributes: str) -> str:
    """Return a fenced div of a class with its content."""
    extra = "".join(f' {name}="{value}"' for name, value in attributes.items())
    inside = "\n\n".join(part.strip() for part in content if part.strip())
    return f"::: {{.{kind}{extra}}}\n{inside}\n:::\n"


def bullets(sentences: Sequence[str]) -> str:
    """Return sentences as a list; a single one as a paragraph."""
    if len(sentences) == 1:
        return f"{escape(sentences[0])}\n"
    return "".join(f"- {escape(sentence)}\n" for sentence in sentences)


def figure(name: str, *, caption: str, alt: str, clicks: bool = False) -> str:
    """Return a figure with its caption and what it shows in words; with clicks it stands in the page itself."""
    kind = ".clicks " if clicks else ""
    return f"![{escape(caption)}](figures/{name}.svg){{{kind}fig-alt={_attribute(alt)}}}\n"


def anchor(kind: str, name: str) -> str:
    """Return what a heading is pointed at by: `anchor("link", "A11→M09")` is `link-a11-m09`."""
    return f"{kind}-{'-'.join(re.findall(r'[a-z0-9]+', name.casefold()))}"


def _attribute(text: str) -> str:
    flat = " ".join(text.split()).replace("\\", "").replace('"', "”")
    return f'"{flat}"'


def join(*parts: str) -> str:
    """Return blocks with one empty line between them."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"
