"""Which transcripts were searched for names as they now are; kept beside the key."""

import csv
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.study.study import Study

FILE = "searched.csv"
"""Beside names.csv: document, sha256 of its file, what searched it, when."""


def unsearched(study: "Study") -> list[str]:
    """Return the transcripts that were not searched for names since they came in or were corrected."""
    if not study.has_transcripts:
        return []
    path = study.names_key.with_name(FILE)
    known: set[tuple[str, str]] = set()
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as stream:
            known = {(row["document"], row["sha256"]) for row in csv.DictReader(stream)}
    documents = study.raw_corpus.documents
    return [
        name for name, sha in zip(documents["document"], documents["sha256"], strict=True) if (name, sha) not in known
    ]


def note_searched(study: "Study", searched_with: str) -> None:
    """Write down that every transcript was searched as it now is."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    documents = study.raw_corpus.documents
    written = StringIO(newline="")
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["document", "sha256", "with", "at"])
    rows.writerows(
        (name, sha, searched_with, at) for name, sha in zip(documents["document"], documents["sha256"], strict=True)
    )
    path = study.names_key.with_name(FILE)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(".tmp")
    beside.write_text(written.getvalue(), encoding="utf-8")
    beside.chmod(0o600)
    beside.replace(path)
