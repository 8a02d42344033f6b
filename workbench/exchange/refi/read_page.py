"""A web page as plain text, with the passages that it marks."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.exchange.refi.package import head, refused
from workbench.exchange.refi.parse import ILLEGAL, decoded

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "th", "thead", "tr", "ul",
))  # fmt: skip
_UNSEEN = frozenset(("head", "script", "style", "title", "template"))
_BLANKS = re.compile("([ \t\r\n\f]+)")
LARGEST = 200_000_000
"""Bytes that a page may have."""


@dataclass
class Stretch:
    """A marked passage and the tags behind it; `follows` where nothing parts it from the one before."""

    start: int
    end: int
    tags: tuple[str, ...]
    follows: bool


@dataclass
class Page:
    """Text as a reader sees it, growing: one line a block, blanks as one."""

    parts: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    length: int = 0
    _between: str = ""
    _from: int | None = None
    _to: int = 0
    _touches: bool = False

    def add(self, words: str | None, *, marked: bool = False) -> None:
        """Add words, marked or not."""
        for piece in _BLANKS.split(words or ""):
            if not piece or _BLANKS.fullmatch(piece):
                self._between = self._between or (" " if piece else "")
                continue
            between = self._between if self.length else ""
            start = self.length + len(between)
            self.parts += (between, piece)
            self.length, self._between = start + len(piece), ""
            if marked:
                self._from = start if self._from is None else self._from
                self._to = self.length
            else:
                self._touches = False

    def end_line(self) -> None:
        """Begin a new line with the next words."""
        self._between = "\n"

    def end_passage(self, tags: tuple[str, ...]) -> None:
        """Take what was marked since the last tags as their passage; with nothing marked, that of the last tags."""
        if self._from is not None:
            self.stretches.append(Stretch(self._from, self._to, tags, self._touches))
        elif self.stretches:
            last = self.stretches[-1]
            self.stretches.append(Stretch(last.start, last.end, tags, True))
        self._from, self._touches = None, True

    @property
    def text(self) -> str:
        """What has been read."""
        return "".join(self.parts)


def open_page(path: Path) -> Any:
    """Return the body of a web page; nothing that it refers to is fetched.

    Raises
    ------
    InputError
        If it is missing, empty, too large or no web page.
    """
    from lxml import etree, html

    head(path)
    if path.stat().st_size > LARGEST:
        raise refused(path, f"has {path.stat().st_size:,} bytes; at most {LARGEST:,} are read", "Check what it holds")
    text = ILLEGAL.sub("\ufffd", decoded(path.read_bytes())[0].removeprefix("\ufeff"))
    if not re.search(r"<(html|body|p|h1)\b", text[:100_000], re.I):
        raise refused(path, "is not a web page", "Export it as HTML")
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise refused(path, f"cannot be read as a web page ({error})") from error
    return tree.find("body") if tree.find("body") is not None else tree


def read_into(page: Page, element: Any, *, marked: bool = False) -> None:
    """Add an element's words to a page, in order.

    What stands in a `span` of class `highlight` is marked; one of class
    `taglist` behind it, ` [trust, risk]`, names its tags.
    """
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    classes = (element.get("class") or "").split()
    if "taglist" in classes:
        words = "".join(element.itertext()).strip().removeprefix("[").removesuffix("]")
        page.end_passage(tuple(tag.strip() for tag in words.split(", ") if tag.strip()))
        return
    marked = marked or "highlight" in classes
    block = element.tag in _BLOCKS
    if block:
        page.end_line()
    page.add(element.text, marked=marked)
    for child in element:
        read_into(page, child, marked=marked)
        page.add(child.tail, marked=marked)
    if block:
        page.end_line()


def words_of(*elements: Any) -> str:
    """Return the words of some elements, one line a block."""
    page = Page()
    for element in elements:
        read_into(page, element)
    return page.text
