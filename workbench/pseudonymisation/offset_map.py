"""Where a stretch of the original text lies in the pseudonymised one, and back."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.errors import InputError


@dataclass(frozen=True)
class Replaced:
    """One stretch of the original text and what stands for it.

    Parameters
    ----------
    start, end : int
        Half-open, code points of the original text.
    pseudonym : str
        What stands there now.
    """

    start: int
    end: int
    pseudonym: str


class OffsetMap:
    """Maps spans of one document between its original and its pseudonymised text.

    Parameters
    ----------
    original : str
        The text with names: whoever holds the map holds the key.
    replaced : Sequence[Replaced]
        Apart and in order.

    Notes
    -----
    Outside replaced stretches every character keeps its own place. A span that cuts a replaced stretch widens to
    all of it, because part of a name has no counterpart in a pseudonym.

    Examples
    --------
    >>> there = OffsetMap("Ask Ann now", [Replaced(4, 7, "[Person 8]")])
    >>> there.text, there.to_pseudonymised(8, 11), there.to_original(5, 6)
    ('Ask [Person 8] now', (15, 18), (4, 7))
    """

    def __init__(self, original: str, replaced: Sequence[Replaced] = ()) -> None:
        self.original = original
        self.replaced = tuple(replaced)
        pieces: list[str] = []
        self._old: list[tuple[int, int]] = []
        self._new: list[tuple[int, int]] = []
        last = shift = 0
        for each in self.replaced:
            if not last <= each.start < each.end <= len(original):
                raise InputError("replaced stretches must be apart, in order and inside the text")
            pieces += [original[last : each.start], each.pseudonym]
            self._old.append((each.start, each.end))
            self._new.append((each.start + shift, each.start + shift + len(each.pseudonym)))
            shift += len(each.pseudonym) - (each.end - each.start)
            last = each.end
        self.text = "".join([*pieces, original[last:]])
        """The pseudonymised text."""

    def to_pseudonymised(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the original lies in the pseudonymised text."""
        return _moved(start, end, self._old, self._new)

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the pseudonymised text lies in the original."""
        return _moved(start, end, self._new, self._old)

    def restore(self, text: str) -> str:
        """Put the names back into the pseudonymised text.

        Raises
        ------
        InputError
            If the text is not the one that this map was made for.
        """
        if text != self.text:
            raise InputError("this is not the text for which the map was made; names were not put back")
        return self.original


def _moved(start: int, end: int, here: list[tuple[int, int]], there: list[tuple[int, int]]) -> tuple[int, int]:
    return _edge(start, here, there, 0), _edge(end, here, there, 1)


def _edge(position: int, here: list[tuple[int, int]], there: list[tuple[int, int]], side: int) -> int:
    """Move one edge of a span; inside a replaced stretch it goes to that side of it."""
    before = bisect_left(here, (position,)) - 1  # the last stretch that begins before the edge
    if before < 0:
        return position
    end = here[before][1]
    return there[before][side] if position < end else there[before][1] + position - end
