"""The one place that sees who somebody is: identity in, random id out."""

import csv
import os
import re
import secrets
import unicodedata
from pathlib import Path

import pandas as pd

from workbench.definitions import read_map
from workbench.records.coded import written
from workbench.records.columns import IDENTITY
from workbench.records.sheets import Reading, Sheet
from workbench.records.values import dates, each, text

KEY_COLUMNS = ("person", "pnc", "name", "dob", "place")


def identities(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return pnc, name, dob and place of each row, written in one way, for comparison.

    A name has its parts in order, in small letters without accents; `SURNAME, Forename` is turned round.
    """
    blanks = reading.maps.blanks
    parts = {
        # In full only: somebody may be called Null, but nobody is called NULL.
        column: each(text(sheet.column(column)), lambda value: None if value in blanks else value)
        for column in ("first_name", "middle_name", "last_name", "name")
    }
    joined = (
        parts["first_name"].fillna("") + " " + parts["middle_name"].fillna("") + " " + parts["last_name"].fillna("")
    )
    whole = each(parts["name"], _turned)
    name = joined.str.strip().where(joined.str.strip() != "", whole.fillna(""))
    born = dates(sheet.column("dob"))
    return pd.DataFrame(
        {
            "pnc": each(written(sheet, "pnc", reading), lambda value: re.sub(r"[^A-Z0-9]", "", value.upper())).fillna(
                ""
            ),
            "name": each(name, plain_name).fillna(""),
            "dob": born.dt.strftime("%Y-%m-%d").astype(object).where(born.notna(), ""),
            "place": sheet.places(),
        }
    )


def identifies(sheet: Sheet) -> bool:
    """Tell whether a sheet has any column that says who somebody is."""
    return bool(set(IDENTITY) & set(sheet.frame.columns))


def _turned(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first} {last}" if comma else name


def plain_name(name: str) -> str:
    """Return a name in small letters, without accents and punctuation, for comparison only."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]+", " ", bare.casefold()).split())


class People:
    """Random ids of people, kept outside the study.

    A person is known by PNC number; without one, by name and date of birth
    where these point to one person only; else the row is a person of its own.

    Parameters
    ----------
    keys : Path or None
        CSV of earlier ids; None keeps nothing, so that ids are new each time.
    """

    def __init__(self, keys: Path | None) -> None:
        self.keys = keys
        self.unsure = 0
        self._rows: dict[tuple[str, str, str, str], str] = {}
        self._by_pnc: dict[str, str] = {}
        self._by_name: dict[tuple[str, str], set[str]] = {}
        self._name_only: dict[tuple[str, str], str] = {}
        if keys is not None and keys.exists():
            for row in read_map(keys, KEY_COLUMNS):
                self._remember(row["person"], row["pnc"], (row["name"], row["dob"]), row["place"])

    def assign(self, identity: pd.DataFrame) -> pd.Series:
        """Return the random id of each row of `identities`; None where a row says nothing about who it is."""
        order = identity["pnc"].eq("").sort_values(kind="stable").index  # PNC first: it settles who shares a name
        ids = {
            row: self._find(pnc, name, dob, place)
            for row, pnc, name, dob, place in zip(
                order, *(identity.loc[order, column] for column in ("pnc", "name", "dob", "place")), strict=True
            )
        }
        return pd.Series([ids[row] for row in identity.index], index=identity.index, dtype=object)

    def _find(self, pnc: str, name: str, dob: str, place: str) -> str | None:
        if not (pnc or name):
            return None
        who = (name, dob)
        whole = bool(name and dob)
        if pnc:
            alone = self._name_only.get(who) if whole and not self._by_name.get(who) else None
            person = self._by_pnc.get(pnc) or alone or _new()
            return self._remember(person, pnc, who if whole else ("", ""), "")
        if not whole:
            person = self._rows.get(("", "", "", place)) or _new()
            self.unsure += 1
            return self._remember(person, "", ("", ""), place)
        sharers = self._by_name.get(who, set())
        person = self._name_only.get(who) or (next(iter(sharers)) if len(sharers) == 1 else _new())
        self.unsure += len(sharers) > 1
        return self._remember(person, "", who, "")

    def _remember(self, person: str, pnc: str, who: tuple[str, str], place: str) -> str:
        self._rows[(pnc, *who, place)] = person
        if pnc:
            self._by_pnc.setdefault(pnc, person)
            if who != ("", ""):
                self._by_name.setdefault(who, set()).add(person)
        elif who != ("", ""):
            self._name_only.setdefault(who, person)
        return person

    def save(self) -> None:
        """Write the keys file, readable by its owner only."""
        if self.keys is None:
            return
        self.keys.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.keys.with_name(f".{self.keys.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(KEY_COLUMNS)
            writer.writerows([person, *key] for key, person in self._rows.items())
        fresh.replace(self.keys)  # whole or not at all: a broken key file would make everybody a stranger


def _new() -> str:
    return f"p{secrets.token_hex(8)}"
