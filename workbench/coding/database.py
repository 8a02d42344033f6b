"""One store's database: who may write when, its acts as records, and what a user is told when it fails."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench.coding.acts import SETTLING, Act
from workbench.coding.failures import explained
from workbench.coding.schema import READING, queue_writers, tables

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine, Select, Table

MOVED_BY_OTHERS = (*SETTLING, "undo", "redo")
"""What others did that may matter to a coder's codings: placing them, and taking that back."""

_PENDING = "workbench_pending"


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
        """Hold the writer's lock; all that is written stands at the end with what follows from it, or nothing.

        Raises
        ------
        InputError
            If another writer holds the lock too long, or the database cannot be written.
        """
        from workbench.coding.standing_rows import keep_up  # which reads acts from here

        with explained(self.engine.url), self.engine.begin() as connection:
            queue_writers(connection)
            connection.info[_PENDING] = Pending()
            yield connection
            keep_up(connection)

    @contextmanager
    def reading(self) -> "Iterator[Connection]":
        """See one moment of the store, whatever others write meanwhile.

        Raises
        ------
        InputError
            If the database cannot be read.
        """
        options: dict[str, Any] = {READING: True}
        if self.engine.dialect.name == "postgresql":  # elsewhere each statement would see a moment of its own
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with explained(self.engine.url), self.engine.connect().execution_options(**options) as connection:
            yield connection


@dataclass
class Pending:
    """What a transaction did that the codings in force do not show yet.

    Parameters
    ----------
    acts : list of Act
        Acts that it added.
    documents : set of str
        Documents that it erased words of.
    """

    acts: list[Act] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)


def add_acts(connection: "Connection", acts: Sequence[Act]) -> None:
    """Write acts; the transaction brings the codings in force up to date with them before it ends."""
    if acts:
        insert_many(connection, tables().acts, acts)
        pending(connection).acts.extend(acts)


def pending(connection: "Connection") -> Pending:
    """Return what this transaction did since the codings in force were last brought up to date."""
    found: Pending = connection.info.setdefault(_PENDING, Pending())
    return found


def insert_many(connection: "Connection", table: "Table", rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows that hold a value for each of the table's columns, in their order.

    They go to the driver as they are: preparing each would take as long as writing it.
    """
    names = [column.name for column in table.columns]
    insert = table.insert().compile(dialect=connection.dialect, column_keys=names)
    if insert.positional:
        connection.exec_driver_sql(insert.string, [tuple(row) for row in rows])
    else:
        connection.exec_driver_sql(insert.string, [dict(zip(names, row, strict=True)) for row in rows])


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
    acts = tables().acts
    asked = _asked().order_by(acts.c.id)
    if coder is not None:
        whose = acts.c.coder == coder
        asked = asked.where(whose | acts.c.kind.in_(MOVED_BY_OTHERS) if corrections else whose)
    if document is not None:
        asked = asked.where(acts.c.document == document)
    if kinds is not None:
        asked = asked.where(acts.c.kind.in_(sorted(kinds)))
    return _acts(connection, asked)


def acts_on_codes(connection: "Connection") -> list[Act]:
    """Return what was done to codes of the whole store, and what took that back: the acts on no document."""
    acts = tables().acts
    return _acts(connection, _asked().where(acts.c.document.is_(None)).order_by(acts.c.id))


def latest_acts(connection: "Connection", coder: str, most: int) -> list[Act]:
    """Return a coder's latest acts, so many at most, in order."""
    acts = tables().acts
    return _acts(connection, _asked().where(acts.c.coder == coder).order_by(acts.c.id.desc()).limit(most))[::-1]


def latest_id(connection: "Connection") -> str:
    """Return the id of the act that was written last, or an empty string.

    In a SQLite file also after a merge, which may bring acts that are older than the latest one; a server's table
    knows no order but that of the ids.
    """
    import sqlalchemy as sa

    acts = tables().acts
    written: ColumnElement[Any] = sa.literal_column("rowid") if connection.dialect.name == "sqlite" else acts.c.id
    return connection.scalar(sa.select(acts.c.id).order_by(written.desc()).limit(1)) or ""


def act_with(connection: "Connection", identity: str) -> Act | None:
    """Return the act with this id, or None."""
    return next(iter(_acts(connection, _asked().where(tables().acts.c.id == identity))), None)


def plain_rows(connection: "Connection", asked: "Select[Any]") -> Sequence[tuple[Any, ...]]:
    """Return what a query finds as the driver gives it: of 250,000 rows, in half the time that wrapping each takes."""
    found = connection.execute(asked)
    try:
        return found.cursor.fetchall() if found.cursor is not None else []
    finally:
        found.close()


def _asked() -> "Select[Any]":
    import sqlalchemy as sa

    return sa.select(*(tables().acts.c[name] for name in Act._fields))


def _acts(connection: "Connection", asked: "Select[Any]") -> list[Act]:
    return list(map(Act._make, plain_rows(connection, asked)))
