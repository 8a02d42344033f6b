"""What the coding desk answers to each wish of a screen: stored first, then told; a mistake is told, not raised."""

import contextlib
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store
from workbench.corpus import Span
from workbench.errors import InputError
from workbench.notebook import Coder
from workbench.notebook.coder_acts import ACTS
from workbench.notebook.coder_desk import Desk
from workbench.study import Study, new_study, open_study

USER, OFFICER = "wm-user-01", "wm-officer-01"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study that has a store and no transcript files, as a coder without access to the files has it."""
    made = open_study(new_study(tmp_path / "study", as_of="2023-03-31", keys="../key", fictional=True))
    made.store.add_corpus(TinyCorpus(TALK))
    return made


class Screen:
    """One tab that speaks with the desk."""

    def __init__(self, desk: Coder, tab: str = "one") -> None:
        self.desk, self.tab, self.document = desk, tab, OFFICER

    def ask(self, act: str, **what: Any) -> dict[str, Any]:
        return self.desk.answer({"act": act, "tab": self.tab, "id": 7, "document": self.document, **what})

    def open(self, document: str) -> dict[str, Any]:
        self.document = document
        found: dict[str, Any] = self.ask("open")["document"]
        return found


@pytest.fixture
def screen(study: Study) -> Screen:
    made = Screen(Coder(study, OFFICER, coder="ana"))
    made.open(OFFICER)
    return made


def _words(study: Study, words: str, document: str = OFFICER) -> dict[str, int]:
    start = study.store.text(document).index(words)
    return {"start": start, "end": start + len(words)}


def _mine(store: Store) -> pd.DataFrame:
    return store.codings(coder="ana")


def test_a_coding_is_in_the_store_before_the_screen_is_told(study: Study, screen: Screen) -> None:
    answer = screen.ask("code", code="M09", **_words(study, "easy 😀, you"))
    assert (answer["ok"], answer["tab"], answer["id"]) == (True, "one", 7)
    assert answer["at"]
    assert _mine(study.store)[["code", "quote"]].to_numpy().tolist() == [["M09", "easy 😀, you"]]
    (row,) = answer["changes"]["codings"]["come"]
    assert (row["id"], row["start"], row["coder"]) == (answer["picked"], _words(study, "easy 😀")["start"], "ana")


def test_places_after_an_emoji_count_code_points(study: Study, screen: Screen) -> None:
    text = study.store.text(OFFICER)
    start = text.index("It is easy.")
    assert text[:start].count("😀") == 1
    screen.ask("code", code="M09", start=start, end=start + len("It is easy."))
    assert _mine(study.store)["quote"].tolist() == ["It is easy."]


def test_stance_memo_and_their_undoing_are_acts(study: Study, screen: Screen) -> None:
    coding = screen.ask("code", code="M09", **_words(study, "easy"))["picked"]
    screen.ask("stance", coding=coding, stance="contradicts")
    answer = screen.ask("memo", coding=coding, memo="sarcastic?")
    assert answer["changes"]["codings"]["come"][0]["memo"] == "sarcastic?"
    assert screen.ask("undo")["changes"]["codings"]["come"][0]["memo"] == ""
    assert screen.ask("redo")["changes"]["codings"]["come"][0]["memo"] == "sarcastic?"
    screen.ask("stance", coding=coding, stance=None)
    assert pd.isna(_mine(study.store)["stance"].iloc[0])
    assert screen.ask("uncode", coding=coding)["changes"]["codings"]["gone"] == [coding]
    assert _mine(study.store).empty


def test_a_change_of_code_or_boundaries_keeps_the_memo_and_is_undone_as_one(study: Study, screen: Screen) -> None:
    coding = screen.ask("code", code="M09", **_words(study, "It is easy 😀"))["picked"]
    screen.ask("memo", coding=coding, memo="kept")
    answer = screen.ask("change", coding=coding, code="M07")
    assert answer["changes"]["codings"]["gone"] == [coding]
    assert _mine(study.store)[["code", "memo"]].to_numpy().tolist() == [["M07", "kept"]]
    screen.ask("change", coding=answer["picked"], **_words(study, "easy 😀"))
    assert _mine(study.store)["quote"].tolist() == ["easy 😀"]
    screen.ask("undo")
    assert _mine(study.store)["quote"].tolist() == ["It is easy 😀"]
    screen.ask("undo")
    assert _mine(study.store)[["id", "code", "memo"]].to_numpy().tolist() == [[coding, "M09", "kept"]]
    screen.ask("redo")
    assert _mine(study.store)["code"].tolist() == ["M07"]


def test_a_removal_is_undone_as_a_removal_also_of_a_coding_that_was_changed_before(
    study: Study, screen: Screen
) -> None:
    coding = screen.ask("code", code="M09", **_words(study, "easy"))["picked"]
    screen.ask("change", coding=coding, code="M12")
    assert screen.ask("undo")["told"] == "Undone: a change."
    screen.ask("uncode", coding=coding)
    assert screen.ask("undo")["told"] == "Undone: taking a coding away."
    assert _mine(study.store)[["id", "code"]].to_numpy().tolist() == [[coding, "M09"]]
    screen.ask("redo")
    assert _mine(study.store).empty


def test_a_change_is_undone_and_redone_as_one_by_another_kernel(study: Study, screen: Screen) -> None:
    coding = screen.ask("code", code="M09", memo="kept", **_words(study, "easy"))["picked"]
    changed = screen.ask("change", coding=coding, code="M12")["picked"]
    for act, holds in (("undo", coding), ("redo", changed), ("undo", coding), ("undo", None)):
        other = Screen(Coder(open_study(study.path), OFFICER, coder="ana"))
        other.open(OFFICER)
        other.ask(act)
        assert _mine(study.store)["id"].tolist() == ([holds] if holds else [])


def test_a_coding_made_and_another_removed_by_hand_are_undone_one_by_one(study: Study, screen: Screen) -> None:
    first = screen.ask("code", code="M09", **_words(study, "easy"))["picked"]
    second = screen.ask("code", code="M12", **_words(study, "easy"))["picked"]
    screen.ask("uncode", coding=first)
    screen.ask("undo")
    assert _mine(study.store)["id"].tolist() == [first, second]


def test_a_change_onto_another_coding_is_refused_and_keeps_both_memos(study: Study, screen: Screen) -> None:
    here, more = _words(study, "easy"), _words(study, "easy 😀")
    first = screen.ask("code", code="M09", memo="A", **here)["picked"]
    screen.ask("code", code="M12", memo="B", **here)
    wide = screen.ask("code", code="M09", memo="C", **more)["picked"]
    acts = len(study.store.acts())
    for what, told in (({"coding": first, "code": "M12"}, "M12 is on"), ({"coding": wide, **here}, "M09 is on")):
        answer = screen.ask("change", **what)
        assert not answer["ok"]
        assert told in answer["told"]
        assert "Remove M09 with Delete, or keep both" in answer["told"]
    assert len(study.store.acts()) == acts
    assert sorted(_mine(study.store)["memo"]) == ["A", "B", "C"]


PLACES = ("easy", "easy 😀", "How was it?")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("code"), st.sampled_from(("M09", "M12")), st.sampled_from(PLACES)),
        st.tuples(st.just("change"), st.integers(0, 3), st.sampled_from(("M09", "M12", *PLACES))),
        st.tuples(st.just("memo"), st.integers(0, 3), st.sampled_from("AB")),
        st.tuples(st.just("uncode"), st.integers(0, 3), st.none()),
        st.tuples(st.just("undo"), st.none(), st.none()),
        st.tuples(st.just("redo"), st.none(), st.none()),
    ),
    min_size=4,
    max_size=14,
)
Held = dict[tuple[str, str], str]
"""A plain model of one coder's codings: (code, words) to memo."""


