"""The team commands: members are shown, added and removed on a real server; a file says that it has none."""

import json
from pathlib import Path

import pytest
from postgresql import Team, quoted
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner, Result

from workbench.cli.team import app
from workbench.coding import open_store
from workbench.errors import InputError
from workbench.study import new_study

pytestmark = pytest.mark.xdist_group("postgresql")

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def named(folder: Path, where: str) -> Path:
    """Make a study whose store is there."""
    made = new_study(folder, title="Mine", as_of="2023-03-31")
    settings = made / "study.yaml"
    lines = [line for line in settings.read_text("utf-8").splitlines() if not line.startswith("store:")]
    settings.write_text("\n".join([*lines, f"store: {json.dumps(where)}"]) + "\n", encoding="utf-8")
    return made


@pytest.fixture
def study(tmp_path: Path, team: Team, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study on the team's server, as its lead lee opens it."""
    monkeypatch.setenv("COLUMNS", "100")
    return named(tmp_path / "mine", team.url("lee"))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_team_command_has_help_with_an_example(
    command: str, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    done = run(*([command] if command else []), "--help")
    assert done.exit_code == 0
    assert not command or f"Example: workbench team {command}" in done.stdout
    assert done.stdout == snapshot


def test_list_shows_who_is_who_and_who_is_asking(study: Path, snapshot: SnapshotAssertion) -> None:
    done = run("list", str(study))
    assert (done.exit_code, done.stdout) == (0, snapshot)
    rows = json.loads(run("list", str(study), "--json").stdout)
    assert rows[0] == {"login": "kim", "coder": "kim", "role": "lead"}
    assert len(rows) == 5


def test_add_and_remove_change_the_team(study: Path, team: Team) -> None:
    done = run("add", "eve", "--coder", "Eve [E]", "--role", "coder", "--study", str(study), "--json")
    assert done.exit_code == 0
    assert {"login": "eve", "coder": "Eve [E]", "role": "coder"} in json.loads(done.stdout)
    assert team.store("eve").me() == "Eve [E]"
    assert "Eve [E]" in run("list", str(study)).stdout
    assert run("remove", "eve", "--study", str(study)).exit_code == 0
    with pytest.raises(InputError, match="not a member"):
        team.store("eve").codings()


def test_a_login_that_is_not_there_is_made_where_that_is_allowed_and_the_rest_is_said(study: Path, team: Team) -> None:
    login = f"o'new {team.database}"
    refused = run("add", login, "--role", "reader", "--study", str(study))
    assert isinstance(refused.exception, InputError)
    assert f"CREATE ROLE {quoted(login)} LOGIN" in str(refused.exception)
    team.server.run("ALTER ROLE lee CREATEROLE")
    try:
        done = run("add", login, "--role", "reader", "--study", str(study), "--json")
        assert done.exit_code == 0
        assert {"login": login, "coder": login, "role": "reader"} in json.loads(done.stdout)
        assert "without a password" in done.stderr
        assert "pg_hba.conf" in done.stderr
        assert (login, True, None) in team.server.run("SELECT rolname, rolcanlogin, rolpassword FROM pg_authid")
    finally:
        team.server.run("ALTER ROLE lee NOCREATEROLE")
        team.server.run(f"DROP OWNED BY {quoted(login)}", team.database)
        team.server.run(f"DROP ROLE IF EXISTS {quoted(login)}")


def test_each_member_logs_in_by_their_own_name_with_one_study_for_all(
    tmp_path: Path, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = named(tmp_path / "shared", team.url("lee").replace("lee@", ""))
    for login in ("anna", "ray"):
        monkeypatch.setenv("PGUSER", login)
        mine = [line for line in run("list", str(shared)).stdout.splitlines() if "you" in line]
        assert [line.split()[0] for line in mine] == [login]


def test_a_file_has_no_members_and_says_so(tmp_path: Path) -> None:
    folder = named(tmp_path / "alone", "store/codings.sqlite")
    open_store(folder / "store" / "codings.sqlite").close()
    done = run("list", str(folder))
    assert (done.exit_code, "names are on trust" in done.stdout) == (0, True)
    assert json.loads(run("list", str(folder), "--json").stdout) == []
    refused = run("add", "anna", "--role", "coder", "--study", str(folder))
    assert isinstance(refused.exception, InputError)
    assert "PostgreSQL" in str(refused.exception)
