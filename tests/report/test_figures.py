"""What the figures draw: marks, ticks, breaks, and words that stay legible."""

from math import dist
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.text import Text

from workbench.definitions import shipped
from workbench.fidelity.rows import UNFINISHED
from workbench.finding import Finding
from workbench.report.figures import Told, draw_drift, draw_fidelity, draw_gaps, draw_theory, save
from workbench.report.figures.drift import by_month
from workbench.report.figures.gaps import marks
from workbench.report.figures.theory import WIDTH
from workbench.report.wording import Names
from workbench.theory import Theory, read_theory

PRINTED = (21.0 - 2 * 2.2) / 2.54
"""Inches of text across an A4 page of the report."""


@pytest.fixture(scope="module")
def theory() -> Theory:
    return read_theory(next(path for path in shipped("codebooks/diversion").glob("theory*.yaml")))


def month(period: str, value: float | None, not_due: int | None = 0, note: str = "") -> dict[str, object]:
    return {
        "component": "R1", "period": period, "value": value, "low": value and value - 0.1,
        "high": value and value + 0.1, "not_due": not_due, "note": note,
    }  # fmt: skip


MONTHS = pd.DataFrame(
    [
        month("2022-01", 0.6),
        month("2022-02", None, None, "withheld: a count behind it is from 1 to 9"),
        month("2022-04", 0.7),
        month("2022-05", 0.8),
        month("2022-06", 1.0, None, UNFINISHED),
        month("2022-07", None, None, "withheld: a count behind it is from 1 to 9"),
        month("2022-08", None, 40),
    ]
).astype({"not_due": "Int64"})
EVERY = [f"2022-0{number}" for number in range(1, 9)]


def test_the_line_stops_where_cases_are_not_yet_due_and_breaks_at_withheld_and_absent_months() -> None:
    line = by_month(MONTHS, EVERY)

    assert line["value"].round(1).astype(object).where(line["value"].notna(), None).tolist() == [
        0.6, None, None, 0.7, 0.8, None, None, None,
    ]  # fmt: skip
    assert line["tail"].tolist() == [False] * 5 + [True] * 3


def test_a_month_that_waits_amid_complete_ones_is_no_tail() -> None:
    months = pd.DataFrame([month("2022-01", 0.5, 2, UNFINISHED), month("2022-02", 0.5)])

    assert by_month(months, ["2022-01", "2022-02"])["tail"].tolist() == [False, False]


def test_months_not_yet_due_are_hatched_and_the_caption_says_so() -> None:
    drawn = draw_drift(MONTHS, "here", Names())
    assert drawn is not None
    axes = drawn.figure.axes[0]

    assert [patch.get_hatch() for patch in axes.patches] == ["////"]
    assert axes.patches[0].get_x() == 4.5
    assert "Hatched: cases not yet due" in drawn.caption


def said(**people: int) -> pd.DataFrame:
    row: dict[str, object] = {"component": "R1", "period": "all", "status": "not observable", "value": None}
    return pd.DataFrame([row | people])


def test_a_person_who_says_both_has_a_half_filled_mark() -> None:
    drawn = draw_fidelity(said(delivered=1, adapted=0, not_delivered=1, mixed=2, coders_differ=0), "here", Names())
    people = drawn.figure.axes[1]
    marked = [(line.get_marker(), line.get_fillstyle(), len(line.get_xdata())) for line in people.lines]

    assert [mark for mark in marked if mark[2]] == [("s", "full", 1), ("X", "full", 1), ("s", "left", 2)]
    assert [text.get_text() for text in drawn.figure.legends[0].get_texts()][-1] == "says both"


def test_where_coders_differ_on_all_it_does_not_say_that_nobody_spoke() -> None:
    drawn = draw_fidelity(said(delivered=0, adapted=0, not_delivered=0, mixed=0, coders_differ=1), "here", Names())

    assert [text.get_text() for text in drawn.figure.axes[1].texts] == ["coders differ on what is said"]


@pytest.mark.parametrize(
    ("reach", "ticks"),
    [
        (0.039, [-3, -2, -1, 0, 1, 2, 3]),
        (0.061, [-6, -4, -2, 0, 2, 4, 6]),
        (0.11, [-10, -5, 0, 5, 10]),
        (0.5, [-40, -20, 0, 20, 40]),
        (0.004, [0]),
    ],
)
def test_gaps_are_marked_at_whole_points_that_are_equally_far_apart(reach: float, ticks: list[int]) -> None:
    assert marks(reach) == ticks


