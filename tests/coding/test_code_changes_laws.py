"""Laws of codes that change: any order of merging shows the same, and what is undone was never done."""

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store, view
from workbench.coding.acts import CODE_KINDS, Act
from workbench.coding.code_changes import present_codes
from workbench.corpus.span import Span
from workbench.errors import InputError

CODES = ("A", "B", "C", "D")
CODINGS = ("code", "uncode", "stance", "memo", "recode", "undo", "redo")
CHANGES = ("rename", "merge", "split", "move", "retire")
DEEDS = st.lists(
    st.tuples(
        st.sampled_from([*CODINGS, "code", "code", *CHANGES]),
        st.sampled_from(["anna", "ben"]),
        st.integers(min_value=0, max_value=3),
        st.permutations(CODES),
    ),
    max_size=12,
)


def do(store: Store, deeds: list[tuple[str, str, int, list[str]]], names: str = "") -> None:
    """Do what can be done; what is refused changes nothing."""
    for kind, coder, number, codes in deeds:
        try:
            _do(store, kind, f"{coder}{names}", number, codes)
        except InputError:
            continue


def _do(store: Store, kind: str, coder: str, number: int, codes: list[str]) -> None:
    mine, waiting = store.codings(coder=coder)["id"], store.to_recode()
    if kind == "code":
        store.code(Span("wm-user-01", number, number + 4), codes[0], coder=coder, memo=codes[1])
    elif kind in ("undo", "redo"):
        getattr(store, kind)(coder)
    elif kind == "recode" and len(waiting):
        row = waiting.iloc[number % len(waiting)]
        store.recode(row["id"], row["choices"][number % len(row["choices"])], coder=coder)
    elif kind == "uncode" and len(mine):
        store.uncode(mine.iloc[number % len(mine)], coder=coder)
    elif kind == "stance" and len(mine):
        store.set_stance(mine.iloc[number % len(mine)], "supports", coder=coder)
    elif kind == "memo" and len(mine):
        store.set_memo(mine.iloc[number % len(mine)], f"memo {number}", coder=coder)
    elif kind == "rename":
        store.rename_code(codes[0], codes[1] if number else "E", by=coder)
    elif kind == "merge":
        store.merge_codes(codes[:2], codes[2], by=coder)
    elif kind == "split":
        store.split_code(codes[0], codes[1:3], by=coder)
    elif kind == "move":
        store.move_code(codes[0], codes[1], by=coder)
    elif kind == "retire":
        store.retire_code(codes[0], by=coder)


def state(store: Store) -> list[str]:
    return [table.to_json() for table in (store.codings(), store.to_recode(), store.code_changes(), store.counts())]


def acts_in(store: Store) -> list[Act]:
    table = store.acts().astype(object)
    return [Act(**row) for row in table.where(table.notna(), None).to_dict(orient="records")]


@seed(11)
@settings(max_examples=25, deadline=None)
@given(first=DEEDS, second=DEEDS)
def test_stores_that_changed_codes_apart_merge_to_the_same_either_way(first: Any, second: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = [open_store(Path(folder) / f"{number}.sqlite") for number in range(4)]
        for store, deeds, names in zip(stores[:2], (first, second), ("", "-2"), strict=True):
            store.add_corpus(TinyCorpus(TALK))
            do(store, deeds, names)
        for store, order in zip(stores[2:], ((0, 1), (1, 0)), strict=True):
            for number in order:
                store.merge(stores[number])
        assert state(stores[2]) == state(stores[3])
        assert [stores[2].merge(store) for store in stores] == [0, 0, 0, 0]
        for store in stores:
            check(store)
            store.close()


def check(store: Store) -> None:
    """No passage is coded twice, every coding has a code as it is called now, and the table is what the acts say."""
    codings, acts = store.codings(), acts_in(store)
    codes = present_codes(acts)
    assert not codings.duplicated(["coder", "document", "start", "end", "code"]).any()
    assert [codes.now(code) for code in codings["code"]] == codings["code"].tolist()
    assert [act.id for act in view.current(acts)] == codings["id"].tolist()
    changes = [act for act in acts if act.document is None]
    apart = view.current([act for act in acts if act.document], changes)
    assert [(act.id, act.code) for act in apart] == codings[["id", "code"]].apply(tuple, axis=1).tolist()
    assert store.verify() == []


@seed(12)
@settings(max_examples=25, deadline=None)
@given(deeds=DEEDS, kind=st.sampled_from(CHANGES), codes=st.permutations(CODES))
def test_whatever_is_done_to_codes_undo_restores_and_redo_does_again(deeds: Any, kind: str, codes: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "one.sqlite") as store:
        store.add_corpus(TinyCorpus(TALK))
        do(store, deeds)
        before = state(store)
        do(store, [(kind, "kim", 1, codes)])
        after = state(store)
        store.undo("kim")
        assert state(store) == before
        store.redo("kim")
        assert state(store) == after
        check(store)


@seed(13)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_became_one_never_comes_apart_whatever_order_acts_arrive_in(data: st.DataObject) -> None:
    acts = [
        Act(f"{number:04}", "kim", "2024-03-01", data.draw(st.sampled_from(CODE_KINDS)), target=codes[1], code=codes[0])
        for number, codes in enumerate(data.draw(st.lists(st.permutations(CODES), max_size=8)))
    ]
    shuffled = data.draw(st.permutations(acts))
    codes = present_codes(acts)
    assert [present_codes(shuffled).now(code) for code in CODES] == [codes.now(code) for code in CODES]
    for size in range(len(acts)):
        earlier = present_codes(acts[:size])
        together = [(one, other) for one in CODES for other in CODES if earlier.now(one) == earlier.now(other)]
        assert all(codes.now(one) == codes.now(other) for one, other in together)
    assert all(codes.now(codes.now(code)) == codes.now(code) for code in CODES)
    assert all(
        set(codes.names(code)) == {n for n in codes.names(code) if codes.now(n) == codes.now(code)} for code in CODES
    )


def test_an_empty_table_of_changes_has_its_columns() -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "one.sqlite") as store:
        expected = ["id", "kind", "code", "to", "by", "at", "why"]
        assert list(store.code_changes().columns) == expected
        assert isinstance(store.to_recode()["choices"], pd.Series)
