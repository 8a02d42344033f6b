"""A source as it is read, before it is settled how its positions are counted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workbench.exchange.refi.context import Context, children
from workbench.exchange.refi.counting import Counted, Passage, given_words
from workbench.exchange.refi.model import SourceKind


@dataclass
class Marked:
    """A selection as the file has it; `passage` is None where it has no position in a text."""

    element: Any
    passage: Passage | None
    words: str


@dataclass
class Draft:
    """A source as the file has it.

    Parameters
    ----------
    element : Element
        Bears the GUID, the variables and the codings of the whole.
    kind : str
        Of the source that it becomes.
    counted : Counted or None
        Its text, if it has one.
    sure : bool
        Whether positions can count in that text.
    marked : list of Marked
        Its selections.
    guid, name : str
        Its own.
    """

    element: Any
    kind: SourceKind
    guid: str
    name: str
    counted: Counted | None = None
    sure: bool = True
    marked: list[Marked] = field(default_factory=list)
    _signs: str | None = None

    def holds(self, words: str) -> bool:
        """Tell whether its text has these words somewhere, whatever the blanks."""
        if self._signs is None:
            self._signs = "".join(self.counted.normal.text.split()) if self.counted else ""
        return "".join(words.split()).removesuffix("…").removesuffix("...") in self._signs


def plain_selections(element: Any, context: Context) -> Iterator[Marked]:
    """Give the passages of a text, with the words that the file has for them."""
    for child in children(element, "PlainTextSelection"):
        words = given_words(child.get("name") or "")
        try:
            start, end = int(child.get("startPosition")), int(child.get("endPosition"))
        except (TypeError, ValueError):
            context.told.add("a passage has no position", child, many="{} passages have no position")
            yield Marked(child, None, words)
            continue
        yield Marked(child, Passage(start, end, words or _comment(child)), words)


def spoken_selections(element: Any, context: Context) -> Iterator[Marked]:
    """Give the passages of a transcript, which stand between points of the recording that are tied to the text."""
    points = {point.get("guid"): point.get("position") for point in children(element, "SyncPoint")}
    for child in children(element, "TranscriptSelection"):
        words = given_words(child.get("name") or "")
        ends = [points.get(child.get(name)) for name in ("fromSyncPoint", "toSyncPoint")]
        if None in ends:
            context.told.add(
                "a passage of a transcript has no position", child, many="{} passages of transcripts have no position"
            )
            yield Marked(child, None, words)
            continue
        yield Marked(child, Passage(int(ends[0] or 0), int(ends[1] or 0), words), words)


def _comment(element: Any) -> str:
    """Return a selection's description: some programs write the words there."""
    child = next(children(element, "Description"), None)
    return given_words(child.text or "") if child is not None else ""
