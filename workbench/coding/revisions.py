"""Every text that a document ever had, numbered from 1."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.coding.acts import moment
from workbench.coding.schema import tables
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection

COLUMNS = ("document", "revision", "sha256", "at", "by", "note")


def add_revision(
    connection: "Connection", document: str, sha256: str, *, former: Any = None, turns: Sequence[Any] = (), by: str
) -> None:
    """Number the document's new text; keep the former one and its turns with the number that it has.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        Of the writer.
    document, sha256 : str
        The document, and the hash of its new text.
    former : row of documents or None
        As it stood before; None, or without a hash, when there is no text to keep.
    turns : Sequence of dict
        The former text's rows of turns.
    by : str
        Who corrected it.
    """
    rows = revisions_of(connection, document)
    if former is not None and former.sha256:
        rows[-1] |= {"text": former.text, "turns": [turn["attributes"] for turn in turns]}
    number = len(rows) + 1
    fresh = {"document": document, "revision": number, "sha256": sha256, "text": None, "turns": None}
    replace_revisions(connection, document, [*rows, fresh | {"at": moment(), "by": by, "note": ""}])


def revisions_of(connection: "Connection", document: str) -> list[dict[str, Any]]:
    """Return the document's rows, in order."""
    revisions = tables().revisions
    asked = revisions.select().where(revisions.c.document == document).order_by(revisions.c.revision)
    return [dict(row._mapping) for row in connection.execute(asked)]


def replace_revisions(connection: "Connection", document: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the document's rows anew, numbered in their order."""
    revisions = tables().revisions
    connection.execute(revisions.delete().where(revisions.c.document == document))
    if rows:
        connection.execute(revisions.insert(), [{**row, "revision": n} for n, row in enumerate(rows, start=1)])


def revision_table(connection: "Connection", document: str | None = None) -> pd.DataFrame:
    """Return one row a revision of the documents that are held, or of this one: columns `COLUMNS`."""
    import sqlalchemy as sa

    here = tables()
    asked = (
        sa.select(*(here.revisions.c[name] for name in COLUMNS))
        .join(here.documents, here.documents.c.document == here.revisions.c.document)
        .where(here.documents.c.sha256 != "")
        .order_by(here.documents.c.position, here.revisions.c.document, here.revisions.c.revision)
    )
    if document is not None:
        asked = asked.where(here.revisions.c.document == document)
    table = pd.DataFrame([tuple(row) for row in connection.execute(asked)], columns=list(COLUMNS))
    return table.astype({name: "int64" if name == "revision" else "str" for name in COLUMNS})


def former_texts(connection: "Connection", document: str) -> dict[str, str]:
    """Return the document's former texts by their hash, without those that were erased."""
    return {row["sha256"]: row["text"] for row in revisions_of(connection, document) if row["text"] is not None}


def text_of_revision(connection: "Connection", document: str, revision: int, present: str) -> str:
    """Return the text that the document had in a revision.

    Raises
    ------
    InputError
        If there is no such revision, or its words were erased.
    """
    rows = revisions_of(connection, document)
    if not 1 <= revision <= len(rows):
        raise InputError(f"{document} has no revision {revision}: it has {len(rows)}, numbered from 1")
    if revision == len(rows):
        return present
    row = rows[revision - 1]
    if row["text"] is None:
        what = f"the words of revision {revision} were erased ({row['note']})"
        raise InputError(Problem(place=document, what=what, remedy="They are not kept anywhere in the store"))
    return str(row["text"])


def former_turns(connection: "Connection", wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Any]]:
    """Return the turns of former texts, by document and the text's hash."""
    found = {}
    for document in sorted({document for document, _ in wanted}):
        for row in revisions_of(connection, document):
            if row["turns"] is not None:
                found[document, row["sha256"]] = row["turns"]
    return found
