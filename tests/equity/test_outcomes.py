"""Outcomes compared beside the stages, and coverage by what can be compared; worked by hand."""

from types import SimpleNamespace
from typing import Any

import pytest

from workbench.disclosure import Rules, suppress
from workbench.equity import compare_groups, coverage, metric_frame
from workbench.errors import InputError
from workbench.estimates import koopman_ratio, newcombe_difference, wilson


@pytest.fixture
def decided(records_of: Any) -> Any:
    """White: 30 of 100 criminalised, 20 not known. Black: 25 of 50, 10 not known. None of them was ever offered it."""
    return records_of(
        {"group": "White", "size": 30, "criminalised": True, "diverted": False},
        {"group": "White", "size": 70, "criminalised": False, "diverted": True},
        {"group": "White", "size": 20, "criminalised": None},
        {"group": "Black", "size": 25, "criminalised": True, "offered": None},
        {"group": "Black", "size": 25, "criminalised": False},
        {"group": "Black", "size": 10, "criminalised": None},
    )


def test_the_base_of_an_outcome_are_all_recorded_of_whom_it_is_known(decided: Any) -> None:
    finding = compare_groups(decided, stage="criminalised")
    rows = finding.table.query("stage == 'criminalised'").set_index(["group", "measure"])
    assert rows[["n", "total"]].to_dict("index") == {
        ("All", "share"): {"n": 55, "total": 150},
        ("White", "share"): {"n": 30, "total": 100},
        ("Black", "share"): {"n": 25, "total": 50},
        ("Black", "gap"): {"n": 25, "total": 50},
        ("Black", "ratio"): {"n": 25, "total": 50},
    }
    estimates = {
        "share": wilson(25, 50),
        "gap": newcombe_difference(25, 50, 30, 100),
        "ratio": koopman_ratio(25, 50, 30, 100),
    }
    for measure, expected in estimates.items():
        row = rows.loc[("Black", measure)]
        assert (row["value"], row["low"], row["high"]) == (expected.value, expected.low, expected.high)


def test_the_share_whose_outcome_is_known_stands_below_as_a_share_of_all(decided: Any) -> None:
    known = compare_groups(decided, stage="criminalised").table.query("stage == 'outcome known'")
    assert known[["group", "measure", "n", "total"]].to_numpy().tolist() == [
        ["All", "share", 150, 180],
        ["White", "share", 100, 120],
        ["Black", "share", 50, 60],
    ]


def test_an_outcomes_finding_says_what_its_base_is_and_what_is_left_out(decided: Any) -> None:
    finding = compare_groups(decided, stage="criminalised")
    assert (finding.name, finding.title) == ("equity-criminalised-ethnicity", "Who was criminalised, by ethnicity")
    notes = " ".join(finding.notes)
    assert "holds all recorded incidents of which it is known; no earlier stage is asked for" in notes
    assert "It is not known for 30 incidents" in notes
    assert "outcome 1, 1A, 3 or 3A" in notes
    assert "every earlier stage" not in notes
    assert finding.statements[2] == (
        "Black: 25 of 50 were criminalised (50.0%, 36.6 to 63.4), 20.0 points more than White "
        "(gap +20.0, +3.6 to +35.6; ratio 1.67, 1.10 to 2.49)."
    )
    assert finding.statements[-1] == "Black: 50 of 60 have a known outcome (83.3%, 72.0 to 90.7)."


def test_rows_of_an_outcome_lead_back_to_their_incidents(decided: Any) -> None:
    finding = compare_groups(decided, stage="criminalised")
    for row, entry in finding.table.query("measure == 'share'").iterrows():
        assert len(finding.trace(row)) == entry["total"]
    gap = finding.table.query("measure == 'gap'").index[0]
    assert len(finding.trace(gap)) == 150


def test_where_one_scheme_does_not_know_its_outcomes_it_is_named(records_of: Any) -> None:
    made = records_of(
        {"group": "White", "size": 20, "criminalised": True},
        {"group": "Black", "size": 20, "criminalised": False},
        {"group": "Black", "size": 5, "criminalised": None, "scheme": "scheme-b"},
    )
    table = compare_groups(made, stage="criminalised").table
    assert table["note"].tolist()[0] == "not observable in: scheme-b"


