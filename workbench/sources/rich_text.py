"""RTF files: control words in, paragraphs and tables out, with the tables of `striprtf`.

`striprtf` itself drops notes, headers and text boxes and doubles hyperlinks;
here each becomes a line, so this reads the control words on its own.
"""

import codecs
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from workbench.errors import InputError, Problem
from workbench.sources.line import Line, Reading
from workbench.sources.rich_text_story import Story
from workbench.sources.word_pieces import running_doubts, set_aside, settle_headings, tidy

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\", re.DOTALL
)
_BRACE = re.compile(r"\\bin(\d{1,9}) ?|\\.|[{}]", re.DOTALL)
_FONT = re.compile(r"\\f(\d+)(?:\\(?!fcharset)[a-z]+-?\d*|[\s{}]|\\\*)*\\fcharset(\d+)")
_STYLE = re.compile(r"\{\\s(\d+)(?:\\[a-z*]+-?\d* ?|[\s{}])*([^\\{};]+);")
_STORIES = {
    "footnote": "footnote", "annotation": "comment", "shptxt": "note", "dptxbxtext": "note",
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}  # fmt: skip
_AROUND = {"object", "result", "shp", "shpinst", "shppict", "nesttableprops", "ud", "upr", "shpgrp", "do"}
"""Groups that hold words, or other groups that do."""
_SILENT = {"listtext", "pntext", "nonesttables", "nonshppict", "fldinst", "shprslt"}
"""Groups whose words are automatic numbers, or stand elsewhere a second time."""
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}


def read_rich_text(path: Path) -> Reading:
    """Read an `.rtf` file, a `Line` for each line of a paragraph or row of a table.

    As `read_word`: headings, headers, footers, notes, annotations, text
    boxes, hidden and deleted text are asides.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Reading
        `Line.number` counts paragraphs and table rows from 1; `encoding` is the code page of the file.

    Raises
    ------
    InputError
        If it is not RTF.
    """
    raw = path.read_bytes().lstrip(b"\xef\xbb\xbf \t\r\n")
    if not raw.startswith(b"{\\rtf"):
        what = "cannot be read as an RTF file (it does not begin as one)"
        remedy = "Check its ending, or open it in Word and save it again"
        raise InputError(Problem(place=path.name, what=what, remedy=remedy))
    reader = _Reader(raw.decode("latin-1"))
    reader.read()
    body, unsettled = settle_headings(reader.body.lines())
    last = max(reader.body.number, 1)
    if reader.rest:
        body.append(Line(text=reader.rest, number=last, aside="note"))
    heads, feet = ([line for lines in reader.running[kind].values() for line in lines] for kind in ("header", "footer"))
    doubts = [*reader.doubts, *reader.body.doubts, *unsettled, *running_doubts(heads, feet)]
    if "\ufffd" in "".join(line.text for line in body):
        doubts.append(f"some characters are not of its code page ({reader.page}) and were read as \ufffd")
    feet = [replace(line, number=last) for line in feet]
    return Reading(lines=[*heads, *body, *feet], unit="paragraph", encoding=reader.page, doubts=doubts)


@dataclass(frozen=True, kw_only=True)
class _State:
    """What holds within a group of braces."""

    story: Story
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    skipped: int = 1  # characters after \u that stand for it in old readers
    font: int | None = None
    depth: int = 0  # of tables: 0 in the text
    heading: bool = False