def _modelled(held: Held, step: tuple[str, Any, Any]) -> Held | None:
    """Return what is held after a step, None where it writes nothing."""
    act, first, second = step
    if act == "code":
        return None if (first, second) in held else {**held, (first, second): ""}
    one = sorted(held)[first % len(held)]
    rest = {place: memo for place, memo in held.items() if place != one}
    if act == "uncode":
        return rest
    if act == "memo":
        return {**held, one: second}
    new = (one[0], second) if second in PLACES else (second, one[1])
    return None if new in held else {**rest, new: held[one]}


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_of_wishes_is_undone_and_redone_one_by_one(
    study: Study, steps: list[tuple[str, Any, Any]]
) -> None:
    coder = f"coder {uuid4()}"
    where = {words: _words(study, words) for words in PLACES}
    words_at = {tuple(place.values()): words for words, place in where.items()}
    done: list[Held] = [{}]
    undone: list[Held] = []
    for step in steps:
        act, first, second = step
        desk = Desk(study, coder=coder, blind=False)  # a new kernel at each step
        if act == "undo" and len(done) > 1:
            undone.append(done.pop())
        elif act == "redo" and undone:
            done.append(undone.pop())
        elif act not in ("undo", "redo") and (act == "code" or done[-1]):
            after = _modelled(done[-1], step)
            if after is not None:
                done.append(after)
                undone = []
        asked: dict[str, Any] = {}
        table = study.store.codings(coder=coder)
        table["words"] = [words_at[int(row.start), int(row.end)] for row in table.itertuples()]
        if act == "code":
            asked = {"code": first, **where[second]}
        elif act not in ("undo", "redo"):
            if table.empty:
                continue
            row = table.sort_values(["code", "words"]).iloc[first % len(table)]
            what = {"memo": second} if act == "memo" else where.get(second, {"code": second})
            asked = {"coding": row["id"], **what}
        with contextlib.suppress(InputError):
            ACTS[act](desk, OFFICER, asked)
        now = study.store.codings(coder=coder)
        held = {(row.code, words_at[int(row.start), int(row.end)]): row.memo for row in now.itertuples()}
        assert held == done[-1]


