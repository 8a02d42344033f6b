"""The decision funnel: who gets how far, stage by stage, group by group."""

from typing import Any

import pandas as pd

from workbench.equity.cells import EVERYBODY, Cells, incidents_behind, read_cells
from workbench.equity.decomposition import ALL_STAGES, CONTRIBUTION, contributions
from workbench.equity.disparity import OUTCOME_KNOWN, Row, choose_reference, row_of, rows_at, to_table
from workbench.equity.statements import limits, named, sentences
from workbench.estimates import Estimate
from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.records import STAGES

SKIPPED = "skipped"


def funnel(
    records: Any, *, by: str = "ethnicity", reference: str | None = "White", force: str | None = None
) -> Finding:
    """Compare groups at every stage from eligible to completed.

    Parameters
    ----------
    records : Records
        Its `stages` are counted in their engine; only counts are read from it.
    by : str
        ethnicity, ethnicity_officer_group, ethnicity_self_then_officer, sex, age_band, force or scheme.
    reference : str or None
        The group that the others are compared with. None: the largest stated group.
    force : str, optional
        Look at one force only.

    Returns
    -------
    Finding
        Name "equity-funnel". One row per stage, group and measure: "share" (n of total, Wilson), "gap"
        (Newcombe) and "ratio" (Koopman) against the reference, "contribution" (the stage's log
        ratio; they add up to the row of "all stages") and "skipped" (incidents that show a stage though an
        earlier one was not reached). The total of a stage are those who reached the
        earlier stages that are observable in their scheme. A gap above 0 and a ratio above 1 mean that
        the group reaches the stage more often. `trace(row)` gives the incidents in the base.

    Raises
    ------
    InputError
        If the characteristic, the reference or the force is not in the records.
    """
    cells = read_cells(records, by=by, force=force)
    chosen = choose_reference(cells, reference)
    rows: list[Row] = []
    for stage in STAGES[1:]:
        rows += rows_at(cells, stage, chosen)
    rows += contributions(cells, chosen)
    rows += _skipped(cells)
    call = f"funnel(records, by={by!r}, reference={reference!r}" + (f", force={force!r})" if force else ")")
    title = f"From record to completion, by {named(by)}" + (f", {force}" if force else "")
    return finding(records, cells, rows, name="equity-funnel", title=title, call=call, reference=chosen)


def _skipped(cells: Cells) -> list[Row]:
    """Return per stage the incidents that show it although an earlier stage was not reached."""
    rows = []
    for stage in cells.stages[1:]:
        around = ~cells.reached_before(stage) & (cells.table[stage].to_numpy() == 1)
        n = int(cells.table["weight"].to_numpy()[around].sum())
        found = Estimate(value=n / cells.incidents, n=cells.incidents, method="count")
        row = row_of(cells, stage, SKIPPED, found, group=EVERYBODY, n=n, total=cells.incidents)
        rows.append(row | {"note": "reached it although an earlier stage says no or is not known; not in the shares"})
    return rows


def finding(
    records: Any, cells: Cells, rows: list[Row], *, name: str, title: str, call: str, reference: str
) -> Finding:
    """Return an equity Finding with its sentences, its limits and the way back to the incidents."""
    table = to_table(rows, force=cells.force)

    def evidence(row: int) -> tuple[str, ...]:
        entry = table.iloc[row]
        if pd.isna(entry["total"]):
            return ()
        groups = [str(entry["group"])]
        groups += [str(entry["reference"])] if pd.notna(entry["reference"]) else []
        groups += [str(entry["rests_on"])] if entry["rests_on"] else []
        stage = str(entry["stage"])
        if entry["measure"] == SKIPPED or stage == OUTCOME_KNOWN:
            stage = STAGES[0]
        elif stage == ALL_STAGES:
            stage = cells.stages[0]
        return incidents_behind(records, cells, stage, groups, complete=entry["measure"] == CONTRIBUTION)

    return Finding(
        name=name,
        title=title,
        table=table,
        statements=sentences(table),
        notes=limits(cells, reference),
        provenance=Provenance(call=call, inputs=dict(getattr(records, "sources", {}))),
        evidence=evidence,
    )
