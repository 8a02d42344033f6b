"""Read summaries back from a matrix's workbook: what was edited, and everything that is wrong, at once."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.exchange.matrix_cell import (
    ELEMENT,
    FORMAT,
    HEADINGS_ROW,
    MATRIX,
    NAME,
    VERSIONS,
    WHO,
    plain,
    version,
)

COLUMNS = ("element", "case", "text", "changed", "cell", "version", "whole")
ERRORS = ("#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")
"""What a spreadsheet shows for a formula that fails: somebody typed a text that it took for one."""

_EMPTY = version("")


@dataclass(frozen=True, kw_only=True)
class _Held:
    """What the file held when it was written: by element and case, the hashes of the cell and of the summary."""

    cells: Mapping[tuple[str, str], tuple[str, str]]
    elements: Sequence[str]
    cases: Sequence[str]


def read_matrix(path: str | Path) -> pd.DataFrame:
    """Return the summaries in a matrix's workbook.

    Parameters
    ----------
    path : str or Path
        From `write_matrix`; rows and columns may have been moved, sorted or removed.

    Returns
    -------
    pandas.DataFrame
        One row a cell that holds, or held, a summary: element, case, text; changed (whether it was edited since the
        file was written), cell (such as C7), version (of the study's summary that it was written from), whole (whether
        the cell had all of it).

    Raises
    ------
    InputError
        With every heading, element or case that is not as it was written, that stands twice or is missing, and
        every cell that shows a formula's error.
    """
    path = Path(path)
    grid, held = _sheets(path)
    problems = Problems()
    headings = [_said(value) for value in grid[HEADINGS_ROW - 1]] if len(grid) >= HEADINGS_ROW else []
    _check_headings(path, headings, problems)
    cases = {
        column: case for column, case in enumerate(headings[2:], start=2)
        if _known(f"{path.name}, {address(HEADINGS_ROW - 1, column)}", "case", case, held.cases, problems)
    }  # fmt: skip
    rows = {}
    for number, row in enumerate(grid[HEADINGS_ROW:], start=HEADINGS_ROW):
        element = _said(row[0]) if row else ""
        if element == WHO or not any(_said(value) for value in row):
            continue
        if _known(f"{path.name}, {address(number, 0)}", "element", element, held.elements, problems):
            rows[number] = element
    _check_once(path, {address(HEADINGS_ROW - 1, column): case for column, case in cases.items()}, problems)
    _check_once(path, {address(number, 0): element for number, element in rows.items()}, problems)
    _check_lost(path, grid, cases, problems)
    found = [
        _row(path, (element, case), grid[number][column] if column < len(grid[number]) else "",
             address(number, column), held, problems)
        for number, element in rows.items() for column, case in cases.items()
    ]  # fmt: skip
    problems.raise_if_any()
    kept = [row for row in found if row[2] or row[3]]
    return pd.DataFrame(kept, columns=list(COLUMNS)).astype({"changed": "bool", "whole": "bool"})


def address(row: int, column: int) -> str:
    """Return a cell's address as Excel writes it, row and column from 0.

    Examples
    --------
    >>> address(3, 2), address(0, 26)
    ('C4', 'AA1')
    """
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _sheets(path: Path) -> tuple[list[list[Any]], _Held]:
    from python_calamine import CalamineWorkbook

    remedy = "Give the file that `workbench ledger matrix --out` wrote, saved as .xlsx with all its sheets"
    if not path.is_file():
        raise InputError(Problem(place=str(path), what="there is no such file", remedy=remedy))
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            there = book.sheet_names
            sheets = {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in (MATRIX, VERSIONS) if name in there
            }  # fmt: skip
    except Exception as error:  # calamine raises a family of its own
        why = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise InputError(Problem(place=str(path), what=f"it cannot be read ({why})", remedy=remedy)) from error
    if missing := [name for name in (MATRIX, VERSIONS) if name not in sheets]:
        said = " and ".join(f"{name} (hidden)" if name == VERSIONS else name for name in missing)
        raise InputError(Problem(place=str(path), what=f"the sheet {said} is not there", remedy=remedy))
    versions = [[_said(value) for value in row] for row in sheets[VERSIONS]]
    if not versions or FORMAT not in versions[0]:
        what = f"its hidden sheet is not that of a {FORMAT}"
        raise InputError(Problem(place=str(path), what=what, remedy=remedy))
    cells = {(row[0], row[1]): (row[2], row[3]) for row in versions[1:] if row[0]}
    listed = [[row[column] for row in versions[1:] if len(row) > column and row[column]] for column in (7, 8)]
    return sheets[MATRIX], _Held(cells=cells, elements=listed[0], cases=listed[1])


def _said(value: Any) -> str:
    """Return what a cell says, as text: Excel makes numbers and dates of what looks like them."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
    return plain(str(value))


def _check_headings(path: Path, headings: Sequence[str], problems: Problems) -> None:
    for column, expected in enumerate((ELEMENT, NAME)):
        there = headings[column] if column < len(headings) else ""
        if there != expected:
            place = f"{path.name}, {address(HEADINGS_ROW - 1, column)}"
            problems.add(place, f"the heading is {there!r}", choices=(expected,), remedy="Write it as it was")


def _known(place: str, kind: str, value: str, held: Sequence[str], problems: Problems) -> bool:
    if value in held:
        return True
    if value:
        remedy = did_you_mean(value, held) or f"Write the {kind} as it was, or remove it"
        problems.add(place, f"there was no {kind} {value!r} when the file was written", remedy=remedy)
    elif kind == "element":
        problems.add(place, "the row has text and no element", remedy="Write the element as it was, or clear the row")
    return False


def _check_once(path: Path, places: Mapping[str, str], problems: Problems) -> None:
    seen: dict[str, str] = {}
    for cell, name in places.items():
        if name in seen:
            problems.add(f"{path.name}, {cell}", f"{name!r} stands in {seen[name]} too", remedy="Remove one of them")
        seen.setdefault(name, cell)


def _check_lost(path: Path, grid: Sequence[Sequence[Any]], cases: Mapping[int, str], problems: Problems) -> None:
    """Tell of columns that hold text under no heading."""
    headings = grid[HEADINGS_ROW - 1] if len(grid) >= HEADINGS_ROW else ()
    for column in range(2, max((len(row) for row in grid), default=0)):
        if column in cases or (column < len(headings) and _said(headings[column])):
            continue
        if any(column < len(row) and _said(row[column]) for row in grid[HEADINGS_ROW:]):
            place = f"{path.name}, {address(HEADINGS_ROW - 1, column)}"
            problems.add(place, "the column has text and no case", remedy="Write the case as it was, or clear it")


def _row(
    path: Path, key: tuple[str, str], value: Any, cell: str, held: _Held, problems: Problems
) -> tuple[str, str, str, bool, str, str, bool]:
    text = _said(value)
    said, summary = held.cells.get(key, (_EMPTY, _EMPTY))
    changed = version(text) != said
    if changed and text in ERRORS:
        remedy = "It was typed as a formula: set the cell's format to Text and type it again"
        problems.add(f"{path.name}, {cell}", f"the cell shows {text}", remedy=remedy)
    return (*key, text, changed, cell, summary, said == summary)
