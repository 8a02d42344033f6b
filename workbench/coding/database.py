"""One store's database: who may write when, and its acts as records."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench.coding.acts import SETTLING, Act
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


def acts_of(
    connection: "Connection",
    *,
    coder: str | None = None,
    document: str | None = None,
    kinds: Collection[str] | None = None,
    corrections: bool = False,
) -> list[Act]:
    """Return all acts, or those of one coder, on one document, or of these kinds, in order.

    With `corrections`, those of one coder come with what anybody's correction did to codings.
    """
    import sqlalchemy as sa

    acts = tables().acts
    asked = sa.select(*(acts.c[name] for name in Act._fields)).order_by(acts.c.id)
    if coder is not None:
        asked = asked.where((acts.c.coder == coder) | (acts.c.kind.in_(SETTLING) if corrections else sa.false()))
    if document is not None:
        asked = asked.where(acts.c.document == document)
    if kinds is not None:
        asked = asked.where(acts.c.kind.in_(sorted(kinds)))
    return [Act._make(row) for row in connection.execute(asked)]


def act_with(connection: "Connection", identity: str) -> Act | None:
    """Return the act with this id, or None."""
    import sqlalchemy as sa

    acts = tables().acts
    asked = sa.select(*(acts.c[name] for name in Act._fields)).where(acts.c.id == identity)
    row = connection.execute(asked).first()
    return Act._make(row) if row else None
