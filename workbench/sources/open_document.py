"""OpenDocument text (LibreOffice): paragraphs, tables and all that hangs on them, in order."""

from pathlib import Path
from typing import Any

from workbench.errors import InputError, Problem
from workbench.sources.line import Line, Reading
from workbench.sources.open_document_styles import OFFICE, STYLE, TEXT, OpenStyles
from workbench.sources.word_pieces import Paragraph, Piece, running_doubts, set_aside, settle_headings
from workbench.sources.word_tables import Block, Row, Table, block_lines
from workbench.sources.zip_container import Container, damaged

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_BOX = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_TALK = (TEXT + "p", TEXT + "h")
_SKIP = {
    *(TEXT + name for name in ("tracked-changes", "note-citation", "table-of-content-source", "sequence-decls")),
    *(TEXT + name for name in ("variable-decls", "user-field-decls", "script", "number")),
    *(OFFICE + name for name in ("forms", "scripts", "binary-data")),
    *(_SVG + name for name in ("title", "desc")),
}
_MOST = 0.5
"""Share of a text's characters from which boxes or a table of one column frame its talk."""


def read_open_document(path: Path) -> Reading:
    """Read an `.odt` file, a `Line` for each line of a paragraph or row of a table.

    As `read_word`: tracked changes as accepted; headings, headers, footers,
    notes, annotations, text boxes, hidden and deleted text are asides.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Reading
        `Line.number` counts paragraphs and table rows of the text from 1.

    Raises
    ------
    InputError
        If it is encrypted, of another kind, damaged, or unpacks to more text than `zip_container.LARGEST` bytes.
    """
    with Container(path, "OpenDocument") as container:
        _refuse_encrypted(container)
        content = container.parse("content.xml")
        text = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
        if text is None:
            raise damaged(path.name, "OpenDocument", "it holds no text document")
        looks = container.parse("styles.xml")
    styles = OpenStyles([root for root in (looks, content) if root is not None])
    reader = _Text(text, styles)
    lines, unsettled = settle_headings(reader.lines(text))
    heads, feet = (_running(looks, styles, kind, reader.number) for kind in ("header", "footer"))
    doubts = [*reader.doubts, *unsettled, *running_doubts(heads, feet)]
    return Reading(lines=[*heads, *lines, *feet], unit="paragraph", encoding="odt", doubts=doubts)


def _refuse_encrypted(container: Container) -> None:
    listed = container.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in listed or "encrypted-package" in container.names:
        what, remedy = "is encrypted with a password", "Open it in LibreOffice and save it without a password"
        raise InputError(Problem(place=container.place, what=what, remedy=remedy))


def _running(looks: Any, styles: OpenStyles, kind: str, last: int) -> list[Line]:
    """Return the lines of the headers or footers of all kinds of page; those of the same words once."""
    number = 1 if kind == "header" else max(last, 1)
    found: dict[tuple[str, ...], list[Line]] = {}
    tags = [f"{STYLE}{kind}{page}" for page in ("", "-first", "-left")]
    for part in () if looks is None else looks.iter(*tags):
        if part.getparent().tag == STYLE + "master-page":
            lines = set_aside(_Text(part, styles, fixed=number).lines(part), kind)
            found.setdefault(tuple(line.text for line in lines), lines)
    return [line for lines in found.values() for line in lines]


