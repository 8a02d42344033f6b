"""The tables of a coding store, and the engines that hold them."""

import os
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from workbench.coding.failures import WAIT_SECONDS, explained
from workbench.errors import InputError, MissingPart, Problem

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

_WRITERS = 0x776F726B62656E63
"""The lock that writers of a store on a server take in turns: "workbenc" in ASCII."""

READING = "workbench_reading"
"""Execution option of a connection that only reads, so that readers never queue for the writer's lock."""


@cache
def tables() -> Any:
    """Return the tables: `acts`, `documents`, `turns`, `suggestions`, `revisions`, `version`, `in_force`, `guids`,
    `carried`, `members`, and their `metadata`.

    A document whose words were erased stays as a row with an empty text and an empty hash: its acts refer to it.
    The present text is in `documents`; its row in `revisions`, the last of the document, has none.
    """
    import sqlalchemy as sa

    metadata = sa.MetaData()
    text, number = sa.Text, sa.Integer
    acts = sa.Table(
        "acts", metadata,
        sa.Column("id", sa.String(32), primary_key=True),
        *(sa.Column(name, text, nullable=False) for name in ("coder", "at", "kind")),
        sa.Column("target", text),
        sa.Column("document", text, sa.ForeignKey("documents.document")),
        sa.Column("start", number), sa.Column("end", number),
        *(sa.Column(name, text) for name in ("code", "stance", "origin", "memo", "quote")),
        sa.Column("previous", sa.String(64), nullable=False), sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("revision", sa.String(64)), sa.Column("words", sa.String(64)),
        sa.Index("acts_by_coder", "coder", "id"), sa.Index("acts_by_document", "document", "coder"),
        sa.Index("acts_by_kind", "kind", "document"),
    )  # fmt: skip
    documents = sa.Table(
        "documents", metadata,
        sa.Column("document", text, primary_key=True), sa.Column("position", number, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False), sa.Column("text", text, nullable=False),
        sa.Column("attributes", sa.JSON, nullable=False),
    )  # fmt: skip
    turns = sa.Table(
        "turns", metadata,
        sa.Column("document", text, sa.ForeignKey("documents.document"), primary_key=True),
        sa.Column("turn", number, primary_key=True, autoincrement=False),
        sa.Column("start", number, nullable=False), sa.Column("end", number, nullable=False),
        sa.Column("attributes", sa.JSON, nullable=False),
    )  # fmt: skip
    return SimpleNamespace(
        metadata=metadata, acts=acts, documents=documents, turns=turns, suggestions=_suggestions(metadata),
        revisions=_revisions(metadata), version=_version(metadata), **_since_version_3(metadata),
    )  # fmt: skip


def _suggestions(metadata: Any) -> Any:
    import sqlalchemy as sa

    return sa.Table(
        "suggestions", metadata,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("documents.document"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False), sa.Column("end", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer), sa.Column("code", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False), sa.Column("score", sa.Float),
        *(sa.Column(name, sa.Text) for name in ("why", "model", "at")),
        sa.Index("suggestions_by_document", "document"),
    )  # fmt: skip


def _revisions(metadata: Any) -> Any:
    import sqlalchemy as sa

    return sa.Table(
        "revisions", metadata,
        sa.Column("document", sa.Text, sa.ForeignKey("documents.document"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.String(64), nullable=False), sa.Column("text", sa.Text), sa.Column("turns", sa.JSON),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "by", "note")),
    )  # fmt: skip


def _since_version_3(metadata: Any) -> dict[str, Any]:
    """Return what follows from the acts (`in_force`), what other programs gave, and who may do what on a server."""
    import sqlalchemy as sa

    text = sa.Text
    in_force = sa.Table(
        "in_force", metadata,
        sa.Column("id", sa.String(32), primary_key=True),
        *(sa.Column(name, text, nullable=False) for name in ("coder", "document", "code")),
        sa.Column("start", sa.Integer, nullable=False), sa.Column("end", sa.Integer, nullable=False),
        *(sa.Column(name, text) for name in ("stance", "origin", "memo", "at")),
        sa.Index("in_force_by_document", "document", "coder"),
        sa.Index("in_force_by_code", "code", "coder", "document"),
    )  # fmt: skip
    guids = sa.Table(
        "guids", metadata, *(sa.Column(name, text, primary_key=True) for name in ("kind", "name")),
        sa.Column("guid", sa.String(36), nullable=False),
    )  # fmt: skip
    carried = sa.Table(
        "carried", metadata, sa.Column("guid", sa.String(36), primary_key=True),
        *(sa.Column(name, text, nullable=False) for name in ("kind", "source", "at")),
        sa.Column("content", sa.JSON, nullable=False),
    )  # fmt: skip
    members = sa.Table(
        "members", metadata, sa.Column("login", text, primary_key=True),
        *(sa.Column(name, text, nullable=False) for name in ("coder", "role")),
    )  # fmt: skip
    return {"in_force": in_force, "guids": guids, "carried": carried, "members": members}


