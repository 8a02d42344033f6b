"""Where the words of a passage stand once its transcript was corrected."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.coding.alignment import DOUBTFUL, GONE, Alignment, align, tokenise
from workbench.coding.replacement import Gap, Page, stands_for

WORDS_GONE = "its words are gone"
SEVERAL_PLACES = "its words stand in several places that cannot be told apart"
REWRITTEN = "the talk around it was rewritten: where it begins or ends now cannot be known"
FEW_LEFT = "fewer than half of its words are left"

_FEW = 3  # words more than twice as many; a longer replacement at a passage's edge may not all belong to it
_LONG = 4  # characters; shorter words also stand by chance within others, as “he” in “then”
_PLACES = 50  # that words are looked for in
_CERTAIN_RUN = 3  # words; so many in a row that occur once in both texts are the same words wherever they stand


@dataclass(frozen=True)
class Anchored:
    """Where a passage is now.

    Parameters
    ----------
    start, end : int
        Offsets into the new text; where a person must be asked, the stretch in which to look.
    why : str or None
        Why a person must be asked; None where the place is certain.
    """

    start: int
    end: int
    why: str | None = None


def anchor(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Anchored]:
    """Find passages of a text again in its corrected form.

    Nothing is guessed: where the words are gone, were rewritten, or could be
    several, `why` says so.

    Parameters
    ----------
    old, new : str
        The former and the corrected text.
    spans : Sequence of (int, int)
        Passages of `old`: start and end, half-open, in code points.

    Returns
    -------
    list of Anchored
        One a passage, in their order.

    Examples
    --------
    >>> old, new = "I met Sarah there. Yeah.", "Well, I met [Person 1] there. Yes."
    >>> [new[found.start : found.end] for found in anchor(old, new, [(6, 11), (0, 18)])]
    ['[Person 1]', 'I met [Person 1] there.']
    """
    if old == new or not spans:
        return [Anchored(start, end) for start, end in spans]
    known: dict[str, int] = {}
    pages = Page(old, tokenise(old, known)), Page(new, tokenise(new, known))
    placer = _Placer(*pages, align(pages[0].tokens.keys, pages[1].tokens.keys))
    return [placer.place(start, end) for start, end in spans]


class _Placer:
    def __init__(self, old: Page, new: Page, alignment: Alignment) -> None:
        self.old, self.new = old, new
        self.to, self.strand = alignment.to, alignment.strand
        # The nearest certain word in the texts' common order, before and after each token.
        self._sure = [i for i, found in enumerate(self.to) if found >= 0 and not self.strand[i]]

    def place(self, start: int, end: int) -> Anchored:
        tokens = self.old.tokens
        a, b = bisect_right(tokens.ends, start), bisect_left(tokens.starts, end)
        if a >= b:
            return self._blank(start, end, a)
        first, last = self._edge(a, a, b, last=False), self._edge(b - 1, a, b, last=True)
        why = self._doubt(first, last, a, b)
        if why is None and first is not None and last is not None:
            why = self._moved(a, b, first, last)
            if why is None:
                return self._tighten(start, end, a, b, first, last)
        found = self._again(a, b, doubtful=DOUBTFUL in self.to[a:b])
        if found is not None:
            return self._tighten(start, end, a, b, found, found + b - a - 1)
        return self._among(a, b) or Anchored(*self._stretch(a, b), why)

    def _among(self, a: int, b: int) -> Anchored | None:
        """Place words of which some like the others went: whichever did, it lay within."""
        low, high, left, right = self._between(a, b)
        if DOUBTFUL not in (self.to[a], self.to[b - 1]) or (low, high) != (a, b):
            return None
        if not b - a <= 2 * (right - left) <= 2 * (b - a):
            return None
        if not set(self.new.tokens.keys[left:right].tolist()) <= set(self.old.tokens.keys[a:b].tolist()):
            return None
        return Anchored(self.new.tokens.starts[left], self.new.tokens.ends[right - 1])

    def _blank(self, start: int, end: int, a: int) -> Anchored:
        """White space only: it is where it was when the words on both sides are."""
        before, after = (self.to[a - 1] if a else GONE), (self.to[a] if a < len(self.to) else GONE)
        if before >= 0 and after == before + 1:
            shift = self.new.tokens.ends[before] - self.old.tokens.ends[a - 1]
            if self.new.text[start + shift : end + shift] == self.old.text[start:end]:
                return Anchored(start + shift, end + shift)
        return Anchored(*self._stretch(a, a), WORDS_GONE)

    def _edge(self, i: int, a: int, b: int, *, last: bool) -> int | None:
        """Return the new token at the passage's edge `i` (its first, or its last), or None."""
        if self.to[i] != GONE:
            return self.to[i] if self.to[i] >= 0 else None
        gap = self._gap(i)
        if gap is None:
            return None
        i1, i2, j1, j2 = gap
        if j1 == j2:
            inside = (i1 - 1 if i1 > a else None) if last else (i2 if i2 < b else None)
            return None if inside is None else self.to[inside]
        found = stands_for(self.old, self.new, gap, i)
        if found is not None:
            return found[1] - 1 if last else found[0]
        if (i2 == b if last else i1 == a) and j2 - j1 <= 2 * (i2 - i1) + _FEW:
            return j2 - 1 if last else j1
        return None

    def _gap(self, i: int) -> Gap | None:
        """Return the words that are gone around `i` and the new words between the same neighbours."""
        i1 = i2 = i
        while i1 > 0 and self.to[i1 - 1] == GONE:
            i1 -= 1
        while i2 < len(self.to) and self.to[i2] == GONE:
            i2 += 1
        left = self.to[i1 - 1] if i1 else -1
        right = self.to[i2] if i2 < len(self.to) else len(self.new.tokens)
        if DOUBTFUL in (left if i1 else 0, right) or right <= left:
            return None
        if i1 and i2 < len(self.to) and self.strand[i1 - 1] != self.strand[i2]:
            return None
        return i1, i2, left + 1, right

    def _doubt(self, first: int | None, last: int | None, a: int, b: int) -> str | None:
        """Return why the passage cannot be placed between these new tokens, or None."""
        words = [i for i in range(a, b) if self.old.words[i]] or list(range(a, b))
        strands = {self.strand[i] for i in range(a, b) if self.to[i] >= 0}
        kept = sum(self.to[i] != GONE or self._was_corrected(i) for i in words)
        if not kept:
            return WORDS_GONE
        if first is None or last is None:
            return SEVERAL_PLACES if DOUBTFUL in (self.to[a], self.to[b - 1]) else REWRITTEN
        if len(strands) > 1 or last < first:
            return SEVERAL_PLACES
        return None if 2 * kept >= len(words) else FEW_LEFT

    def _was_corrected(self, i: int) -> bool:
        """Whether a word that is gone was corrected, or its name masked or unmasked."""
        gap = self._gap(i)
        return gap is not None and stands_for(self.old, self.new, gap, i) is not None

    def _moved(self, a: int, b: int, first: int, last: int) -> str | None:
        """Return a doubt where a passage whose words changed reads as before in another place."""
        if self.old.run(a, b) == self.new.run(first, last + 1):
            return None
        return SEVERAL_PLACES if self._elsewhere(a, b) or self._swapped(a, b) else None

    def _elsewhere(self, a: int, b: int) -> bool:
        """Whether these words of the former text stand in the new one where none of its own words lay."""
        run = self.old.run(a, b)
        if sum(self.old.words[a:b]) < _CERTAIN_RUN:
            there = self.new.find(run)
            return len(there) == 1 == len(self.old.find(run)) and not self._taken(there[0], there[0] + b - a)
        return any(not self._taken(j, j + b - a) for j in self.new.find(run, most=_PLACES))

    def _swapped(self, a: int, b: int) -> bool:
        """Whether words in the passage gave way to others, and stand with their neighbours in one other place."""
        i = a
        while i < b:
            gap = self._gap(i) if self.to[i] == GONE else None
            if gap is not None:
                i = gap[1]
                if self._gone_elsewhere(gap, max(gap[0] - 1, a), min(gap[1] + 1, b)):
                    return True
            i += 1
        return False

    def _gone_elsewhere(self, gap: Gap, a: int, b: int) -> bool:
        if gap[2] == gap[3] or sum(self.old.words[a:b]) < _CERTAIN_RUN:
            return False
        if stands_for(self.old, self.new, gap, gap[0]) is not None:
            return False
        run = self.old.run(a, b)
        return len(self.new.find(run)) == 1 == len(self.old.find(run)) and self._elsewhere(a, b)

    def _taken(self, first: int, after: int) -> bool:
        """Whether a run of new words is the counterpart of the same run in the former text."""
        origin = self._origin.get(first, -1)
        return origin >= 0 and self.to[origin : origin + after - first] == list(range(first, after))

    @cached_property
    def _origin(self) -> dict[int, int]:
        return {found: i for i, found in enumerate(self.to) if found >= 0}

    def _again(self, a: int, b: int, *, doubtful: bool) -> int | None:
        """Return where the same run of tokens stands, when that is one place only in both texts."""
        run = self.old.run(a, b)
        if doubtful:
            low, high, left, right = self._between(a, b)
            here, there = self.old.find(run, low, high), self.new.find(run, left, right)
            if len(here) == len(there) == 1:
                return there[0]
        if sum(self.old.words[a:b]) < _CERTAIN_RUN:
            return None
        there = self.new.find(run, 0, len(self.new.tokens))
        return there[0] if len(there) == 1 == len(self.old.find(run, 0, len(self.old.tokens))) else None

    def _between(self, a: int, b: int) -> tuple[int, int, int, int]:
        """Return the tokens between the nearest certain words around the passage, in both texts."""
        before = bisect_left(self._sure, a) - 1
        after = bisect_left(self._sure, b)
        low = self._sure[before] if before >= 0 else -1
        high = self._sure[after] if after < len(self._sure) else len(self.to)
        left = self.to[low] if low >= 0 else -1
        right = self.to[high] if high < len(self.to) else len(self.new.tokens)
        return low + 1, high, left + 1, right

    def _stretch(self, a: int, b: int) -> tuple[int, int]:
        """Return where a person should look."""
        _, _, left, right = self._between(a, b)
        ends, starts = self.new.tokens.ends, self.new.tokens.starts
        start = starts[left] if left < right else ends[left - 1] if left else 0
        return start, ends[right - 1] if left < right else start

    def _tighten(self, start: int, end: int, a: int, b: int, first: int, last: int) -> Anchored:
        """Return the offsets between two new tokens, cut as exactly as the passage was."""
        old, new = self.old.tokens, self.new.tokens
        begin, stop = new.starts[first], new.ends[last]
        if self._same(a, first):
            begin = self._shifted(start, old.starts[a], begin, new.ends[first])
        if self._same(b - 1, last):
            stop = self._shifted(end, old.ends[b - 1], stop, new.starts[last])
        quote, found = self.old.text[start:end], self.new.text[begin:stop]
        apart = len(quote) >= _LONG or f" {quote} " in f" {found} "
        if apart and found != quote and found.count(quote) == 1:  # words were joined to it
            begin += found.index(quote)
            stop = begin + len(quote)
        return Anchored(begin, stop) if begin < stop else Anchored(new.starts[first], new.ends[last])

    def _same(self, i: int, j: int) -> bool:
        return bool(self.old.tokens.keys[i] == self.new.tokens.keys[j])

    def _shifted(self, old: int, edge: int, new: int, limit: int) -> int:
        """Return the offset as far from the token's edge as it was: within the word, or in the blanks beside it."""
        shift = old - edge
        if (shift > 0) == (limit > new):  # within the word
            return min(new + shift, limit) if shift > 0 else max(new + shift, limit)
        low, high = sorted((old, edge))
        beside = self.new.text[max(new - (high - low), 0) : new] if shift < 0 else self.new.text[new : new + high - low]
        return new + shift if beside == self.old.text[low:high] else new
