"""A project of qualitative data analysis, as the REFI-QDA standard sees it.

Plain frozen data, the same for every file that is read or written here: a
REFI-QDA project (`.qdpx`), its codebook (`.qdc`), or an export as web page.

GUIDs are upper case without braces. Dates are ISO 8601 in UTC with a `Z`, or
"" where the file has none. Positions are half-open ranges of Unicode code
points, counted from 0, of the `text` beside them, which is in the form that
workbench holds: NFC, lines parted by one line feed, no byte order mark.
Users, codes, variables and notes are referred to by their GUID.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as _field
from typing import Literal, NamedTuple

from workbench.errors import Problem

SourceKind = Literal["text", "pdf", "picture", "audio", "video"]
VariableKind = Literal["Text", "Boolean", "Integer", "Float", "Date", "DateTime"]
Direction = Literal["Associative", "OneWay", "Bidirectional"]
WHOLE_PROJECT = ""
"""Stands in `Note.about` for the project as a whole, which has no GUID."""


class Value(NamedTuple):
    """What a variable says of a case or a source; `dict(case.values)` is variable to value.

    Parameters
    ----------
    variable, value : str
        GUID of the variable, and its value as XML writes it: `true`, `12`, `0.5`, `2024-03-01`.
    """

    variable: str
    value: str


@dataclass(frozen=True, kw_only=True)
class User:
    """Somebody who worked on the project; the name may be empty or stand more than once."""

    guid: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class RefiCode:
    """A code.

    Parameters
    ----------
    guid, name : str
        Two codes may have one name: they differ by GUID (and mostly by parent).
    parent : str or None
        GUID of the code that it lies under. A parent stands before its children in `Project.codes`.
    colour : str or None
        `#RRGGBB`.
    description : str
        What it means; `refi.parts_of` takes labelled lines apart.
    codable : bool
        Whether passages may carry it; a mere folder of codes is not.
    """

    guid: str
    name: str
    parent: str | None = None
    colour: str | None = None
    description: str = ""
    codable: bool = True


@dataclass(frozen=True, kw_only=True)
class RefiCoding:
    """One code on one selection or on a whole source; `user` and `at` are the selection's where it has none itself."""

    guid: str
    code: str
    user: str | None = None
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A passage of a source's text, with its codes. It may carry none, and only a comment or a note.

    Parameters
    ----------
    start, end : int
        Half-open range of code points of `Source.text`; `start < end`.
    user, at
        Who selected it, and when.
    name : str
        What the file calls it; "" where that is only its words.
    description : str
        Comment on the passage.
    """

    guid: str
    start: int
    end: int
    user: str | None = None
    at: str = ""
    name: str = ""
    description: str = ""
    codings: tuple[RefiCoding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document.

    Parameters
    ----------
    guid, name : str
        Names are those of the other program: they may stand more than once, be empty, or end in `.docx`.
    kind : str
        text; or pdf, picture, audio, video: these have no text here and no selections, and stand here because cases,
        sets and codes of the whole refer to them. A transcript of a recording is a source of its own, of kind text.
    text : str
        Normalised, see above. Empty where the file does not hold it; its passages are then in `Project.quoted`, as far
        as their words are known.
    selections : tuple of Selection
        In the order of the file.
    codings : tuple of RefiCoding
        Codes of the whole source.
    values : tuple of Value
        Its variables.
    description, user, at
        Comment; who brought it in, and when.
    """

    guid: str
    name: str
    kind: SourceKind = "text"
    text: str = ""
    selections: tuple[Selection, ...] = ()
    codings: tuple[RefiCoding, ...] = ()
    values: tuple[Value, ...] = ()
    description: str = ""
    user: str | None = None
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A memo.

    Parameters
    ----------
    about : frozenset of str
        GUIDs of what refers to it: sources, selections, codings, codes, links, notes; `WHOLE_PROJECT` for the project.
    """

    guid: str
    name: str = ""
    text: str = ""
    user: str | None = None
    at: str = ""
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Variable:
    """An attribute that cases and sources may have."""

    guid: str
    name: str
    kind: VariableKind = "Text"
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A unit of analysis (a person, a scheme): what it is made of, by GUID, and its variables."""

    guid: str
    name: str = ""
    description: str = ""
    sources: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Set:
    """A named group of codes, sources and notes, by GUID."""

    guid: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Link:
    """A line between two things, by GUID: the carrier of "cause → effect" (OneWay, from origin to target)."""

    guid: str
    name: str = ""
    direction: Direction | None = None
    colour: str | None = None
    origin: str | None = None
    target: str | None = None


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """A coded passage of which a file holds the words but not the position.

    Parameters
    ----------
    document : str
        Name of the source, as the file writes it ("" where it does not say).
    quote : str
        The words; blanks and line breaks may differ from the text's.
    codes : tuple of str
        GUIDs in `Project.codes`.
    place : str
        Where it stands in the file, for messages.
    guid : str
        Its own, or made from what it holds, the same at each reading; not unique where more than one user coded it.
    user, at, description
        Who, when, comment, where known.
    """

    document: str
    quote: str
    codes: tuple[str, ...] = ()
    place: str = ""
    guid: str = ""
    user: str | None = None
    at: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Project:
    """All that a file holds and workbench can carry.

    Parameters
    ----------
    name, origin : str
        What it is called, and the program that wrote the file.
    users, codes, variables, cases, sources, notes, links, sets : tuple
        In the order of the file; codes in that of their tree, each before those under it. Written in another order
        (parents first), codes are read again in the tree's.
    quoted : tuple of Quoted
        Coded words without a position.
    description : str
        Comment on the whole.
    problems : tuple of Problem
        Everything that was tolerated, mended or not carried, with its place. Two projects are equal whatever these.
    """

    name: str
    origin: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[RefiCode, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()
    sets: tuple[Set, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    description: str = ""
    user: str | None = None
    at: str = ""
    problems: tuple[Problem, ...] = _field(default=(), compare=False)

    def texts(self) -> Iterator[Source]:
        """Give the sources that have a text."""
        return (source for source in self.sources if source.kind == "text")

    def paths(self, separator: str = " / ") -> dict[str, str]:
        """Return each code's GUID to its name with those of the codes above it, `Attitude / Trust`."""
        paths: dict[str, str] = {}
        for code in self.codes:
            above = paths.get(code.parent or "")
            paths[code.guid] = code.name if above is None else f"{above}{separator}{code.name}"
        return paths

    def notes_about(self) -> dict[str, list[Note]]:
        """Return GUID to the notes about it: those that it refers to, and those that a link joins with it.

        The second is how NVivo writes an annotation.
        """
        about: dict[str, list[Note]] = {}
        notes = {note.guid: note for note in self.notes}
        pairs = [(guid, note.guid) for note in self.notes for guid in sorted(note.about)]
        pairs += [(link.origin or "", link.target or "") for link in self.links if link.target in notes]
        pairs += [(link.target or "", link.origin or "") for link in self.links if link.origin in notes]
        for guid, note in dict.fromkeys(pairs):
            about.setdefault(guid, []).append(notes[note])
        return about
