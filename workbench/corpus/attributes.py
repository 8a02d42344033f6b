"""What is known of each transcript beside its words: scheme, role, wave, who its speakers are."""

from collections.abc import Mapping
from pathlib import Path

from workbench.corpus.document import KINDS, ROLES
from workbench.definitions import read_map
from workbench.errors import InputError, Problems, did_you_mean

METADATA = "metadata.csv"
"""Lies beside the transcripts; one row a document."""


def read_metadata(folder: Path) -> dict[str, dict[str, str]]:
    """Read `metadata.csv` of a transcripts folder, if there is one.

    Returns
    -------
    dict
        Document id to its attributes: `title, scheme, role, wave, kind, date,
        fictional, speakers` and any further column.

    Raises
    ------
    InputError
        For repeated documents, unknown roles or kinds: all at once.
    """
    path = folder / METADATA
    if not path.exists():
        return {}
    problems = Problems()
    rows: dict[str, dict[str, str]] = {}
    for number, row in enumerate(read_map(path, ["document"]), 2):
        place, document = f"{METADATA}, row {number}", row["document"]
        if document in rows:
            problems.add(place, f"document {document!r} stands twice", remedy="Keep one row")
        _check(problems, place, "role", row.get("role", ""), ROLES)
        _check(problems, place, "kind", row.get("kind", ""), KINDS)
        for role in _speakers(row).values():
            _check(problems, place, "speakers", role, ROLES)
        rows[document] = row
    problems.raise_if_any()
    return rows


def _check(problems: Problems, place: str, column: str, value: str, choices: tuple[str, ...]) -> None:
    if value and value not in choices:
        problems.add(
            f"{place}, column {column}", f"{value!r} is not known", choices=choices, remedy=did_you_mean(value, choices)
        )


def _speakers(row: Mapping[str, str]) -> dict[str, str]:
    pairs = [pair.rpartition("=") for pair in row.get("speakers", "").split(";") if "=" in pair]
    return {label.strip(" .:"): role.strip() for label, _, role in pairs}


def speaker_roles(row: Mapping[str, str]) -> dict[str, str]:
    """Return the labels that a metadata row declares, with their roles.

    Examples
    --------
    >>> speaker_roles({"speakers": "INT=interviewer; P01=officer"})
    {'INT': 'interviewer', 'P01': 'officer'}
    """
    return _speakers(row)


def check_all_present(rows: Mapping[str, object], documents: list[str]) -> None:
    """Raise if the metadata describe a transcript that is not there."""
    problems = Problems()
    for document in rows:
        if document not in documents:
            remedy = did_you_mean(document, documents) or "Add the file or remove the row"
            problems.add(METADATA, f"document {document!r} is described but there is no such transcript", remedy=remedy)
    if problems.found:
        raise InputError(problems.found)
