"""A codebook as a document that people read: Word, Excel, CSV or Markdown."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.disclosure import identifiers
from workbench.errors import InputError, Problem, Refused

HEADINGS: Mapping[str, str] = {
    "code": "Code", "name": "Name", "kind": "Kind", "parent": "Under", "node": "Node of the theory",
    "definition": "What it means", "include": "Include", "exclude": "Exclude", "example": "Example",
    "near_miss": "Near miss", "retired": "Retired", "codings": "Codings", "history": "History",
}  # fmt: skip
"""Columns, and what people read above them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_codebook_book(table: pd.DataFrame, path: Path, *, title: str, about: str) -> None:
    """Write a codebook for people to read.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns of `HEADINGS`, one row a code, all text but `codings`.
    path : Path
        Ends in .csv, .xlsx, .md or .docx; replaced where it exists.
    title, about : str
        The heading, and the sentence below it: version, date, and whether the study is fictional.

    Raises
    ------
    InputError
        If the ending is another one, or the folder is not there.
    Refused
        If a cell reads like a raw identifier: code and column are named, never the words. Nothing is written then.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        what = f"a codebook cannot be written as {path.suffix or 'a file without an ending'}"
        raise InputError(Problem(place=str(path), what=what, choices=list(_WRITERS)))
    if not path.parent.is_dir():
        raise InputError(Problem(place=str(path.parent), what="there is no such folder", remedy="Make it first"))
    _refuse_identifiers(table)
    content = write(table[list(HEADINGS)], title, about)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def _refuse_identifiers(table: pd.DataFrame) -> None:
    found = [
        Problem(
            place=f"code {row['code']}, {HEADINGS[name].lower()}",
            what=f"reads like a raw identifier ({', '.join(sorted({kind for kind, _, _ in kinds}))}), so nothing was "
            "written",
            remedy="Correct it in the codebook",
        )
        for row in table.to_dict(orient="records")
        for name in HEADINGS
        if name != "code" and isinstance(row[name], str) and (kinds := list(identifiers(row[name])))
    ]
    if found:
        raise Refused("\n".join(str(problem) for problem in found))


def _csv(table: pd.DataFrame, _title: str, about: str) -> bytes:
    guarded = table.map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell)
    guarded = guarded.rename(columns=HEADINGS).assign(About=about)
    return guarded.to_csv(index=False).encode("utf-8-sig")


def _excel(table: pd.DataFrame, title: str, about: str) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("Codebook")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, title, bold)
        sheet.write_string(1, 0, about)
        sheet.set_column(0, len(HEADINGS) - 1, 24, wrapped)
        sheet.freeze_panes(4, 2)
        for at, heading in enumerate(HEADINGS.values()):
            sheet.write_string(3, at, heading, bold)
        for line, row in enumerate(table.itertuples(index=False), 4):
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, at, cell, wrapped)
                else:
                    sheet.write_number(line, at, int(cell), wrapped)
    return stream.getvalue()


def _parts(row: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """Return what is said about one code below its heading, leaving out what is empty."""
    shown = {name: f"{row[name]:,}" if name == "codings" else str(row[name]) for name in HEADINGS}
    return [(HEADINGS[name], text) for name, text in shown.items() if name not in ("code", "name") and text]


def _markdown(table: pd.DataFrame, title: str, about: str) -> bytes:
    lines = [f"# {_plain(title)}", "", _plain(about)]
    for row in table.to_dict(orient="records"):
        lines += ["", f"## {_plain(row['code'])} {_plain(row['name'])}", ""]
        lines += [f"- **{heading}:** {_plain(text)}" for heading, text in _parts(row)]
    return ("\n".join(lines) + "\n").encode()


def _plain(text: str) -> str:
    """Return words that Markdown shows as they are, on one line."""
    joined = " ".join(text.split())
    for mark in "\\`*_[]<>|#":
        joined = joined.replace(mark, f"\\{mark}")
    return joined


def _word(table: pd.DataFrame, title: str, about: str) -> bytes:
    from docx import Document

    book = Document()
    book.core_properties.title, book.core_properties.author = title, ""
    book.add_heading(title, 0)
    book.add_paragraph(about)
    for row in table.to_dict(orient="records"):
        book.add_heading(f"{row['code']} {row['name']}", 2)
        for heading, text in _parts(row):
            paragraph = book.add_paragraph(style="List Bullet")
            paragraph.add_run(f"{heading}: ").bold = True
            paragraph.add_run(text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_WRITERS: Mapping[str, Callable[[pd.DataFrame, str, str], bytes]] = {
    ".csv": _csv, ".xlsx": _excel, ".md": _markdown, ".docx": _word,
}  # fmt: skip
