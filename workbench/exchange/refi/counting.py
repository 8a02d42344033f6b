"""How a file counts positions, decided by what fits its passages."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from workbench.exchange.refi.positions import Alignment, Counting, Normal, normalised
from workbench.exchange.refi.told import Told

_CUT = ("…", "...")
_NUMBERED = re.compile(r"[^\W\d_]{0,12}\s*\d+[:.]\d+|[\W\d_]*")
"""`Quotation 12:3`, `00:16.17 – 00:45.35`, `139,195`: names that programs give by themselves."""
SHORTEST_START = 8
"""Signs that the start of a passage must have to say something when the rest is cut off."""
CUT_UNSAID = 30
"""Signs from which a name that is the start of its passage is taken for cut off."""
MARGIN = 0.2
"""Share of passages that must begin and end with words more often for a way of counting to be taken by that alone."""
STANDARD = Counting()
"""Code points of the text without its mark, the end after the last sign."""
ALL = tuple(Counting(*switches) for switches in product((False, True), repeat=5))


@dataclass(frozen=True)
class Passage:
    """A selection as the file counts it, with the words that the file gives for it, if any."""

    start: int
    end: int
    words: str = ""


@dataclass
class Counted:
    """A text as the file has it, and its passages; `counting` is settled for all texts of a file together."""

    raw: str
    passages: Sequence[Passage]
    counting: Counting = STANDARD

    def __post_init__(self) -> None:
        self.normal: Normal = normalised(self.raw)
        self._alignments: dict[Counting, Alignment] = {}
        self._scores: dict[Counting, tuple[int, int, int]] = {}

    def span(self, passage: Passage, counting: Counting | None = None) -> tuple[int, int]:
        """Return where a passage stands in the normal text; not checked against its length."""
        counting = self.counting if counting is None else counting
        alignment = self._alignment(counting)
        start, end = alignment.start(passage.start), alignment.end(passage.end + counting.last)
        return self.normal.span(start, end)

    def _alignment(self, counting: Counting) -> Alignment:
        key = counting.differs_on(self.raw)
        if key not in self._alignments:
            self._alignments[key] = key.alignment(self.raw)
        return self._alignments[key]

    def score(self, counting: Counting) -> tuple[int, int, int]:
        """Return passages whose words fit, those against it (negative), and ends of passages that are ends of words."""
        key = counting.differs_on(self.raw)
        if key not in self._scores:
            self._scores[key] = self._score(key)
        return self._scores[key]

    def _score(self, counting: Counting) -> tuple[int, int, int]:
        text, alignment = self.normal.text, self._alignment(counting)
        said = against = whole = 0
        for passage in self.passages:
            start, end = self.span(passage, counting)
            splits = counting.utf16 and (alignment.splits(passage.start) or alignment.splits(passage.end))
            against += splits or not 0 <= start <= end <= len(text)
            said += bool(passage.words) and same_words(passage.words, text[max(0, start) : end])
            whole += _edge(text, start) + _edge(text, end)
        return said, -against, whole

    def counts_apart(self, one: Counting, other: Counting) -> bool:
        """Tell whether two ways of counting give other words for any passage."""
        if one.differs_on(self.raw) == other.differs_on(self.raw):
            return False
        return any(self.span(passage, one) != self.span(passage, other) for passage in self.passages)


def settle_counting(texts: Sequence[Counted], told: Told, usual: Counting) -> None:
    """Settle how the texts of one file are counted, and say so where it was not sure.

    The words that a file gives with its passages decide; then positions that
    a way of counting makes impossible; then, where one way is far better,
    how often passages begin and end with words.

    Parameters
    ----------
    texts : Sequence of Counted
        All of one file, since one program wrote it.
    told : Told
        Takes what was decided, or could not be.
    usual : Counting
        How the program that wrote the file counts as a rule.
    """
    for text in texts:
        text.counting = usual
    given = sum(1 for text in texts for passage in text.passages if passage.words)
    base = _sum(text.score(usual) for text in texts)
    if base[1] == 0 and base[0] == given and (given or not _doubtful(texts, usual)):
        return
    scores = {counting: [text.score(counting) for text in texts] for counting in (usual, *ALL) if not counting.odd}
    if 2 * max(_sum(rows)[0] for rows in scores.values()) < given:
        scores |= {counting: [text.score(counting) for text in texts] for counting in ALL if counting.odd}
    totals = {counting: _sum(rows) for counting, rows in scores.items()}
    best = max(
        totals, key=lambda counting: (totals[counting][0], not counting.odd, totals[counting][1], counting == usual)
    )
    if totals[best][:2] > base[:2] and (not best.odd or totals[best][0] > base[0]):
        how = (
            f"{totals[best][0]} of {given} passages whose words it gives" if given else "no passage is out of place so"
        )
        told.add(f"its positions are {_said(best)} ({how}); read so", remedy="Look at a few passages")
    else:
        best = _by_words_ends(texts, totals, usual, told)
    for number, text in enumerate(texts):
        own = max(scores, key=lambda counting: (scores[counting][number][0], counting == best))
        text.counting = own if scores[own][number][0] > scores[best][number][0] else best


def _by_words_ends(
    texts: Sequence[Counted], totals: dict[Counting, tuple[int, int, int]], usual: Counting, told: Told
) -> Counting:
    """Choose between ways that the words do not tell apart."""
    level = [c for c in totals if not c.odd and totals[c][:2] == totals[usual][:2]]
    rivals = [c for c in level if any(text.counts_apart(usual, c) for text in texts)]
    if not rivals:
        return usual
    passages = sum(len(text.passages) for text in texts)
    best = max(rivals, key=lambda counting: totals[counting][2])
    if totals[best][2] - totals[usual][2] > max(2, MARGIN * passages):
        how = f"{totals[best][2]} of {2 * passages} ends of passages are ends of words so, else {totals[usual][2]}"
        told.add(f"its positions are {_said(best)} ({how}); read so", remedy="Look at a few passages")
        return best
    if totals[usual][2] - totals[best][2] <= max(2, MARGIN * passages):
        what = f"it does not say how its positions are counted; taken {usual}, but could be {_said(best)}"
        told.add(what, remedy="Look at a few passages that stand after an emoji or far down")
    return usual


def given_words(name: str) -> str:
    """Return a passage's name in NFC where it may be its words, or else "": a number or a time is none."""
    return "" if _NUMBERED.fullmatch(name) else unicodedata.normalize("NFC", name)


