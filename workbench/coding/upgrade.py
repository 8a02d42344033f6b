"""A store made by an earlier version, brought up to this one; nothing in it is lost."""

from typing import TYPE_CHECKING

from workbench.coding.acts import moment
from workbench.coding.guards import set_guards
from workbench.coding.roles import check_may_make, set_roles
from workbench.coding.schema import tables
from workbench.coding.standing_rows import rebuild
from workbench.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

VERSION = 3
"""1: acts, documents, turns, suggestions. 2: revisions; acts name the text they count in;
seals cover digests of words, not the words. 3: codings in force, GUIDs, what other programs gave, members."""


def version_of(connection: "Connection") -> int:
    """Return which version made the store; 0 for an empty database.

    Raises
    ------
    InputError
        If a later version made it.
    """
    import sqlalchemy as sa

    found = sa.inspect(connection)
    if not found.has_table("version"):
        return 1 if found.has_table("acts") else 0
    version = connection.execute(sa.select(sa.func.max(tables().version.c.version))).scalar_one() or 0
    if version > VERSION:
        raise InputError(
            f"this coding store is of version {version}, and this workbench knows up to {VERSION}: "
            "install the workbench that wrote it"
        )
    return int(version)


def bring_up(connection: "Connection") -> None:
    """Make the tables that are missing, and fill in what an earlier version did not write."""
    version = version_of(connection)
    if version == VERSION:
        return  # another process was first
    check_may_make(connection, version)
    if version == 1:
        _drop_guards(connection)
        for column in ("revision", "words"):
            connection.exec_driver_sql(f"ALTER TABLE acts ADD COLUMN {column} VARCHAR(64)")
    tables().metadata.create_all(connection)
    if version == 1:
        _add_index(connection, tables().acts, "acts_by_kind")
        _number_texts(connection)
    if version in (1, 2):
        _add_index(connection, tables().suggestions, "suggestions_by_document")
        rebuild(connection)
    connection.execute(tables().version.insert(), {"version": VERSION})
    set_guards(connection)
    set_roles(connection)


def _add_index(connection: "Connection", table: "Table", name: str) -> None:
    next(index for index in table.indexes if index.name == name).create(connection)


def _drop_guards(connection: "Connection") -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS acts_refuse_update")
    else:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS acts_refuse_change ON acts")


def _number_texts(connection: "Connection") -> None:
    """Make every text its document's first revision: version 1 refused to change one that acts rested on."""
    import sqlalchemy as sa

    here = tables()
    hashes = sa.select(here.documents.c.sha256).where(here.documents.c.document == here.acts.c.document)
    connection.execute(here.acts.update().values(revision=hashes.scalar_subquery()))
    rows = [
        {"document": row.document, "revision": 1, "sha256": row.sha256, "text": None, "turns": None}
        | {"at": moment(), "by": "upgrade", "note": ""}
        for row in connection.execute(sa.select(here.documents.c.document, here.documents.c.sha256))
    ]
    if rows:
        connection.execute(here.revisions.insert(), rows)
