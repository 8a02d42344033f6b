"""A store as it stood at an earlier time, to read and to analyse; nothing can be written to it."""

import hashlib
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.coding import texts as kept
from workbench.coding import view
from workbench.coding.acts import Act, moment
from workbench.coding.base_store import BaseStore
from workbench.coding.code_changes import code_change_table
from workbench.coding.database import acts_of
from workbench.coding.evidence_store import EvidenceStore
from workbench.coding.in_force import codings_in_force
from workbench.coding.schema import tables
from workbench.coding.settled_store import SettledStore
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


class StoreAsOf(BaseStore):
    """What a store held at a time; use `store.as_of`. Analyses take it for a store.

    Codes are called as they were called then, passages lie where they lay,
    and documents read as they read then. Three things are not brought back:
    withdrawn documents and voices are gone at any time; the words of a former
    text that were erased are refused; what a document is said to be (role,
    scheme, …) is as the corpus gives it now, but for the turns of former texts.

    Parameters
    ----------
    engine : sqlalchemy.Engine
        Of the store.
    limit : str
        The last moment that counts, as `moment` writes it.
    """

    def __init__(self, engine: "Engine", limit: str) -> None:
        super().__init__(engine)
        self.limit = limit

    def __repr__(self) -> str:
        return f"StoreAsOf({self.limit!r})"

    def close(self) -> None:
        """Do nothing: the store that this is a view of is open still."""

    def codings(self, as_of: str | date | None = None, coder: str | None = None) -> pd.DataFrame:
        """Return the codings in force then, or at a time before; see `Store.codings`."""
        limit = self.limit if as_of is None else min(self.limit, moment(as_of, end_of_day=True))
        with self._database.reading() as connection:
            return codings_in_force(connection, limit, coder)

    def counts(self) -> pd.DataFrame:
        """Return how often each coder had given each code: code, coder, codings, documents."""
        by = self.codings().groupby(["code", "coder"], as_index=False)
        return by.agg(codings=("id", "size"), documents=("document", "nunique"))

    def code_changes(self, as_of: str | date | None = None) -> pd.DataFrame:
        """Return the changes of codes that stood then; see `Store.code_changes`."""
        limit = self.limit if as_of is None else min(self.limit, moment(as_of, end_of_day=True))
        return code_change_table(act for act in self._acts(view.CHANGING) if act.at <= limit)

    def settled(self) -> pd.DataFrame:
        """Return the decisions on differences that stood then; see `Store.settled`."""
        return SettledStore(self._database.engine).settled(as_of=self.limit)

    def weighed(self) -> pd.DataFrame:
        """Return what had been said of codings' sources then; see `Store.weighed`."""
        return EvidenceStore(self._database.engine).weighed(as_of=self.limit)

    def dispositions(self) -> pd.DataFrame:
        """Return what people had decided on cases against links; see `Store.dispositions`."""
        return EvidenceStore(self._database.engine).dispositions(as_of=self.limit)

    def registered(self) -> pd.DataFrame:
        """Return what had been sealed; see `Store.registered`."""
        return EvidenceStore(self._database.engine).registered(as_of=self.limit)

    def summaries(self) -> pd.DataFrame:
        """Return the summaries of the framework matrix as they were; see `Store.summaries`."""
        return EvidenceStore(self._database.engine).summaries(as_of=self.limit)

    def read_by(self) -> pd.DataFrame:
        """Return who had finished which document: columns coder, document."""
        with self._database.reading() as connection:
            held = kept.held_documents(connection)
        read = [pair for pair in view.finished(self._acts(("read", "undo", "redo"))) if pair[1] in held]
        return pd.DataFrame(read, columns=["coder", "document"], dtype="str")

    def documents(self) -> pd.DataFrame:
        """Return the documents that were there, with the columns that the corpus gives them now."""
        with self._database.reading() as connection:
            there = self._texts_then(connection)
            table = kept.document_table(connection)
        return table[table["document"].isin(list(there))].reset_index(drop=True)

    def turns(self) -> pd.DataFrame:
        """Return the turns of the documents that were there, as their texts were cut then."""
        with self._database.reading() as connection:
            there = self._texts_then(connection)
            table = kept.turn_table(connection)
        former = [pd.DataFrame(row["turns"]) for row in there.values() if row["turns"] and not row["is_present"]]
        present = [document for document, row in there.items() if row["is_present"]]
        table = table[table["document"].isin(present)]
        return pd.concat([table, *former], ignore_index=True) if former else table.reset_index(drop=True)

    def text(self, document: str) -> str:
        """Return a document's text as it was then.

        Raises
        ------
        InputError
            If the document was not there, or the words that it had were erased.
        """
        with self._database.reading() as connection:
            kept.check_known(connection, [document])
            row = self._texts_then(connection).get(document)
            present = kept.texts(connection, [document])[document]
        if row is None:
            what = f"the store did not hold it by {self.limit}"
            raise InputError(Problem(place=document, what=what, remedy="store.revisions() says when texts came in"))
        if row["text"] is None and not row["is_present"]:
            what = f"its words of that time were erased ({row['note']})"
            raise InputError(Problem(place=document, what=what, remedy="They are not kept anywhere in the store"))
        return present if row["is_present"] else str(row["text"])

    def acts(self) -> pd.DataFrame:
        """Return everything that had been done, in order."""
        return pd.DataFrame([act.to_row() for act in self._acts()], columns=list(Act._fields))

    def fingerprint(self) -> str:
        """Return one SHA-256 over all acts up to then."""
        return hashlib.sha256("\n".join(f"{act.id} {act.hash}" for act in self._acts()).encode()).hexdigest()

    def _acts(self, kinds: tuple[str, ...] | None = None) -> list[Act]:
        with self._database.reading() as connection:
            return [act for act in acts_of(connection, kinds=kinds) if act.at <= self.limit]

    def _texts_then(self, connection: "Connection") -> dict[str, dict[str, Any]]:
        """Return the revision that each document had; one with acts from before its import had its first."""
        import sqlalchemy as sa

        acts, revisions = tables().acts, tables().revisions
        acted = set(connection.scalars(sa.select(acts.c.document).where(acts.c.at <= self.limit).distinct()))
        texts = defaultdict(list)
        for row in connection.execute(revisions.select().order_by(revisions.c.document, revisions.c.revision)):
            texts[row.document].append(dict(row._mapping))
        found = {}
        for document in kept.held_documents(connection):
            rows = texts[document]
            until = [row for row in rows if row["at"] <= self.limit] or (rows[:1] if document in acted else [])
            if until:
                found[document] = until[-1] | {"is_present": len(until) == len(rows)}
        return found