def test_an_outcome_that_nobody_knows_is_not_observable(records: Any) -> None:
    finding = compare_groups(records, stage="criminalised")
    assert finding.table[["group", "status"]].to_numpy().tolist() == [["All", "not observable"]]
    assert finding.statements == ()
    with pytest.raises(InputError, match="nobody is in its base"):
        metric_frame(records, stage="criminalised")


def test_fairlearn_counts_an_outcome_as_we_do(decided: Any) -> None:
    table = metric_frame(decided, stage="criminalised").set_index("group")
    assert table["selection_rate"].to_dict() == pytest.approx({"All": 55 / 150, "White": 0.3, "Black": 0.5})
    assert table["selection_rate"].tolist() == pytest.approx(table["value"].tolist(), abs=1e-15)


def test_diverted_can_be_compared_too(decided: Any) -> None:
    finding = compare_groups(decided, stage="diverted")
    assert finding.statements[0] == "All incidents: 70 of 100 were diverted (70.0%, 60.4 to 78.1)."
    assert "the police's own flag, or outcome 22" in " ".join(finding.notes)


def test_the_gate_does_not_let_the_number_of_unknown_outcomes_be_subtracted(records_of: Any) -> None:
    made = records_of(
        {"group": "White", "size": 100, "criminalised": True},
        {"group": "White", "size": 100, "criminalised": False},
        {"group": "Black", "size": 40, "criminalised": True},
        {"group": "Black", "size": 40, "criminalised": False},
        {"group": "Black", "size": 4, "criminalised": None},
    )
    safe = suppress(compare_groups(made, stage="criminalised").table, Rules())
    known = safe.query("stage == 'outcome known' and group == 'Black'")
    assert known["status"].item().startswith("withheld")
    assert known[["n", "total", "value"]].isna().all(axis=None)


def test_race_is_covered_by_the_groups_that_can_be_compared(records_of: Any) -> None:
    made = records_of(
        {"group": "White", "size": 8, "code": None, "officer": "White"},
        {"group": "Not stated", "size": 2, "code": "NS", "officer": "Not stated"},
    )
    rows = coverage(made).table.query("characteristic == 'race'")
    assert rows[["field", "n", "total", "status"]].to_numpy().tolist() == [
        ["ethnicity", 8, 10, "can be audited"],
        ["ethnicity_officer_group", 8, 10, "can be audited"],
    ]


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        ((30, 30), ""),
        ((30, None), "; for some, only a range is known, as the source writes it"),
        ((None, None), "; only ranges are known, as the source writes them"),
    ],
)
def test_age_is_covered_by_bands_and_says_where_only_ranges_are_known(
    records_of: Any, ages: tuple[int | None, int | None], said: str
) -> None:
    blocks = [{"group": "White", "size": 3, "age": age, "age_band": "25-34"} for age in ages]
    made = records_of(*blocks, {"group": "White", "size": 2, "age": None, "age_band": None})
    finding = coverage(made)
    assert finding.statements[0] == f"Age (age_band): recorded for 6 of 8 incidents (75.0%){said}."
    assert finding.table.loc[0, ["field", "note"]].tolist() == ["age_band", said.removeprefix("; ")]


def test_coverage_tells_a_column_that_nobody_sent_from_one_that_is_empty(records_of: Any) -> None:
    made = records_of({"group": None, "size": 4, "sex": None, "age_band": None, "age": None})
    read = frozenset({"sex", "dob", "contact_date"})
    finding = coverage(SimpleNamespace(stages=made.stages, sources={}, columns_read=read))
    assert finding.table.dropna(subset="field")[["field", "note"]].to_numpy().tolist() == [
        ["age_band", "the column is there, and never stated"],
        ["ethnicity", "no column was read for it"],
        ["ethnicity_officer_group", "no column was read for it"],
        ["sex", "the column is there, and never stated"],
    ]
    assert finding.statements[0] == (
        "No column was read for race (ethnicity), race (ethnicity_officer_group): "
        "see the table of what was found while reading."
    )
