"""The paragraphs and tables of one story of an RTF file: its body, a header, a note."""

from dataclasses import dataclass, field
from itertools import groupby

from workbench.sources.line import Line
from workbench.sources.word_pieces import Paragraph, Piece
from workbench.sources.word_tables import Block, Row, Table, block_lines, table_lines


@dataclass(kw_only=True)
class _Table:
    """A table as it grows: the open cell, the cells of the open row, the rows that are closed."""

    cell: list[Paragraph] = field(default_factory=list)
    cells: dict[int, list[Paragraph]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells[len(self.cells)] = [part for part in self.cell if part.pieces or part.after]
        self.cell = []

    def end_row(self, number: int) -> None:
        if self.cell:
            self.end_cell()
        if self.cells:
            self.rows.append((number, self.cells))
        self.cells = {}


class Story:
    """Grows by characters, paragraph ends, cell ends and row ends, as RTF writes them.

    Parameters
    ----------
    kind : str
        Why its lines are not talk (`footnote`, `header`), or empty for the body.
    fixed : int or None
        The number of every line, where paragraphs are not counted.
    """

    def __init__(self, kind: str, fixed: int | None = None) -> None:
        self.kind, self._fixed = kind, fixed
        self.number = fixed or 0
        self.paragraph = Paragraph(number=self._next())
        self.doubts: list[str] = []
        self.changed = False
        self._tables = [_Table(), _Table()]  # in the text, and within a cell
        self._blocks: list[Block] = []

    def _next(self) -> int:
        return self._fixed or self.number + 1

    def add(self, text: str, *, bold: bool, aside: str) -> None:
        """Add characters to the open paragraph."""
        self.paragraph.pieces.append(Piece(text=text, bold=bold, aside=aside))

    def end_paragraph(self, *, depth: int = 0, heading: bool = False) -> None:
        """Close the open paragraph, in a cell of a table of that depth, or in the text (0)."""
        done = self.paragraph
        if not depth:
            self._end_table(0)
        elif depth == 1:
            self._end_table(1)
        done.aside = "heading" if heading and not depth else ""
        alike = groupby(done.pieces, key=lambda piece: (piece.bold, piece.aside))
        done.pieces = [
            Piece(text=_whole("".join(piece.text for piece in pieces)), bold=bold, aside=aside)
            for (bold, aside), pieces in alike
        ]
        if depth:
            self._tables[min(depth, 2) - 1].cell.append(done)
        else:
            self.number = self._next()
            done.number = self.number
            self._doubt(done)
            self._blocks.append(done)
        self.paragraph = Paragraph(number=self._next())

    def end_cell(self, depth: int) -> None:
        """Close the open cell of the table of that depth (1: in the text)."""
        self.end_paragraph(depth=depth)
        if depth == 1:
            self._end_table(1)
        self._tables[depth - 1].end_cell()

    def end_row(self, depth: int) -> None:
        """Close the open row; a table in the text counts its rows as paragraphs are counted."""
        if self.paragraph.pieces or self.paragraph.after:
            self.end_cell(depth)
        table = self._tables[depth - 1]
        if depth == 1:
            self.number = self._next()
            for part in (part for cell in table.cells.values() for part in cell):
                part.number = self.number
                self._doubt(part)
        table.end_row(self._next() if depth > 1 else self.number)
        self.paragraph.number = self._next()

    def _end_table(self, level: int) -> None:
        """Turn the rows of a table that has ended into lines, in the text or on the cell around it."""
        table = self._tables[level]
        if table.cell or table.cells:
            table.end_row(self._next())
        rows, table.rows = table.rows, []
        if rows and level == 0:
            self._blocks.append(Table(rows=rows))
        elif rows and (lines := table_lines(rows, self.doubts)):
            cell = self._tables[0].cell
            cell[-1:] = cell[-1:] or [Paragraph(number=self._next())]
            cell[-1].after += lines

    def _doubt(self, paragraph: Paragraph) -> None:
        place = f"paragraph {paragraph.number}"
        if self.changed or any(piece.aside == "deleted" for piece in paragraph.pieces):
            self.doubts.append(f"{place}: holds tracked changes; read as accepted")
        if any(piece.aside == "note" for piece in paragraph.pieces):
            self.doubts.append(f"{place}: hidden text was read as a note")
        self.changed = False

    def lines(self) -> list[Line]:
        """Close what is open and return all lines."""
        if self.paragraph.pieces or self.paragraph.after:
            self.end_paragraph()
        self._end_table(1)
        self._end_table(0)
        lines, self._blocks = block_lines(self._blocks, self.doubts), []
        self._blocks.append(lines)
        return lines


def _whole(text: str) -> str:
    """Join the two halves in which RTF writes a character beyond 65,535, such as an emoji."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
