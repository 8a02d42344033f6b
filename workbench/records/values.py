"""Cells to values: text, dates in every dress, numbers, yes and no.

Each function looks at distinct values once, so that 40,000 or four million
rows cost little more than their spellings.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pandas as pd

EXCEL_DAY_ZERO = pd.Timestamp("1899-12-30")
"""Excel's serial 1 is 1 January 1900, and it believes in 29 February 1900."""

SERIALS = (10_000, 80_000)
"""Serial numbers that can be dates of people and contacts: 1927 to 2119."""

_TIMES = ("", " %H:%M", " %H:%M:%S")
_DAYS = ("%d/%m/%Y", "%d/%b/%Y", "%d/%B/%Y", "%d/%m/%y")


def each(column: pd.Series, change: Callable[[Any], Any]) -> pd.Series:
    """Apply a function once per distinct value; missing stays missing (None)."""
    # Type is part of the key: to Python True, 1 and 1.0 are one value, on a sheet they are not.
    if column.dtype == object and len(kinds := set(map(type, column)) - {type(None)}) > 1:
        kind = column.map(type)
        parts = [each(column[kind == one].infer_objects(), change) for one in kinds]
        together: pd.Series = pd.concat(parts).reindex(column.index)
        return together.where(together.notna(), None)
    codes, found = pd.factorize(column)
    changed = np.empty(len(found) + 1, dtype=object)
    changed[:-1] = [change(value) for value in found]
    changed[-1] = None
    return pd.Series(changed[codes], index=column.index, dtype=object)


def text(column: pd.Series) -> pd.Series:
    """Return cells as text without outer space; blank is None. A whole number loses its `.0`."""
    return each(column, cell_text)


def cell_text(value: Any) -> str | None:
    """Return one cell as text without outer space; blank is None."""
    if isinstance(value, float | np.floating):
        value = int(value) if float(value).is_integer() else value
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return str(value).strip() or None


def dates(column: pd.Series) -> pd.Series:
    """Return cells as local times without a zone; what cannot be read is missing.

    Reads dates and times, Excel's serial numbers, `2021-11-03`,
    `03/11/2021` (day first), `3 Nov 2021`, each with or without a time.
    Times with a zone (data.police.uk writes UTC) become British time, so that
    the day is the day on which it happened.
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return _british(column)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.astype("datetime64[us]")
    codes, found = pd.factorize(column)
    parsed = _parse(pd.Series(found, dtype=object)).array
    taken = parsed.take(codes, allow_fill=True)
    return pd.Series(taken, index=column.index)


def _parse(found: pd.Series) -> pd.Series:
    parsed = pd.Series(pd.NaT, index=found.index, dtype="datetime64[us]")
    whole = found.map(lambda value: isinstance(value, date))
    number = found.map(lambda value: isinstance(value, int | float | np.number) and not isinstance(value, bool))
    words = found.map(lambda value: isinstance(value, str))
    if whole.any():
        parsed[whole] = found[whole].map(_moment).astype("datetime64[us]")
    if number.any():
        parsed[number] = _serials(found[number])
    if words.any():
        parsed[words] = _written(found[words].astype("str").str.strip())
    return parsed.where(parsed.between(pd.Timestamp("1900-01-01"), pd.Timestamp("2199-12-31")))


def _moment(value: Any) -> pd.Timestamp:
    stamp = pd.Timestamp(value)
    return stamp.tz_convert("Europe/London").tz_localize(None) if stamp.tz is not None else stamp


def _british(column: pd.Series) -> pd.Series:
    local: pd.Series = column.dt.tz_convert("Europe/London").dt.tz_localize(None).astype("datetime64[us]")
    return local


def _serials(column: pd.Series) -> pd.Series:
    number = pd.to_numeric(column).astype(float)
    number = number.where(number.between(*SERIALS))
    return (EXCEL_DAY_ZERO + pd.to_timedelta(number, unit="D")).dt.round("s").astype("datetime64[us]")


def _written(column: pd.Series) -> pd.Series:
    parsed = pd.Series(pd.NaT, index=column.index, dtype="datetime64[us]")
    serial = column.str.fullmatch(r"\d{5}(\.\d+)?")
    if serial.any():
        parsed[serial] = _serials(column[serial])
    year_first = column.str.match(r"\d{4}-\d{2}-\d{2}")
    zoned = year_first & column.str.contains(r"\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$", regex=True)
    if zoned.any():
        parsed[zoned] = _british(pd.to_datetime(column[zoned], format="ISO8601", utc=True, errors="coerce"))
    bare = year_first & ~zoned
    if bare.any():
        parsed[bare] = pd.to_datetime(column[bare], format="ISO8601", errors="coerce").astype("datetime64[us]")
    rest = column[~serial & ~year_first].str.replace(
        r"^(\d{1,2})[ ./-]+(\w+)[ ./-]+(\d{2,4})(?:[ ,T]+|$)", r"\1/\2/\3 ", regex=True
    )
    rest = rest.str.strip()
    for pattern in (day + clock for day in _DAYS for clock in _TIMES):
        open_ = rest[parsed[rest.index].isna()]
        if open_.empty:
            break
        parsed[open_.index] = pd.to_datetime(open_, format=pattern, errors="coerce").astype("datetime64[us]")
    return parsed


def numbers(column: pd.Series) -> pd.Series:
    """Return cells as numbers; what is none is missing (NaN)."""
    return pd.to_numeric(text(column), errors="coerce").astype(float)


def whole_years(born: pd.Series, on: pd.Series) -> pd.Series:
    """Return age in completed years; a birthday on the day counts."""
    before = (on.dt.month < born.dt.month) | ((on.dt.month == born.dt.month) & (on.dt.day < born.dt.day))
    years: pd.Series = (on.dt.year - born.dt.year - before.astype(int)).astype(float)
    return years.where(years.between(0, 120))
