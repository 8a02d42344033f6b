"""What metadata.csv says of transcripts, as variables of cases: one case a transcript."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.exchange.refi.model import Case, Value, Variable
from workbench.study.projects.metadata import COLUMNS

if TYPE_CHECKING:
    from workbench.study.study import Study


def cases_of(study: "Study", leaving: Mapping[str, tuple[str, str]]) -> tuple[list[Variable], list[Case]]:
    """Return a case for each transcript that leaves, with scheme, role, wave and the like as its variables.

    Parameters
    ----------
    study : Study
        With its transcripts in the store.
    leaving : Mapping of str to (str, str)
        Document to its GUID and its name outside.
    """
    documents = study.store.documents()
    rows = [row for row in documents.to_dict(orient="records") if row["document"] in leaving]
    there = [name for name in COLUMNS if any(_said(row.get(name)) for row in rows)]
    guids = study.store.guids("variable", there)
    cases_known = study.store.guids("case", [str(row["document"]) for row in rows]) if there else {}
    cases = [
        Case(
            guid=cases_known[str(row["document"])],
            name=leaving[str(row["document"])][1],
            sources=(leaving[str(row["document"])][0],),
            values=tuple(Value(guids[name], _said(row.get(name))) for name in there if _said(row.get(name))),
        )
        for row in rows
        if any(_said(row.get(name)) for name in there)
    ]
    return [Variable(guid=guids[name], name=name) for name in there], cases


def _said(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""
