"""The record of the gate."""

import json

import pandas as pd
import pytest

from workbench.disclosure import Release, Rules
from workbench.errors import Refused

PEOPLE = {("officer", "durham"): 5}
TURN = {"role": "officer", "scheme": "durham"}


def test_tables_are_protected_together_and_each_gets_an_entry() -> None:
    release = Release(Rules())
    counted = pd.DataFrame({"group": ["A", "B", "C"], "n": [3, 40, 100], "total": [50, 90, 300]})
    safe = release.tables({"counts": counted, "nodes": pd.DataFrame({"node": ["M01"]})})
    assert safe["counts"]["status"].tolist() == ["withheld (primary)", "withheld (secondary)", "shown"]
    assert release.to_table().to_dict("records") == [
        {
            "kind": "table",
            "name": "counts",
            "decision": "pass",
            "reasons": "counts rounded to 5; 1 rows withheld: a count from 1 to 9; "
            "1 rows withheld: they would give back others",
        },
        {"kind": "table", "name": "nodes", "decision": "pass", "reasons": "holds no counts"},
    ]


def test_a_quote_with_an_identifier_is_refused_and_one_with_a_delicate_word_is_for_review() -> None:
    release = Release(Rules())
    said = [
        release.quote("c1", "It made me think.", TURN, PEOPLE),
        release.quote("c2", "His sister came along.", TURN, PEOPLE),
        release.quote("c3", "Ring 07700 900123.", TURN, PEOPLE),
    ]
    assert said == ["Police officer, Durham", "Police officer, Durham", None]
    assert [(entry.name, entry.decision) for entry in release.entries] == [
        ("c1", "pass"),
        ("c2", "review"),
        ("c3", "refuse"),
    ]
    assert release.decision == "refuse"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("Me mam rang them.", "mam"),
        ("It was my Mum's idea.", "mum"),
        ("my nan’s house", "nan"),
        ("I've got a baby, like.", "baby"),
        ("the girlfriend left", "girlfriend"),
        ("My lad, my son!", "son"),
        ("He died at the lido.", "died at"),
        ("my ex-wife", "ex-wife"),
    ],
)
def test_everyday_words_for_family_and_events_ask_for_a_second_look(said: str, word: str) -> None:
    release = Release(Rules())
    assert release.quote("c1", said, TURN, PEOPLE) == "Police officer, Durham"
    (entry,) = release.entries
    assert entry.decision == "review"
    assert f"says {word!r}: could somebody know the person by this?" in entry.reasons


def test_a_quote_that_may_not_leave_is_refused_with_its_reason_whatever_it_says() -> None:
    release = Release(Rules())
    why = "no consent to quotation"
    assert release.quote("c1", "It made me think.", TURN, PEOPLE, withheld=why, released_by="Anna") is None
    assert release.quote("c2", "Ring 07700 900123.", TURN, PEOPLE, withheld=why) is None
    assert [entry.reasons for entry in release.entries] == [(why,), (why, "holds a raw identifier: phone")]
    assert release.decision == "refuse"


def test_a_person_lets_delicate_words_go_but_never_an_identifier() -> None:
    release = Release(Rules())
    assert release.quote("c1", "Me mum rang them.", TURN, PEOPLE, released_by="Anna") == "Police officer, Durham"
    assert release.quote("c2", "Me mum is on 07700 900123.", TURN, PEOPLE, released_by="Anna") is None
    assert [entry.decision for entry in release.entries] == ["pass", "refuse"]
    assert release.entries[0].reasons[-1] == "released by Anna, who has looked at it"


def test_a_word_within_another_is_not_delicate() -> None:
    release = Release(Rules())
    release.quote("c1", "The person, in a season of dadaism, is a maximum of nanoseconds away.", TURN, PEOPLE)
    assert release.decision == "pass"


def test_a_refused_file_is_named_with_the_line_and_the_kind_and_never_the_identifier() -> None:
    release = Release(Rules())
    entry = release.file("release/quotes.md", "first line\nmail jo@example.org\n")
    assert entry.reasons == ("line 2: e-mail",)
    with pytest.raises(Refused, match=r"file release/quotes\.md: line 2: e-mail") as caught:
        release.raise_if_refused()
    assert caught.value.exit_code == 3
    assert "jo@example.org" not in release.to_json()


def test_the_record_carries_its_rules_and_nothing_is_shared_between_releases() -> None:
    first, second = Release(Rules(threshold=8)), Release(Rules())
    first.record("file", "a.csv", "pass")
    assert second.entries == []
    assert second.decision == "pass"
    content = json.loads(first.to_json())
    assert content["rules"] == {
        "threshold": 8,
        "rounding": 5,
        "quote_group": 3,
        "margin": "All",
    }
    assert content["entries"] == [{"kind": "file", "name": "a.csv", "decision": "pass", "reasons": []}]


def test_a_table_of_which_something_is_refused_stands_once_in_the_record() -> None:
    release = Release(Rules())
    for name in ("corpus", "coding"):
        release.record("table", name, "pass", ["holds no counts"])
    release.refuse_table("corpus", ["held a raw identifier, now withheld: phone"])
    assert [(entry.name, entry.decision) for entry in release.entries] == [("coding", "pass"), ("corpus", "refuse")]
    assert release.entries[1].reasons == ("held a raw identifier, now withheld: phone", "holds no counts")
