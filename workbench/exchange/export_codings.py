"""Codings as files that R, a spreadsheet or another tool can read."""

import secrets
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from workbench.disclosure import Permission, Release, Rules, identifiers, unasked
from workbench.errors import Problem, Refused
from workbench.exchange.export_tables import with_new_ids, without_names

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins with one of these."""

MEANING: Mapping[str, str] = {
    "id": "Id of the coding, the same in every export. By it the team finds the coding again in the store.",
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
    "quote": "The passage; empty where it may not leave.",
    "withheld": "Why the passage may not leave; empty where it stands.",
    "stance": "What the passage says about the code: supports, contradicts, qualifies; empty when not said. "
    "For a component: delivered as written, not delivered, adapted.",
    "origin": "Who proposed the coding: human, rule or model. A person made or accepted every one.",
    "at": "When, ISO 8601 in UTC.",
}


DOCUMENT_COLUMNS = ("document", "scheme", "role", "wave", "words")
"""What documents.csv says of each transcript, beside who has finished it."""

SETTLED_COLUMNS = (
    "id", "document", "turn", "code", "start", "end", "decision", "stance", "by", "at", "place_start", "place_end",
)  # fmt: skip
"""What settled.csv says of each difference that was settled; the columns mean what they mean in codings.csv."""

FOR_THE_TEAM = " This export is for the team and not for publication."
CODED_DOCUMENT = "Transcript, as a random code: the same within this export, another in the next."
CODED_ID = "Random id of the coding: the same within this export, another in the next."
SOME_CODED = " One whose name holds a name of the register stands as a random code, such as T-3f2a."

UNREAD = ("id", "at", "document", "person")
"""Columns that are not searched for identifiers: made by the store, random codes, or names of files. A file may be
called wm-ps-01, which reads like a collar number; what an archive gets are codes."""

REMEDIES = {
    "by": "Let that person decide again under a name that is no address and no number",
    "coder": "Let that coder code again under a name that is no address and no number, and take these codings back",
    "role": "Correct it in transcripts/metadata.csv",
    "scheme": "Correct it in transcripts/metadata.csv",
    "wave": "Correct it in transcripts/metadata.csv",
}
REMEDY = "Correct it in the codebook"
"""Where an identifier in a column comes from, and so what to do; every other column is the codebook's."""


class Codings(Protocol):
    """What a coding store offers here."""

    def codings(self) -> pd.DataFrame:
        """One row a coding in force."""

    def read_by(self) -> pd.DataFrame:
        """Who has finished which document."""

    def documents(self) -> pd.DataFrame:
        """One row a document."""

    def turns(self) -> pd.DataFrame:
        """One row a turn."""

    def settled(self) -> pd.DataFrame:
        """One row a decision that holds on a difference between coders."""


class CodeNames(Protocol):
    """What a codebook offers here."""

    def name(self, code: str) -> str:
        """The name of a code."""

    def to_table(self) -> pd.DataFrame:
        """One row a code."""


