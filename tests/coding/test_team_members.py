"""Members of a team: added, changed and removed by leads, under any name, in one study only."""

from pathlib import Path

import pytest
from postgresql import ODD_LOGINS, Team, quoted

from workbench.coding import Store, open_store
from workbench.corpus.span import Span
from workbench.errors import InputError

pytestmark = pytest.mark.xdist_group("postgresql")

THINK = Span("wm-user-01", 23, 36)


def test_coding_as_another_is_refused_and_both_are_named(team: Team) -> None:
    with pytest.raises(InputError, match=r"does not take codings of ben from anna: you are anna \(login anna\)"):
        team.store("anna").code(THINK, "M09", coder="ben")
    assert team.store("kim").codings().empty
    team.store("kim").code(THINK, "M09", coder="ben")  # a lead brings in what others coded
    assert team.store("ben").codings()["coder"].tolist() == ["ben"]


def test_a_lead_adds_changes_and_removes_members_and_it_holds_at_once(team: Team) -> None:
    lee, anna = team.store("lee"), team.store("anna")
    assert lee.members()[["login", "role"]].values.tolist() == [
        ["kim", "lead"], ["lee", "lead"], ["anna", "coder"], ["ben", "coder"], ["ray", "reader"],
    ]  # fmt: skip
    anna.code(THINK, "M09", coder="anna")
    assert not lee.add_member("anna", coder="anna", role="reader")
    with pytest.raises(InputError, match=r"you are anna .* a reader"):
        anna.code(THINK, "M10", coder="anna")
    lee.remove_member("anna")
    with pytest.raises(InputError, match=r"login anna is not a member .* workbench team add anna"):
        anna.codings()
    with pytest.raises(InputError, match="not a member"):
        open_store(team.url("anna"))
    assert lee.codings()["coder"].tolist() == ["anna"]  # what she did stays
    lee.add_member("anna", coder="Anna S", role="lead")
    assert anna.me() == "Anna S"


def test_only_leads_change_the_team(team: Team) -> None:
    for login in ("anna", "ray"):
        with pytest.raises(InputError, match=f"you are {login}"):
            team.store(login).add_member("eve", coder="eve", role="lead")
        with pytest.raises(InputError, match=f"you are {login}"):
            team.store(login).remove_member("ben")
    assert len(team.store("kim").members()) == 5


def test_what_does_not_fit_a_member_is_told_all_at_once(team: Team) -> None:
    with pytest.raises(InputError) as told:
        team.store("lee").add_member("nobody's", coder="ben", role="Lead")
    assert len(told.value.problems) == 3
    for words in ("Did you mean 'lead'?", 'CREATE ROLE "nobody\'s" LOGIN', "belongs to the login ben"):
        assert words in str(told.value)
    with pytest.raises(InputError, match="kim: it owns the store"):
        team.store("lee").add_member("kim", coder="kim", role="reader")
    with pytest.raises(InputError, match="kim: it owns the store"):
        team.store("lee").remove_member("kim")
    with pytest.raises(InputError, match="'anna'"):
        team.store("lee").remove_member("ana")
    with pytest.raises(InputError, match="the name of its coder"):
        team.store("lee").add_member("eve", coder=" ", role="reader")
    assert len(team.store("kim").members()) == 5


def test_a_login_is_made_only_by_who_may_and_only_with_its_member(team: Team) -> None:
    login = f"new {team.database}"
    with pytest.raises(InputError, match="yours may not make one"):
        team.store("lee").add_member(login, coder="New", role="coder", make_login=True)
    team.server.run("ALTER ROLE kim CREATEROLE")
    try:
        with pytest.raises(InputError, match="role is 'boss'"):
            team.store("kim").add_member(login, coder="New", role="boss", make_login=True)
        assert (login,) not in team.server.run("SELECT rolname FROM pg_roles")
        assert team.store("kim").add_member(login, coder="New", role="coder", make_login=True)
        assert (login, True) in team.server.run("SELECT rolname, rolcanlogin FROM pg_roles")
        assert team.store(login).code(THINK, "M09", coder="New").coder == "New"
        team.store(login).close()
    finally:
        team.server.run("ALTER ROLE kim NOCREATEROLE")
        team.server.run(f"DROP OWNED BY {quoted(login)}", team.database)
        team.server.run(f"DROP ROLE IF EXISTS {quoted(login)}")


@pytest.mark.parametrize("login", ODD_LOGINS)
def test_a_login_may_have_any_name(team: Team, login: str) -> None:
    team.store("kim").add_member(login, coder=login, role="coder")
    store = team.store(login)
    assert store.me() == login
    store.code(THINK, "M09", coder=login)
    with pytest.raises(InputError, match="ben"):
        store.code(THINK, "M09", coder="ben")
    team.store("kim").remove_member(login)
    with pytest.raises(InputError, match="not a member"):
        store.codings()


def test_a_lead_of_one_study_is_nobody_in_another_on_the_same_server(team: Team) -> None:
    with team.server.database() as database:
        other = Team(team.server, database)
        other.store("kim").add_member("anna", coder="anna", role="lead")
        assert other.store("anna").me() == "anna"
        with pytest.raises(InputError, match="coder codes in their own name"):
            team.store("anna").code(THINK, "M09", coder="ben")
        with pytest.raises(InputError, match="not a member"):
            other.store("lee")
        other.close()


def test_in_a_file_names_are_on_trust_and_that_is_said(store: Store, where: Path) -> None:
    assert store.me() is None
    assert list(store.members()) == ["login", "coder", "role"]
    assert store.members().empty
    for change in (lambda: store.add_member("x", coder="x", role="lead"), lambda: store.remove_member("x")):
        with pytest.raises(InputError, match="names are on trust") as told:
            change()
        assert str(where) in str(told.value)
