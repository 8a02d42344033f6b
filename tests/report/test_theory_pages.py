"""Pages on the theory: facts beside a verdict, cases against, what would move it, configurations, the matrix."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pandas as pd
import pytest

from tests.report.conftest import LINK, LINK_NAMES, PHONE, WEIGHED, negative_case, part_of, quoting_of
from workbench.finding import Finding
from workbench.report import write_release
from workbench.report.cases_against import cases_against
from workbench.report.change_our_mind import change_our_mind
from workbench.report.configurations import configurations
from workbench.report.evidence import talk_on_links
from workbench.report.link_facts import facts
from workbench.report.matrix import framework_page
from workbench.report.places import ELSEWHERE, Places
from workbench.report.quotes import Quoting, written
from workbench.report.released_theory import on_theory
from workbench.study import Study, open_study
from workbench.theory_testing.framework import Axis, framework_matrix


def _shown(study: Study, *cases: dict[str, Any], quoting: Quoting | None = None) -> str:
    return cases_against(pd.DataFrame(cases), talk_on_links(study), quoting or quoting_of(study), LINK_NAMES)


class TestFacts:
    def test_each_question_of_a_sceptic_has_its_line(self) -> None:
        told = facts(WEIGHED).splitlines()

        assert [line.split(":**")[0].removeprefix("- **") for line in told] == [
            "If left out", "Asked, and silent", "Independent of each other", "Passages against", "Hearsay", "Records",
            "Written down beforehand", "Agreement of coders", "Saturation",
        ]  # fmt: skip

    def test_the_words_hold_the_numbers(self) -> None:
        told = facts(WEIGHED)

        assert "2 of 9 change the verdict (without all hearsay: untested)." in told
        assert "2 people of 6 who could have spoken to it." in told
        assert "1 in all, 1 without an agreed disposition; 1 person with a rival explanation." in told
        assert "1 January 2024, before its first coding." in told
        assert "alpha 0.71" in told

    def test_what_was_registered_late_or_never_says_so(self) -> None:
        assert "not before its first coding" in facts({**WEIGHED, "registered_before": False})
        assert "as it is written now, was not registered" in facts({**WEIGHED, "registered": None})

    def test_a_verdict_that_nothing_moves_says_so(self) -> None:
        assert "(9 in all) never changes the verdict." in facts({**WEIGHED, "flips": 0})

    def test_a_finding_from_before_these_columns_has_no_empty_lines(self) -> None:
        assert facts({"link": LINK, "status": "untested", "n": 0, "note": "x"}) == ""


class TestCasesAgainst:
    def test_those_that_wait_come_first(self, study: Study) -> None:
        done = negative_case(study, "in one ear", disposition="limits", by="ben", why="ben: Only in the evening.")
        text = _shown(study, done, negative_case(study, "opened their eyes"))

        assert text.index("Waiting for a disposition") < text.index("opened their eyes")
        assert text.index("opened their eyes") < text.index("With a disposition") < text.index("in one ear")
        assert "**Limits:** limits where or for whom the link holds. ben: Only in the evening." in text

    def test_a_case_is_not_cut(self, study: Study) -> None:
        case = negative_case(study, "in one ear")
        long = {**case, "quote": "so " * 400 + "the end"}

        assert "the end" in _shown(study, long)

    def test_words_that_the_gate_refuses_leave_a_line_and_are_counted(self, study: Study) -> None:
        text = _shown(study, negative_case(study, PHONE))

        assert PHONE not in text
        assert "[not shown: holds a raw identifier: phone" in text.replace("\\", "")
        assert "Words of 1 case are not shown" in text

    def test_a_reason_is_masked_and_held_back_like_a_quote(self, study: Study) -> None:
        named = _shown(
            study, negative_case(study, "in one ear", disposition="error", by="ben", why="It was Cem who said it.")
        )
        told = _shown(study, negative_case(study, "in one ear", disposition="error", by="ben", why="His mother died."))
        ringing = _shown(study, negative_case(study, "in one ear", disposition="error", by="ben", why=f"Ring {PHONE}."))

        assert "Cem" not in named
        assert r"It was \[name\] who said it." in named
        assert "mother" not in told
        assert PHONE not in ringing
        assert "The reason is not shown here." in told
        assert "The reason is not shown here." in ringing

    def test_a_reason_does_not_leave_where_the_quote_may_not(self, study: Study) -> None:
        quoting = quoting_of(study, permission=lambda _row: ("no consent to quotation", ""))
        text = _shown(
            study, negative_case(study, "in one ear", disposition="rival", by="ben", why="Lungs."), quoting=quoting
        )

        assert "Lungs" not in text
        assert "no consent to quotation" in text

    def test_a_speaker_of_a_small_group_is_not_told_by_role_and_scheme(self, study: Study) -> None:
        text = _shown(study, negative_case(study, "opened their eyes"))  # Fay is the one officer

        assert "officer" not in text.casefold()

    def test_a_quote_on_two_pages_is_decided_on_once(self, study: Study) -> None:
        quoting = quoting_of(study)
        _shown(study, negative_case(study, "in one ear"), quoting=quoting)
        _shown(study, negative_case(study, "in one ear"), quoting=quoting)

        assert [entry.kind for entry in quoting.gate.entries] == ["quote"]

    def test_no_case_is_said_in_words(self, study: Study) -> None:
        assert cases_against(pd.DataFrame(), talk_on_links(study), quoting_of(study), LINK_NAMES).startswith(
            "No passage speaks against"
        )


def test_what_would_move_a_verdict_stands_under_its_link_and_the_silent_ones_together() -> None:
    minds = pd.DataFrame(
        [
            {
                "link": LINK,
                "status": "contested",
                "note": "One more.",
                "expects": "They say so.",
                "breaks": "Not",
                "n": 1,
            },
            {"link": "X→Y", "status": "untested", "note": "Three people.", "expects": "", "breaks": None, "n": 3},
            {"link": "Y→Z", "status": "untested", "note": "Three people.", "expects": "", "breaks": None, "n": 3},
        ]
    )
    text = change_our_mind(minds, pd.DataFrame([WEIGHED]), LINK_NAMES, [LINK])

    assert "- **What moves it when left out:** without all hearsay: untested" in text
    assert "- **What would move it:** One more." in text
    assert "[The evidence](05-theory-evidence.qmd#link-a11-m09)" in text
    assert text.count("Three people.") == 1
    assert "## 2 links that nobody spoke of" in text


def test_a_configuration_shows_people_by_part_and_scheme() -> None:
    rows = pd.DataFrame([part_of("a", 2), {**part_of("a", 2), "part": "outcome", "n": 1, "against": 1}])
    text = configurations(rows, LINK_NAMES, "")

    assert "### CMO1 Short course" in text
    assert "a (of 4)" in text
    assert "| Outcome" in text
    assert configurations(rows[:0], LINK_NAMES, "").startswith("The theory names no configuration")


@pytest.fixture(scope="module")
def matrix(study: Study, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("matrix")
    copytree(study.path, folder / "study")
    own = open_study(folder / "study")
    own.take_in()
    for case, text in (
        ("scheme:west-midlands", "Cem thinks of lungs; others too."),
        ("scheme:durham", "Woken up, all two of them."),
        ("document:du-user", "She woke up."),
    ):
        own.store.summarise(LINK, case, text, by="anna")
    own.store.summarise("M09", "scheme:west-midlands", f"Ring {PHONE}.", by="anna")
    sea = Places(labels={"west-midlands": "West Midlands", "durham": ELSEWHERE})
    quoting = quoting_of(own, places=sea)
    axes: tuple[Axis, ...] = ("scheme", "person")
    matrices = {str(by): framework_matrix(own.theory, own.store, by=by) for by in axes}
    counts = on_theory(matrices["scheme"], quoting.talk, quoting.aliases)
    return framework_page(own, counts.table, matrices, quoting, LINK_NAMES)


class TestMatrix:
    def test_a_summary_stands_under_its_scheme_with_names_masked(self, matrix: str) -> None:
        assert r"\[name\] thinks of lungs; others too." in matrix
        assert "Cem" not in matrix

    def test_what_would_lead_to_few_people_is_left_out_and_counted(self, matrix: str) -> None:
        assert "all two of them" not in matrix
        assert "She woke up" not in matrix
        assert PHONE not in matrix
        assert "1 written summary can be shown. 3 are left out:" in matrix

    def test_a_summary_of_an_unreviewed_transcript_does_not_leave(self, study: Study) -> None:
        quoting = quoting_of(study)

        assert written("Fine.", "summary", quoting, withheld="nobody has reviewed it") is None
        assert quoting.gate.entries[-1].reasons == ("nobody has reviewed it",)


def test_what_was_not_made_is_said_in_words(study: Study, findings: dict[str, Finding], tmp_path: Path) -> None:
    write_release(study, {"corpus": findings["corpus"]}, tmp_path)
    read: Callable[[str], str] = lambda name: (tmp_path / "fragments" / f"{name}.md").read_text(encoding="utf-8")  # noqa: E731

    assert "codebooks/tracing.yaml" in read("lens-tracing")
    assert "there is no framework matrix" in read("framework")
    assert "there is no evidence on links" in read("theory-evidence")
