"""Columns that no map knows, and files that are no records."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.records import Records, read_records

Read = Callable[..., Records]

HEADER = "Force,Contact date,Outcome"
ROW = "Durham,03/11/2021,8"


def unread(records: Records) -> list[list[object]]:
    found = records.quality.query("check == 'column not read'")
    return found[["place", "value", "n", "note"]].to_numpy().tolist()


@pytest.mark.parametrize("header", ["Ethnicity", "Ethnic group", "Suspect ethnicity", "Race"])
def test_an_ethnicity_that_does_not_say_whose_view_it_is_must_be_named(read: Read, header: str) -> None:
    records = read({"a.csv": f"{HEADER},{header}\n{ROW},Black\n{ROW},NULL\n{ROW},\n{ROW},W1\n"})
    note = "it does not say whose view it is: name it in columns.yaml as ethnicity_self or ethnicity_officer"
    assert unread(records) == [["a.csv", header, 2, note]]
    assert records.columns_read == {"force", "contact_date", "outcome"}


def test_once_it_is_named_it_is_read(read: Read) -> None:
    records = read({"a.csv": f"{HEADER},Ethnicity\n{ROW},W1\n", "columns.yaml": "ethnicity_self: Ethnicity\n"})
    assert unread(records) == []
    assert records.incidents.ethnicity.to_pyarrow().to_pylist() == ["White"]


def test_every_unread_column_is_named_with_its_sheet_and_never_with_its_values(read: Read) -> None:
    rows = [
        [*HEADER.split(","), "Offense", "Shoe size", "Always empty", ""],
        [*ROW.split(","), "Possess cannabis", 44, "", "Jane Testperson"],
        [*ROW.split(","), "Possess cocaine", "", "", ""],
    ]
    records = read({"durham.xlsx": {"Q1": rows}})
    assert unread(records) == [
        ["durham.xlsx, sheet Q1", "Offense", 2, "did you mean offence (“offence”)? Then name it in columns.yaml"],
        [
            "durham.xlsx, sheet Q1",
            "Shoe size",
            1,
            "no map knows this header; name it in columns.yaml if it is needed",
        ],
        [
            "durham.xlsx, sheet Q1",
            "column 7, without a header",
            1,
            "no map knows this header; name it in columns.yaml if it is needed",
        ],
    ]
    told = records.quality.to_csv()
    assert [value for value in ("Possess", "44", "Testperson") if value in told] == []


def test_a_column_passed_over_by_columns_yaml_says_so(read: Read) -> None:
    files = {"a.csv": f"{HEADER},Disposal\n{ROW},22\n", "columns.yaml": "outcome: Disposal\n"}
    note = "outcome is read from another column, as columns.yaml says"
    assert unread(read(files)) == [["a.csv", "Outcome", 1, note]]


def test_an_event_log_names_its_unread_columns_too(read: Read) -> None:
    log = "case,activity,at,Sex\nc1,referral,2021-11-03,M\n"
    ((place, header, n, note),) = unread(read({"durham.csv": log}))
    assert (place, header, n) == ("durham.csv", "Sex", 1)
    assert note == "no map knows this header; name it in columns.yaml if it is needed"


@pytest.mark.parametrize("header", ["SDE code", "Self-defined ethnicity code", "Self-defined ethnic group"])
def test_plain_spellings_of_forces_are_known(read: Read, header: str) -> None:
    records = read({"a.csv": f"{HEADER},{header}\n{ROW},W1\n"})
    assert (unread(records), records.incidents.ethnicity_self.to_pyarrow().to_pylist()) == ([], ["W1"])


def test_what_a_computer_leaves_in_a_folder_is_passed_over_without_a_word(tmp_path: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "~$durham.xlsx"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "letter.docx").write_bytes(b"PK")
    (tmp_path / "durham.csv").write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    records = read_records(tmp_path)
    assert records.quality.query("check == 'set aside'")["place"].tolist() == ["letter.docx"]
