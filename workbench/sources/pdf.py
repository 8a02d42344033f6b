"""PDF with a text layer: rows in reading order become paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from statistics import median

from workbench.errors import InputError, Problem
from workbench.sources.clock import CLOCK, to_seconds
from workbench.sources.decoding import tidy
from workbench.sources.line import Line, Reading
from workbench.sources.line_numbers import printed_numbers
from workbench.sources.pdf_rows import LOST, Piece, Row, read_rows

SOFT_HYPHEN = "\u00ad"
"""A hyphen that only breaks a row: it goes, and the word is whole again."""
MARGIN_ROWS = 3
"""Rows at the head and the foot of a page that may be a header or a footer."""
OFTEN = 0.6
"""Share of pages on which a row must return, at the same height, to be a header or footer."""
FEW_PAGES = 4
"""Pages below which one word that returns is no header: it may be somebody's `Yes.`"""
MOST_LOST = 0.2
"""Share of signs without a letter above which a text layer is no use."""
LABEL = 40
"""Characters that a speaker's column has at most."""
_LABEL = re.compile(r"^[^\W\d_][\w .,'’()-]{0,40}\s*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?)?\s*:(?:\s|$)|^[QA]\.\s")
_PAGE = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*$", re.IGNORECASE)
_COLUMN_NAMES = {"speaker", "who", "name", "time"}


@dataclass(kw_only=True)
class _Paragraph:
    rows: list[Row] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    number: int = 1
    printed: int | None = None
    speaker: str | None = None
    seconds: float | None = None
    aside: str = ""


@dataclass(kw_only=True)
class _Placed:
    """A row with its count in the document, the number printed beside it, and why it is no talk."""

    row: Row
    number: int
    printed: int | None = None
    aside: str = ""


def read_pdf(path: Path) -> Reading:
    """Read a `.pdf` file, one `Line` a paragraph; `Line.number` counts rows over the whole document.

    Headers, footers and page numbers are asides, which follow the turn
    that runs over the page; line numbers go to `Line.printed`. A narrow first
    column is the speaker. A hyphen at the end of a row stays as printed,
    since only a person knows whether it belongs to the word.

    Raises
    ------
    InputError
        If it is encrypted, damaged, or a scan without a text layer.
    """
    pages = _pages(path)
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if len(empty) == len(pages):
        remedy = "Recognise its text first (OCR, for example in Acrobat: Scan & OCR), or ask for the typed file"
        raise InputError(Problem(place=path.name, what="has no text layer: it is a scan", remedy=remedy))
    doubts = [f"page {number}: holds no text; a picture of a page?" for number in empty]
    asides = _margins(pages)
    rows = [row for page in pages for row in page]
    placed = [_Placed(row=row, number=number, aside=asides.get(id(row), "")) for number, row in enumerate(rows, 1)]
    paragraphs = list(_paragraphs(_numbered(placed)))
    doubts += _unmapped(path, rows)
    hyphens = sum(_hyphened(first, second) for one in paragraphs for first, second in pairwise(one.texts))
    if hyphens:
        doubts.append(f"{hyphens} rows end in a hyphen within a paragraph; kept as printed")
    return Reading(lines=[_line(one) for one in paragraphs], unit="line", encoding="pdf", doubts=doubts)


def _unmapped(path: Path, rows: Sequence[Row]) -> list[str]:
    """Tell signs whose font does not say what letter they are; refuse a file that is full of them."""
    text = "".join(row.text for row in rows)
    lost = text.count(LOST)
    if lost > MOST_LOST * len(text):
        remedy = "Recognise its text anew (OCR), or ask for the typed file"
        raise InputError(Problem(place=path.name, what="has a text layer that cannot be read", remedy=remedy))
    places = sorted({row.page for row in rows if LOST in row.text})
    return [f"page {', '.join(map(str, places[:10]))}: {lost} signs could not be read; shown as {LOST}"] if lost else []


