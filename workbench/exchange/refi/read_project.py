"""A REFI-QDA project as some program wrote it."""

from pathlib import Path
from typing import Any

from workbench.exchange.refi.context import Context, children, described, tell_unknown, within
from workbench.exchange.refi.model import Note, Project
from workbench.exchange.refi.package import Package, open_package
from workbench.exchange.refi.parse import parse
from workbench.exchange.refi.positions import normalised
from workbench.exchange.refi.read_codes import (
    read_cases,
    read_codes,
    read_links,
    read_sets,
    read_users,
    read_variables,
    settle_kinds,
)
from workbench.exchange.refi.read_sources import read_sources
from workbench.exchange.refi.read_texts import text_of
from workbench.exchange.refi.told import Told, counted


def read_project(path: str | Path) -> Project:
    """Read a REFI-QDA project, as forgiving as can be.

    Parameters
    ----------
    path : str or Path
        A `.qdpx` (a zip file), or a `.qde` (its XML), perhaps beside a folder `sources`.

    Returns
    -------
    Project
        `problems` names everything that was tolerated, mended or is not carried, with the line of the XML.

    Raises
    ------
    InputError
        If nothing can be read: no zip file and no XML, a web page, broken or locked, without a project, broken XML
        (with its line), with a document type or entities, or larger unpacked than any project is.

    Notes
    -----
    Positions are those of the words. Programs differ in what they count (a
    byte order mark, CRLF as one or two, UTF-16 units); which it was is
    decided by what fits the passages, and told where it was not sure.
    The standard: REFI-QDA 1.5 of 2019, www.qdasoftware.org.
    """
    path = Path(path)
    told = Told(path.name)
    package = open_package(path, told)
    root = parse(package.project()[1], path, told, root="Project")
    context = Context(told)
    origin = root.get("origin") or ""
    read_users(root, context)
    codes = read_codes(next(children(root, "CodeBook"), None), context)
    variables = read_variables(root, context)
    sources, quoted = read_sources(root, context, package, origin)
    notes = _notes(root, context, package)
    cases = read_cases(root, context)
    links = read_links(root, context)
    sets = read_sets(root, context)
    context.notes(root)
    values = [value for source in sources for value in source.values]
    values += [value for case in cases for value in case.values]
    _tell_left_out(root, told)
    user, at = context.user(root, "creatingUserGUID", "creatingUser"), context.at(root)
    variables = settle_kinds(variables, values, context)
    return Project(
        name=root.get("name") or path.stem, origin=origin, users=tuple(context.users.values()), codes=codes,
        variables=variables, cases=cases, sources=sources, notes=_about(notes, context), links=links, sets=sets,
        quoted=quoted, description=described(root, told), user=user, at=at, problems=told.problems(),
    )  # fmt: skip


def _notes(root: Any, context: Context, package: Package) -> list[Note]:
    notes = []
    for element in within(root, "Notes", "Note"):
        name = element.get("name") or ""
        guid = context.guid(element, "note", name)
        found = text_of(element, context, package)
        said = [found.raw if found else "", described(element, context.told)]
        context.notes(element, guid)
        marks = sum(1 for _ in element.iterdescendants("PlainTextSelection", "Coding"))
        if marks:
            what = f"the note {name!r} is coded itself; these codings are not carried"
            context.told.add(what, element, many="{} notes are coded themselves; these codings are not carried")
        text = normalised("\n\n".join(part for part in said if part)).text
        user, at = context.user(element, "creatingUser"), context.at(element)
        notes.append(Note(guid=guid, name=name, text=text, user=user, at=at))
    return notes


def _about(notes: list[Note], context: Context) -> tuple[Note, ...]:
    """Give each note what refers to it; tell of references to notes that are not there."""
    about: dict[str, set[str]] = {}
    for written, guids in context.about.items():
        guid = context.of("note", written)
        if guid is None:
            context.told.add(
                f"{counted(len(guids), 'reference')} to the note {written}, which the file does not hold; left out"
            )
        else:
            kept = {context.lost.get(one, one) for one in guids if context.lost.get(one, one) or not one}
            about.setdefault(guid, set()).update(kept)
            if len(kept) < len({context.lost.get(one, one) for one in guids}):
                context.told.add("a note is about something that is left out; the note is kept")
    return tuple(
        Note(guid=n.guid, name=n.name, text=n.text, user=n.user, at=n.at, about=frozenset(about.get(n.guid, ())))
        for n in notes
    )


def _tell_left_out(root: Any, told: Told) -> None:
    """Name what a project may hold and workbench does not."""
    tell_unknown(root, told)
    if root.get("basePath"):
        told.add("it names a folder of the computer that it was made on (basePath); not kept, and not looked into")
    for graph in root.iter("Graph"):
        what = f"the graph {graph.get('name') or ''!r} is not carried"
        told.add(what, graph, many="{} graphs are not carried")
    points = sum(1 for _ in root.iter("SyncPoint"))
    if points:
        told.add(f"{counted(points, 'point')} that tie transcripts to recordings: not carried")
    changed = sum(
        1 for element in root.iter() if element.get("modifiedDateTime") not in (None, element.get("creationDateTime"))
    )
    if changed:
        told.add(f"{counted(changed, 'date')} of a last change, and who made it: not carried; dates of making are")
