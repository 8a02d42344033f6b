"""Copies that left the store: what they held, and which of them still hold what was withdrawn since."""

import csv
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.coding.acts import moment
from workbench.errors import Problem

if TYPE_CHECKING:
    from workbench.study.study import Study

FILE = "exports.csv"
"""In the study's store folder; one row an export and document, added to and never changed."""
COLUMNS = ("folder", "at", "for", "document")


def record_export(
    study: "Study",
    out: Path,
    audience: str,
    left_out: Mapping[str, str] | None = None,
    *,
    documents: Iterable[str] | None = None,
) -> None:
    """Write down that codings were exported, so that an audit can name the copy after a withdrawal.

    Parameters
    ----------
    study : Study
        From `open_study`.
    out : Path
        The folder or file that was written.
    audience : str
        Whom it is for: team or archive.
    left_out : Mapping of str to str, optional
        Documents, and persons as `document:speaker`, that were left out.
    documents : iterable of str, optional
        The documents that it holds, where that is known; by default those with codings, or finished by somebody.
    """
    held = _coded(study, left_out or {}) if documents is None else set(documents)
    path, at = study.path / "store" / FILE, moment()
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        if is_new:
            rows.writerow(COLUMNS)
        rows.writerows((out.resolve(), at, audience, name) for name in sorted(held) or [""])


def _coded(study: "Study", away: Mapping[str, str]) -> set[str]:
    codings, finished = study.store.codings(), study.store.read_by()
    held = {str(row.document) for row in codings.itertuples() if not {str(row.document), str(row.person)} & set(away)}
    return held | {str(name) for name in finished["document"] if name not in away}


def copies_before(study: "Study") -> list[Problem]:
    """Return the copies that still hold what was withdrawn after they were made: for a person to delete.

    Parameters
    ----------
    study : Study
        Its exports and its `outputs/` are looked at. A folder that is no longer there counts as deleted, unless it
        was for an archive, which may have it.
    """
    withdrawn = _last_withdrawals(study)
    copies: dict[str, list[str]] = {}
    for folder, (at, audience, documents) in _last_exports(study).items():
        there = Path(folder).exists()
        name = f"{folder} ({at[:10]}{', for an archive' if audience == 'archive' else ''})"
        for document in documents if there or audience == "archive" else ():
            if at < withdrawn.get(document, ""):
                copies.setdefault(document, []).append(name if there else f"{name[:-1]}, no longer there)")
    outputs = study.path / "outputs"
    times = [path.stat().st_mtime for path in (outputs / "release").glob("*") if path.is_file()]
    at = moment(datetime.fromtimestamp(max(times), UTC)) if times else ""
    for document, gone in withdrawn.items():
        if times and at < gone:
            copies.setdefault(document, []).append(f"{outputs} ({at[:10]})")
    remedy = "Delete or replace them: workbench export, workbench report; tell whoever was given one"
    return [
        Problem(place=document, what=f"copies made before the withdrawal: {', '.join(names)}", remedy=remedy)
        for document, names in sorted(copies.items())
    ]


def _last_withdrawals(study: "Study") -> dict[str, str]:
    """Return when each document, or a voice in it, was withdrawn last; not those that were restored since."""
    acts = study.store.acts()
    acts = acts[acts["kind"].isin(["withdraw", "restore"])]
    last = {str(row.document): (str(row.kind), str(row.at)) for row in acts.itertuples()}
    return {document: at for document, (kind, at) in last.items() if kind == "withdraw"}


def _last_exports(study: "Study") -> dict[str, tuple[str, str, list[str]]]:
    """Return the last export into each folder: when, for whom, and the documents in it."""
    path = study.path / "store" / FILE
    found: dict[str, tuple[str, str, list[str]]] = {}
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                at, _, documents = found.get(row["folder"], ("", "", []))
                documents = [*documents, row["document"]] if at == row["at"] else [row["document"]]
                found[row["folder"]] = (row["at"], row["for"], documents)
    return found
