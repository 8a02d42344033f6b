"""Names, numbers and birth dates that somebody typed into free text: taken out."""

import re

import pandas as pd

from workbench.records.people import plain_name
from workbench.records.values import each

REMOVED = "[removed]"
IDENTIFIERS = ("name", "pnc", "dob")


def known_identity(rows: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Return name, PNC number and birth date of each row, with what the incidents know of the same person or case."""
    found = rows[list(IDENTIFIERS)].copy()
    for key in ("pnc", "case"):
        if incidents.empty:
            break
        told = incidents[incidents[key].notna() & (incidents[key] != "")].drop_duplicates(key).set_index(key)
        for column in IDENTIFIERS:
            there = rows[key].map(told[column]).astype(object).fillna("") if column != key else ""
            found[column] = found[column].where(found[column] != "", there)
    return found


def without_identity(values: pd.Series, identity: pd.DataFrame) -> tuple[pd.Series, int]:
    """Take a row's own name, PNC number and date of birth out of its free text.

    Parameters
    ----------
    values : pandas.Series
        Free text; None is left alone.
    identity : pandas.DataFrame
        `name`, `pnc` and `dob` of the same rows, as `identities` writes them; blank where not known.

    Returns
    -------
    tuple of pandas.Series and int
        The text, and how many rows were changed.
    """
    names = {part for name in identity["name"].unique() for part in name.split() if len(part) > 1}
    words = each(values, lambda value: frozenset(plain_name(value).split()) & names)
    numbered = values.str.contains(r"\d", regex=True).fillna(False).astype(bool)
    asked = values.notna() & (words.map(bool) | (numbered & ((identity["pnc"] != "") | (identity["dob"] != ""))))
    cleaned, changed = values.copy(), 0
    rows = identity[asked]
    for row, text, said, digits, name, pnc, dob in zip(
        rows.index, values[asked], words[asked], numbered[asked], rows["name"], rows["pnc"], rows["dob"], strict=True
    ):
        parts = [part for part in name.split() if part in said]
        bare = _without_names(text, parts) if parts else text
        bare = _without_numbers(bare, pnc, dob) if digits else bare
        if bare != text:
            cleaned.loc[row] = bare
            changed += 1
    return cleaned, changed


def _without_names(text: str, parts: list[str]) -> str:
    return " ".join(REMOVED if set(plain_name(word).split()) & set(parts) else word for word in text.split())


def _without_numbers(text: str, pnc: str, dob: str) -> str:
    if pnc:
        text = re.sub(r"[\W_]*".join(pnc), REMOVED, text, flags=re.IGNORECASE)
    if dob:
        year, month, day = dob.split("-")
        text = re.sub(rf"{dob}|0?{int(day)}[/.-]0?{int(month)}[/.-](?:{year}|{year[2:]})", REMOVED, text)
    return text
