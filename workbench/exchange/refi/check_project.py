"""What makes a project one that can be written, all of it checked at once."""

import re
from collections.abc import Iterable, Iterator
from typing import get_args

from workbench.errors import Problems
from workbench.exchange.refi.guids import as_guid
from workbench.exchange.refi.model import WHOLE_PROJECT, Direction, Project, RefiCoding, Value, VariableKind
from workbench.exchange.refi.values import FORMS, fits

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def check_project(project: Project) -> None:
    """Raise one error with everything that keeps a project from being written.

    Raises
    ------
    InputError
        With every GUID that is none, stands twice or points to nothing, every passage outside its text, every
        colour, date and value that is none.
    """
    problems = Problems()
    known = _known(project, problems)
    _codes(project, known, problems)
    for coding in _codings(project):
        _point("coding", coding.guid, "code", (coding.code,), known, problems)
        _made("coding", coding.guid, coding.user, coding.at, known, problems)
    for source in project.sources:
        _made("source", source.guid, source.user, source.at, known, problems)
        for selection in source.selections:
            _made("selection", selection.guid, selection.user, selection.at, known, problems)
            if not 0 <= selection.start < selection.end <= len(source.text):
                where = f"{selection.start} to {selection.end} of {len(source.text)}"
                problems.add(f"selection {selection.guid}", f"it runs from {where} in {source.name!r}")
        if source.kind != "text" and (source.text or source.selections):
            problems.add(f"source {source.guid}", f"it is of kind {source.kind} and has a text", choices=["text"])
    _values(project, known, problems)
    _references(project, known, problems)
    _made("project", project.name, project.user, project.at, known, problems)
    problems.raise_if_any()


def _known(project: Project, problems: Problems) -> dict[str, set[str]]:
    """Return by kind the GUIDs that stand; tell of those that are none, or stand twice."""
    given: dict[str, Iterable[str]] = {
        "user": (item.guid for item in project.users),
        "code": (item.guid for item in project.codes),
        "variable": (item.guid for item in project.variables),
        "case": (item.guid for item in project.cases),
        "source": (item.guid for item in project.sources),
        "selection": (item.guid for source in project.sources for item in source.selections),
        "coding": (item.guid for item in _codings(project)),
        "note": (item.guid for item in project.notes),
        "link": (item.guid for item in project.links),
        "set": (item.guid for item in project.sets),
    }
    known: dict[str, set[str]] = {}
    for kind, guids in given.items():
        known[kind] = set()
        for guid in guids:
            if as_guid(guid) != guid:
                problems.add(f"{kind} {guid!r}", "this is not a GUID in upper case without braces")
            if guid in known[kind]:
                problems.add(f"{kind} {guid}", f"two {kind}s have this GUID")
            known[kind].add(guid)
    return known


def _codings(project: Project) -> Iterator[RefiCoding]:
    for source in project.sources:
        yield from source.codings
        for selection in source.selections:
            yield from selection.codings


def _codes(project: Project, known: dict[str, set[str]], problems: Problems) -> None:
    before: set[str] = set()
    for code in project.codes:
        if not code.name:
            problems.add(f"code {code.guid}", "it has no name")
        if code.parent is not None and code.parent not in before:
            why = "stands after it" if code.parent in known["code"] else "is not there"
            problems.add(f"code {code.name!r}", f"the code {code.parent} that it lies under {why}")
        _colour("code", code.guid, code.colour, problems)
        before.add(code.guid)
    for link in project.links:
        _colour("link", link.guid, link.colour, problems)
        if link.direction is not None and link.direction not in get_args(Direction):
            problems.add(f"link {link.guid}", f"direction is {link.direction!r}", choices=get_args(Direction))
        for end in (link.origin, link.target):
            if end is not None and as_guid(end) != end:
                problems.add(f"link {link.guid}", f"{end!r} is not a GUID in upper case without braces")


def _colour(kind: str, guid: str, colour: str | None, problems: Problems) -> None:
    if colour is not None and not _COLOUR.fullmatch(colour):
        problems.add(f"{kind} {guid}", f"the colour {colour!r} is not #RRGGBB")


def _values(project: Project, known: dict[str, set[str]], problems: Problems) -> None:
    kinds = {variable.guid: variable.kind for variable in project.variables}
    for variable in project.variables:
        if variable.kind not in FORMS:
            problems.add(f"variable {variable.name!r}", f"kind is {variable.kind!r}", choices=get_args(VariableKind))
    held: list[tuple[str, str, tuple[Value, ...]]] = [("case", case.guid, case.values) for case in project.cases]
    held += [("source", source.guid, source.values) for source in project.sources]
    for kind, guid, values in held:
        _point(kind, guid, "variable", (value.variable for value in values), known, problems)
        if len({value.variable for value in values}) < len(values):
            problems.add(f"{kind} {guid}", "a variable has two values")
        for value in values:
            if kinds.get(value.variable) in FORMS and not fits(kinds[value.variable], value.value):
                problems.add(f"{kind} {guid}", f"the value {value.value!r} is not of type {kinds[value.variable]}")


def _references(project: Project, known: dict[str, set[str]], problems: Problems) -> None:
    for case in project.cases:
        for kind, guids in (("source", case.sources), ("code", case.codes), ("selection", case.selections)):
            _point("case", case.guid, kind, guids, known, problems)
    for group in project.sets:
        for kind, guids in (("code", group.codes), ("source", group.sources), ("note", group.notes)):
            _point("set", group.guid, kind, guids, known, problems)
    bearing = {WHOLE_PROJECT}.union(
        *(known[kind] for kind in ("code", "source", "selection", "coding", "note", "link"))
    )
    bearing |= {quoted.guid for quoted in project.quoted}
    for note in project.notes:
        _made("note", note.guid, note.user, note.at, known, problems)
        for guid in sorted(note.about - bearing):
            problems.add(f"note {note.guid}", f"it is about {guid}, which cannot bear a note or is not there")


def _point(kind: str, guid: str, to: str, guids: Iterable[str], known: dict[str, set[str]], problems: Problems) -> None:
    for other in guids:
        if other not in known[to]:
            problems.add(f"{kind} {guid}", f"it refers to the {to} {other}, which is not there")


def _made(kind: str, guid: str, user: str | None, at: str, known: dict[str, set[str]], problems: Problems) -> None:
    if user is not None and user not in known["user"]:
        problems.add(f"{kind} {guid}", f"the user {user} is not there")
    if at and not (at.endswith("Z") and fits("DateTime", at)):
        problems.add(f"{kind} {guid}", f"{at!r} is not a date such as 2024-03-01T09:30:00Z")
