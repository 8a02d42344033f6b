"""Consents that come with a project, as rows of consent.csv: added, and never loosened."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.corpus.consent import CONSENT
from workbench.definitions import SEPARATORS, read_map
from workbench.errors import Problem
from workbench.study.projects.own import ANSWERS, Row, as_read

if TYPE_CHECKING:
    from workbench.study.study import Study

COLUMNS = ("document", "speaker", *ANSWERS, "withdrawn")
CHECK = f"The stricter one holds; correct {CONSENT} if it is not right"


def add_consents(
    study: "Study", folder: Path, said: Mapping[str, Mapping[str, Row]], labels: Mapping[str, Collection[str]]
) -> list[Problem]:
    """Write what a project says of consents into consent.csv, where it says more, or is stricter.

    Parameters
    ----------
    study : Study
        Its register knows which label of a transcript is which pseudonym.
    folder : Path
        The transcripts folder.
    said : Mapping
        Document to speaker ("" for everybody), as the project calls them, to what they allow.
    labels : Mapping
        Document to the labels that its file has.

    Returns
    -------
    list of Problem
        Where the project and the study say different things. An answer of the study changes only from yes to no or
        from blank to no, never the other way; everything else in its rows stays.
    """
    path = folder / CONSENT
    held = read_map(path, COLUMNS) if path.is_file() else []
    before = [dict(row) for row in held]
    told: list[Problem] = []
    for document, given in said.items():
        rows = _by_label(study, document, given, labels.get(document, ()), told)
        mine = {row["speaker"].casefold(): row for row in held if row["document"] == document}
        held += _joined(document, rows, mine, told)
    if held != before:
        _write(path, held)
    return told


def _by_label(
    study: "Study", document: str, given: Mapping[str, Row], labels: Collection[str], told: list[Problem]
) -> dict[str, Row]:
    """Return the rows by the labels of the transcript; a refusal of somebody who is not found there is everybody's."""
    masked = study.register.forms.replaced
    named = {as_read(masked(label, document, label=True)).casefold(): label for label in labels}
    named |= {label.casefold(): label for label in labels}
    rows = {"": dict(given[""])} if "" in given else {}
    lost = []
    for speaker, row in given.items():
        label = named.get(speaker.casefold())
        if label is not None:
            rows[label] = dict(row)
        elif row["withdrawn"] or row["analysis"] == "no":
            rows[speaker] = dict(row)  # whose words are gone
        elif speaker and "no" in row.values():
            lost.append(row)
            what = f"the file records a refusal of {speaker!r}, and nobody is called so here: it holds for everybody"
            remedy = f"Say in {CONSENT} whose it is"
            told.append(Problem(place=document, what=what, remedy=remedy))
    if lost:
        rows = {"": rows.get("", dict.fromkeys((*ANSWERS, "withdrawn"), "")), **rows}
        rows = {label: _strictest([row, *lost]) for label, row in rows.items()}
    return rows


def _joined(document: str, rows: Mapping[str, Row], mine: Mapping[str, Row], told: list[Problem]) -> list[Row]:
    """Return the rows to be added for a document, and make those stricter that are there."""
    new: list[Row] = []
    whole = mine.get("")
    for label, row in sorted(rows.items()):
        there = mine.get(label.casefold())
        if there is not None:
            _tell(document, label, there, row, told)
            was, strict = _answers(there), _strictest([there, row])
            there.update({name: said for name, said in strict.items() if said != was[name]})
            continue
        if whole is not None:
            _tell(document, label, whole, row, told)
            row = _strictest([whole, row])
        if (held := whole or rows.get("")) is None or not label or _answers(row) != _answers(held):
            new.append({"document": document, "speaker": label, **row})
    return new


def _answers(row: Row) -> Row:
    """Return yes, no or blank for each answer, and the day."""
    short = {"y": "yes", "true": "yes", "n": "no", "false": "no"}
    return {name: short.get(row[name].casefold(), row[name].casefold()) for name in (*ANSWERS, "withdrawn")}


def _strictest(rows: Iterable[Row]) -> Row:
    """Return the first row's answers, with no where any says so, and the first day of withdrawal."""
    first, *others = (_answers(row) for row in rows)
    for other in others:
        first |= {name: "no" for name in ANSWERS if other[name] == "no"}
        first["withdrawn"] = first["withdrawn"] or other["withdrawn"]
    return first


def _tell(document: str, label: str, mine: Row, theirs: Row, told: list[Problem]) -> None:
    here, there = _answers(mine), _answers(theirs)
    for name, said in there.items():
        if said and said != here[name]:
            what = f"{label or 'everybody'}, {name}: {here[name] or 'blank'} in {CONSENT}, {said} in the file"
            told.append(Problem(place=document, what=what, remedy=CHECK))


def _write(path: Path, rows: list[Row]) -> None:
    """Write the table whole, with its columns and the sign that parts them, or leave it as it was."""
    raw = path.read_bytes() if path.is_file() else b""
    first = raw.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace")
    sign = max(SEPARATORS, key=first.count) if first.strip() else ","
    columns = list(dict.fromkeys(name for row in rows for name in row) | dict.fromkeys(COLUMNS))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=sign, lineterminator="\r\n" if b"\r\n" in raw else "\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(out.getvalue(), encoding="utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8", newline="")
    beside.replace(path)