def test_gaps_have_true_minus_signs_and_a_plain_zero(equity: Finding) -> None:
    drawn = draw_gaps(equity.table, "equity-funnel")
    assert drawn is not None
    labels = [label.get_text() for label in drawn.figure.axes[0].get_xticklabels()]

    assert labels == ["−40", "−20", "0", "+20", "+40"]


def test_words_of_the_theory_are_at_least_8_points_on_an_a4_page(theory: Theory) -> None:
    drawn = draw_theory(theory, dict.fromkeys(theory.links, "supported"), list(theory.links))
    sizes = [text.get_fontsize() for text in drawn.figure.findobj(Text) if text.get_text()]

    assert drawn.figure.get_size_inches()[0] == pytest.approx(WIDTH)
    assert min(sizes) * min(1, PRINTED / WIDTH) >= 8


def test_untested_links_are_left_out_where_others_have_a_verdict(theory: Theory) -> None:
    drawn = draw_theory(theory, {"M01→A06": "supported", "M03→A06": "untested"}, ["M01→A06", "M03→A06"])
    alone = draw_theory(theory, {"M03→A06": "untested"}, ["M03→A06"])

    assert drawn.alt.endswith("supported: M01→A06.")
    assert alone.alt.endswith("untested: M03→A06.")


def test_a_long_chain_is_cut_into_parts_of_four_columns(theory: Theory) -> None:
    chain = ["A07→A08", "A08→M11", "M11→M12", "M12→O07"]
    drawn = draw_theory(theory, dict.fromkeys(chain, "supported"), chain)
    boxes = [text.get_text().split()[0] for text in drawn.figure.axes[0].texts]

    assert sorted(boxes) == ["A07", "A08", "M11", "M12", "M12", "O07"]


def test_each_line_tells_its_people_and_leads_to_its_evidence(theory: Theory, tmp_path: Path) -> None:
    moderator = next(link for link in theory.links if theory.links[link].target)
    links = ["M01→A06", "M03→A06", moderator]
    urls = {link: f"page.html#link-{at}" for at, link in enumerate(links)}
    told = Told(people={links[0]: 7, moderator: 1}, urls=urls)
    drawn = draw_theory(theory, dict.fromkeys(links, "contested"), links, told)
    save(drawn, tmp_path, fictional=False)
    svg = (tmp_path / "theory.svg").read_text(encoding="utf-8")
    shown = {text.get_text() for text in drawn.figure.axes[0].texts}

    assert {"7", "1"} <= shown
    assert [svg.count(f'xlink:href="{url}" aria-label="{link}: contested"') for link, url in urls.items()] == [1, 1, 1]
    assert [svg.count(f'xlink:href="{url}" tabindex="-1" aria-hidden="true"') for url in urls.values()] == [2, 1, 1]
    assert "_blank" not in svg
    assert f"{links[0]} (7 people)" in drawn.alt
    assert f"{moderator} (1 person)" in drawn.alt


def test_numbers_on_lines_stand_clear_of_each_other(theory: Theory) -> None:
    links = [link for link in theory.links if not theory.links[link].target][:12]
    told = Told(people=dict.fromkeys(links, 5))
    drawn = draw_theory(theory, dict.fromkeys(links, "supported"), links, told)
    places = [text.get_position() for text in drawn.figure.axes[0].texts if text.get_text() == "5"]

    assert len(places) == len(links)
    assert min(dist(one, other) for at, one in enumerate(places) for other in places[:at]) > 0.1


def test_a_saved_drawing_is_as_wide_as_there_is_room(equity: Finding, tmp_path: Path) -> None:
    drawn = draw_gaps(equity.table, "equity-funnel")
    assert drawn is not None
    save(drawn, tmp_path, fictional=True)
    opening = (tmp_path / "equity-funnel-gaps.svg").read_text(encoding="utf-8").split("<svg ", 1)[1].split(">", 1)[0]

    assert 'width="100%"' in opening
    assert "height=" not in opening
    assert "viewBox=" in opening
