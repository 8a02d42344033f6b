"""Codings as files that R, a spreadsheet or another tool can read."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from workbench.disclosure import Release, Rules

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins with one of these."""

MEANING: Mapping[str, str] = {
    "id": "Id of the coding, the same in every export. By it the team finds the coding again in the store: "
    "this export is for the team and not for publication.",
    "coder": "Who made it.",
    "document": "Transcript, by its file name without ending.",
    "turn": "Number of the turn in which the passage begins, from 1.",
    "person": "Who speaks there, as a random code: the same within this export, another in the next.",
    "role": "Role of that person.",
    "scheme": "Scheme that the interview is about.",
    "code": "Code of the codebook, component of a manual, or link of the theory (A11→M09).",
    "code_name": "Name of the code in the codebook.",
    "start": "First character of the passage, from 0, in Unicode code points of the normalised text (not bytes).",
    "end": "Character after the last one. In R: substr(text, start + 1, end).",
    "quote": "The passage.",
    "stance": "What the passage says about the code: supports, contradicts, qualifies; empty when not said. "
    "For a component: delivered as written, not delivered, adapted.",
    "origin": "Who proposed the coding: human, rule or model. A person made or accepted every one.",
    "memo": "The coder's note.",
    "at": "When, ISO 8601 in UTC.",
}


class Codings(Protocol):
    """What a coding store offers here."""

    def codings(self) -> pd.DataFrame:
        """One row a coding in force."""

    def read_by(self) -> pd.DataFrame:
        """Who has finished which document."""


class CodeNames(Protocol):
    """What a codebook offers here."""

    def name(self, code: str) -> str:
        """The name of a code."""

    def to_table(self) -> pd.DataFrame:
        """One row a code."""


def export_codings(
    store: Codings, folder: str | Path, *, codebook: CodeNames | None = None, quotes: bool = False
) -> list[Path]:
    """Write the codings in force as CSV and Parquet, with a table that explains the columns.

    Parameters
    ----------
    store : Store
        The coding store.
    folder : str or Path
        Where to; made when missing, files of an earlier export are replaced.
    codebook : Codebook, optional
        Adds the names of codes, and the codebook as a table.
    quotes : bool
        Whether the words of passages and memos go out. They hold what people
        said, so by default they stay.

    Returns
    -------
    list of Path
        The files: codings.csv, codings.parquet, finished.csv, columns.csv, and codes.csv with a codebook.

    Raises
    ------
    Refused
        If a file would hold a raw identifier (e-mail, phone, date of birth, …); then nothing is written.

    Notes
    -----
    Speakers leave as random codes, and nothing says which code is whose.
    In CSV a text that a spreadsheet would run as a formula gets an apostrophe
    in front; Parquet holds the text as it is.
    """
    codings = _coded_people(store.codings())
    if not quotes:
        codings = codings.drop(columns=["quote", "memo"])
    if codebook is not None:
        names = [codebook.name(code) for code in codings["code"]]
        codings.insert(list(codings.columns).index("code") + 1, "code_name", pd.Series(names, dtype="str"))
    explained = pd.DataFrame([{"column": name, "meaning": MEANING[name]} for name in codings.columns])
    tables = {"codings": codings, "finished": store.read_by(), "columns": explained}
    if codebook is not None:
        tables["codes"] = codebook.to_table()
    content = {f"{name}.csv": _csv(table) for name, table in tables.items()}
    _refuse_identifiers(content)
    # The byte order mark makes Excel read UTF-8; R's readr skips it.
    files = {name: text.encode("utf-8-sig") for name, text in content.items()}
    files["codings.parquet"] = codings.astype({"stance": "str"}).to_parquet(index=False)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in files.items():
        (folder / name).write_bytes(written)
    return [folder / name for name in files]


def _coded_people(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codings with a random code for each person: labels of speakers may be their names."""
    people = codings["person"].dropna().unique()
    codes: set[str] = set()
    while len(codes) < len(people):
        codes.add(f"P-{secrets.token_hex(2)}")
    given = dict(zip(people, codes, strict=True))
    return codings.assign(person=codings["person"].map(given).astype("str"))


def _refuse_identifiers(content: Mapping[str, str]) -> None:
    """Raise `Refused` with every line of every file that holds a raw identifier."""
    gate = Release(Rules())
    for name, text in content.items():
        gate.file(name, text)
    gate.raise_if_refused()


def _csv(table: pd.DataFrame) -> str:
    return str(table.map(without_formula).to_csv(index=False, lineterminator="\n"))


def without_formula(cell: Any) -> Any:
    """Return the cell so that no spreadsheet runs it: text that begins like a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
