"""Take the edited summaries of a matrix's workbook into the study: all of them, or none and why."""

from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.exchange.matrix_cell import records, version
from workbench.exchange.matrix_read import read_matrix


class Summaries(Protocol):
    """What a coding store offers here."""

    def summarise(self, element: str, case: str, text: str, *, by: str) -> Any:
        """Write a summary."""

    def summaries(self) -> pd.DataFrame:
        """Latest summary of each cell."""


class Cells(Protocol):
    """What the framework matrix of today offers here."""

    @property
    def table(self) -> pd.DataFrame:
        """One row an element and case."""


def take_in_matrix(path: str | Path, finding: Cells, store: Summaries, *, by: str) -> pd.DataFrame:
    """Write the summaries that somebody edited in a matrix's workbook, as acts of `by`.

    Only cells that were edited are taken, and of these only what the study does not say already: taking in a file
    twice does nothing more. An emptied cell clears its summary.

    Parameters
    ----------
    path : str or Path
        From `write_matrix`, edited.
    finding : Framework
        The matrix as it is today, by the same kind of case: what it has not cannot be summarised.
    store : Store
        Takes the summaries.
    by : str
        Who wrote them.

    Returns
    -------
    pandas.DataFrame
        The summaries that were written: element, case, text, cell.

    Raises
    ------
    InputError
        With every problem of the file (`read_matrix`), every edited element or case that the study has not any
        more, every cell that was edited here and in the study as well, and every edit of a text that the cell did
        not have whole. Nothing is written then.
    """
    if not by.strip():
        raise InputError(Problem(place="by", what="nobody is named", remedy="Say whose summaries these are"))
    path = Path(path)
    read = read_matrix(path)
    edited = read[read["changed"]]
    now = {(row.element, row.case): row for row in records(store.summaries())}
    problems = Problems()
    wanted = []
    for row in records(edited):
        there = now.get((row.element, row.case))
        if version(row.text) == version(there.text if there else ""):
            continue
        if _is_fine(f"{path.name}, {row.cell}", row, there, finding.table, problems):
            wanted.append(row)
    problems.raise_if_any()
    for row in wanted:
        store.summarise(row.element, row.case, row.text, by=by)
    return pd.DataFrame(wanted, columns=list(read.columns))[["element", "case", "text", "cell"]]


def _is_fine(place: str, row: Any, there: Any, table: pd.DataFrame, problems: Problems) -> bool:
    told = len(problems.found)
    for kind in ("element", "case"):
        value, known = getattr(row, kind), table[kind].unique()
        if value not in known:
            remedy = did_you_mean(value, known) or "Clear the cell, or remove the row or column"
            problems.add(place, f"the study has no {kind} {value!r} now", remedy=remedy)
    if not row.whole:
        what = "the cell did not hold the whole summary, so what was written there cannot take its place"
        problems.add(place, what, remedy="Edit it in the notebook (wb.Matrix)")
    if row.version != version(there.text if there else ""):
        whose = f"{there.by} on {there.at[:16].replace('T', ' ')} UTC: “{_short(there.text)}”" if there else "cleared"
        problems.add(
            place,
            f"{row.element} × {row.case} was edited here (“{_short(row.text)}”) and in the study since ({whose})",
            remedy="Write into the cell what the study says to keep that, or write yours in the notebook (wb.Matrix); "
            "then read the file again",
        )
    return len(problems.found) == told


def _short(text: str) -> str:
    said = " ".join(text.split())
    return f"{said[:60]} …" if len(said) > 60 else said
