"""A team's server: who gets in, what is said when not, many writers at once, and what breaks in the middle."""

import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from postgresql import NAMED, PASSWORD, Server, Team
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import open_store
from workbench.coding.server import read_url
from workbench.corpus.span import Span
from workbench.errors import InputError

pytestmark = pytest.mark.xdist_group("postgresql")

ROOT = Path(__file__).parents[2]
THINK = Span("wm-user-01", 23, 36)
WRITER = """
import sys
from workbench.coding import open_store
from workbench.corpus.span import Span
where, coder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open_store(where) as store:
    for start in range(count):
        store.code(Span("wm-officer-01", start % 40, start % 40 + 2 + start // 40), "M01", coder=coder)
        print(start + 1, flush=True)
"""


def writer(where: str, coder: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, where, coder, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def end_sessions(team: Team, login: str) -> int:
    """End a login's sessions on the server's side, as a restart or a broken line does."""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    return len(team.server.run(f"{ended} WHERE datname = '{team.database}' AND usename = '{login}'"))


@pytest.fixture
def open_to(server: Server, team: Team) -> Iterator[SimpleNamespace]:
    """What tells how each way in ends."""
    here = team.server.administrator
    host = here.host or "127.0.0.1"
    port = here.query.get("port", here.port or 5432)
    yield SimpleNamespace(team=team, server=server, tcp=f"{host}:{port}", database=team.database)


ENTRIES = {
    "wrong password": ("pat:{wrong}@{tcp}/{database}", "does not take this login with this password", "PGPASSWORD"),
    "no password": ("pat@{tcp}/{database}", "does not take this login with this password", "PGPASSWORD"),
    "no such database": ("pat:{right}@{tcp}/nowhere", "no database of this name", "study.yaml"),
    "server down": ("pat:{right}@127.0.0.1:1/{database}", "does not answer", "administrator whether it runs"),
    "no such socket": ("pat:{right}@/{database}?host=/nowhere", "does not answer", "administrator"),
    "not a member": ("pat:{right}@{tcp}/{database}", "login pat is not a member", "workbench team add pat"),
    "no port": ("pat:{right}@localhost:port/{database}", "no address of a database", "%40 for @"),
    "an @ in the password": ("pat:{raw}@{tcp}/{database}", "no address of a database", "%40 for @"),
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_whoever_cannot_get_in_is_told_why_and_what_to_do(
    open_to: SimpleNamespace, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    address, what, remedy = ENTRIES[entry]
    right = "corr3ct%3Ah%40rse%2F%C3%BC"
    filled = address.format(
        wrong="s3cret", right=right, raw="se:cr3t@horse", tcp=open_to.tcp, database=open_to.database
    )
    with pytest.raises(InputError) as told:
        open_store(f"postgresql+psycopg://{filled}")
    assert what in str(told.value)
    assert remedy in str(told.value)
    shown = "".join(traceback.format_exception(told.value))
    assert not [secret for secret in ("s3cret", "cr3t@", "horse", PASSWORD, right) if secret in str(told.value)]
    assert not [secret for secret in ("s3cret", PASSWORD, right) if secret in shown]
    assert str(told.value).startswith("postgresql+psycopg://")


def test_the_right_password_lets_a_member_in_and_is_never_shown(open_to: SimpleNamespace) -> None:
    open_to.team.store("kim").add_member("pat", coder="Pat", role="coder")
    for where in (
        open_to.server.url("pat", open_to.database, PASSWORD),
        open_to.server.url("pat", open_to.database, PASSWORD).replace("postgresql+psycopg", "postgresql"),
    ):
        with open_store(where) as store:
            assert store.me() == "Pat"
            with pytest.raises(InputError) as told:
                store.code(THINK, "M09", coder="anna")
            assert PASSWORD not in str(told.value)
            assert "pat:***@" in str(told.value)


def test_a_password_among_the_options_of_an_address_is_hidden_too() -> None:
    url = read_url("postgresql://host/study?user=anna&password=s3cret")
    assert url.password == "s3cret"  # noqa: S105 (fictional)
    assert "s3cret" not in url.render_as_string(hide_password=True)
    assert read_url("postgres://host/study").drivername == read_url("postgresql+psycopg2://host/study").drivername
    with pytest.raises(InputError, match="mysql"):
        read_url("mysql://anna:s3cret@host/study")


def test_whoever_may_not_make_a_store_is_told_who_may(server: Server) -> None:
    with server.database() as database:
        team = Team(server, database)
        with pytest.raises(InputError, match=r"no coding store .* login anna may not make one.*owner"):
            team.store("anna")
        assert team.by_hand("kim", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_a_store_that_is_out_of_date_is_brought_up_by_its_owner_only(team: Team) -> None:
    team.store("anna").code(THINK, "M09", coder="anna")
    team.by_hand("kim", "DELETE FROM version", "INSERT INTO version VALUES (2)", "DROP TABLE in_force, carried, guids",
                 "DROP INDEX suggestions_by_document")  # fmt: skip
    for login in ("anna", "lee", "ray"):
        with pytest.raises(
            InputError, match=f"of version 2, older than this workbench, and the login {login} .*Ask kim"
        ):
            open_store(team.url(login))
    with open_store(team.url("kim")) as store:
        assert store.verify() == []
    with open_store(team.url("anna")) as store:
        assert store.codings()["code"].tolist() == ["M09"]
        store.code(THINK, "M10", coder="anna")  # rights on the tables that were made anew
        assert store.verify() == []


def test_four_processes_writing_at_once_lose_nothing(team: Team) -> None:
    writers = [writer(team.url(login), login, 40) for login in ("anna", "anna", "ben", "kim")]
    for process in writers:
        process.communicate(timeout=120)
    assert [process.returncode for process in writers] == [0, 0, 0, 0]
    kim = team.store("kim")
    assert kim.codings()["coder"].value_counts().to_dict() == {"anna": 40, "ben": 40, "kim": 40}
    assert kim.verify() == []


def test_threads_of_one_program_share_a_store(team: Team) -> None:
    stores = {login: team.store(login) for login in ("anna", "ben")}

    def code(login: str, first: int) -> None:
        for start in range(first, first + 15):
            stores[login].code(Span("wm-officer-01", start, start + 3), "M01", coder=login)

    threads = [threading.Thread(target=code, args=(login, first)) for login in stores for first in (0, 15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert team.store("kim").codings()["coder"].value_counts().to_dict() == {"anna": 30, "ben": 30}
    assert team.store("kim").verify() == []


def test_what_a_process_had_stored_is_there_after_it_was_killed(team: Team) -> None:
    process = writer(team.url("anna"), "anna", 400)
    assert process.stdout is not None
    reported = [int(process.stdout.readline()) for _ in range(5)][-1]
    process.kill()
    process.wait(timeout=60)
    process.stdout.close()
    anna = team.store("anna")
    assert len(anna.codings()) >= reported
    anna.code(THINK, "M09", coder="anna")
    assert anna.verify() == []


def test_a_session_that_ends_in_the_middle_of_writing_leaves_nothing_half_written(team: Team) -> None:
    anna, ben = team.store("anna"), team.store("ben")
    kept = anna.code(THINK, "M09", coder="anna")
    with pytest.raises(InputError, match="server"), anna._database.writing() as connection:
        from workbench.coding.marking import change

        change(connection, kept.id, "anna", "stance", stance="supports")
        assert end_sessions(team, "anna") == 1
        change(connection, kept.id, "anna", "memo", memo="half")
    assert ben.codings()[["id", "stance", "memo"]].isna().values.tolist() == [[False, True, False]]
    assert len(ben.acts()) == 1
    ben.code(THINK, "M09", coder="ben")  # the lock of the one that died holds nobody up
    anna.set_memo(kept.id, "whole", coder="anna")
    assert ben.verify() == []


def test_a_session_that_ends_at_the_commit_is_told_as_unknown_and_is_whole(team: Team) -> None:
    anna = team.store("anna")
    anna.codings()

    @sa.event.listens_for(anna._database.engine, "commit")
    def _cut(_connection: sa.Connection) -> None:
        end_sessions(team, "anna")

    with pytest.raises(InputError, match=r"very moment of writing.*before you repeat it"):
        anna.code(THINK, "M09", coder="anna", stance="supports", memo="x")
    sa.event.remove(anna._database.engine, "commit", _cut)
    assert len(team.store("kim").acts()) in (0, 1)
    assert team.store("kim").verify() == []


def test_a_connection_that_was_lost_is_found_again_at_the_next_call(team: Team) -> None:
    anna = team.store("anna")
    anna.code(THINK, "M09", coder="anna")
    for call in (lambda: anna.code(THINK, "M10", coder="anna"), anna.codings, anna.me):
        assert end_sessions(team, "anna") >= 1
        call()
    assert len(anna.codings()) == 2


def test_a_reader_waits_for_no_writer_and_sees_one_moment(team: Team) -> None:
    anna, ray = team.store("anna"), team.store("ray")
    anna.code(THINK, "M09", coder="anna")
    with ray._database.reading() as connection:
        asked = sa.text("SELECT count(*) FROM acts")
        assert connection.execute(asked).scalar_one() == 1
        with anna._database.writing():
            begun = time.monotonic()
            assert len(ray.codings()) == 1
            assert time.monotonic() - begun < 5
        anna.code(THINK, "M10", coder="anna")
        assert connection.execute(asked).scalar_one() == 1
    assert len(ray.codings()) == 2


def test_a_writer_who_waits_too_long_is_told_so(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.coding.server.WAIT_SECONDS", 1)
    with open_store(team.url("ben")) as ben, team.store("anna")._database.writing():
        with pytest.raises(InputError, match=r"another program holds it.*try again"):
            ben.code(THINK, "M09", coder="ben")
        assert ben.codings().empty


def test_no_words_of_anybody_are_in_an_error_of_the_program(team: Team) -> None:
    anna = team.store("anna")
    with pytest.raises(sa.exc.DBAPIError) as failed, anna._database.engine.begin() as connection:
        connection.execute(sa.text("SELECT 1 / 0, :memo").bindparams(memo="said in confidence"))
    assert "said in confidence" not in str(failed.value)


def test_withdrawn_words_are_out_of_the_servers_files(team: Team) -> None:
    import os

    if os.environ.get(NAMED):
        pytest.skip("the files of a server elsewhere are out of reach")
    lee, folder = team.store("lee"), Path(str(team.server.administrator.query["host"])) / "data"
    talk = {"wm-user-01": [("Int", "interviewer", "And?"), ("Lee", "service_user", "zebracrossing and more")]}
    lee.add_corpus(TinyCorpus({**TALK, **talk}))
    team.store("anna").code(Span("wm-user-01", 15, 28), "M09", coder="anna", memo="quaggacrossing")

    def found() -> list[str]:
        team.server.run("CHECKPOINT")
        oid = dict(team.server.run("SELECT datname, oid FROM pg_database"))[team.database]
        held = b"".join(path.read_bytes() for path in (folder / "base" / str(oid)).iterdir())
        return [word for word in ("zebracrossing", "quaggacrossing") if word.encode() in held]

    assert found() == ["zebracrossing", "quaggacrossing"]
    lee.withdraw("wm-user-01", coder="lee")  # a lead who does not own the tables
    assert found() == []
    assert lee.verify() == []
