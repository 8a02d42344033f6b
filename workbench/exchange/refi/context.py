"""What the readers of a project's parts share: GUIDs as they stand or mended, users, dates, references."""

import datetime
from collections.abc import Iterator
from typing import Any

from workbench.exchange.refi.guids import as_guid, new_guid
from workbench.exchange.refi.model import WHOLE_PROJECT, User
from workbench.exchange.refi.told import Told

NAMES = frozenset((
    "Project", "Users", "User", "CodeBook", "Codes", "Code", "Description", "NoteRef", "Variables", "Variable",
    "Cases", "Case", "CodeRef", "VariableValue", "VariableRef", "TextValue", "BooleanValue", "IntegerValue",
    "FloatValue", "DateValue", "DateTimeValue", "SourceRef", "SelectionRef", "Sources", "TextSource",
    "PictureSource", "PDFSource", "AudioSource", "VideoSource", "PlainTextContent", "PlainTextSelection",
    "PictureSelection", "TextDescription", "PDFSelection", "Representation", "AudioSelection", "VideoSelection",
    "Transcript", "SyncPoint", "TranscriptSelection", "Coding", "Notes", "Note", "Links", "Link", "Sets", "Set",
    "MemberCode", "MemberSource", "MemberNote", "Graphs", "Graph", "Vertex", "Edge",
))  # fmt: skip
"""Every element of the standard."""


class Context:
    """State of one reading.

    Parameters
    ----------
    told : Told
        Takes what is tolerated.
    """

    def __init__(self, told: Told) -> None:
        self.told = told
        self.users: dict[str, User] = {}
        self.known: dict[str, dict[str, str]] = {}
        """By kind: each GUID as the file has it, to the one that stands for it."""
        self._given: dict[str, set[str]] = {}
        self.about: dict[str, set[str]] = {}
        """Note to what refers to it."""
        self.lost: dict[str, str] = {}
        """What could not be kept, to what keeps its words: a coding to its passage, a passage to itself or ""."""

    def guid(self, element: Any, kind: str, *names: str) -> str:
        """Return an element's GUID, or one made for it where it has none, no valid one, or another's.

        Parameters
        ----------
        kind : str
            Within which GUIDs differ: `code`, `source`, …
        names : str
            From which one is made, the same at each reading.
        """
        written, known = element.get("guid") or "", self.known.setdefault(kind, {})
        given = self._given.setdefault(kind, set())
        guid = as_guid(written)
        if guid is None:
            what = f"a {kind} has no GUID" if not written else f"the GUID {written!r} of a {kind} is not one"
            self.told.add(f"{what}; one is made", element, many=f"{{}} times a {kind} has no valid GUID; one is made")
            guid = new_guid(kind, written, *names, *(() if written else (str(len(known)),)))
        if guid in given:
            what = f"the GUID {guid} stands at two {kind}s; the second gets a new one"
            self.told.add(what, element, many=f"{{}} {kind}s have the GUID of another; each gets a new one")
            guid = new_guid(kind, guid, *names, str(len(known)))
            known[guid] = guid
        else:
            known[(written.strip().strip("{}") or guid).upper()] = guid
        given.add(guid)
        return guid

    def lose(self, element: Any, kind: str, guid: str, kept: str | None) -> None:
        """Forget something that is left out, so that nothing refers to it; `kept` takes over the notes about it."""
        self.lost[guid] = kept or ""
        written = (element.get("guid") or "").strip().strip("{}").upper()
        if self.of(kind, written) == guid:
            del self.known[kind][written]

    def of(self, kind: str, written: str | None) -> str | None:
        """Return the GUID of something known by the GUID that a reference writes, or None."""
        return self.known.get(kind, {}).get((written or "").strip().strip("{}").upper())

    def references(self, element: Any, tag: str, kind: str) -> tuple[str, ...]:
        """Return what an element's children of that name point to; those to nothing are told and left out."""
        found = []
        for child in children(element, tag):
            written = child.get("targetGUID") or child.get("guid")
            guid = self.of(kind, written)
            if guid is None:
                what = f"a {element.tag} refers to the {kind} {written}, which the file does not hold; left out"
                self.told.add(what, child, many=f"{{}} references to {kind}s that the file does not hold; left out")
            elif guid not in found:
                found.append(guid)
        return tuple(found)

    def notes(self, element: Any, guid: str = WHOLE_PROJECT) -> None:
        """Remember which notes an element refers to; whether they exist shows later."""
        for child in children(element, "NoteRef"):
            written = (child.get("targetGUID") or "").strip().strip("{}").upper()
            self.about.setdefault(written, set()).add(guid)

    def user(self, element: Any, *attributes: str) -> str | None:
        """Return who made something; a user whom the file does not list gets a place without a name."""
        written = next((element.get(name) for name in attributes if element.get(name)), None)
        if written is None:
            return None
        known = self.of("user", written)
        if known is not None:
            return known
        guid = as_guid(written) or new_guid("user", written)
        name = "" if as_guid(written) else written
        what = (
            f"the user {written} is not in its list of users; kept, with no name"
            if not name
            else (f"the user {written!r} has no GUID; kept by that name")
        )
        self.told.add(what, element)
        self.users[guid] = User(guid=guid, name=name)
        self.known.setdefault("user", {})[written.strip().strip("{}").upper()] = guid
        return guid

    def at(self, element: Any, name: str = "creationDateTime") -> str:
        """Return a date as ISO 8601 in UTC, or "" where there is none that can be read."""
        written = (element.get(name) or "").strip()
        if not written:
            return ""
        try:
            read = datetime.datetime.fromisoformat(written)
            if read.tzinfo is None:
                self.told.add(
                    f"the date {written} has no time zone; taken as UTC",
                    element,
                    many="{} dates have no time zone; taken as UTC",
                )
                read = read.replace(tzinfo=datetime.UTC)
            return read.astimezone(datetime.UTC).replace(tzinfo=None).isoformat() + "Z"
        except (ValueError, OverflowError):
            self.told.add(f"{written!r} is not a date; left out", element, many="{} dates cannot be read; left out")
            return ""


def children(element: Any, *tags: str) -> Iterator[Any]:
    """Give the children with one of these names."""
    return element.iterchildren(*tags) if element is not None else iter(())


def within(element: Any, outer: str, *tags: str) -> Iterator[Any]:
    """Give the children of these names of each child `outer`; a list may be missing, empty or stand twice."""
    for holder in children(element, outer):
        yield from children(holder, *tags)


def described(element: Any, told: Told) -> str:
    """Return an element's description; some programs write it as an attribute."""
    child = next(children(element, "Description"), None)
    if child is not None:
        return child.text or ""
    written = element.get("description") or ""
    if written:
        what = f"the description of a {element.tag} is an attribute, where the standard has an element; read"
        told.add(
            what,
            element,
            many=f"{{}} descriptions of {element.tag}s are attributes, where the standard has elements; read",
        )
    return str(written)


def tell_unknown(root: Any, told: Told) -> None:
    """Name the elements that the standard does not have, with how many there are of each."""
    for element in root.iter():
        if element.tag not in NAMES:
            what = f"the element {element.tag}, which the standard does not have, is not carried"
            told.add(
                what, element, many=f"{{}} elements {element.tag}, which the standard does not have, are not carried"
            )
