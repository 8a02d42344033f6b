from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.records.values import dates, numbers, text, whole_years

THIRD_OF_NOVEMBER = pd.Timestamp("2021-11-03")


@pytest.mark.parametrize(
    "written",
    [
        datetime(2021, 11, 3), date(2021, 11, 3), 44503, 44503.0, "44503", "03/11/2021", "3/11/2021", "03-11-2021",
        "03.11.2021", "2021-11-03", "3 Nov 2021", "03-Nov-2021", "3 November 2021", "03/11/21", " 2021-11-03 ",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_dress_that_forces_give_it(written: object) -> None:
    assert dates(pd.Series([written], dtype=object)).tolist() == [THIRD_OF_NOVEMBER]


@pytest.mark.parametrize(
    "written", ["03/11/2021 14:05", "2021-11-03 14:05:00", "2021-11-03T14:05:00Z", 44503.586805556]
)
def test_a_time_is_kept(written: object) -> None:
    assert dates(pd.Series([written], dtype=object)).dt.floor("min").tolist() == [pd.Timestamp("2021-11-03 14:05")]


def test_many_dresses_in_one_column_are_read_side_by_side() -> None:
    column = pd.Series([datetime(2021, 11, 3), "03/11/2021", 44503, None, "unable to verify"], dtype=object)
    assert dates(column).tolist() == [THIRD_OF_NOVEMBER] * 3 + [pd.NaT] * 2


def test_a_summer_time_in_utc_becomes_british_time_and_may_change_the_day() -> None:
    column = pd.Series(["2020-06-30T23:00:00+00:00", "2020-12-31T23:30:00+00:00"])
    assert dates(column).tolist() == [pd.Timestamp("2020-07-01 00:00"), pd.Timestamp("2020-12-31 23:30")]


@pytest.mark.parametrize(
    "written", ["", "NULL", "31/02/2021", "13/13/2021", 7, True, "2021", "99999999", "44503 or so"]
)
def test_what_is_no_date_is_missing_not_guessed(written: object) -> None:
    assert dates(pd.Series([written], dtype=object)).tolist() == [pd.NaT]


@given(st.dates(date(1930, 1, 1), date(2100, 12, 31)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %b %Y"]))
def test_every_day_comes_back_from_its_spelling(day: date, pattern: str) -> None:
    assert dates(pd.Series([day.strftime(pattern)])).tolist() == [pd.Timestamp(day)]


@given(st.dates(date(1930, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back_from_its_serial_number(day: date) -> None:
    assert dates(pd.Series([(day - date(1899, 12, 30)).days])).tolist() == [pd.Timestamp(day)]


def test_whole_numbers_lose_the_point_that_excel_gave_them() -> None:
    column = pd.Series([8.0, "8", " 1A ", "", None, "007", "1e5", True, 2.5], dtype=object)
    assert text(column).tolist() == ["8", "8", "1A", None, None, "007", "1e5", "True", "2.5"]


def test_numbers_are_read_and_words_are_missing() -> None:
    assert numbers(pd.Series(["120", 90.5, "two hours", None], dtype=object)).fillna(-1).tolist() == [120, 90.5, -1, -1]


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2003-11-03", "2021-11-03", 18.0),
        ("2003-11-04", "2021-11-03", 17.0),
        ("2004-02-29", "2022-02-28", 17.0),
        ("2004-02-29", "2022-03-01", 18.0),
    ],
)
def test_age_is_in_completed_years_and_a_birthday_counts(born: str, on: str, age: float) -> None:
    assert whole_years(pd.Series([pd.Timestamp(born)]), pd.Series([pd.Timestamp(on)])).tolist() == [age]
