"""The decision funnel, on incidents with known counts."""

from math import exp, log
from typing import Any

import pandas as pd
import pytest

from workbench.equity import funnel, sentences
from workbench.errors import InputError
from workbench.estimates import koopman_ratio, newcombe_difference, wilson


def cell(table: pd.DataFrame, stage: str, group: str, measure: str) -> dict[str, Any]:
    found = table[(table["stage"] == stage) & (table["group"] == group) & (table["measure"] == measure)]
    assert len(found) == 1
    return found.iloc[0].to_dict()


def test_the_total_of_a_stage_are_those_who_reached_the_one_before(records: Any) -> None:
    shares = funnel(records).table.query("measure == 'share' and group == 'Black'")
    assert shares[["stage", "n", "total"]].to_dict("split")["data"] == [
        ["eligible", 350, 400],
        ["offered", 250, 350],
        ["accepted", 160, 250],
        ["referred", 150, 160],
        ["assessed", 120, 150],
        ["completed", 80, 120],
    ]


def test_share_gap_and_ratio_are_wilson_newcombe_and_koopman(records: Any) -> None:
    table = funnel(records).table
    expected = {
        "share": wilson(120, 150),
        "gap": newcombe_difference(120, 150, 400, 480),
        "ratio": koopman_ratio(120, 150, 400, 480),
    }
    for measure, estimate in expected.items():
        row = cell(table, "assessed", "Black", measure)
        assert (row["value"], row["low"], row["high"]) == (estimate.value, estimate.low, estimate.high)
        assert row["method"].startswith(estimate.method)


def test_the_not_stated_are_a_group_of_their_own_and_come_last(records: Any) -> None:
    groups = funnel(records).table.query("stage == 'offered' and measure == 'share'")["group"].tolist()
    assert groups == ["All", "White", "Black", "Mixed", "Not stated"]
    assert cell(funnel(records).table, "offered", "Not stated", "gap")["method"] == "newcombe"


def test_the_stages_contributions_add_up_to_the_logarithm_of_the_overall_ratio(records: Any) -> None:
    table = funnel(records).table.query("measure == 'contribution' and group == 'Black'")
    whole = table[table["stage"] == "all stages"]["value"].item()
    assert whole == pytest.approx(log((80 / 400) / (300 / 1000)))
    assert table[table["stage"] != "all stages"]["value"].sum() == pytest.approx(whole)


def test_stages_that_cancel_are_seen_one_by_one(records_of: Any, funnel_of: Any) -> None:
    # One stage favours the group as much as the next disfavours it: end to end there is no difference.
    made = records_of(*funnel_of("White", 400, 200, 100), *funnel_of("Black", 400, 100, 100))
    rows = funnel(made).table.query("measure == 'contribution' and group == 'Black'").set_index("stage")["value"]
    assert rows["eligible"] == pytest.approx(log(0.5))
    assert rows["offered"] == pytest.approx(log(2))


def test_a_scheme_without_events_is_not_observable_there_and_not_a_failure(records_of: Any, funnel_of: Any) -> None:
    blind = {"offered": None, "accepted": None, "assessed": None, "completed": None, "scheme": "scheme-b"}
    made = records_of(
        *funnel_of("White", 200, 160, 120, 100, 90, 80, 70),
        {"group": "White", "size": 40, "eligible": True, "referred": True, **blind},
        {"group": "White", "size": 60, "eligible": True, "referred": False, **blind},
    )
    table = funnel(made).table
    assert cell(table, "offered", "White", "share")["total"] == 160
    referred = cell(table, "referred", "White", "share")
    assert (referred["n"], referred["total"]) == (90 + 40, 100 + 100)
    assert cell(table, "offered", "White", "share")["note"] == "not observable in: scheme-b"


def test_a_stage_nobody_knows_of_is_said_to_be_not_observable(records_of: Any) -> None:
    made = records_of({"group": "White", "size": 30, "furthest": "offered", "assessed": None})
    row = cell(funnel(made).table, "assessed", "All", "share")
    assert (row["status"], row["note"]) == ("not observable", "not observable: no record tells of it")
    assert pd.isna(row["value"])


