"""Laws of corrected stores: merging in any order shows the same, and every quote is what its passage reads."""

import tempfile
from copy import deepcopy
from pathlib import Path

from hypothesis import given, seed, settings
from hypothesis import strategies as st
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store
from workbench.corpus.span import Span

SAID = [
    "It made me think twice.",
    "It really made me think twice, you know.",
    "It made [Person 1] think.",
    "Nothing at all. It made me think twice.",
    "You know, you know. It made me think twice, twice.",
]
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("correct"), st.integers(min_value=0, max_value=len(SAID) - 1)),
        st.tuples(st.sampled_from(["code", "undo", "uncode", "place", "lift"]), st.integers(min_value=0, max_value=30)),
    ),
    max_size=8,
)


def corpus_with(said: str) -> TinyCorpus:
    talk = deepcopy(TALK)
    talk["wm-user-01"][1] = ("Lee", "service_user", said)
    return TinyCorpus(talk)


def do(store: Store, deeds: list[tuple[str, int]], coder: str) -> None:
    for kind, number in deeds:
        mine, waiting = store.codings(coder=coder), store.unplaced()
        if kind == "correct":
            store.add_corpus(corpus_with(SAID[number]), by="kim")
        elif kind == "code":
            store.code(Span("wm-user-01", number, number + 4 + number % 7), "M09", coder=coder)
        elif kind == "undo":
            store.undo(coder)
        elif kind == "uncode" and len(mine):
            store.uncode(mine["id"].iloc[number % len(mine)], coder=coder)
        elif kind == "place" and len(waiting):
            store.place(waiting["id"].iloc[number % len(waiting)], number, number + 5, coder=coder)
        elif kind == "lift" and len(waiting):
            store.lift(waiting["id"].iloc[number % len(waiting)], coder=coder, why="gone")


def check(store: Store) -> None:
    """Every coding in force reads as its quote says, lies in its text, and no seal is broken."""
    codings = store.codings()
    for row in codings.itertuples():
        assert store.text(row.document)[row.start : row.end] == row.quote
    assert not codings.duplicated(["coder", "document", "start", "end", "code"]).any()
    assert not set(codings["id"]) & set(store.unplaced()["id"])
    assert store.verify() == []


@seed(5)
@settings(max_examples=25, deadline=None)
@given(deeds=DEEDS)
def test_whatever_is_corrected_and_undone_every_quote_is_what_the_text_reads(deeds: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "one.sqlite") as store:
        store.add_corpus(TinyCorpus(TALK))
        do(store, deeds, "anna")
        check(store)


@seed(6)
@settings(max_examples=15, deadline=None)
@given(first=DEEDS, second=DEEDS.map(lambda deeds: [deed for deed in deeds if deed[0] != "correct"]))
def test_a_corrected_store_and_one_on_the_former_text_merge_to_the_same(
    first: list[tuple[str, int]], second: list[tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = [open_store(Path(folder) / f"{number}.sqlite") for number in range(4)]
        for store, deeds, coder in zip(stores[:2], (first, second), ("anna", "ben"), strict=True):
            store.add_corpus(TinyCorpus(TALK))
            do(store, deeds, coder)
        for store, order in zip(stores[2:], ((0, 1), (1, 0)), strict=True):
            for number in order:
                store.merge(stores[number])
        shown = [store.codings().drop(columns="turn").to_json() for store in stores[2:]]
        waiting = [store.unplaced().to_json() for store in stores[2:]]
        assert (shown[0], waiting[0]) == (shown[1], waiting[1])
        for store in stores[2:]:
            check(store)
            assert store.revisions()["sha256"].tolist() == stores[0].revisions()["sha256"].tolist()
            store.merge(stores[2])
            store.merge(stores[3])
            assert [store.merge(stores[2]), store.merge(stores[3])] == [0, 0]
            check(store)
        for store in stores:
            store.close()
