"""names.csv: the key that leads from pseudonyms back to names, kept apart and read by its holder only.

A table that people can read, compare and open in Excel: UTF-8 with a byte order mark; a value that Excel
would calculate or turn into a number or a date has an apostrophe before it, which reading takes away.
"""

import csv
import io
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, fields
from pathlib import Path

from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.pseudonymisation.entry import DECISIONS, LABELS, PSEUDONYM, Entry, form_key

COLUMNS = tuple(field.name for field in fields(Entry))
WAIT = 30.0
"""Seconds to wait for somebody else who is writing."""
_CALCULATED = ("=", "+", "-", "@", "'", "\t", "\r", *"0123456789")


def read_entries(path: Path) -> tuple[list[Entry], bytes]:
    """Read the key.

    Returns
    -------
    tuple of (list of Entry, bytes)
        The entries, and the file's content as it was; nothing where there is no file.

    Raises
    ------
    InputError
        With every unknown column and value, by row.
    """
    if not path.exists():
        return [], b""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what, remedy = f"byte {error.start} is not UTF-8", "Save it as “CSV UTF-8”"
        raise InputError(Problem(place=str(path), what=what, remedy=remedy)) from error
    rows = list(csv.reader(io.StringIO(text, newline="")))
    problems = Problems()
    header = rows[0] if rows else []
    for name in header:
        if name not in COLUMNS:
            remedy = did_you_mean(name, COLUMNS) or "Remove it"
            problems.add(str(path), f"column {name!r} is not known", choices=COLUMNS, remedy=remedy)
    for name in COLUMNS:
        if name not in header:
            problems.add(str(path), f"column {name!r} is missing", choices=header)
    problems.raise_if_any()
    entries = {
        number: _entry(problems, f"{path.name}, row {number}", dict(zip(header, row, strict=False)))
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    }
    _check_once(problems, path.name, entries)
    problems.raise_if_any()
    return list(entries.values()), content


def _entry(problems: Problems, place: str, row: dict[str, str]) -> Entry:
    value = {name: _bare(row.get(name, "")) for name in COLUMNS}
    if not value["id"].isdecimal():
        problems.add(f"{place}, column id", f"{value['id']!r} is no number")
    if not value["form"].strip():
        problems.add(f"{place}, column form", "is empty", remedy="Write the words that were found, or remove the row")
    for name, known in (("kind", tuple(LABELS)), ("decision", DECISIONS)):
        if value[name] not in known:
            remedy = did_you_mean(value[name], known)
            problems.add(f"{place}, column {name}", f"{value[name]!r} is not known", choices=known, remedy=remedy)
    label = LABELS.get(value["kind"])
    if label and not (PSEUDONYM.fullmatch(value["pseudonym"]) and value["pseudonym"].startswith(f"[{label} ")):
        what = f"{value['pseudonym']!r} is no pseudonym of the kind {value['kind']!r}"
        problems.add(f"{place}, column pseudonym", what, remedy=f"Write it like [{label} 12]")
    number = value.pop("id")
    return Entry(id=int(number) if number.isdecimal() else 0, **value)


def _check_once(problems: Problems, name: str, entries: Mapping[int, Entry]) -> None:
    ids: set[int] = set()
    forms: set[tuple[str, str]] = set()
    for number, entry in entries.items():
        if entry.id in ids:
            problems.add(f"{name}, row {number}, column id", f"{entry.id} stands twice", remedy="Give another number")
        where = (entry.key, entry.document)
        if where in forms and entry.form.strip():
            scope = f"in {entry.document}" if entry.document else "for all transcripts"
            problems.add(f"{name}, row {number}", f"{entry.form!r} stands twice {scope}", remedy="Keep one row")
        ids.add(entry.id)
        forms.add((form_key(entry.form), entry.document))


def write_entries(path: Path, entries: Sequence[Entry]) -> bytes:
    """Write the key whole or not at all, for its owner only, and return its content."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        number, *values = astuple(entry)
        writer.writerow([number, *map(_shown, values)])
    content = out.getvalue().encode("utf-8-sig")
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".names-")  # mkstemp gives mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return content


def _shown(value: str) -> str:
    return f"'{value}" if value.startswith(_CALCULATED) else value


def _bare(value: str) -> str:
    return value[1:] if value.startswith("'") and value[1:].startswith(_CALCULATED) else value


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the key while it is written; a crash lets go of it, on every system.

    Raises
    ------
    InputError
        If somebody else holds it for longer than `WAIT` seconds.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        with suppress(PermissionError):  # a folder that somebody else made keeps its rights
            path.parent.chmod(0o700)
    lock = path.with_suffix(".lock")
    connection = sqlite3.connect(lock, timeout=WAIT, isolation_level=None)
    try:
        lock.chmod(0o600)
        connection.execute("BEGIN EXCLUSIVE")
        yield
    except sqlite3.OperationalError as error:
        raise InputError(Problem(place=str(path), what="somebody else is writing it", remedy="Try again")) from error
    finally:
        connection.close()
