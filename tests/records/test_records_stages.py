from collections.abc import Callable
from datetime import date

import pandas as pd
from record_rows import rows

from workbench.definitions import read_map, shipped
from workbench.records import OUTCOMES, STAGES, Records
from workbench.records.columns import EVENT_COLUMNS, INCIDENT_COLUMNS
from workbench.records.stages import CRIMINALISED_CODES, DIVERTED_CODE, NOT_YET_ASSIGNED, OPEN_GROUPS

Read = Callable[..., Records]


def made(incidents: list[dict], events: list[tuple[str, str, str]] | None = None) -> Records:  # type: ignore[type-arg]
    table = pd.DataFrame([{"incident": f"i{n}", "place": f"f||{n}", **one} for n, one in enumerate(incidents)])
    happened = (
        None if events is None else pd.DataFrame(events, columns=["scheme", "case", "activity"]).assign(at="2021-11-03")
    )
    return Records.from_frames(table, happened)


def test_stages_have_all_incident_columns_and_one_flag_each() -> None:
    records = made([{"scheme": "durham"}])
    assert list(records.stages.columns) == [*INCIDENT_COLUMNS, *STAGES, *OUTCOMES]
    assert list(records.events.columns) == list(EVENT_COLUMNS)


def test_eligible_follows_the_rule_and_is_not_known_without_age_or_offence() -> None:
    cases = [
        ("west-midlands", 18, "1", True), ("west-midlands", 17, "1", False), ("west-midlands", 30, "2", False),
        ("durham", 30, "2", True), (None, 30, "1", True), ("durham", None, "1", None), ("durham", 17, None, None),
    ]  # fmt: skip
    records = made([{"scheme": scheme, "age": age, "offence_group": group} for scheme, age, group, _ in cases])
    assert [flag for (flag,) in rows(records.stages, "eligible")] == [expected for *_, expected in cases]


def test_a_stage_is_not_observable_without_events_of_the_scheme_and_false_when_they_show_none() -> None:
    incidents = [
        {"scheme": "durham", "case": "1", "was_diverted": True},
        {"scheme": "durham", "case": "2", "was_diverted": False},
        {"scheme": "durham"},
        {"scheme": "thames-valley", "case": "1", "was_diverted": True},
    ]
    log = [
        ("durham", "1", "offer"),
        ("durham", "1", "acceptance"),
        ("durham", "1", "assessment"),
        ("durham", "2", "offer"),
    ]
    records = made(incidents, log)
    assert rows(records.stages, "recorded", "offered", "accepted", "referred", "assessed", "completed") == [
        (True, True, True, True, True, False),
        (True, True, False, False, False, False),
        (True, False, False, None, False, False),
        (True, None, None, True, None, None),
    ]


def test_criminalised_is_a_charge_or_an_adult_caution_and_not_known_where_the_outcome_is_open() -> None:
    cases = [
        ("1", None, True), ("1A", None, True), ("3", None, True), ("3A", "formal out of court", True),
        ("2", "formal out of court", False), ("6", None, False), ("8", None, False), ("22", None, False),
        (None, "no further action", False), (None, "arrest, outcome not known", None), (None, "other", None),
        ("0", "not yet assigned", None), ("0", None, None), (None, None, None),
    ]  # fmt: skip
    records = made([{"outcome": code, "outcome_group": group} for code, group, _ in cases])
    found = dict(rows(records.stages, "incident", "criminalised"))
    assert [found[f"i{n}"] for n in range(len(cases))] == [expected for *_, expected in cases]


def test_diverted_is_the_flag_or_outcome_22_and_not_known_where_neither_is() -> None:
    cases = [
        (True, "1", True), (True, None, True), (False, "22", True), (None, "22", True), (False, None, False),
        (None, "8", False), (False, "1", False), (None, "0", None), (None, None, None),
    ]  # fmt: skip
    records = made([{"was_diverted": flag, "outcome": code} for flag, code, _ in cases])
    found = dict(rows(records.stages, "incident", "diverted"))
    assert [found[f"i{n}"] for n in range(len(cases))] == [expected for *_, expected in cases]


