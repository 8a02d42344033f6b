"""Which of the nine protected characteristics the records can speak about at all."""

from typing import Any

import pandas as pd

from workbench.equity.cells import NOT_STATED
from workbench.finding import Finding
from workbench.provenance import Provenance

PROTECTED = (
    ("age", ("age",)),
    ("disability", ("disability",)),
    ("gender reassignment", ("gender_reassignment",)),
    ("marriage and civil partnership", ("marriage",)),
    ("pregnancy and maternity", ("pregnancy",)),
    ("race", ("ethnicity_self", "ethnicity_officer")),
    ("religion or belief", ("religion",)),
    ("sex", ("sex",)),
    ("sexual orientation", ("sexual_orientation",)),
)
"""Equality Act 2010, section 4, with the fields that would hold them."""

CAN = "can be audited"
CANNOT = "cannot be audited"
_UNSTATED_CODES = ("NS", "0", NOT_STATED)


def coverage(records: Any) -> Finding:
    """Tell for each protected characteristic whether this extract can be audited by it.

    Parameters
    ----------
    records : Records
        Its `stages` are counted in their engine.

    Returns
    -------
    Finding
        Name "equity-coverage". One row per characteristic and field: `n` incidents with a stated value of
        `total`, `value` their share (a count, so without an interval), `auditable` "yes" or "no", and `status`
        "can be audited" or "cannot be audited". Higher means that more is recorded. That a characteristic cannot be
        audited is a result, and is no finding about the groups.
    """
    stages = records.stages
    present = set(stages.columns)
    fields = [(name, field) for name, known in PROTECTED for field in known]
    sums = {field: _stated(stages, field).sum().fill_null(0) for _, field in fields if field in present}
    counted = stages.aggregate(everything=stages.count(), **sums).to_pyarrow().to_pandas().iloc[0]
    total = int(counted["everything"])
    rows = [_row(name, field, int(counted[field]) if field in present else None, total) for name, field in fields]
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
    return (column.notnull() & ~column.isin(_UNSTATED_CODES)).fill_null(False).cast("int64")


def _row(name: str, field: str, n: int | None, total: int) -> dict[str, Any]:
    """Return one row of the coverage table."""
    absent = n is None
    note = "no field for it in this extract" if absent else "" if n else "the field is there, and always empty"
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
        f"incidents ({100 * row['value']:.1f}%)."
        for _, row in table[(table["auditable"] == "yes") & table["value"].notna()].iterrows()
    ]
    return (*found, *([f"Cannot be audited in this extract: {', '.join(silent)}."] if silent else []))
