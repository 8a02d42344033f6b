"""The part of a store that is about a team: who its members are, and who is asking."""

import pandas as pd

from workbench.coding import members
from workbench.coding.base_store import BaseStore
from workbench.errors import InputError, Problem


class TeamStore(BaseStore):
    """The part of a store that is about a team on a PostgreSQL server; use `open_store`.

    In a SQLite file coders' names are on trust: whoever may write the file may write under any name.
    """

    def add_member(self, login: str, *, coder: str, role: str, make_login: bool = False) -> bool:
        """Let a login of the server into the team, or change its name or role; for leads.

        Parameters
        ----------
        login : str
            How the server knows somebody.
        coder : str
            The name that their acts carry. No two logins share one.
        role : {"lead", "coder", "reader"}
            A lead does everything; a coder adds acts in their own name and reads everything; a reader reads.
            Nobody changes or removes an act.
        make_login : bool
            Make the login where the server has none, without a password: how it proves who it is (a password, a
            certificate, the university's own login) is for the server's administrator to set.

        Returns
        -------
        bool
            Whether a login was made.

        Raises
        ------
        InputError
            On a SQLite file; from somebody who is no lead, or may not make logins; or if login, role or name do
            not fit. Nothing is made then.
        """
        self._only_on_a_server()
        with self._database.writing() as connection:
            return members.add_member(connection, login.strip(), coder=coder, role=role, make=make_login)

    def remove_member(self, login: str) -> None:
        """Take a login out of the team, at once; what it wrote stays, and so does the login itself.

        Raises
        ------
        InputError
            On a SQLite file; from somebody who is no lead; for a login that is no member, or owns the store.
        """
        self._only_on_a_server()
        with self._database.writing() as connection:
            members.remove_member(connection, login.strip())

    def members(self) -> pd.DataFrame:
        """Return one row a member, leads first: login, coder, role; none for a SQLite file."""
        if not self._on_a_server:
            return pd.DataFrame(columns=list(members.COLUMNS), dtype="str")
        with self._database.reading() as connection:
            return members.member_table(connection)

    def me(self) -> str | None:
        """Return the coder that the database knows me as; None in a SQLite file, where names are on trust."""
        if not self._on_a_server:
            return None
        with self._database.reading() as connection:
            return members.coder_of(connection)

    @property
    def _on_a_server(self) -> bool:
        return self._database.engine.dialect.name == "postgresql"

    def _only_on_a_server(self) -> None:
        if not self._on_a_server:
            raise InputError(
                Problem(
                    place=str(self._database.engine.url.database),
                    what="a SQLite file has no members: coders' names are on trust in it",
                    remedy="For roles that the database enforces, keep the store on a PostgreSQL server",
                )
            )
