"""Summaries beside their passages in a real browser: saved, kept through a dead kernel, never silently replaced."""

from pathlib import Path

import pytest
from lab import browser_path, lab, page, run_all

from workbench.corpus.span import Span
from workbench.exchange.matrix import write_matrix
from workbench.exchange.matrix_take_in import take_in_matrix
from workbench.study import Study, new_study, open_study
from workbench.theory_testing.framework import framework_matrix

TALK = """FICTIONAL TRANSCRIPT
INT: What happened then?
P01: She was lovely 😀, and she rang me the next morning. It made me think twice 😀 about it.
INT: And after that?
P01: Well, nobody called back for weeks. My mate went too.
"""
ONE, TWO = "du-user-01", "du-user-02"
LEE, KIM = f"{ONE}:P01", f"{TWO}:P01"
HANGS = "import time\nfrom pathlib import Path\nwhile Path('hang').exists():\n    time.sleep(0.2)"
TOLD = "document.querySelector('.wb-matrix .wb-told')?.innerText.startsWith({!r})"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    folder = new_study(tmp_path / "study", as_of="2023-03-31", fictional=True)
    for name in (ONE, TWO):
        (folder / "transcripts" / f"{name}.txt").write_text(TALK, encoding="utf-8")
    (folder / "transcripts" / "metadata.csv").write_text(
        f"document,scheme,role\n{ONE},durham,service_user\n{TWO},durham,service_user\n", encoding="utf-8"
    )
    made = open_study(folder)
    made.take_in()
    for at in (ONE, TWO):
        start = made.store.text(at).index("It made me think")
        made.store.code(Span(at, start, start + 25), "M09", coder="ana", stance="supports")
    start = made.store.text(ONE).index("nobody called back")
    made.store.code(Span(ONE, start, start + 18), "M12", coder="ana", stance="contradicts")
    return made


def cells(study: Study) -> list[str]:
    return [f"import workbench as wb\nwb.Matrix(wb.open_study({str(study.path)!r}), coder='Kim')", HANGS]


def summaries(study: Study) -> dict[tuple[str, str], str]:
    table = open_study(study.path).store.summaries()
    return {(row.element, row.case): row.text for row in table.itertuples()}


@pytest.mark.xdist_group("demo")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_in_the_browser_the_keyboard_alone_writes_saves_and_goes_on(study: Study, tmp_path: Path) -> None:
    browser_path()
    with lab(tmp_path, cells(study)) as address, page(address) as opened:
        run_all(opened)
        opened.wait_for_selector(".wb-matrix .wb-cell")
        cells_before = opened.locator(".jp-Cell").count()
        first = opened.locator(".wb-matrix .wb-cell").nth(0)
        assert "It made me think twice 😀" in first.locator(".wb-passages").inner_text()
        first.focus()
        opened.keyboard.press("Enter")
        opened.keyboard.type("Thinks twice, dd 00 n p [ ] 😀")
        opened.keyboard.press("Enter")
        opened.keyboard.type("second line")
        opened.keyboard.press("Control+Enter")
        opened.wait_for_function(TOLD.format(f"Saved: M09 × {LEE}"))
        assert summaries(study) == {("M09", LEE): "Thinks twice, dd 00 n p [ ] 😀\nsecond line"}
        assert "Saved by Kim" in first.locator(".wb-state").inner_text()

        opened.keyboard.press("Escape")
        opened.keyboard.press("n")
        opened.keyboard.press("e")
        opened.keyboard.type("left by Escape")
        opened.keyboard.press("Escape")
        opened.wait_for_function(TOLD.format(f"Saved: M09 × {KIM}"))
        opened.keyboard.press("]")
        opened.wait_for_function("document.querySelector('.wb-matrix .wb-focus').value !== 'M09'")
        opened.keyboard.press("[")
        opened.wait_for_function("document.querySelector('.wb-matrix .wb-focus').value === 'M09'")
        assert opened.locator(".wb-matrix textarea").nth(1).input_value() == "left by Escape"
        for key in ("d", "d", "0", "0", "a", "b", "z", "Shift+M"):
            opened.keyboard.press(key)
        assert opened.locator(".jp-Cell").count() == cells_before
        assert opened.locator(".jp-Dialog").count() == 0

        opened.locator(".wb-matrix [data-at=across]").select_option("case")
        opened.wait_for_function("document.querySelectorAll('.wb-matrix h4')[1]?.innerText.startsWith('M12')")
        assert opened.locator(".wb-matrix textarea").nth(0).input_value().startswith("Thinks twice")


