"""What is known of each transcript beside its words: scheme, role, wave, who its speakers are."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from workbench.corpus.document import KINDS, ROLES
from workbench.definitions import read_map
from workbench.errors import InputError, Problem, Problems, did_you_mean

METADATA = "metadata.csv"
"""Lies beside the transcripts; one row a document."""


def read_metadata(folder: Path, problems: Problems) -> dict[str, dict[str, str]]:
    """Read `metadata.csv` of a transcripts folder, if there is one.

    Parameters
    ----------
    folder : Path
        The transcripts folder.
    problems : Problems
        Receives repeated documents, unknown roles and kinds, and speakers without a role.

    Returns
    -------
    dict
        Document id to its attributes: `title, scheme, role, wave, kind, date,
        fictional, speakers` and any further column.
    """
    path = folder / METADATA
    rows: dict[str, dict[str, str]] = {}
    try:
        found = read_map(path, ["document"]) if path.exists() else []
    except InputError as error:
        problems.found += [problem for problem in error.problems if isinstance(problem, Problem)]
        return rows
    for number, row in enumerate(found, 2):
        place, document = f"{METADATA}, row {number}", unicodedata.normalize("NFC", row["document"])
        if not document:
            problems.add(f"{place}, column document", "is blank", remedy="Name the transcript, or remove the row")
            continue
        if document in rows:
            problems.add(place, f"document {document!r} stands twice", remedy="Keep one row")
        _check(problems, place, "role", row.get("role", ""), ROLES)
        _check(problems, place, "kind", row.get("kind", ""), KINDS)
        for pair in _pairs(row):
            label, equals, role = pair.rpartition("=")
            if not equals or not label.strip():
                what = f"{pair.strip()!r} is not a label and its role"
                problems.add(f"{place}, column speakers", what, remedy="Write INT=interviewer; P01=officer")
            else:
                _check(problems, place, "speakers", role.strip(), ROLES)
        rows[document] = row
    return rows


def _check(problems: Problems, place: str, column: str, value: str, choices: tuple[str, ...]) -> None:
    if value and value not in choices:
        problems.add(
            f"{place}, column {column}", f"{value!r} is not known", choices=choices, remedy=did_you_mean(value, choices)
        )


def _pairs(row: Mapping[str, str]) -> list[str]:
    return [pair for pair in row.get("speakers", "").split(";") if pair.strip()]


def speaker_roles(row: Mapping[str, str]) -> dict[str, str]:
    """Return the labels that a metadata row declares, with their roles.

    Examples
    --------
    >>> speaker_roles({"speakers": "INT=interviewer; P01=officer"})
    {'INT': 'interviewer', 'P01': 'officer'}
    """
    pairs = [pair.rpartition("=") for pair in _pairs(row) if "=" in pair]
    return {_tidy(label): role.strip() for label, _, role in pairs}


def declared_twice(row: Mapping[str, str]) -> list[str]:
    """Return the labels that a metadata row declares more than once."""
    times = Counter(_tidy(pair.rpartition("=")[0]) for pair in _pairs(row))
    return [label for label, n in times.items() if n > 1]


def _tidy(label: str) -> str:
    return unicodedata.normalize("NFC", " ".join(label.strip(" .:").split()))


def check_all_present(rows: Iterable[str], documents: Collection[str], problems: Problems) -> None:
    """Note every transcript that the metadata describe and that is not there."""
    for document in rows:
        if document not in documents:
            remedy = did_you_mean(document, documents) or "Add the file or remove the row"
            problems.add(METADATA, f"document {document!r} is described but there is no such transcript", remedy=remedy)
