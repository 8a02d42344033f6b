"""The Finding: rows, sentences, notes, voices and the way back."""

import pytest
from event_tables import events, manual, records, store

from workbench.errors import InputError
from workbench.estimates import wilson
from workbench.fidelity import check_fidelity

RESPONSE = """
template: response
activation: {activity: referral}
target: {activity: assessment}
within: {n: 14, unit: days}
"""
LOG = """
    case   at          activity    actor
    kept   2022-01-01  referral    officer
    kept   2022-01-05  assessment  provider
    late   2022-01-20  referral    officer
    late   2022-02-20  assessment  provider
    never  2022-02-01  referral    officer
    wait   2022-03-20  referral    officer
    early  2022-03-21  referral    officer
    early  2022-03-22  assessment  provider
    other  2022-03-22  encounter   officer
"""


VOICES = store("""
    code  stance       person  role
    R1    supports     a       officer
    R1    supports     a       officer
    R1    supports     b       provider
    R1    qualifies    c       service_user
    R1    contradicts  i       interviewer
    X9    contradicts  d       officer
""")


def test_one_row_a_component_then_one_a_month() -> None:
    table = check_fidelity(records(events(LOG)), manual(RESPONSE), as_of="2022-03-31", store=VOICES).table
    shown = table[["period", "status", "n", "total", "not_due", "not_applicable", "missed", "otherwise"]]

    assert shown.astype(object).where(shown.notna(), None).values.tolist() == [
        ["all", "observed", 2, 4, 1, 1, 2, 1],
        ["2022-01", "observed", 1, 2, 0, None, 1, 1],
        ["2022-02", "observed", 0, 1, 0, None, 1, 0],
        ["2022-03", "observed", 1, 1, 1, None, 0, 0],
    ]


def test_the_share_is_of_decided_cases_with_wilsons_interval_and_another_of_closed_cases() -> None:
    row = check_fidelity(records(events(LOG)), manual(RESPONSE), as_of="2022-03-31").table.iloc[0]
    expected = wilson(2, 4)

    assert (row["value"], row["low"], row["high"]) == (expected.value, expected.low, expected.high)
    assert row["value_closed"] == 1 / 3


def test_people_stand_beside_the_records() -> None:
    row = check_fidelity(records(events(LOG)), manual(RESPONSE), as_of="2022-03-31", store=VOICES).table.iloc[0]

    assert (row["delivered"], row["adapted"], row["not_delivered"]) == (2, 1, 0)
    assert row["agreement_of_streams"] == "records: kept in most cases; people: most say delivered"


def test_without_a_store_nobody_was_asked() -> None:
    row = check_fidelity(records(events(LOG)), manual(RESPONSE), as_of="2022-03-31").table.iloc[0]

    assert row[["delivered", "adapted", "not_delivered"]].isna().all()
    assert row["agreement_of_streams"] == ""


def test_a_row_leads_back_to_what_was_missed_then_what_was_met_then_what_was_said() -> None:
    finding = check_fidelity(records(events(LOG)), manual(RESPONSE), as_of="2022-03-31", store=VOICES)

    assert finding.trace(0) == ("e3", "e5", "e1", "e7", "c1", "c2", "c3", "c4")
    assert finding.trace(1) == ("e3", "e1")


def test_an_activity_absent_from_the_whole_log_gives_none_met() -> None:
    finding = check_fidelity(
        records(events("case at activity\nc 2022-01-01 referral")), manual(RESPONSE), as_of="2022-03-31"
    )
    row = finding.table.iloc[0]

    assert (row["status"], row["n"], row["total"], row["value"]) == ("observed", 0, 1, 0.0)


def test_a_share_without_base_is_undefined_with_its_reason() -> None:
    nobody = check_fidelity(
        records(events("case at activity\nc 2022-01-01 encounter")), manual(RESPONSE), as_of="2022-03-31"
    )
    waiting = check_fidelity(
        records(events("case at activity\nc 2022-03-30 referral")), manual(RESPONSE), as_of="2022-03-31"
    )

    assert nobody.table["status"].tolist() == ["undefined"]
    assert nobody.table["value"].isna().all()
    assert nobody.table["note"][0] == "The rule applied to no case up to the cut-off."
    assert waiting.table["note"][0] == "No case is decided yet: the time allowed has not run out."


