"""What metadata.csv says of transcripts, as variables of cases: one case a transcript."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.corpus.document import ROLES, SEVERAL, UNKNOWN
from workbench.exchange.refi.model import Case, Value, Variable
from workbench.study.projects.metadata import COLUMNS
from workbench.study.projects.own import as_read

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
    documents, speakers = study.store.documents(), _speakers(study)
    rows = [
        {**row, "speakers": speakers.get(str(row["document"]), "")}
        for row in documents.to_dict(orient="records")
        if row["document"] in leaving
    ]
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


def _speakers(study: "Study") -> dict[str, str]:
    """Return each transcript's speakers and their roles as metadata.csv writes them, with the labels of the text."""
    people = study.store.turns().drop_duplicates("person")
    found: dict[str, list[str]] = {}
    for document, speaker, role in people[["document", "speaker", "role"]].itertuples(index=False):
        if role in ROLES and not {"=", ";"} & set(speaker) and speaker not in (SEVERAL, UNKNOWN):
            found.setdefault(str(document), []).append(f"{as_read(speaker)}={role}")
    return {document: "; ".join(pairs) for document, pairs in found.items()}


def _said(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""
