"""Members of a team: who logs in, as which coder, and in which role."""

from typing import TYPE_CHECKING

import pandas as pd

from workbench.coding.marking import named
from workbench.coding.roles import ROLES
from workbench.coding.schema import tables
from workbench.errors import InputError, Problem, Problems, did_you_mean

if TYPE_CHECKING:
    from sqlalchemy import Connection

COLUMNS = ("login", "coder", "role")


def add_member(connection: "Connection", login: str, *, coder: str, role: str, make: bool) -> bool:
    """Let a login of the server into the team, or change who it is; see `TeamStore.add_member`."""
    import sqlalchemy as sa

    coder, place, missing = named(coder), f"member {login}", not _has_login(connection, login)
    here, problems = member_table(connection), Problems()
    if role not in ROLES:
        problems.add(place, f"role is {role!r}", choices=ROLES, remedy=did_you_mean(role, ROLES))
    if missing and (not make or not _may_make_logins(connection)):
        why = ", and yours may not make one" if make else ""
        remedy = f"Ask the server's administrator to run CREATE ROLE {_quoted(login)} LOGIN"
        remedy = f"{remedy}, and to set how it proves who it is"
        problems.add(place, f"the server knows no such login{why}", remedy=remedy)
    for taken in here.loc[(here["coder"] == coder) & (here["login"] != login), "login"]:
        remedy = "Two people never write under one name: choose another, or remove that login first"
        problems.add(place, f"the coder's name {coder!r} belongs to the login {taken}", remedy=remedy)
    if login == _owner(connection) and role != "lead":
        problems.add(place, "it owns the store, and is always a lead", choices=("lead",))
    problems.raise_if_any()
    if missing:
        connection.exec_driver_sql(f"CREATE ROLE {_quoted(login).replace('%', '%%')} LOGIN")
    connection.execute(sa.select(sa.func.workbench_add_member(login, coder, role)))
    return missing


def remove_member(connection: "Connection", login: str) -> None:
    """Take a login out of the team; see `TeamStore.remove_member`."""
    import sqlalchemy as sa

    known = list(member_table(connection)["login"])
    if login not in known:
        what, remedy = "it is not a member", did_you_mean(login, known)
        raise InputError(Problem(place=f"member {login}", what=what, choices=known, remedy=remedy))
    if login == _owner(connection):
        what, remedy = "it owns the store, and stays its lead", "Another owner is for the server's administrator to set"
        raise InputError(Problem(place=f"member {login}", what=what, remedy=remedy))
    connection.execute(sa.select(sa.func.workbench_remove_member(login)))


def member_table(connection: "Connection") -> pd.DataFrame:
    """Return one row a member: columns `COLUMNS`, by role (leads first) and login."""
    rows = [tuple(row) for row in connection.execute(tables().members.select())]
    rows.sort(key=lambda row: (ROLES.index(row[2]) if row[2] in ROLES else len(ROLES), row[0]))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def coder_of(connection: "Connection") -> str | None:
    """Return the coder that the database knows whoever is logged in as; None for somebody who is no member."""
    import sqlalchemy as sa

    found = connection.execute(sa.select(sa.func.workbench_coder())).scalar_one()
    return str(found) if found is not None else None


def _owner(connection: "Connection") -> str:
    """Return the login that owns the store's tables."""
    asked = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'acts'::regclass"
    return str(connection.exec_driver_sql(asked).scalar_one())


def _has_login(connection: "Connection", login: str) -> bool:
    import sqlalchemy as sa

    asked = sa.text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :login)")
    return bool(connection.execute(asked, {"login": login}).scalar_one())


def _may_make_logins(connection: "Connection") -> bool:
    asked = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = session_user"
    return bool(connection.exec_driver_sql(asked).scalar_one())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