def export_codings(
    store: Codings,
    folder: str | Path,
    *,
    codebook: CodeNames | None = None,
    quotes: bool = False,
    permission: Permission = unasked,
    left_out: Mapping[str, str] | None = None,
    named: Collection[str] = (),
    replaced: Callable[[str], str] = str,
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
        Whether the words of passages go out, each through the gate. They are what people said, so by default they
        stay. What coders noted stays in any case.
    permission : callable
        What consent, the review for names and people's decisions say of a coding's words.
    left_out : Mapping of str to str, optional
        Document, or person as `document:speaker`, to why nothing about it may go out: for an archive, which gets
        random codes in place of all names of documents.
    named : Collection of str
        Documents whose name holds somebody's: they stand as random codes in any export.

    replaced : callable
        Words to the words with pseudonyms, for the names and texts of codes: `Register.replaced`.

    Returns
    -------
    list of Path
        The files: codings.csv, codings.parquet, documents.csv (scheme, role, wave, words, who finished it),
        finished.csv, columns.csv; settled.csv where differences between coders were settled (its reasons are
        people's notes, and stay), codes.csv with a codebook, and left_out.csv, with numbers by reason, when
        something was to be left out.

    Raises
    ------
    Refused
        If a cell holds a raw identifier (e-mail, phone, date of birth, …), with file, column and coding; then nothing
        is written.

    Notes
    -----
    Speakers leave as random codes, and nothing says which code is whose.
    In CSV a text that a spreadsheet would run as a formula gets an apostrophe
    in front; Parquet holds the text as it is.
    """
    codings, finished, settled = store.codings(), store.read_by(), _settled(store, left_out or {})
    tables = {}
    if left_out is not None:
        codings, finished, tables["left_out"] = _without(left_out, codings, finished)
    codings = codings.drop(columns="memo")
    codings = _through_the_gate(codings, permission) if quotes else codings.drop(columns="quote")
    people = random_codes("P", codings["person"].dropna().unique())
    codings = codings.assign(person=codings["person"].map(people).astype("str"))
    hidden = dict.fromkeys([*codings["document"], *finished["document"], *settled["document"]])
    codes = random_codes("T", [name for name in hidden if left_out is not None or name in named])
    tables["documents"] = _hidden(_documents(store.documents(), finished, set(hidden)), codes)
    codings, finished = (_hidden(table, codes) for table in (codings, finished))
    if not settled.empty:
        tables["settled"] = _hidden(settled, codes)
    if codebook is not None:
        names = [codebook.name(code) for code in codings["code"]]
        codings.insert(list(codings.columns).index("code") + 1, "code_name", pd.Series(names, dtype="str"))
        tables["codes"] = codebook.to_table()
    codings, tables = without_names(codings, tables, replaced)
    _refuse_identifiers(tables | {"codings": codings, "finished": finished})
    if left_out is not None:
        codings, tables = with_new_ids(codings, tables)
    meaning = _meaning(archive=left_out is not None, coded=bool(codes))
    explained = pd.DataFrame([{"column": name, "meaning": meaning[name]} for name in codings.columns])
    tables |= {"codings": codings, "finished": finished, "columns": explained}
    return _write(Path(folder), tables, codings)


def _write(folder: Path, tables: Mapping[str, pd.DataFrame], codings: pd.DataFrame) -> list[Path]:
    """Write the tables as CSV, the codings as Parquet too; files of an earlier export that have no table go."""
    files = {f"{name}.csv": _csv(table).encode("utf-8-sig") for name, table in tables.items()}  # the mark is for Excel
    files["codings.parquet"] = codings.astype({"stance": "str"}).to_parquet(index=False)
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {"left_out.csv", "codes.csv", "settled.csv"} - set(files):
        (folder / stale).unlink(missing_ok=True)
    for name, written in files.items():
        (folder / name).write_bytes(written)
    return [folder / name for name in files]


def _settled(store: Codings, left_out: Mapping[str, str]) -> pd.DataFrame:
    """Return the decisions that may go out, without words and without reasons."""
    settled = store.settled()
    if left_out and not settled.empty:
        turns = store.turns()
        people = {(row.document, row.turn): str(row.person) for row in turns.itertuples()}
        away = [
            row.document in left_out or people.get((row.document, row.turn), "") in left_out
            for row in settled.itertuples()
        ]
        settled = settled[[not each for each in away]]
    return settled[list(SETTLED_COLUMNS)].reset_index(drop=True)


def _hidden(table: pd.DataFrame, codes: Mapping[str, str]) -> pd.DataFrame:
    return table.assign(document=table["document"].replace(dict(codes)))


def _documents(documents: pd.DataFrame, finished: pd.DataFrame, shown: Collection[str]) -> pd.DataFrame:
    """Return one row a document of the export: document, scheme, role, wave, words, finished_by."""
    rows = documents[documents["document"].isin(shown)].reindex(columns=list(DOCUMENT_COLUMNS))
    by = finished.groupby("document")["coder"].agg(lambda coders: "; ".join(sorted(coders)))
    return rows.assign(finished_by=rows["document"].map(by).astype("object").fillna("")).reset_index(drop=True)


def _without(
    left_out: Mapping[str, str], codings: pd.DataFrame, finished: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return codings and finished documents that may go out, and how many codings may not, by reason."""
    why = pd.Series(
        [left_out.get(str(row.document)) or left_out.get(str(row.person)) or "" for row in codings.itertuples()],
        index=codings.index,
        dtype=object,
    )
    gone = codings.assign(reason=why)[why != ""]
    counts = gone.groupby("reason").agg(codings=("id", "size"), transcripts=("document", "nunique")).reset_index()
    kept = codings[why == ""].reset_index(drop=True)
    told = {name.rpartition(":")[0] for name in left_out} - set(kept["document"])
    out = finished["document"].isin([*left_out, *told])
    return kept, finished[~out].reset_index(drop=True), counts


def _through_the_gate(codings: pd.DataFrame, permission: Permission) -> pd.DataFrame:
    """Return the codings with the words that may leave, and why the others may not."""
    gate = Release(Rules())
    shown, reasons = [], []
    for row in codings.to_dict(orient="records"):
        withheld, released_by = permission(row)
        words = str(row["quote"])
        turn = {"role": row["role"], "scheme": row["scheme"]}
        gate.quote(str(row["id"]), words, turn, {}, withheld=withheld, released_by=released_by)
        entry = gate.entries[-1]
        shown.append(words if entry.decision == "pass" else "")
        reasons.append("" if entry.decision == "pass" else "; ".join(entry.reasons))
    codings = codings.assign(quote=pd.Series(shown, dtype="str"))
    codings.insert(list(codings.columns).index("quote") + 1, "withheld", pd.Series(reasons, dtype="str"))
    return codings


def random_codes(letter: str, names: Iterable[str]) -> dict[str, str]:
    """Return a random code for each name, in an order that tells nothing."""
    names, codes = list(names), set[str]()
    while len(codes) < len(names):
        code = f"{letter}-{secrets.token_hex(2)}"
        codes |= set() if identifiers(code) else {code}  # “dc01” reads like a collar number
    return dict(zip(names, codes, strict=True))


def _meaning(*, archive: bool, coded: bool) -> dict[str, str]:
    """Return what the columns mean in this export."""
    if archive:
        return {**MEANING, "id": CODED_ID, "document": CODED_DOCUMENT}
    return {
        **MEANING,
        "id": MEANING["id"] + FOR_THE_TEAM,
        "document": MEANING["document"] + SOME_CODED * coded,
    }


def _refuse_identifiers(tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise `Refused` with the place of every cell that holds a raw identifier, and never its words."""
    problems = [
        Problem(
            place=f"{name}.csv, column {column}, {_row(number, row)}",
            what=f"reads like a raw identifier ({', '.join(kinds)}), so nothing was written",
            remedy=REMEDIES.get(str(column), REMEDY),
        )
        for name, table in tables.items()
        for number, row in enumerate(table.to_dict(orient="records"), 1)
        for column, cell in row.items()
        if column not in UNREAD and (kinds := _kinds(cell))
    ]
    if problems:
        raise Refused("\n".join(str(problem) for problem in problems))


def _kinds(cell: object) -> list[str]:
    return sorted({kind for kind, _, _ in identifiers(cell)}) if isinstance(cell, str) else []


def _row(number: int, row: Mapping[Hashable, Any]) -> str:
    return f"coding {row['id']}" if "id" in row else f"row {number}"


def _csv(table: pd.DataFrame) -> str:
    return str(table.map(without_formula).to_csv(index=False, lineterminator="\n"))


def without_formula(cell: Any) -> Any:
    """Return the cell so that no spreadsheet runs it: text that begins like a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
