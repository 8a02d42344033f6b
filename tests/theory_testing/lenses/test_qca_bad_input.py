"""What QCA refuses, all at once, and what it tells beside its numbers."""

import numpy as np
import pandas as pd
import pytest

from workbench.errors import InputError
from workbench.theory_testing.lenses.qca import calibrate, crisp, minimise, necessity, truth_table
from workbench.theory_testing.lenses.qca.cases import fewest_cases
from workbench.theory_testing.lenses.qca.fit import Fit
from workbench.theory_testing.lenses.qca.observed import Rule


def areas(**columns: object) -> pd.DataFrame:
    plain = {
        "area": list("abcdefghij"),
        "trained": [0.9, 0.8, 0.9, 0.7, 0.8, 0.2, 0.1, 0.3, 0.2, 0.1],
        "staffed": [0.9, 0.8, 0.2, 0.3, 0.9, 0.8, 0.9, 0.1, 0.2, 0.3],
        "engaged": [1.0, 0.9, 0.3, 0.2, 0.8, 0.2, 0.1, 0.0, 0.1, 0.2],
    }
    return pd.DataFrame({**plain, **columns})


def refusal(
    cases: pd.DataFrame, outcome: str = "engaged", conditions: object = ("trained", "staffed"), **rule: object
) -> str:
    with pytest.raises(InputError) as caught:
        truth_table(cases, outcome, conditions, **rule)  # type: ignore[arg-type]
    return str(caught.value)


def test_three_schemes_are_refused_and_the_remedy_says_what_to_compare() -> None:
    told = refusal(areas().head(3))
    assert "3 cases cannot carry 2 conditions (4 configurations); at least 10 cases are needed" in told
    assert "areas, teams or courses, not the schemes" in told
    with pytest.raises(InputError, match="at least 10 cases"):
        necessity(areas().head(3), "engaged", ["trained"])


def test_many_conditions_for_few_cases_are_refused_with_the_number_that_is_carried() -> None:
    extra = {f"c{n}": np.linspace(0, 1, 10) for n in range(3)}
    told = refusal(areas(**extra), conditions=["trained", "staffed", *extra])
    assert "at least 16 cases are needed. Take 4 conditions at most" in told
    assert [fewest_cases(k) for k in (1, 4, 5, 6, 8)] == [10, 10, 16, 32, 128]


def test_nine_conditions_are_refused() -> None:
    extra = {f"c{n}": np.linspace(0, 1, 10) for n in range(9)}
    assert "conditions: there are 9 of them. Give 1 to 8" in refusal(areas(**extra), conditions=list(extra))
    assert "conditions: there are 0 of them" in refusal(areas(), conditions=[])


def test_all_problems_are_told_at_once_with_case_column_and_value() -> None:
    cases = areas(
        area=["a", "b", "a", None, *"efghij"],
        trained=[0.9, np.nan, 1.2, -0.1, 0.8, 0.2, 0.1, 0.3, 0.2, 0.1],
        staffed=["yes", *[0.5] * 9],
        engaged=[1] * 10,
    )
    told = refusal(cases, cut=1.2, pri=-1, least=0).splitlines()
    assert told == [
        "cut: is 1.2. Give more than 0 and at most 1; 0.75 is the lowest in use.",
        "pri: is -1. Give 0 to 1, or None for no such rule.",
        "least: is 0. Give 1 or more cases.",
        "cases, column 'area': no case is named in row 4. Name the case, or delete the row.",
        "cases, column 'area': 'a' is there 2 times. One row a case: put the rows together, or name them apart.",
        "cases, column 'engaged': every case has 1. What does not vary explains nothing and cannot be explained: leave "
        "it out, or calibrate it anew.",
        "cases, column 'trained': no value for b. Find it out, or leave the case out and say so.",
        "cases, column 'trained': not from 0 to 1: a 1.2, row 4 -0.1. Memberships run from 0 to 1: "
        "calibrate measures first.",
        "cases, column 'staffed': is text, not numbers: a 'yes'. Write memberships as numbers from 0 to 1. The first "
        "column is for the names of the cases.",
    ]


