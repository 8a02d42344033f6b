"""Who may do what on a server, enforced by the database: lead, coder, reader.

A login is a member with a coder's name and a role (table `members`). What
each role may do is granted to the login itself, in this database only: roles
that a whole server shares would make the lead of one study a lead of all of
them, and making those needs a privilege that few owners of a database have.

lead
    Everything that the store does: import, codings of others, corrections, settling, codes, withdrawal, members.
coder
    Adds acts in their own name: codes, takes back, accepts, rejects, finishes, reviews for names, weighs evidence,
    decides on cases against a link, seals, summarises; recodes, places and drops codings of their own. Reads
    everything.
reader
    Reads everything, writes nothing.

Nobody changes or removes an act (`guards`). Who owns the tables can take
these fences down, and so can the server's administrator (before PostgreSQL 16
also a login that may make others): verify the store, and keep its fingerprint
elsewhere.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.coding.guards import fix_names
from workbench.coding.schema import tables
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROLES = ("lead", "coder", "reader")
MAY = {
    "lead": "a lead may do everything but change or remove acts",
    "coder": "a coder codes in their own name, changes only their own codings, and reads everything",
    "reader": "a reader reads everything and writes nothing",
}
FREE = ("code", "accept", "reject", "read", "review", "weigh", "dispose", "register", "summarise")
"""Kinds of acts that a coder may add in their own name."""
ON_OWN = ("uncode", "stance", "memo", "undo", "redo", "recode", "move", "lift", "place")
"""Kinds that a coder may add where they are about an act of their own. All other kinds are for leads."""

_NOT_BY_HAND = ("acts", "version", "members")
"""Tables that have rules of their own: acts are only added, members are changed by the functions for it."""


def set_roles(connection: "Connection") -> None:
    """Put functions, policies and grants in the place of earlier ones; who makes a store is its first lead.

    Nothing is done on SQLite, where whoever may write the file may write anything.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        Of the login that owns the tables, in the transaction that made them.
    """
    if connection.dialect.name != "postgresql":
        return
    fix_names(connection)
    script = Path(__file__).with_name("roles.sql").read_text(encoding="utf-8")
    everything = sorted(tables().metadata.tables)
    kept = [name for name in everything if name not in _NOT_BY_HAND]
    filled = {
        "everything": ", ".join(everything),
        "kept": ", ".join(kept),
        "free": ", ".join(f"'{kind}'" for kind in FREE),
        "on_own": ", ".join(f"'{kind}'" for kind in ON_OWN),
        "clustered": " ".join(f"CLUSTER {name} USING {name}_pkey;" for name in ("acts", *kept)),
    }
    for name, value in filled.items():
        script = script.replace(f"{{{name}}}", value)
    # Past SQLAlchemy, which would take the percent signs of the script for places of parameters.
    cursor = connection.connection.cursor()
    cursor.execute(script)
    cursor.close()


def check_may_make(connection: "Connection", version: int) -> None:
    """Refuse, before any table is touched, whoever may not make the store, or bring it up to date.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        Of whoever opens the store.
    version : int
        Of the store that is there; 0 for none.

    Raises
    ------
    InputError
        With who may do it.
    """
    if connection.dialect.name != "postgresql":
        return
    ask, place = connection.exec_driver_sql, connection.engine.url.render_as_string(hide_password=True)
    if version == 0:
        login, may = ask("SELECT session_user, has_schema_privilege(current_schema(), 'CREATE')").one()
        if not may:
            what = f"there is no coding store in this database yet, and the login {login} may not make one"
            remedy = "Ask the database's owner to open the store once, and to add you: workbench team add"
            raise InputError(Problem(place=place, what=what, remedy=remedy))
        return
    owner = "SELECT session_user, pg_get_userbyid(relowner), pg_has_role(session_user, relowner, 'USAGE') FROM pg_class"
    login, lead, may = ask(f"{owner} WHERE oid = 'acts'::regclass").one()
    if not may:
        what = f"this store is of version {version}, older than this workbench, and the login {login} may not change it"
        raise InputError(
            Problem(place=place, what=what, remedy=f"Ask {lead}, who owns it, to open it once with this workbench")
        )


def compact(connection: "Connection") -> None:
    """Write the tables anew, so that no erased word is left in their free space; for leads."""
    connection.exec_driver_sql("SELECT workbench_compact()").close()
