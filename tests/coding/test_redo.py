"""Laws of undo and redo: back and forth is the identity, a new act ends the line, others' acts do not."""

import tempfile
from pathlib import Path

from hypothesis import given, seed, settings
from hypothesis import strategies as st
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store
from workbench.corpus.span import Span

MADE = Span("wm-user-01", 23, 36)
KINDS = ("code", "uncode", "stance", "memo", "read", "rename", "reject")
DEEDS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(min_value=0, max_value=5)), max_size=8)


def do(store: Store, deeds: list[tuple[str, int]], coder: str = "anna") -> int:
    """Do what can be done, and return how many acts that took."""
    before = len(store.acts())
    for kind, number in deeds:
        mine = store.codings(coder=coder)
        if kind == "code":
            store.code(Span("wm-user-01", number, number + 3), "M09", coder=coder)
        elif kind == "read":
            store.read("wm-user-01", coder=coder)
        elif len(mine) and kind == "uncode":
            store.uncode(mine["id"].iloc[number % len(mine)], coder=coder)
        elif len(mine) and kind == "stance":
            store.set_stance(mine["id"].iloc[number % len(mine)], "supports" if number % 2 else None, coder=coder)
        elif len(mine) and kind == "memo":
            store.set_memo(mine["id"].iloc[number % len(mine)], f"memo {number}", coder=coder)
        elif len(mine) and kind == "rename":
            old = str(mine["code"].iloc[0])
            store.rename_code(old, f"{old}b", by=coder)
    return len(store.acts()) - before


def state(store: Store) -> list[str]:
    return [table.to_json() for table in (store.codings(), store.read_by(), store.code_changes())]


@seed(21)
@settings(max_examples=25, deadline=None)
@given(deeds=DEEDS, back=st.integers(min_value=0, max_value=8), others=DEEDS)
def test_n_times_undo_and_n_times_redo_is_the_identity(
    deeds: list[tuple[str, int]], back: int, others: list[tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "one.sqlite") as store:
        store.add_corpus(TinyCorpus(TALK))
        states = [state(store)]
        for deed in deeds:
            if do(store, [deed]) == 1:
                states.append(state(store))
        back = min(back, len(states) - 1)
        undone = []
        for step in range(back):
            undone.append(store.undo("anna"))
            assert state(store) == states[len(states) - 2 - step]
        for step in range(back):
            assert store.redo("anna") is not None
            assert state(store) == states[len(states) - back + step]
        assert store.redo("anna") is None
        for _ in range(back):  # again, now that there are redos to undo across
            store.undo("anna")
        done = [deed for deed in others if deed[0] != "rename"]
        do(store, done, coder="ben")
        for _ in range(back):
            assert store.redo("anna") is not None
        assert store.redo("anna") is None
        assert store.codings(coder="anna").to_json() == _codings_of(states[-1], store)
        assert store.verify() == []


def _codings_of(before: list[str], store: Store) -> str:
    import io

    import pandas as pd

    ids = pd.read_json(io.StringIO(before[0]))["id"].tolist()
    table = store.codings()
    return str(table[table["id"].isin(ids)].reset_index(drop=True).to_json())


def test_undo_says_what_it_took_back_and_so_does_redo(store: Store) -> None:
    made = store.code(MADE, "M09", coder="anna")
    undone = store.undo("anna")
    assert undone is not None
    assert (undone.id, undone.kind) == (made.id, "code")
    redone = store.redo("anna")
    assert redone is not None
    assert store.codings()["id"].tolist() == [made.id]


def test_a_new_act_ends_the_line_and_only_what_was_undone_since_comes_back(store: Store) -> None:
    store.code(MADE, "M09", coder="anna")
    store.undo("anna")
    other = store.code(MADE, "M12", coder="anna")
    assert store.redo("anna") is None
    store.undo("anna")
    assert store.redo("anna") is not None
    assert store.redo("anna") is None
    assert store.codings()["id"].tolist() == [other.id]


def test_other_coders_acts_neither_end_the_line_nor_are_redone(store: Store) -> None:
    store.code(MADE, "M09", coder="anna")
    bens = store.code(MADE, "M09", coder="ben")
    store.undo("anna")
    store.undo("ben")
    store.code(MADE, "M12", coder="cem")
    assert store.redo("anna") is not None
    assert store.codings()["coder"].tolist() == ["anna", "cem"]
    assert store.redo("ben") is not None
    assert bens.id in store.codings()["id"].tolist()


def test_the_line_outlives_a_restart_and_a_corrected_transcript(where: Path, corpus: TinyCorpus) -> None:
    with open_store(where) as store:
        store.add_corpus(corpus)
        store.code(MADE, "M09", coder="anna")
        store.code(Span("wm-user-01", 23, 27), "M12", coder="anna")
        store.undo("anna")
    corpus.texts["wm-user-01"] = corpus.texts["wm-user-01"].replace("And then?", "And after that?")
    late = corpus.turns["document"] == "wm-user-01"
    corpus.turns.loc[late & (corpus.turns["turn"] == 1), "end"] += 6
    corpus.turns.loc[late & (corpus.turns["turn"] == 2), ["start", "end"]] += 6
    with open_store(where) as store:
        store.add_corpus(corpus, by="kim")
        assert store.redo("anna") is not None
        assert store.codings()[["code", "quote"]].values.tolist() == [["M09", "made me think"], ["M12", "made"]]


def test_what_a_rule_set_aside_while_undoing_does_not_end_the_line(store: Store, corpus: TinyCorpus) -> None:
    made = store.code(Span("wm-user-01", 37, 42), "M09", coder="anna")
    store.uncode(made.id, coder="anna")
    corpus.texts["wm-user-01"] = corpus.texts["wm-user-01"].replace("twice", "")
    corpus.turns.loc[corpus.turns["document"].eq("wm-user-01") & corpus.turns["turn"].eq(2), "end"] -= 5
    store.add_corpus(corpus, by="kim")
    store.undo("anna")  # the coding comes back, and its words are gone
    assert store.unplaced()["id"].tolist() == [made.id]
    assert store.redo("anna") is not None
    assert store.unplaced().empty


def test_a_finished_document_that_was_undone_is_finished_again(store: Store) -> None:
    store.read("wm-user-01", coder="anna")
    store.undo("anna")
    assert store.read_by().empty
    store.redo("anna")
    assert store.read_by().values.tolist() == [["anna", "wm-user-01"]]


def test_where_nothing_was_undone_there_is_nothing_to_redo(store: Store) -> None:
    assert store.redo("anna") is None
    store.code(MADE, "M09", coder="anna")
    assert store.redo("anna") is None
    assert len(store.acts()) == 1
