"""Merging is a union: any order, any number of times, the same result."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.coding import Store, open_store
from workbench.corpus.span import Span
from workbench.errors import InputError

CODERS, CODES = ("anna", "ben"), ("M09", "M12")
DEEDS = st.tuples(
    st.sampled_from(["code", "uncode", "stance", "undo", "read", "withdraw"]),
    st.sampled_from(CODERS),
    st.integers(min_value=0, max_value=3),
    st.sampled_from(CODES),
)


def do(store: Store, deeds: Sequence[tuple[str, str, int, str]]) -> None:
    for kind, coder, start, code in deeds:
        mine = store.codings(coder=coder)
        if kind == "withdraw":
            store.withdraw("wm-user-01", coder=coder)
        elif "wm-user-01" not in set(store.documents()["document"]):
            continue
        elif kind == "code":
            store.code(Span("wm-user-01", start, start + 4), code, coder=coder)
        elif kind == "read":
            store.read("wm-user-01", coder=coder)
        elif kind == "undo":
            store.undo(coder)
        elif len(mine) and kind == "uncode":
            store.uncode(mine["id"].iloc[start % len(mine)], coder=coder)
        elif len(mine):
            store.set_stance(mine["id"].iloc[start % len(mine)], "supports", coder=coder)


def state(store: Store) -> tuple[Any, ...]:
    withdrawn = store.withdrawn()[["document", "at", "codings"]].to_json()
    return (store.fingerprint(), store.codings().to_json(), store.read_by().to_json(), withdrawn)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.lists(DEEDS, max_size=6), min_size=3, max_size=3))
def test_merging_in_any_order_and_twice_gives_the_same_store(corpus: Any, deeds: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = [open_store(Path(folder) / f"{number}.sqlite") for number in range(5)]
        for store, done in zip(stores[:3], deeds, strict=True):
            store.add_corpus(corpus)
            do(store, done)
            assert store.verify() == []
        total = sum(len(store.acts()) for store in stores[:3])
        first, second = stores[3:]
        assert sum(first.merge(store) for store in stores[:3]) == total
        assert sum(second.merge(store) for store in reversed(stores[:3])) == total
        assert state(first) == state(second)
        assert [first.merge(store) for store in stores] == [0, 0, 0, 0, 0]
        do(first, deeds[0])
        assert first.verify() == []
        for store in stores:
            store.close()


def test_a_merged_store_brings_its_texts_and_turns(store: Store, tmp_path: Path, corpus: Any) -> None:
    made = store.code(Span("wm-user-01", 23, 36), "M09", coder="anna")
    with open_store(tmp_path / "other.sqlite") as other:
        assert other.merge(tmp_path / "store" / "codings.sqlite") == 1
        assert other.codings()[["id", "person"]].values.tolist() == [[made.id, "wm-user-01:Lee"]]
        assert (len(other.turns()), other.text("wm-officer-01")) == (4, corpus.text("wm-officer-01"))


def test_a_store_with_other_texts_or_touched_acts_is_refused_whole(store: Store, tmp_path: Path, corpus: Any) -> None:
    store.code(Span("wm-user-01", 0, 3), "M09", coder="anna")
    corpus.texts["wm-user-01"] += "\n"
    with open_store(tmp_path / "other.sqlite") as other:
        other.add_corpus(corpus)
        with pytest.raises(InputError, match="different texts of this document"):
            other.merge(store)
        assert other.acts().empty


def test_merging_a_file_that_is_not_there_makes_no_file(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        store.merge(tmp_path / "bens.sqlite")
    assert not (tmp_path / "bens.sqlite").exists()