def _version(metadata: Any) -> Any:
    import sqlalchemy as sa

    return sa.Table("version", metadata, sa.Column("version", sa.Integer, primary_key=True, autoincrement=False))


def open_engine(where: str | Path) -> "Engine":
    """Return a database engine whose tables stand.

    Parameters
    ----------
    where : str or Path
        A path, `sqlite:///path`, or `postgresql+psycopg://user@host/database`.

    Raises
    ------
    InputError
        If it cannot be opened, or is no coding store.
    MissingPart
        If the database's driver is not installed.
    """
    import sqlalchemy as sa

    from workbench.coding.server import read_url, server_engine
    from workbench.coding.upgrade import VERSION, bring_up, version_of

    url = read_url(str(where)) if "://" in str(where) else sa.URL.create("sqlite", database=str(where))
    try:
        with explained(url):
            engine = _sqlite(url) if url.get_backend_name() == "sqlite" else server_engine(url)
            try:
                with engine.connect().execution_options(**{READING: True}) as connection:
                    stands = version_of(connection) == VERSION
                if not stands:
                    with engine.begin() as connection:
                        queue_writers(connection)
                        bring_up(connection)
            except BaseException:
                engine.dispose()
                raise
    except ModuleNotFoundError as error:
        raise MissingPart(error.name or "a database driver", "team") from error
    except OSError as error:
        what = f"this cannot be opened as a coding store ({error})"
        raise InputError(Problem(place=str(where), what=what, remedy="Check the store in study.yaml")) from error
    return engine


def _sqlite(url: "URL") -> "Engine":
    import sqlalchemy as sa

    path = Path(url.database) if url.database and url.database != ":memory:" else None
    if path is not None and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
    only_read = path is not None and path.exists() and not _may_write(path)
    # What may only be read is opened anew each time: whether somebody else writes to it meanwhile can change.
    pool: dict[str, Any] = {"poolclass": sa.pool.NullPool} if only_read else {}
    engine = sa.create_engine(url, connect_args={"timeout": WAIT_SECONDS}, hide_parameters=True, **pool)

    @sa.event.listens_for(engine, "do_connect")
    def _open(_dialect: Any, _record: Any, given: list[Any], options: dict[str, Any]) -> None:
        if only_read and path is not None:
            given[:], options["uri"] = [_uri_to_read(path)], True

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN is deferred and would lose updates
        for pragma in (
            f"busy_timeout = {WAIT_SECONDS * 1000}",
            *(() if only_read else ("journal_mode = WAL",)),
            # With NORMAL a power cut could take back acts that coders were told are stored: the log reaches the disk
            # only now and then. FULL waits for the disk at each act, some milliseconds (benchmarks/coding_store.py).
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",  # what is erased is overwritten, not only let go
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: "Connection") -> None:
        connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(READING) else "BEGIN IMMEDIATE")

    return engine


def _may_write(path: Path) -> bool:
    """Whether the file can be written; SQLite needs its folder too, for the log beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _uri_to_read(path: Path) -> str:
    """Return how SQLite is asked for a file that may only be read.

    Where nobody has it open for writing there is no log beside it, and none can be made in a folder that is closed
    to us: SQLite must then be told that it need not look for one.
    """
    quiet = not Path(f"{path}-wal").exists() and not os.access(path.parent, os.W_OK)
    return f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if quiet else ''}"


def queue_writers(connection: "Connection") -> None:
    """Let one writer in at a time: a chain has one end. SQLite's BEGIN IMMEDIATE does this already."""
    if connection.dialect.name == "postgresql":
        # Not LOCK TABLE, which needs a right that coders do not have.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})").close()
