"""Word files: paragraphs and tables in the order in which they stand."""

import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.errors import InputError, Problem
from workbench.sources.line import Line, Reading

LARGEST = 500_000_000
"""Bytes a Word file may unpack to; a transcript of a day's talk has under one million."""


def read_word(path: Path) -> Reading:
    """Read a `.docx` file, one `Line` a paragraph or table row.

    A table with two or three columns whose first column is short is a
    transcript (speaker, words); other tables are asides.

    Raises
    ------
    InputError
        If it is encrypted, an old `.doc`, damaged, or unpacks to more than `LARGEST` bytes.
    """
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    _refuse_what_is_not_word(path)
    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise InputError(_damaged(path, str(error) or type(error).__name__)) from error
    lines: list[Line] = []
    for number, block in enumerate(document.iter_inner_content(), 1):
        lines += _rows(block, number) if hasattr(block, "rows") else _paragraph(block, number)
    return Reading(lines=lines, unit="paragraph", encoding="docx")


def _refuse_what_is_not_word(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        what = "is encrypted, or an old .doc with a new ending"
        raise InputError(
            Problem(place=path.name, what=what, remedy="Open it in Word and save it as .docx without a password")
        )
    if not zipfile.is_zipfile(path):
        raise InputError(_damaged(path, "it is not a zip container"))
    with zipfile.ZipFile(path) as container:
        size = sum(part.file_size for part in container.infolist())
    if size > LARGEST:
        raise InputError(
            Problem(place=path.name, what=f"unpacks to {size:,} bytes", remedy="Split it, or remove its pictures")
        )


def _damaged(path: Path, why: str) -> Problem:
    return Problem(
        place=path.name, what=f"cannot be read as a Word file ({why})", remedy="Open and save it again in Word"
    )


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _paragraph(block: Any, number: int) -> Iterator[Line]:
    text = _tidy(block.text)
    if not text:
        return
    aside = block.style is not None and (block.style.name or "").startswith(("Heading", "Title"))
    bold = ""
    for run in block.runs:
        if run.text.strip() and not run.bold:
            break
        bold += run.text
    yield Line(text=text, number=number, lead=_tidy(bold) or None, aside="heading" if aside else "")


def _rows(table: Any, number: int) -> Iterator[Line]:
    rows = [[_tidy(cell.text) for cell in row.cells] for row in table.rows]
    talk = len(rows) > 2 and all(len(row) in (2, 3) for row in rows) and _median(len(row[0]) for row in rows) <= 40 \
        and _median(len(row[-1]) for row in rows) > 40  # fmt: skip
    for position, row in enumerate(rows):
        if not any(row):
            continue
        heading = position == 0 and {cell.lower() for cell in row} & {"speaker", "who", "name"}
        if talk and not heading:
            yield Line(text=row[-1], number=number + position, speaker=row[0].rstrip(": ") or None)
        else:
            yield Line(text=" | ".join(cell for cell in row if cell), number=number + position, aside="table")


def _median(lengths: Iterator[int]) -> int:
    ordered = sorted(lengths)
    return ordered[len(ordered) // 2]
