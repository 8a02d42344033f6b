"""What another program gave and workbench has no place for, as plain JSON by GUID, and back again."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from workbench.coding.acts import moment
from workbench.coding.exchanged import masked
from workbench.provenance import hash_text
from workbench.study.projects.metadata import COLUMNS, says_metadata
from workbench.study.projects.passages import Brought

if TYPE_CHECKING:
    from workbench.exchange.refi.model import Project
    from workbench.study.study import Study

_GUID = re.compile(r"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}")
CALLED = {"code": "folder of codes", "selection": "passage without a code", "project": "comment on the project"}
"""Kind to how it is told, where that is not the kind itself."""


Things = Iterable[tuple[str, dict[str, Any], tuple[str, ...]]]
"""Kind, content, and the GUIDs of what it is about."""


def carried_rows(
    study: "Study",
    project: "Project",
    documents: Mapping[str, str],
    brought: Brought,
    *,
    names: Mapping[str, str],
    file: str,
) -> list[dict[str, Any]]:
    """Return the rows that keep what has no place here.

    Parameters
    ----------
    study : Study
        Its register's names do not get into the rows.
    project : Project
        As read.
    documents : Mapping of str to str
        GUID of a source to its transcript.
    brought : Brought
        Which passages were found, and which notes have become memos.
    names : Mapping of str to str
        GUIDs of the file to those by which the store knows the same things.
    file : str
        Where it comes from.

    Returns
    -------
    list of dict
        For `store.bring_in`.
    """
    within = {guid: {document} for guid, document in documents.items()}  # GUID of anything to what it is about
    for source in project.sources:
        for selection in source.selections if source.guid in documents else ():
            within[selection.guid] = {documents[source.guid]}
            within |= {coding.guid: {documents[source.guid]} for coding in selection.codings}
    rows = [
        *_things(study, project),
        *_of_sources(project),
        *_selections(study, project, brought),
    ]
    rows += [("note", asdict(note) | {"about": sorted(note.about)}, tuple(note.about))
             for note in project.notes if note.guid not in brought.noted]  # fmt: skip
    at, held = moment(), _fingerprints(study)
    found = []
    away = out_of(project, documents)
    for kind, data, refers in rows:
        if away & set(refers):
            continue
        about = sorted(set().union(*(within.get(guid, ()) for guid in refers)))
        within.setdefault(str(data["guid"]), set(about))  # a note on a link is about what the link is about
        content = {"documents": about, "data": _called(masked(data, study.register.replaced, about), names)}
        guid = content["data"]["guid"]
        if held.get(_fingerprint(kind, content), guid) == guid:  # else it came before, under another GUID
            found.append({"guid": guid, "kind": kind, "source": file, "at": at, "content": content})
    return found


def out_of(project: "Project", documents: Mapping[str, str]) -> set[str]:
    """Return the GUIDs of texts that stay out, as after a withdrawal, and of all in them: nothing of it is kept."""
    away = [source for source in project.sources if source.kind == "text" and source.guid not in documents]
    guids = {source.guid for source in away}
    guids |= {one.guid for source in away for one in source.selections}
    return guids | {coding.guid for source in away for one in source.selections for coding in one.codings}


def _fingerprints(study: "Study") -> dict[str, str]:
    held = study.store.carried().to_dict(orient="records")
    return {_fingerprint(str(row["kind"]), row["content"]): str(row["guid"]) for row in held}


def _fingerprint(kind: str, content: Any) -> str:
    """Return what two things have in common that differ by their GUIDs alone."""
    return kind + _GUID.sub("", json.dumps(content, sort_keys=True))


def _called(value: Any, names: Mapping[str, str]) -> Any:
    """Return the same with the GUIDs by which the store knows users, codes, documents and variables."""
    if isinstance(value, dict):
        return {key: _called(part, names) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_called(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


def _things(study: "Study", project: "Project") -> Things:
    cases = [case for case in project.cases if not says_metadata(study, project, case)]
    values = [value for case in cases for value in case.values]
    values += [value for source in project.sources for value in source.values]
    used = {value.variable for value in values}
    for variable in project.variables:
        if variable.guid in used or variable.description or variable.name not in COLUMNS:
            yield "variable", asdict(variable), ()
    for case in cases:
        yield "case", asdict(case), (*case.sources, *case.selections)
    for one in project.sets:
        yield "set", asdict(one), ()
    for link in project.links:
        yield "link", asdict(link), (link.origin or "", link.target or "")
    for code in project.codes:
        if not code.codable:
            yield "code", asdict(code), ()
    if project.description:
        guid = study.store.guid("project", project.name)
        yield "project", {"guid": guid, "name": project.name, "description": project.description}, ()


def _of_sources(project: "Project") -> Things:
    for source in project.sources:
        data = asdict(source) | {"text": "", "selections": []}
        if source.kind != "text" or source.description or source.values or source.codings:
            yield "source", data, (source.guid,)


def _selections(study: "Study", project: "Project", brought: Brought) -> Things:
    """Give the passages that no coding here stands for: those without a code, or with a name of their own."""
    for source in project.sources:
        for one in source.selections:
            if one.guid in brought.places and (not one.codings or one.name):
                document, start, end = brought.places[one.guid]
                text = hash_text(study.store.text(document))
                data = asdict(one) | {"document": document, "start": start, "end": end, "codings": [], "revision": text}
                if one.guid in brought.noted:
                    data["description"] = ""
                yield "selection", data, (one.guid,)


def told_kinds(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many of each kind are carried, by how a person calls them."""
    counts = Counter(str(row["kind"]) for row in rows)
    whole = sum(len(row["content"]["data"]["codings"]) for row in rows if row["kind"] == "source")
    named = {CALLED.get(kind, kind): number for kind, number in counts.items() if kind != "source"}
    other = sum(row["kind"] == "source" and row["content"]["data"]["kind"] != "text" for row in rows)
    return {**named, "coding of a whole document": whole, "recording, picture or PDF": other}
