"""One transcript with all that was done on it, read at one moment: what a screen shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.coding import view
from workbench.coding.acts import Act
from workbench.coding.coding_table import row_table
from workbench.coding.corrections import unplaced_table
from workbench.coding.database import acts_of, acts_on_codes, latest_id
from workbench.coding.schema import tables
from workbench.coding.standing_rows import rows_of
from workbench.coding.texts import check_known

if TYPE_CHECKING:
    from sqlalchemy import Connection

CODING = (
    "id", "coder", "code", "start", "end", "quote", "stance", "origin", "memo", "at", "turn",
)  # fmt: skip
SUGGESTION = ("id", "start", "end", "turn", "code", "source", "score", "why")
_DECIDING = ("accept", "reject", "read", "undo", "redo", "lift")


@dataclass(frozen=True)
class CodedDocument:
    """A transcript, and what stands on it.

    Parameters
    ----------
    document, text : str
        Its name, and its present text: every `start` and `end` counts the text's code points.
    attributes : dict
        The columns that the corpus gave it.
    turns : list of dict
        turn, start, end, speaker, person, role, … as `Store.turns` has them.
    codings : list of dict
        `CODING`: of all coders, in force, in the order they were made; `code` after changes of codes.
    suggestions : list of dict
        `SUGGESTION`, accepted_by and rejected_by (lists of coders), in the order of the text.
    waiting : list of dict
        The columns of `Store.unplaced`.
    finished : tuple of str
        Coders who have read it to the end.
    latest : str
        As `Store.latest` gives it.
    """

    document: str
    text: str
    attributes: dict[str, Any]
    turns: list[dict[str, Any]]
    codings: list[dict[str, Any]]
    suggestions: list[dict[str, Any]]
    waiting: list[dict[str, Any]]
    finished: tuple[str, ...]
    latest: str


def read_coded_document(connection: "Connection", document: str) -> CodedDocument:
    """Return a document as it is at the connection's moment.

    Raises
    ------
    InputError
        If the store does not hold it.
    """
    check_known(connection, [document])
    here = tables()
    row = connection.execute(here.documents.select().where(here.documents.c.document == document)).one()
    turns = here.turns.select().where(here.turns.c.document == document).order_by(here.turns.c.turn)
    said = [each.attributes for each in connection.execute(turns)]
    acts = acts_of(connection, document=document, kinds=_DECIDING)
    return CodedDocument(
        document=document,
        text=row.text,
        attributes=row.attributes,
        turns=said,
        codings=_codings(connection, document, row.text, said),
        suggestions=_suggestions(connection, document, view.decisions(acts)),
        waiting=_waiting(connection, document) if any(act.waits for act in acts) else [],
        finished=tuple(coder for coder, _ in view.finished(acts)),
        latest=latest_id(connection),
    )


def _codings(connection: "Connection", document: str, text: str, turns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places = pd.DataFrame(turns, columns=["document", "turn", "start", "end"])
    table = row_table(rows_of(connection, document), places, {document: text})[list(CODING)]
    return _records(table.astype(object).where(table.notna(), None))


def _suggestions(
    connection: "Connection", document: str, decisions: Mapping[str, Mapping[str, str]]
) -> list[dict[str, Any]]:
    rows = tables().suggestions
    asked = rows.select().where(rows.c.document == document)
    asked = asked.order_by(rows.c.start, rows.c.end, rows.c.code, rows.c.source)
    return [
        {name: getattr(row, name) for name in SUGGESTION}
        | {f"{what}ed_by": _who(decisions.get(row.id, {}), what) for what in ("accept", "reject")}
        for row in connection.execute(asked)
    ]


def _who(decided: Mapping[str, str], what: str) -> list[str]:
    return sorted(coder for coder, decision in decided.items() if decision == what)


def _waiting(connection: "Connection", document: str) -> list[dict[str, Any]]:
    acts: list[Act] = acts_of(connection, document=document)
    return _records(unplaced_table(acts, acts_on_codes(connection)))


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.astype(object).to_numpy().tolist()]
