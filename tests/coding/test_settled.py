"""Differences between coders are settled by people: each decision is an act with its reason, and analyses follow it."""

import tempfile
from copy import deepcopy
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from tiny_corpus import TALK, TinyCorpus

from workbench.agreement import agreement
from workbench.coding import Store, open_store
from workbench.coding.adjudication import covered, same_words
from workbench.coding.settle import decided
from workbench.corpus.document import WITHDRAWN
from workbench.corpus.span import Span
from workbench.errors import InputError
from workbench.fidelity.people import hear
from workbench.theory import read_theory
from workbench.theory_testing import Rule, weigh_theory

OFFICER, USER = "wm-officer-01", "wm-user-01"
EASY = TinyCorpus(TALK).text(OFFICER).index("It is easy")
THINK = TinyCorpus(TALK).text(USER).index("It made")


def corpus_with(said: str, document: str = USER) -> TinyCorpus:
    talk = deepcopy(TALK)
    speaker, role, _ = talk[document][1]
    talk[document][1] = (speaker, role, said)
    return TinyCorpus(talk)


def on_think(store: Store, *, decision: str = "coded", stance: str | None = None, by: str = "kim", code: str = "M09"):
    return store.settle(USER, THINK, THINK + 7, code, by=by, decision=decision, stance=stance, why="the memo says so")


def shown(store: Store) -> list[tuple[Any, ...]]:
    """Return decision, stance, who, and the words of each decision that stands."""
    table = store.settled()
    return list(table[["decision", "stance", "by", "quote"]].itertuples(index=False, name=None))


# What stands


def test_a_decision_tells_its_words_its_turn_who_when_and_why(store: Store) -> None:
    made = store.settle(OFFICER, EASY, EASY + 12, "A1->M09", by=" kim ", decision="coded", stance="supports", why=" w ")
    row = store.settled().iloc[0]
    assert (row["id"], row["quote"], row["code"], row["turn"]) == (made.id, "It is easy 😀", "A1→M09", 2)
    assert (row["by"], row["why"], row["stance"], row["at"]) == ("kim", "w", "supports", made.at)
    assert store.codings().empty
    assert store.verify() == []


def test_nothing_is_settled_in_a_store_without_decisions(store: Store) -> None:
    assert store.settled().empty
    assert list(store.to_settle_again().columns) == [*store.settled().columns, "because"]


def test_a_later_decision_on_the_turn_replaces_the_earlier_one_on_another_code_it_does_not(store: Store) -> None:
    on_think(store)
    on_think(store, by="ana", code="M12")
    store.settle(USER, THINK + 8, THINK + 16, "M09", by="lee", decision="not coded", why="no mechanism")
    assert shown(store) == [("coded", None, "ana", "It made"), ("not coded", None, "lee", "me think")]


def test_a_reopened_decision_is_gone_and_what_it_replaced_does_not_come_back(store: Store) -> None:
    on_think(store)
    second = on_think(store, decision="not coded", by="ana")
    store.unsettle(second.id, by="lee", why="coded once more")
    assert shown(store) == []
    with pytest.raises(InputError, match="no decision with this id holds now"):
        store.unsettle(second.id, by="lee")
    on_think(store, by="lee")
    assert [row[2] for row in shown(store)] == ["lee"]


def test_undo_takes_a_decision_back_as_if_it_had_never_been_and_redo_brings_it_again(store: Store) -> None:
    on_think(store)
    on_think(store, decision="not coded", by="ana")
    store.undo("ana")
    assert [row[2] for row in shown(store)] == ["kim"]
    store.redo("ana")
    assert [row[2] for row in shown(store)] == ["ana"]
    store.undo("kim")  # is not ana's to take back, and hers stands
    assert [row[2] for row in shown(store)] == ["ana"]


def test_everything_that_is_wrong_with_a_decision_is_told_at_once_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(InputError) as told:
        store.settle(USER, THINK, THINK + 3, "M09", by="kim", decision="not code", stance="support", why=" ")
    said = str(told.value)
    for part in ("Did you mean 'not coded'?", "Did you mean 'supports'?", "the reason is missing"):
        assert part in said
    with pytest.raises(InputError, match=r"a stance \(supports\) on what is not coded"):
        on_think(store, decision="not coded", stance="supports")
    with pytest.raises(InputError, match="Did you mean 'wm-user-01'"):
        store.settle("wm-user-1", 0, 1, "M09", by="kim", decision="coded", why="x")
    with pytest.raises(InputError, match="is outside its text"):
        store.settle(USER, 0, 10_000, "M09", by="kim", decision="coded", why="x")
    with pytest.raises(InputError, match="needs the name"):
        on_think(store, by=" ")
    assert store.acts().empty


