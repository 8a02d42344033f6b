"""Files to sheets: every table of a folder, with its header found and its columns named."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.errors import Problems
from workbench.records.maps import Maps, plain
from workbench.records.overrides import Overrides
from workbench.records.quality import Notes
from workbench.records.unread import UNREAD, unread_columns

ENDINGS = (".xlsx", ".xls", ".csv", ".parquet")
HEADER_WITHIN = 20
"""Rows in which a header is looked for: forces put titles and warnings above it."""

NO_RECORDS = ("columns.yaml", "thumbs.db", "desktop.ini")
"""Left alone without a word: our own file, and what Windows leaves in a folder."""

FEWEST_HEADERS = 3
"""A sheet with this many known headers is meant as records."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of incidents or events.

    Parameters
    ----------
    file, name : str
        File name, and sheet name in Excel (else empty).
    kind : str
        `incidents` or `events`.
    frame : pandas.DataFrame
        Canonical columns; the index is the row number in the file, from 1.
    fictional : bool
        The file says in capital letters that it is fictional.
    """

    file: str
    name: str
    kind: str
    frame: pd.DataFrame
    fictional: bool

    @property
    def where(self) -> str:
        """File and sheet, as messages name them."""
        return f"{self.file}, sheet {self.name}" if self.name else self.file

    def column(self, name: str) -> pd.Series:
        """Return a column, or an empty one where the sheet does not have it."""
        if name in self.frame:
            return self.frame[name]
        return pd.Series([None] * len(self.frame), index=self.frame.index, dtype=object)

    def places(self) -> pd.Series:
        """Return `file|sheet|row` of each row."""
        return pd.Series([f"{self.file}|{self.name}|{row}" for row in self.frame.index], index=self.frame.index)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What every step of one reading needs: the code tables, and where to note what is found."""

    maps: Maps
    overrides: Overrides
    problems: Problems = field(default_factory=Problems)
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True, kw_only=True)
class _Raw:
    name: str
    top: Sequence[Sequence[Any]]
    body: Any  # header row's number -> DataFrame with columns by position
    said: bool = False


def read_sheets(folder: Path, reading: Reading) -> list[Sheet]:
    """Read every file of a folder; what cannot be used is noted or becomes a problem."""
    sheets: list[Sheet] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.name.casefold() in NO_RECORDS:
            continue
        if path.suffix.lower() not in ENDINGS or not path.is_file():
            reading.notes.add("set aside", path.name, note="not a file of records (xlsx, xls, csv or parquet)")
        elif path.stat().st_size == 0:
            reading.problems.add(path.name, "the file is empty (0 bytes)", remedy="Ask the sender for it again")
        else:
            sheets += _read_file(path, reading)
    return sheets


def _read_file(path: Path, reading: Reading) -> list[Sheet]:
    try:
        raws = list(_OPEN[path.suffix.lower()](path))
        fictional = any(raw.said or _says_fictional(raw.top) for raw in raws)
        found = [_sheet(path, raw, fictional, reading) for raw in raws]
    except Exception as error:  # calamine, pyarrow and pandas raise a family each; a broken file is the user's to mend
        why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        reading.problems.add(
            path.name,
            f"the file cannot be read ({why.rstrip('.')})",
            remedy="Open it, remove any password, and save it again",
        )
        return []
    return [sheet for sheet in found if sheet is not None]


def _sheet(path: Path, raw: _Raw, fictional: bool, reading: Reading) -> Sheet | None:
    maps, overrides = reading.maps, reading.overrides
    where = f"{path.name}, sheet {raw.name}" if raw.name else path.name
    headers = set(maps.incident_headers) | set(maps.event_headers) | overrides.headers
    counts = [sum(plain(str(cell)) in headers for cell in row if cell is not None) for row in raw.top]
    if not counts or max(counts) == 0:
        reading.notes.add("set aside", where, note="no known header")
        return None
    header = counts.index(max(counts))
    cells = [plain("" if cell is None else str(cell)) for cell in raw.top[header]]
    events = _named(cells, maps.event_headers, overrides)
    kind = "events" if {"case", "activity"} <= {name for _, name in events} else "incidents"
    columns = events if kind == "events" else _named(cells, maps.incident_headers, overrides)
    names = {name for _, name in columns}
    if kind == "incidents" and len(names) < FEWEST_HEADERS:
        reading.notes.add("set aside", where, note=f"only {len(names)} known header(s), so not a sheet of incidents")
        return None
    _check_header(where, raw.top[header], columns, kind, reading)
    frame = raw.body(header)
    known = maps.event_headers if kind == "events" else maps.incident_headers
    for name, filled, remedy in unread_columns(raw.top[header], frame, dict(columns), known, maps.blanks):
        reading.notes.add(UNREAD, where, value=name, n=filled, note=remedy)
    frame = frame.loc[:, [position for position, _ in columns]].set_axis([name for _, name in columns], axis=1)
    frame = frame.loc[:, ~frame.columns.duplicated()]
    blank = (frame.isna() | (frame == "")).all(axis=1)
    return Sheet(file=path.name, name=raw.name, kind=kind, frame=frame[~blank], fictional=fictional)


