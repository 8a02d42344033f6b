"""The one result type: a table, its sentences, and the way back to the evidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.errors import InputError
from workbench.provenance import Provenance

VOCABULARY = (
    "document", "code", "coder", "node", "link", "scheme", "component", "stage", "characteristic",
    "group", "reference", "period", "force", "n", "total", "value", "low", "high", "method", "status", "note",
)  # fmt: skip
"""Names that every Finding's table takes for what they name; analyses may add columns of their own."""


def no_evidence(_row: int) -> tuple[str, ...]:
    """Return nothing: for rows that rest on no single coding or record."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one analysis found.

    Parameters
    ----------
    name : str
        Short and stable: `agreement`, `fidelity-durham`. Names the release file.
    title : str
        One line, for people.
    table : pandas.DataFrame
        One row per result, index 0..n-1. Shares run from 0 to 1. Where `value`
        is missing, `note` gives the reason.
    statements : Sequence[str]
        Sentences with number, base and interval.
    notes : Sequence[str]
        Limits that must be read with the numbers.
    provenance : Provenance
        What was run, on what.
    evidence : Callable[[int], Sequence[str]]
        Row number to the ids behind it; called only when somebody asks.
    """

    name: str
    title: str
    table: pd.DataFrame
    statements: Sequence[str] = ()
    notes: Sequence[str] = ()
    provenance: Provenance
    evidence: Callable[[int], Sequence[str]] = no_evidence

    def __post_init__(self) -> None:
        if list(self.table.index) != list(range(len(self.table))):
            raise InputError(f"Finding {self.name!r}: the table's index must run from 0 to {len(self.table) - 1}")

    def trace(self, row: int) -> tuple[str, ...]:
        """Return the coding ids or record ids behind one row of the table.

        Parameters
        ----------
        row : int
            Row number, from 0.

        Returns
        -------
        tuple of str
            Ids, as `store.codings()` or `records.incidents` and `records.events` give them.
        """
        if not 0 <= row < len(self.table):
            raise InputError(f"Finding {self.name!r} has rows 0 to {len(self.table) - 1}; row {row} does not exist")
        return tuple(self.evidence(row))

    def to_dict(self) -> dict[str, Any]:
        """Return plain types, for JSON; missing values become None."""
        rows = self.table.astype(object).where(self.table.notna(), None)
        return {
            "name": self.name,
            "title": self.title,
            "rows": rows.to_dict(orient="records"),
            "statements": list(self.statements),
            "notes": list(self.notes),
            "provenance": self.provenance.to_dict(),
        }
