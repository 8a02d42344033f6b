"""Written values to codes, with everything that no table knows counted."""

import re
from collections.abc import Mapping

import pandas as pd

from workbench.errors import did_you_mean
from workbench.records.maps import CodeMap, plain
from workbench.records.sheets import Reading, Sheet
from workbench.records.values import each, text

Rows = pd.Series
"""Per row: the row of the code table (a mapping), or None."""


def written(sheet: Sheet, column: str, reading: Reading) -> pd.Series:
    """Return a column as text, with NULL, "Not recorded on PNC" and other blanks as None."""
    blanks = reading.maps.blanks
    return each(text(sheet.column(column)), lambda value: None if value.casefold() in blanks else value)


def look_up(values: pd.Series, table: CodeMap) -> Rows:
    """Return the code table's row of each value."""
    return each(values, table.find)


def part(rows: Rows, key: str) -> pd.Series:
    """Return one column of the looked-up rows; blank is None."""
    return rows.map(lambda row: (row.get(key) or None) if isinstance(row, Mapping) else None).astype(object)


def note_unknown(sheet: Sheet, values: pd.Series, rows: Rows, table: CodeMap, check: str, reading: Reading) -> None:
    """Count the values that a code table does not know, each by itself."""
    unknown = values[values.notna() & rows.isna()]
    for value, n in unknown.value_counts(sort=False).items():
        reading.notes.add(check, sheet.where, value=str(value), n=int(n), note=f"not in {table.name}; read as missing")


def refuse_unknown(sheet: Sheet, values: pd.Series, rows: Rows, table: CodeMap, reading: Reading) -> None:
    """Make a problem of each value that a code table does not know."""
    unknown = values[values.notna() & rows.isna()]
    for value, places in unknown.groupby(unknown, sort=False).groups.items():
        near = did_you_mean(str(value), table.spellings)
        reading.problems.add(
            f"{sheet.where}, row {places[0]}",
            f"{str(value)!r} is not a known outcome ({len(places)} row{'s' if len(places) > 1 else ''})",
            choices=table.codes,
            remedy=" ".join(filter(None, [near, f"Add it to {table.name}, or correct the rows"])),
        )


def yes_or_no(sheet: Sheet, column: str, reading: Reading) -> pd.Series:
    """Return a flag; free text such as "unable to verify" is missing, and counted."""
    values = written(sheet, column, reading)
    rows = look_up(values, reading.maps.yes_no)
    note_unknown(sheet, values, rows, reading.maps.yes_no, f"{column} is neither yes nor no", reading)
    return part(rows, "code").map({"yes": True, "no": False}).astype("boolean")


def from_file_name(file: str, table: CodeMap) -> str | None:
    """Return the code of the longest spelling that a file name holds, as whole words."""
    name = f" {plain(file.rsplit('.', 1)[0])} "
    found = [spelling for spelling in table.rows if f" {spelling} " in name]
    return table.rows[max(found, key=len)]["code"] if found else None


def published_force(file: str) -> str | None:
    """Return the force from a data.police.uk file name, e.g. `2020-07-metropolitan-stop-and-search.csv`."""
    match = re.fullmatch(r"\d{4}-\d{2}-(.+)-(?:stop-and-search|street|outcomes)\.csv", file)
    return match[1].replace("-", " ").title() if match else None
