"""Where coders differ, passage by passage: a list to work through."""

from typing import Any

import numpy as np
import pandas as pd

from workbench.agreement.agreement import CodedStore
from workbench.coding.units import UnitTable, unit_table
from workbench.finding import Finding
from workbench.provenance import Provenance

COLUMNS = ("document", "turn", "code", "coder", "coder_without", "quote", "note")
LONGEST = 300
"""Characters of a quote in the list; the whole of it is behind the coding's id."""


def disagreements(store: CodedStore, *, unit: str = "turn") -> Finding:
    """List the codings of which another coder, who has finished the document too, marked no part.

    Parameters
    ----------
    store : Store
        The coding store.
    unit : {"turn", "sentence", "character"}
        How near two codings must be to count as the same: in one turn, one sentence, or overlapping.

    Returns
    -------
    Finding
        `disagreements`: document, turn, code, `coder` (who marked it),
        `coder_without` (who did not), `quote` (what the first marked), note
        (the first coder's memo). Evidence: the coding.
    """
    table = unit_table(store, unit)
    marks = {code: table.marked(code) for code in table.codes}
    rows: list[dict[str, Any]] = []
    ids: list[str] = []
    for row in range(len(table.codings)):
        coding = table.codings.iloc[row]
        for other in _others_without(table, coding, marks[coding["code"]]):
            rows.append(_row(coding, other))
            ids.append(str(coding["id"]))
    position = {document: number for number, document in enumerate(pd.unique(table.units["document"]))}
    order = sorted(range(len(rows)), key=lambda number: _place(rows[number], position))
    found = pd.DataFrame([rows[number] for number in order], columns=list(COLUMNS))
    by_code = found["code"].value_counts().sort_values(ascending=False, kind="stable")
    return Finding(
        name="disagreements",
        title="Passages that one coder marked and another did not",
        table=found,
        statements=[f"{code}: {count} to talk about." for code, count in by_code.items()],
        notes=["A difference is not an error: it may be the code's definition that needs work."],
        provenance=Provenance(call=f"disagreements(store, unit={unit!r})", inputs={"store": store.fingerprint()}),
        evidence=lambda row: (ids[order[row]],),
    )


def _others_without(table: UnitTable, coding: Any, marked: "np.ndarray[Any, Any]") -> list[str]:
    """Return the coders who have finished the document and marked no unit of this coding with its code."""
    units = table.units
    here = np.asarray(
        (units["document"] == coding["document"]) & (units["start"] < coding["end"]) & (units["end"] > coding["start"])
    )
    return [
        coder
        for row, coder in enumerate(table.coders)
        if coder != coding["coder"] and here.any() and table.finished[row, here].all() and not marked[row, here].any()
    ]


def _row(coding: Any, other: str) -> dict[str, Any]:
    quote = " ".join(str(coding["quote"]).split())
    return {
        "document": coding["document"],
        "turn": coding["turn"],
        "code": coding["code"],
        "coder": coding["coder"],
        "coder_without": other,
        "quote": quote if len(quote) <= LONGEST else quote[: LONGEST - 1] + "…",
        "note": coding["memo"],
    }


def _place(row: dict[str, Any], position: dict[Any, int]) -> tuple[str, int, int, str, str]:
    turn = -1 if pd.isna(row["turn"]) else int(row["turn"])
    return (row["code"], position[row["document"]], turn, row["coder"], row["coder_without"])