def _named(cells: Sequence[str], headers: Mapping[str, str], overrides: Overrides) -> list[tuple[int, str]]:
    asked = {overrides.columns[cell]: position for position, cell in enumerate(cells) if cell in overrides.columns}
    found = [(position, name) for name, position in asked.items()]
    for position, cell in enumerate(cells):
        name = headers.get(cell)
        if name and name not in asked and cell not in overrides.columns:
            found.append((position, name))
    return sorted(found)


def _check_header(
    where: str, header: Sequence[Any], columns: list[tuple[int, str]], kind: str, reading: Reading
) -> None:
    names = [name for _, name in columns]
    shown = [str(cell) for cell in header if cell not in (None, "")]
    needed = "contact_date" if kind == "incidents" else "at"
    if needed not in names:
        reading.problems.add(
            where,
            f"no column holds the {'contact date' if kind == 'incidents' else 'date of the event'}",
            choices=shown,
            remedy=f"Name it in columns.yaml beside the file, e.g. {needed}: {shown[0] if shown else 'Date'}",
        )
    for name in sorted({name for name in names if names.count(name) > 1}):
        twice = [str(header[position]) for position, other in columns if other == name]
        reading.problems.add(
            where,
            f"{len(twice)} columns are read as {name}: {', '.join(twice)}",
            remedy=f"Say which in columns.yaml, e.g. {name}: {twice[0]}",
        )


def _says_fictional(top: Sequence[Sequence[Any]]) -> bool:
    return any("FICTIONAL" in str(cell) for row in top for cell in row if isinstance(cell, str))


def _open_excel(path: Path) -> Iterator[_Raw]:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)

            def body(header: int, rows: list[list[Any]] = rows) -> pd.DataFrame:
                width = len(rows[header])
                frame = pd.DataFrame(rows[header + 1 :], columns=range(width), dtype=object)
                return frame.set_axis(range(header + 2, len(rows) + 1), axis=0)

            yield _Raw(name=name, top=rows[:HEADER_WITHIN], body=body)


def _open_csv(path: Path) -> Iterator[_Raw]:
    try:
        path.read_text(encoding="utf-8-sig")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "cp1252"  # what Excel on an English Windows machine writes as "CSV"
    with path.open(encoding=encoding, newline="") as stream:
        top = [row for row, _ in zip(csv.reader(stream), range(HEADER_WITHIN), strict=False)]

    def body(header: int) -> pd.DataFrame:
        frame = pd.read_csv(
            path, skiprows=header + 1, header=None, names=range(len(top[header])), dtype="str", encoding=encoding,
            keep_default_na=False, skip_blank_lines=False, index_col=False, on_bad_lines="error",
        )  # fmt: skip
        return frame.set_axis(range(header + 2, header + 2 + len(frame)), axis=0)

    yield _Raw(name="", top=top, body=body)


def _open_parquet(path: Path) -> Iterator[_Raw]:
    frame = pd.read_parquet(path)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    said = any("FICTIONAL" in str(column) for column in frame.columns) or "fictional" in frame.columns

    def body(_header: int) -> pd.DataFrame:
        return frame.set_axis(range(frame.shape[1]), axis=1)

    yield _Raw(name="", top=[list(frame.columns)], body=body, said=said)


_OPEN = {".xlsx": _open_excel, ".xls": _open_excel, ".csv": _open_csv, ".parquet": _open_parquet}
