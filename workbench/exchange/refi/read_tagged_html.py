"""Web pages and tables that Taguette exports: highlights, a document with its highlights, the codebook."""

import re
import uuid
from pathlib import Path
from typing import Any

from workbench.exchange.refi.guids import new_guid
from workbench.exchange.refi.model import Project, Quoted, RefiCode, RefiCoding, Selection, Source
from workbench.exchange.refi.package import refused
from workbench.exchange.refi.positions import normalised
from workbench.exchange.refi.read_page import Page, open_page, read_into, words_of
from workbench.exchange.refi.told import Told

ORIGIN = "Taguette"
_TAGS = uuid.UUID("51B2B2B7-27EB-4ECB-9D56-E75B0A0496C2")
"""Space of names from which Taguette's own codebook makes the GUIDs of tags: theirs and ours are the same."""


class Tags:
    """Tags as codes, in the order in which they are first met."""

    def __init__(self) -> None:
        self.codes: dict[str, RefiCode] = {}

    def guid(self, path: str) -> str:
        """Return the GUID of a tag, which becomes a code."""
        if path not in self.codes:
            self.add(path)
        return self.codes[path].guid

    def add(self, path: str, *, description: str = "", parent: str = "") -> None:
        """Add a tag with what the codebook says of it."""
        above = self.guid(parent) if parent and parent != path else None
        guid = str(uuid.uuid5(_TAGS, path)).upper()
        self.codes[path] = RefiCode(guid=guid, name=path, description=description, parent=above)


def read_tagged_html(path: str | Path) -> Project:
    """Read a web page that Taguette or a program like it exported.

    Parameters
    ----------
    path : str or Path
        Its highlights (words, document and tags: they become `Project.quoted`), one document with its highlights
        (a source with passages), or its codebook.

    Returns
    -------
    Project
        Without users, who stand in none of these pages.

    Raises
    ------
    InputError
        If it is no web page, or none of these.

    Notes
    -----
    Where highlights of a document overlap, its page says where each ends but
    not where each begins; such passages are told. The table of highlights
    (CSV) has all words of each.
    """
    path = Path(path)
    body, told = open_page(path), Told(path.name)
    if any(_details(element) for element in body.iter("p")):
        return _highlights(path, body, told)
    if next(body.iterfind(".//p[@class='number']"), None) is not None:
        return _codebook(path, body)
    if next(body.iterfind(".//span[@class='highlight']"), None) is not None:
        return _document(path, body, told)
    what = "holds no highlights and no codebook as Taguette writes them"
    raise refused(path, what, "Export highlights, a document or the codebook as HTML, or the highlights as CSV")


def _details(element: Any) -> tuple[str, tuple[str, ...]] | None:
    """Return document and tags from the paragraph behind a highlight, which has two words in bold and no others."""
    bold = list(element)
    if (
        element.tag != "p"
        or len(bold) != 2
        or any(child.tag != "strong" for child in bold)
        or (element.text or "").strip()
    ):
        return None
    if not all((child.text or "").rstrip().endswith((":", "：")) for child in bold):
        return None
    tags = (" ".join(tag.split()) for tag in re.split(r",[ \t]*\r?\n", bold[1].tail or ""))
    return " ".join((bold[0].tail or "").split()), tuple(tag for tag in tags if tag)


def _highlights(path: Path, body: Any, told: Told) -> Project:
    tags = Tags()
    quoted: list[Quoted] = []
    page, title = Page(), body.find("h1")
    for element in body:
        details = _details(element)
        if details is None:
            if element is not title:
                read_into(page, element)
            page.add(element.tail)
            continue
        quote = normalised(page.text).text
        place = f"{path.name}, line {element.sourceline}"
        if quote:
            codes = tuple(tags.guid(tag) for tag in details[1])
            guid = new_guid("highlight", details[0], quote, str(len(quoted)))
            quoted.append(Quoted(document=details[0], quote=quote, codes=codes, place=place, guid=guid))
        else:
            told.add("a highlight has no words; left out", element, many="{} highlights have no words; left out")
        page = Page()
        page.add(element.tail)
    return Project(
        name=path.stem, origin=ORIGIN, codes=tuple(tags.codes.values()), quoted=tuple(quoted), problems=told.problems()
    )


def _codebook(path: Path, body: Any) -> Project:
    tags = Tags()
    for heading in body.iter("h2"):
        parent, said = "", list[Any]()
        for element in heading.itersiblings():
            if element.tag == "h2":
                break
            if element.get("class") == "number":
                said = []
                parent = words_of(element.getprevious()) if element.getprevious() is not heading else ""
            else:
                said.append(element)
        parent = parent.partition(":")[2].strip()
        tags.add(" ".join(words_of(heading).split()), description=words_of(*said), parent=parent)
    return Project(name=path.stem, origin=ORIGIN, codes=in_tree_order(tags))


def in_tree_order(tags: Tags) -> tuple[RefiCode, ...]:
    """Return the codes, each before those under it; a circle of parents is cut."""
    below: dict[str | None, list[RefiCode]] = {}
    for code in tags.codes.values():
        below.setdefault(code.parent, []).append(code)
    ordered: list[RefiCode] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        ordered.append(waiting.pop())
        waiting += below.get(ordered[-1].guid, [])[::-1]
    left = {code.guid for code in tags.codes.values()} - {code.guid for code in ordered}
    ordered += [
        RefiCode(guid=c.guid, name=c.name, description=c.description) for c in tags.codes.values() if c.guid in left
    ]
    return tuple(ordered)


def _document(path: Path, body: Any, told: Told) -> Project:
    tags, page = Tags(), Page()
    title = next((element for element in body if isinstance(element.tag, str)), None)
    name = path.stem
    if title is not None and title.tag == "h1":
        name = " ".join(words_of(title).split()) or name
        body.text, tail = "", title.tail
        body.remove(title)
        page.add(tail)
    read_into(page, body)
    normal = normalised(page.text)
    selections = []
    for number, stretch in enumerate(page.stretches):
        start, end = normal.span(stretch.start, stretch.end)
        guid = new_guid("passage", name, str(start), str(end), str(number))
        codes = tuple(tags.guid(tag) for tag in dict.fromkeys(stretch.tags))
        codings = tuple(RefiCoding(guid=new_guid(guid, code), code=code) for code in codes)
        selections.append(Selection(guid=guid, start=start, end=end, codings=codings))
        if stretch.follows:
            shown = ", ".join(stretch.tags) or "no tag"
            told.add(
                f"the passage of {shown} follows another without a gap; it may begin earlier",
                many="{} passages follow another without a gap; where they overlap, they may begin earlier",
                remedy="Export the highlights as CSV, which holds all words of each",
            )
    if not page.stretches:
        told.add(
            "its highlights have no tags behind them; only the text is read", remedy="Export it from Taguette again"
        )
    source = Source(guid=new_guid("document", name), name=name, text=normal.text, selections=tuple(selections))
    return Project(
        name=path.stem, origin=ORIGIN, codes=tuple(tags.codes.values()), sources=(source,), problems=told.problems()
    )
