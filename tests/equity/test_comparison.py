"""Groups compared at one stage; the not stated; fairlearn; what is covered."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.disclosure import Rules, suppress
from workbench.equity import compare_groups, coverage, coverage_sentences, metric_frame, sentences
from workbench.equity.missing import worst_case_bounds
from workbench.errors import InputError


def test_without_a_reference_the_largest_stated_group_is_taken_and_named(records: Any) -> None:
    table = compare_groups(records, stage="assessed").table
    assert table["reference"].dropna().unique().tolist() == ["White"]


def test_the_method_column_says_complete_case_own_group_or_worst_case(records: Any) -> None:
    table = compare_groups(records, stage="assessed").table
    rows = table[table["group"].isin(["Black", "Not stated"]) & (table["measure"] == "ratio")]
    assert rows[["group", "method"]].to_numpy().tolist() == [
        ["Black", "koopman (complete case)"],
        ["Not stated", "koopman"],
        ["Black", "worst case"],
    ]


def test_worst_cases_put_the_not_stated_where_they_move_a_ratio_most(records: Any) -> None:
    table = compare_groups(records, stage="assessed").table
    row = table[(table["group"] == "Black") & (table["measure"] == "ratio") & (table["method"] == "worst case")].iloc[0]
    # 20 of the 40 not stated were assessed. Least: 120/(150+20) over (400+20)/(480+20).
    assert row["low"] == pytest.approx((120 / 170) / (420 / 500))
    assert row["high"] == pytest.approx((140 / 170) / (400 / 500))
    assert row["rests_on"] == "Not stated"


def test_when_everybody_is_stated_there_is_no_worst_case(records_of: Any, funnel_of: Any) -> None:
    made = records_of(*funnel_of("White", 100, 80), *funnel_of("Black", 50, 30))
    methods = compare_groups(made, stage="eligible").table["method"].unique().tolist()
    assert methods == ["wilson", "newcombe", "koopman"]


small = st.integers(1, 12).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(small, small, st.integers(0, 6), st.integers(0, 6), st.data())
def test_law_no_way_of_sharing_out_the_not_stated_leads_beyond_the_bounds(
    group: tuple[int, int], reference: tuple[int, int], reached: int, failed: int, data: st.DataObject
) -> None:
    found = worst_case_bounds("gap", group, reference, (reached, reached + failed))
    to_group, to_reference = (data.draw(st.integers(0, reached)), data.draw(st.integers(0, failed)))
    more_group, more_reference = (
        data.draw(st.integers(0, failed - to_reference)),
        data.draw(st.integers(0, reached - to_group)),
    )
    share = (group[0] + to_group) / (group[1] + to_group + more_group)
    other = (reference[0] + more_reference) / (reference[1] + more_reference + to_reference)
    assert found.low is not None
    assert found.high is not None
    assert found.low - 1e-12 <= share - other <= found.high + 1e-12


def test_the_statement_of_a_worst_case_names_the_assumption(records: Any) -> None:
    assert (
        "Black: if those whose group is not stated belong wherever they move it most, the ratio to White "
        "lies anywhere from 0.84 to 1.03."
    ) in compare_groups(records, stage="assessed").statements


def test_sentences_of_the_protected_table_hold_no_withheld_and_no_exact_number(records: Any) -> None:
    finding = compare_groups(records, stage="assessed")
    safe = sentences(suppress(finding.table, Rules()))
    assert not [each for each in safe if "Mixed" in each]
    assert "All incidents: 560 of 700 were assessed (80.0%, 76.9 to 82.8)." in safe


def test_a_missing_sex_is_not_stated_and_not_dropped(records: Any) -> None:
    shares = compare_groups(records, stage="eligible", by="sex").table.query("measure == 'share'")
    assert shares[["group", "n", "total"]].to_numpy().tolist() == [
        ["All", 1450, 1660],
        ["Male", 950, 1060],
        ["Female", 350, 400],
        ["Not stated", 150, 200],
    ]


def test_when_nothing_is_stated_there_is_no_reference(records: Any) -> None:
    with pytest.raises(InputError, match="not stated for any incident"):
        compare_groups(records, stage="eligible", by="ethnicity_officer_group")


@pytest.mark.parametrize(
    ("stage", "message"),
    [
        ("recorded", "every incident is recorded"),
        ("asessed", "Did you mean 'assessed'"),
        ("criminalized", "Known: eligible, .*, completed, diverted, criminalised. Did you mean 'criminalised'"),
    ],
)
def test_a_stage_that_cannot_be_compared_is_refused(records: Any, stage: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        compare_groups(records, stage=stage)


def test_fairlearn_on_counted_cells_gives_our_shares_to_the_last_digit(records: Any) -> None:
    table = metric_frame(records, stage="assessed")
    assert table["selection_rate"].tolist() == table["value"].tolist()
    assert table["weighted_count"].tolist() == table["total"].tolist()
    ours = compare_groups(records, stage="assessed").table.query("measure == 'share'").set_index("group")["value"]
    assert table.set_index("group")["selection_rate"].to_dict() == pytest.approx(ours.to_dict())


def test_fairlearn_on_single_incidents_agrees(records: Any) -> None:
    from fairlearn.metrics import MetricFrame, selection_rate

    rows = records.stages.to_pyarrow().to_pandas()
    base = rows[rows["referred"]]
    reached = base["assessed"].astype(int)
    frame = MetricFrame(
        metrics=selection_rate, y_true=reached, y_pred=reached, sensitive_features=base["ethnicity"].astype(object)
    )
    cells = metric_frame(records, stage="assessed").set_index("group")["selection_rate"]
    assert cells.drop("All").to_dict() == pytest.approx(frame.by_group.to_dict())


def test_fairlearns_counts_are_rounded_with_ours_when_they_leave(records: Any) -> None:
    safe = suppress(metric_frame(records, stage="assessed"), Rules()).set_index("group")
    assert safe.loc["All", ["n", "total", "weighted_count", "selection_rate"]].tolist() == [560, 700, 700.0, 0.8]


def test_coverage_tells_all_nine_characteristics_and_what_cannot_be_audited(records: Any) -> None:
    finding = coverage(records)
    assert finding.table["characteristic"].nunique() == 9
    rows = finding.table.set_index(["characteristic", "auditable"])["n"].dropna().to_dict()
    assert rows == {("age", "yes"): 1660, ("race", "yes"): 1460, ("race", "no"): 0, ("sex", "yes"): 1460}
    assert finding.statements[-1] == (
        "Cannot be audited in this extract: disability, gender reassignment, marriage and civil partnership, "
        "pregnancy and maternity, religion or belief, sexual orientation."
    )


def test_coverage_sentences_can_be_made_from_the_protected_table(records: Any) -> None:
    safe = suppress(coverage(records).table, Rules())
    assert coverage_sentences(safe)[1] == "Race (ethnicity): recorded for 1,460 of 1,660 incidents (88.0%)."
    assert safe[safe["characteristic"] == "disability"]["status"].tolist() == ["cannot be audited"]


def test_the_finding_carries_its_call_and_the_hashes_of_its_files(records: Any) -> None:
    made = compare_groups(records, stage="assessed").provenance
    assert made.call == "compare_groups(records, stage='assessed', by='ethnicity', reference=None)"
    assert made.inputs == {"incidents.csv": "0" * 64}


def test_the_table_is_plain_numbers_with_a_running_index(records: Any) -> None:
    table = compare_groups(records, stage="assessed").table
    assert [str(table[name].dtype) for name in ("n", "total", "value", "low", "high")] == ["Int64"] * 2 + [
        "float64"
    ] * 3
    pd.testing.assert_index_equal(table.index, pd.RangeIndex(len(table)))
