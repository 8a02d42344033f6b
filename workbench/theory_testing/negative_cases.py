"""Every case against a link, in full, and what people decided on it."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from workbench.coding.settle import CodedTalk, decided
from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.provenance import Provenance
from workbench.theory import Theory
from workbench.theory_testing.ledger import DISPUTED, RECORD, ledger
from workbench.theory_testing.sides import AGAINST, BOTH, settle_sides

NONE_YET = "none yet"
COLUMNS = (
    "link", "case", "role", "scheme", "document", "turn", "source", "coder", "disposition", "by", "why", "quote",
)  # fmt: skip


def against(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the turns of a ledger that speak against a link once the coders are settled: link, document, turn."""
    talk = rows[rows["stream"] != RECORD]
    settled = settle_sides(talk, ["link", "person", "document", "turn"])
    return settled[settled["side"].isin((AGAINST, BOTH))].reset_index(drop=True)


def negative_cases(theory: Theory, store: CodedTalk) -> Finding:
    """List every case against a link: a turn that speaks against it, whoever coded it.

    Parameters
    ----------
    theory : Theory
        Its links.
    store : CodedTalk
        A coding store, or one as it stood on a day.

    Returns
    -------
    Finding
        Those that wait for a decision first: link; case (id of the first coding that speaks against it); role, scheme,
        document, turn; source (kind); coder (all who coded it so); disposition (limits, refutes, error, rival,
        "disputed" where people differ, "none yet"); by, why (who decided, and the reasons); quote (verbatim).
        `trace(row)` gives the coding ids.
    """
    rows = ledger(theory, store, decided(store))
    found, ids = _cases(rows, store)
    table = pd.DataFrame(found, columns=list(COLUMNS))
    waits = table["disposition"].isin((NONE_YET, DISPUTED))
    order = [int(row) for row in (~waits).sort_values(kind="stable").index]
    table = table.loc[order].reset_index(drop=True)
    return Finding(
        name="negative-cases",
        title="Cases against the theory",
        table=table,
        statements=_statements(table, int(waits.sum())),
        notes=[
            "A case is a turn that speaks against a link, once its coders are settled. Each needs a decision by name."
        ],
        provenance=Provenance(
            call="negative_cases(theory, store)",
            inputs={"acts": store.fingerprint(), theory.path.name: theory.sha256},
            definitions={"theory": theory.version},
        ),
        evidence=lambda row: ids[order[row]],
    )


def _statements(table: pd.DataFrame, waiting: int) -> list[str]:
    if table.empty:
        return ["No passage speaks against a link."]
    links = table["link"].nunique()
    first = f"{counted(len(table), 'case')} against {counted(links, 'link')}; {waiting} wait for a decision."
    decisions = table["disposition"].value_counts()
    told = ", ".join(f"{number} {name}" for name, number in decisions.items())
    return [first, f"Decisions: {told}."]


def _joined(rows: list[dict[Hashable, Any]], name: str) -> str:
    return "; ".join(sorted({str(row[name]) for row in rows}))


def _cases(rows: pd.DataFrame, store: CodedTalk) -> tuple[list[dict[str, Any]], list[tuple[str, ...]]]:
    """Return a row a case, and the ids of its codings."""
    keys = ["link", "person", "document", "turn"]
    cases = rows[(rows["stream"] != RECORD) & (rows["side"] == AGAINST)].merge(against(rows)[keys], on=keys)
    ask = getattr(store, "dispositions", None)
    said = ask() if ask is not None else pd.DataFrame(columns=["coding", "by", "why"])
    reasons: dict[str, list[str]] = {}
    for row in said.to_dict(orient="records"):
        reasons.setdefault(row["coding"], []).append(f"{row['by']}: {row['why']}")
    grouped: dict[tuple[Any, ...], list[dict[Hashable, Any]]] = {}
    for row in cases.to_dict(orient="records"):
        grouped.setdefault(tuple(row[key] for key in keys), []).append(row)
    found, ids = list[dict[str, Any]](), list[tuple[str, ...]]()
    for one in grouped.values():
        first = min(one, key=lambda row: row["start"])
        found.append(
            {name: first[name] for name in ("link", "role", "scheme", "document", "turn", "quote")}
            | {"case": first["id"], "source": _joined(one, "source"), "coder": _joined(one, "coder")}
            | {"disposition": first["disposition"] or NONE_YET, "by": first["disposed_by"] or ""}
            | {"why": "; ".join(why for row in one for why in reasons.get(row["id"], ()))}
        )
        ids.append(tuple(row["id"] for row in one))
    return found, ids
