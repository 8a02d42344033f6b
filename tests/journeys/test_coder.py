"""Coding in a real JupyterLab: by mouse, by keyboard alone, in two tabs, and after the kernel was killed."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lab import browser_path, lab, page, run_all
from tiny_corpus import TinyCorpus

from workbench.notebook.coder_screen import PARTS, STATIC
from workbench.study import Study, new_study, open_study

DOCUMENT = "wm-focus-01"
TALK = [
    ("Int", "interviewer", "How did you hear of it?"),
    ("Amy", "officer", "From the sergeant 😀, who said cafe\u0301 talk is fine. It was easy to refer."),
    ("Int", "interviewer", "And you?"),
    ("Lee", "service_user", "It made me think twice. Nobody shouted at me, for once."),
    ("Amy", "officer", "We had no time, if I am honest."),
]
OPEN = "import os, pathlib\nimport workbench as wb\npathlib.Path('kernel').write_text(str(os.getpid()))\n"
pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.filterwarnings("ignore::ResourceWarning")]


def _study(folder: Path, talk: dict[str, list[tuple[str, str, str]]]) -> Study:
    made = open_study(new_study(folder / "study", as_of="2023-03-31", keys="../key", fictional=True))
    made.store.add_corpus(TinyCorpus(talk))
    return made


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = _study(tmp_path, {DOCUMENT: TALK})
    text = made.store.text(DOCUMENT)
    rows = [
        {"document": DOCUMENT, "code": "M09", "start": at, "end": at + len("think twice")}
        for at in [text.index("think twice")]
    ]
    made.store.replace_suggestions(pd.DataFrame(rows), source="pattern")
    return made


@pytest.fixture
def blank() -> Iterator[Any]:
    """A page with the functions that know nothing of pages."""
    from playwright.sync_api import sync_playwright

    path = browser_path()
    pure = "\n".join((STATIC / f"coder_{part}.js").read_text(encoding="utf-8") for part in PARTS[:4])
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        opened = browser.new_page()
        opened.add_script_tag(content=pure)
        yield opened
        browser.close()


class Screen:
    """The desk in one tab."""

    def __init__(self, opened: Any) -> None:
        self.page = opened
        opened.wait_for_selector(".wb-coder .wb-piece")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def told(self, words: str) -> str:
        """Wait until the status line holds these words; return it."""
        self.page.wait_for_function(
            "words => document.querySelector('.wb-coder .wb-status').textContent.includes(words)", arg=words
        )
        return str(self.page.locator(".wb-status").first.inner_text())

    def heading(self) -> str:
        return str(self.page.locator(".wb-panel h3").first.inner_text())

    def code(self, typed: str) -> None:
        """Code what is selected with what the palette finds first."""
        self.press("c")
        self.page.wait_for_selector(".wb-palette:not([hidden])")
        self.page.keyboard.type(typed)
        self.page.evaluate("document.querySelector('.wb-coder .wb-status').textContent = ''")
        self.press("Enter")
        self.told("Coded with")

    def at(self, words: str, *, end: bool = False) -> tuple[float, float]:
        """Return the point of the screen where words of the transcript begin or end."""
        found = self.page.evaluate(
            """([words, end]) => {
              for (const said of document.querySelectorAll('.wb-said')) {
                const walk = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
                const all = []; let text = '';
                for (let at = walk.nextNode(); at; at = walk.nextNode())
                  for (let n = 0; n < at.data.length; n += 1) all.push([at, n]), text += at.data[n];
                const from = text.indexOf(words); if (from < 0) continue;
                const [at, n] = all[end ? from + words.length - 1 : from], range = document.createRange();
                range.setStart(at, n); range.setEnd(at, n + 1);
                const box = range.getBoundingClientRect();
                return [end ? box.right - 1 : box.left + 1, box.top + box.height / 2];
              }
            }""",
            [words, end],
        )
        return float(found[0]), float(found[1])

    def drag(self, first: str, last: str) -> None:
        self.page.mouse.move(*self.at(first))
        self.page.mouse.down()
        self.page.mouse.move(*self.at(last, end=True), steps=5)
        self.page.mouse.up()


def _cell(study: Study, document: str = DOCUMENT, more: str = "") -> str:
    return f"{OPEN}wb.Coder(wb.open_study({str(study.path)!r}), {document!r}, coder='ana'{more})"


def _codings(study: Study) -> list[list[Any]]:
    table = study.store.codings(coder="ana").sort_values("start")
    return [[row.code, row.quote] for row in table.itertuples()]


def test_code_points_and_units_of_the_browser_are_converted_and_no_letter_is_parted(blank: Any) -> None:
    text = "a😀b e\u0301 👩‍👩‍👧 c"
    units = blank.evaluate(
        "text => { const o = offsetsOf(text); return [...Array([...text].length + 1).keys()].map(o.toUnits); }", text
    )
    assert units == [len(text[:point].encode("utf-16-le")) // 2 for point in range(len(text) + 1)]
    points = blank.evaluate("([text, units]) => units.map(offsetsOf(text).toPoints)", [text, units])
    assert points == list(range(len(text) + 1))
    assert blank.evaluate("text => offsetsOf(text).toPoints(2)", text) == 1  # inside a pair
    assert blank.evaluate("text => [snapped(text, 2, false), snapped(text, 2, true)]", text) == [1, 3]
    accent = len(text[: text.index("\u0301")].encode("utf-16-le")) // 2
    assert blank.evaluate("([text, at]) => snapped(text, at, true)", [text, accent]) == accent + 1


def test_no_two_stripes_that_overlap_share_a_lane_and_own_ones_stand_first(blank: Any) -> None:
    rows = [{"id": n, "start": n * 7 % 90, "end": n * 7 % 90 + 1 + n % 23, "group": n % 3} for n in range(200)]
    found = blank.evaluate(
        "rows => { const f = lanesOf(rows, r => r.group); return rows.map(r => f.lanes.get(r.id)); }", rows
    )
    for one in rows:
        for other in rows[one["id"] + 1 :]:
            if one["start"] < other["end"] and other["start"] < one["end"]:
                assert found[one["id"]] != found[other["id"]]
    assert (
        blank.evaluate(
            "lanesOf([{id: 'b', start: 0, end: 9, g: 1}, {id: 'a', start: 2, end: 4, g: 0}], r => r.g).lanes.get('a')"
        )
        == 0
    )


def test_pieces_hold_every_word_of_a_turn_and_long_turns_are_parted_between_words(blank: Any) -> None:
    long = "Well 😀 then. " * 700
    text = f"A heading\nAmy: {long.strip()}\n[pause]\nLee: No."
    turns = [
        {"start": text.index("Well"), "end": text.index("\n[pause]")},
        {"start": text.index("No."), "end": len(text)},
    ]
    in_units = [{name: len(text[:at].encode("utf-16-le")) // 2 for name, at in turn.items()} for turn in turns]
    found = blank.evaluate(
        "([text, turns]) => piecesOf(text, turns).map(p => [text.slice(p.start, p.end), p.turn, p.line])",
        [text, in_units],
    )
    assert "".join(words for words, turn, _ in found if turn == 0) == long.strip()
    assert max(len(words) for words, _, _ in found) <= 1200
    assert [(words, turn) for words, turn, _ in found if turn != 0] == [
        ("A heading", None),
        ("[pause]", None),
        ("No.", 1),
    ]
    assert found[-1][2] == 4


def test_a_code_is_found_by_id_name_or_meaning_and_retired_ones_are_not(blank: Any) -> None:
    codes = [
        {"id": "M09", "name": "Second thoughts", "definition": "A person weighs it up.", "offered": True},
        {"id": "A11→M09", "name": "Session → Second thoughts", "definition": "", "offered": True},
        {"id": "M01", "name": "Trust", "definition": "", "offered": True},
        {"id": "M02", "name": "Trusting", "definition": "", "offered": False},
    ]
    find = "([codes, typed, recent]) => found(codes, typed, recent).map(c => c.id)"
    assert blank.evaluate(find, [codes, "m09", []]) == ["M09", "A11→M09"]
    assert blank.evaluate(find, [codes, "a11->", []]) == ["A11→M09"]
    assert blank.evaluate(find, [codes, "weighs", []]) == ["M09"]
    assert blank.evaluate(find, [codes, "trust", []]) == ["M01"]
    assert blank.evaluate(find, [codes, "", ["M01"]])[0] == "M01"


@pytest.mark.parametrize("ground", ["#ffffff", "#111111", "rgb(30, 30, 30)"])
def test_a_stripe_stands_off_its_ground(blank: Any, ground: str) -> None:
    for colour in ("#ffffff", "#000000", "#FFFF00", "#0000ff", "#8a8a8a", "#4163FB"):
        assert blank.evaluate("([c, g]) => contrast(readable(c, g), g)", [colour, ground]) >= 3


def test_turns_where_finished_coders_differ_are_found_and_those_without_an_own_coding(blank: Any) -> None:
    turns = [{"start": n * 10, "end": n * 10 + 9, "role": "officer" if n else "interviewer"} for n in range(4)]
    names = ("coder", "code", "stance", "start", "end")
    rows = [
        ("ana", "M09", None, 11, 13), ("ben", "M09", None, 15, 18), ("ana", "M09", "supports", 21, 23),
        ("ben", "M09", "contradicts", 21, 23), ("cy", "M01", None, 31, 33),
    ]  # fmt: skip
    codings = [dict(zip(names, row, strict=True)) for row in rows]
    differ = "([t, c, f]) => disagreements(t, c, 'ana', f).map(x => x.start)"
    assert blank.evaluate(differ, [turns, codings, ["ana", "ben"]]) == [20]
    assert blank.evaluate(differ, [turns, codings, ["ana", "ben", "cy"]]) == [10, 20, 30]
    asked = [*codings, dict(zip(names, ("ben", "M09", None, 1, 3), strict=True))]  # what an interviewer says
    assert blank.evaluate(differ, [turns, asked, ["ana", "ben"]]) == [20]
    assert blank.evaluate("([t, c]) => uncodedTurns(t, c, 'ana').map(x => x.start)", [turns, codings]) == [30]


def test_an_interview_is_coded_by_mouse_and_by_keyboard_and_a_second_tab_sees_it(study: Study, tmp_path: Path) -> None:
    browser_path()
    with lab(tmp_path, [_cell(study)]) as address, page(address) as opened:
        run_all(opened)
        screen = Screen(opened)
        _by_mouse(screen, study)
        _by_keyboard(screen, study)
        _suggestion(screen, study)
        cells = opened.locator(".jp-Cell").count()
        other = opened.context.new_page()
        other.goto(address)
        other.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", state="attached")
        run_all(other)
        second = Screen(other)
        second.told("Open")
        second.drag("no time", "honest")
        second.code("M04")
        assert ["M04", "no time, if I am honest"] in _codings(study)
        opened.bring_to_front()
        screen.told("1 change from elsewhere")
        assert opened.locator(".wb-label b", has_text="M04").count() == 1
        assert opened.locator(".jp-Cell").count() == cells  # JupyterLab's own keys stayed quiet


def _turn(study: Study, words: str) -> int:
    """Return the number of the turn in which words begin."""
    at, turns = study.store.text(DOCUMENT).index(words), study.store.turns()
    here = turns[(turns["document"] == DOCUMENT) & (turns["start"] <= at) & (at < turns["end"])]
    return int(here["turn"].iloc[0])


def _by_mouse(screen: Screen, study: Study) -> None:
    screen.drag("sergeant 😀", "talk is")
    screen.code("M07")
    assert _codings(study) == [["M07", "sergeant 😀, who said cafe\u0301 talk is"]]
    screen.page.mouse.dblclick(*screen.at("shouted"))
    screen.press("l")
    screen.page.wait_for_function(
        "document.querySelectorAll('.wb-label').length === 3"
    )  # two codings and the suggestion
    assert _codings(study)[1] == ["M07", "shouted"]
    assert screen.heading() == f"Selection, turn {_turn(study, 'shouted')}"
    screen.press("Control+Home")
    assert screen.heading() == "Selection"
    screen.drag("easy to", "And you")  # across turns
    assert screen.heading() == f"Selection, turns {_turn(study, 'easy to')} to {_turn(study, 'And you')}"
    screen.code("C04")
    text = study.store.text(DOCUMENT)
    assert _codings(study)[1] == ["C04", text[text.index("easy to") : text.index("And you") + len("And you")]]
    screen.press("u")
    screen.told("Undone: coding")
    assert len(_codings(study)) == 2


def _by_keyboard(screen: Screen, study: Study) -> None:
    screen.press("Control+Home", *["Control+ArrowDown"] * 3, *["Shift+ArrowRight"] * 4)
    screen.code("M09")
    assert _codings(study)[1][1] == "It made me think"
    screen.press("x")
    screen.told("M09: contradicts")
    screen.press("m")
    screen.page.keyboard.type("said 😀 twice")
    screen.press("Control+Enter")
    screen.told("Memo on M09")
    row = study.store.codings(coder="ana").set_index("code").loc["M09"]
    assert (row["stance"], row["memo"]) == ("contradicts", "said 😀 twice")
    screen.press("]", "Shift+ArrowRight", "Enter")
    screen.told("Boundaries of M09 changed")
    assert _codings(study)[1] == ["M09", "It made me think twice"]
    screen.press("Control+z")
    screen.told("Undone")
    assert _codings(study)[1] == ["M09", "It made me think"]
    screen.press("Control+y")
    screen.told("Done again")
    assert _codings(study)[1] == ["M09", "It made me think twice"]
    screen.press("C")
    screen.page.keyboard.type("M08")
    screen.press("Enter")
    screen.told("Changed: M08")
    screen.press("Delete")
    screen.told("M08 taken away")
    assert _codings(study) == [["M07", "sergeant 😀, who said cafe\u0301 talk is"], ["M07", "shouted"]]


def _suggestion(screen: Screen, study: Study) -> None:
    screen.press("n", "a")
    screen.told("Accepted: M09")
    assert ["M09", "think twice"] in _codings(study)
    assert screen.page.locator(".wb-label.wb-suggested").count() == 0


def test_after_the_kernel_was_killed_the_screen_says_so_and_what_was_confirmed_is_there(
    study: Study, tmp_path: Path
) -> None:
    browser_path()
    with lab(tmp_path, [_cell(study)]) as address, page(address) as opened:
        run_all(opened)
        screen = Screen(opened)
        screen.drag(" shouted", "at me")
        screen.code("M07")
        opened.keyboard.press("m")
        opened.keyboard.type("half a mem")
        os.kill(int((tmp_path / "kernel").read_text()), signal.SIGKILL)
        opened.wait_for_selector(".wb-stopped:not([hidden])")
        assert (
            "everything confirmed is in the store. Run the cell again"
            in opened.locator(".wb-stopped").first.inner_text()
        )
        assert opened.locator(".wb-panel textarea").input_value() == "half a mem"
        opened.keyboard.press("Escape")
        opened.keyboard.press("l")
        screen.told("Not done")
        assert _codings(study) == [["M07", "shouted at me"]]
        opened.locator(".jp-Notebook .jp-CodeCell .cm-content").click()
        opened.keyboard.press("Control+Enter")
        opened.wait_for_function(
            "[...document.querySelectorAll('.wb-label b')].some(e => e.textContent === 'M07')"
            " && ![...document.querySelectorAll('.wb-stopped')].some(e => !e.hidden)"
        )


def test_no_key_of_jupyterlab_is_heard_inside_the_desk_but_the_one_that_saves(study: Study, tmp_path: Path) -> None:
    browser_path()
    with lab(tmp_path, [_cell(study)]) as address, page(address) as opened:
        run_all(opened)
        screen = Screen(opened)
        screen.drag("shouted", "at me")
        screen.code("M07")
        places = (".wb-text", "[data-act=help]", ".wb-coders input", ".wb-panel [aria-label=Stance] button")
        for place in places:
            opened.locator(place).first.focus()
            screen.press("j", "k", "0", "0", "i", "i", "d", "d", "z", "Shift+M", "Control+Shift+C", "Control+b")
            _stays(opened)
            opened.locator(".wb-text").focus()
            screen.press("Escape")
            opened.locator(".wb-label b", has_text="M07").first.click()
        screen.press("c", "d", "d", "0", "0", "j")
        assert opened.locator(".wb-palette input").input_value() == "dd00j"
        _stays(opened)
        screen.press("Escape", "/", "d", "d", "0", "0")
        _stays(opened)
        screen.press("Escape")
        opened.locator(".wb-coders input").first.press("Space")
        assert opened.locator(".wb-coders input").first.evaluate("box => box === document.activeElement")
        opened.locator(".wb-coders input").first.press("Space")
        _saves(screen, study, tmp_path / "notebook.ipynb")


def _stays(opened: Any) -> None:
    assert opened.evaluate("Boolean(document.activeElement.closest('.wb-coder, .wb-names'))")
    assert opened.locator(".jp-Dialog").count() == 0
    assert (opened.locator(".jp-Cell").count(), opened.locator(".wb-coder").count()) == (1, 1)
    assert opened.locator("#modal-command-palette:visible").count() == 0


def _saves(screen: Screen, study: Study, notebook: Path) -> None:
    opened = screen.page
    opened.locator(".wb-label b", has_text="M07").first.click()
    screen.press("m")
    opened.keyboard.type("twice")
    assert not json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]["outputs"]
    screen.press("Control+s")
    screen.told("Memo on M07")
    assert study.store.codings(coder="ana")["memo"].tolist() == ["twice"]
    limit = time.monotonic() + 20
    while not json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]["outputs"]:
        assert time.monotonic() < limit, "the notebook was not saved"
        time.sleep(0.2)
    assert opened.locator(".wb-panel textarea").evaluate("field => field === document.activeElement")
    opened.locator(".wb-text").focus()
    before = notebook.stat().st_mtime_ns
    screen.press("Control+s")
    while notebook.stat().st_mtime_ns == before:
        assert time.monotonic() < limit, "the notebook was not saved from the transcript"
        time.sleep(0.2)


def test_a_focus_group_of_40_000_words_draws_only_what_is_seen(tmp_path: Path) -> None:
    browser_path()
    words = [f"word{n} 😀" if n % 50 == 0 else f"word{n}" for n in range(40_000)]
    talk = [
        (("Int", "interviewer") if n % 7 == 0 else (f"P{n % 5}", "service_user"), words[n * 32 : n * 32 + 32])
        for n in range(1250)
    ]
    study = _study(tmp_path, {DOCUMENT: [(*who, " ".join(said) + ".") for who, said in talk]})
    turns = study.store.turns().head(1250)
    study.store.code_many(
        {"document": DOCUMENT, "start": int(row.start), "end": int(row.start) + 9, "code": "M09", "coder": coder}
        for row in turns.itertuples() for coder in ("ana", "ben")
    )  # fmt: skip
    with lab(tmp_path, [_cell(study)]) as address, page(address) as opened:
        run_all(opened)
        screen = Screen(opened)
        most = opened.evaluate(
            """async () => { const text = document.querySelector('.wb-text'); let most = 0;
              for (let step = 0; step < 60; step += 1) { text.scrollTop = step / 59 * text.scrollHeight;
                await new Promise(requestAnimationFrame);
                most = Math.max(most, document.querySelectorAll('.wb-piece').length); }
              return [most, text.scrollHeight / text.clientHeight]; }"""
        )
        assert most[0] < 60
        assert most[1] > 100
        opened.locator(".wb-text").focus()
        screen.press("/")
        opened.keyboard.type("word35555")
        screen.press("Enter", "Escape")
        screen.drag("word35555", "word35557")
        screen.code("M07")
        table = study.store.codings(coder="ana")
        assert table.loc[table["code"] == "M07", "quote"].tolist() == ["word35555 word35556 word35557"]
        before = opened.locator(".wb-text").evaluate("text => text.scrollTop")
        time.sleep(0.3)
        assert abs(opened.locator(".wb-text").evaluate("text => text.scrollTop") - before) < 2


def test_blind_until_finished(study: Study, tmp_path: Path) -> None:
    browser_path()
    start = study.store.text(DOCUMENT).index("shouted")
    study.store.code_many(
        [{"document": DOCUMENT, "start": start, "end": start + 7, "code": "M07", "coder": "benedict"}]
    )
    with lab(tmp_path, [_cell(study, more=", blind=True")]) as address, page(address) as opened:
        frames: list[str] = []
        opened.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(str(data))))
        opened.reload()
        opened.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", state="attached")
        run_all(opened)
        screen = Screen(opened)
        assert "Blind" in opened.locator(".wb-facts").inner_text()
        assert any("shouted" in frame for frame in frames)
        assert not any("benedict" in frame for frame in frames)
        opened.get_by_role("button", name="I have finished").click()
        screen.told("Not finished yet. Finishing shows what others coded")
        opened.locator(".wb-text").focus()
        screen.press("Escape")  # thought better of it
        opened.wait_for_function(
            "[...document.querySelectorAll('.wb-coder button')].some(e => e.textContent === 'I have finished')"
        )
        opened.get_by_role("button", name="I have finished").click()
        assert not any("benedict" in frame for frame in frames)
        opened.get_by_role("button", name="I have finished: show what others coded").click()
        screen.told("is finished")
        opened.wait_for_selector(".wb-label.wb-theirs")
        opened.get_by_role("button", name="Finished: take it back").click()
        screen.told("This reading is no longer blind")
        assert "No longer blind" in opened.locator(".wb-facts").inner_text()
        assert opened.locator(".wb-label.wb-theirs").count() == 0
        saved = json.loads((tmp_path / "notebook.ipynb").read_text(encoding="utf-8"))
        assert "shouted" not in json.dumps(saved)
