"""What the store's tests share: one server for the session, and a team on a database of its own for each test."""

from collections.abc import Iterator

import pytest
from postgresql import Server, Team, running_server
from tiny_corpus import TinyCorpus


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server; tests that need it skip where there is none."""
    with running_server() as server:
        yield server


@pytest.fixture
def team(server: Server, corpus: TinyCorpus) -> Iterator[Team]:
    """A store with the tiny corpus: kim owns it, lee is a lead too, anna and ben code, ray reads, eve is nobody."""
    with server.database() as database:
        team = Team(server, database)
        lead = team.store("kim")
        lead.add_corpus(corpus)
        for login, role in (("lee", "lead"), ("anna", "coder"), ("ben", "coder"), ("ray", "reader")):
            lead.add_member(login, coder=login, role=role)
        yield team
        team.close()