@pytest.mark.parametrize(
    ("rule", "observability", "log", "reason"),
    [
        ("", ["interview"], LOG, "Neither police nor provider events show it."),
        ("", ["events"], LOG, "Records show part of it at most; no rule is written."),
        (RESPONSE, ["provider"], LOG.replace("provider", "officer"), "No events from the provider were supplied."),
    ],
)
def test_what_records_cannot_show_is_not_observable_and_never_zero(
    rule: str, observability: list[str], log: str, reason: str
) -> None:
    book = manual(rule, observability=observability)
    finding = check_fidelity(records(events(log)), book, as_of="2022-03-31", store=VOICES)
    row = finding.table.iloc[0]

    assert (row["status"], row["note"]) == ("not observable", reason)
    assert row[["n", "total", "value", "not_due", "missed"]].isna().all()
    assert row["delivered"] == 2
    assert "Not observable in these records, which is not the same as not delivered: R1." in finding.notes


def test_a_scheme_without_events_is_not_observable() -> None:
    finding = check_fidelity(records(events(LOG, scheme="elsewhere")), manual(RESPONSE), as_of="2022-03-31")

    assert finding.table["note"].tolist() == ["There are no events of this scheme."]


def test_sentences_give_number_base_and_interval() -> None:
    finding = check_fidelity(records(events(LOG)), manual(RESPONSE), as_of="2022-03-31", store=VOICES)

    assert finding.statements == [
        "A manual: records can be held against 1 of 1 components; 50.0% of 4 cases kept R1 Rule 1.",
        "R1 Rule 1: 2 of 4 cases kept it (50.0%, 95% interval 15.0% to 85.0%); "
        "of the 2 missed, 1 recorded but late; "
        "1 not due yet, 33.3% among those whose time had run out.",
        "R1 in interviews: 2 people say it was delivered as written, 1 person says adapted, "
        "0 people say not delivered.",
    ]


def test_notes_name_the_cut_off_and_the_truncated_tail() -> None:
    notes = check_fidelity(records(events(LOG)), manual(RESPONSE), as_of="2022-03-31").notes

    assert notes[0] == "Cut-off: events up to 2022-03-31. What is not due by then is not counted as missed."
    assert any(note.startswith("Truncated tail: in months from 2022-03 on") for note in notes)


def test_a_component_that_slips_month_by_month_is_told_with_its_trend() -> None:
    lines = ["case at activity"]
    for month, kept in ((1, 38), (2, 30), (3, 20), (4, 10)):
        for number in range(40):
            lines.append(f"c{month}-{number} 2022-0{month}-01 referral")
            lines += [f"c{month}-{number} 2022-0{month}-02 assessment"] if number < kept else []
    finding = check_fidelity(records(events("\n".join(lines))), manual(RESPONSE), as_of="2022-04-30")

    assert finding.table["drift_p"][0] < 1e-9
    assert finding.table["drift_p"][1:].isna().all()
    assert (
        "R1 moves from month to month (Cochran-Armitage trend test, p < 0.001): 38 of 40 (95.0%) in 2022-01, "
        "10 of 40 (25.0%) in 2022-04." in finding.statements
    )


def test_the_stamp_names_manual_date_and_call() -> None:
    finding = check_fidelity(records(events(LOG)), manual(RESPONSE), as_of="2022-03-31")

    assert finding.name == "fidelity-here"
    assert finding.provenance.as_of == "2022-03-31"
    assert finding.provenance.definitions == {"manual here": "1"}
    assert finding.provenance.inputs == {"manual.yaml": "0" * 64}
    assert finding.provenance.call == "check_fidelity(records, manual, as_of='2022-03-31')"


def test_a_missing_date_is_refused() -> None:
    with pytest.raises(InputError, match="as_of=None is no date"):
        check_fidelity(records(events(LOG)), manual(RESPONSE), as_of=None)  # type: ignore[arg-type]