def test_decisions_can_be_seen_as_they_stood_on_a_day(store: Store) -> None:
    made = on_think(store)
    on_think(store, decision="not coded")
    assert store.settled(as_of="2001-01-01").empty
    assert store.settled(as_of=made.at)["decision"].iloc[0] in ("coded", "not coded")
    assert store.settled(as_of="2999-01-01")["decision"].tolist() == ["not coded"]


# Corrected transcripts, changed codes, withdrawals


def test_a_decision_follows_its_words_through_a_correction_elsewhere(store: Store) -> None:
    on_think(store)
    store.add_corpus(corpus_with("Well, you know. It made me think twice, really."))
    assert shown(store) == [("coded", None, "kim", "It made")]
    row = store.settled().iloc[0]
    assert store.text(USER)[row["start"] : row["end"]] == "It made"
    assert store.to_settle_again().empty


def test_a_decision_whose_words_were_changed_waits_and_counts_nowhere(store: Store) -> None:
    store.code(Span(USER, THINK, THINK + 16), "M09", coder="anna")
    store.settle(USER, THINK, THINK + 16, "M09", by="kim", decision="not coded", why="says nothing")
    store.add_corpus(corpus_with("It mode me think twice."))
    assert store.settled().empty
    lost = store.to_settle_again().iloc[0]
    assert (lost["quote"], lost["by"], lost["because"]) == ("It made me think", "kim", "its words were changed")
    assert len(decided(store).codings) == len(store.codings())
    on_think(store, by="ana")
    assert store.to_settle_again().empty
    store.add_corpus(TinyCorpus(TALK))  # what ana replaced does not come back with its words
    assert (shown(store), store.to_settle_again()["by"].tolist()) == ([], ["ana"])


def test_words_that_are_put_back_bring_their_decision_back_and_a_lost_one_can_be_set_aside(store: Store) -> None:
    made = on_think(store)
    store.add_corpus(corpus_with("He said nothing of the kind, ever."))
    assert (len(store.settled()), len(store.to_settle_again())) == (0, 1)
    store.add_corpus(TinyCorpus(TALK))
    assert (len(store.settled()), len(store.to_settle_again())) == (1, 0)
    store.add_corpus(corpus_with("He said nothing of the kind, ever."))
    store.unsettle(made.id, by="ana")
    store.add_corpus(TinyCorpus(TALK))
    assert store.settled().empty


def test_a_pseudonym_in_the_place_of_a_name_leaves_a_decision_where_it_is(tmp_path: Path) -> None:
    with open_store(tmp_path / "one.sqlite") as store:
        store.add_corpus(corpus_with("I met Sarah Jones there and it was Sarah who rang me."))
        start = store.text(USER).index("I met")
        store.settle(USER, start, start + 23, "M09", by="kim", decision="coded", why="met her")
        store.add_corpus(corpus_with("I met [Person 1] there and it was [Person 1] who rang me."))
        assert store.settled()["quote"].tolist() == ["I met [Person 1] there"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("I met Sarah's mate", "I met [Person 12]'s mate", True),
        ("I met  Sarah\n", "I met Sarah", True),
        ("I met [Person 4] there", "I met [Person 12] there", True),
        ("I did not", "I did", False),
        ("I met her and a good few of them all there", "I met [Person 1] there", False),
        ("I met her there", "I met [withdrawn] there", False),
        ("a (b", "a (b", True),
        ("", "[Person 1]", False),
    ],
)
def test_words_are_the_same_but_for_blanks_and_pseudonyms(old: str, new: str, same: bool) -> None:
    assert same_words(old, new) is same


def test_a_decision_in_a_withdrawn_transcript_is_gone_and_so_are_its_words(store: Store, where: Path) -> None:
    on_think(store)
    store.withdraw(USER, coder="kim")
    assert store.settled().empty
    assert store.to_settle_again().empty
    acts = store.acts().set_index("kind").loc["settle"]
    assert acts[["quote", "memo"]].isna().all()
    assert store.verify() == []