@pytest.mark.xdist_group("demo")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_in_the_browser_another_s_summary_is_shown_beside_one_s_own(study: Study, tmp_path: Path) -> None:
    browser_path()
    with lab(tmp_path, cells(study)) as address, page(address) as opened:
        run_all(opened)
        opened.wait_for_selector(".wb-matrix .wb-cell")
        first = opened.locator(".wb-matrix .wb-cell").nth(0)
        first.locator("textarea").focus()
        opened.keyboard.type("mine")
        open_study(study.path).store.summarise("M09", LEE, "theirs", by="ben")
        opened.wait_for_selector(".wb-matrix .wb-clash blockquote")  # comes by itself, while one writes
        assert first.locator(".wb-clash blockquote").inner_text() == "theirs"
        assert opened.evaluate("document.activeElement.tagName") == "TEXTAREA"
        opened.keyboard.type(" too")
        opened.keyboard.press("Control+Enter")
        opened.keyboard.press("Escape")  # leaving it does not save it either
        opened.wait_for_timeout(500)
        assert summaries(study) == {("M09", LEE): "theirs"}
        first.get_by_role("button", name="Mine stands").click()
        opened.wait_for_function(TOLD.format("Saved"))
        assert summaries(study) == {("M09", LEE): "mine too"}
        assert not first.locator(".wb-clash").is_visible()

        first.locator("textarea").fill("mine again")
        open_study(study.path).store.summarise("M09", LEE, "theirs again", by="ben")
        first.locator("textarea").press("Control+Enter")  # before the screen has looked
        opened.wait_for_function(TOLD.format("ben changed it meanwhile"))
        first.get_by_role("button", name="Theirs stands").click()
        assert first.locator("textarea").input_value() == "theirs again"
        assert summaries(study) == {("M09", LEE): "theirs again"}


@pytest.mark.xdist_group("demo")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_in_the_browser_what_was_written_outlives_the_kernel(study: Study, tmp_path: Path) -> None:
    browser_path()
    with lab(tmp_path, cells(study)) as address, page(address) as opened:
        run_all(opened)
        opened.wait_for_selector(".wb-matrix .wb-cell")
        (tmp_path / "hang").touch()
        opened.locator(".jp-CodeCell .cm-content").nth(1).focus()
        opened.keyboard.press("Control+Enter")
        first = opened.locator(".wb-matrix .wb-cell").nth(0)
        first.locator("textarea").focus()
        opened.keyboard.type("an afternoon's thought")
        opened.keyboard.press("Control+Enter")
        opened.wait_for_function(TOLD.format("No answer from the notebook"))
        assert "Not saved: the kernel does not answer" in first.locator(".wb-state").inner_text()
        assert summaries(study) == {}

        opened.get_by_role("menuitem", name="Kernel", exact=True).click()
        opened.get_by_text("Restart Kernel and Run All Cells…").click()
        opened.locator(".jp-Dialog .jp-mod-accept").click()
        opened.wait_for_function(TOLD.format("M09: 0 of 2"))
        (tmp_path / "hang").unlink()  # not before: the save that waits in the old kernel's queue would be done
        first = opened.locator(".wb-matrix .wb-cell").nth(0)
        assert first.locator("textarea").input_value() == "an afternoon's thought"
        assert "Not saved yet" in first.locator(".wb-state").inner_text()
        first.get_by_role("button", name="Save (Ctrl+Enter)").click()
        opened.wait_for_function(TOLD.format("Saved"))
        assert summaries(study) == {("M09", LEE): "an afternoon's thought"}


def test_a_matrix_goes_out_as_a_workbook_and_comes_back(study: Study, tmp_path: Path) -> None:
    study.store.summarise("M09", LEE, "=Thinks twice 😀\nhe says", by="ana")
    made = framework_matrix(study.theory, study.store, codebook=study.codebook)
    told = write_matrix(made, tmp_path / "matrix.xlsx")
    assert "STAYS INSIDE" in told[0]
    before = study.store.latest()
    assert take_in_matrix(tmp_path / "matrix.xlsx", made, study.store, by="kim").empty
    assert study.store.latest() == before
