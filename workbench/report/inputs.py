"""What a study's results rest on, as one hash: another hash means that they must be made again."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.provenance import package_version

if TYPE_CHECKING:
    from workbench.study import Study

FILE = "inputs.sha256"
_PARTS = ("theory", "codebook", "manuals", "maps", "transcripts", "records")


def fingerprint(study: "Study") -> str:
    """Return one SHA-256 over what a study holds (settings, data, names, codings, decisions) and this version."""
    found = hashlib.sha256(package_version().encode())
    beside = (study.path / "study.yaml", study.path / "store" / "quote_decisions.csv", study.names_key)
    places = [*beside, *(study.folder(part) for part in _PARTS)]
    for path in sorted({path for place in places if place is not None for path in _files(place)}):
        found.update(f"\n{path.name} ".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    if study.has_talk:
        found.update(study.store.fingerprint().encode())
    return found.hexdigest()


def _files(place: Path) -> list[Path]:
    """Return a file, or the files in a folder; hidden ones and those of an open editor are passed over."""
    if place.is_dir():
        return [path for path in place.rglob("*") if path.is_file() and not path.name.startswith((".", "~"))]
    return [place] if place.is_file() else []
