"""Positions survive what is done to a text, and what a file counts."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Piece = tuple[int, int, int, int]
"""From and to on one side, from and to on the other, of a piece that is not as long on both."""
_TOUCHED = re.compile(r"\r\n|\r|[\x00-\x7f]?[^\x00-\x7f]+")
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_WIDE_OR_BREAK = re.compile("[\U00010000-\U0010ffff]|\r\n|\n")
_LONE_BREAK = re.compile("(?<!\r)\n")
BOM = "\ufeff"


class Alignment:
    """Two ways of counting the same text, alike but for some pieces.

    Parameters
    ----------
    pieces : iterable of tuple
        Where they differ, in order, as from, to, and from, to on the other side.
    """

    def __init__(self, pieces: Iterable[Piece] = ()) -> None:
        self.pieces = [
            piece for piece in pieces if piece[1] - piece[0] != piece[3] - piece[2] or piece[1] - piece[0] > 1
        ]
        self._starts = [piece[0] for piece in self.pieces]

    def start(self, position: int) -> int:
        """Return a passage's first position on the other side; within a piece, the piece's."""
        return self._other(position, end=False)

    def end(self, position: int) -> int:
        """Return the position after a passage on the other side; within a piece, the piece's end."""
        return self._other(position, end=True)

    def splits(self, position: int) -> bool:
        """Tell whether a position lies within a piece, where the other side has none."""
        at = bisect_right(self._starts, position) - 1
        return at >= 0 and self.pieces[at][0] < position < self.pieces[at][1]

    def _other(self, position: int, *, end: bool) -> int:
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return position
        start, stop, other_start, other_stop = self.pieces[at]
        if position >= stop:
            return position - stop + other_stop
        return other_stop if end and position > start else other_start


@dataclass(frozen=True)
class Normal:
    """A text in the form that workbench holds, and where each position went.

    Parameters
    ----------
    text : str
        NFC, lines parted by one line feed, no byte order mark at its start.
    alignment : Alignment
        From positions of the text as it was to those of this one.
    """

    text: str
    alignment: Alignment

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words of a passage stand now; a sign that was joined with another brings it along."""
        return self.alignment.start(start), self.alignment.end(end)


def normalised(text: str) -> Normal:
    r"""Return a text in NFC with line feeds and without a byte order mark, with the way from old positions to new.

    Examples
    --------
    >>> normal = normalised("Ame\u0301lie\r\nsaid")
    >>> normal.text
    'Amélie\nsaid'
    >>> normal.span(9, 13)
    (7, 11)
    """
    if "\r" not in text and not text.startswith(BOM) and unicodedata.is_normalized("NFC", text):
        return Normal(text, Alignment())
    parts: list[str] = []
    pieces: list[Piece] = []
    done = length = 0
    for start, end, put in _changes(text):
        length += start - done
        parts += (text[done:start], put)
        pieces.append((start, end, length, length + len(put)))
        length += len(put)
        done = end
    return Normal("".join([*parts, text[done:]]), Alignment(pieces))


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Give from, to and what stands there in the normal form."""
    first = 0
    if text.startswith(BOM):
        yield 0, 1, ""
        first = 1
    for found in _TOUCHED.finditer(text, first):
        run = found[0]
        if run in ("\r", "\r\n"):
            yield found.start(), found.end(), "\n"
        elif not unicodedata.is_normalized("NFC", run):
            yield from _joined(run, found.start())


def _joined(run: str, at: int) -> Iterator[tuple[int, int, str]]:
    """Part a run into the smallest pieces that compose by themselves, and give those that change."""
    cluster = ""
    for sign in [*run, ""]:
        composed, alone = unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFC", sign)
        marks = bool(sign) and unicodedata.combining(sign)
        if cluster and not marks and unicodedata.normalize("NFC", cluster + sign) == composed + alone:
            if composed != cluster:
                yield at, at + len(cluster), composed
            at += len(cluster)
            cluster = ""
        cluster += sign


@dataclass(frozen=True, order=True)
class Counting:
    """How a program counts positions; the first of each is what the standard means.

    Parameters
    ----------
    marked : bool
        Whether a byte order mark counts as a sign.
    break_is_one : bool
        Whether carriage return and line feed count as one.
    utf16 : bool
        Whether a sign beyond the first 65,536 (an emoji) counts as two.
    last : bool
        Whether the end is the last sign, not the one after it.
    break_is_two : bool
        Whether a line feed counts as two: the program held CRLF when it counted, and the file, or XML, lost it.
    """

    marked: bool = False
    break_is_one: bool = False
    utf16: bool = False
    last: bool = False
    break_is_two: bool = False

    @property
    def odd(self) -> bool:
        """Whether only the words of passages could prove it: it can make positions fit that are merely wrong."""
        return self.last or self.break_is_two

    def __str__(self) -> str:
        said = [
            "the byte order mark counted" if self.marked else "",
            "each CRLF counted as one" if self.break_is_one else "",
            "each line feed counted as two" if self.break_is_two else "",
            "in UTF-16 units" if self.utf16 else "",
            "the end as the last sign" if self.last else "",
        ]
        return ", ".join(part for part in said if part) or "in code points"

    def differs_on(self, text: str) -> "Counting":
        """Return what of it matters for a text as the file has it."""
        return Counting(
            self.marked and text.startswith(BOM),
            self.break_is_one and "\r\n" in text,
            self.utf16 and not text.isascii() and _WIDE.search(text) is not None,
            self.last,
            self.break_is_two and _LONE_BREAK.search(text) is not None,
        )

    def alignment(self, text: str) -> Alignment:
        """Return the way from positions so counted to those of the text's own code points."""
        pieces: list[Piece] = []
        shift = 0
        if text.startswith(BOM) and not self.marked:
            pieces.append((0, 0, 0, 1))
            shift = -1
        counts = {"\r\n": 1 if self.break_is_one else 2, "\n": 2 if self.break_is_two else 1}
        plain = not (self.utf16 or self.break_is_one or self.break_is_two)
        for found in () if plain else _WIDE_OR_BREAK.finditer(text):
            here, width = found.start() + shift, len(found[0])
            counted = counts.get(found[0], 2 if self.utf16 else 1)
            if counted != width:
                pieces.append((here, here + counted, found.start(), found.end()))
                shift += counted - width
        return Alignment(pieces)
