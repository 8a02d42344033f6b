"""What all tests share: one fictional study, made once, and no network."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store

ROOT = Path(__file__).parents[1]
REAL_DATA = ROOT.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest test, so that no worker waits for another at the end."""
    items.sort(key=lambda item: item.path.name != "test_wheel.py")


class NetworkUsed(RuntimeError):
    """Some code tried to reach the network."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Close the sockets that lead out of this machine; local ones (a kernel's, a worker's) stay."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise NetworkUsed(f"tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data, where it is there."""
    if not REAL_DATA.is_dir():
        pytest.skip("no real data here")
    return REAL_DATA


@pytest.fixture
def corpus() -> TinyCorpus:
    return TinyCorpus(TALK)


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "store" / "codings.sqlite"


@pytest.fixture
def store(where: Path, corpus: TinyCorpus) -> Iterator[Store]:
    with open_store(where) as opened:
        opened.add_corpus(corpus)
        yield opened