@pytest.mark.parametrize(
    ("outcome", "conditions", "told"),
    [
        (
            "engagd",
            ["trained"],
            "there is no column 'engagd'. Known: area, trained, staffed, engaged. Did you mean 'engaged'?",
        ),
        ("engaged", ["trained", "zzz"], "there is no column 'zzz'"),
        ("engaged", ["trained", "engaged"], "conditions: 'engaged' is the outcome too"),
        ("~engaged", ["engaged"], "conditions: 'engaged' is the outcome too"),
        ("engaged", ["trained", "trained"], "conditions: 'trained' is given 2 times"),
        ("engaged", ["area", "trained"], "column 'area': is text, not numbers: case 1 'a'"),
    ],
)
def test_columns_that_cannot_be_used_are_told(outcome: str, conditions: list[str], told: str) -> None:
    assert told in refusal(areas(), outcome, conditions)


def test_a_name_with_a_sign_of_the_notation_and_a_column_there_twice_are_refused() -> None:
    assert "has one of the signs ~ * +" in refusal(areas(**{"a*b": areas()["trained"]}), conditions=["a*b", "staffed"])
    twice = pd.concat([areas(), areas()["trained"]], axis=1)
    assert "the column 'trained' is there 2 times" in refusal(twice)


def test_infinity_is_no_membership() -> None:
    assert "not from 0 to 1: a inf" in refusal(areas(trained=[np.inf, *[0.1] * 9]))


def test_names_of_cases_come_from_the_first_column_or_the_index_or_are_numbers() -> None:
    named = truth_table(areas(), "engaged", ["trained", "staffed"])
    by_index = truth_table(areas().set_index("area"), "engaged", ["trained", "staffed"])
    numbered = truth_table(areas().drop(columns="area"), "engaged", ["trained", "staffed"])
    assert named.trace(0) == by_index.trace(0) == ("a", "b", "e")
    assert numbered.trace(0) == ("case 1", "case 2", "case 5")
    assert truth_table(areas(area=range(10)), "engaged", ["trained"]).trace(0)[0] == "0"


def test_a_case_at_one_half_lies_in_no_row_and_is_told() -> None:
    halves = [0.5, *areas()["trained"][1:]]
    finding = truth_table(areas(trained=halves), "engaged", ["trained", "staffed"])
    assert "a" not in [case for row in range(len(finding.table)) for case in finding.trace(row)]
    assert any("exactly 0.5" in note and "a in trained" in note for note in finding.notes)


def test_where_every_case_is_at_one_half_somewhere_the_table_is_empty() -> None:
    halves = areas(trained=[0.5] * 9 + [0.6], staffed=[0.9] * 9 + [0.5])
    finding = truth_table(halves, "engaged", ["trained", "staffed"])
    assert finding.table.empty
    assert "0 were seen" in finding.statements[0]


def test_a_consistency_that_floats_write_just_below_the_cut_reaches_it() -> None:
    rule = Rule(cut=0.8, pri=0.5, least=1)
    assert rule.met(Fit(0.24 / (0.1 + 0.1 + 0.1), 0.5, 1.0))
    assert not rule.met(Fit(0.799, 0.5, 1.0)) and not rule.met(Fit(0.8, 0.499, 1.0))


def test_a_consistent_row_that_goes_with_the_absence_nearly_as_much_is_not_sufficient() -> None:
    cases = areas(engaged=[0.55, 0.5, 0.3, 0.2, 0.5, 0.2, 0.1, 0.0, 0.1, 0.2], trained=[0.6, 0.6, *[0.05] * 8])
    row = truth_table(cases, "engaged", ["trained"]).table.set_index("row").loc["1"]
    assert row["consistency"] >= 0.8 and row["pri"] < 0.5
    assert row["status"] == "not sufficient" and row["note"].startswith("consistent, but its PRI is too low")
    assert truth_table(cases, "engaged", ["trained"], pri=None).table["status"][0] == "sufficient"


def test_contradictory_rows_name_their_cases() -> None:
    finding = truth_table(areas(engaged=[1, 0, 0, 0, 1, 0, 0, 0, 0, 0]), "engaged", ["trained", "staffed"])
    note = finding.table.set_index("configuration").loc["trained*staffed", "note"]
    assert note.startswith("contradictory: engaged in a, e, not in b")
    assert any(note.startswith("Contradictory: 1 combination (11)") for note in finding.notes)


