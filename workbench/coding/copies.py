"""A copy of a store while others write to it, and whether a store's file is sound."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.coding.failures import DAMAGED, explained
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


def copy_store(engine: "Engine", path: Path) -> Path:
    """Copy a store's file, as it is at one moment, without what was erased from it; return where it is.

    Raises
    ------
    InputError
        If there is something at `path`, it cannot be written, or the store is on a server.
    """
    if engine.dialect.name != "sqlite":
        what = "a store on a server is copied by the server"
        raise InputError(Problem(place=str(path), what=what, remedy="Ask who keeps the server, or use pg_dump"))
    if path.exists():
        remedy = "Give the copy a new name, such as one with today's date: a copy never replaces another"
        raise InputError(Problem(place=str(path), what="there is a file already", remedy=remedy))
    half = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        _copy(engine, half)
        half.replace(path)
    except OSError as error:
        remedy = "Choose another folder, or ask for the right to write to this one"
        raise InputError(
            Problem(place=str(path), what=f"no copy can be made there ({error})", remedy=remedy)
        ) from error
    finally:
        if half.parent.is_dir():
            half.unlink(missing_ok=True)
    return path


def _copy(engine: "Engine", half: Path) -> None:
    with explained(engine.url), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        cursor = connection.connection.cursor()
        try:
            cursor.execute("VACUUM INTO ?", [str(half)])
        finally:
            cursor.close()
    with half.open("rb+") as written:
        os.fsync(written.fileno())


def damaged_pages(connection: "Connection") -> list[Problem]:
    """Return what SQLite finds wrong with the file itself, apart from what is in it; a server looks after its own."""
    if connection.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(10)")]
    place = str(connection.engine.url.database)
    return [
        Problem(place=place, what=f"the file is damaged ({said})", remedy=DAMAGED) for said in found if said != "ok"
    ]
