"""A project written as the REFI-QDA standard says, and no other way."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.errors import InputError, Problem
from workbench.exchange.refi.check_project import check_project
from workbench.exchange.refi.counting import same_words
from workbench.exchange.refi.model import Project, Selection, Source, VariableKind
from workbench.exchange.refi.parse import ILLEGAL
from workbench.exchange.refi.positions import normalised
from workbench.exchange.refi.told import Told, counted
from workbench.exchange.refi.write_elements import (
    Writer,
    write_cases,
    write_codes,
    write_coding,
    write_links,
    write_notes,
    write_sets,
    write_users,
    write_values,
    write_variables,
)

ORIGIN = "workbench"
PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
_ELEMENTS = {
    "text": "TextSource", "pdf": "PDFSource", "picture": "PictureSource",
    "audio": "AudioSource", "video": "VideoSource",
}  # fmt: skip
_NAME = 100
"""Signs of a passage that its name shows, so that any program can prove its position."""
_FIXED = (1980, 1, 1, 0, 0, 0)
"""Date of every part of the zip file: the same project gives the same bytes."""


def write_project(project: Project, path: str | Path) -> list[Problem]:
    """Write a project as `.qdpx`, valid by the standard's schema.

    Texts are written as UTF-8 without a byte order mark, with line feeds, in NFC; positions count code points, the end
    is the sign after the last. Give each coding and each selection its user: some programs read only one of the two.

    Parameters
    ----------
    project : Project
        `origin` is not written: the file says that workbench wrote it.
    path : str or Path
        Where to; replaced only when the whole is written.

    Returns
    -------
    list of Problem
        What could not be written as it is: control signs in names and notes, texts that were not in their normal
        form, passages without a position.

    Raises
    ------
    InputError
        With everything that keeps the project from being written, see `check_project`.
    """
    path = Path(path)
    check_project(project)
    told = Told(path.name)
    notes: dict[str, list[str]] = {}
    for note in project.notes:
        for guid in note.about:
            notes.setdefault(guid, []).append(note.guid)
    writer = Writer(PROJECT, told, notes)
    kinds: Mapping[str, VariableKind] = {variable.guid: variable.kind for variable in project.variables}
    sources = [_normal(source, told) for source in project.sources]
    root = writer.root(
        "Project", name=project.name, origin=ORIGIN, creatingUserGUID=project.user, creationDateTime=project.at or None
    )
    write_users(writer, root, project.users)
    if project.codes:
        write_codes(writer, writer.add(root, "CodeBook"), project.codes)
    write_variables(writer, root, project.variables)
    write_cases(writer, root, project.cases, kinds)
    holder = writer.add(root, "Sources") if sources else None
    for source in sources:
        _write_source(writer, holder, source, kinds)
    write_notes(writer, root, [replace(note, text=normalised(note.text).text) for note in project.notes])
    write_links(writer, root, project.links)
    write_sets(writer, root, project.sets)
    writer.description(root, project.description)
    writer.note_references(root)
    if project.quoted:
        told.add(f"{counted(len(project.quoted), 'passage')} without a position: not written")
    _replace(path, _zipped(_xml(root), sources))
    return list(told.problems())


def write_codebook_file(project: Project, path: str | Path) -> list[Problem]:
    """Write the codes and sets of codes as `.qdc`, valid by the standard's schema.

    Parameters
    ----------
    project : Project
        Only its codes, and its sets as far as they hold codes.
    path : str or Path
        Where to; replaced only when the whole is written.

    Returns
    -------
    list of Problem
        What could not be written as it is.

    Raises
    ------
    InputError
        If it has no codes, which the standard does not allow, or they cannot be written.
    """
    path = Path(path)
    if not project.codes:
        raise InputError(
            Problem(place=path.name, what="there are no codes to write", remedy="Add codes to the codebook")
        )
    sets = tuple(replace(group, sources=(), notes=()) for group in project.sets if group.codes or not group.sources)
    book = Project(name=project.name, codes=project.codes, sets=sets)
    check_project(book)
    told = Told(path.name)
    writer = Writer(CODEBOOK, told)
    root = writer.root("CodeBook", origin=ORIGIN)
    write_codes(writer, root, book.codes)
    write_sets(writer, root, book.sets, codebook=True)
    _replace(path, _xml(root))
    return list(told.problems())


def _normal(source: Source, told: Told) -> Source:
    """Return a source with its text in the normal form and its passages moved along."""
    normal = normalised(source.text)
    if normal.text == source.text:
        return source
    told.add(f"the text of {source.name!r} is written in NFC with line feeds; passages moved along",
             many="{} texts are written in NFC with line feeds; passages moved along")  # fmt: skip
    moved: list[Selection] = []
    for selection in source.selections:
        start, end = normal.span(selection.start, selection.end)
        moved += [replace(selection, start=start, end=end)] if start < end else []
    return replace(source, text=normal.text, selections=tuple(moved))


def _write_source(writer: Writer, holder: Any, source: Source, kinds: Mapping[str, VariableKind]) -> None:
    path = f"internal://{source.guid}.txt" if source.kind == "text" else None
    element = writer.add(
        holder, _ELEMENTS[source.kind], guid=source.guid, name=source.name, plainTextPath=path,
        creatingUser=source.user, creationDateTime=source.at or None,
    )  # fmt: skip
    writer.description(element, source.description)
    for selection in source.selections:
        passage = writer.add(
            element, "PlainTextSelection", guid=selection.guid, name=selection.name or _shown(selection, source.text),
            startPosition=str(selection.start), endPosition=str(selection.end),
            creatingUser=selection.user, creationDateTime=selection.at or None,
        )  # fmt: skip
        writer.description(passage, selection.description)
        for coding in selection.codings:
            write_coding(writer, passage, coding)
        writer.note_references(passage, selection.guid)
    for coding in source.codings:
        write_coding(writer, element, coding)
    writer.note_references(element, source.guid)
    write_values(writer, element, source.values, kinds)


def _shown(selection: Selection, text: str) -> str | None:
    """Return a passage's first words, as long as they are told from a name that somebody gave."""
    words = " ".join(text[selection.start : selection.end][: 4 * _NAME].split())
    short = words if len(words) <= _NAME else words[: _NAME - 1] + "…"
    proves = same_words(short, text[selection.start : selection.end]) and not ILLEGAL.search(short)
    return short if proves else None


def _xml(root: Any) -> bytes:
    from lxml import etree

    xml: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return xml


def _zipped(xml: bytes, sources: list[Source]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        texts = [(f"sources/{source.guid}.txt", source.text) for source in sources if source.kind == "text"]
        parts = [("project.qde", xml), *((name, text.encode("utf-8", "replace")) for name, text in texts)]
        for name, raw in parts:
            part = zipfile.ZipInfo(name, _FIXED)
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            opened.writestr(part, raw)
    return stream.getvalue()


def _replace(path: Path, raw: bytes) -> None:
    """Write beside, then put in its place, so that nobody finds half a file."""
    if not path.parent.is_dir():
        raise InputError(Problem(place=str(path), what="there is no such folder", remedy="Make it first"))
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(raw)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
