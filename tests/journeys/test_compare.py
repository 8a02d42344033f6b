"""Coders side by side: a row goes to the settled ones when its decision, with its reason, is in the store."""

import re
from pathlib import Path
from typing import Any

import pytest
from lab import browser_path, lab, page, run_all

from workbench.coding import Store
from workbench.corpus.span import Span
from workbench.errors import InputError
from workbench.notebook.compare import Compare
from workbench.notebook.compare_places import Compared, places
from workbench.study import Study, new_study, open_study

TALK = """FICTIONAL TRANSCRIPT
INT: What happened then?
P01: She was lovely 😀, and she rang me the next morning. It made me think twice 😀 about it.
INT: And after that?
P01: Well, nobody called back for weeks. My mate went too.
INT: Did it cost you anything?
P01: I paid nothing for it. It was free, and I would do it again.
"""
ONE, TWO = "du-user-01", "du-user-02"


def mark(store: Store, coder: str, words: str, code: str, stance: str | None = None, memo: str = "") -> None:
    start = store.text(ONE).index(words)
    store.code(Span(ONE, start, start + len(words)), code, coder=coder, stance=stance, memo=memo)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Two coders have finished one transcript and differ on three places; a third has begun it."""
    folder = new_study(tmp_path / "study", as_of="2023-03-31", fictional=True)
    for name in (ONE, TWO):
        (folder / "transcripts" / f"{name}.txt").write_text(TALK, encoding="utf-8")
    made = open_study(folder)
    made.take_in()
    store = made.store
    mark(store, "ana", "It made me think twice 😀 about it", "M09", "supports", "the turning point")
    mark(store, "ben", "made me think twice", "M09", "contradicts")
    mark(store, "ana", "she rang me the next morning", "M12", "supports")
    mark(store, "ben", "My mate went too", "C03")
    for coder, words in (
        ("ana", "nobody called back"),
        ("ben", "nobody called back for weeks"),
        ("cleo", "It was free"),
    ):
        mark(store, coder, words, "M12", "contradicts")
    mark(store, "ana", "What happened then?", "C03")  # an interviewer's turn is no unit
    for coder in ("ana", "ben"):
        store.read(ONE, coder=coder)
    return made


def row_of(compare: Compare, code: str) -> dict[str, Any]:
    return next(row for row in compare.rows if row["code"] == code and row["counts"])


def decide(compare: Compare, code: str, **what: Any) -> None:
    row = row_of(compare, code)
    compare.decide({"act": "settle", "row": row["key"], "version": row["version"], "why": "we talked", **what})


def settled(study: Study) -> list[tuple[Any, ...]]:
    columns = ["code", "turn", "decision", "stance", "quote", "by", "why"]
    return list(open_study(study.path).store.settled()[columns].itertuples(index=False, name=None))


# What is shown


def test_each_difference_is_a_row_with_what_each_coder_marked(study: Study) -> None:
    compare = Compare(study, by="kim")
    assert (compare.document, compare.coders, compare.told) == (ONE, ["ana", "ben"], "3 left, 0 settled.")
    assert [(row["code"], row["turns"], row["differs"]) for row in compare.rows] == [
        ("M09", [2], ["stance", "boundary"]),
        ("M12", [2], ["marked"]),
        ("C03", [4], ["marked"]),
        ("M12", [4], ["boundary"]),
    ]
    ana, ben = compare.rows[0]["marks"]
    assert (ana["coder"], ana["passages"][0]["stance"], ana["passages"][0]["memo"]) == (
        "ana", "supports", "the turning point",
    )  # fmt: skip
    text = compare.rows[0]["text"]
    shown = [text[one["passages"][0]["start"] : one["passages"][0]["end"]] for one in (ana, ben)]
    assert shown == ["It made me think twice 😀 about it", "made me think twice"]
    assert compare.rows[1]["marks"][1] == {"coder": "ben", "passages": []}
    assert compare.rows[2]["marks"][1]["passages"][0]["stance"] == ""


def test_who_has_not_finished_is_left_out_and_told(study: Study) -> None:
    compare = Compare(study, ONE, by="kim")
    assert compare.left_out == ["cleo has begun and not finished it"]
    assert all(one["coder"] != "cleo" for row in compare.rows for one in row["marks"])
    study.store.read(ONE, coder="cleo")
    compare.decide({"act": "look"})
    assert (compare.coders, compare.left_out) == (["ana", "ben", "cleo"], [])
    assert [row["turns"] for row in compare.rows if row["counts"]] == [[2], [2], [4], [4], [6]]
    assert Compare(study, ONE, by="kim", coders=["ana", "cleo"]).left_out == ["ben was not asked for"]


def test_passages_that_share_a_turn_are_one_place(study: Study) -> None:
    store, text = study.store, study.store.text(ONE)
    start, end = text.index("Well"), text.index("It was free") + 3
    store.code(Span(ONE, start, end), "A01", coder="ana")
    mark(store, "ben", "Did it cost", "A01")
    mark(store, "ben", "I paid", "A01")
    opened = store.coded_document(ONE)
    found = next(place for place in places(Compared(opened=opened, coders=("ana", "ben"))) if place.code == "A01")
    assert (found.turns, found.differs, found.passage) == ((4, 6), ("boundary",), (start, end))
    assert opened.text[found.start : found.end].startswith("Well")


# Deciding


def test_each_decision_is_in_the_store_before_its_row_is_settled(study: Study) -> None:
    compare = Compare(study, by=" kim ")
    row = row_of(compare, "M09")
    start = row["text"].index("think")
    decide(compare, "M09", decision="coded", start=start, end=start + 13, stance="qualifies", why="one word is enough")
    assert settled(study) == [("M09", 2, "coded", "qualifies", "think twice 😀", "kim", "one word is enough")]
    assert compare.told == "Saved: M09 in turn 2 is coded, qualifies. 2 left, 1 settled."
    assert [each["said"] for each in compare.settled] == [["ana: supports", "ben: contradicts"]]
    decide(compare, "M12", decision="not coded", stance="", why="a call is no need")
    assert settled(study)[1][:4] == ("M12", 2, "not coded", None)
    assert compare.reasons == ["a call is no need", "one word is enough"]
    assert len(study.store.codings(coder="ana")) == 4


def test_a_settled_row_can_be_reopened_by_anybody(study: Study) -> None:
    decide(Compare(study, by="kim"), "M09", decision="not coded")
    other = Compare(study, by="lee")
    assert "M09" not in {row["code"] for row in other.rows}
    other.decide({"act": "reopen", "id": other.settled[0]["id"]})
    assert other.told.startswith("Reopened")
    assert row_of(other, "M09")["turns"] == [2]
    assert settled(study) == []


def test_a_mistake_is_told_at_its_row_and_nothing_is_saved(study: Study) -> None:
    compare = Compare(study, by="kim")
    for what, said in (
        ({"decision": "coded", "start": 0, "end": 4, "why": " "}, "The reason is missing"),
        ({"decision": ""}, "Say first whether it is coded"),
        ({"decision": "coded", "start": 0, "end": 10_000}, "is outside its text"),
        ({"decision": "coded", "start": 0, "end": 4, "stance": "agrees"}, "stance is 'agrees'"),
    ):
        decide(compare, "M09", **what)
        assert said in compare.told
        assert compare.about == row_of(compare, "M09")["key"]
    compare.decide({"act": "burn"})
    assert "nothing that can be done here" in compare.told
    compare.decide({"act": "reopen", "id": "nothing"})
    assert "no decision with this id holds now" in compare.told
    assert study.store.settled().empty
    assert len(compare.rows) == 4


def test_of_two_who_settle_one_row_at_once_the_second_sees_what_the_first_decided(study: Study) -> None:
    kim, lee = Compare(study, by="kim"), Compare(open_study(study.path), by="lee")
    decide(kim, "M09", decision="not coded", why="no thought of it")
    assert row_of(lee, "M09")["turns"] == [2]  # her screen does not know yet
    decide(lee, "M09", decision="coded", start=0, end=3)
    assert lee.told.startswith("kim settled it meanwhile: not coded (“no thought of it”). Nothing of yours was saved")
    assert [each[5] for each in settled(study)] == ["kim"]
    assert [each["by"] for each in lee.settled] == ["kim"]


def test_a_look_shows_what_others_did_and_draws_nothing_where_nobody_did_anything(study: Study) -> None:
    kim, lee = Compare(study, by="kim"), Compare(open_study(study.path), by="lee")
    drawn, answered = lee.drawn, lee.answered
    lee.decide({"act": "look"})
    assert (lee.drawn, lee.answered) == (drawn, answered + 1)
    decide(kim, "M12", decision="not coded")
    lee.decide({"act": "look"})
    assert lee.told == "kim settled M12 in turn 2. 2 left, 1 settled."
    mark(study.store, "cleo", "Well", "C03")
    before = lee.drawn
    lee.decide({"act": "look"})  # what cleo marks before she has finished is nobody's business here
    assert lee.drawn == before


def test_a_row_whose_codings_or_words_changed_meanwhile_is_not_decided_blindly(study: Study) -> None:
    compare = Compare(study, by="kim")
    old = row_of(compare, "M12")
    study.store.undo("nobody")
    mark(study.store, "ben", "She was lovely", "M12", "supports")
    message = {"act": "settle", "row": old["key"], "version": old["version"], "decision": "not coded", "why": "no"}
    compare.decide(message)
    assert compare.told.startswith("The codings or the words there changed meanwhile: look again. Nothing was saved.")
    assert study.store.settled().empty


def test_a_place_that_was_coded_again_after_its_decision_says_so(study: Study) -> None:
    compare = Compare(study, by="kim")
    decide(compare, "M12", decision="not coded")
    mark(study.store, "ben", "lovely", "M12")
    compare.decide({"act": "look"})
    assert compare.settled[0]["since"] == ["ben"]


def test_a_decision_that_a_correction_left_without_its_words_is_shown_and_its_row_is_open_again(study: Study) -> None:
    decide(Compare(study, by="kim"), "M09", decision="coded", start=55, end=60, stance="supports")
    talk = study.path / "transcripts" / f"{ONE}.txt"
    talk.write_text(TALK.replace("made me think", "mode me think"), encoding="utf-8")
    again = open_study(study.path)
    again.take_in()
    compare = Compare(again, by="lee")
    assert [each["because"] for each in compare.lost] == ["its words were changed"]
    assert row_of(compare, "M09")["turns"] == [2]
    compare.decide({"act": "reopen", "id": compare.lost[0]["id"]})
    assert compare.lost == []


def test_another_transcript_is_opened_on_screen_and_one_that_is_not_finished_by_two_is_refused(study: Study) -> None:
    compare = Compare(study, by="kim")
    assert [each["document"] for each in compare.documents] == [ONE]
    compare.decide({"act": "open", "document": TWO})
    assert "two coders must have finished it to be compared: nobody has finished it" in compare.told
    assert compare.document == ONE
    for coder in ("ana", "ben"):
        study.store.read(TWO, coder=coder)
    compare.decide({"act": "open", "document": TWO})
    assert (compare.document, compare.rows, compare.told) == (TWO, [], f"{TWO} is open. 0 left, 0 settled.")
    study.store.withdraw(TWO, coder="kim")
    compare.decide({"act": "look"})
    assert "was withdrawn" in compare.told


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"by": " "}, "needs the name of who decides"),
        ({"document": "du-user-1"}, "Did you mean 'du-user-0"),
        ({"document": TWO}, "nobody has finished it"),
        ({"coders": ["ana", "Ben"]}, "'Ben' has marked nothing in du-user-01. Known: ana, ben, cleo. Did you mean"),
        ({"document": ONE, "coders": ["ana", "cleo"]}, "(asked for: ana, cleo): ana, ben have finished it; cleo"),
        ({"coders": ["cleo"]}, "no transcript was finished by two coders (finished: ana 1, ben 1)"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_with_the_reason(study: Study, what: dict[str, Any], said: str) -> None:
    if "coders" in what and what["coders"] != ["cleo"]:
        what = {"document": ONE, **what}
    with pytest.raises(InputError, match=re.escape(said)):
        Compare(study, **{"by": "kim", **what})


# In the browser


@pytest.mark.xdist_group("demo")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_in_the_browser_differences_are_settled_by_mouse_and_by_keyboard_and_outlive_the_kernel(
    study: Study, tmp_path: Path
) -> None:
    browser_path()
    cells = [
        "import workbench as wb\nfrom workbench.notebook.compare import Compare\n"
        f"compare = Compare(wb.open_study({str(study.path)!r}), by='Kim')\ncompare"
    ]
    with lab(tmp_path, cells) as address, page(address) as opened:
        run_all(opened)
        told, rows = opened.locator(".wb-compare .wb-told"), opened.locator(".wb-compare .wb-open > li")
        opened.wait_for_selector(".wb-compare .wb-open > li")
        cells_before = opened.locator(".jp-Cell").count()
        assert told.inner_text() == "3 left, 0 settled."

        by_mouse = rows.nth(1)
        by_mouse.get_by_role("radio", name="coded, as ana").click()
        by_mouse.get_by_role("button", name="End earlier").click()
        by_mouse.get_by_label("Reason").fill("it was quick")
        by_mouse.get_by_role("button", name="Settle").click()
        opened.wait_for_function("document.querySelector('.wb-compare .wb-told').innerText.startsWith('Saved: M12')")
        assert settled(study) == [("M12", 2, "coded", "supports", "she rang me the next", "Kim", "it was quick")]

        rows.nth(0).focus()
        for key in ("n", "p", "2", "q", "r"):
            opened.keyboard.press(key)
        opened.keyboard.type("only in part, xn")
        opened.keyboard.press("Enter")
        opened.wait_for_function("document.querySelector('.wb-compare .wb-told').innerText.startsWith('Saved: M09')")
        assert settled(study)[1] == ("M09", 2, "coded", "qualifies", "made me think twice", "Kim", "only in part, xn")
        assert opened.evaluate("document.activeElement.dataset.key") == "C03 4"
        assert opened.locator(".jp-Cell").count() == cells_before  # JupyterLab's own keys stayed quiet

        opened.get_by_role("menuitem", name="Kernel", exact=True).click()
        opened.get_by_text("Restart Kernel and Run All Cells…").click()
        opened.locator(".jp-Dialog .jp-mod-accept").click()
        opened.wait_for_function("document.querySelector('.wb-compare .wb-told')?.innerText === '1 left, 2 settled.'")
        done = opened.locator(".wb-compare .wb-settled li")
        assert "only in part, xn" in done.nth(0).inner_text()
        assert "made me think twice" in done.nth(0).inner_text()


@pytest.mark.xdist_group("demo")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_in_the_browser_words_behind_an_emoji_are_selected_and_another_s_decision_comes_by_itself(
    study: Study, tmp_path: Path
) -> None:
    browser_path()
    cells = [
        "import workbench as wb\nfrom workbench.notebook.compare import Compare\n"
        f"compare = Compare(wb.open_study({str(study.path)!r}), by='Kim')\ncompare"
    ]
    with lab(tmp_path, cells) as address, page(address) as opened:
        run_all(opened)
        opened.wait_for_selector(".wb-compare .wb-open > li")
        row = opened.locator(".wb-compare .wb-open > li").nth(0)
        row.get_by_label("Reason").fill("half a thought")
        decide(Compare(open_study(study.path), by="lee"), "C03", decision="not coded")
        opened.wait_for_function(
            "document.querySelector('.wb-compare .wb-told').innerText.startsWith('lee settled C03')"
        )
        assert row.get_by_label("Reason").input_value() == "half a thought"
        assert opened.evaluate("document.activeElement.dataset.at") == "why"
        box = opened.evaluate(
            """() => {
                const words = document.querySelector('.wb-compare .wb-words');
                const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
                const range = document.createRange();
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    const at = node.data.indexOf('about');
                    if (at >= 0) { range.setStart(node, at); range.setEnd(node, at + 5); }
                }
                const { left, right, top, bottom } = range.getBoundingClientRect();
                return { left, right, middle: (top + bottom) / 2 };
            }"""
        )
        opened.mouse.move(box["left"] + 1, box["middle"])
        opened.mouse.down()
        opened.mouse.move(box["right"], box["middle"], steps=5)
        opened.mouse.up()
        row.get_by_role("combobox", name="Stance").select_option("supports")
        row.get_by_role("button", name="Settle").click()
        opened.wait_for_function("document.querySelector('.wb-compare .wb-told').innerText.startsWith('Saved: M09')")
        assert settled(study)[1] == ("M09", 2, "coded", "supports", "about", "Kim", "half a thought")
