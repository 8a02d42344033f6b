"""Where a number comes from: package, inputs, definitions, date, call."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

DISTRIBUTION = "workbench-evaluation"


def package_version() -> str:
    """Return the installed version of this package."""
    return metadata.version(DISTRIBUTION)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What was run, on what, stamped on every Finding.

    Parameters
    ----------
    call : str
        The call as its user would type it.
    inputs : Mapping[str, str]
        Name of each input and its SHA-256.
    definitions : Mapping[str, str]
        Theory, codebook, manuals and maps used, with their versions.
    as_of : str or None
        Cut-off date of the data, ISO 8601; never today's by default.
    version : str
        Version of this package.
    """

    call: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    as_of: str | None = None
    version: str = field(default_factory=package_version)

    def to_dict(self) -> dict[str, Any]:
        """Return plain types, for JSON."""
        return asdict(self)
