"""Draw the sheets of the matrix's workbook."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.exchange.matrix_cell import (
    ABOUT,
    ELEMENT,
    FIRST_ROW,
    FORMAT,
    HEADINGS_ROW,
    INSIDE,
    LONGEST,
    MATRIX,
    NAME,
    PASSAGES,
    VERSIONS,
    WHO,
    Cell,
    records,
    version,
)

TEXT = 49
"""Excel's own number for the format Text."""


def draw(
    table: pd.DataFrame,
    cells: Mapping[tuple[str, str], Cell],
    passages: Iterable[Sequence[Any]],
    notes: Sequence[str],
) -> bytes:
    """Return the workbook: the matrix, its passages, what it is, and, hidden, what each cell holds."""
    import xlsxwriter

    held = io.BytesIO()
    # In memory: a temporary folder of the machine is no place for what people said.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"title": "Framework matrix", "comments": INSIDE})
        # Text, so that what is typed into it stays text: "=1+1", "- none yet", "1/2".
        looks = {
            "text": book.add_format({"num_format": TEXT, "text_wrap": True, "valign": "top", "quote_prefix": True}),
            "waits": book.add_format({"num_format": TEXT, "text_wrap": True, "valign": "top", "border": 2}),
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "num_format": TEXT}),
            "warn": book.add_format({"bold": True, "font_color": "#A3130A"}),
        }
        _matrix_sheet(book.add_worksheet(MATRIX), table, cells, looks)
        _passage_sheet(book.add_worksheet(PASSAGES), passages, looks)
        _about_sheet(book.add_worksheet(ABOUT), notes, looks)
        _version_sheet(book.add_worksheet(VERSIONS), table, cells)
    return held.getvalue()


def _matrix_sheet(
    sheet: Any, table: pd.DataFrame, cells: Mapping[tuple[str, str], Cell], looks: Mapping[str, Any]
) -> None:
    sheet.write_string(0, 0, INSIDE, looks["warn"])
    who = table.drop_duplicates("case")[["case", "role", "scheme"]]
    for column, said in enumerate((ELEMENT, NAME, *who["case"])):
        sheet.write_string(HEADINGS_ROW - 1, column, said, looks["head"])
    for column, said in enumerate((WHO, "", *(who["role"] + ", " + who["scheme"]).str.strip(", "))):
        sheet.write_string(HEADINGS_ROW, column, said, looks["text"])
    columns = {case: number for number, case in enumerate(who["case"], start=2)}
    spoken = dict(zip(zip(table["element"], table["case"], strict=True), table["n"], strict=True))
    for number, row in enumerate(records(table.drop_duplicates("element")), start=FIRST_ROW - 1):
        sheet.write_string(number, 0, row.element, looks["head"])
        sheet.write_string(number, 1, row.name, looks["text"])
        for case, column in columns.items():
            cell = cells.get((row.element, case))
            if cell is not None:
                sheet.write_string(number, column, cell.said, looks["text"])
            else:
                sheet.write_blank(number, column, None, looks["waits" if spoken.get((row.element, case)) else "text"])
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, max(2, len(columns) + 1), 34)
    sheet.freeze_panes(FIRST_ROW - 1, 2)
    sheet.set_footer("&C&BStays inside: identifying")


def _passage_sheet(sheet: Any, rows: Iterable[Sequence[Any]], looks: Mapping[str, Any]) -> None:
    sheet.write_string(0, 0, INSIDE, looks["warn"])
    heads = ("Element", "Name", "Case", "Role", "Scheme", "Document", "Turn", "Stance", "Coder", "Passage", "Codings")
    for column, said in enumerate(heads):
        sheet.write_string(1, column, said, looks["head"])
    number = 1
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row):
            said = value.said if isinstance(value, Cell) else value
            if isinstance(said, int):
                sheet.write_number(number, column, said)
            else:
                sheet.write_string(number, column, str(said)[:LONGEST], looks["text"])
    sheet.set_column(0, len(heads) - 1, 14)
    sheet.set_column(9, 9, 80)
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, number, len(heads) - 1)
    sheet.set_footer("&C&BStays inside: identifying")


def _about_sheet(sheet: Any, notes: Sequence[str], looks: Mapping[str, Any]) -> None:
    said = [
        INSIDE,
        "One row an element of the theory, one column a case, in each cell a summary of what the case says to the "
        "element. A thick border: there are passages and no summary yet. The sheet Passages has them: filter it by "
        "element and case.",
        "Edit summaries in the sheet Matrix, then read the file back (workbench ledger matrix --read). Only cells that "
        "you changed are taken in. An emptied cell clears its summary. Rows and columns may be moved, sorted or "
        "removed; leave elements and cases as they are written. Line breaks: Alt+Enter.",
        "A cell that somebody changed in the study since this file was written is told, not overwritten.",
        *notes,
    ]
    for number, line in enumerate(said):
        sheet.write_string(number, 0, line[:LONGEST], looks["warn" if number == 0 else "text"])
    sheet.set_column(0, 0, 110)


def _version_sheet(sheet: Any, table: pd.DataFrame, cells: Mapping[tuple[str, str], Cell]) -> None:
    """Keep what the cells held: a hash of what each says and of the study's summary, and whose it was when."""
    columns = ("element", "case", "cell", "summary", "by", "at", FORMAT, "elements", "cases")
    for column, said in enumerate(columns):
        sheet.write_string(0, column, said)
    rows = (row for row in records(table) if row.summary)
    for number, row in enumerate(rows, start=1):
        held = version(cells[row.element, row.case].said)
        kept = (row.element, row.case, held, version(row.summary), row.by, row.at)
        for column, said in enumerate(kept):
            sheet.write_string(number, column, str(said))
    for column, name in ((7, "element"), (8, "case")):
        for number, said in enumerate(table[name].drop_duplicates(), start=1):
            sheet.write_string(number, column, said)
    sheet.very_hidden()
