from dataclasses import replace

import pandas as pd
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.report.conftest import PHONE, WITHHELD
from workbench.disclosure import Rules
from workbench.finding import Finding
from workbench.report.quotes import EVERYBODY, Groups, Talk
from workbench.report.released import TALK, release
from workbench.report.views import view
from workbench.report.wording import Names

NAMES = Names(schemes={"durham": "Durham Checkpoint"}, codes={"DU-06": "Needs assessment", "DU-07": "Contract"})

SPEAKERS = Groups(labels={("service_user", "west-midlands"): "Person on the scheme, West Midlands"}, sizes={})


def _released(finding: Finding) -> Finding:
    return release({finding.name: finding}, Rules(), NAMES, Talk(documents=["wm-focus"], speakers=SPEAKERS)).findings[
        finding.name
    ]


def test_sentences_about_records_are_made_again_from_what_is_shown(
    fidelity: Finding, equity: Finding, snapshot: SnapshotAssertion
) -> None:
    assert [*_released(fidelity).statements, *_released(equity).statements] == snapshot


def test_a_small_count_and_what_rests_on_it_are_withheld(fidelity: Finding) -> None:
    shown = _released(fidelity).table
    row = shown[shown["component"] == "DU-07"].iloc[0]

    assert row["status"] == "withheld (primary)"
    assert row[["n", "total", "value", "low", "high", "value_closed"]].isna().all()


def test_what_interviewed_people_say_stays_where_records_are_withheld(fidelity: Finding) -> None:
    shown = _released(fidelity).table

    assert shown.loc[shown["component"] == "DU-07", ["delivered", "adapted"]].to_numpy().tolist() == [[2, 1]]


def test_people_who_say_both_stay_beside_the_others(fidelity: Finding) -> None:
    shown = _released(replace(fidelity, table=fidelity.table.assign(mixed=1, coders_differ=0)))
    (said,) = [each.cells for each in view(shown, NAMES) if each.heading == "People say"]

    assert said[1] == "2 delivered, 1 adapted, 1 said both"


def test_columns_that_would_give_exact_counts_back_do_not_leave(fidelity: Finding) -> None:
    shown = _released(fidelity).table

    assert {"missed", "otherwise"}.isdisjoint(shown.columns)
    assert shown["not_due"].isna().all()  # 3 is small, and would follow from the known number of cases
    assert shown["not_applicable"].isna().all()


def test_a_number_column_that_nobody_vouches_for_does_not_leave(equity: Finding) -> None:
    with_more = replace(equity, table=equity.table.assign(exact=equity.table["n"]))

    assert "exact" not in _released(with_more).table.columns


def test_counts_in_notes_are_rounded_or_said_to_be_small(fidelity: Finding, equity: Finding) -> None:
    assert list(_released(fidelity).notes) == [
        "13,340 events without case or time were left out.",
        "Fewer than 10 cases came late.",
    ]
    assert list(_released(equity).notes) == ["One row per incident: 2,475 incidents of 2,450 persons."]


def test_emmie_repeats_the_released_sentence_and_not_the_exact_one(findings: dict[str, Finding]) -> None:
    exact = " ".join(findings["emmie"].statements)
    shown = release(findings, Rules(), NAMES, Talk()).findings["emmie"]
    told = " ".join([*shown.statements, *shown.table["note"]])

    assert "803 of 1,207" in exact
    assert "803" not in told
    assert f"{WITHHELD} of 23" not in told
    assert "Durham Checkpoint: 2 of 3 components can be seen in records" in told


def test_talk_and_what_leads_to_one_transcript_stay_inside(findings: dict[str, Finding]) -> None:
    worklist = replace(
        findings["coding"],
        name="disagreements",
        table=pd.DataFrame(
            {"document": ["wm-focus"] * 2, "turn": [1, 2], "code": ["M09"] * 2, "quote": ["one", "two"]}
        ),
        statements=["wm-focus, turn 2 is to be talked about."],
    )
    shown = _released(worklist)

    assert shown.table.to_dict(orient="list") == {"code": ["M09"], "n": [2]}
    assert list(shown.statements) == ["a transcript of this study is to be talked about."]


def test_a_theme_keeps_its_words_and_not_its_place(findings: dict[str, Finding]) -> None:
    table = pd.DataFrame({"code": ["T00"], "n": [9], "note": ["form, letter; most central: wm-focus, turn 3"]})
    shown = _released(replace(findings["coding"], name="themes", table=table))

    assert shown.table["note"].tolist() == ["form, letter"]


def test_a_raw_identifier_in_any_cell_is_withheld_and_recorded(equity: Finding) -> None:
    planted = replace(equity, table=equity.table.assign(note=f"ring {PHONE}"))
    released = release({planted.name: planted}, Rules(), NAMES, Talk())
    entries = [entry for entry in released.gate.entries if entry.decision == "refuse"]

    assert PHONE not in released.findings[planted.name].table.to_csv()
    assert [entry.reasons[0] for entry in entries] == ["held a raw identifier, now withheld: phone"]
    assert [entry.decision for entry in released.gate.entries if entry.name == planted.name] == ["refuse"]


def test_only_findings_about_talk_skip_suppression() -> None:
    assert not [name for name in TALK if name.startswith(("equity", "fidelity", "records"))]


def test_the_sample_is_told_by_the_groups_that_quotes_are_given_to(findings: dict[str, Finding]) -> None:
    assert sorted(findings["corpus"].table["people"]) == [1, 1, 4]
    shown = _released(findings["corpus"]).table

    assert shown[["group", "people"]].to_numpy().tolist() == [
        ["Person on the scheme, West Midlands", 4],
        [EVERYBODY, 2],
    ]
    assert {"role", "scheme"}.isdisjoint(shown.columns)


def test_counts_by_role_do_not_leave_with_the_theory(findings: dict[str, Finding]) -> None:
    roles = ("officer", "provider", "service_user", "stakeholder")
    shown = _released(findings["theory"]).table

    assert [name for name in shown.columns if name.endswith(roles)] == []
    assert [name for name in findings["theory"].table.columns if name.endswith(roles)] != []


@pytest.mark.parametrize(
    ("p", "shown"), [(0.0004, "< 0.001"), (0.004, "< 0.01"), (0.04, "< 0.05"), (0.3, "not below 0.05")]
)
def test_a_p_value_leaves_as_the_step_that_it_is_below(fidelity: Finding, p: float, shown: str) -> None:
    table = fidelity.table.assign(drift_p=[p if part == "all" else None for part in fidelity.table["period"]])
    released = _released(replace(fidelity, table=table))
    row = released.table[released.table["component"] == "DU-06"].iloc[0]

    assert row["drift_p"] == shown
    assert released.table["drift_p"].dropna().map(type).eq(str).all()
    assert any(f"test for trend, p {shown}" in told for told in released.statements) == shown.startswith("<")


def test_rows_about_the_records_can_be_told_apart_without_what_was_written(equity: Finding) -> None:
    table = pd.DataFrame(
        {
            "method": ["referral", "referral", "no known group"],
            "note": ["flag and events disagree", "flag and events disagree", "5 incident rows were left out"],
            "written": ["flag without event", "event without flag", "Jo Bloggs"],
            "place": ["Durham"] * 3,
            "n": [40, 60, 50],
        }
    )
    shown = _released(replace(equity, name="records", table=table, statements=[], notes=[]))

    assert list(shown.table["note"]) == [
        "flag and events disagree: flag without event",
        "flag and events disagree: event without flag",
        "Fewer than 10 incident rows were left out",
    ]
    assert "written" not in shown.table.columns
