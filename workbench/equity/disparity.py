"""Shares, gaps and ratios of groups at one stage, as rows of a Finding."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.equity.cells import EVERYBODY, NOT_STATED, Cells
from workbench.errors import InputError, Problem, did_you_mean
from workbench.estimates import Estimate, koopman_ratio, newcombe_difference, wilson

COLUMNS = (
    "characteristic", "group", "reference", "stage", "measure", "n", "total", "value", "low", "high", "method",
    "status", "note", "rests_on",
)  # fmt: skip

OUTCOME_KNOWN = "outcome known"
"""Stands as the stage of the rows that tell for how many an outcome is known at all."""

Row = dict[str, Any]


def choose_reference(cells: Cells, reference: str | None) -> str:
    """Return the reference group: the one that was named, else the largest stated one.

    Raises
    ------
    InputError
        If the named group has no incidents, or every group is not stated.
    """
    sizes = cells.table.groupby("group")["weight"].sum().drop(NOT_STATED, errors="ignore")
    if reference is None:
        if sizes.empty:
            raise InputError(f"by={cells.by!r}: it is not stated for any incident, so there is no reference group")
        return str(sizes.idxmax())
    groups = sorted(str(group) for group in cells.table["group"].unique())
    if reference not in groups:
        raise InputError(
            Problem(
                place="reference",
                what=f"{reference!r} is no group of {cells.by}",
                choices=groups,
                remedy=did_you_mean(reference, groups) or "Name one of them, or pass None for the largest stated group",
            )
        )
    return reference


def row_of(cells: Cells, stage: str, measure: str, found: Estimate, **more: Any) -> Row:
    """Return one row of the table from an estimate.

    Parameters
    ----------
    cells : Cells
        Names the characteristic and the force.
    stage, measure : str
        What was measured.
    found : Estimate
        The number; an undefined one becomes missing, with its reason in `note`.
    **more
        `group`, `reference`, `n`, `total`, and whatever else differs from the default.
    """
    defined = found.value is not None
    row: Row = {
        "characteristic": cells.by,
        "reference": None,
        "stage": stage,
        "measure": measure,
        "value": found.value,
        "low": found.low if defined else None,
        "high": found.high if defined else None,
        "method": found.method,
        "status": "" if defined else "undefined",
        "note": found.undefined_because or "",
        "rests_on": "",
    }
    if cells.force is not None:
        row["force"] = cells.force
    return row | more


def rows_at(cells: Cells, stage: str, reference: str) -> list[Row]:
    """Return everybody's share at a stage, and share, gap and ratio of every group.

    Parameters
    ----------
    cells : Cells
        The counted incidents.
    stage : str
        One of the stages after the first, or the outcome that was counted.
    reference : str
        The group that the others are compared with.

    Notes
    -----
    The gap is the group's share minus the reference's, the ratio the one over
    the other: the relative rate index of a stage. A gap above 0 and a ratio above 1 mean that
    the group reaches the stage more often.
    """
    if not cells.is_observable(stage):
        nothing = Estimate(value=None, n=0, method="wilson", undefined_because="not observable: no record tells of it")
        return [row_of(cells, stage, "share", nothing, group=EVERYBODY, n=None, total=None, status="not observable")]
    x0, n0 = cells.pair(stage, reference)
    blind = ", ".join(name or "(no scheme)" for name in cells.blind_schemes(stage))
    caveat = f"not observable in: {blind}" if blind else ""
    complete = " (complete case)" if NOT_STATED in cells.groups(reference) else ""
    rows = []
    for group in (EVERYBODY, *cells.groups(reference)):
        n, total = cells.pair(stage, group)
        rows.append(_noted(row_of(cells, stage, "share", wilson(n, total), group=group, n=n, total=total), caveat))
        if group in (EVERYBODY, reference):
            continue
        for measure, verb in (("gap", newcombe_difference), ("ratio", koopman_ratio)):
            found = verb(n, total, x0, n0)
            row = row_of(cells, stage, measure, found, group=group, reference=reference, n=n, total=total)
            row["method"] += "" if NOT_STATED in (group, reference) else complete
            rows.append(_noted(row, caveat))
    return rows


def known_rows(cells: Cells, outcome: str, reference: str) -> list[Row]:
    """Return for everybody and for each group how many of the recorded incidents have a known outcome.

    Shares only: a group whose outcomes are known less often may differ for that reason alone.
    """
    if not cells.is_observable(outcome):
        return []
    sizes = cells.table.groupby("group")["weight"].sum()
    rows = []
    for group in (EVERYBODY, *cells.groups(reference)):
        n, total = cells.pair(outcome, group)[1], int(sizes.sum() if group == EVERYBODY else sizes.get(group, 0))
        rows.append(row_of(cells, OUTCOME_KNOWN, "share", wilson(n, total), group=group, n=n, total=total))
    return rows


def _noted(row: Row, caveat: str) -> Row:
    """Return a row with a caveat behind whatever it says already."""
    return row | {"note": "; ".join(part for part in (row["note"], caveat) if part)}


def to_table(rows: list[Row], *, force: str | None) -> pd.DataFrame:
    """Return rows as a table with the columns of an equity Finding."""
    columns = [*COLUMNS, *(["force"] if force is not None else [])]
    table = pd.DataFrame(rows, columns=columns)
    numbers: Mapping[str, str] = {
        "value": "float64",
        "low": "float64",
        "high": "float64",
        "n": "Int64",
        "total": "Int64",
    }
    return table.astype(dict(numbers))
