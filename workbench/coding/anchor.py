"""Where the words of a passage stand once its transcript was corrected."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from workbench.coding.alignment import DOUBTFUL, GONE, Alignment, Tokens, align, tokenise
from workbench.corpus.document import WITHDRAWN

WORDS_GONE = "its words are gone"
SEVERAL_PLACES = "its words stand in several places that cannot be told apart"
REWRITTEN = "the talk around it was rewritten: where it begins or ends now cannot be known"
FEW_LEFT = "fewer than half of its words are left"

_MARK = re.compile(r"\[[^\[\]\n]{1,40}\]")
_FEW = 3  # words; a passage this short that was replaced as a whole stands for its replacement
_CERTAIN_RUN = 3  # words; so many in a row that occur once in both texts are the same words wherever they stand
_LONGEST_NAME = 4  # words that one mark such as [Person 48] may stand for


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
    pages = _Page(old, tokenise(old, known)), _Page(new, tokenise(new, known))
    placer = _Placer(*pages, align(pages[0].tokens.keys, pages[1].tokens.keys))
    return [placer.place(start, end) for start, end in spans]


class _Page:
    """A text with its tokens, in which a run of tokens can be found."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.text = text
        self.tokens = tokens
        self.words = [text[start].isalnum() or text[start] == "[" for start in tokens.starts]
        self._bytes = tokens.keys.astype("<i4").tobytes()

    def word(self, number: int) -> str:
        return self.text[self.tokens.starts[number] : self.tokens.ends[number]]

    def is_mark(self, number: int) -> bool:
        return _MARK.fullmatch(self.word(number)) is not None

    def run(self, first: int, after: int) -> bytes:
        return self._bytes[first * 4 : after * 4]

    def find(self, run: bytes, first: int, after: int) -> list[int]:
        """Return where the run of tokens stands within [first, after); at most two places."""
        found: list[int] = []
        at = self._bytes.find(run, first * 4, after * 4)
        while at >= 0 and len(found) < 2:
            if at % 4 == 0:
                found.append(at // 4)
            at = self._bytes.find(run, at + 1, after * 4)
        return found


class _Placer:
    def __init__(self, old: _Page, new: _Page, alignment: Alignment) -> None:
        self.old, self.new = old, new
        self.to, self.strand = alignment.to, alignment.strand
        # The nearest certain word in the texts' common order, before and after each token.
        self._sure = [i for i, found in enumerate(self.to) if found >= 0 and not self.strand[i]]

    def place(self, start: int, end: int) -> Anchored:
        tokens = self.old.tokens
        a, b = bisect_right(tokens.ends, start), bisect_left(tokens.starts, end)
        if a >= b:
            return self._blank(start, end, a)
        first, last = self._edge(a, a, b), self._edge(b - 1, a, b)
        why = self._doubt(first, last, a, b)
        if why is None and first is not None and last is not None:
            return self._tighten(start, end, a, b, first, last)
        found = self._again(a, b, doubtful=DOUBTFUL in self.to[a:b])
        if found is not None:
            return self._tighten(start, end, a, b, found, found + b - a - 1)
        low, high, left, right = self._between(a, b)
        if (
            DOUBTFUL in (self.to[a], self.to[b - 1])
            and (low, high) == (a, b)
            and b - a <= 2 * (right - left) <= 2 * (b - a)
        ):
            return Anchored(
                self.new.tokens.starts[left], self.new.tokens.ends[right - 1]
            )  # whichever went, it lay within
        return Anchored(*self._stretch(a, b), why)

    def _blank(self, start: int, end: int, a: int) -> Anchored:
        """White space only: it is where it was when the words on both sides are."""
        before, after = (self.to[a - 1] if a else GONE), (self.to[a] if a < len(self.to) else GONE)
        if before >= 0 and after == before + 1:
            shift = self.new.tokens.ends[before] - self.old.tokens.ends[a - 1]
            if self.new.text[start + shift : end + shift] == self.old.text[start:end]:
                return Anchored(start + shift, end + shift)
        return Anchored(*self._stretch(a, a), WORDS_GONE)

    def _edge(self, i: int, a: int, b: int) -> int | None:
        """Return the new token at the passage's edge `i` (its first, or its last), or None."""
        if self.to[i] != GONE:
            return self.to[i] if self.to[i] >= 0 else None
        gap = self._gap(i)
        if gap is None:
            return None
        i1, i2, j1, j2 = gap
        at_start = i == a and i1 == a  # the gap begins where the passage does
        at_end = i == b - 1 and i2 == b
        if j1 == j2:
            inside = i2 if i == a and i2 < b else i1 - 1 if i == b - 1 and i1 > a else None
            return None if inside is None else self.to[inside]
        if self._alike(gap):
            return j1 + i - i1
        if j2 - j1 == 1:
            return j1
        if (at_start or at_end) and j2 - j1 <= 2 * (i2 - i1) + _FEW:
            return j1 if at_start and i == a and not (at_end and i != a) else j2 - 1
        return None

    def _gap(self, i: int) -> tuple[int, int, int, int] | None:
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

    def _alike(self, gap: tuple[int, int, int, int]) -> bool:
        """Whether each word was corrected by itself: as many, and each like its counterpart."""
        i1, i2, j1, j2 = gap
        if i2 - i1 != j2 - j1 or i2 - i1 > 12:
            return False
        pairs = [(self.old.word(i1 + step).lower(), self.new.word(j1 + step).lower()) for step in range(i2 - i1)]
        return all(SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.6 for one, other in pairs)

    def _doubt(self, first: int | None, last: int | None, a: int, b: int) -> str | None:
        """Return why the passage cannot be placed between these new tokens, or None."""
        kept, words = 0, [i for i in range(a, b) if self.old.words[i]] or list(range(a, b))
        strands = {self.strand[i] for i in range(a, b) if self.to[i] >= 0}
        for i in words:
            kept += self.to[i] != GONE or self._stands_for(i)
        whole = self._replaced_whole(a, b)
        if not kept and not whole:
            return WORDS_GONE
        if first is None or last is None:
            return SEVERAL_PLACES if DOUBTFUL in (self.to[a], self.to[b - 1]) else REWRITTEN
        if len(strands) > 1 or last < first:
            return SEVERAL_PLACES
        return None if whole or 2 * kept >= len(words) else FEW_LEFT

    def _stands_for(self, i: int) -> bool:
        """Whether a word that is gone was corrected, or its name masked or unmasked."""
        gap = self._gap(i)
        if gap is None or gap[2] == gap[3]:
            return False
        i1, i2, j1, j2 = gap
        masked = all(self.new.is_mark(j) for j in range(j1, j2))
        if masked and (i2 - i1 <= _LONGEST_NAME * (j2 - j1) or self.new.word(j1) == WITHDRAWN):
            return True
        unmasked = all(self.old.is_mark(k) for k in range(i1, i2)) and j2 - j1 <= _LONGEST_NAME * (i2 - i1)
        return unmasked or self._alike(gap)

    def _replaced_whole(self, a: int, b: int) -> bool:
        """Whether exactly a short passage was replaced by a few words, between unchanged neighbours."""
        gap = self._gap(a) if self.to[a] == GONE else None
        if gap is None or gap[:2] != (a, b) or b - a > _FEW or not 0 < gap[3] - gap[2] <= _FEW:
            return False
        return all(self.old.words[a:b]) and all(self.new.words[gap[2] : gap[3]])

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
        if found != quote and found.count(quote) == 1:  # words were joined to it
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
