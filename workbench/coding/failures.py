"""What a database could not do, told so that a coder can go on: place, reason, and what to do about it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import URL

WAIT_SECONDS = 30
"""How long a writer waits for another one to finish."""

_NOTHING_LOST = "Nothing of this call was written, and all that was acknowledged before stands."
DAMAGED = "Put back a copy of the store made before; keep the damaged file, for what can be saved from it"
_BUSY = f"If others are writing, try again: a writer waits {WAIT_SECONDS} seconds for the others"
_READ_ONLY = (
    "Ask for the right to write to the file and to its folder, or copy the store to a place where you may, "
    "code there, and merge it back"
)
_SQLITE = {
    5: ("another program holds it", _BUSY),
    6: ("another program holds it", _BUSY),
    8: ("it may only be read here", _READ_ONLY),
    10: ("the disk failed, or a limit on file sizes was met", f"{_NOTHING_LOST} Check the disk, then repeat it"),
    11: ("the file is damaged", DAMAGED),
    13: ("the disk is full", f"{_NOTHING_LOST} Make room on the disk, then repeat it"),
    14: ("the file or its folder cannot be opened", f"Check that both are there and yours to read. {_READ_ONLY}"),
    26: ("this cannot be opened as a coding store", f"Check the store in study.yaml. If it was one: {DAMAGED}"),
}  # fmt: skip
"""By SQLite's result codes (https://www.sqlite.org/rescode.html): what is wrong, what to do."""
_POSTGRESQL = {
    "08": ("the connection to the server failed", f"{_NOTHING_LOST} Check the network and the server, then repeat it"),
    "25006": ("it may only be read here", "Ask the lead of the study which server takes your codings"),
    "28": ("the server does not let you in", "Check login and password with the lead of the study"),
    "40": ("it met another writer's work", "Repeat it"),
    "42501": ("your role in the study does not allow this", "Ask the lead of the study for it: workbench team"),
    "53100": ("the server's disk is full", f"{_NOTHING_LOST} Ask who keeps the server to make room, then repeat it"),
    "53": ("the server has no room for this now", f"{_NOTHING_LOST} Try again, or ask who keeps the server"),
    "55P03": ("another program holds it", _BUSY),
    "57": ("the server stopped this", f"{_NOTHING_LOST} Try again when it is up"),
    "XX": ("the server reports damaged data", "Tell who keeps the server; do not go on coding before"),
}
"""By codes or classes of codes of PostgreSQL (its manual, appendix A)."""


@contextmanager
def explained(url: "URL") -> Iterator[None]:
    """Tell a user what the database at `url` could not do; an error that is the program's own goes through.

    Raises
    ------
    InputError
        With place, reason and remedy.
    """
    import sqlalchemy as sa

    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        cause = getattr(error, "orig", error)
        reason = _reason(cause)
        if reason is None:
            raise
        what, remedy = reason
        said = str(cause).strip().splitlines() or [type(cause).__name__]
        place = (url.get_backend_name() == "sqlite" and url.database) or url.render_as_string(hide_password=True)
        raise InputError(Problem(place=place, what=f"{what} ({said[0]})", remedy=remedy)) from error


def _reason(error: Any) -> tuple[str, str] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return next((_POSTGRESQL[state[:size]] for size in (5, 2) if state[:size] in _POSTGRESQL), None)
    # A driver that cannot reach its server, or lost it, has no code from it.
    return _POSTGRESQL["08"] if type(error).__name__ == "OperationalError" else None