def test_the_codes_and_groups_that_decide_an_outcome_are_those_of_the_shipped_map() -> None:
    shown = read_map(shipped("codebooks/diversion") / "maps" / "outcomes.csv", ["code", "group"])
    assert {*CRIMINALISED_CODES, DIVERTED_CODE, NOT_YET_ASSIGNED} <= {row["code"] for row in shown}
    assert set(OPEN_GROUPS) <= {row["group"] for row in shown}
    without_code = {row["group"] for row in shown if not row["code"]}
    assert without_code - set(OPEN_GROUPS) == {"no further action"}


def test_two_schemes_that_number_their_cases_alike_are_kept_apart() -> None:
    records = made(
        [{"scheme": "durham", "case": "1"}, {"scheme": "kent", "case": "1"}],
        [("kent", "1", "offer"), ("durham", "9", "offer")],
    )
    assert rows(records.stages, "offered") == [(False,), (True,)]


def test_incidents_alone_and_events_alone_load_with_the_right_columns() -> None:
    alone = made([{"scheme": "durham"}])
    assert alone.events.count().to_pyarrow().as_py() == 0
    events = Records.from_frames(None, pd.DataFrame({"case": ["c"], "activity": ["a"], "at": ["2021-11-03"]}))
    assert events.stages.count().to_pyarrow().as_py() == 0
    assert rows(events.events, "event", "case") == [("e0000001", "c")]


EXTRACT = """Force,PNC ID,Contact date,Offence,Diverted,Outcome
West Midlands,FIC/1,03/11/2021,Possess cannabis,Y,8
West Midlands,FIC/1,03/12/2021,Possess cannabis,N,1
West Midlands,FIC/2,03/11/2021,Possess cannabis,Y,8
"""


def test_a_case_is_tied_by_person_and_day_of_the_encounter(read: Read) -> None:
    log = """Case ref,PNC No,Activity,Date
w1,FIC/1,offer,04/11/2021 10:00
w1,FIC/1,encounter,03/11/2021 22:00
w1,,referral,04/11/2021 11:00
w2,FIC/1,encounter,03/12/2021 09:00
w3,FIC/3,encounter,03/11/2021 09:00
"""
    records = read({"wmp.csv": EXTRACT, "west midlands events.csv": log})
    assert rows(records.stages, "contact_date", "case", "offered") == [
        (date(2021, 11, 3), "w1", True),
        (date(2021, 12, 3), "w2", False),
        (date(2021, 11, 3), None, False),
    ]
    checks = records.quality.set_index(["check", "value"])["n"].to_dict()
    assert checks == {("case without an incident", ""): 1, ("incident without a case", ""): 1}


def test_a_case_named_in_the_extract_is_tied_by_its_name_and_disagreement_is_counted(read: Read) -> None:
    extract = EXTRACT.replace("Force,", "Checkpoint Ref,Force,").replace("\nWest", "\n{}West").format("d1,", "d2,", ",")
    log = "Checkpoint Ref,Activity,Date\nd1,encounter,03/11/2021\nd2,referral,03/12/2021\n"
    records = read({"extract.csv": extract, "log west midlands.csv": log})
    assert rows(records.incidents, "case") == [("d1",), ("d2",), (None,)]
    found = records.quality.query("check == 'referral'")[["place", "value", "n"]].values.tolist()
    assert found == [["West Midlands", "flag without event", 1], ["West Midlands", "event without flag", 1]]


def test_two_incidents_and_two_cases_of_one_day_are_paired_in_order(read: Read) -> None:
    extract = EXTRACT.replace("03/12/2021", "03/11/2021")
    log = (
        "Case ref,PNC No,Activity,Date\nlate,FIC/1,encounter,03/11/2021 20:00\nearly,FIC/1,encounter,03/11/2021 08:00\n"
    )
    records = read({"wmp.csv": extract, "west midlands events.csv": log})
    assert rows(records.incidents, "case") == [("early",), ("late",), (None,)]


def test_the_engine_fetches_no_extensions() -> None:
    backend = made([{"scheme": "durham"}])._backend
    setting = "current_setting('autoinstall_known_extensions') OR current_setting('autoload_known_extensions')"
    assert backend.con.execute(f"SELECT {setting}").fetchone() == (False,)
