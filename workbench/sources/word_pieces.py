"""What a word processor's paragraph is made of, and the lines it becomes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from workbench.sources.line import Line

OFTEN = 3
"""Times that a name heads a line, or a heading stands, until it is noticed."""
LONGEST_LEAD = 40
"""Characters before a tab that may be a speaker."""
_BLANKS = re.compile(r"[^\S\t]+")
_TABS = re.compile(r" *\t[ \t]*")
_SPOKEN = re.compile(r"[^\W\d_][^:]{0,39}:\s*\S")
_NAMED = re.compile(r"[^\W\d_][^\t]*[^\t.?!,;]")


@dataclass(frozen=True, kw_only=True)
class Piece:
    r"""Some characters of a paragraph that are alike.

    Parameters
    ----------
    text : str
        The characters; `\n` is a line break within the paragraph.
    bold : bool
        Whether they stand in bold.
    aside : str
        Why they are not talk (`deleted`, `note`), or empty.
    """

    text: str
    bold: bool = False
    aside: str = ""


@dataclass(kw_only=True)
class Paragraph:
    """One paragraph: its pieces, and the lines of what hangs on it (notes, comments, text boxes, tables)."""

    number: int
    pieces: list[Piece] = field(default_factory=list)
    aside: str = ""
    after: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its talk, on one line."""
        return tidy("".join(piece.text for piece in self.pieces if not piece.aside))


def tidy(text: str) -> str:
    """Return text as NFC with single blanks; a tab, which often sets off a speaker, stays one tab."""
    return _TABS.sub("\t", _BLANKS.sub(" ", unicodedata.normalize("NFC", text))).strip()


def lines_of(paragraph: Paragraph) -> list[Line]:
    """Return the lines of a paragraph: talk cut at its line breaks, each followed by what was set aside in it."""
    lines: list[Line] = []
    for pieces in _segments(paragraph.pieces):
        talk = [piece for piece in pieces if not piece.aside]
        text = tidy("".join(piece.text for piece in talk))
        if text:
            lead = None if paragraph.aside else _lead(talk, text)
            lines.append(Line(text=text, number=paragraph.number, lead=lead, aside=paragraph.aside))
        for aside, apart in _apart(pieces):
            if words := tidy(apart.replace("\n", " ")):
                lines.append(Line(text=words, number=paragraph.number, aside=aside))
    return lines + paragraph.after


def set_aside(lines: Iterable[Line], aside: str) -> list[Line]:
    """Return lines none of which is talk: those that were are `aside` now."""
    return [replace(line, aside=line.aside or aside, lead=None, speaker=None) for line in lines]


def running_doubts(heads: Sequence[Line], feet: Sequence[Line]) -> list[str]:
    """Say that headers and footers were set aside."""
    counts = (("header", len(heads)), ("footer", len(feet)))
    return [f"the {kind} was set aside ({count} line{'s' * (count > 1)})" for kind, count in counts if count]


def settle_headings(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Take for talk the headings that are speakers' lines, which some give a heading's style to find them again.

    Headings of which `OFTEN` begin with the same name and a colon are talk; a
    heading that merely stands as often is told. Returns the lines, and doubts.
    """
    heads = [line.text for line in lines if line.aside == "heading"]
    begins = Counter(head.partition(":")[0] for head in heads if _SPOKEN.match(head))
    names = {name for name, count in begins.items() if count >= OFTEN}
    doubts = [f"{begins[name]} lines in a heading's style begin with {name!r}; read as talk" for name in sorted(names)]
    doubts += [
        f"the heading {head!r} stands {count} times; if it is a speaker, take its heading style off"
        for head, count in Counter(heads).items()
        if count >= OFTEN and head.partition(":")[0] not in names
    ]
    talk = [
        replace(line, aside="") if line.aside == "heading" and line.text.partition(":")[0] in names else line
        for line in lines
    ]
    return talk, doubts


def _segments(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    segment: list[Piece] = []
    for piece in pieces:
        first, *rest = [piece.text] if piece.aside else piece.text.split("\n")
        segment.append(replace(piece, text=first))
        for text in rest:
            yield segment
            segment = [replace(piece, text=text)]
    yield segment


def _apart(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Join neighbouring pieces that are aside for the same reason."""
    aside, words = "", ""
    for piece in pieces:
        if piece.aside != aside and piece.text:
            if aside:
                yield aside, words
            aside, words = piece.aside, ""
        words += piece.text
    if aside:
        yield aside, words


def _lead(pieces: Iterable[Piece], text: str) -> str | None:
    """Return the words at the head that are bold, or that a tab sets off."""
    bold = ""
    for piece in pieces:
        if piece.text.strip() and not piece.bold:
            break
        bold += piece.text
    if lead := tidy(bold):
        return lead
    before, tab, _ = text.partition("\t")
    return before if tab and len(before) <= LONGEST_LEAD and _NAMED.fullmatch(before) else None
