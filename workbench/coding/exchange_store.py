"""The part of a store that is about other programs: the ids they know things by, and what they gave."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from workbench.coding import exchanged, view
from workbench.coding import texts as kept
from workbench.coding.base_store import BaseStore
from workbench.coding.code_changes import present_codes
from workbench.coding.coding import Coding
from workbench.coding.database import acts_on_codes
from workbench.coding.exchanged import Known
from workbench.coding.marking import mark
from workbench.coding.passages import as_rows, check_passages

CARRIED = ("guid", "kind", "source", "at", "content")


class ExchangeStore(BaseStore):
    """The part of a store that is about other programs; use `open_store`."""

    def guid(self, kind: str, name: str) -> str:
        """Return the GUID by which other programs know something; one is made and kept where it has none.

        Parameters
        ----------
        kind : str
            user, code, document, coding, project, and the like.
        name : str
            What it is called here: the coder, the code's id, the document, the coding's id.

        Returns
        -------
        str
            Upper case, without braces. Random (or, for a coding, its id, which holds no name): it says nothing of
            what it stands for.
        """
        return self.guids(kind, [name])[name]

    def guids(self, kind: str, names: Iterable[str]) -> dict[str, str]:
        """Return the GUID of each of these, as `guid` does."""
        wanted = dict.fromkeys(names)
        with self._database.reading() as connection:
            held = {each.name: each.guid for each in exchanged.known(connection, kind)}
        missing = [name for name in wanted if name not in held]
        if kind == "coding":
            held |= {name: str(uuid.UUID(name)).upper() for name in missing}
        elif missing:
            with self._database.writing() as connection:
                exchanged.keep(connection, [Known(kind, name, str(uuid.uuid4()).upper()) for name in missing])
                held = {each.name: each.guid for each in exchanged.known(connection, kind)}
        return {name: held[name] for name in wanted}

    def names_of(self, kind: str) -> dict[str, str]:
        """Return what is called how here, by the GUIDs of a kind that are kept."""
        with self._database.reading() as connection:
            return {each.guid: each.name for each in exchanged.known(connection, kind)}

    def selections_of_codings(self) -> dict[str, str]:
        """Return the GUID of the passage on which each coding came in, by the coding's id."""
        with self._database.reading() as connection:
            return {each.name: each.guid for each in exchanged.known(connection, "selection")}

    def keep_guids(self, rows: Iterable[tuple[str, str, str]]) -> int:
        """Keep GUIDs that other programs gave, as (kind, name, guid); return how many were new.

        What has a GUID already keeps it: some programs make new ones at each export.
        """
        with self._database.writing() as connection:
            return exchanged.keep(connection, [Known(*row) for row in rows])

    def carry(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Keep what other programs gave and workbench has no place for, to be given back; return how many changed.

        Parameters
        ----------
        rows : iterable of mappings
            guid, kind, source (which file), at (ISO 8601), content (plain JSON). `content["documents"]` lists the
            documents that it is about: their withdrawal erases the row.
        """
        with self._database.writing() as connection:
            return exchanged.carry(connection, rows)

    def mask_carried(self, replaced: Callable[[str, str], str]) -> int:
        """Put pseudonyms into what is carried, for names that the register has learned since; return how many changed.

        Parameters
        ----------
        replaced : callable
            Words and a document to the words with pseudonyms: `Register.replaced`.
        """
        with self._database.writing() as connection:
            return exchanged.mask_carried(connection, replaced)

    def carried(self) -> pd.DataFrame:
        """Return what other programs gave and nothing here uses: guid, kind, source, at, content."""
        from workbench.coding.schema import tables

        carried = tables().carried
        with self._database.reading() as connection:
            rows = [dict(row._mapping) for row in connection.execute(carried.select().order_by(carried.c.guid))]
        return pd.DataFrame(rows, columns=list(CARRIED), dtype=object)

    def coders(self) -> list[str]:
        """Return everybody who did anything in this store, sorted."""
        import sqlalchemy as sa

        from workbench.coding.schema import tables

        with self._database.reading() as connection:
            return sorted(connection.execute(sa.select(tables().acts.c.coder).distinct()).scalars())

    def codings_known_as(self, guids: Iterable[str]) -> dict[str, str]:
        """Return which of these GUIDs are codings that were made or brought in here, in force or taken back since."""
        import sqlalchemy as sa

        from workbench.coding.schema import tables

        acts, wanted = tables().acts, set(guids)
        found = {guid: name for guid, name in self.names_of("coding").items() if guid in wanted}
        ids = {guid.replace("-", "").lower(): guid for guid in wanted - set(found)}
        with self._database.reading() as connection:
            asked = sa.select(acts.c.id).where(acts.c.kind.in_(("code", "accept")))
            found |= {ids[name]: name for name in connection.execute(asked).scalars() if name in ids}
        return found

    def withdrawn_texts(self) -> dict[str, str]:
        """Return the documents that were withdrawn by the SHA-256 of the texts that they had: their words are gone."""
        from workbench.coding.schema import tables

        here = tables()
        with self._database.reading() as connection:
            rows = connection.execute(
                here.revisions.select()
                .join(here.documents, here.documents.c.document == here.revisions.c.document)
                .where(here.documents.c.sha256 == "")
            )
            return {row.sha256: row.document for row in rows}

    def bring_in(
        self,
        codings: Iterable[Mapping[str, Any]],
        *,
        guids: Iterable[tuple[str, str, str]] = (),
        carried: Iterable[Mapping[str, Any]] = (),
    ) -> list[Coding]:
        """Take over codings of another program with their GUIDs and all that came with them: everything, or nothing.

        Parameters
        ----------
        codings : iterable of mappings
            As for `code_many`, each with `guid` and, where wanted, `selection` (the GUID of its passage).
        guids, carried
            As for `keep_guids` and `carry`.

        Returns
        -------
        list of Coding
            One a row; rows of one coder, passage and code are one coding.

        Raises
        ------
        InputError
            With every problem of every row.
        """
        codings = list(codings)
        rows = as_rows(codings, {})
        with self._database.writing() as connection:
            texts = kept.texts(connection, {str(row.get("document")) for row in rows})
            codes = present_codes(acts_on_codes(connection))
            made = mark(connection, check_passages(rows, texts, codes)) if rows else []
            known = [Known(*row) for row in guids]
            for act, row in zip(made, codings, strict=True):
                known += [Known("coding", act.id, row["guid"])] if row.get("guid") else []
                known += [Known("selection", act.id, row["selection"])] if row.get("selection") else []
            exchanged.keep(connection, known)
            exchanged.carry(connection, carried)
            return [view.coding(act) for act in made]