def test_when_a_voice_withdraws_decisions_on_others_stay_where_their_words_tell_them_apart(tmp_path: Path) -> None:
    talk = {**TALK, USER: [*TALK[USER], ("Sam", "service_user", "I was never asked about it.")]}
    with open_store(tmp_path / "one.sqlite") as store:
        store.add_corpus(TinyCorpus(talk))
        text = store.text(USER)
        for code, words in (
            ("R1", "It made me think twice"),
            ("R2", "think twice"),
            ("R3", "I was never asked about it"),
        ):
            start = text.index(words)
            store.settle(USER, start, start + len(words), code, by="kim", decision="coded", why="said so")
        talk[USER] = [*TALK[USER], ("Sam", "service_user", WITHDRAWN)]
        store.add_corpus(TinyCorpus(talk))
        assert store.settled()[["code", "quote"]].to_numpy().tolist() == [["R1", "It made me think twice"]]
        lost = store.to_settle_again().set_index("code")
        assert lost["quote"].to_dict() == {"R2": "think twice", "R3": ""}
        assert store.verify() == []


def test_decisions_follow_their_codes(store: Store) -> None:
    on_think(store, code="M09")
    for code in ("M09", "M12"):
        store.code(Span(USER, THINK, THINK + 7), code, coder="anna")
    store.rename_code("M09", "M99", by="kim", why="clearer")
    assert store.settled()["code"].tolist() == ["M99"]
    on_think(store, code="M12", by="ana", decision="not coded")
    store.merge_codes(["M99", "M12"], "M99", by="kim", why="one idea")
    assert store.settled()[["code", "by"]].to_numpy().tolist() == [["M99", "ana"]]


def split(store: Store, code: str = "M09") -> str:
    """Split a code that anna gave to the words decided on; return her coding's id."""
    made = store.code(Span(USER, THINK, THINK + 7), code, coder="anna", stance="supports")
    store.split_code(code, [f"{code}a", f"{code}b"], by="lead", why="two ideas")
    return made.id


@pytest.mark.parametrize("decision", ["coded", "not coded"])
def test_a_decision_on_a_code_that_was_split_waits_and_counts_nowhere(store: Store, decision: str) -> None:
    made = on_think(store, decision=decision)
    identity = split(store)
    store.recode(identity, "M09a", coder="kim")
    assert store.settled().empty
    lost = store.to_settle_again().iloc[0]
    assert (lost["id"], lost["because"]) == (made.id, "the code was split into M09a, M09b")
    assert decided(store).codings[["coder", "code"]].to_numpy().tolist() == [["anna", "M09a"]]
    assert store.verify() == []
    store.undo("lead")
    assert (store.settled()["id"].tolist(), len(store.to_settle_again())) == ([made.id], 0)


def test_a_decision_whose_code_was_split_and_whose_words_were_changed_waits_for_both(store: Store) -> None:
    on_think(store)
    split(store)
    store.add_corpus(corpus_with("It mode me think twice."))
    because = store.to_settle_again()["because"].tolist()
    assert because == ["its words were changed; the code was split into M09a, M09b"]


def test_what_waits_on_a_split_code_is_replaced_by_a_decision_on_a_part_or_set_aside(store: Store) -> None:
    made = on_think(store)
    on_think(store, code="M09a")  # before the split: a code of its own, which says nothing on the other
    split(store)
    assert store.to_settle_again()["id"].tolist() == [made.id]
    store.settle(OFFICER, EASY, EASY + 7, "M09b", by="ana", decision="coded", why="elsewhere")
    assert store.to_settle_again()["id"].tolist() == [made.id]
    part = on_think(store, code="M09b")
    assert store.to_settle_again().empty
    store.unsettle(part.id, by="ana")
    assert store.to_settle_again()["id"].tolist() == [made.id]
    store.unsettle(made.id, by="ana")
    assert store.to_settle_again().empty
    store.undo("lead")
    assert made.id not in set(store.settled()["id"])


def test_a_decision_on_a_code_that_was_split_elsewhere_waits_once_the_stores_are_one(tmp_path: Path) -> None:
    with open_store(tmp_path / "one.sqlite") as one, open_store(tmp_path / "two.sqlite") as two:
        for store in (one, two):
            store.add_corpus(TinyCorpus(TALK))
        split(one)
        made = on_think(two)
        one.merge(two)
        assert (one.to_settle_again()["id"].tolist(), len(one.settled())) == ([made.id], 0)


