"""A project file opened with care: a zip, or XML with or without a folder of sources beside it."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Protocol

from workbench.errors import InputError, Problem
from workbench.exchange.refi.told import Told, counted

LARGEST = 1_000_000_000
"""Bytes that the parts of one file that are read may unpack to; 225 interviews with 20,000 codings have 30 million."""
DENSEST = 200
"""Times that a large part may be longer unpacked than packed; project files stay under 40."""
SMALL = 20_000_000
"""Bytes under which how densely a part is packed does not matter."""
REMEDY = "Export it again from the other program"


class Package(Protocol):
    """What a project file holds."""

    def project(self) -> tuple[str, bytes]:
        """Return the name and the bytes of the project's XML."""

    def read(self, name: str) -> bytes | None:
        """Return a source by the last part of its path, in any case, or None."""


def refused(path: Path, what: str, remedy: str = REMEDY) -> InputError:
    """Return the error for a file that cannot be used at all."""
    return InputError(Problem(place=path.name, what=what, remedy=remedy))


def head(path: Path) -> bytes:
    """Return the first bytes of a file, or say why it holds none."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "there is no such file"
        raise InputError(Problem(place=str(path), what=what, remedy="Check its path"))
    with path.open("rb") as stream:
        first = stream.read(4096)
    if not first.strip(b"\x00 \t\r\n"):
        raise refused(path, "the file is empty")
    return first


class Zipped:
    """A `.qdpx`: nothing is unpacked to disk, and no name within is used as a path."""

    def __init__(self, path: Path, told: Told) -> None:
        self.path, self._told, self._left = path, told, LARGEST
        try:
            with zipfile.ZipFile(path) as opened:
                self._parts = [part for part in opened.infolist() if not part.is_dir()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise refused(path, f"cannot be read as a zip file ({error}): it is damaged, or not whole") from error
        self._named: dict[str, zipfile.ZipInfo] = {}
        for part in self._parts:
            name = _last(part.filename)
            if self._named.setdefault(name, part) is not part:
                told.add(
                    f"holds two files named {name!r}; the first is read", remedy="Check that its text is the right one"
                )
            if part.filename.startswith(("/", "\\")) or ".." in PurePosixPath(part.filename.replace("\\", "/")).parts:
                told.add(f"a file in it is named {part.filename!r}, outside its folder; nothing is unpacked there")

    def project(self) -> tuple[str, bytes]:
        """Return the project's XML: `project.qde` at the root, or what stands for it."""
        found = [
            part
            for part in self._parts
            if part.filename.lower().endswith(".qde") and "__macosx" not in part.filename.lower()
        ]
        found.sort(key=lambda part: (part.filename.count("/"), _last(part.filename) != "project.qde"))
        if not found:
            held = sorted({PurePosixPath(part.filename).suffix for part in self._parts})
            what = f"holds no project.qde, only {counted(len(self._parts), 'file')} ({', '.join(held) or 'none'})"
            raise refused(self.path, what, "Check that it is a REFI-QDA project")
        if len(found) > 1:
            self._told.add(
                f"holds {len(found)} projects; {found[0].filename} is read", remedy="Export one project a file"
            )
        if found[0].filename != "project.qde":
            self._told.add(
                f"its project is named {found[0].filename!r}, where the standard says project.qde; read as that"
            )
        return found[0].filename, self._unpacked(found[0])

    def read(self, name: str) -> bytes | None:
        """Return a source, or None where there is none of that name."""
        part = self._named.get(_last(name))
        return None if part is None else self._unpacked(part)

    def _unpacked(self, part: zipfile.ZipInfo) -> bytes:
        if part.flag_bits & 1:
            raise refused(self.path, "is locked with a password", "Export it without a password")
        dense = part.file_size > SMALL and part.file_size > DENSEST * max(part.compress_size, 1)
        if part.file_size > self._left or dense:
            what = f"{part.filename} unpacks to {part.file_size:,} bytes, which no project does"
            raise refused(self.path, what, "Ask its sender what it is; do not open it")
        try:
            with zipfile.ZipFile(self.path) as opened, opened.open(part) as stream:
                raw = stream.read(part.file_size + 1)  # never more than declared; its sum is checked at the end
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise refused(self.path, f"{part.filename} cannot be unpacked ({error}): the file is damaged") from error
        self._left -= len(raw)
        return raw


class Bare:
    """A `.qde` as it lies on disk, perhaps with the folder `sources` of an unpacked project beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        beside = [folder for folder in path.parent.iterdir() if folder.is_dir() and folder.name.lower() == "sources"]
        self._sources = {file.name.lower(): file for folder in beside for file in folder.iterdir() if file.is_file()}

    def project(self) -> tuple[str, bytes]:
        """Return the file itself."""
        return self.path.name, _within(self.path).read_bytes()

    def read(self, name: str) -> bytes | None:
        """Return a file of the folder `sources`, or None."""
        found = self._sources.get(_last(name))
        return None if found is None else _within(found).read_bytes()


def open_package(path: Path, told: Told) -> Package:
    """Open a project file by what it holds, whatever it is called."""
    first = head(path)
    if first.startswith(b"PK"):
        return Zipped(path, told)
    start = first.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise refused(path, "holds a web page, not a project", "Download the project itself, perhaps after signing in")
    if not start.startswith(b"<"):
        raise refused(
            path, "is neither a zip file nor XML", "Check that it is a REFI-QDA project (.qdpx, .qde or .qdc)"
        )
    return Bare(path)


def _within(path: Path) -> Path:
    if path.stat().st_size > LARGEST:
        raise refused(path, f"has {path.stat().st_size:,} bytes; at most {LARGEST:,} are read", "Check what it holds")
    return path


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].lower()
