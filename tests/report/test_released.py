from dataclasses import replace

import pandas as pd
from syrupy.assertion import SnapshotAssertion

from tests.report.conftest import PHONE, WITHHELD
from workbench.disclosure import Rules
from workbench.finding import Finding
from workbench.report.released import TALK, release
from workbench.report.wording import Names

NAMES = Names(schemes={"durham": "Durham Checkpoint"}, codes={"DU-06": "Needs assessment", "DU-07": "Contract"})


def _released(finding: Finding) -> Finding:
    return release({finding.name: finding}, Rules(), NAMES, ["wm-focus"]).findings[finding.name]


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
    shown = release(findings, Rules(), NAMES, []).findings["emmie"]
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
    released = release({planted.name: planted}, Rules(), NAMES, [])
    entries = [entry for entry in released.gate.entries if entry.decision == "refuse"]

    assert PHONE not in released.findings[planted.name].table.to_csv()
    assert [entry.reasons for entry in entries] == [("held a raw identifier, now withheld: phone",)]


def test_only_findings_about_talk_skip_suppression() -> None:
    assert not [name for name in TALK if name.startswith(("equity", "fidelity", "records"))]