def test_nothing_is_decided_on_a_split_or_retired_code_and_a_renamed_one_is_followed(store: Store) -> None:
    split(store)
    for code in ("M12", "M13"):
        store.code(Span(USER, THINK, THINK + 7), code, coder="anna")
    store.retire_code("M12", by="lead")
    store.rename_code("M13", "M14", by="lead")
    with pytest.raises(InputError, match="the code 'M09' was split") as told:
        on_think(store)
    assert "M09a, M09b" in str(told.value)
    with pytest.raises(InputError, match="the code 'M12' was retired"):
        on_think(store, code="M12")
    assert store.settled().empty
    assert on_think(store, code="M13").code == "M14"
    assert store.settled()["code"].tolist() == ["M14"]


def test_a_passage_lies_in_the_turns_that_it_shares_words_with() -> None:
    turns = [(1, 5, 10), (2, 15, 25), (4, 30, 40)]
    assert covered(6, 9, turns) == {1}
    assert covered(9, 31, turns) == {1, 2, 4}
    assert covered(11, 13, turns) == {2}
    assert covered(11, 16, turns) == {2}
    assert covered(41, 42, turns) == {-1}
    assert covered(0, 5, []) == {-1}


# Many people, many stores

WORDS = ("It made me think twice.", "Well. It made me think twice, you see.", "It made me sing.")
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["settle", "settle", "unsettle", "undo", "redo"]),
        st.sampled_from(["ana", "kim"]),
        st.integers(min_value=0, max_value=12),
        st.sampled_from(["M09", "M12"]),
    ),
    max_size=5,
)


def do(store: Store, deeds: list[tuple[str, str, int, str]]) -> None:
    for kind, by, number, code in deeds:
        table = store.settled()
        if kind == "settle":
            what = {"decision": "not coded"} if number % 3 else {"decision": "coded", "stance": "supports"}
            document, start = (USER, number) if number % 2 else (OFFICER, number)
            store.settle(document, start, start + 8, code, by=by, why=f"because of {number}", **what)
        elif kind == "unsettle" and len(table):
            store.unsettle(table["id"].iloc[number % len(table)], by=by)
        elif kind in ("undo", "redo"):
            getattr(store, kind)(by)


