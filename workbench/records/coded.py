"""Written values to codes, with everything that no table knows counted."""

import re

import pandas as pd

from workbench.errors import did_you_mean
from workbench.records.maps import CodeMap, plain
from workbench.records.sheets import Reading, Sheet
from workbench.records.values import cell_text, each


def written(sheet: Sheet, column: str, reading: Reading) -> pd.Series:
    """Return a column as text, with NULL, "Not recorded on PNC" and other blanks as None."""
    blanks = reading.maps.blanks

    def clean(value: object) -> str | None:
        found = cell_text(value)
        return None if found is None or found.casefold() in blanks else found

    return each(sheet.column(column), clean)


def coded(values: pd.Series, table: CodeMap, key: str) -> pd.Series:
    """Return one column of the code table for each value; None where the table does not know it or has a blank."""
    return each(values, lambda value: (table.find(value) or {}).get(key) or None)


def known(values: pd.Series, table: CodeMap) -> pd.Series:
    """Tell which values the code table knows."""
    return each(values, lambda value: table.find(value) is not None).fillna(False).astype(bool)


def note_unknown(sheet: Sheet, values: pd.Series, table: CodeMap, check: str, reading: Reading) -> None:
    """Count the values that a code table does not know, each by itself."""
    unknown = values[values.notna() & ~known(values, table)]
    for value, n in unknown.value_counts(sort=False).items():
        reading.notes.add(check, sheet.where, value=str(value), n=int(n), note=f"not in {table.name}; read as missing")


def refuse_unknown(sheet: Sheet, values: pd.Series, table: CodeMap, reading: Reading) -> None:
    """Make a problem of each value that a code table does not know."""
    unknown = values[values.notna() & ~known(values, table)]
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
    note_unknown(sheet, values, reading.maps.yes_no, f"{column} is neither yes nor no", reading)
    return as_flag(coded(values, reading.maps.yes_no, "code"))


def as_flag(values: pd.Series) -> pd.Series:
    """Return `yes` and `no` as a nullable flag."""
    return each(values, {"yes": True, "no": False}.get).astype("boolean")


def from_file_name(file: str, table: CodeMap) -> str | None:
    """Return the code of the longest spelling that a file name holds, as whole words."""
    name = f" {plain(file.rsplit('.', 1)[0])} "
    found = [spelling for spelling in table.rows if f" {spelling} " in name]
    return table.rows[max(found, key=len)]["code"] if found else None


def published_force(file: str) -> str | None:
    """Return the force from a data.police.uk file name, e.g. `2020-07-metropolitan-stop-and-search.csv`."""
    match = re.fullmatch(r"\d{4}-\d{2}-(.+)-(?:stop-and-search|street|outcomes)\.csv", file)
    return match[1].replace("-", " ").title() if match else None
