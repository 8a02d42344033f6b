"""Coders side by side: a row goes to the settled ones when its decision, with its reason, is in the store."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from lab import browser_path, lab, page, run_all

from workbench.coding import Store
from workbench.coding.settle import decided
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


def linked(study: Study) -> Compare:
    """Three coders' passages of A01 hang together: turns 2 to 4, turns 4 to 6, turn 6."""
    store, text = study.store, study.store.text(ONE)
    for coder, first, last, stance in (
        ("ana", "She was", "Well,", "supports"),
        ("ben", "nobody", "I paid", "contradicts"),
        ("cleo", "I paid", "for it", "contradicts"),
    ):
        store.code(Span(ONE, text.index(first), text.index(last) + len(last)), "A01", coder=coder, stance=stance)
        store.read(ONE, coder=coder)
    return Compare(study, ONE, by="kim")


def test_a_decision_in_one_turn_of_a_linked_place_settles_all_of_it_for_analyses_too(study: Study) -> None:
    compare = linked(study)
    row = row_of(compare, "A01")
    assert row["turns"] == [2, 4, 6]
    decide(compare, "A01", decision="coded", start=0, end=7, stance="supports")
    assert "A01" not in {row["code"] for row in compare.rows}
    said = decided(study.store).codings.query("code == 'A01'")
    assert said[["coder", "stance"]].to_numpy().tolist() == [["ana", "supports"]]
    assert compare.settled[0]["said"] == ["ana: supports", "ben: contradicts", "cleo: contradicts"]


def test_a_place_that_is_decided_in_part_only_is_still_to_settle_and_says_so(study: Study) -> None:
    compare = linked(study)
    left = len(compare.rows)
    start = study.store.text(ONE).index("She")
    made = study.store.settle(ONE, start, start + 3, "A01", by="lee", decision="coded", stance="supports", why="once")
    compare.decide({"act": "look"})
    assert (len(compare.rows), len(compare.settled)) == (left, 1)
    row = row_of(compare, "A01")
    assert row["partly"] == ["lee: coded, supports, in turn 2 (“once”)"]
    decide(compare, "A01", decision="not coded")
    assert [each["by"] for each in compare.settled] == ["kim"]  # lee's is replaced: it was on one of these turns
    assert study.store.settled()["id"].tolist() != [made.id]
    assert decided(study.store).codings.query("code == 'A01'").empty


def test_of_a_row_that_another_decided_in_part_meanwhile_nothing_is_overwritten_blindly(study: Study) -> None:
    compare = linked(study)
    start = study.store.text(ONE).index("She")
    study.store.settle(ONE, start, start + 3, "A01", by="lee", decision="not coded", why="once")
    decide(compare, "A01", decision="not coded")
    said = "Part of it was decided meanwhile (lee: not coded, in turn 2 (“once”)): look again. Nothing was saved."
    assert compare.told.startswith(said)
    assert study.store.settled()["by"].tolist() == ["lee"]


def test_codings_that_join_a_settled_place_from_outside_open_it_again(study: Study) -> None:
    compare = linked(study)
    decide(compare, "A01", decision="not coded")
    text = study.store.text(ONE)
    study.store.code(Span(ONE, 0, text.index("She was")), "A01", coder="cleo")  # turn 1, which is no unit
    compare.decide({"act": "look"})
    assert "A01" not in {row["code"] for row in compare.rows}
    decide(compare, "M12", decision="coded", start=0, end=3, stance="supports")  # turn 2
    start, end = text.index("My mate"), text.index("I paid") + 6
    study.store.code(Span(ONE, start, end), "M12", coder="ben", stance="supports")
    study.store.code(Span(ONE, text.index("lovely"), start), "M12", coder="ana", stance="supports")
    compare.decide({"act": "look"})
    row = row_of(compare, "M12")
    assert row["turns"] == [2, 4, 6]
    assert row["partly"] == ["kim: coded, supports, in turn 2 (“we talked”)"]


def failing(*_args: object, **_named: object) -> Any:
    raise OSError("disk I/O error: no space left\nmore of it")