class _Text:
    """Walks the blocks of a text, or of one header."""

    def __init__(self, root: Any, styles: OpenStyles, *, fixed: int | None = None) -> None:
        self.number, self._fixed, self._styles = fixed or 0, fixed is not None, styles
        self.doubts: list[str] = []
        self._counts = {"footnote": 0, "comment": 0}
        regions = (region for changes in root.iter(TEXT + "tracked-changes") for region in changes)
        self._deleted = {
            region.get(TEXT + "id") or region.get("{http://www.w3.org/XML/1998/namespace}id"): part
            for region in regions
            for part in region.findall(TEXT + "deletion")
        }
        self._length = _length(root)
        self._boxed = sum(_length(box) for box in root.iter(_BOX)) > _MOST * self._length
        if self._boxed:
            self.doubts.append("most words stand in text boxes; read as talk, in the order of the file")

    def lines(self, root: Any) -> list[Line]:
        """Return the lines of the text, then those of deletions that stand nowhere."""
        found = self._lines(root, "")
        for identity in list(self._deleted):
            found += self._apart(self._deletions(identity), "deleted", max(self.number, 1))
        for kind, count in self._counts.items():
            if count:
                self.doubts.append(f"{count} {kind}{'s' * (count > 1)} set aside")
        return found

    def _lines(self, root: Any, aside: str) -> list[Line]:
        return block_lines(self._blocks(root, aside), self.doubts)

    def _apart(self, root: Any, aside: str, number: int) -> list[Line]:
        """Return the lines of something that hangs on a paragraph."""
        held = self.number, self._fixed
        self.number, self._fixed = number, True
        lines = self._lines(root, "")
        self.number, self._fixed = held
        return set_aside(lines, aside) if aside else lines

    def _blocks(self, parent: Any, aside: str) -> list[Block]:
        blocks: list[Block] = []
        for child in parent:
            if child.tag in _TALK:
                blocks.append(self._paragraph(child, aside))
            elif child.tag == _TABLE + "table":
                blocks.append(self._table(child, aside))
            elif child.tag == TEXT + "change":
                struck = self._deletions(child.get(TEXT + "change-id"))
                blocks.append(self._apart(struck, "deleted", max(self.number, 1)))
            elif child.tag == _BOX:
                blocks.append(self._apart(child, "" if self._boxed else "note", max(self.number, 1)))
            elif child.tag == OFFICE + "annotation":
                blocks.append(self._apart(child, "comment", max(self.number, 1)))
            elif child.tag not in _SKIP:
                inner = "heading" if child.tag == TEXT + "index-body" else aside
                hidden = child.get(TEXT + "display") == "none"
                blocks += self._blocks(child, "note" if hidden else inner)
        return blocks

    def _paragraph(self, element: Any, aside: str) -> Paragraph:
        self.number += not self._fixed
        style = element.get(TEXT + "style-name")
        heading = element.tag == TEXT + "h" or self._styles.is_heading(style) or aside == "heading"
        paragraph = Paragraph(number=self.number, aside="heading" if heading else "")
        outer = "" if aside == "heading" else aside
        hidden = self._styles.is_on(style, "hidden")
        self._walk(element, paragraph, outer or ("note" if hidden else ""), bold=self._styles.is_on(style, "bold"))
        self._doubt(element, paragraph)
        return paragraph

    def _walk(self, parent: Any, paragraph: Paragraph, aside: str, *, bold: bool) -> None:
        """Add what an element holds to a paragraph; white space is that of the file, to be tidied later."""

        def add(text: str | None) -> None:
            if text:
                paragraph.pieces.append(Piece(text=text, bold=bold, aside=aside))

        add(_blanks(parent.text))
        for child in parent:
            tag = child.tag
            if tag == TEXT + "s":
                add(" ")
            elif tag == TEXT + "tab":
                add("\t")
            elif tag == TEXT + "line-break":
                add("\n")
            elif tag == TEXT + "change":
                self._strike(child.get(TEXT + "change-id"), paragraph)
            elif not self._hangs(child, paragraph) and tag not in _SKIP:
                self._inner(child, paragraph, aside, bold=bold)
            add(_blanks(child.tail))

    def _inner(self, child: Any, paragraph: Paragraph, aside: str, *, bold: bool) -> None:
        style = child.get(TEXT + "style-name") if child.tag in (TEXT + "span", TEXT + "a") else None
        hidden = self._styles.is_on(style, "hidden") or child.tag in (TEXT + "hidden-text", TEXT + "ruby-text")
        self._walk(child, paragraph, aside or ("note" if hidden else ""), bold=self._styles.is_on(style, "bold", bold))
        if child.tag == TEXT + "hidden-text" and not "".join(child.itertext()):
            paragraph.pieces.append(Piece(text=child.get(TEXT + "string-value", ""), aside="note"))

    def _hangs(self, child: Any, paragraph: Paragraph) -> bool:
        """Hang a note, comment, text box or table on the paragraph; False where it is none of these."""
        if child.tag == TEXT + "note":
            self._counts["footnote"] += 1
            paragraph.after += self._apart(child, "footnote", paragraph.number)
        elif child.tag == OFFICE + "annotation":
            self._counts["comment"] += 1
            paragraph.after += self._apart(child, "comment", paragraph.number)
        elif child.tag == _BOX:
            paragraph.after += self._apart(child, "" if self._boxed else "note", paragraph.number)
        elif child.tag in (*_TALK, _TABLE + "table", TEXT + "list"):
            paragraph.after += self._apart([child], "note", paragraph.number)  # words in a drawn shape
        else:
            return False
        return True

    def _strike(self, identity: str | None, paragraph: Paragraph) -> None:
        """Add what a deletion struck out within a paragraph, with the blanks that it had, the first time it is met."""
        for at, child in enumerate(self._deletions(identity)):
            if child.tag in _TALK:
                paragraph.pieces.append(Piece(text=" " if at else "", aside="deleted"))
                self._walk(child, paragraph, "deleted", bold=False)
            else:
                paragraph.after += self._apart([child], "deleted", paragraph.number)

    def _deletions(self, identity: str | None) -> list[Any]:
        """Return what a deletion struck out, and forget it."""
        part = self._deleted.pop(identity, None)
        return [] if part is None else [child for child in part if child.tag != OFFICE + "change-info"]

    def _doubt(self, element: Any, paragraph: Paragraph) -> None:
        changes = sum(1 for _ in element.iter(TEXT + "change", TEXT + "change-start"))
        place = f"paragraph {paragraph.number}"
        if changes:
            many = "tracked changes" if changes > 1 else "tracked change"
            self.doubts.append(f"{place}: holds {changes} {many}; read as accepted")
        if any(piece.aside == "note" and piece.text.strip() for piece in paragraph.pieces):
            self.doubts.append(f"{place}: hidden text was read as a note")

    def _table(self, table: Any, aside: str) -> Table:
        rows: list[Row] = []
        layout = not self._fixed and _length(table) > _MOST * self._length
        for row in _rows(table):
            self.number += not self._fixed
            held, self._fixed = self._fixed, True
            cells: dict[int, list[Paragraph]] = {}
            at = 0
            for cell in row.iterchildren(_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                covered = cell.tag != _TABLE + "table-cell"
                held_by = self._cell(cell, aside)
                if held_by or not covered:
                    cells[at] = held_by
                at += _repeated(cell)
            self._fixed = held
            rows.append((self.number, cells))
        return Table(rows=rows, layout=layout)

    def _cell(self, cell: Any, aside: str) -> list[Paragraph]:
        paragraphs = [Paragraph(number=self.number)]
        for block in self._blocks(cell, aside):
            if isinstance(block, Paragraph):
                paragraphs.append(block)
            else:
                paragraphs[-1].after += block_lines([block], self.doubts)
        return [paragraph for paragraph in paragraphs if paragraph.pieces or paragraph.after]


def _length(element: Any) -> int:
    return len("".join(element.itertext()))


def _rows(table: Any) -> list[Any]:
    """Return the rows of a table, also those in groups, but not those of a table within."""
    found: list[Any] = []
    for child in table:
        if child.tag == _TABLE + "table-row":
            found.append(child)
        elif child.tag in {_TABLE + name for name in ("table-rows", "table-header-rows", "table-row-group")}:
            found += _rows(child)
    return found


def _repeated(cell: Any) -> int:
    value = cell.get(_TABLE + "number-columns-repeated", "1")
    return int(value) if value.isdecimal() else 1


def _blanks(text: str | None) -> str | None:
    """Return text whose tabs and line ends, which mean blanks in XML of this kind, are blanks."""
    return text and text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
