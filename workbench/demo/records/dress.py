"""One truth in many spellings: how forces write dates, flags, ethnicity and outcomes."""

from typing import Any

import numpy as np
import pandas as pd

from workbench.definitions import read_map, shipped

EXCEL_DAY_ZERO = pd.Timestamp("1899-12-30")

LONG_OFFENCES = {
    "possession-cannabis": "Possession of a controlled drug - Class B - Cannabis",
    "possession-cocaine": "Possession of a controlled drug - Class A - Cocaine",
    "possession-mdma": "Possession of a controlled drug - Class A - MDMA",
    "possession-ketamine": "Possession of a controlled drug - Class B - Ketamine",
    "possession-heroin": "Possession of a controlled drug - Class A - Heroin",
    "possession-crack": "Possession of a controlled drug - Class A - Crack cocaine",
    "theft-from-shop": "Theft from shop - drugs flag",
    "assault": "Assault - drugs flag",
    "damage": "Criminal damage - drugs flag",
    "theft": "Theft - drugs flag",
}
SHORT_OFFENCES = {
    "possession-cannabis": "Possess cannabis",
    "possession-cocaine": "Possess cocaine",
    "possession-mdma": "Possess MDMA",
    "possession-ketamine": "Possess ketamine",
    "possession-heroin": "Possession of diamorphine",
    "possession-crack": "Possess crack cocaine",
    "theft-from-shop": "Shoplifting",
    "assault": "Common assault",
    "damage": "Criminal damage",
    "theft": "Theft",
}


def dress(rows: pd.DataFrame, how: str, rng: np.random.Generator) -> list[Any]:
    """Return the cells of one column: `outcome:named` is the outcome, written with its name."""
    column, _, style = how.partition(":")
    if column in ("dob", "day"):
        return _dates(rows["dob"] if column == "dob" else rows["day"], style)
    if column in ("referred", "arrested"):
        return _flags(rows, column, style, rng)
    if column in ("self", "officer"):
        return _ethnicity(rows, column, style, rng)
    if column == "outcome":
        return _outcomes(rows, style)
    if column == "sex":
        return list(rows["sex"].str[0] if style == "letter" else rows["sex"])
    if column == "offence":
        return list(rows["offence"].map(LONG_OFFENCES if style == "long" else SHORT_OFFENCES))
    if column == "pnc":
        return _numbers(rows, style, rng)
    if column == "name":
        return list(rows["last_name"].str.upper() + ", " + rows["first_name"])
    return list(rows[column].astype(object))


def _dates(days: pd.Series, style: str) -> list[Any]:
    if style == "serial":
        return list((days - EXCEL_DAY_ZERO).dt.days)
    if style == "cell":
        return list(days.dt.to_pydatetime())
    return list(days.dt.strftime("%d/%m/%Y" if style == "uk" else "%Y-%m-%d"))


def _flags(rows: pd.DataFrame, column: str, style: str, rng: np.random.Generator) -> list[Any]:
    flag = rows[column].to_numpy(dtype=bool)
    if column == "referred":  # the police flag and the provider's log are kept by two people
        flag = np.where(rows["accepted"].to_numpy() & _steady(rows, 97), ~flag, flag)
    words = ("Y", "N") if style == "letter" else ("Yes", "No")
    cells = np.where(flag, words[0], words[1]).astype(object)
    if style == "doubt":
        cells[rng.random(len(cells)) < 0.01] = "unable to verify"
        cells[rng.random(len(cells)) < 0.01] = "NULL"
    return list(cells)


def _steady(rows: pd.DataFrame, one_in: int) -> np.ndarray:
    # By the person's number, not by chance: a repeated row must say the same as the first one.
    return np.asarray(rows["person"].to_numpy() % one_in == 0)


def _ethnicity(rows: pd.DataFrame, column: str, style: str, rng: np.random.Generator) -> list[Any]:
    file = "ethnicity-self.csv" if column == "self" else "ethnicity-officer.csv"
    values = rows["stated" if column == "self" else "ethnicity_officer"]
    table = {row["code"]: row for row in read_map(shipped("codebooks/diversion/maps") / file, ["code", "spellings"])}
    spelling = {code: row["spellings"].split("|") for code, row in table.items() if code}
    if style == "code":
        cells = values.to_numpy(dtype=object)
    elif style == "ic":
        cells = ("IC" + values).to_numpy(dtype=object)
    else:
        # The second spelling in the map is the common one of force systems, the first the plainest.
        cells = values.map({code: names[min(1, len(names) - 1)] for code, names in spelling.items()}).to_numpy(
            dtype=object
        )
    if column == "self":
        missing = rows["stated"].eq("NS").to_numpy()
        ways = np.array(["NS", "Not stated", "NULL", None], dtype=object)
        cells = np.where(missing, ways[rng.integers(0, 4, len(rows))], cells)
    return list(cells)


def _outcomes(rows: pd.DataFrame, style: str) -> list[Any]:
    table = read_map(shipped("codebooks/diversion/maps") / "outcomes.csv", ["code", "name"])
    names = {row["code"]: row["name"] for row in table}
    code = rows["outcome"]
    written = code.map(names)
    cells = {"code": code, "word": written, "named": code + " - " + written}[style].to_numpy(dtype=object, copy=True)
    cells[rows["blank_outcome"].to_numpy()] = None if style == "code" else "NULL"
    return list(cells)


def _numbers(rows: pd.DataFrame, style: str, rng: np.random.Generator) -> list[Any]:
    cells = rows["pnc"].to_numpy(dtype=object)
    if style == "gaps":
        cells = np.where(rng.random(len(rows)) < 0.02, "Not recorded on PNC", cells)
    if style == "repeats":
        cells = np.where(rows["repeat"] & (rng.random(len(rows)) < 0.5), "NULL", cells)
    return list(cells)