def test_suggestions_are_accepted_corrected_and_rejected(study: Study, screen: Screen) -> None:
    here, end = _words(study, "It is easy."), _words(study, "you know")
    rows = [{"document": OFFICER, "code": code, **where} for code, where in (("M09", here), ("M07", end), ("M08", end))]
    study.store.replace_suggestions(pd.DataFrame(rows), source="pattern")
    sent = screen.open(OFFICER)["changes"]["suggestions"]["come"]
    first, second, third = (next(row for row in sent if row["code"] == code)["id"] for code in ("M09", "M07", "M08"))
    answer = screen.ask("accept", suggestion=first)
    assert answer["changes"]["codings"]["come"][0]["origin"] == "rule"
    assert [row["decided"] for row in answer["changes"]["suggestions"]["come"]] == ["accepted"]
    screen.ask("accept", suggestion=second, code="M04", **_words(study, "know"))
    assert screen.ask("reject", suggestion=third)["changes"]["suggestions"]["come"][0]["decided"] == "rejected"
    assert sorted(_mine(study.store)[["code", "quote"]].to_numpy().tolist()) == [
        ["M04", "know"],
        ["M09", "It is easy."],
    ]
    assert "suggestion" in screen.ask("accept", suggestion="none")["told"]


def test_finishing_can_be_taken_back(study: Study, screen: Screen) -> None:
    assert screen.ask("finish")["changes"]["finished"] == ["ana"]
    assert screen.ask("documents")["documents"][0]["finished"]
    assert screen.ask("unfinish")["changes"]["finished"] == []
    assert study.store.read_by().empty


def test_undo_and_redo_reach_nothing_that_is_for_every_coder(study: Study, screen: Screen) -> None:
    screen.ask("code", code="M09", **_words(study, "easy"))
    study.store.rename_code("M09", "M90", by="ana")
    for act in ("undo", "redo"):
        before = len(study.store.acts())
        answer = screen.ask(act)
        if act == "undo":
            assert not answer["ok"]
            assert "rename-code (M09" in answer["told"]
            assert "workbench codes" in answer["told"]
        assert len(study.store.acts()) == before
    assert _mine(study.store)["code"].tolist() == ["M90"]
    study.store.undo("ana")
    answer = screen.ask("redo")
    assert (answer["ok"], "rename-code" in answer["told"]) == (False, True)
    assert _mine(study.store)["code"].tolist() == ["M09"]


def test_a_decision_on_a_difference_is_not_undone_at_a_desk(study: Study, screen: Screen) -> None:
    words = _words(study, "easy")
    study.store.settle(OFFICER, words["start"], words["end"], "M09", by="ana", decision="coded", why="both meant it")
    assert "wb.Compare" in screen.ask("undo")["told"]
    assert len(study.store.settled()) == 1


