"""A PostgreSQL server of the tests' own: made in a temporary folder, thrown away at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from workbench.coding import Store, open_store

NAMED = "WORKBENCH_TEST_POSTGRESQL"
"""Names a server to use instead: the URL of an administrator, who may make and drop databases and logins."""
PASSWORD = "corr3ct:h@rse/ü"  # noqa: S105 (of a login of the tests' own server)
LOGINS = {"kim": None, "lee": None, "anna": None, "ben": None, "ray": None, "eve": None, "pat": PASSWORD}
ODD_LOGINS = ("o'neil", "Ana María", 'a "quoted" one', "100%")


class Server:
    """A running server, as its administrator sees it."""

    def __init__(self, administrator: sa.URL) -> None:
        self.administrator = administrator
        for login, password in {**LOGINS, **dict.fromkeys(ODD_LOGINS)}.items():
            self.make_login(login, password)

    def url(self, login: str, database: str, password: str | None = None) -> str:
        """Return a store's URL; with a password it goes through the network, without one through the socket."""
        here = self.administrator.set(username=login, database=database, password=password)
        if password is not None:
            here = here.difference_update_query(["host"]).set(host=here.host or "127.0.0.1")
        return here.render_as_string(hide_password=False)

    def run(self, statement: str, database: str | None = None) -> list[Any]:
        """Run one statement as administrator, outside a transaction."""
        engine = sa.create_engine(self.administrator.set(database=database or self.administrator.database))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            done = connection.execute(sa.text(statement.replace(":", "\\:")))
            rows = [tuple(row) for row in done] if done.returns_rows else []
        engine.dispose()
        return rows

    def make_login(self, login: str, password: str | None = None) -> None:
        """Make a login that may do nothing yet."""
        if login not in {name for (name,) in self.run("SELECT rolname FROM pg_roles")}:
            secret = f" PASSWORD {literal(password)}" if password else ""
            self.run(f"CREATE ROLE {quoted(login)} LOGIN{secret}")

    @contextmanager
    def database(self, owner: str = "kim") -> Iterator[str]:
        """Make an empty database that belongs to this login; drop it at the end."""
        name = f"workbench_{os.urandom(6).hex()}"
        self.run(f"CREATE DATABASE {name} OWNER {quoted(owner)}")
        try:
            yield name
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


class Team:
    """One database of a server, opened by whoever is asked for."""

    def __init__(self, server: Server, database: str) -> None:
        self.server, self.database = server, database
        self._stores: dict[str, Store] = {}

    def url(self, login: str) -> str:
        return self.server.url(login, self.database)

    def store(self, login: str) -> Store:
        """Return the store as this login sees it, kept open until the test ends."""
        if login not in self._stores:
            self._stores[login] = open_store(self.url(login))
        return self._stores[login]

    def by_hand(self, login: str, *statements: str) -> list[Any]:
        """Run SQL as this login, as one transaction, past all of our own code; return the last one's rows."""
        import psycopg

        url = sa.make_url(self.url(login)).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url) as connection:
            for statement in statements:
                done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def close(self) -> None:
        for store in self._stores.values():
            store.close()


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """Return a value as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def programs() -> Path | None:
    """Return the folder with the newest server's programs, or None."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    folders = [path for path in folders if (path / "initdb").exists()]
    return folders[-1] if folders else Path(found).parent if found else None


@contextmanager
def running_server() -> Iterator[Server]:
    """Give the server that is named, or start one; tests skip, and say why, where there is neither."""
    if os.environ.get(NAMED):
        yield Server(sa.make_url(os.environ[NAMED]))
        return
    pytest.importorskip("psycopg", reason="PostgreSQL's driver is not installed")
    where = programs()
    if where is None:
        pytest.skip(f"no PostgreSQL server is installed, and {NAMED} names none")
    # Not below pytest's own folder: the server runs as another user, who could not reach into it.
    with tempfile.TemporaryDirectory(prefix="wb-pg-", ignore_cleanup_errors=True) as folder:
        data, other = Path(folder) / "data", _not_root(folder)
        _call(where / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", **other)
        (data / "pg_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n", "utf-8")
        port = _free_port()
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        _call(where / "pg_ctl", "-D", data, "-l", data / "log", "-o", options, "-w", "start", **other)
        try:
            yield Server(
                sa.URL.create(
                    "postgresql+psycopg", "postgres", database="postgres", query={"host": folder, "port": str(port)}
                )
            )
        finally:
            _call(where / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", **other)


def _not_root(folder: str) -> dict[str, Any]:
    """Return whom to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "nobody")
    return {"user": "nobody", "extra_groups": []}


def _call(*command: object, **other: Any) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/", **other,
    )  # fmt: skip
    if done.returncode:
        pytest.fail(f"the tests' PostgreSQL server: {done.stdout}", pytrace=False)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
