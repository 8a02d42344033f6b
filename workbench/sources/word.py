"""Word files: paragraphs, tables and all that hangs on them, in the order in which they stand."""

import mmap
import posixpath
from pathlib import Path
from typing import Any

from workbench.errors import InputError, Problem
from workbench.sources.line import Line, Reading
from workbench.sources.word_body import Body
from workbench.sources.word_pieces import running_doubts, set_aside, settle_headings
from workbench.sources.word_styles import Styles, W
from workbench.sources.zip_container import Container, damaged

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def read_word(path: Path) -> Reading:
    """Read a `.docx` file, a `Line` for each line of a paragraph or row of a table.

    Tracked changes are read as accepted. A table with a column of speakers,
    times or line numbers beside one of words is a transcript; other tables
    are asides, as are headings, headers, footers, notes, comments, hidden and
    deleted text. XML is read without expanding entities or fetching anything.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Reading
        `Line.number` counts paragraphs and table rows of the body, empty ones
        too, from 1. Notes and comments follow the paragraph that cites them.

    Raises
    ------
    InputError
        If it is encrypted, an old `.doc`, of another kind, damaged, or unpacks to more text than
        `zip_container.LARGEST` bytes.
    """
    _refuse_ole(path)
    with Container(path, "Word") as container:
        main = _related(container, "", "officeDocument")
        document = container.parse(main[0]) if main else None
        body = None if document is None else document.find(W + "body")
        if document is None or body is None:
            raise damaged(path.name, "Word", "it holds no text document")
        styles = Styles(next((container.parse(name) for name in _related(container, main[0], "styles")), None))
        notes = {kind: _notes(container, main[0], part) for part, kind in _NOTES.items()}
        reader = Body(document, styles, notes)
        lines = reader.lines(body)
        heads, feet = (_running(container, main[0], kind, styles, reader.number) for kind in ("header", "footer"))
        doubts = [*reader.doubts, *_left_out(container)]
    lines, unsettled = settle_headings(lines)
    doubts += [*unsettled, *running_doubts(heads, feet)]
    return Reading(lines=[*heads, *lines, *feet], unit="paragraph", encoding="docx", doubts=doubts)


def _refuse_ole(path: Path) -> None:
    """Tell a file encrypted by Word from an old `.doc`: both are the same older kind of container."""
    with path.open("rb") as stream:
        if not stream.read(8).startswith(b"\xd0\xcf\x11\xe0"):
            return
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as raw:
            encrypted, old = (raw.find(name.encode("utf-16-le")) >= 0 for name in ("EncryptedPackage", "WordDocument"))
    what, remedy = "is encrypted, or an old .doc with a new ending", "save it as .docx without a password"
    if encrypted:
        what = "is encrypted with a password"
    elif old:
        what, remedy = "is an old .doc with a new ending", "save it as .docx"
    raise InputError(Problem(place=path.name, what=what, remedy=f"Open it in Word and {remedy}"))


def _related(container: Container, part: str, kind: str) -> list[str]:
    """Return the names of the parts to which a part is related in some way, in the order in which it names them."""
    folder, name = posixpath.split(part)
    relations = container.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relations is None:
        usual = "word/document.xml"
        return [usual] if kind == "officeDocument" and usual in container.names else []
    return [
        posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        for relation in relations.iter(_RELATION)
        if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External"
    ]


def _notes(container: Container, main: str, part: str) -> dict[str, Any]:
    """Return the notes of one kind by id, without the rules drawn between text and notes."""
    roots = [root for name in _related(container, main, part) if (root := container.parse(name)) is not None]
    found = (note for root in roots for note in root.iterchildren(*(W + kind for kind in _NOTES.values())))
    return {note.get(W + "id", ""): note for note in found if note.get(W + "type") not in _SEPARATORS}


def _running(container: Container, main: str, kind: str, styles: Styles, last: int) -> list[Line]:
    """Return the lines of all headers or footers; those of the same words once."""
    number = 1 if kind == "header" else max(last, 1)
    found: dict[tuple[str, ...], list[Line]] = {}
    for name in _related(container, main, kind):
        root = container.parse(name)
        if root is not None:
            lines = set_aside(Body(root, styles, {}, fixed=number).lines(root), kind)
            found.setdefault(tuple(line.text for line in lines), lines)
    return [line for lines in found.values() for line in lines]


def _left_out(container: Container) -> list[str]:
    """Tell of parts with words that are drawn or embedded and were not read."""
    kinds = (("diagrams/data", "diagram"), ("charts/chart", "chart"), ("embeddings/", "embedded file"),
             ("afchunk", "inserted file"))  # fmt: skip
    counts = [(sum(path in name.lower() for name in container.names), kind) for path, kind in kinds]
    return [f"holds {count} {kind}{'s' * (count > 1)}; words in it were not read" for count, kind in counts if count]
