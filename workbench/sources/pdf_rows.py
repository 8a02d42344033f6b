"""Where signs stand on a PDF page becomes rows of words."""

import ctypes
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import Any, NamedTuple

BLANK = 0.19
"""Gap between two signs, in sizes of the letters, from which a blank parts them though none is written."""
GAP = 1.6
"""Gap, in sizes of the letters, from which two stretches of a row stand in columns of their own."""
LOST = "\ufffd"
"""Stands for a sign whose font does not say what letter it is."""
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


@dataclass(kw_only=True)
class Piece:
    """A stretch of a row without a wide gap.

    Parameters
    ----------
    text : str
        Its words.
    left, right : float
        Where it begins and ends, in points from the left edge.
    starts : list of float
        Where each of its words begins.
    bold : str
        Its leading words in bold.
    """

    text: str
    left: float
    right: float
    starts: list[float] = field(default_factory=list)
    bold: str = ""


@dataclass(kw_only=True)
class Row:
    """What stands on one height of a page.

    Parameters
    ----------
    page : int
        From 1.
    height : float
        Of its baseline, in points from the page's foot.
    size : float
        Of its letters, in points.
    pieces : list of Piece
        From left to right.
    column : int
        0 on a page of one column, else 1 or 2.
    """

    page: int
    height: float
    size: float
    pieces: list[Piece] = field(default_factory=list)
    column: int = 0

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(piece.text for piece in self.pieces)


class _Sign(NamedTuple):
    text: str
    left: float
    right: float
    height: float
    size: float
    bold: bool


def read_rows(page: Any, number: int) -> list[Row]:
    """Return the rows of one page, from top to bottom.

    Parameters
    ----------
    page : pypdfium2.PdfPage
        The page.
    number : int
        Its number, from 1.
    """
    textpage = page.get_textpage()
    try:
        signs = _signs(textpage)
    finally:
        textpage.close()
    rows: list[tuple[Row, list[_Sign]]] = []
    for sign in sorted((sign for sign in signs if sign.text.strip()), key=lambda sign: -sign.height):
        if rows and abs(rows[-1][0].height - sign.height) <= 0.45 * max(rows[-1][0].size, sign.size):
            rows[-1][1].append(sign)
        else:
            rows.append((Row(page=number, height=sign.height, size=sign.size), [sign]))
    blanks = [sign for sign in signs if not sign.text.strip()]
    for row, held in rows:
        row.size = max(sign.size for sign in held)
        near = [sign for sign in blanks if abs(sign.height - row.height) <= 0.45 * row.size]
        row.pieces = _pieces(sorted([*held, *near], key=lambda sign: (sign.left, sign.right)))
    return [row for row, _ in rows if row.pieces]


def _signs(textpage: Any) -> list[_Sign]:
    """Read every sign with its place; breaks and blanks that pdfium itself makes up are left out.

    It writes a hyphen at the end of a row as 2 or U+FFFE.
    """
    from pypdfium2 import raw

    held = textpage.raw
    x, y, flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
    font = ctypes.create_string_buffer(128)
    bold: dict[bytes, bool] = {}
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    found = []
    for place in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(held, place)
        if code in (10, 13) or (code == 32 and raw.FPDFText_IsGenerated(held, place) == 1):
            continue
        raw.FPDFText_GetCharOrigin(held, place, x, y)
        raw.FPDFText_GetLooseCharBox(held, place, box)
        raw.FPDFText_GetMatrix(held, place, matrix)
        size = raw.FPDFText_GetFontSize(held, place) * hypot(matrix.b, matrix.d)
        raw.FPDFText_GetFontInfo(held, place, font, 128, flags)
        if font.value not in bold:
            bold[font.value] = any(word in font.value.decode("latin-1").lower() for word in _BOLD)
        text = "-" if code in (2, 0xFFFE) else LOST if code < 32 or 0xD800 <= code < 0xE000 else chr(code)
        if "\ufb00" <= text <= "\ufb06":  # ligatures
            text = unicodedata.normalize("NFKC", text)
        tall = size or abs(box.top - box.bottom)
        found.append(_Sign(text, box.left, box.right, y.value, tall, bold[font.value]))
    return found


def _pieces(signs: Sequence[_Sign]) -> list[Piece]:
    """Join signs to stretches; a wide gap parts them, a smaller one is a blank."""
    stretches: list[list[_Sign]] = []
    end = float("-inf")
    for sign in signs:
        gap = sign.left - end
        if not sign.text.strip():
            if stretches and gap < BLANK * sign.size and stretches[-1][-1].text != " ":
                stretches[-1].append(sign)
            continue
        if not stretches or gap > GAP * sign.size:
            stretches.append([])
        stretches[-1].append(sign)
        end = max(end, sign.right) if stretches[-1][0] is not sign else sign.right
    return [piece for stretch in stretches if (piece := _piece(stretch)) is not None]


def _piece(signs: Sequence[_Sign]) -> Piece | None:
    text, bold = "", ""
    all_bold, end = True, signs[0].left
    starts: list[float] = []
    for sign in signs:
        blank = sign.text.isspace() or sign.left - end > BLANK * sign.size
        if blank and text and not text.endswith(" "):
            text += " "
        all_bold = all_bold and (sign.bold or sign.text.isspace())
        if not sign.text.isspace():
            if not text or text.endswith(" "):
                starts.append(sign.left)
            text += sign.text
            end = sign.right
        if all_bold:
            bold = text
    words = unicodedata.normalize("NFC", text.strip())
    return Piece(text=words, left=signs[0].left, right=end, starts=starts, bold=bold.strip()) if words else None
