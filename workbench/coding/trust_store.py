"""The part of a store that is about trust in it: is it as it was written, is there a copy, what do others hold?"""

import hashlib
from pathlib import Path

from workbench.coding import texts as kept
from workbench.coding.base_store import BaseStore
from workbench.coding.chain import broken_chains
from workbench.coding.copies import copy_store, damaged_pages
from workbench.coding.database import acts_of
from workbench.coding.merge import merge_acts
from workbench.coding.schema import open_engine
from workbench.coding.standing_rows import rebuild, wrong_rows
from workbench.coding.withdrawal import compact
from workbench.errors import InputError, Problem


class TrustStore(BaseStore):
    """The part of a store that is about trust in it; use `open_store`."""

    def verify(self) -> list[Problem]:
        """Return the first touched act of each coder and every touched text; nothing when all is as written.

        Where neither is touched, also the documents whose table of codings in force is not what the acts come to.
        """
        with self._database.reading() as connection:
            damaged = damaged_pages(connection)
            if damaged:  # what else is said of it would mislead
                return damaged
            touched = [*broken_chains(acts_of(connection)), *kept.changed_texts(connection)]
            return touched or wrong_rows(connection)

    def replay(self) -> None:
        """Write the table of codings in force anew from the acts; `verify` says when that is needed."""
        with self._database.writing() as connection:
            rebuild(connection)

    def backup(self, path: str | Path) -> Path:
        """Copy the store to a new file while others go on writing; the copy is of one moment, and a store itself.

        Raises
        ------
        InputError
            If there is something at `path`, the disk is full, or the store is on a server.
        """
        return copy_store(self._database.engine, Path(path))

    def fingerprint(self) -> str:
        """Return one SHA-256 over all acts, to be kept elsewhere: it shows even what a chain cannot."""
        with self._database.reading() as connection:
            seals = "\n".join(f"{act.id} {act.hash}" for act in acts_of(connection))
        return hashlib.sha256(seals.encode()).hexdigest()

    def merge(self, other: "BaseStore | str | Path") -> int:
        """Add another store's acts and documents; return how many acts were new.

        Where one store holds a correction of the other's text, the corrected
        text stands, and codings on the former one are moved. A document that
        either store withdrew is withdrawn here, and its words are erased.

        Raises
        ------
        InputError
            If the stores hold texts of a document neither of which corrects the other, or an act was touched.
        """
        if isinstance(other, BaseStore):
            with self._database.writing() as connection, other._database.reading() as theirs:
                added, erased = merge_acts(connection, theirs)
            if erased:
                compact(self._database.engine)
            return added
        if "://" not in str(other) and not Path(other).is_file():
            raise InputError(Problem(place=str(other), what="there is no such file"))
        with type(self)(open_engine(other)) as opened:
            return self.merge(opened)
