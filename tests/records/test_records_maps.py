import shutil
from pathlib import Path

import pytest

from workbench.definitions import read_map, shipped
from workbench.errors import InputError
from workbench.records.maps import read_maps

MAPS = shipped("codebooks/diversion/maps")


def test_all_22_outcomes_and_their_subsets_and_zero_are_known_by_code() -> None:
    maps = read_maps(MAPS)
    codes = ["0", *(str(number) for number in range(1, 23)), "1A", "2A", "3A"]
    assert [maps.outcomes.rows[code.casefold()]["code"] for code in codes] == codes


def test_outcomes_stand_in_the_groups_of_the_home_office() -> None:
    groups: dict[str, list[str]] = {}
    for row in read_map(MAPS / "outcomes.csv", ["code", "group"]):
        groups.setdefault(row["group"], []).append(row["code"])
    assert groups["formal out of court"] == ["2", "2A", "3", "3A", "6"]
    assert groups["informal out of court"] == ["7", "8"]
    assert groups["diversionary activity"] == ["22"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("8", "8"), ("08", "8"), ("Outcome 8", "8"), ("8 - Community Resolution", "8"), ("Type 8: comm. res.", "8"),
        ("COMMUNITY RESOLUTION", "8"), ("1A", "1A"), ("Charge/Summons", "1"), ("Summons / charged by post", "1"),
        ("Deferred prosecution", "22"), ("Khat or Cannabis warning", "7"), ("Offender given a caution", "3"),
    ],
)  # fmt: skip
def test_outcomes_are_known_as_forces_and_the_published_files_write_them(written: str, code: str) -> None:
    row = read_maps(MAPS).outcomes.find(written)
    assert row is not None
    assert row["code"] == code


@pytest.mark.parametrize("written", ["CR8", "12 month conditional discharge", "23", "resolution of the community"])
def test_what_is_no_outcome_is_not_guessed(written: str) -> None:
    assert read_maps(MAPS).outcomes.find(written) is None


@pytest.mark.parametrize(
    ("written", "code", "group"),
    [
        ("W1 - White British", "W1", "White"),
        ("White - English/Welsh/Scottish/Northern Irish/British", "W1", "White"),
        ("Other ethnic group - Not stated", "NS", "Not stated"),
        ("Other ethnic group - Any other ethnic group", "O9", "Other"),
        ("Asian/Asian British - Chinese", "A4", "Asian"),
        ("O1", "A4", "Asian"),
        ("Mixed/Multiple ethnic groups - White and Black Caribbean", "M1", "Mixed"),
    ],
)
def test_self_defined_ethnicity_is_known_in_18_and_in_16_codes(written: str, code: str, group: str) -> None:
    row = read_maps(MAPS).ethnicity_self.find(written)
    assert row is not None
    assert (row["code"], row["group"]) == (code, group)


def test_the_series_break_between_16_and_18_codes_is_written_down() -> None:
    breaks = {
        row["code"]: row["group_16_1"]
        for row in read_map(MAPS / "ethnicity-self.csv", ["code", "series_break"])
        if row["series_break"]
    }
    assert breaks == {"W3": "White", "A4": "Other", "O2": "Other", "O9": "Other"}


def test_the_18_codes_and_not_stated_are_all_there() -> None:
    codes = [row["code"] for row in read_map(MAPS / "ethnicity-self.csv", ["code"]) if row["code"]]
    assert " ".join(codes) == "W1 W2 W3 W9 M1 M2 M3 M9 A1 A2 A3 A4 A9 B1 B2 B9 O2 O9 NS"


def test_one_spelling_for_two_things_is_refused_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(MAPS, tmp_path / "maps")
    with (tmp_path / "maps" / "sex.csv").open("a", encoding="utf-8") as stream:
        stream.write("Male,Another,F\n")
    with pytest.raises(InputError) as caught:
        read_maps(tmp_path / "maps")
    assert str(caught.value) == (
        "sex.csv, line 5: 'male' stands for 'Male' already. Keep it in one row.\n"
        "sex.csv, line 5: 'f' stands for 'Female' already. Keep it in one row."
    )