@pytest.mark.parametrize("coded_between", [False, True])
def test_undo_right_after_going_on_finishes_again_and_loses_no_coding(
    study: Study, screen: Screen, coded_between: bool
) -> None:
    screen.ask("code", code="M09", **_words(study, "easy"))
    screen.ask("finish")
    if coded_between:
        screen.ask("code", code="M07", **_words(study, "How was"))
    screen.ask("unfinish")
    if coded_between:  # also in another kernel
        screen = Screen(Coder(open_study(study.path), OFFICER, coder="ana"))
        screen.open(OFFICER)
    held = len(_mine(study.store))
    answer = screen.ask("undo")
    assert "finished again" in answer["told"]
    assert answer["changes"]["finished"] == ["ana"]
    assert len(_mine(study.store)) == held
    assert screen.ask("undo")["told"] == "Undone: having finished."
    assert screen.ask("undo")["told"].startswith("Undone: coding")
    assert len(_mine(study.store)) == held - 1


BAD: list[tuple[dict[str, Any], str]] = [
    ({"act": "burn"}, "it asked for 'burn'"),
    ({"act": None}, "it asked for None"),
    ({"act": "code", "code": "M09"}, "start is None"),
    ({"act": "code", "code": "M09", "start": 3, "end": 3}, "nothing is selected"),
    ({"act": "code", "code": "M09", "start": 3, "end": 99_999}, "text"),
    ({"act": "code", "code": "M09", "start": True, "end": 9}, "start is True"),
    ({"act": "code", "code": "M0", "start": 3, "end": 9}, "Did you mean"),
    ({"act": "code", "code": 9, "start": 3, "end": 9}, "code is 9"),
    ({"act": "code", "code": "M09", "start": 3, "end": 9, "stance": "perhaps"}, "stance"),
    ({"act": "stance", "coding": "none", "stance": "supports"}, "not there any more"),
    ({"act": "memo", "coding": None, "memo": "x"}, "coding is None"),
    ({"act": "drop", "coding": "none", "why": " "}, "why is ' '"),
    ({"act": "open", "document": "wm-usr-01"}, "Did you mean 'wm-user-01'?"),
    ({"act": "look", "document": ["x"]}, "no transcript"),
]


@pytest.mark.parametrize(("message", "told"), BAD, ids=lambda value: str(value)[:40])
def test_a_bad_message_is_told_and_nothing_is_written(
    study: Study, screen: Screen, message: dict[str, Any], told: str
) -> None:
    before = len(study.store.acts())
    answer = screen.ask(**message)
    assert not answer["ok"]
    assert told in answer["told"]
    assert len(study.store.acts()) == before


@pytest.mark.parametrize("message", [None, "code", [], 7])
def test_what_is_no_message_at_all_is_told(screen: Screen, message: object) -> None:
    assert not screen.desk.answer(message)["ok"]


def test_the_coding_of_another_coder_cannot_be_changed(study: Study, screen: Screen) -> None:
    theirs = study.store.code(Span(OFFICER, **_words(study, "easy")), "M09", coder="ben")
    for act, what in (
        ("stance", {"stance": "supports"}),
        ("uncode", {}),
        ("memo", {"memo": "x"}),
        ("change", {"code": "M07"}),
    ):
        assert "ben made it" in screen.ask(act, coding=theirs.id, **what)["told"]
    assert study.store.codings()["memo"].tolist() == [""]


def test_in_blind_mode_nothing_of_others_is_sent_until_the_document_is_finished(study: Study) -> None:
    rows = pd.DataFrame([{"document": OFFICER, "code": "M07", **_words(study, "you know")}])
    study.store.replace_suggestions(rows, source="pattern")
    suggestion = study.store.suggestions()["id"].iloc[0]
    study.store.accept(suggestion, coder="benedict", memo="secret memo")
    study.store.read(OFFICER, coder="benedict")
    screen = Screen(Coder(study, OFFICER, coder="ana", blind=True))
    sent = [screen.ask("hello"), screen.ask("open"), screen.ask("code", code="M09", **_words(study, "easy"))]
    study.store.code(Span(OFFICER, **_words(study, "How was")), "M08", coder="benedict")
    sent += [screen.ask("look"), screen.ask("documents"), screen.ask("undo")]
    theirs = study.store.codings(coder="benedict")["id"]
    sent.append(screen.ask("stance", coding=theirs.iloc[0], stance="supports"))
    assert "benedict" not in repr(sent)
    assert "secret memo" not in repr(sent)
    assert screen.ask("look")["told"] == ""
    asked = screen.ask("finish")
    assert asked["ok"]
    assert asked["at"] == ""
    assert "cannot be read blind again" in asked["told"]
    assert "benedict" not in repr(asked)
    assert OFFICER not in study.store.read_by().query("coder == 'ana'")["document"].tolist()
    answer = screen.ask("finish", sure=True)
    assert {row["coder"] for row in answer["changes"]["codings"]["come"]} == {"benedict"}
    assert answer["changes"]["finished"] == ["ana", "benedict"]
    assert not answer["changes"]["lifted"]
    back = screen.ask("unfinish")
    assert set(back["changes"]["codings"]["gone"]) == set(theirs)
    assert "no longer blind" in back["told"]
    assert back["changes"]["lifted"]
    assert Screen(Coder(study, OFFICER, coder="ana", blind=True)).open(OFFICER)["changes"]["lifted"]
    assert screen.ask("finish")["changes"]["finished"] == ["ana", "benedict"]  # seen already: nothing to ask


