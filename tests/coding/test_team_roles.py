"""The database itself enforces who may do what, whatever program or hand asks it."""

import psycopg
import pytest
from postgresql import Team, literal

from workbench.corpus.span import Span

pytestmark = pytest.mark.xdist_group("postgresql")

THINK = Span("wm-user-01", 23, 36)
ACT = (
    'INSERT INTO acts (id, coder, at, kind, target, document, start, "end", code, previous, hash, revision) '
    "SELECT 'f' || substr(md5(random()::text), 2), {coder}, '2026-01-01', {kind}, {target}, 'wm-user-01', 0, 3, 'M01', "
    "'', 'x', sha256 FROM documents WHERE document = 'wm-user-01'"
)
ROW = (
    'INSERT INTO in_force (id, coder, document, code, start, "end") '
    "VALUES ('x', '{coder}', 'wm-user-01', 'M01', 0, 3)"
)


def act(coder: str, kind: str = "code", target: str = "NULL") -> str:
    """Return the statement that adds an act, past everything that the store does and checks."""
    return ACT.format(coder=literal(coder), kind=literal(kind), target=target)


LAST_OF_BEN = "(SELECT max(id) FROM acts WHERE coder = 'ben')"
REFUSED_TO_CODERS = {
    "an act as another": [act("ben")],
    "an act as nobody": [act("")],
    "an act as the import": [act("import")],
    "an act beside one's own": [act("anna"), act("ben")],
    "another's coding undone": [act("anna", "undo", LAST_OF_BEN)],
    "another's coding taken away": [act("anna", "uncode", LAST_OF_BEN)],
    "another's coding moved": [act("anna", "move", LAST_OF_BEN)],
    "another's coding set aside": [act("anna", "lift", LAST_OF_BEN)],
    "another's coding placed": [act("anna", "place", LAST_OF_BEN)],
    "another's coding recoded": [act("anna", "recode", LAST_OF_BEN)],
    "a change of nothing": [act("anna", "uncode")],
    "a withdrawal": [act("anna", "withdraw")],
    "a decision": [act("anna", "settle")],
    "a code renamed": [act("anna", "rename-code")],
    "an unknown kind": [act("anna", "bless")],
    "a copy into the acts": ["COPY acts FROM STDIN"],
    "an act changed": ["UPDATE acts SET code = 'x'"],
    "words erased": ["UPDATE acts SET memo = NULL"],
    "an own act changed": ["UPDATE acts SET code = 'x' WHERE coder = 'anna'"],
    "an act replaced": ["INSERT INTO acts SELECT * FROM acts ON CONFLICT (id) DO UPDATE SET code = 'x'"],
    "acts removed": ["DELETE FROM acts"],
    "an own act removed": ["DELETE FROM acts WHERE coder = 'anna'"],
    "the acts emptied": ["TRUNCATE acts"],
    "the acts dropped": ["DROP TABLE acts CASCADE"],
    "the acts altered": ["ALTER TABLE acts ADD COLUMN mine text"],
    "the acts renamed": ["ALTER TABLE acts RENAME TO old_acts"],
    "triggers off": ["ALTER TABLE acts DISABLE TRIGGER ALL"],
    "a trigger dropped": ["DROP TRIGGER acts_refuse_update ON acts"],
    "a trigger added": ["CREATE TRIGGER mine BEFORE INSERT ON acts EXECUTE FUNCTION acts_refuse()"],
    "rows unguarded": ["ALTER TABLE acts DISABLE ROW LEVEL SECURITY"],
    "a policy dropped": ["DROP POLICY acts_add ON acts"],
    "a policy added": ["CREATE POLICY mine ON acts FOR INSERT WITH CHECK (true)"],
    "rows past the policies": ["SET row_security = off", act("anna")],
    "a rule": ["CREATE RULE mine AS ON INSERT TO acts DO INSTEAD NOTHING"],
    "a role put on": ["SET ROLE kim"],
    "the administrator's role put on": ["SET ROLE postgres"],
    "another login put on": ["SET SESSION AUTHORIZATION ben", act("ben")],
    "triggers off for a session": ["SET session_replication_role = replica"],
    "grants to oneself": ["GRANT ALL ON acts TO anna", "UPDATE acts SET code = 'x'"],
    "a grant by its function": ["SELECT workbench_grant('anna', 'lead')", "UPDATE documents SET text = ''"],
    "another role by its function": ["SELECT workbench_add_member('anna', 'anna', 'lead')"],
    "another name by its function": ["SELECT workbench_add_member('anna', 'ben', 'coder')"],
    "a member removed": ["SELECT workbench_remove_member('ben')"],
    "tables written anew": ["SELECT workbench_compact()"],
    "another role by hand": ["UPDATE members SET role = 'lead'"],
    "another name by hand": ["UPDATE members SET coder = 'ben' WHERE login = 'anna'"],
    "a member by hand": ["INSERT INTO members VALUES ('eve', 'eve', 'lead')"],
    "who one is, redefined": [
        "CREATE OR REPLACE FUNCTION workbench_coder() RETURNS text LANGUAGE sql AS 'SELECT ''ben'''"
    ],
    "a function beside ours": ["CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
    "a table beside ours": ["CREATE TABLE mine (x int)"],
    "members of one's own": ["CREATE TEMP TABLE members AS SELECT 'anna' AS login, 'ben' AS coder, 'lead' AS role",
                             "GRANT SELECT ON members TO PUBLIC", "SET search_path = pg_temp, public", act("ben")],
    "a schema": ["CREATE SCHEMA mine"],
    "a text": ["UPDATE documents SET text = ''"],
    "a document": ["INSERT INTO documents VALUES ('x', 9, '', '', '{}')"],
    "a document removed": ["DELETE FROM documents"],
    "a turn": ["UPDATE turns SET start = 0"],
    "a revision": ["DELETE FROM revisions"],
    "a suggestion": ["DELETE FROM suggestions"],
    "a version": ["DELETE FROM version"],
    "a GUID changed": ["UPDATE guids SET guid = 'x'"],
    "what was carried": ["DELETE FROM carried"],
    "a coding in force as another": [ROW.format(coder="ben")],
    "an own coding in force given to another": [
        ROW.format(coder="anna"), "UPDATE in_force SET coder = 'ben' WHERE id = 'x'",
    ],
    "the codings in force emptied": ["TRUNCATE in_force"],
    "a login": ["CREATE ROLE mallory LOGIN"],
    "a file of the server": ["COPY acts TO '/tmp/acts.csv'"],
    "a program of the server": ["COPY (SELECT 1) TO PROGRAM 'true'"],
}  # fmt: skip
REFUSED_TO_LEADS = {
    name: REFUSED_TO_CODERS[name]
    for name in (
        "an act changed", "words erased", "an own act changed", "an act replaced", "acts removed", "the acts emptied",
        "the acts dropped", "the acts altered", "triggers off", "a trigger dropped", "rows unguarded",
        "a policy dropped", "a role put on", "another login put on", "triggers off for a session",
        "another role by hand", "a member by hand", "a version", "a table beside ours", "a login",
    )
} | {
    # A temporary table called like the store's must not make the guard believe that a document was withdrawn.
    "words erased behind a false withdrawal": [
        "CREATE TEMP TABLE false_acts AS SELECT * FROM acts",
        "UPDATE false_acts SET kind = 'withdraw', target = NULL",
        "ALTER TABLE false_acts RENAME TO acts",
        "UPDATE public.acts SET memo = NULL",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def coded(server: object) -> object:
    """One team for all statements: each is taken back, so none disturbs the next."""
    from postgresql import Server
    from tiny_corpus import TALK, TinyCorpus

    assert isinstance(server, Server)
    with server.database() as database:
        team = Team(server, database)
        kim = team.store("kim")
        kim.add_corpus(TinyCorpus(TALK))
        for login, role in (("lee", "lead"), ("anna", "coder"), ("ben", "coder"), ("ray", "reader")):
            kim.add_member(login, coder=login, role=role)
            if role == "coder":
                team.store(login).code(THINK, "M09", coder=login, memo="said")
        yield team
        team.close()


@pytest.mark.parametrize("name", REFUSED_TO_CODERS)
def test_a_coder_who_writes_sql_by_hand_is_refused(coded: Team, name: str) -> None:
    before = coded.by_hand("kim", "SELECT * FROM acts ORDER BY id")
    with pytest.raises(psycopg.Error) as refused:
        coded.by_hand("anna", *REFUSED_TO_CODERS[name])
    allowed = (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)
    assert isinstance(refused.value, allowed), refused.value
    assert coded.by_hand("kim", "SELECT * FROM acts ORDER BY id") == before


@pytest.mark.parametrize("name", REFUSED_TO_LEADS)
def test_a_lead_who_writes_sql_by_hand_cannot_change_or_remove_an_act(coded: Team, name: str) -> None:
    before = coded.by_hand("kim", "SELECT * FROM acts ORDER BY id")
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)):
        coded.by_hand("lee", *REFUSED_TO_LEADS[name])
    assert coded.by_hand("kim", "SELECT * FROM acts ORDER BY id") == before


@pytest.mark.parametrize(
    "statement", ["UPDATE acts SET quote = NULL", "UPDATE acts SET code = 'x'", "DELETE FROM acts", "TRUNCATE acts"]
)
def test_even_the_owner_cannot_change_or_remove_an_act(coded: Team, statement: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="acts are only ever added"):
        coded.by_hand("kim", statement)


@pytest.mark.parametrize("login", ["ray", "eve"])
@pytest.mark.parametrize(
    "statement", [act("ray"), ROW.format(coder="ray"), "DELETE FROM in_force", "UPDATE documents SET text = ''"]
)
def test_neither_a_reader_nor_a_stranger_writes_anything(coded: Team, login: str, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        coded.by_hand(login, statement)


def test_a_stranger_reads_nothing(coded: Team) -> None:
    for table in ("acts", "documents", "turns", "in_force", "members"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            coded.by_hand("eve", f"TABLE {table}")


def test_a_coder_cannot_touch_the_rows_of_others_codings_in_force(coded: Team) -> None:
    before = coded.by_hand("kim", "SELECT * FROM in_force WHERE coder <> 'anna'")
    assert before
    coded.by_hand("anna", "UPDATE in_force SET code = 'x' WHERE coder <> 'anna'")
    coded.by_hand("anna", "DELETE FROM in_force WHERE coder <> 'anna'")
    assert coded.by_hand("kim", "SELECT * FROM in_force WHERE coder <> 'anna'") == before


def test_what_a_coder_forges_in_their_own_name_is_found(team: Team) -> None:
    team.store("anna").code(THINK, "M09", coder="anna")
    team.by_hand("anna", ROW.format(coder="anna"))
    assert [problem.place for problem in team.store("ray").verify()] == ["wm-user-01"]
    team.by_hand("anna", act("anna"))
    assert [(problem.place[:5], problem.what[:4]) for problem in team.store("ray").verify()] == [("act f", "anna")]
