"""Self-defined beside officer-defined ethnicity: when the two tell different stories."""

from typing import Any

import pandas as pd
import pytest

from workbench.equity import compare_perceptions, funnel

CAUTION = "Self-defined and officer-defined groups do not hold the same people"


def told(*gaps: tuple[str, float, float, float], n: int = 500, reference: str = "White") -> pd.DataFrame:
    """Return a table with one stage, offered: a share of the reference, and share and gap of each group."""
    rows = [{"group": reference, "measure": "share", "value": 0.5, "low": 0.4, "high": 0.6}]
    for group, value, low, high in gaps:
        rows.append({"group": group, "measure": "share", "value": 0.5, "low": 0.4, "high": 0.6})
        rows.append({"group": group, "measure": "gap", "value": value, "low": low, "high": high})
    table = pd.DataFrame(rows).assign(stage="offered", method="newcombe", n=n, total=1000)
    return table.assign(reference=[None if row["measure"] == "share" else reference for row in rows])


def test_a_gap_that_only_officers_words_show_is_said() -> None:
    own, seen = told(("Black", -0.01, -0.03, 0.01)), told(("Black", -0.06, -0.08, -0.04))
    assert compare_perceptions(own, seen)[0] == (
        "Black against White at the stage “offered”: officer-defined, the gap is below zero and its interval leaves "
        "out zero; self-defined, the gap is below zero and its interval holds zero."
    )
    assert compare_perceptions(own, seen)[1].startswith(CAUTION)


def test_clear_gaps_of_opposite_sign_are_said() -> None:
    sentences = compare_perceptions(told(("Black", 0.05, 0.02, 0.08)), told(("Black", -0.05, -0.08, -0.02)))
    assert "officer-defined, the gap is below zero and its interval leaves out zero" in sentences[0]
    assert "self-defined, the gap is above zero and its interval leaves out zero" in sentences[0]


def test_signs_that_differ_with_zero_in_both_intervals_share_one_sentence() -> None:
    own = told(("Asian", 0.01, -0.02, 0.04), ("Other", 0.02, -0.05, 0.09))
    seen = told(("Asian", -0.01, -0.04, 0.02), ("Other", -0.02, -0.09, 0.05))
    assert compare_perceptions(own, seen)[:-1] == (
        "The two views differ in sign, with zero in both intervals, for: Asian at the stage “offered”; Other at the "
        "stage “offered”.",
    )


@pytest.mark.parametrize(
    ("own", "seen"),
    [
        (told(("Black", -0.05, -0.08, -0.02)), told(("Black", -0.06, -0.08, -0.04))),
        (told(("Mixed", -0.05, -0.08, -0.02)), told(("Black", 0.06, 0.04, 0.08))),
        (told(("Not stated", -0.05, -0.08, -0.02)), told(("Not stated", 0.06, 0.04, 0.08))),
        (told(("Black", -0.05, -0.08, -0.02)), told(("Black", 0.06, 0.04, 0.08), reference="Asian")),
        (told(("Black", -0.05, -0.08, -0.02)), told(("Black", float("nan"), float("nan"), float("nan")))),
    ],
    ids=["they agree", "no such group", "not stated", "another reference", "withheld"],
)
def test_nothing_is_said_where_nothing_can_be_compared_or_both_agree(own: pd.DataFrame, seen: pd.DataFrame) -> None:
    assert compare_perceptions(own, seen) == ()


@pytest.mark.parametrize(("n", "expected"), [(9, 0), (10, 2), (990, 2), (991, 0)])
def test_small_numbers_on_either_side_are_passed_over(n: int, expected: int) -> None:
    own, seen = told(("Black", -0.01, -0.03, 0.01)), told(("Black", -0.06, -0.08, -0.04), n=n)
    assert len(compare_perceptions(own, seen, least=10)) == expected


def test_missing_self_definitions_that_hide_a_gap_are_seen_in_two_funnels(records_of: Any) -> None:
    # 1,000 whom officers saw as White: 700 offered. 1,000 seen as Black: 600 offered. Of the 400 Black people
    # who were not offered it, 140 did not state their ethnicity: 600 of 860 is 69.8%, and the gap is gone.
    def block(group: str, officer: str, size: int, furthest: str) -> dict[str, Any]:
        return {"group": group, "officer": officer, "size": size, "furthest": furthest}

    made = records_of(
        block("White", "White", 700, "offered"),
        block("White", "White", 300, "eligible"),
        block("Black", "Black", 600, "offered"),
        block("Black", "Black", 260, "eligible"),
        block("Not stated", "Black", 140, "eligible"),
    )
    own, seen = (funnel(made, by=by).table for by in ("ethnicity", "ethnicity_officer_group"))
    gaps = [table.query("stage == 'offered' and group == 'Black' and measure == 'gap'") for table in (own, seen)]
    assert [row["value"].item() for row in gaps] == pytest.approx([600 / 860 - 0.7, -0.1])
    assert [text for text in compare_perceptions(own, seen, least=10) if "“offered”" in text] == [
        "Black against White at the stage “offered”: officer-defined, the gap is below zero and its interval leaves "
        "out zero; self-defined, the gap is below zero and its interval holds zero."
    ]


def test_an_outcome_is_called_an_outcome() -> None:
    own, seen = told(("Black", -0.01, -0.03, 0.01)), told(("Black", -0.06, -0.08, -0.04))
    sentences = compare_perceptions(own.assign(stage="criminalised"), seen.assign(stage="criminalised"))
    assert sentences[0].startswith("Black against White by the outcome “criminalised”: officer-defined")