def test_in_blind_mode_codings_of_others_that_wait_for_a_place_are_not_sent(study: Study) -> None:
    for coder in ("ana", "benedict"):
        study.store.code(Span(OFFICER, **_words(study, "easy 😀, you know")), "M09", coder=coder, memo=f"by {coder}")
    talk = {**TALK, OFFICER: [("Int", "interviewer", "How was it?"), ("Amy", "officer", "Nothing of that sort.")]}
    study.store.add_corpus(TinyCorpus(talk), by="Lead")
    assert study.store.unplaced()["coder"].tolist() == ["ana", "benedict"]
    sent = Screen(Coder(study, OFFICER, coder="ana", blind=True)).open(OFFICER)
    assert [row["coder"] for row in sent["changes"]["waiting"]] == ["ana"]
    assert "benedict" not in repr(sent)
    plain = Screen(Coder(study, OFFICER, coder="ana")).open(OFFICER)
    assert {row["coder"] for row in plain["changes"]["waiting"]} == {"ana", "benedict"}


def test_what_others_write_is_told_and_only_the_change_is_sent(study: Study, screen: Screen) -> None:
    assert screen.ask("look")["told"] == ""
    assert "changes" not in screen.ask("look")
    other = Screen(Coder(open_study(study.path), OFFICER, coder="ben"), tab="two")
    other.open(OFFICER)
    made = other.ask("code", code="M09", **_words(study, "easy"))["picked"]
    answer = screen.ask("look")
    assert answer["told"] == "1 change from elsewhere."
    assert [row["id"] for row in answer["changes"]["codings"]["come"]] == [made]
    assert screen.ask("look")["told"] == ""


def test_a_screen_that_was_forgotten_is_sent_the_whole_document(study: Study, screen: Screen) -> None:
    for number in range(20):
        Screen(screen.desk, tab=f"tab {number}").open(USER)
    assert screen.ask("look")["document"]["text"] == study.store.text(OFFICER)


def test_a_corrected_transcript_is_shown_anew_and_lost_codings_are_placed_or_dropped(
    study: Study, screen: Screen
) -> None:
    first = screen.ask("code", code="M09", **_words(study, "easy 😀, you know"))["picked"]
    second = screen.ask("code", code="M07", **_words(study, "How was it?"))["picked"]
    talk = {
        **TALK,
        OFFICER: [("Int", "interviewer", "What did you think?"), ("Amy", "officer", "Nothing of that sort.")],
    }
    study.store.add_corpus(TinyCorpus(talk), by="Lead")
    answer = screen.ask("look")
    assert "corrected meanwhile" in answer["told"]
    assert {row["id"] for row in answer["document"]["changes"]["waiting"]} == {first, second}
    placed = screen.ask("place", coding=first, **_words(study, "Nothing"))
    assert [row["id"] for row in placed["changes"]["codings"]["come"]] == [first]
    assert screen.ask("drop", coding=second, why="the question was another")["changes"]["waiting"] == []
    assert study.store.unplaced().empty


def test_an_act_on_the_document_before_does_not_bring_a_screen_back_to_it(study: Study, screen: Screen) -> None:
    screen.ask("open", document=USER)
    late = screen.ask("code", code="M09", document=OFFICER, **_words(study, "easy"))
    assert (late["ok"], late.keys() & {"document", "changes"}) == (True, set())
    assert late["told"] == f"Coded with M09. It was in {OFFICER}."
    assert _mine(study.store)["document"].tolist() == [OFFICER]
    screen.document = USER
    assert "changes" in screen.ask("code", code="M09", **_words(study, "think twice", USER))