class _Reader:
    """Walks the control words of one file."""

    def __init__(self, text: str) -> None:
        from striprtf.striprtf import charset_map, destinations, specialchars

        self._text, self._at = text, 0
        self._silent = (destinations | _SILENT) - _AROUND - set(_STORIES)
        self._signs = {**{sign: said for sign, said in specialchars.items() if sign not in ("row", "cell", "nestcell")},
                       "page": "\n", "column": "\n", "_": "-", "-": ""}  # fmt: skip
        named = re.search(r"\\ansicpg(\d+)", text[:4000])
        machine = re.match(r"\{\\rtf\d*\s*\\(mac|pca?|ansi)\b", text)
        self.page = _known(f"cp{named[1]}" if named else _PAGES[machine[1] if machine else "ansi"])
        fonts = self._table("fonttbl")
        pages = ((int(font), int(charset)) for font, charset in _FONT.findall(fonts))
        self._fonts = {
            font: _known(charset_map[charset]) for font, charset in pages if charset > 2 and charset in charset_map
        }
        names = ((int(style), name.strip().lower()) for style, name in _STYLE.findall(self._table("stylesheet")))
        self._headings = {style for style, name in names if name.startswith(("heading", "title", "subtitle"))}
        self.body = Story("")
        self.running: dict[str, dict[tuple[str, ...], list[Line]]] = {"header": {}, "footer": {}}
        self.doubts: list[str] = []
        self.rest = ""
        self._state, self._bytes, self._skip = _State(story=self.body), bytearray(), 0
        self._stack: list[_State] = []

    def _table(self, name: str) -> str:
        start = re.search(r"\{\s*\\" + name + r"\b", self._text)
        return self._text[start.start() : self._group_end(start.end())] if start else ""

    def _group_end(self, at: int) -> int:
        """Return where the group that is open at a place ends, after its brace."""
        open_groups = 1
        while found := _BRACE.search(self._text, at):
            at = found.end() + int(found[1] or 0)
            open_groups += {"{": 1, "}": -1}.get(found[0], 0)
            if not open_groups:
                return at
        return len(self._text)

    def read(self) -> None:
        """Walk to the brace that closes the file; say so where it is missing or not the end."""
        while self._at < len(self._text):
            token = _TOKEN.match(self._text, self._at)
            self._at = token.end() if token else self._at + 1
            if token:
                self._take(token)
            if not self._stack:
                break
        self._flush()
        if self._stack:
            self.doubts.append("ends before its last brace; it may be cut short")
            while self._stack:
                self._close()
        rest = self._text[self._at :].strip("\0 \r\n\t}")
        if rest:
            self.doubts.append(f"has {len(rest):,} characters after its end, read as a note")
            self.rest = tidy(rest)

    def _take(self, token: "re.Match[str]") -> None:
        word, value, code, sign, brace, text = token.groups()
        if code or text:
            raw = bytes.fromhex(code) if code else text.encode("latin-1").replace(b"\0", b"")
            self._bytes += raw[self._skip :]
            self._skip = max(self._skip - len(raw), 0)
            return
        if token[0].isspace():
            return
        self._flush()
        self._skip = 0
        if brace == "{":
            self._stack.append(self._state)
        elif brace == "}":
            self._close()
        elif sign == "*":
            self._starred()
        elif word or sign:
            self._obey(word or sign, None if value is None else int(value))

    def _starred(self) -> None:
        """Leave out a group that a reader may leave out, unless it is one with words."""
        following = re.compile(r"\s*\\([a-zA-Z]+)").match(self._text, self._at)
        if following is None or following[1] not in _AROUND | set(_STORIES):
            self._leave()

    def _leave(self) -> None:
        self._at = self._group_end(self._at)
        self._close()

    def _close(self) -> None:
        inner, self._state = self._state, self._stack.pop()
        story, outer = inner.story, self._state.story
        if story is outer:
            return
        lines = set_aside(story.lines(), story.kind)
        if story.kind in self.running:
            self.running[story.kind].setdefault(tuple(line.text for line in lines), lines)
        else:
            outer.paragraph.after += lines

    def _obey(self, word: str, value: int | None) -> None:
        state, on = self._state, value != 0
        story = state.story
        if word in self._silent:
            self._leave()
        elif word in _STORIES:
            kind = _STORIES[word]
            self._state = _State(
                story=Story(kind, 1 if kind in self.running else story.paragraph.number), skipped=state.skipped
            )
        elif word in ("par", "sect", "\n", "\r"):
            story.end_paragraph(depth=state.depth, heading=state.heading)
        elif word in ("cell", "nestcell"):
            story.end_cell(1 + (word == "nestcell"))
        elif word in ("row", "nestrow"):
            story.end_row(1 + (word == "nestrow"))
        elif word == "u" and value is not None:
            self._say(chr(value % 0x10000))
            self._skip = state.skipped
        elif word == "bin":
            self._at += max(value or 0, 0)
        elif word == "upr":  # the same words twice: the second time, in \ud, in Unicode
            self._at = self._group_end(self._text.find("{", self._at) + 1)
        elif word in self._signs:
            self._say(self._signs[word])
        else:
            story.changed |= word in ("revised", "deleted") and on
            self._state = self._format(word, value, on=on)

    def _format(self, word: str, value: int | None, *, on: bool) -> _State:
        state = self._state
        if word == "plain":
            return replace(state, bold=False, hidden=False, deleted=False, font=None)
        if word == "pard":
            return replace(state, depth=0, heading=False)
        if word == "intbl":
            return replace(state, depth=max(state.depth, 1))
        if word in ("s", "outlinelevel"):
            return replace(
                state, heading=state.heading or (value in self._headings if word == "s" else (value or 0) < 9)
            )
        if word in ("itap", "uc", "f"):
            return replace(state, **{{"itap": "depth", "uc": "skipped", "f": "font"}[word]: max(value or 0, 0)})  # type: ignore[arg-type]
        switches = {"b": "bold", "v": "hidden", "deleted": "deleted", "mvf": "deleted"}
        return replace(state, **{switches[word]: on}) if word in switches else state  # type: ignore[arg-type]

    def _flush(self) -> None:
        if self._bytes:
            page = self._fonts.get(self._state.font, self.page) if self._state.font is not None else self.page
            said, self._bytes = self._bytes.decode(page, "replace"), bytearray()
            self._say(said)

    def _say(self, text: str) -> None:
        state = self._state
        aside = "deleted" if state.deleted else "note" if state.hidden else ""
        state.story.add(text, bold=state.bold, aside=aside)


@cache
def _known(page: str) -> str:
    """Return the code page, or Windows-1252 where this computer does not know it."""
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp10000": "mac_roman"}.get(page, page)).name
    except LookupError:
        return "cp1252"
