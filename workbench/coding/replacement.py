"""What may stand for words of a corrected text: their correction, or a pseudonym for a name."""

import re
from difflib import SequenceMatcher
from functools import cached_property

from workbench.coding.alignment import Tokens
from workbench.corpus.document import WITHDRAWN

Gap = tuple[int, int, int, int]
"""Words that are gone, [i1, i2) of the former text, and those between the same neighbours in the new one, [j1, j2)."""

_PSEUDONYM = re.compile(r"\[[^\W\d_][^\[\]\d\n]* \d+\]")
_POSSESSIVE = re.compile(r"['’]s?$")
_LABEL = re.compile(r"(?m)^[^\n:]{1,40}:|\[[^\[\]\n]{1,40}\]")
_SENTENCE_ENDS = re.compile(r"[?!;:]\s|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)\.\s")
_LONGEST_NAME = 4  # words that one mark such as [Person 48] may stand for
_BEFORE_NAMES = frozenset(
    ("al", "bin", "da", "de", "del", "della", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "van", "von")
)
_WITHIN_NAMES = _BEFORE_NAMES | {"&", "and", "in", "of", "on", "the", "under", "upon", "y"}
_LONGEST_ROW = 12  # words in a row that were corrected each by itself
_FEW_CAPITALS = 0.05  # of all words; fewer, and the text is written without capitals
_ALIKE, _ALIKE_JOINED = 0.65, 0.8  # of the characters of both; “police” and “officer” share 0.62


class Page:
    """A text with its tokens, in which a run of tokens can be found."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.text = text
        self.tokens = tokens
        self.words = [text[start].isalnum() or text[start] == "[" for start in tokens.starts]
        self._bytes = tokens.keys.astype("<i4").tobytes()

    def read(self, first: int, after: int) -> str:
        """Return the text of the tokens [first, after)."""
        return self.text[self.tokens.starts[first] : self.tokens.ends[after - 1]]

    def run(self, first: int, after: int) -> bytes:
        """Return the keys of the tokens [first, after), to be found elsewhere."""
        return self._bytes[first * 4 : after * 4]

    def find(self, run: bytes, first: int = 0, after: int | None = None, *, most: int = 2) -> list[int]:
        """Return where the run of tokens stands within [first, after); so many places at most."""
        found: list[int] = []
        end = len(self._bytes) if after is None else after * 4
        at = self._bytes.find(run, first * 4, end)
        while at >= 0 and len(found) < most:
            if at % 4 == 0:
                found.append(at // 4)
            at = self._bytes.find(run, at + 1, end)
        return found

    @cached_property
    def has_capitals(self) -> bool:
        """Whether names can be told by their capitals; labels and marks do not count."""
        words = re.findall(r"[^\W\d_]+", _LABEL.sub(" ", self.text))
        capitals = sum(1 for word in words if word[0].isupper())
        return capitals > _FEW_CAPITALS * len(words)

    def names(self, said: str) -> bool:
        """Whether these words of the text can be one name or one identifier."""
        words = said.split()
        if len(words) > _LONGEST_NAME or "\n" in said or "[" in said or _SENTENCE_ENDS.search(said):
            return False
        if not self.has_capitals or all(_may_name(word) for word in words):
            return True
        first, *within, last = words if len(words) > 1 else ["", *words]
        return (
            (_may_name(first) or first in _BEFORE_NAMES)
            and all(_may_name(word) or word in _WITHIN_NAMES for word in within)
            and _may_name(last)
        )


def stands_for(old: Page, new: Page, gap: Gap, i: int) -> tuple[int, int] | None:
    """Return the new tokens that stand for token `i` of a gap.

    Parameters
    ----------
    old, new : Page
        The former and the corrected text.
    gap : Gap
        What was replaced, and by what.
    i : int
        One of the tokens that are gone.

    Returns
    -------
    (int, int) or None
        First new token, and the one after the last; None when other words
        stand there: neither a likely correction nor one name's pseudonym.
    """
    i1, i2, j1, j2 = gap
    if j1 >= j2:
        return None
    if i2 - i1 == j2 - j1 <= _LONGEST_ROW:
        pairs = [(old.read(i1 + n, i1 + n + 1), new.read(j1 + n, j1 + n + 1)) for n in range(i2 - i1)]
        if all(_alike(*pair, _ALIKE) or _masks(old, new, *pair) for pair in pairs):
            return j1 + i - i1, j1 + i - i1 + 1
    before, after = old.read(i1, i2), new.read(j1, j2)
    if after == WITHDRAWN or _masks(old, new, _POSSESSIVE.sub("", before), _POSSESSIVE.sub("", after)):
        return j1, j2
    joined = max(i2 - i1, j2 - j1) <= _LONGEST_NAME
    return (j1, j2) if joined and _alike(_joined(before), _joined(after), _ALIKE_JOINED) else None


def _may_name(word: str) -> bool:
    return not word.lstrip("\"'‘“(@#")[:1].islower() or "@" in word or any(sign.isdigit() for sign in word)


def _masks(old: Page, new: Page, before: str, after: str) -> bool:
    """Whether one is a pseudonym, and the other one too or a name."""
    masked, masks = _PSEUDONYM.fullmatch(before), _PSEUDONYM.fullmatch(after)
    return bool((masked and (masks or new.names(after))) or (masks and old.names(before)))


def _alike(one: str, other: str, least: float) -> bool:
    if not (one[:1].isalnum() and other[:1].isalnum()):
        return one == other
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio() >= least


def _joined(said: str) -> str:
    return re.sub(r"[\W_]+", "", said)
