"""What another program's variables say of its documents, as rows of metadata.csv."""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.corpus.attributes import METADATA
from workbench.corpus.document import KINDS, ROLES
from workbench.definitions import SEPARATORS

if TYPE_CHECKING:
    from workbench.exchange.refi.model import Case, Project
    from workbench.study.projects.texts import Matched
    from workbench.study.study import Study

COLUMNS = ("scheme", "role", "wave", "kind", "date", "speakers")
"""Variables of these names, in whatever case, describe a transcript."""


def described(study: "Study", project: "Project", matched: "Sequence[Matched]") -> dict[str, dict[str, str]]:
    """Return what the variables say of each new transcript, in the words of metadata.csv.

    Parameters
    ----------
    study : Study
        Knows the schemes.
    project : Project
        Variables of a source, and of a case that has one source alone, are those of its transcript.
    matched : Sequence of Matched
        Which transcript each source is.

    Returns
    -------
    dict of str to dict
        Document to column and value; what is no known scheme, role or kind is left out.
    """
    names = {variable.guid: variable.name.strip().casefold() for variable in project.variables}
    values: dict[str, dict[str, str]] = {}
    for case in project.cases:
        if len(case.sources) == 1:
            values.setdefault(case.sources[0], {}).update(dict(case.values))
    for source in project.sources:
        values.setdefault(source.guid, {}).update(dict(source.values))
    found = {}
    for each in matched:
        said = {names[variable]: value for variable, value in values.get(each.source.guid, {}).items()}
        row = {name: _value(study, name, said[name]) for name in COLUMNS if name in said} if each.new else {}
        found[each.document] = {name: value for name, value in row.items() if value}
    return {document: row for document, row in found.items() if row}


def says_metadata(study: "Study", project: "Project", case: "Case") -> bool:
    """Tell whether a case says nothing but what metadata.csv says of its one transcript."""
    names = {variable.guid: variable.name.casefold() for variable in project.variables}
    sources = {source.guid: source.name for source in project.sources}
    if [sources.get(guid) for guid in case.sources] != [case.name] or case.description or case.codes or case.selections:
        return False
    return all(names[guid] in COLUMNS and _value(study, names[guid], said) == said for guid, said in case.values)


def _value(study: "Study", name: str, said: str) -> str:
    """Return a value as metadata.csv writes it, or nothing where it knows no such one."""
    said = " ".join(said.split())
    if name in ("role", "kind"):
        word = said.casefold().replace(" ", "_").replace("-", "_")
        return word if word in (ROLES if name == "role" else KINDS) else ""
    if name == "speakers":
        pairs = [pair.strip().rpartition("=") for pair in said.split(";")]
        return "; ".join(f"{label}={role}" for label, _, role in pairs if label and role in ROLES)
    if name == "scheme":
        schemes = study.settings.schemes
        named = {title.casefold(): scheme for scheme, title in schemes.items()} | {
            key.casefold(): key for key in schemes
        }
        return named.get(said.casefold(), "")
    return said


def add_rows(folder: Path, rows: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Add rows to metadata.csv for transcripts that it does not describe yet; what stands there stays.

    Returns
    -------
    list of str
        The documents that got a row.
    """
    if not rows:
        return []
    path = folder / METADATA
    raw = path.read_bytes() if path.is_file() else b""
    text = raw.decode("utf-8-sig", errors="replace") if raw else f"document,{','.join(COLUMNS)}\n"
    if "\ufffd" in text:
        return []
    first = text.splitlines()[0]
    sign = max(SEPARATORS, key=first.count)
    header = [name.strip() for name in next(csv.reader([first], delimiter=sign))]
    there = {_key(row[header.index("document")]) for row in csv.reader(io.StringIO(text), delimiter=sign) if row}
    if lacking := [name for name in dict.fromkeys(name for row in rows.values() for name in row) if name not in header]:
        header += lacking
        text = text.replace(first, sign.join([first, *lacking]), 1)
    new = {document: row for document, row in rows.items() if _key(document) not in there}
    out = io.StringIO()
    writer = csv.DictWriter(out, header, delimiter=sign, lineterminator="\r\n" if "\r\n" in text else "\n", restval="")
    for document, row in new.items():
        writer.writerow({"document": document, **{name: row[name] for name in row if name in header}})
    if new:
        joint = "" if text.endswith("\n") else "\n"
        beside = path.with_name(f".{path.name}.new")
        mark = "\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""
        beside.write_bytes((mark + text + joint + out.getvalue()).encode())
        beside.replace(path)
    return list(new)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name)
