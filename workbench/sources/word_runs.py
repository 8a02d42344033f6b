"""What stands inside a paragraph of a Word file: runs, tracked changes, fields, notes and boxes."""

from collections.abc import Callable
from typing import Any

from workbench.sources.word_pieces import Paragraph, Piece, tidy
from workbench.sources.word_styles import Styles, W, switch

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
BOX = W + "txbxContent"
_PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PROPERTIES = {
    W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "instrText", "delInstrText")
}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote", W + "commentReference": "comment"}
_SYMBOLS = {
    "wingdings": {0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←",
                  0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "symbol": {0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
               0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xD2: "®", 0xD3: "©", 0xD4: "™"},
}  # fmt: skip
"""What the keys of two fonts of pictures mean; Word itself puts in ☺ for `:-)` and → for `-->`."""
UNKNOWN_SYMBOL = "\ufffd"
CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo"))


class Runs:
    """Walks one part of a Word file (body, a header, the footnotes), whose fields may reach over paragraphs.

    Parameters
    ----------
    root : element
        The part.
    styles : Styles
        Of the file.
    note : callable
        Called with the kind and id of a note or comment where it is cited, and the paragraph.
    box : callable
        Called with a text box and the paragraph on which it hangs.
    """

    def __init__(
        self,
        root: Any,
        styles: Styles,
        note: Callable[[str, str, Paragraph], None],
        box: Callable[[Any, Paragraph], None],
    ) -> None:
        self._styles, self._note, self._box = styles, note, box
        marks = [mark.get(W + "fldCharType") for mark in root.iter(W + "fldChar")]
        self._fields_end = marks.count("begin") == marks.count("end")  # else a lost end would swallow the talk
        self._fields: list[bool] = []  # of each open field: whether its result has begun
        moved = (text.text or "" for move in root.iter(W + "moveTo") for text in move.iter(W + "t"))
        self._moved = tidy("".join(moved))

    def fill(self, paragraph: Paragraph, element: Any, aside: str) -> None:
        """Add what a `w:p` holds to a paragraph."""
        self._paragraph, self._properties = paragraph, element.find(W + "pPr")
        self._seen: dict[Any, tuple[bool, bool]] = {}
        self._walk(element, aside, bold=False)

    def _walk(self, parent: Any, aside: str, *, bold: bool) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, aside)
            elif tag in (W + "t", MATHS):
                self._add(child.text or "", aside, bold=bold)
            elif tag == W + "delText":
                self._add(child.text or "", "deleted", bold=bold)
            elif tag in _PLAIN:
                self._add(_PLAIN[tag], aside, bold=bold)
            elif tag in _PROPERTIES:
                continue
            elif tag == W + "moveFrom":
                self._moved_away(child)
            elif not self._special(child, tag, aside, bold=bold):
                self._walk(child, reason(child, aside), bold=bold)

    def _special(self, child: Any, tag: str, aside: str, *, bold: bool) -> bool:
        """Deal with what is neither words nor merely around words; False where it is not of that kind."""
        if tag == W + "fldChar":
            self._field(child.get(W + "fldCharType"))
        elif tag in _NOTES:
            self._note(_NOTES[tag], child.get(W + "id", ""), self._paragraph)
        elif tag == W + "sym" or tag.endswith("}symEx"):
            self._add(_symbol(child), aside, bold=bold)
        elif tag == BOX:
            held = self._paragraph, self._properties, self._seen
            self._box(child, self._paragraph)
            self._paragraph, self._properties, self._seen = held
        elif tag == MC + "AlternateContent":
            before = len(self._paragraph.pieces), len(self._paragraph.after)
            for alternative in child:  # the same words in a newer and an older way: only one of them counts
                if before == (len(self._paragraph.pieces), len(self._paragraph.after)):
                    self._walk(alternative, aside, bold=bold)
        else:
            return False
        return True

    def _run(self, run: Any, aside: str) -> None:
        properties = run.find(W + "rPr")
        key = None if properties is None else (
            self._styles.of(properties, "rStyle"), switch(properties, "b"), switch(properties, "vanish")
        )  # fmt: skip
        if key not in self._seen:
            bold, hidden = (self._styles.is_on(properties, self._properties, name) for name in ("b", "vanish"))
            self._seen[key] = bold, hidden
        bold, hidden = self._seen[key]
        self._walk(run, aside or ("note" if hidden else ""), bold=bold)

    def _moved_away(self, child: Any) -> None:
        """Leave out text that stands where it was moved to; where it does not, it is told as deleted."""
        if tidy("".join(text.text or "" for text in child.iter(W + "t"))) not in self._moved:
            self._walk(child, "deleted", bold=False)

    def _field(self, mark: str | None) -> None:
        if mark == "begin":
            self._fields.append(False)
        elif mark == "separate" and self._fields:
            self._fields[-1] = True
        elif mark == "end" and self._fields:
            self._fields.pop()

    def _add(self, text: str, aside: str, *, bold: bool) -> None:
        if text and (all(self._fields) or not self._fields_end):
            self._paragraph.pieces.append(Piece(text=text, bold=bold, aside=aside))


def _symbol(element: Any) -> str:
    """Return the character of a symbol, and `UNKNOWN_SYMBOL` for a key of a font that is not known."""
    said = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    try:
        code = int(said.get("char", ""), 16)
        if not 0xF000 <= code <= 0xF0FF:
            return chr(code)
    except (ValueError, OverflowError):
        return UNKNOWN_SYMBOL
    code -= 0xF000
    font = said.get("font", "").lower()
    return _SYMBOLS.get(font, {}).get(code, UNKNOWN_SYMBOL)


def reason(element: Any, aside: str) -> str:
    """Return why words within an element are not talk: its own reason, or that of what it stands in."""
    if element.tag == W + "del":
        return "deleted"
    if element.tag == W + "rt" or (element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None):
        return aside or "note"  # how to pronounce it; "Click here to enter text"
    return aside
