"""What holds for a store in a file holds on a server: the same tests, on a database of their own each."""

import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest
import test_code_changes
import test_coding_store
import test_corrected_transcripts
import test_redo
import test_settled
import test_store_as_of
import test_suggestions
from postgresql import Server
from tiny_corpus import TinyCorpus

from workbench.coding import Store, open_store

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture
def store(server: Server, corpus: TinyCorpus) -> Iterator[Store]:
    with server.database() as database, open_store(server.url("kim", database)) as opened:
        opened.add_corpus(corpus)
        yield opened


def about_a_store(module: ModuleType) -> dict[str, object]:
    """Return the module's tests that are about one store, and not about its file."""
    found = {name: test for name, test in vars(module).items() if name.startswith("test_") and callable(test)}
    asked = {name: set(inspect.signature(test).parameters) for name, test in found.items()}
    return {name: found[name] for name in found if "store" in asked[name] and not asked[name] & {"where", "tmp_path"}}


for _module in (
    test_coding_store, test_suggestions, test_corrected_transcripts, test_settled, test_code_changes, test_redo,
    test_store_as_of,
):  # fmt: skip
    globals().update(about_a_store(_module))
