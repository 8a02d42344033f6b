"""Code tables as CSV: how forces write a thing, and what it means."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.definitions import read_map
from workbench.errors import Problems
from workbench.provenance import hash_file

_LEADING_CODE = re.compile(
    r"\s*(?:(?:outcome|type|oc|code|ic)\s*0*(?P<alone>\d{1,2}[A-Za-z]?)\s*$"
    r"|(?:outcome|type|oc|code|ic)?\s*0*(?P<first>[A-Za-z]?\d{1,2}[A-Za-z]?|NS)\s*[-:.–—]\s*\S)",
    re.IGNORECASE,
)


def plain(value: str) -> str:
    """Return a spelling without case, punctuation and doubled spaces, for comparison only."""
    text = unicodedata.normalize("NFKC", value).casefold()
    return " ".join(re.sub(r"[^\w+]|_", " ", text).split())


@dataclass(frozen=True, kw_only=True)
class CodeMap:
    """One code table.

    Parameters
    ----------
    name : str
        File name, as messages give it.
    rows : Mapping[str, Mapping[str, str]]
        Plain spelling to row of the table.
    codes : Sequence[str]
        What may be written, code and name, in the order of the file.
    spellings : Sequence[str]
        All spellings as they stand in the file.
    """

    name: str
    rows: Mapping[str, Mapping[str, str]]
    codes: Sequence[str] = ()
    spellings: Sequence[str] = ()

    def find(self, value: str) -> Mapping[str, str] | None:
        """Return the row that a spelling belongs to, or None.

        A value such as `8 - Comm. resolution (crime)` is known by its leading code.
        """
        row = self.rows.get(re.sub(r"^0+(?=\d)", "", plain(value)))
        if row is None and (lead := _LEADING_CODE.match(value)):
            row = self.rows.get(plain(lead["alone"] or lead["first"]))
        return row


@dataclass(frozen=True, kw_only=True)
class Maps:
    """All code tables of a study."""

    outcomes: CodeMap
    ethnicity_self: CodeMap
    ethnicity_officer: CodeMap
    offences: CodeMap
    yes_no: CodeMap
    sex: CodeMap
    forces: CodeMap
    incident_headers: Mapping[str, str]
    event_headers: Mapping[str, str]
    blanks: frozenset[str]
    sources: Mapping[str, str] = field(default_factory=dict)


_TABLES = {
    "outcomes": ("outcomes.csv", ("code", "name", "group", "subset_of", "arrested", "spellings")),
    "ethnicity_self": ("ethnicity-self.csv", ("code", "name", "group", "series_break", "spellings")),
    "ethnicity_officer": ("ethnicity-officer.csv", ("code", "name", "group", "series_break", "spellings")),
    "offences": ("offences.csv", ("code", "name", "group", "drug", "spellings")),
    "yes_no": ("yes-no.csv", ("code", "spellings")),
    "sex": ("sex.csv", ("code", "spellings")),
    "forces": ("forces.csv", ("code", "scheme", "spellings")),
}


def read_maps(folder: Path) -> Maps:
    """Read the code tables of a folder.

    Raises
    ------
    InputError
        If a file or a column is missing, or one spelling stands for two things.
    """
    problems = Problems()
    tables = {name: _code_map(folder / file, columns, problems) for name, (file, columns) in _TABLES.items()}
    headers = _headers(folder / "columns.csv", problems)
    blanks = {row["spelling"] for row in read_map(folder / "blanks.csv", ["spelling"])}
    problems.raise_if_any()
    files = [*(file for file, _ in _TABLES.values()), "columns.csv", "blanks.csv"]
    return Maps(
        **tables,
        incident_headers=headers["incidents"],
        event_headers=headers["events"],
        blanks=frozenset(blanks | {blank.casefold() for blank in blanks}),
        sources={f"maps/{file}": hash_file(folder / file) for file in files},
    )


def _code_map(path: Path, columns: Sequence[str], problems: Problems) -> CodeMap:
    rows: dict[str, dict[str, str]] = {}
    table = read_map(path, columns)
    shown: list[str] = []
    for number, row in enumerate(table, start=2):
        spellings = [row["code"], row.get("name", ""), *row["spellings"].split("|")]
        shown += [spelling.strip() for spelling in spellings if spelling.strip()]
        for spelling in filter(None, map(plain, spellings)):
            if rows.setdefault(spelling, row) is not row:
                first = rows[spelling]
                problems.add(
                    f"{path.name}, line {number}",
                    f"{spelling!r} stands for {first['code'] or first['name']!r} already",
                    remedy="Keep it in one row",
                )
    codes = [f"{row['code']} {row.get('name', '')}".strip() for row in table]
    return CodeMap(name=path.name, rows=rows, codes=codes, spellings=shown)


def _headers(path: Path, problems: Problems) -> dict[str, dict[str, str]]:
    headers: dict[str, dict[str, str]] = {"incidents": {}, "events": {}}
    for number, row in enumerate(read_map(path, ["canonical", "table", "spellings"]), start=2):
        place = f"{path.name}, line {number}"
        if row["table"] not in headers:
            problems.add(place, f"{row['table']!r} is not a table", choices=list(headers))
            continue
        table = headers[row["table"]]
        for spelling in filter(None, map(plain, [row["canonical"], *row["spellings"].split("|")])):
            if table.setdefault(spelling, row["canonical"]) != row["canonical"]:
                problems.add(place, f"{spelling!r} stands for {table[spelling]!r} already", remedy="Keep it in one row")
    return headers