def _pages(path: Path) -> list[list[Row]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        try:
            return [_columns_apart(read_rows(document[number], number + 1)) for number in range(len(document))]
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            remedy = "Open it with its password and save it without, or ask for the Word file"
            raise InputError(Problem(place=path.name, what="is encrypted with a password", remedy=remedy)) from error
        what, remedy = f"cannot be read as a PDF ({error})", "Copy it again from its source, or export it again"
        raise InputError(Problem(place=path.name, what=what, remedy=remedy)) from error


def _columns_apart(rows: list[Row]) -> list[Row]:
    """Where a page is set in two columns of running text, put the left one before the right one."""
    wide = [row for row in rows if len(row.pieces) == 2 and len(row.pieces[0].text) > 1.5 * LABEL / 2]
    if len(wide) < 5 or len(wide) < 0.5 * len(rows) or median(len(row.pieces[0].text) for row in wide) < LABEL / 2:
        return rows
    starts = Counter(round(row.pieces[1].left) for row in wide)
    start, times = starts.most_common(1)[0]
    if times < 0.8 * len(wide):
        return rows
    left = [replace(row, column=1, pieces=[one for one in row.pieces if one.left < start - 2]) for row in rows]
    right = [replace(row, column=2, pieces=[one for one in row.pieces if one.left >= start - 2]) for row in rows]
    return [row for row in (*left, *right) if row.pieces]


def _margins(pages: Sequence[Sequence[Row]]) -> dict[int, str]:
    """Tell headers and footers: rows at the edge of a page that return on others, and page numbers."""
    edges = [
        [("header", page[:MARGIN_ROWS]), ("footer", page[MARGIN_ROWS:][: -MARGIN_ROWS - 1 : -1])] for page in pages
    ]
    counts = Counter((kind, _pattern(row)) for page in edges for kind, rows in page for row in rows)
    full = sum(bool(page) for page in pages)
    often = OFTEN * full if full >= FEW_PAGES else max(2, full)
    found: dict[int, str] = {}
    for kind, rows in (edge for page in edges for edge in page):
        for row in rows:  # from the edge of the page inwards
            few = full < FEW_PAGES and len(row.text.split()) == 1 and not _PAGE.match(row.text)
            if counts[kind, _pattern(row)] < often or few or _LABEL.match(row.text):
                break
            found[id(row)] = kind
    for page in pages:
        for kind, row in (("header", page[0]), ("footer", page[-1])) if len(page) > 1 else ():
            if _PAGE.match(row.text) and len(pages) > 1:
                found.setdefault(id(row), kind)
    return found


def _pattern(row: Row) -> tuple[str, int]:
    """Return what stays the same from page to page: the words without numbers, and the height."""
    return re.sub(r"\d+", "#", row.text), round(row.height / 4)


def _numbered(placed: Sequence[_Placed]) -> list[_Placed]:
    """Take printed line numbers off the rows."""
    lines = [Line(text=one.row.text, number=one.number, aside=one.aside) for one in placed]
    after = printed_numbers(lines)
    peeled = {line.number: line.printed for line in after}
    if not any(number is not None for number in peeled.values()):
        return list(placed)
    kept = [one for one in placed if one.number in peeled]
    texts = {line.number: line.text for line in after}
    for one in kept:
        one.printed = peeled[one.number]
        if texts[one.number] != one.row.text:
            one.row.pieces = _without_number(one.row.pieces)
    return kept


def _without_number(pieces: list[Piece]) -> list[Piece]:
    first = pieces[0]
    rest = re.sub(r"^\d+[\s|]*", "", first.text)
    if not rest:
        return pieces[1:]
    starts = first.starts[len(first.text.split()) - len(rest.split()) :]
    bold = re.sub(r"^\d+\s*", "", first.bold)
    return [replace(first, text=rest, left=starts[0], starts=starts, bold=bold), *pieces[1:]]


def _paragraphs(placed: Sequence[_Placed]) -> Iterator[_Paragraph]:
    """Join rows to paragraphs; what stands in margins waits for the next one with a speaker, so that no turn is cut."""
    talk = [one.row for one in placed if not one.aside]
    start = _column(talk)
    shape = _Shape(talk, start)
    open_one: _Paragraph | None = None
    waiting: list[_Paragraph] = []
    for one in placed:
        if one.aside:
            waiting.append(_Paragraph(rows=[one.row], texts=[one.row.text], number=one.number, aside=one.aside))
            continue
        made = _begin(one, start)
        if open_one is not None and not shape.begins(open_one, one.row, made):
            open_one.rows.append(one.row)
            open_one.texts += made.texts
            continue
        if open_one is not None:
            yield open_one
        if _heads_a_turn(made):
            yield from waiting
            waiting = []
        open_one = made
        if shape.is_heading(one.row) and made.speaker is None:
            made.aside = "heading"
    yield from [open_one] if open_one is not None else []
    yield from waiting


def _heads_a_turn(made: _Paragraph) -> bool:
    lead = made.rows[0].pieces[0].bold
    return bool(made.speaker or made.aside or lead or _LABEL.match(made.texts[0]))


def _begin(one: _Placed, start: float | None) -> _Paragraph:
    """Make a paragraph of one row, with the speaker and time that stand in columns before its words."""
    made = _Paragraph(rows=[one.row], texts=[one.row.text], number=one.number, printed=one.printed)
    if start is None:
        return made
    before = [piece.text for piece in one.row.pieces if piece.left < start - 2]
    words = " ".join(piece.text for piece in one.row.pieces if piece.left >= start - 2)
    if before and {text.lower().rstrip(":") for text in before} & _COLUMN_NAMES:
        made.aside = "table"
    elif before and words:
        clock = next((text for text in before if re.fullmatch(rf"[\[(]?{CLOCK}[\])]?", text)), None)
        made.seconds = to_seconds(clock.strip("[]()")) if clock else None
        made.speaker = " ".join(text for text in before if text != clock).rstrip(": ") or None
        made.texts = [words]
    return made


def _column(rows: Sequence[Row]) -> float | None:
    """Return where the column of words begins when a narrow column of speakers stands before it."""
    starts = Counter(round(row.pieces[-1].left) for row in rows if len(row.pieces) in (2, 3))
    if not starts or starts.most_common(1)[0][1] < 3:
        return None
    start = starts.most_common(1)[0][0]
    labelled = [row for row in rows if len(row.pieces) > 1 and abs(row.pieces[-1].left - start) <= 2]
    inside = sum(abs(row.pieces[0].left - start) <= 2 for row in rows) + len(labelled)
    short = all(len(piece.text) <= LABEL for row in labelled for piece in row.pieces[:-1])
    return float(start) if short and inside >= 0.8 * len(rows) else None


class _Shape:
    """How a document is set: its leading, its right edge, the size of its letters."""

    def __init__(self, rows: Sequence[Row], start: float | None) -> None:
        apart = [above.height - below.height for above, below in pairwise(rows) if above.page == below.page]
        self.leading = median([gap for gap in apart if gap > 0] or [12.0])
        self.leading = min(self.leading, median([gap for gap in apart if 0 < gap <= 1.2 * self.leading] or [12.0]))
        self.edge = {column: max(row.pieces[-1].right for row in rows if row.column == column)
                     for column in {row.column for row in rows}}  # fmt: skip
        self.size = median([row.size for row in rows] or [10.0])
        self.start = start

    def is_heading(self, row: Row) -> bool:
        return row.size > 1.2 * self.size and not _LABEL.match(row.text)

    def begins(self, before: _Paragraph, row: Row, made: _Paragraph) -> bool:
        """Tell whether a row begins a paragraph."""
        if before.aside or made.aside or made.speaker or made.seconds is not None or _LABEL.match(made.texts[0]):
            return True
        last, first = before.rows[-1], row.pieces[0]
        if self.start is not None:
            return first.left < self.start - 2
        if first.bold and not _all_bold(before.rows) and len(first.bold.split()) <= 5:
            return True
        if abs(last.size - row.size) > 0.2 * self.size:
            return True
        if last.page == row.page and last.height - row.height > 1.35 * self.leading:
            return True
        if _hyphened(before.texts[-1], made.texts[0]):
            return False
        word = (first.right - first.left) * len(first.text.split()[0]) / len(first.text)
        fits = last.pieces[-1].right + word + 0.3 * self.size < self.edge[last.column] - 0.5 * self.size
        moved = abs(first.left - last.pieces[0].left) > 0.8 * self.size
        return fits or (moved and len(before.rows) > 1)  # a second row may hang, or follow an indented first one


def _all_bold(rows: Sequence[Row]) -> bool:
    return all(row.pieces[0].bold == row.text for row in rows)


def _hyphened(first: str, second: str) -> bool:
    return bool(re.search(r"\w[-\u2010]$", first)) and second[:1].islower()


def _line(one: _Paragraph) -> Line:
    text = one.texts[0]
    for before, after in pairwise(one.texts):
        joined = before.endswith(SOFT_HYPHEN) or _hyphened(before, after)
        text += after if joined else f" {after}"
    bold = one.rows[0].pieces[0].bold if one.speaker is None and not one.aside else ""
    return Line(
        text=tidy(text), number=one.number, speaker=one.speaker, lead=bold if bold and text.startswith(bold) else None,
        seconds=one.seconds, aside=one.aside, printed=one.printed,
    )  # fmt: skip
