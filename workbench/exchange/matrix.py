"""Write a framework matrix as an Excel workbook in which summaries can be edited, and read back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from workbench.errors import InputError, Problem
from workbench.exchange.matrix_cell import INSIDE, PASSAGES, cell_of, records, version
from workbench.exchange.matrix_read import read_matrix
from workbench.exchange.matrix_sheets import draw

_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576


class Matrix(Protocol):
    """What a framework matrix offers here; see `workbench.theory_testing.framework.Framework`."""

    @property
    def table(self) -> pd.DataFrame:
        """One row an element and case."""

    @property
    def passages(self) -> pd.DataFrame:
        """One row a passage and cell."""

    @property
    def notes(self) -> Sequence[str]:
        """Limits that must be read with it."""


def write_matrix(finding: Matrix, path: str | Path) -> list[str]:
    """Write a framework matrix as an Excel workbook: one row an element, one column a case, in each cell the summary.

    A second sheet has the passages with their ids, a hidden one what each cell held: by it `take_in_matrix` tells
    what was edited. Nothing in it is run as a formula. A file that is there is replaced unless somebody edited it.

    Parameters
    ----------
    finding : Framework
        From `framework_matrix`.
    path : str or Path
        Ends in .xlsx.

    Returns
    -------
    list of str
        What to tell: that the file stays inside, and each cell that does not hold its whole text, since Excel keeps
        32,767 characters (UTF-16 units) a cell.

    Raises
    ------
    InputError
        If the path is no .xlsx, somebody edited the file that is there, it cannot be written, or Excel has not that
        many columns or rows. Nothing is written then.
    """
    path = Path(path)
    table = finding.table
    _check_path(path, table)
    _check_size(path, table)
    cells = {
        (row.element, row.case): cell_of(row.summary)
        for row in records(table) if row.summary
    }  # fmt: skip
    passages = _passage_rows(finding)
    cut = [f"{element} × {case}: the cell does not hold the whole summary, {cell.why}; edit it in the notebook."
           for (element, case), cell in cells.items() if cell.why]  # fmt: skip
    cut += [f"{PASSAGES}, row {number}: the quote is cut, {row[-2].why}; the store has it whole."
            for number, row in enumerate(passages, start=3) if row[-2].why]  # fmt: skip
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(draw(table, cells, passages, [*finding.notes, *cut]))
        part.replace(path)
    except OSError as error:
        remedy = "Close it where it is open, or choose another folder"
        what = f"it cannot be written ({error.strerror or error})"
        raise InputError(Problem(place=str(path), what=what, remedy=remedy)) from error
    finally:
        part.unlink(missing_ok=True)
    return [INSIDE, *cut]


def _check_path(path: Path, table: pd.DataFrame) -> None:
    """Refuse what is no workbook, and a file in which somebody wrote what the study does not have."""
    if path.suffix.lower() != ".xlsx":
        what = f"it ends in {path.suffix!r}"
        raise InputError(Problem(place=str(path), what=what, choices=(".xlsx",), remedy="Give it a name in .xlsx"))
    if not path.exists():
        return
    remedy = "Read it first (workbench ledger matrix --read), or give another name"
    try:
        there = read_matrix(path)
    except InputError as error:
        what = "a file is there already that is no matrix of the workbench, or was changed"
        raise InputError(Problem(place=str(path), what=what, remedy=remedy)) from error
    have = {(row.element, row.case): version(row.summary) for row in records(table)}
    edited = there[there["changed"]]
    lost = [row.cell for row in records(edited) if have.get((row.element, row.case)) != version(row.text)]
    if lost:
        more = f" and {len(lost) - 5} more" if len(lost) > 5 else ""
        what = f"somebody edited it, and the study has not what they wrote (cells {', '.join(lost[:5])}{more})"
        raise InputError(Problem(place=str(path), what=what, remedy=remedy))


def _check_size(path: Path, table: pd.DataFrame) -> None:
    wide, long = table["case"].nunique() + 2, int(table["n"].sum()) + 2
    if wide > _MOST_COLUMNS or long > _MOST_ROWS:
        what = f"the matrix needs {wide:,} columns and {long:,} rows of passages, Excel has {_MOST_COLUMNS:,} and"
        raise InputError(
            Problem(place=str(path), what=f"{what} {_MOST_ROWS:,}", remedy="Write some elements, or by scheme")
        )


def _passage_rows(finding: Matrix) -> list[list[Any]]:
    """Return the rows of the sheet of passages; the quote is a `Cell`."""
    names = dict(zip(finding.table["element"], finding.table["name"], strict=True))
    cases = records(finding.table.drop_duplicates("case"))
    who = {row.case: (row.role, row.scheme) for row in cases}
    order = {element: number for number, element in enumerate(names)}
    place = {case: number for number, case in enumerate(who)}
    shown = finding.passages[finding.passages["case"].isin(list(place))]
    rows = sorted(records(shown), key=lambda row: (order[row.element], place[row.case]))
    return [
        [row.element, names[row.element], row.case, *who[row.case], row.document,
         "" if pd.isna(row.turn) else int(row.turn), row.stance, row.coder, cell_of(row.quote), ", ".join(row.codings)]
        for row in rows
    ]  # fmt: skip
