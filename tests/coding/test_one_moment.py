"""Analyses that run together see one moment, and who speaks is known without reading the talk."""

import pytest

from workbench.coding import Store
from workbench.coding.one_moment import at_one_moment
from workbench.coding.settle import speakers
from workbench.corpus.span import Span


def test_what_is_coded_after_the_first_question_is_not_seen_and_no_caller_changes_what_the_next_sees(
    store: Store,
) -> None:
    held = at_one_moment(store)
    assert held.codings().empty
    turns = held.turns()
    turns["role"] = "nobody"
    store.code(Span("wm-user-01", 15, 20), "C1", coder="anna")
    assert held.codings().empty
    assert len(held.codings(coder="anna")) == 1
    assert set(held.turns()["role"]) == set(store.turns()["role"])
    with pytest.raises(AttributeError):
        held.dance()  # type: ignore[attr-defined]


def test_who_speaks_is_what_the_turns_say(store: Store) -> None:
    columns = ["document", "person", "role", "scheme"]
    told = store.turns()[columns].drop_duplicates().reset_index(drop=True)
    assert store.speaking().to_dict(orient="records") == told.to_dict(orient="records")
    store.read("wm-user-01", coder="anna")
    assert speakers(store).to_dict(orient="records") == speakers(store.as_of("2999-01-01")).to_dict(orient="records")
