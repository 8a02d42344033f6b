"""Word and OpenDocument files are zip containers of XML: opened with care, never unpacked to disk."""

import zipfile
import zlib
from pathlib import Path
from typing import Any

from workbench.errors import InputError, Problem

LARGEST = 100_000_000
"""Bytes that the text parts of one file may unpack to; a transcript of a day's talk has under ten million."""
DENSEST = 200
"""Times that a large text part may be longer unpacked than packed; Word's own stay under 60."""
SMALL = 20_000_000
"""Bytes under which how densely a part is packed does not matter."""
_STRICT = (
    (b"purl.oclc.org/ooxml/wordprocessingml/", b"schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"purl.oclc.org/ooxml/officeDocument/", b"schemas.openxmlformats.org/officeDocument/2006/"),
)
"""Names of the strict form of the standard, and the usual ones, which mean the same."""


def damaged(place: str, kind: str, why: str) -> InputError:
    """Return the error for a file that is not what its ending says, or not whole."""
    remedy = f"Copy it again from its source, or open it in {kind} and save it again"
    return InputError(Problem(place=place, what=f"cannot be read as a {kind} file ({why})", remedy=remedy))


class Container:
    """A zip container whose XML parts are read one by one, within limits.

    Pictures and other parts are never unpacked, and no name in the container
    is used as a path.

    Parameters
    ----------
    path : Path
        The file.
    kind : str
        What it should be, for messages: `Word`, `OpenDocument`.

    Raises
    ------
    InputError
        If it is no zip container, damaged, or locked with a password.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.place, self.kind, self._left = path.name, kind, LARGEST
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            why = str(error) if zipfile.is_zipfile(path) else "it is not a zip container"
            raise damaged(path.name, kind, why) from error
        self.names = self._zip.namelist()
        if len(set(self.names)) < len(self.names):  # which of two would be the text?
            self.close()
            raise damaged(path.name, kind, "it holds two parts of one name")

    def __enter__(self) -> "Container":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def read(self, name: str) -> bytes | None:
        """Return a part unpacked in memory, or None where there is none of that name."""
        if name not in self.names:
            return None
        part = self._zip.getinfo(name)
        if part.flag_bits & 1:
            what = "is locked with a password"
            raise InputError(Problem(place=self.place, what=what, remedy="Save it without a password"))
        if part.file_size > self._left or (
            part.file_size > SMALL and part.file_size > DENSEST * max(part.compress_size, 1)
        ):
            raise self._bomb(part.file_size)
        try:
            with self._zip.open(part) as stream:  # unpacks no more than declared, and checks the sum at the end
                raw = stream.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise damaged(self.place, self.kind, str(error) or type(error).__name__) from error
        if len(raw) > self._left:
            raise self._bomb(len(raw))
        self._left -= len(raw)
        return raw

    def _bomb(self, size: int) -> InputError:
        what = f"its text unpacks to {size:,} bytes or more, which no transcript does"
        return InputError(Problem(place=self.place, what=what, remedy="Ask its sender what it is; do not open it"))

    def parse(self, name: str) -> Any:
        """Return the root element of an XML part, or None; no entity is expanded and nothing is fetched."""
        from lxml import etree

        raw = self.read(name)
        if raw is None:
            return None
        for strict, usual in _STRICT:
            raw = raw.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(raw, parser)
        except etree.XMLSyntaxError as error:
            raise damaged(self.place, self.kind, f"{name}: {error.msg}") from error
        declared = root.getroottree().docinfo.internalDTD
        if declared is not None and any(True for _ in declared.iterentities()):
            raise damaged(self.place, self.kind, f"{name} declares entities, which such files never do")
        return root
