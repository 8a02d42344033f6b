"""Which of the nine protected characteristics the records can speak about at all."""

from typing import Any

import pandas as pd

from workbench.equity.cells import NOT_STATED
from workbench.finding import Finding
from workbench.provenance import Provenance

PROTECTED = (
    ("age", ("age_band",)),
    ("disability", ("disability",)),
    ("gender reassignment", ("gender_reassignment",)),
    ("marriage and civil partnership", ("marriage",)),
    ("pregnancy and maternity", ("pregnancy",)),
    ("race", ("ethnicity", "ethnicity_officer_group")),
    ("religion or belief", ("religion",)),
    ("sex", ("sex",)),
    ("sexual orientation", ("sexual_orientation",)),
)
"""Equality Act 2010, section 4, with the fields by which groups would be compared."""

READ_FROM = {
    "age_band": ("age", "age_range", "dob"),
    "sex": ("sex",),
    "ethnicity": ("ethnicity_self",),
    "ethnicity_officer_group": ("ethnicity_officer",),
}
"""Columns of a file from which a field is made; without any of them it is empty for that reason."""

CAN = "can be audited"
CANNOT = "cannot be audited"
RANGES_ONLY = "only ranges are known, as the source writes them"
NO_FIELD = "no field for it in this extract"
NO_COLUMN = "no column was read for it"
NEVER_STATED = "the column is there, and never stated"
SOME_RANGES = "for some, only a range is known, as the source writes it"


def coverage(records: Any) -> Finding:
    """Tell for each protected characteristic whether this extract can be audited by it.

    Parameters
    ----------
    records : Records
        Its `stages` are counted in their engine; `columns_read` tells a column that nobody sent from an empty one.

    Returns
    -------
    Finding
        Name "equity-coverage". One row per characteristic and field by which groups can be compared (for race
        the self-defined and the officer-defined group, for age the band): `n` incidents with a stated value of
        `total`, `value` their share (a count, so without an interval), `auditable` "yes" or "no", and `status`
        "can be audited" or "cannot be audited". Higher means that more is recorded. That a characteristic cannot be
        audited is a result, and is no finding about the groups.
    """
    stages = records.stages
    present = set(stages.columns)
    fields = [(name, field) for name, known in PROTECTED for field in known]
    sums = {field: _stated(stages, field).sum().fill_null(0) for _, field in fields if field in present}
    years = {"years": _stated(stages, "age").sum().fill_null(0)} if "age" in present else {}
    counted = stages.aggregate(everything=stages.count(), **sums, **years).to_pyarrow().to_pylist()[0]
    total = int(counted["everything"])
    rows = [_row(name, field, int(counted[field]) if field in present else None, total) for name, field in fields]
    read = getattr(records, "columns_read", None)
    for row in rows:
        if total and read is not None and row["field"] in READ_FROM and read.isdisjoint(READ_FROM[row["field"]]):
            row["note"] = NO_COLUMN
        if row["field"] == "age_band" and row["n"]:
            row["note"] = _ranges(row["n"], int(counted.get("years", 0)))
    table = pd.DataFrame(rows).astype(
        {"n": "Int64", "total": "Int64", "value": "float64", "low": "float64", "high": "float64"}
    )
    return Finding(
        name="equity-coverage",
        title="Protected characteristics that these records can speak about",
        table=table,
        statements=coverage_sentences(table),
        notes=(
            "The nine protected characteristics of the Equality Act 2010, section 4.",
            "Where a characteristic is not in the extract, only what people said can carry it.",
        ),
        provenance=Provenance(call="coverage(records)", inputs=dict(getattr(records, "sources", {}))),
    )


def _stated(stages: Any, field: str) -> Any:
    """Return the Ibis expression of whether a field says something."""
    column = stages[field].cast("string")
    return (column.notnull() & (column != NOT_STATED)).fill_null(False).cast("int64")


def _ranges(banded: int, years: int) -> str:
    """Return what to know of age bands: ranges that a source writes need not be those of other sources."""
    return "" if years >= banded else SOME_RANGES if years else RANGES_ONLY


def _row(name: str, field: str, n: int | None, total: int) -> dict[str, Any]:
    """Return one row of the coverage table."""
    absent = n is None
    note = NO_FIELD if absent else "" if n else NEVER_STATED
    return {
        "characteristic": name,
        "field": None if absent else field,
        "n": n,
        "total": None if absent else total,
        "value": n / total if n is not None and total else None,
        "low": None,
        "high": None,
        "method": "count",
        "auditable": "yes" if n else "no",
        "status": CAN if n else CANNOT,
        "note": note if total else "there are no incidents",
    }


def coverage_sentences(table: pd.DataFrame) -> tuple[str, ...]:
    """Return the sentences of a coverage table, exact or protected."""
    heard = set(table.loc[table["auditable"] == "yes", "characteristic"])
    silent = [str(name) for name in table["characteristic"].unique() if name not in heard]
    found = [
        f"{row['characteristic'].capitalize()} ({row['field']}): recorded for {row['n']:,} of {row['total']:,} "
        f"incidents ({100 * row['value']:.1f}%){_aside(row['note'])}."
        for _, row in table[(table["auditable"] == "yes") & table["value"].notna()].iterrows()
    ]
    unread = [f"{row['characteristic']} ({row['field']})" for _, row in table[table["note"] == NO_COLUMN].iterrows()]
    if unread:
        found.append(f"No column was read for {', '.join(unread)}: see the table of what was found while reading.")
    return (*found, *([f"Cannot be audited in this extract: {', '.join(silent)}."] if silent else []))


def _aside(note: object) -> str:
    """Return what the note adds to a sentence."""
    return f"; {note}" if note in (RANGES_ONLY, SOME_RANGES) else ""
