from collections.abc import Callable
from datetime import date, datetime

import pandas as pd
import pytest
from record_rows import rows

from workbench.records import Records

Read = Callable[..., Records]

HEADER = (
    "Force,Forename,Surname,DOB,Sex,Ethnicity (officer),Ethnicity (self),"
    "PNC ID,Contact date,Contact reason,Was diverted,Was arrested,Outcome type"
)
ORDINARY = (
    HEADER
    + """
Durham,Ann,Testperson,03/11/1990,Female,1,W1,FIC/1,03/11/2021,Possess cannabis,Y,N,8
Durham,Bob,Testperson,04/11/2003,M,3,NULL,FIC/2,2021-11-03,Possess cocaine,No,Yes,Charge/Summons
"""
)


def test_the_canonical_thirteen_columns_become_an_incident(read: Read) -> None:
    records = read({"durham.csv": ORDINARY})
    columns = ("force", "scheme", "sex", "age", "age_band", "contact_date", "offence", "offence_group", "drug")
    assert rows(records.incidents, *columns) == [
        ("Durham", "durham", "Female", 31, "26-35", date(2021, 11, 3), "possession-cannabis", "1", "cannabis"),
        ("Durham", "durham", "Male", 17, "under 18", date(2021, 11, 3), "possession-cocaine", "1", "cocaine"),
    ]
    columns = ("was_diverted", "was_arrested", "outcome", "outcome_group", "place", "fictional")
    assert rows(records.incidents, *columns) == [
        (True, False, "8", "informal out of court", "durham.csv||2", False),
        (False, True, "1", "charge or summons", "durham.csv||3", False),
    ]


def test_ethnicity_stands_in_three_forms_and_not_stated_is_a_group(read: Read) -> None:
    records = read({"durham.csv": ORDINARY})
    columns = (
        "ethnicity_self",
        "ethnicity_officer",
        "ethnicity",
        "ethnicity_officer_group",
        "ethnicity_self_then_officer",
    )
    assert rows(records.incidents, *columns) == [
        ("W1", "1", "White", "White", "White"),
        (None, "3", "Not stated", "Black", "Black"),
    ]


def test_sheets_of_one_workbook_may_each_have_their_own_headers_and_a_cover(read: Read) -> None:
    records = read(
        {
            "west midlands.xlsx": {
                "READ ME": [["FICTIONAL: nobody lived this"], ["Force", "West Midlands"]],
                "Q1": [
                    ["Extract of 1 April"],
                    [],
                    ["Surname", "Forename", "DOB", "Contact Date", "Outcome", "Referred (Y/N)"],
                    ["Ex", "A", datetime(1990, 1, 1), datetime(2021, 11, 3), 8, "Y"],
                ],
                "Q2": [
                    ["Name", "D.O.B", "Incident date", "Disposal", "Was referred"],
                    ["WYE, B", "01/02/1991", 44600, "22 - Diversionary", "unable to verify"],
                ],
            }
        }
    )
    columns = ("force", "age", "contact_date", "outcome", "was_diverted", "place", "fictional")
    assert rows(records.incidents, *columns) == [
        ("West Midlands", 31, date(2021, 11, 3), "8", True, "west midlands.xlsx|Q1|4", True),
        ("West Midlands", 31, date(2022, 2, 8), "22", None, "west midlands.xlsx|Q2|2", True),
    ]
    assert records.quality[["check", "place", "value", "n"]].values.tolist() == [
        ["set aside", "west midlands.xlsx, sheet READ ME", "", 1],
        ["was_diverted is neither yes nor no", "west midlands.xlsx, sheet Q2", "unable to verify", 1],
    ]


def test_blank_spellings_are_missing_and_counted_nowhere(read: Read) -> None:
    body = "Durham,Ann,X,NULL,Unknown,,(null),Not recorded on PNC,03/11/2021,N/A,-,NULL,\n"
    records = read({"durham.csv": HEADER + "\n" + body})
    columns = ("sex", "age", "ethnicity_self", "contact_reason", "was_diverted", "was_arrested", "outcome")
    assert rows(records.incidents, *columns) == [(None,) * 7]
    assert records.quality["check"].tolist() == ["person not sure"]


