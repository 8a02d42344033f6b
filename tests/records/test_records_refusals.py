from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from workbench.errors import InputError
from workbench.records import Records, read_records

Read = Callable[..., Records]

HEADER = "Force,Sex,Contact date,Outcome\n"


def told(read: Read, files: dict[str, object]) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(files)
    return str(caught.value).splitlines()


def test_all_problems_of_all_files_are_told_at_once(read: Read) -> None:
    files = {
        "a.csv": HEADER + "Durham,M,03/11/2021,Comunity resolution\nDurham,F,03/11/2021,Comunity resolution\n",
        "b.csv": "Force,Sex,Outcome,Offence\nDurham,M,8,Theft\n",
        "c.csv": "",
        "d.csv": HEADER + "Durham,M,yesterday,8\n",
    }
    lines = told(read, files)
    assert sorted(line.split(":")[0] for line in lines) == ["a.csv, row 2", "b.csv", "c.csv", "d.csv, row 2"]


def test_an_unknown_outcome_is_named_with_place_count_choices_and_the_nearest_known(read: Read) -> None:
    (line,) = told(
        read, {"a.csv": HEADER + "Durham,M,03/11/2021,8\n" + "Durham,M,03/11/2021,Comunity resolution\n" * 3}
    )
    assert line.startswith(
        "a.csv, row 3: 'Comunity resolution' is not a known outcome (3 rows). Known: 0 Not yet assigned"
    )
    assert line.endswith("Did you mean 'Community resolution'? Add it to outcomes.csv, or correct the rows.")


def test_a_sheet_without_contact_date_names_its_headers_and_the_way_out(read: Read) -> None:
    (line,) = told(read, {"a.csv": "Force,Sex,Outcome\nDurham,M,8\n"})
    assert line == (
        "a.csv: no column holds the contact date. Known: Force, Sex, Outcome. "
        "Name it in columns.yaml beside the file, e.g. contact_date: Force."
    )


def test_two_columns_of_one_meaning_are_refused(read: Read) -> None:
    (line,) = told(read, {"a.csv": "Force,Contact date,Outcome,Disposal\nDurham,03/11/2021,8,22\n"})
    assert (
        line
        == "a.csv: 2 columns are read as outcome: Outcome, Disposal. Say which in columns.yaml, e.g. outcome: Outcome."
    )


def test_columns_yaml_settles_which_of_two_columns_is_meant(read: Read) -> None:
    extract = "Force,Contact date,Outcome,Disposal\nDurham,03/11/2021,8,22\n"
    records = read({"a.csv": extract, "columns.yaml": "outcome: Disposal\n"})
    assert records.incidents.outcome.to_pyarrow().to_pylist() == ["22"]


def test_a_broken_file_is_a_problem_not_a_traceback(read: Read) -> None:
    (line,) = told(read, {"broken.csv": HEADER + 'Durham,M,"03/11/2021,8,9,9\n'})
    assert line.startswith("broken.csv: the file cannot be read (")
    assert line.endswith("Open it, remove any password, and save it again.")


def test_an_unknown_force_is_asked_for(read: Read) -> None:
    (line,) = told(read, {"extract.csv": "Sex,Contact date,Outcome\nM,03/11/2021,8\n"})
    assert line.startswith("extract.csv: the force is not known in 1 rows. Add a force column")


def test_a_case_named_by_a_pnc_number_is_refused(read: Read) -> None:
    log = "Case ref,PNC No,Activity,Date\nFIC/0001,FIC/0001,referral,03/11/2021\n"
    (line,) = told(read, {"durham.csv": log})
    assert line.startswith("durham.csv, row 2: the case is named by a PNC number (1 rows).")


def test_a_wrong_name_in_columns_yaml_is_told_with_line_and_nearest(read: Read) -> None:
    (line,) = told(read, {"a.csv": HEADER, "columns.yaml": "force: Force\ncontact_day: When\n"})
    assert line.startswith("columns.yaml, line 2: 'contact_day' is not a name of a column.")
    assert line.endswith("Did you mean 'contact_date'?")


def test_a_missing_or_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such folder"):
        read_records(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no sheet of incidents or events was found"):
        read_records(tmp_path)


def test_keys_among_the_records_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the keys would lie among the records"):
        read_records(tmp_path, keys=tmp_path / "keys.csv")


@pytest.mark.parametrize("frame", ["incidents", "events"])
def test_a_column_that_the_tables_do_not_have_is_refused(frame: str) -> None:
    frames = {
        "incidents": pd.DataFrame({"incident": ["i1"]}),
        "events": pd.DataFrame({"case": ["c"], "activity": ["a"], "at": ["2021-11-03"]}),
    }
    frames[frame]["surname"] = "Testperson"
    with pytest.raises(InputError, match=f"{frame}: column 'surname' is not one of the table's"):
        Records.from_frames(frames["incidents"], frames["events"])


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".parquet"])
def test_a_damaged_binary_file_is_a_problem_that_names_it(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"durham{ending}").write_bytes(b"PK\x03\x04 this was a workbook once")
    with pytest.raises(InputError) as caught:
        read_records(tmp_path)
    assert str(caught.value).startswith(f"durham{ending}: the file cannot be read (")
