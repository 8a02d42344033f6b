"""The review of names: what a person decides on screen is in the register before the row goes."""

from pathlib import Path

import pytest
from lab import browser_path, lab, page, run_all

from workbench.errors import InputError
from workbench.notebook import NameReview
from workbench.pseudonymisation import find
from workbench.study import Study, new_study, open_study
from workbench.study.searched import note_searched

TALK = """FICTIONAL TRANSCRIPT
INT: Who told you about it?
P01: A navigator called Sarah Jones rang me. Sarah's lovely, she knows 😀 everyone.
INT: And before that?
P01: PC Miller, my number is 07700 900123. I was in Kingsbourne then, with my mate Gaz.
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A fictional study whose names wait for a person."""
    folder = new_study(tmp_path / "study", as_of="2023-03-31", keys="../key", fictional=True)
    (folder / "transcripts" / "du-user-01.txt").write_text(TALK, encoding="utf-8")
    made = open_study(folder)
    find(made.raw_corpus, made.register, model=None)
    made.register.add("Kingsbourne", "place", by="Ana")
    made.register.save()
    note_searched(made, "lists")
    made.take_in()
    return made


def _decisions(study: Study) -> dict[str, str]:
    return {entry.form: entry.decision for entry in open_study(study.path).register.entries}


def test_each_decision_is_on_disk_before_the_row_goes(study: Study) -> None:
    review = NameReview(study, by="Ana")
    waits = {row["form"]: row["id"] for row in review.rows}
    assert {"Sarah Jones", "Sarah", "07700 900123"} <= set(waits)
    assert "Kingsbourne" not in waits
    review.decide({"act": "accept", "ids": [waits["Sarah Jones"]]})
    review.decide({"act": "reject", "ids": [waits["Sarah"]]})
    assert _decisions(study)["Sarah Jones"] == "accepted"
    assert _decisions(study)["Sarah"] == "rejected"
    assert {row["form"] for row in review.rows} == set(waits) - {"Sarah Jones", "Sarah"}
    assert review.told == f"Saved. {len(waits) - 2} wait."


def test_a_name_that_was_not_found_is_added_and_a_mistake_is_told(study: Study) -> None:
    review = NameReview(study, by="Ana")
    review.decide({"act": "add", "form": "Gaz", "kind": "person", "pseudonym": ""})
    assert _decisions(study)["Gaz"] == "accepted"
    before = list(review.rows)
    review.decide({"act": "add", "form": "Gaz", "kind": "persn", "pseudonym": ""})
    assert "'persn' is not known" in review.told
    review.decide({"act": "burn"})
    assert "nothing that can be done here" in review.told
    assert review.rows == before


def test_a_transcript_is_reviewed_when_nothing_in_it_waits(study: Study) -> None:
    review = NameReview(study, by="Ana")
    review.decide({"act": "done", "document": "du-user-01"})
    assert "forms in it wait for a decision" in review.told
    assert study.store.reviewed() == set()
    review.decide({"act": "accept", "ids": [row["id"] for row in review.rows]})
    review.decide({"act": "done", "document": "du-user-01"})
    assert review.told == "du-user-01 is reviewed. 0 wait."
    assert study.store.reviewed() == {"du-user-01"}


def test_a_review_needs_somebody(study: Study) -> None:
    with pytest.raises(InputError, match="the name of who decides"):
        NameReview(study, by=" ")


@pytest.mark.xdist_group("demo")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_in_the_browser_names_are_decided_by_mouse_and_by_keyboard(study: Study, tmp_path: Path) -> None:
    browser_path()
    cells = [
        f"import workbench as wb\nreview = wb.NameReview(wb.open_study({str(study.path)!r}), by='Ana')\nreview",
    ]
    waiting = [row["form"] for row in NameReview(study, by="Ana").rows]
    with lab(tmp_path, cells) as address, page(address) as opened:
        run_all(opened)
        rows = opened.locator(".wb-names li")
        opened.wait_for_selector(".wb-names li")
        assert [each.strip() for each in rows.locator("strong").all_inner_texts()] == waiting
        rows.nth(0).get_by_role("button", name="Hide").click()
        opened.wait_for_function(f"document.querySelectorAll('.wb-names li').length === {len(waiting) - 1}")
        before = opened.locator(".jp-Cell").count()
        for place in (rows.nth(0), rows.nth(0).get_by_role("button", name="Show"), opened.locator(".wb-add select")):
            place.focus()
            for key in ("d", "d", "0", "0", "j", "k", "i", "i", "Shift+M"):
                opened.keyboard.press(key)
            assert opened.evaluate("Boolean(document.activeElement.closest('.wb-names'))")
            assert (opened.locator(".jp-Dialog").count(), opened.locator(".jp-Cell").count()) == (0, before)
        rows.nth(0).focus()
        for gone, key in ((2, "r"), (3, "a")):
            opened.keyboard.press(key)
            opened.wait_for_function(f"document.querySelectorAll('.wb-names li').length === {len(waiting) - gone}")
        assert _decisions(study)[waiting[0]] == "accepted"
        assert _decisions(study)[waiting[1]] == "rejected"
        assert _decisions(study)[waiting[2]] == "accepted"
        assert opened.locator(".jp-Cell").count() == before  # JupyterLab's own keys stayed quiet
        opened.screenshot(path=str(tmp_path / "review.png"))