def same_words(words: str, passage: str) -> bool:
    """Tell whether the words that a file gives for a passage are its words, perhaps cut off; blanks do not count.

    Examples
    --------
    >>> same_words("I was told…", "I was  told nothing.")
    True
    """
    given = "".join(words.split())
    cut = next((sign for sign in _CUT if given.endswith(sign)), "")
    found = "".join(passage[: 3 * len(words) + 100].split())
    if given == found:
        return True
    start = given.removesuffix(cut) if cut else given
    long_enough = len(start) >= (SHORTEST_START if cut else CUT_UNSAID)
    return long_enough and found.startswith(start)


def _doubtful(texts: Iterable[Counted], usual: Counting) -> bool:
    others = [counting for counting in ALL if not counting.odd]
    return any(text.counts_apart(usual, other) for text in texts for other in others)


def _sum(rows: Iterable[tuple[int, int, int]]) -> tuple[int, int, int]:
    said = against = whole = 0
    for row in rows:
        said, against, whole = said + row[0], against + row[1], whole + row[2]
    return said, against, whole


def _edge(text: str, position: int) -> bool:
    """Whether a position parts no word."""
    inside = 0 < position < len(text)
    return not (inside and text[position - 1].isalnum() and text[position].isalnum())


def _said(counting: Counting) -> str:
    return f"counted {counting}" if counting in (Counting(utf16=True), Counting()) else f"written with {counting}"
