"""Where passages of another program's text stand in the study's own text of it."""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from workbench.coding.anchor import Anchored, anchor

BLANK = "it lies on blanks or signs that the study's text does not have"


@dataclass(frozen=True)
class Signs:
    """A text as the signs that make its words: decomposed, without blanks, line breaks and what nobody sees.

    Two texts with equal signs say the same, however their lines are broken and their accents written.
    """

    text: str

    @cached_property
    def signs(self) -> str:
        """The signs in their order."""
        return "".join(unicodedata.normalize("NFD", self.text).split()).translate(_unseen())

    @cached_property
    def places(self) -> list[int]:
        """For each sign, which character of the text it belongs to."""
        unseen = _unseen()
        return [
            place
            for place, sign in enumerate(self.text)
            for part in (sign if sign.isascii() else unicodedata.normalize("NFD", sign))
            if not part.isspace() and ord(part) not in unseen
        ]


@cache
def _unseen() -> dict[int, None]:
    """Return the control and format signs, which a text may have or lack and say the same."""
    return {place: None for place in range(0x110000) if unicodedata.category(chr(place)) in ("Cc", "Cf")}


def follow(theirs: Signs, ours: Signs, spans: Sequence[tuple[int, int]]) -> list[Anchored]:
    """Find passages of one text in another that says the same, or nearly.

    Parameters
    ----------
    theirs, ours : Signs
        The text in which `spans` count, and the one to find them in.
    spans : Sequence of (int, int)
        Half-open ranges of code points.

    Returns
    -------
    list of Anchored
        One a span, in their order; `why` where a person must be asked. Where the signs are the same every passage is
        found to the character; elsewhere by its words, and nothing is guessed.
    """
    if theirs.text == ours.text:
        return [Anchored(start, end) for start, end in spans]
    if theirs.signs == ours.signs:
        return [_sign_by_sign(theirs, ours, start, end) for start, end in spans]
    return anchor(theirs.text, ours.text, spans)


def _sign_by_sign(theirs: Signs, ours: Signs, start: int, end: int) -> Anchored:
    first, after = bisect_left(theirs.places, start), bisect_left(theirs.places, end)
    if first >= after:
        return Anchored(0, 0, BLANK)
    began, ended = ours.places[first], ours.places[after - 1] + 1
    at = theirs.places[first]
    while at > start and began and theirs.text[at - 1] == ours.text[began - 1]:  # blanks that were selected too
        at, began = at - 1, began - 1
    at = theirs.places[after - 1] + 1
    while at < end and ended < len(ours.text) and theirs.text[at] == ours.text[ended]:
        at, ended = at + 1, ended + 1
    return Anchored(began, ended)


def alike(theirs: Signs, ours: Signs, least: float = 0.8) -> bool:
    """Tell whether two texts share so large a part of the words of the longer one that one is a form of the other."""
    one, other = (Counter(each.text.casefold().split()) for each in (theirs, ours))
    most = max(one.total(), other.total())
    return bool(most) and (one & other).total() >= least * most
