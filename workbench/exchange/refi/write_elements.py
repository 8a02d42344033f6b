"""Parts of a project as elements of XML, in the order of the standard's schema."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.exchange.refi.model import (
    WHOLE_PROJECT,
    Case,
    Link,
    Note,
    RefiCode,
    RefiCoding,
    Set,
    User,
    Value,
    Variable,
    VariableKind,
)
from workbench.exchange.refi.parse import ILLEGAL
from workbench.exchange.refi.told import Told


class Writer:
    """Makes elements, and puts U+FFFD for signs that XML cannot hold.

    Parameters
    ----------
    namespace : str
        Of every element.
    told : Told
        Takes what was changed.
    notes : Mapping of str to sequence of str
        What refers to notes, to those notes.
    """

    def __init__(self, namespace: str, told: Told, notes: Mapping[str, Sequence[str]] | None = None) -> None:
        self.namespace, self.told, self.notes = f"{{{namespace}}}", told, notes or {}

    def root(self, tag: str, **attributes: str | None) -> Any:
        """Return a root element."""
        from lxml import etree

        return etree.Element(f"{self.namespace}{tag}", self._attributes(attributes), nsmap={None: self.namespace[1:-1]})

    def add(self, parent: Any, tag: str, text: str | None = None, /, **attributes: str | None) -> Any:
        """Add an element; attributes of None are left out."""
        from lxml import etree

        element = etree.SubElement(parent, f"{self.namespace}{tag}", self._attributes(attributes))
        if text is not None:
            element.text = self._legal(text)
        return element

    def description(self, parent: Any, text: str) -> None:
        """Add a description where there is one."""
        if text:
            self.add(parent, "Description", text)

    def note_references(self, parent: Any, guid: str = WHOLE_PROJECT) -> None:
        """Add references to the notes about something."""
        for note in self.notes.get(guid, ()):
            self.add(parent, "NoteRef", targetGUID=note)

    def references(self, parent: Any, tag: str, guids: Iterable[str]) -> None:
        """Add references of one name."""
        for guid in guids:
            self.add(parent, tag, targetGUID=guid)

    def _attributes(self, attributes: Mapping[str, str | None]) -> dict[str, str]:
        return {name: self._legal(value) for name, value in attributes.items() if value is not None}

    def _legal(self, text: str) -> str:
        if text.isprintable():
            return text
        legal, number = ILLEGAL.subn("\ufffd", text)
        if number:
            what = "a sign that XML cannot hold is written as '\ufffd'"
            self.told.add(what, many="{} texts hold signs that XML cannot hold; each is written as '\ufffd'")
        return legal


def write_users(writer: Writer, root: Any, users: Sequence[User]) -> None:
    """Add who worked on it."""
    holder = writer.add(root, "Users") if users else None
    for user in users:
        writer.add(holder, "User", guid=user.guid, name=user.name)


def write_codes(writer: Writer, book: Any, codes: Sequence[RefiCode]) -> None:
    """Add the tree of codes."""
    holder = writer.add(book, "Codes")
    below: dict[str | None, list[RefiCode]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    waiting = [(code, holder) for code in reversed(below.get(None, []))]
    while waiting:
        code, parent = waiting.pop()
        element = writer.add(
            parent,
            "Code",
            guid=code.guid,
            name=code.name,
            isCodable="true" if code.codable else "false",
            color=code.colour,
        )
        writer.description(element, code.description)
        writer.note_references(element, code.guid)
        waiting += [(child, element) for child in reversed(below.get(code.guid, []))]


def write_variables(writer: Writer, root: Any, variables: Sequence[Variable]) -> None:
    """Add the variables."""
    holder = writer.add(root, "Variables") if variables else None
    for variable in variables:
        element = writer.add(holder, "Variable", guid=variable.guid, name=variable.name, typeOfVariable=variable.kind)
        writer.description(element, variable.description)


def write_values(writer: Writer, parent: Any, values: Sequence[Value], kinds: Mapping[str, VariableKind]) -> None:
    """Add what variables say of a case or a source."""
    for value in values:
        element = writer.add(parent, "VariableValue")
        writer.add(element, "VariableRef", targetGUID=value.variable)
        writer.add(element, f"{kinds[value.variable]}Value", value.value)


def write_cases(writer: Writer, root: Any, cases: Sequence[Case], kinds: Mapping[str, VariableKind]) -> None:
    """Add the cases."""
    holder = writer.add(root, "Cases") if cases else None
    for case in cases:
        element = writer.add(holder, "Case", guid=case.guid, name=case.name)
        writer.description(element, case.description)
        writer.references(element, "CodeRef", case.codes)
        write_values(writer, element, case.values, kinds)
        writer.references(element, "SourceRef", case.sources)
        writer.references(element, "SelectionRef", case.selections)


def write_coding(writer: Writer, parent: Any, coding: RefiCoding) -> None:
    """Add one coding."""
    element = writer.add(
        parent, "Coding", guid=coding.guid, creatingUser=coding.user, creationDateTime=coding.at or None
    )
    writer.add(element, "CodeRef", targetGUID=coding.code)
    writer.note_references(element, coding.guid)


def write_notes(writer: Writer, root: Any, notes: Sequence[Note]) -> None:
    """Add the notes, their texts in the XML itself."""
    holder = writer.add(root, "Notes") if notes else None
    for note in notes:
        element = writer.add(
            holder, "Note", guid=note.guid, name=note.name, creatingUser=note.user, creationDateTime=note.at or None
        )
        writer.add(element, "PlainTextContent", note.text)
        writer.note_references(element, note.guid)


def write_links(writer: Writer, root: Any, links: Sequence[Link]) -> None:
    """Add the links."""
    holder = writer.add(root, "Links") if links else None
    for link in links:
        element = writer.add(
            holder, "Link", guid=link.guid, name=link.name, direction=link.direction, color=link.colour,
            originGUID=link.origin, targetGUID=link.target,
        )  # fmt: skip
        writer.note_references(element, link.guid)


def write_sets(writer: Writer, parent: Any, sets: Sequence[Set], *, codebook: bool = False) -> None:
    """Add the sets; in a codebook they hold codes only, and refer to them otherwise."""
    holder = writer.add(parent, "Sets") if sets else None
    for group in sets:
        element = writer.add(holder, "Set", guid=group.guid, name=group.name)
        writer.description(element, group.description)
        if codebook:
            for guid in group.codes:
                writer.add(element, "MemberCode", guid=guid)
            continue
        writer.references(element, "MemberCode", group.codes)
        writer.references(element, "MemberSource", group.sources)
        writer.references(element, "MemberNote", group.notes)
