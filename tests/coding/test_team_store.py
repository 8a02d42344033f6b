"""The same store on PostgreSQL, where a server is named in WORKBENCH_TEST_POSTGRESQL (an empty database)."""

import os
from collections.abc import Iterator
from copy import deepcopy

import pytest
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store
from workbench.corpus import WITHDRAWN
from workbench.corpus.span import Span

SERVER = os.environ.get("WORKBENCH_TEST_POSTGRESQL", "")
pytestmark = pytest.mark.skipif(not SERVER, reason="no PostgreSQL server is named")


@pytest.fixture
def team() -> Iterator[Store]:
    with open_store(SERVER) as store, store._database.engine.begin() as connection:
        for table in ("acts", "documents"):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table} CASCADE")
        for table in ("turns", "suggestions", "revisions", "version"):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
    with open_store(SERVER) as store:
        store.add_corpus(TinyCorpus(TALK))
        yield store


def test_corrections_withdrawal_and_guards_hold_on_a_server(team: Store) -> None:
    import sqlalchemy as sa

    kept = team.code(Span("wm-user-01", 23, 36), "M09", coder="anna", memo="turning point")
    team.code(Span("wm-officer-01", 21, 31), "M01", coder="ben")
    talk = deepcopy(TALK)
    talk["wm-user-01"][1] = ("Lee", "service_user", "Well, it made me [Person 1] think twice.")
    talk["wm-officer-01"][1] = ("Amy", "officer", WITHDRAWN)
    assert team.add_corpus(TinyCorpus(talk), by="kim") == 2
    assert team.codings()[["id", "quote"]].values.tolist() == [[kept.id, "made me [Person 1] think"]]
    assert (team.unplaced().empty, team.verify()) == (True, [])
    for statement in (
        "UPDATE acts SET quote = NULL",
        "UPDATE acts SET code = 'x'",
        "DELETE FROM acts",
        "TRUNCATE acts",
    ):
        with (
            pytest.raises(sa.exc.DBAPIError, match="acts are only ever added"),
            team._database.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)
    team.withdraw("wm-user-01", coder="lead")
    assert (team.codings().empty, team.verify()) == (True, [])
    assert team.withdrawn()["codings"].tolist() == [1]