def test_a_row_repeated_on_another_sheet_counts_once_and_is_counted(read: Read) -> None:
    header = ["First name", "Last name", "DOB", "PNC", "Contact date", "Offence", "Diverted", "Arrested", "Outcome"]
    one = ["Ann", "Ex", "01/01/1990", "FIC/1", "03/11/2021", "Possess cannabis", "Yes", "", "8"]
    again = ["Ann", "Ex", "01/01/1990", "NULL", "2021-11-03", "Possession of cannabis", "", "No", "Outcome 8"]
    other = [*one[:4], "04/11/2021", *one[5:]]
    records = read({"durham.xlsx": {"A": [header, one], "B": [header, again, other]}})
    columns = ("contact_date", "was_diverted", "was_arrested", "place")
    assert rows(records.incidents, *columns) == [
        (date(2021, 11, 3), True, False, "durham.xlsx|A|2"),
        (date(2021, 11, 4), True, None, "durham.xlsx|B|3"),
    ]
    assert records.quality.query("check == 'repeated row'")["n"].tolist() == [1]


def test_a_file_of_stops_as_published_has_no_person_and_keeps_its_age_range(read: Read) -> None:
    header = "Type,Date,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Object of search,Outcome"
    body = """
Person search,2020-06-30T23:00:00+00:00,Male,25-34,Other ethnic group - Not stated,Black,Controlled drugs,Arrest
Person search,2020-07-01T12:00:00+00:00,Female,,White - Irish,White,Controlled drugs,A no further action disposal
"""
    records = read({"2020-07-metropolitan-stop-and-search.csv": header + body})
    columns = (
        "force",
        "person",
        "contact_date",
        "age",
        "age_band",
        "ethnicity",
        "outcome",
        "outcome_group",
        "was_arrested",
    )
    assert rows(records.incidents, *columns) == [
        ("Metropolitan", None, date(2020, 7, 1), None, "25-34", "Not stated", None, "arrest, outcome not known", True),
        ("Metropolitan", None, date(2020, 7, 1), None, None, "White", None, "no further action", None),
    ]
    assert records.quality["check"].tolist() == ["column not read", "age as a range", "no person"]


def test_the_force_may_be_given_for_the_folder(read: Read) -> None:
    stops = "Date,Gender,Outcome\n2020-07-01,Male,Arrest\n"
    records = read({"stops.csv": stops, "columns.yaml": "force: Kent Police\n"})
    assert rows(records.incidents, "force", "scheme") == [("Kent", None)]


def test_headers_that_no_map_knows_are_named_in_columns_yaml(read: Read) -> None:
    extract = "Polizei,Wann,Sex,Ergebnis\nDurham,03/11/2021,M,8\n"
    names = "force: Polizei\ncontact_date: Wann\noutcome: [Ergebnis, Result]\n"
    records = read({"a.csv": extract, "columns.yaml": names})
    assert rows(records.incidents, "force", "contact_date", "outcome") == [("Durham", date(2021, 11, 3), "8")]


def test_an_event_log_of_another_trade_loads_alone(read: Read) -> None:
    log = pd.DataFrame(
        {
            "id": ["A1", "A1"],
            "what": ["Create Fine", "Payment"],
            "moment": pd.to_datetime(["2006-07-24", "2006-08-01"]),
            "amount": [35.0, None],
        }
    )
    names = "case: id\nactivity: what\nat: moment\nscheme: fines\n"
    records = read({"log.parquet": log, "columns.yaml": names})
    assert rows(records.events, "case", "activity", "at", "scheme", "place") == [
        ("A1", "Create Fine", datetime(2006, 7, 24), "fines", "log.parquet||1"),
        ("A1", "Payment", datetime(2006, 8, 1), "fines", "log.parquet||2"),
    ]
    assert rows(records.incidents, "incident", "person") == []


def test_case_names_that_look_like_numbers_or_blanks_survive(read: Read) -> None:
    log = "case,activity,at\nNA,referral,2021-11-03\n007,referral,2021-11-03\n1e5,referral,2021-11-03\n"
    records = read({"durham.csv": log})
    assert rows(records.events, "case") == [("NA",), ("007",), ("1e5",)]


def test_every_file_is_named_with_its_hash(read: Read) -> None:
    records = read({"durham.csv": ORDINARY})
    assert [name for name in records.sources if not name.startswith("maps/")] == ["durham.csv"]
    assert {len(sha256) for sha256 in records.sources.values()} == {64}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_from_excel_is_read_in_its_encoding(read: Read, tmp_path, encoding: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "durham.csv").write_text(ORDINARY.replace("Ann", "Zoë"), encoding=encoding)
    assert len(rows(read({}).incidents, "incident")) == 2