def test_a_row_of_too_few_cases_is_taken_as_not_seen() -> None:
    finding = truth_table(areas(), "engaged", ["trained", "staffed"], least=3)
    table = finding.table.set_index("row")
    assert table["status"].to_dict() == {
        "11": "sufficient", "00": "not sufficient", "10": "too few cases", "01": "too few cases",
    }  # fmt: skip
    assert table.loc["10", "note"] == "fewer than 3 cases: taken as not seen"
    assert any("2 of 4 combinations hold fewer than 3 cases" in note for note in finding.notes)


def test_where_no_row_fails_nothing_is_claimed_to_matter() -> None:
    finding = truth_table(areas(engaged=[1.0, *[0.9] * 9]), "engaged", ["trained", "staffed"])
    assert any("nothing shows which condition matters" in said for said in finding.statements)
    assert any("no case is more out of engaged" in note for note in finding.notes)


def test_where_no_row_is_sufficient_it_is_said() -> None:
    finding = truth_table(areas(engaged=[0.2, *[0.1] * 9]), "engaged", ["trained", "staffed"])
    assert "none goes with engaged at a consistency of 0.80" in finding.statements[0]
    assert not any("solution)" in said for said in finding.statements)
    assert any("at a cut of 0.75 it is empty" in said for said in finding.statements)


def test_it_says_what_a_steering_group_can_read_and_that_it_is_no_verdict() -> None:
    finding = truth_table(areas(), "engaged", ["trained", "staffed"])
    assert finding.name == "lens-qca"
    assert "Cases with trained and staffed (a, b, e) go with engaged: consistency" in "\n".join(finding.statements)
    assert finding.notes[0].startswith("A lens, not a verdict")


def test_what_a_single_case_carries_is_what_leaving_it_out_changes() -> None:
    cases = areas()
    (told,) = [
        said for said in truth_table(cases, "engaged", ["trained", "staffed"]).statements if "Leaving out" in said
    ]
    assert told.endswith("would hang on no single case.")
    weak = areas(engaged=[0.6, 0.9, 0.3, 0.2, 0.8, 0.2, 0.1, 0.0, 0.1, 0.2])
    more = pd.concat([weak, pd.DataFrame([{"area": "k", "trained": 0.2, "staffed": 0.3, "engaged": 0.4}])])
    whole = truth_table(more, "engaged", ["trained", "staffed"], cut=0.85)
    (told,) = [said for said in whole.statements if "Leaving out" in said]
    for case in more["area"]:
        left = truth_table(more[more["area"] != case], "engaged", ["trained", "staffed"], cut=0.85).table
        same = set(left.loc[left["status"] == "sufficient", "row"]) == set(
            whole.table.loc[whole.table["status"] == "sufficient", "row"]
        )
        assert (case in told.rpartition(": ")[2].rstrip(".").split(", ")) is not same


@pytest.mark.parametrize("anchors", [(1, 3, 2), (1, 1, 2), (2, 1, 3), (float("nan"), 1, 2)])
def test_anchors_out_of_order_are_refused(anchors: tuple[float, float, float]) -> None:
    with pytest.raises(InputError, match="out of order"):
        calibrate([1.0], *anchors)


def test_measures_that_are_missing_or_text_are_refused_by_name() -> None:
    measure = pd.Series([1, None, "x"], index=["a", "b", "c"], dtype=object)
    for wrong in (lambda: calibrate(measure, 0, 1, 2), lambda: crisp(measure, 1)):
        with pytest.raises(InputError) as caught:
            wrong()
        assert "case b is missing" in str(caught.value) and "case c is 'x', which is no number" in str(caught.value)


def test_a_threshold_that_is_no_number_is_refused() -> None:
    with pytest.raises(InputError, match="no number"):
        crisp([1.0], float("nan"))


@pytest.mark.parametrize(
    ("sufficient", "remainders", "told"),
    [
        (["12"], [], "'12' is no configuration"),
        (["11", "1"], [], "is no configuration"),
        (["1"], ["1"], "as remainder"),
    ],
)
def test_configurations_that_are_none_are_refused(sufficient: list[str], remainders: list[str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        minimise(sufficient, remainders)
