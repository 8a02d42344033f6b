"""Withdrawal: a transcript, or one voice in it, is taken out and its words are erased; that it was there is kept."""

import sqlite3
from typing import TYPE_CHECKING

import pandas as pd

from workbench.coding import view
from workbench.coding.acts import VOICE, Act
from workbench.coding.database import Database, acts_of, pending
from workbench.coding.exchanged import erase_carried
from workbench.coding.failures import explained
from workbench.coding.marking import record
from workbench.coding.revisions import replace_revisions, revisions_of
from workbench.coding.roles import compact as compact_on_server
from workbench.coding.schema import tables
from workbench.corpus.document import WITHDRAWN
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

DECISIONS = ("withdraw", "restore")
COLUMNS = ("document", "by", "at", "why", "codings", "words")


def withdraw(connection: "Connection", document: str, *, coder: str, why: str) -> None:
    """Take a document out and erase its words; doing it again erases again what a copy brought back."""
    if document not in view.withdrawn(acts_of(connection, document=document, kinds=DECISIONS)):
        record(connection, coder, "withdraw", document=document, memo=why)
    erase_document(connection, document)


def restore(connection: "Connection", document: str, *, coder: str, why: str) -> None:
    """Let a withdrawn document in again; its words come back with the next import, not before.

    Raises
    ------
    InputError
        If it is not withdrawn.
    """
    gone = view.withdrawn(acts_of(connection, kinds=DECISIONS))
    if document not in gone:
        raise InputError(Problem(place=document, what="it is not withdrawn", choices=sorted(gone)))
    record(connection, coder, "restore", document=document, memo=why)


def erase_document(connection: "Connection", document: str) -> None:
    """Erase every word of a withdrawn document; what was done, when and by whom stays."""
    here = tables()
    row = connection.execute(here.documents.select().where(here.documents.c.document == document)).one()
    words = row.attributes.get("words") or len(row.text.split())
    kept = {"position": row.position, "sha256": "", "text": "", "attributes": {"document": document, "words": words}}
    connection.execute(here.documents.update().where(here.documents.c.document == document), kept)
    for table in (here.turns, here.suggestions):
        connection.execute(table.delete().where(table.c.document == document))
    erased = {"text": None, "turns": None, "note": WITHDRAWN}
    replace_revisions(connection, document, [former | erased for former in revisions_of(connection, document)])
    theirs = [
        act
        for act in acts_of(connection, document=document)
        if act.kind not in DECISIONS and not (act.kind == "lift" and act.origin == "rule")
    ]
    _erase_words(connection, theirs, quote=True, memo=True)
    erase_carried(connection, document)


def erase_voices(connection: "Connection", document: str, *, by: str | None = None) -> bool:
    """Erase the words that a voice withdrew from: former texts, and quotes and memos of codings that were on them.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        Of the writer.
    document : str
        Its present text holds more marks of withdrawal than a former one.
    by : str, optional
        Who corrected it; None repeats an erasure that is recorded already.

    Returns
    -------
    bool
        Whether any former text or word was there to erase.
    """
    if by is not None:
        record(connection, by, "withdraw", document=document, target=VOICE)
    here = tables()
    now = connection.execute(here.documents.select().where(here.documents.c.document == document)).one()
    rows, marks = revisions_of(connection, document), now.text.count(WITHDRAWN)
    erased = [n for n, row in enumerate(rows[:-1]) if row["text"] and row["text"].count(WITHDRAWN) < marks]
    for number in erased:
        rows[number] |= {"text": None, "turns": None, "note": WITHDRAWN}
    if erased:
        replace_revisions(connection, document, rows)
    acts = acts_of(connection, document=document)
    lifted = {act.target for act in acts if act.kind == "lift" and act.origin == "rule" and act.memo == VOICE}
    # Words that nobody else in the document says in the same way are those of the voice, or were corrected away.
    quoted = [act for act in acts if act.quote and act.quote not in now.text]
    # Notes on words that are gone, unless their coding lives on other words now, may quote them.
    lost = lifted | {act.id for act in quoted} - {act.id for act in view.current(acts)}
    noted = [act for act in acts if act.memo and act.kind != "lift" and lost & {act.id, act.target}]
    since = max((act.id for act in acts if act.kind == "withdraw" and act.target == VOICE), default="")
    noted += [act for act in acts if act.kind == "summarise" and act.memo and act.id < since]
    carried = erase_carried(connection, document)
    unsaid = [_erase_words(connection, quoted, quote=True), _erase_words(connection, noted, memo=True)]
    return bool(erased) or bool(carried) or any(unsaid)


def _erase_words(connection: "Connection", erased: list[Act], *, quote: bool = False, memo: bool = False) -> bool:
    import sqlalchemy as sa

    acts = tables().acts
    nothing = {acts.c.quote: None} if quote else {}
    nothing |= {acts.c.memo: None} if memo else {}
    if erased:
        update = acts.update().where(acts.c.id == sa.bindparam("identity")).values(nothing)
        connection.execute(update, [{"identity": act.id} for act in erased])
        pending(connection).documents |= {act.document or "" for act in erased}
    return bool(erased)


def withdrawn_table(connection: "Connection") -> pd.DataFrame:
    """Return the withdrawn documents: columns `COLUMNS`; codings in force and words as they were before."""
    here = tables()
    gone = view.withdrawn(acts_of(connection, kinds=DECISIONS))
    words = {row.document: row.attributes.get("words") or 0 for row in connection.execute(here.documents.select())}
    codings = {document: len(view.current(acts_of(connection, document=document))) for document in gone}
    rows = [
        (document, act.coder, act.at, act.memo or "", codings[document], words.get(document, 0))
        for document, act in sorted(gone.items())
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({name: "int64" if name in ("codings", "words") else "str" for name in COLUMNS})


def compact(engine: "Engine") -> None:
    """Write the database anew, so that nothing erased is left in its free pages or its log.

    Raises
    ------
    InputError
        If another program holds the database, and so its log, open.
    """
    if engine.dialect.name == "postgresql":
        with Database(engine).writing() as connection:
            compact_on_server(connection)
        return
    with explained(engine.url), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        cursor = connection.connection.cursor()
        try:
            cursor.execute("VACUUM")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy:
                raise
        finally:
            cursor.close()
    if busy:
        raise InputError(
            Problem(
                place=engine.url.render_as_string(hide_password=True),
                what="the words are out of the store, but another program that reads it holds them in its log",
                remedy="Close the other programs and notebooks that have the store open, and withdraw once more",
            )
        )
