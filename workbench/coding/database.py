"""One store's database: who may write when, and its acts as records."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench.coding.acts import Act, from_row
from workbench.coding.schema import READING, WAIT_SECONDS, queue_writers, tables
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


class Database:
    """Transactions on a store's engine: one writer at a time, readers never wait.

    Parameters
    ----------
    engine : sqlalchemy.Engine
        From `schema.open_engine`.
    """

    def __init__(self, engine: "Engine") -> None:
        self.engine = engine

    @contextmanager
    def writing(self) -> "Iterator[Connection]":
        """Hold the writer's lock; all that is written stands at the end, or nothing.

        Raises
        ------
        InputError
            If another writer holds the lock too long, or the file cannot be written.
        """
        import sqlalchemy as sa

        try:
            with self.engine.begin() as connection:
                queue_writers(connection)
                yield connection
        except sa.exc.OperationalError as error:
            raise InputError(
                Problem(
                    place=self.engine.url.render_as_string(hide_password=True),
                    what=f"this could not be written ({error.orig})",
                    remedy=f"If others are writing, try again: a writer waits {WAIT_SECONDS} seconds for the others",
                )
            ) from error

    @contextmanager
    def reading(self) -> "Iterator[Connection]":
        """See one moment of the store, whatever others write meanwhile."""
        with self.engine.connect().execution_options(**{READING: True}) as connection:
            yield connection


def acts_of(connection: "Connection", *, coder: str | None = None, document: str | None = None) -> list[Act]:
    """Return all acts, or those of one coder, or on one document, in order."""
    acts = tables().acts
    asked = acts.select().order_by(acts.c.id)
    if coder is not None:
        asked = asked.where(acts.c.coder == coder)
    if document is not None:
        asked = asked.where(acts.c.document == document)
    return [from_row(dict(row)) for row in connection.execute(asked).mappings()]


def act_with(connection: "Connection", identity: str) -> Act | None:
    """Return the act with this id, or None."""
    acts = tables().acts
    row = connection.execute(acts.select().where(acts.c.id == identity)).mappings().first()
    return from_row(dict(row)) if row else None
