"""A store's PostgreSQL server: how it is reached, and in plain words why it refuses."""

import re
from typing import TYPE_CHECKING, Any

from workbench.coding.roles import FREE, MAY, ON_OWN
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine, ExceptionContext

CONNECT_SECONDS = 10
WAIT_SECONDS = 30
IDLE_SECONDS = 300
"""How long to wait for a server that does not answer; for another writer; and how long a writer may stand still,
such as a laptop that was shut while it wrote, before the server lets the others go on."""

_DRIVER = "postgresql+psycopg"
_FORM = "postgresql+psycopg://host/database"
_ESCAPE = "In a login or password write %40 for @, %3A for :, %2F for /, %25 for %, %20 for a blank"
_ENTRY = (
    (
        r"password authentication failed|no password supplied|fe_sendauth",
        "the server does not take this login with this password",
        f"Give the password in the variable PGPASSWORD or the file ~/.pgpass, not in study.yaml. {_ESCAPE}",
    ),
    (
        r'database ".*" does not exist',
        "the server has no database of this name",
        "Check the name after the last / in study.yaml, or ask the server's administrator to make it",
    ),
    (
        r'role ".*" does not exist',
        "the server knows no such login",
        "Check the login in study.yaml; a lead adds members with: workbench team add",
    ),
    (
        r"permission denied for database",
        "the login may not enter this database",
        "Ask a lead to add you: workbench team add",
    ),
    (
        r"pg_hba\.conf|peer authentication|SSL|certificate",
        "the server does not let this login in from here",
        "Ask the server's administrator, who keeps pg_hba.conf, and send them this message",
    ),
    (
        r"too many (clients|connections)|remaining connection slots",
        "too many are connected to the server",
        "Close notebooks that you do not need, and try again",
    ),
    (
        r"refused|No such file|not translate host|resolve|[Nn]ame or service|timeout|timed out|No route|unreachable"
        r"|starting up|shutting down",
        "the server does not answer",
        "Check the name of the host and the network; ask the server's administrator whether it runs",
    ),
)
"""What the server says when it lets nobody in, what that means, and what to do about it."""


def read_url(where: str) -> "URL":
    """Return a database's address; a password in it is never part of a message.

    Raises
    ------
    InputError
        If it is no address of a database.
    """
    import sqlalchemy as sa

    try:
        url = sa.make_url(where)
    except (ValueError, sa.exc.ArgumentError):
        url = None
    # An @ in a password that is not escaped would put the password's end into the host, and that into messages.
    if url is None or "@" in (url.host or ""):
        place = f"{where.partition('://')[0]}://…"
        raise InputError(
            Problem(place=place, what="this is no address of a database", choices=(_FORM,), remedy=_ESCAPE)
        )
    if url.get_backend_name() in ("postgres", "postgresql"):
        url = url.set(drivername=_DRIVER)  # the one driver that comes with the extra `team`
    if "password" in url.query:  # where messages would show it
        url = url.set(password=str(url.query["password"])).difference_update_query(["password"])
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        what = f"a store is never kept in {url.drivername}"
        raise InputError(Problem(place=url.render_as_string(hide_password=True), what=what, choices=("a path", _FORM)))
    return url


def server_engine(url: "URL") -> "Engine":
    """Return an engine that finds its way back to a server that was away, and says plainly what is refused."""
    import sqlalchemy as sa

    given = {"connect_timeout": CONNECT_SECONDS, "application_name": "workbench"}
    # No values in messages: they are what people said in interviews.
    engine = sa.create_engine(
        url, pool_pre_ping=True, hide_parameters=True,
        connect_args={name: value for name, value in given.items() if name not in url.query},
    )  # fmt: skip

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'")
        connection.autocommit = False

    @sa.event.listens_for(engine, "handle_error")
    def _tell(context: "ExceptionContext") -> InputError | None:
        problem = None if context.is_pre_ping else _problem(context, url)
        return InputError(problem) if problem else None

    return engine


def _problem(context: "ExceptionContext", url: "URL") -> Problem | None:
    place, error = url.render_as_string(hide_password=True), context.original_exception
    state, said = getattr(error, "sqlstate", None), str(error).strip()
    if state == "42501" and context.engine is not None:
        return _refusal(context, context.engine, place)
    if context.connection is None and type(error).__name__ in ("OperationalError", "ConnectionTimeout"):
        return _not_let_in(place, said)
    if context.is_disconnect and context.statement is None:
        what = "the connection to the server broke off at the very moment of writing"
        remedy = "Look whether your last step is there before you repeat it: it is there whole, or not at all"
        return Problem(place=place, what=what, remedy=remedy)
    return None


def _not_let_in(place: str, said: str) -> Problem:
    for pattern, what, remedy in _ENTRY:
        if re.search(pattern, said):
            return Problem(place=place, what=what, remedy=remedy)
    last = said.splitlines()[-1] if said else "no reason given"
    return Problem(place=place, what=f"this server cannot be entered ({last})", remedy="Check the store in study.yaml")


def _refusal(context: "ExceptionContext", engine: "Engine", place: str) -> Problem:
    login, coder, role = _who(engine)
    if role is None:
        what = f"the login {login} is not a member of this study's team"
        return Problem(place=place, what=what, remedy=f"Ask a lead to run: workbench team add {login} --role coder")
    you = f"you are {coder} (login {login}), and {MAY.get(role, role)}"
    remedy = "Ask a lead: workbench team list names them"
    wanted = _wanted(context)
    if role == "coder" and (others := sorted({row["coder"] for row in wanted} - {coder})):
        what = f"the database does not take codings of {', '.join(others)} from {coder}"
        return Problem(
            place=place, what=f"{what}: {you}", remedy=f"Code as {coder}. A lead may import codings of others"
        )
    kinds = sorted({row["kind"] for row in wanted} - {*FREE})
    if role == "coder" and kinds and not {*kinds} - {*ON_OWN}:
        return Problem(
            place=place, what=f"this changes what is not {coder}'s own ({', '.join(kinds)}): {you}", remedy=remedy
        )
    about = f" ({', '.join(kinds)})" if kinds else ""
    return Problem(place=place, what=f"the database does not allow this{about}: {you}", remedy=remedy)


def _wanted(context: "ExceptionContext") -> list[dict[str, Any]]:
    """Return the acts that were to be added; none where it was something else."""
    if not (context.statement or "").startswith("INSERT INTO acts "):
        return []
    given: Any = context.parameters
    return [dict(given)] if isinstance(given, dict) else [dict(row) for row in given or ()]


def _who(engine: "Engine") -> tuple[str, str | None, str | None]:
    """Return the login, and its coder and role if it has any, over a connection that has not failed."""
    import sqlalchemy as sa

    try:
        with engine.connect() as connection:
            row = connection.exec_driver_sql("SELECT session_user, workbench_coder(), workbench_role()").one()
            return str(row[0]), row[1], row[2]
    except sa.exc.DBAPIError:
        return str(engine.url.username or "that you use"), None, None
