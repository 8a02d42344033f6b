"""The body of a Word file, or of one header: its blocks become lines."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from workbench.sources.line import Line
from workbench.sources.word_pieces import Paragraph, set_aside
from workbench.sources.word_runs import BOX, CHANGES, MC, UNKNOWN_SYMBOL, Runs, reason
from workbench.sources.word_styles import Styles, W
from workbench.sources.word_tables import Block, Row, Table, block_lines

_MOST = 0.5
"""Share of a document's characters from which boxes or a table of one column frame its talk."""
_SKIP = {W + "sectPr", W + "tblPr", W + "tblGrid", W + "trPr", W + "tcPr", W + "sdtPr", W + "sdtEndPr", W + "tblPrEx"}


class Body:
    """Walks the blocks of one part.

    Parameters
    ----------
    root : element
        The part.
    styles : Styles
        Of the file.
    notes : Mapping[str, Mapping[str, element]]
        Footnotes, endnotes and comments: kind → id → element.
    fixed : int or None
        The number of every line, where blocks are not counted (a header).
    """

    def __init__(self, root: Any, styles: Styles, notes: Mapping[str, Mapping[str, Any]], *, fixed: int | None = None):
        self.number = fixed or 0
        self._fixed = fixed is not None
        self._styles, self._notes = styles, notes
        self._runs = Runs(root, styles, self._cite, self._box)
        self._cited: Counter[tuple[str, str]] = Counter()
        older = {text for other in root.iter(MC + "Fallback") for text in other.iter(W + "t")}
        self._words = {text: len(text.text or "") for text in root.iter(W + "t") if text not in older}
        self._boxed = self._share(root.iter(BOX))
        self.doubts: list[str] = []
        if self._boxed:
            self.doubts.append("most words stand in text boxes; read as talk, in the order of the file")

    def lines(self, body: Any) -> list[Line]:
        """Return the lines of the body, then those of notes that nothing cites."""
        found = block_lines(self._blocks(body, ""), self.doubts)
        for kind, notes in self._notes.items():
            if not notes:
                continue
            left = [identity for identity in notes if (kind, identity) not in self._cited]
            end = Paragraph(number=max(self.number, 1))
            for identity in left:
                self._cite(kind, identity, end)
            found += end.after
            name = kind if len(notes) == 1 else f"{kind}s"
            self.doubts.append(f"{len(notes)} {name} set aside" + (f"; {len(left)} cited nowhere" if left else ""))
        return found

    def _share(self, elements: Any) -> bool:
        """Tell whether most of the words stand in some elements."""
        inside = {text: self._words.get(text, 0) for element in elements for text in element.iter(W + "t")}
        return sum(inside.values()) > _MOST * sum(self._words.values())

    def _blocks(self, parent: Any, aside: str) -> list[Block]:
        """Return paragraphs and tables, in order; a paragraph whose end was deleted runs on."""
        blocks: list[Block] = []
        runs_on: Paragraph | None = None
        for child in parent:
            if child.tag == W + "p":
                runs_on = self._paragraph(child, aside, blocks, runs_on)
            elif child.tag == W + "tbl":
                runs_on = None
                blocks.append(self._table(child, aside))
            elif child.tag == MC + "AlternateContent":
                blocks += self._blocks(child[0], aside) if len(child) else []
            elif child.tag not in _SKIP:
                blocks += self._blocks(child, reason(child, aside))
        return blocks

    def _paragraph(self, element: Any, aside: str, blocks: list[Block], runs_on: Paragraph | None) -> Paragraph | None:
        """Read a paragraph into the one before, if that runs on, or into a new one; return it if it runs on itself."""
        self.number += not self._fixed
        properties = element.find(W + "pPr")
        heading = self._styles.is_heading(properties)
        paragraph = runs_on or Paragraph(number=self.number, aside="heading" if heading else "")
        start = len(paragraph.pieces)
        self._runs.fill(paragraph, element, aside)
        if runs_on is None:
            blocks.append(paragraph)
        self._doubt(element, paragraph, start)
        mark = None if properties is None else properties.find(f"{W}rPr/{W}del")
        return paragraph if mark is not None and paragraph.text else None

    def _doubt(self, element: Any, paragraph: Paragraph, start: int) -> None:
        place = f"paragraph {self.number}"
        changes = sum(1 for _ in element.iter(*CHANGES))
        if changes:
            many = "tracked changes" if changes > 1 else "tracked change"
            self.doubts.append(f"{place}: holds {changes} {many}; read as accepted")
        pieces = paragraph.pieces[start:]
        if any(piece.aside == "note" and piece.text.strip() for piece in pieces):
            self.doubts.append(f"{place}: hidden text or a placeholder was read as a note")
        if any(piece.text == UNKNOWN_SYMBOL for piece in pieces):
            self.doubts.append(f"{place}: holds a symbol of a font that has no letter for it; read as {UNKNOWN_SYMBOL}")

    def _table(self, table: Any, aside: str) -> Table:
        layout = not self._fixed and self._share([table])
        return Table(rows=[self._row(row, aside) for row in _inner(table, W + "tr")], layout=layout)

    def _row(self, row: Any, aside: str) -> Row:
        """Return a row's number and its cells by the column in which they begin."""
        self.number += not self._fixed
        number, fixed = self.number, self._fixed
        self._fixed = True  # paragraphs in a cell have the number of its row
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            aside = "deleted"
        at = _count(properties, "gridBefore", 0)
        cells: dict[int, list[Paragraph]] = {}
        for cell in _inner(row, W + "tc"):
            cells[at] = self._cell(cell, aside)
            at += _count(cell.find(W + "tcPr"), "gridSpan", 1)
        self._fixed = fixed
        return number, cells

    def _cell(self, cell: Any, aside: str) -> list[Paragraph]:
        """Return the paragraphs of a cell; a table in it hangs on the paragraph before it."""
        paragraphs = [Paragraph(number=self.number)]
        for block in self._blocks(cell, aside):
            if isinstance(block, Paragraph):
                paragraphs.append(block)
            else:
                paragraphs[-1].after += block_lines([block], self.doubts)
        return [paragraph for paragraph in paragraphs if paragraph.pieces or paragraph.after]

    def _cite(self, kind: str, identity: str, paragraph: Paragraph) -> None:
        """Hang a note or comment on the paragraph that cites it, the first time that it is cited."""
        note = self._notes.get(kind, {}).get(identity)
        self._cited[kind, identity] += 1
        if note is None or self._cited[kind, identity] > 1:
            return
        inner = Body(note, self._styles, {}, fixed=paragraph.number)
        paragraph.after += set_aside(inner.lines(note), "comment" if kind == "comment" else "footnote")

    def _box(self, box: Any, paragraph: Paragraph) -> None:
        fixed, self._fixed = self._fixed, True
        lines = block_lines(self._blocks(box, ""), self.doubts)
        self._fixed = fixed
        paragraph.after += lines if self._boxed else set_aside(lines, "note")


def _inner(parent: Any, tag: str) -> list[Any]:
    """Return rows of a table or cells of a row, also those in content controls, but not those of a table within."""
    found: list[Any] = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag not in (W + "tc", W + "p", W + "tbl") and child.tag not in _SKIP:
            found += _inner(child, tag)
    return found


def _count(properties: Any, name: str, otherwise: int) -> int:
    found = None if properties is None else properties.find(W + name)
    value = "" if found is None else found.get(W + "val", "")
    return max(int(value), otherwise) if value.isdecimal() else otherwise