@seed(7)
@settings(max_examples=10, deadline=None)
@given(deeds=st.lists(DEEDS, min_size=3, max_size=3), corrected=st.sampled_from([None, *WORDS[1:]]))
def test_merged_in_any_order_the_same_is_settled(deeds: list[Any], corrected: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = [open_store(Path(folder) / f"{number}.sqlite") for number in range(3)]
        for store, done in zip(stores, deeds, strict=True):
            store.add_corpus(TinyCorpus(TALK))
            do(store, done)
        if corrected:
            stores[0].add_corpus(corpus_with(corrected))
        seen = []
        for order in permutations(range(3)):
            name = "".join(map(str, order))
            with open_store(Path(folder) / f"merged{name}.sqlite") as merged:
                for number in order:
                    merged.merge(stores[number])
                seen.append((merged.settled().to_json(), merged.to_settle_again().to_json()))
                assert not merged.settled().duplicated(["document", "turn", "code"]).any()
        assert len(set(seen)) == 1
        for store in stores:
            store.close()


# What analyses make of it


def differing(store: Store) -> None:
    """Two coders mark the same words: anna supports, ben contradicts; both have finished."""
    for coder, stance in (("anna", "supports"), ("ben", "contradicts")):
        store.code(Span(USER, THINK, THINK + 7), "R1", coder=coder, stance=stance)
        store.read(USER, coder=coder)


def stances(store: Store) -> list[tuple[Any, ...]]:
    return list(decided(store).codings[["coder", "stance", "turn"]].itertuples(index=False, name=None))


def test_where_a_decision_stands_coders_say_what_was_decided(store: Store) -> None:
    differing(store)
    assert stances(store) == [("anna", "supports", 2), ("ben", "contradicts", 2)]
    made = on_think(store, code="R1", stance="qualifies")
    assert stances(store) == [("anna", "qualifies", 2), ("ben", "qualifies", 2)]
    assert set(decided(store).evidence("R1")) == {made.id, *store.codings()["id"]}
    on_think(store, code="R1", decision="not coded")
    assert stances(store) == []
    assert store.codings()["stance"].tolist() == ["supports", "contradicts"]


def test_a_decision_stands_by_itself_where_no_coder_marked_the_turn(store: Store) -> None:
    made = on_think(store, code="R1", stance="supports")
    row = decided(store).codings.iloc[0]
    assert (row["id"], row["coder"], row["stance"], row["origin"]) == (made.id, "kim", "supports", "human")
    assert (row["turn"], row["person"], row["role"], row["quote"]) == (2, f"{USER}:Lee", "service_user", "It made")
    assert list(decided(store).codings.columns) == list(store.codings().columns)


def test_a_passage_over_two_turns_is_replaced_whole_by_a_decision_on_one_of_them(store: Store) -> None:
    text = store.text(USER)
    store.code(Span(USER, text.index("And then"), len(text) - 1), "R1", coder="anna", stance="contradicts")
    store.code(Span(USER, 0, 3), "R1", coder="ben", stance="supports")  # the interviewer's turn
    on_think(store, code="R1", stance="supports")
    assert stances(store) == [("ben", "supports", 1), ("kim", "supports", 2)]


def linked(store: Store) -> tuple[int, int]:
    """Three coders' passages hang together by turns: turn 1, turns 1 to 2, turn 2; return where they begin and end."""
    text = store.text(USER)
    ask, answer = text.index("And then"), text.index("It made")
    for coder, start, end in (("anna", ask, ask + 3), ("ben", ask, answer + 2), ("cleo", answer, answer + 7)):
        store.code(Span(USER, start, end), "R1", coder=coder, stance="contradicts")
    return ask, answer + 7


def test_a_decision_on_a_place_bears_on_every_coding_there_also_those_away_from_its_words(store: Store) -> None:
    start, end = linked(store)
    made = store.settle(
        USER, start, start + 3, "R1", by="kim", decision="coded", stance="supports", why="w", place=(start, end)
    )
    assert (made.place_start, made.place_end) == (start, end)
    assert stances(store) == [("anna", "supports", 1), ("ben", "supports", 1)]
    assert set(decided(store).behind[made.id]) == set(store.codings()["id"])
    on_think(store, code="R1", decision="not coded")  # shares a turn with that place, and so replaces it
    assert store.settled()["decision"].tolist() == ["not coded"]
    assert stances(store) == [("anna", "contradicts", 1)]


def test_a_place_follows_a_correction_and_where_it_cannot_be_found_again_only_the_passage_counts(store: Store) -> None:
    start, end = linked(store)
    store.settle(USER, start, start + 3, "R1", by="kim", decision="not coded", why="small talk", place=(start, end))
    store.add_corpus(corpus_with("Well. It made me think twice, you know."))
    row = store.settled().iloc[0]
    assert store.text(USER)[row["place_start"] : row["place_end"]].endswith("It made")
    assert stances(store) == []
    store.add_corpus(corpus_with("He sang."))
    row = store.settled().iloc[0]
    assert (row["place_start"], row["place_end"]) == (row["start"], row["end"])


def test_a_place_must_hold_the_passage(store: Store) -> None:
    for place in ((THINK + 1, THINK + 9), (THINK, THINK + 3), (-1, THINK + 9), (0, 10_000)):
        with pytest.raises(InputError, match="does not hold the passage, or is outside the text"):
            store.settle(USER, THINK, THINK + 7, "R1", by="kim", decision="coded", why="w", place=place)
    assert store.acts().empty


def test_two_decisions_on_the_turns_of_one_long_passage_each_count_where_they_stand(store: Store) -> None:
    text = store.text(USER)
    store.code(Span(USER, text.index("And then"), len(text) - 1), "R1", coder="anna")
    store.settle(USER, text.index("And then"), text.index("then?"), "R1", by="kim", decision="coded", why="asked")
    on_think(store, code="R1", stance="supports")
    assert [(coder, turn) for coder, _, turn in stances(store)] == [("anna", 1), ("kim", 2)]
    store.settle(USER, text.index("And then"), text.index("then?"), "R1", by="kim", decision="not coded", why="asked")
    assert stances(store) == [("kim", "supports", 2)]


def test_a_decision_behind_the_last_turn_counts_for_nobody(store: Store) -> None:
    end = len(store.text(USER))
    store.settle(USER, end - 1, end, "R1", by="kim", decision="coded", stance="supports", why="the last line")
    assert store.settled()["turn"].isna().all()
    assert decided(store).codings[["turn", "person"]].isna().all(axis=None)


def test_a_suggestion_that_was_accepted_counts_as_said_by_people_once_it_was_decided_on(store: Store) -> None:
    store.code(Span(USER, THINK, THINK + 7), "R1", coder="anna", stance="supports", origin="model")
    assert decided(store).codings["origin"].tolist() == ["model"]
    on_think(store, code="R1", stance="supports")
    assert decided(store).codings["origin"].tolist() == ["human"]


THEORY = """\
title: Tiny
version: "1"
date: 2026-01-01
status: Invented for a test.
nodes:
  - {id: A1, type: activity, name: Course, definition: A course.}
  - {id: M1, type: mechanism, name: Thinking, definition: Thinks about it.}
links:
  - {from: A1, to: M1, type: triggers, expects: thinks, breaks: does not}
"""


def test_the_verdict_on_a_link_follows_a_decision_and_agreement_does_not(store: Store, tmp_path: Path) -> None:
    (tmp_path / "theory.yaml").write_text(THEORY, encoding="utf-8")
    theory = read_theory(tmp_path / "theory.yaml")
    for coder, stance in (("anna", "supports"), ("ben", "contradicts")):
        store.code(Span(USER, THINK, THINK + 7), "A1→M1", coder=coder, stance=stance)
        store.read(USER, coder=coder)
    store.code(Span(OFFICER, EASY, EASY + 10), "A1→M1", coder="anna", stance="supports")
    for coder in ("anna", "ben"):
        store.read(OFFICER, coder=coder)

    def weighed() -> tuple[int, ...]:
        row = weigh_theory(theory, store).table.iloc[0]
        return tuple(int(row[name]) for name in ("n", "against", "qualifies", "both", "coders_differ", "total"))

    before = agreement(store, unit="turn").table
    assert weighed() == (1, 0, 0, 0, 1, 2)  # Amy speaks for it; on Lee the coders differ
    made = on_think(store, code="A1→M1", stance="contradicts")
    assert weighed() == (1, 1, 0, 0, 0, 2)
    finding = weigh_theory(theory, store, rule=Rule(contested=2))
    assert finding.table["status"].tolist() == ["contested"]
    assert set(finding.trace(0)) == {*store.codings()["id"], made.id}
    assert "1 decision on differences between coders (kim 1) stands" in finding.notes[-1]
    store.settle(OFFICER, EASY, EASY + 2, "A1→M1", by="ana", decision="not coded", why="small talk")
    assert weighed() == (0, 1, 0, 0, 0, 2)
    store.unsettle(made.id, by="ana")
    assert weighed() == (0, 0, 0, 0, 1, 2)
    assert agreement(store, unit="turn").table.equals(before)


def test_a_store_as_it_stood_on_a_day_is_weighed_by_its_type_too() -> None:
    import inspect

    from workbench.coding.settle import CodedTalk
    from workbench.coding.store_as_of import StoreAsOf
    from workbench.theory_testing.ledger import ledger

    offered = {name for name in vars(CodedTalk) if not name.startswith("_")}
    assert offered == {"turns", "codings", "read_by", "fingerprint"}
    for of in (Store, StoreAsOf):
        assert offered <= {name for name, _ in inspect.getmembers(of, inspect.isfunction)}
    for asked in (weigh_theory, ledger):
        assert inspect.signature(asked).parameters["store"].annotation is CodedTalk


def test_what_people_say_of_a_component_follows_a_decision(store: Store) -> None:
    manual: Any = SimpleNamespace(components=["R1"])
    differing(store)
    before = hear(manual, store)["R1"]
    assert before is not None
    assert (before.delivered, before.not_delivered, before.coders_differ) == (0, 0, 1)
    made = on_think(store, code="R1", stance="supports")
    after = hear(manual, store)["R1"]
    assert after is not None
    assert (after.delivered, after.not_delivered, after.coders_differ) == (1, 0, 0)
    assert set(after.codings) == {*store.codings()["id"], made.id}


def test_notes_say_how_many_decisions_bear_on_the_codes_and_whose(store: Store) -> None:
    on_think(store, code="R1", stance="supports")
    on_think(store, code="R2", decision="not coded")
    on_think(store, code="R3", by="ana")
    settled = decided(store)
    assert settled.notes(["R9"]) == []
    assert settled.notes(["R1", "R2", "R3"]) == [
        "3 decisions on differences between coders (ana 1, kim 2) stand in the place of what coders said there."
    ]
    assert settled.notes(["R3"])[0].startswith("1 decision on differences between coders (ana 1) stands")