def test_a_store_that_fails_is_told_at_the_row_and_answers_again_later(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = Compare(study, by="kim")
    answered, rows = compare.answered, compare.rows
    with monkeypatch.context() as broken:
        broken.setattr(Store, "settle", failing)
        decide(compare, "M09", decision="not coded")
        assert compare.told.startswith("Not saved: the store could not be written or read (disk I/O error: no space")
        assert "more of it" not in compare.told
        assert (compare.about, compare.rows) == (row_of(compare, "M09")["key"], rows)
        broken.setattr(Store, "latest", failing)
        drawn = compare.drawn
        for _ in range(3):
            compare.decide({"act": "look"})
        assert compare.drawn == drawn  # told already
        compare.decide({"act": "reopen", "id": "nothing"})
        assert (compare.answered, compare.rows) == (answered + 5, rows)
    compare.decide({"act": "look"})
    assert compare.told.startswith("The store answers again.")
    decide(compare, "M09", decision="not coded")
    assert [each[0] for each in settled(study)] == ["M09"]


def test_a_decision_that_is_saved_is_said_to_be_saved_also_where_the_store_fails_right_after(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = Compare(study, by="kim")
    keep = Store.settle

    def then_fails(store: Store, *args: Any, **named: Any) -> Any:
        made = keep(store, *args, **named)
        monkeypatch.setattr(Store, "latest", failing)
        return made

    monkeypatch.setattr(Store, "settle", then_fails)
    decide(compare, "M09", decision="not coded")
    assert compare.told.startswith("Saved: M09 in turn 2 is not coded. But the store could not be read since")
    monkeypatch.undo()
    compare.decide({"act": "look"})
    assert "M09" not in {row["code"] for row in compare.rows}
    assert [each[0] for each in settled(study)] == ["M09"]


@pytest.mark.parametrize(
    "message",
    [
        None, [], "settle", {}, {"act": ["settle"]}, {"act": "open"}, {"act": "reopen"}, {"act": "settle"},
        {"act": "settle", "row": None}, {"act": "settle", "decision": "coded"},
        {"act": "settle", "decision": "coded", "start": None, "end": 4},
        {"act": "settle", "decision": "coded", "start": "a", "end": 4},
        {"act": "settle", "decision": {}, "why": 7},
    ],
    ids=str,
)  # fmt: skip
def test_a_malformed_message_is_told_and_nothing_is_written(study: Study, message: Any) -> None:
    compare = Compare(study, by="kim")
    if isinstance(message, dict) and len(message) > 1 and "row" not in message:
        row = row_of(compare, "M09")
        message = {"row": row["key"], "version": row["version"], "why": "w", **message}
    drawn, answered = compare.drawn, compare.answered
    compare.decide(message)
    assert (compare.drawn, compare.answered) == (drawn + 1, answered + 1)
    assert len(compare.told) > len("4 left, 0 settled.")
    assert study.store.settled().empty


def test_every_part_of_the_screen_s_script_is_under_three_hundred_lines_and_all_are_joined() -> None:
    static = Path(inspect.getfile(Compare)).parent / "static"
    parts = [path.read_text(encoding="utf-8") for path in sorted(static.glob("compare*.js"))]
    assert len(parts) > 3
    assert max(len(part.splitlines()) for part in parts) < 300
    joined = str(Compare._esm)
    assert all(part in joined for part in parts)
    assert "import " not in joined


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


@pytest.mark.xdist_group("demo")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_in_the_browser_no_key_of_ours_reaches_jupyterlab_but_saving_and_a_silent_kernel_is_told(
    study: Study, tmp_path: Path
) -> None:
    browser_path()
    cells = [
        "import workbench as wb\nfrom workbench.notebook.compare import Compare\n"
        f"compare = Compare(wb.open_study({str(study.path)!r}), by='Kim')\ncompare",
        "'another cell'",
    ]
    with lab(tmp_path, cells) as address, page(address) as opened:
        run_all(opened)
        opened.wait_for_selector(".wb-compare .wb-open > li")
        cells_before = opened.locator(".jp-Notebook .jp-Cell").count()
        row = opened.locator(".wb-compare .wb-open > li").nth(0)
        for within in (row, row.get_by_role("button", name="Settle"), opened.locator(".wb-compare select").first):
            within.focus()
            for key in ("d", "d", "0", "0", "i", "i", "a", "b", "z", "Shift+M", "Control+Shift+c", "Escape"):
                opened.keyboard.press(key)
            opened.wait_for_timeout(300)
            assert opened.locator(".jp-Notebook .jp-Cell").count() == cells_before
            assert opened.locator(".jp-Dialog, .lm-CommandPalette:visible").count() == 0
            assert opened.evaluate("document.activeElement.closest('.wb-compare') !== null")

        row.get_by_label("Reason").focus()
        opened.keyboard.type("dd00 half a thought")
        saved = tmp_path / "notebook.ipynb"
        before = saved.stat().st_mtime_ns
        with opened.expect_response(lambda it: it.request.method == "PUT" and "/api/contents/" in it.url) as answer:
            opened.keyboard.press("Control+s")
        assert answer.value.ok
        assert saved.stat().st_mtime_ns > before
        assert row.get_by_label("Reason").input_value() == "dd00 half a thought"
        assert opened.evaluate("document.activeElement.dataset.at") == "why"

        gone = opened.evaluate(
            """async () => {
                const headers = { 'X-XSRFToken': document.cookie.match(/_xsrf=([^;]*)/)?.[1] ?? '' };
                const kernels = await (await fetch('/api/kernels')).json();
                const ends = kernels.map(({ id }) => fetch(`/api/kernels/${id}`, { method: 'DELETE', headers }));
                return (await Promise.all(ends)).map((answer) => answer.status);
            }"""
        )
        assert gone == [204]
        told = "document.querySelector('.wb-compare .wb-told').innerText.startsWith('No answer from the notebook')"
        opened.wait_for_function(told)
        assert row.get_by_label("Reason").input_value() == "dd00 half a thought"
