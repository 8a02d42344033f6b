"""A store as it stood at a time: old codes, old texts, and analyses that take it for a store."""

import time

import pandas as pd
import pytest
from tiny_corpus import TALK, TinyCorpus

from workbench.agreement import agreement
from workbench.coding import Store
from workbench.coding.acts import moment
from workbench.corpus.span import Span
from workbench.errors import InputError

MADE = Span("wm-user-01", 23, 36)


def now() -> str:
    """Return this moment, and let the next one begin."""
    found = moment()
    time.sleep(0.003)
    return found


def test_before_a_change_codes_are_called_as_they_were_and_can_be_given_as_they_could(store: Store) -> None:
    made = store.code(MADE, "I01", coder="anna", memo="one")
    store.code(MADE, "I02", coder="anna", memo="two")
    start = now()
    store.merge_codes(["I01"], "I02", by="kim")
    merged = now()
    store.split_code("I02", ["I08", "I09"], by="kim")
    store.recode(store.to_recode()["id"].iloc[0], "I08", coder="anna")
    then, later = store.as_of(start), store.as_of(merged)
    assert then.codings()[["code", "memo"]].values.tolist() == [["I01", "one"], ["I02", "two"]]
    assert later.codings()[["code", "memo"]].values.tolist() == [["I02", "one\n\ntwo"]]
    assert store.codings()["code"].tolist() == ["I08"]
    assert (len(then.code_changes()), later.code_changes()["kind"].tolist()) == (0, ["merge"])
    assert later.code_changes(as_of=start).empty
    assert later.codings(as_of=start)["id"].iloc[0] == made.id
    assert later.counts().values.tolist() == [["I02", "anna", 1, 1]]
    assert later.codings(as_of="2999-01-01").equals(later.codings())


def test_a_day_means_its_end_and_the_store_as_of_today_is_the_store(store: Store) -> None:
    store.code(MADE, "I01", coder="anna")
    store.read("wm-user-01", coder="anna")
    today = store.as_of(moment()[:10])
    for name in ("codings", "counts", "code_changes", "read_by", "turns", "documents", "acts", "settled"):
        pd.testing.assert_frame_equal(getattr(today, name)(), getattr(store, name)())
    assert today.text("wm-user-01") == store.text("wm-user-01")
    assert today.fingerprint() == store.fingerprint()
    assert repr(today).startswith("StoreAsOf('")
    before = store.as_of("2001-01-01")
    assert [len(getattr(before, name)()) for name in ("codings", "counts", "read_by", "turns", "documents")] == [0] * 5
    with pytest.raises(InputError, match="the store did not hold it by 2001-01-01"):
        before.text("wm-user-01")


def test_agreement_is_measured_on_what_was_coded_then(store: Store) -> None:
    for coder in ("anna", "ben"):
        store.code(MADE, "I01" if coder == "anna" else "I02", coder=coder)
        store.read("wm-user-01", coder=coder)
    apart = now()
    store.merge_codes(["I01"], "I02", by="kim")
    codes = [set(agreement(each).table["code"]) for each in (store.as_of(apart), store)]
    assert {"I01", "I02"} <= codes[0]
    assert "I01" not in codes[1]


def test_texts_and_turns_are_as_they_were_where_the_revision_is_kept(store: Store) -> None:
    made = store.code(MADE, "I01", coder="anna")
    former = now()
    talk = {**TALK, "wm-user-01": [("Int", "interviewer", "And?"), TALK["wm-user-01"][1]]}
    store.add_corpus(TinyCorpus(talk), by="kim")
    then = store.as_of(former)
    for each in (then, store):
        row = each.codings().iloc[0]
        turn = each.turns().set_index(["document", "turn"]).loc[("wm-user-01", row["turn"])]
        assert each.text("wm-user-01")[row["start"] : row["end"]] == "made me think"
        assert turn["start"] <= row["start"] < row["end"] <= turn["end"]
    assert then.codings()["start"].iloc[0] == made.span.start != store.codings()["start"].iloc[0]
    assert len(then.turns()) == len(store.turns())


def test_withdrawn_documents_are_gone_at_any_time_and_nothing_can_be_written(store: Store) -> None:
    store.code(MADE, "I01", coder="anna")
    there = now()
    store.withdraw("wm-user-01", coder="kim", why="asked to")
    then = store.as_of(there)
    assert then.codings().empty
    assert then.documents()["document"].tolist() == ["wm-officer-01"]
    with pytest.raises(InputError, match="withdrawn"):
        then.text("wm-user-01")
    assert not hasattr(then, "code")
    then.close()
    assert len(store.documents()) == 1


def test_codings_dated_before_the_transcript_came_in_have_its_first_text(store: Store) -> None:
    store.code(MADE, "I01", coder="anna", at="2024-02-01")
    then = store.as_of("2024-03-01")
    assert then.codings()["code"].tolist() == ["I01"]
    assert then.documents()["document"].tolist() == ["wm-user-01"]
    assert then.text("wm-user-01") == store.text("wm-user-01")
