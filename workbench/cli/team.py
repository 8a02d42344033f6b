"""Commands for the members of a team whose store is on a PostgreSQL server: `workbench team …`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.screen import GivenFolder, StudyOption, the_folder

if TYPE_CHECKING:
    from workbench.coding import Store

_HELP = (
    "Who may do what in a team's store on a PostgreSQL server; the database itself enforces it.",
    "A lead does everything: imports, corrects and withdraws transcripts, changes codes, settles differences, brings "
    "in codings of others, adds members. A coder codes in their own name, changes only their own codings, and reads "
    "everything. A reader reads everything. Nobody, and no lead, changes or removes what was done.",
    "An administrator makes an empty database with an owner (createdb --owner). The owner is the first to open the "
    "store, and is a lead for good. In study.yaml: store: postgresql+psycopg://HOST/DATABASE?sslmode=verify-full. "
    "Each member logs in by the name of their computer's login, or the one in the variable PGUSER.",
    "Passwords are never set here: the administrator sets them (\\password in psql), or lets the university's own "
    "login decide (pg_hba.conf). Keep yours in ~/.pgpass or the variable PGPASSWORD, never in study.yaml.",
    "A store in a SQLite file has no members: coders' names are on trust in it.",
)

app = typer.Typer(help="\n\n".join(_HELP), no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--study", help="The study's folder.", show_default="the current folder")]
Json = Annotated[bool, typer.Option("--json", help="Print the members as JSON, for other programs.")]


@app.command("list")
def list_(folder: GivenFolder = None, study: StudyOption = None, as_json: Json = False) -> None:
    """Show the members: login, coder's name, role; and who you are.

    Example: workbench team list my-study
    """
    with _store(the_folder(folder, study)) as store:
        _show(store, as_json)


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="How the server knows them.")],
    role: Annotated[str, typer.Option(help="lead, coder or reader.")],
    coder: Annotated[
        str | None, typer.Option(help="The name that their acts carry.", show_default="as the login")
    ] = None,
    folder: Folder = Path(),
    as_json: Json = False,
) -> None:
    """Let a login into the team, or change its name or role; the login is made, without a password, if need be.

    Example: workbench team add asmith --coder Anna --role coder --study my-study
    """
    with _store(folder) as store:
        if store.add_member(login, coder=coder or login, role=role, make_login=True):
            typer.echo(
                f"The server had no login {login}: it is made, without a password. Until the server's administrator "
                "sets one, or says in pg_hba.conf how this login proves who it is, the server refuses it (or, where "
                "it trusts whoever connects, asks for no proof at all).",
                err=True,
            )
        _show(store, as_json)


@app.command()
def remove(
    login: Annotated[str, typer.Argument(help="How the server knows them.")],
    folder: Folder = Path(),
    as_json: Json = False,
) -> None:
    """Take a login out of the team, at once. What it wrote stays, and so does the login itself.

    Example: workbench team remove asmith --study my-study
    """
    with _store(folder) as store:
        store.remove_member(login)
        _show(store, as_json)


def _store(folder: Path) -> "Store":
    from workbench.study import open_study

    return open_study(folder).store


def _show(store: "Store", as_json: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    members, me = store.members(), store.me()
    if as_json:
        typer.echo(json.dumps(members.to_dict("records"), ensure_ascii=False, indent=1))
        return
    if members.empty:
        typer.echo("This store is a SQLite file: it has no members, and coders' names are on trust in it.")
        return
    table = Table("login", "coder", "role", "", show_edge=False)
    for login, coder, role in members.itertuples(index=False, name=None):
        table.add_row(*(Text(str(cell)) for cell in (login, coder, role, "you" if coder == me else "")))
    Console().print(table)