def test_an_unknown_eligibility_is_in_no_later_base(records_of: Any, funnel_of: Any) -> None:
    made = records_of(
        *funnel_of("White", 100, 80, 60), {"group": "White", "size": 7, "eligible": None, "furthest": "offered"}
    )
    table = funnel(made).table
    assert cell(table, "eligible", "White", "share")["total"] == 100
    assert cell(table, "offered", "White", "share")["total"] == 80
    assert cell(table, "offered", "All", "skipped")["n"] == 7


def test_nobody_in_a_base_is_undefined_with_its_reason(records_of: Any, funnel_of: Any) -> None:
    made = records_of(*funnel_of("White", 100, 80, 60), *funnel_of("Black", 50, 0))
    row = cell(funnel(made).table, "offered", "Black", "ratio")
    assert (row["status"], row["note"]) == ("undefined", "nobody is in the group's base")
    assert pd.isna(row["value"])


def test_every_row_leads_back_to_the_incidents_in_its_bases(records: Any) -> None:
    finding = funnel(records)
    for row in range(len(finding.table)):
        entry = finding.table.iloc[row]
        if entry["measure"] == "share":
            assert len(finding.trace(row)) == entry["total"]
    gap = finding.table.query("stage == 'referred' and group == 'Black' and measure == 'gap'").index[0]
    assert len(finding.trace(gap)) == 160 + 500


def test_contributions_lead_back_to_the_incidents_they_rest_on(records_of: Any, funnel_of: Any) -> None:
    made = records_of(
        *funnel_of("White", 100, 80, 60),
        *funnel_of("Black", 50, 40, 30),
        {"group": "Black", "size": 5, "eligible": None},
        {"group": "Black", "size": 9, "offered": None, "scheme": "scheme-b", "furthest": "eligible"},
    )
    finding = funnel(made)
    table = finding.table.query("measure == 'contribution' and group == 'Black' and stage == 'eligible'")
    assert table["total"].item() == 50
    assert len(finding.trace(table.index[0])) == 50 + 100


def test_sentences_say_number_base_interval_gap_and_ratio(records: Any) -> None:
    assert (
        "Black: 120 of 150 were assessed (80.0%, 72.9 to 85.6), 3.3 points less than White "
        "(gap −3.3, −11.1 to +3.3; ratio 0.96, 0.87 to 1.04)."
    ) in funnel(records).statements


def test_a_row_without_a_value_gets_no_sentence(records: Any) -> None:
    table = funnel(records).table
    table.loc[table["group"] == "Mixed", ["value", "low", "high"]] = float("nan")
    assert not [each for each in sentences(table) if each.startswith("Mixed")]


def test_notes_give_incidents_and_persons_and_ask_for_an_explanation(records_of: Any) -> None:
    made = records_of({"group": "White", "size": 20}, {"group": "White", "size": 5, "person": "p-again"})
    notes = " ".join(funnel(made).notes)
    assert "25 incidents of 21 persons" in notes
    assert notes.count("asks for an explanation") == 1
    assert "Fictional data" in notes


def test_one_force_can_be_asked_for_and_is_named_in_the_table(records_of: Any, funnel_of: Any) -> None:
    made = records_of(*funnel_of("White", 100, 80), *funnel_of("White", 70, 60, force="force-b"))
    finding = funnel(made, force="force-b")
    assert finding.table["force"].unique().tolist() == ["force-b"]
    assert cell(finding.table, "eligible", "White", "share")["total"] == 70
    row = finding.table.query("stage == 'eligible' and group == 'White'").index[0]
    assert len(finding.trace(row)) == 70


def test_the_overall_ratio_can_be_read_from_the_contribution(records: Any) -> None:
    row = cell(funnel(records).table, "all stages", "Black", "contribution")
    ratio = koopman_ratio(80, 400, 300, 1000)
    assert (exp(row["value"]), exp(row["low"]), exp(row["high"])) == pytest.approx((ratio.value, ratio.low, ratio.high))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "etnicity"}, r"'etnicity' is no characteristic.*Did you mean 'ethnicity'\?"),
        ({"reference": "Whit"}, r"'Whit' is no group of ethnicity.*Did you mean 'White'\?"),
        ({"by": "sex"}, r"'White' is no group of sex.*Known: Female, Male, Not stated"),
        ({"force": "force-x"}, r"'force-x' has no incidents here"),
    ],
)
def test_a_wrong_word_is_refused_with_what_is_known(records: Any, options: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        funnel(records, **options)
