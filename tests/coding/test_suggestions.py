"""Suggestions become codings only by a person's act."""

import pandas as pd
import pytest

from workbench.coding import Store
from workbench.errors import InputError

PROPOSED = pd.DataFrame(
    {
        "document": ["wm-user-01", "wm-officer-01"], "start": [23, 28], "end": [36, 32], "turn": [2, 2],
        "code": ["M09", "M01"], "score": [1.0, 0.5], "why": ["“made me think”", "like 3 passages"],
        "model": [None, "tf-idf"],
    }
)  # fmt: skip


def test_suggestions_show_their_quotes_and_who_decided_what(store: Store) -> None:
    assert store.replace_suggestions(PROPOSED, source="patterns") == 2
    first, second = store.suggestions()["id"]
    store.reject(first, coder="ben")
    store.accept(second, coder="anna")
    shown = store.suggestions()[["document", "quote", "accepted_by", "rejected_by"]]
    assert shown.values.tolist() == [["wm-officer-01", "easy", "", "ben"], ["wm-user-01", "made me think", "anna", ""]]


def test_an_accepted_suggestion_is_the_coders_own_and_keeps_where_it_came_from(store: Store) -> None:
    store.replace_suggestions(PROPOSED, source="patterns")
    for identity in store.suggestions()["id"]:
        store.accept(identity, coder="anna", stance="supports")
    codings = store.codings()[["coder", "code", "quote", "stance", "origin"]]
    assert codings.values.tolist() == [
        ["anna", "M01", "easy", "supports", "model"],
        ["anna", "M09", "made me think", "supports", "rule"],
    ]


def test_the_same_suggestion_made_again_keeps_its_decisions_and_codings_outlive_suggestions(store: Store) -> None:
    store.replace_suggestions(PROPOSED, source="patterns")
    store.accept(store.suggestions()["id"][1], coder="anna")
    store.replace_suggestions(PROPOSED.iloc[:1], source="patterns")
    assert store.suggestions()["accepted_by"].tolist() == ["anna"]
    assert store.replace_suggestions(PROPOSED.iloc[:0], source="patterns") == 0
    assert (len(store.suggestions()), len(store.codings())) == (0, 1)


def test_suggestions_of_other_sources_stay(store: Store) -> None:
    store.replace_suggestions(PROPOSED.iloc[:1], source="patterns")
    store.replace_suggestions(PROPOSED.iloc[1:], source="model")
    store.replace_suggestions(PROPOSED.iloc[:0], source="patterns")
    assert store.suggestions()["source"].tolist() == ["model"]


def test_rejecting_after_accepting_takes_the_coding_away_and_undo_brings_it_back(store: Store) -> None:
    store.replace_suggestions(PROPOSED, source="patterns")
    identity = store.suggestions()["id"][0]
    store.accept(identity, coder="anna")
    store.reject(identity, coder="anna")
    assert store.codings().empty
    store.undo("anna")
    assert (len(store.codings()), store.suggestions()["accepted_by"][0]) == (1, "anna")


def test_accepting_what_was_coded_by_hand_adds_no_second_coding(store: Store) -> None:
    row = {"document": "wm-user-01", "start": 23, "end": 36, "code": "M09", "coder": "anna"}
    by_hand = store.code_many([row])[0]
    store.replace_suggestions(PROPOSED, source="patterns")
    assert store.accept(store.suggestions()["id"][1], coder="anna") == by_hand
    assert store.codings()["origin"].tolist() == ["human"]


def test_suggestions_outside_the_texts_are_refused_together(store: Store) -> None:
    wrong = PROPOSED.assign(end=[5000, 22], document=["wm-user-01", "elsewhere"])
    with pytest.raises(InputError) as refused:
        store.replace_suggestions(wrong, source="patterns")
    assert len(refused.value.problems) == 2
    with pytest.raises(InputError, match="there is none with this id"):
        store.accept("0" * 32, coder="anna")