@pytest.mark.parametrize("typed", ["half\0 a memo", "half\ud83d a memo"])
def test_what_no_store_can_keep_is_taken_out_of_a_memo_and_told(study: Study, screen: Screen, typed: str) -> None:
    coding = screen.ask("code", code="M09", memo=typed, **_words(study, "easy"))["picked"]
    assert _mine(study.store)["memo"].tolist() == ["half a memo"]
    answer = screen.ask("memo", coding=coding, memo=f"{typed} 😀")
    assert (answer["ok"], _mine(study.store)["memo"].tolist()) == (True, ["half a memo 😀"])
    assert "cannot be kept were taken out" in answer["told"]
    assert "taken out" not in screen.ask("memo", coding=coding, memo="sound 😀")["told"]


def test_a_retired_code_is_not_offered_and_is_refused_in_place(study: Study, screen: Screen) -> None:
    study.store.retire_code("M09", by="Lead", known=["M09"])
    screen.open(OFFICER)
    codes = {code["id"]: code for code in screen.ask("hello")["desk"]["codes"]}
    assert not codes["M09"]["offered"]
    assert "not given any more" in screen.ask("code", code="M09", **_words(study, "easy"))["told"]
    assert study.store.codings().empty


def test_links_of_the_theory_can_be_given_and_codes_come_with_their_meaning(study: Study, screen: Screen) -> None:
    codes = {code["id"]: code for code in screen.ask("hello")["desk"]["codes"]}
    link = next(iter(study.codebook.link_codes))
    assert codes["M09"]["definition"] == study.codebook.codes["M09"].definition
    assert codes[link]["kind"] == "link of the theory"
    assert screen.ask("code", code=link, **_words(study, "easy"))["ok"]


def test_a_store_that_cannot_be_written_is_told_with_a_remedy(
    study: Study, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise OSError("disk I/O error: no space left")

    monkeypatch.setattr(Store, "set_memo", full)
    coding = screen.ask("code", code="M09", **_words(study, "easy"))["picked"]
    answer = screen.ask("memo", coding=coding, memo="typed")
    assert (answer["ok"], answer["at"]) == (False, "")
    assert "no space left" in answer["told"]
    assert "do it once more" in answer["told"]


def test_the_list_says_how_far_each_transcript_is(study: Study) -> None:
    screen = Screen(Coder(study, coder="ana"))
    answer = screen.ask("hello")
    assert "document" not in answer
    assert [row["document"] for row in answer["documents"]] == [OFFICER, USER]
    screen.open(USER)
    screen.ask("code", code="M09", **_words(study, "think twice", USER))
    rows = {row["document"]: row for row in screen.ask("documents")["documents"]}
    assert (rows[USER]["mine"], rows[OFFICER]["mine"]) == (1, 0)
    study.store.code(Span(OFFICER, **_words(study, "easy")), "M09", coder="ben")
    study.store.read(OFFICER, coder="ben")
    rows = {row["document"]: row for row in screen.ask("documents")["documents"]}
    assert (rows[USER]["mine"], rows[OFFICER]["mine"], rows[OFFICER]["finished"]) == (1, 0, False)
    assert screen.open(USER)["neighbours"] == {"before": OFFICER, "after": None}


def test_no_word_of_a_transcript_is_in_what_a_notebook_keeps(study: Study) -> None:
    desk = Coder(study, OFFICER, coder="ana")
    assert "you know" not in repr(desk.get_state())
    assert "you know" not in repr(desk)


def test_bad_input_is_refused_with_a_remedy(study: Study, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 'wm-user-01'"):
        Coder(study, "wm-usr-01")
    with pytest.raises(InputError, match="the name of who codes"):
        Coder(study, coder="  ")
    empty = open_study(new_study(tmp_path / "empty", as_of="2023-03-31", keys="../key"))
    with pytest.raises(InputError, match="it has no transcript"):
        Coder(empty)
    settings = study.path / "study.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        "\n".join(line if not line.startswith("codebook:") else "codebook: null" for line in text.splitlines())
    )
    with pytest.raises(InputError, match="codebook is null"):
        Coder(open_study(study.path))


def test_the_coder_is_the_one_that_the_database_knows_or_the_user_of_this_computer(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "carol")
    assert Screen(Coder(study)).ask("hello")["desk"]["coder"] == "carol"
    monkeypatch.setattr(Store, "me", lambda _store: "dee")
    assert Screen(Coder(study)).ask("hello")["desk"]["coder"] == "dee"
    with pytest.raises(InputError, match="knows you as 'dee'"):
        Coder(study, coder="ana")
