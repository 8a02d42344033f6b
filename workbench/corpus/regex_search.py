"""Find a regular expression or a phrase in each turn; turns that cannot match are not tried."""

import re
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import numpy as np

from workbench.corpus.index import TalkIndex
from workbench.corpus.pattern_parts import needed_strings, within_one_word
from workbench.corpus.tokens import Places
from workbench.errors import InputError, Problem

SECONDS = 10.0
"""After which a pattern is given up."""
MOST_FINDS = 1_000_000
"""More than one word in two of a national evaluation's talk: no search, and more than memory should hold."""
_QUOTES = {"'": "['‘’]", "‘": "['‘’]", "’": "['‘’]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}
_DOTTED = str.maketrans({"İ": "i", "ı": "i"})


class FoldedTurns:
    """The turns' words, and the same folded for searches that ignore case.

    Parameters
    ----------
    texts : Sequence[str]
        The turns' words.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._folded: list[str] | None = None

    @property
    def folded(self) -> list[str]:
        """Texts in which every sign that matches an English letter without regard to case is that letter."""
        if self._folded is None:
            self._folded = [text.translate(_DOTTED).casefold() for text in self.texts]
        return self._folded


Finds = tuple[Places, Places, Places]
"""Positions of the turns, starts and ends in them."""


def find_phrase(turns: FoldedTurns, phrase: str) -> Finds:
    """Find the words as written, whatever their case, quotes and white space; whole words only."""
    words = ["".join(_QUOTES.get(sign, re.escape(sign)) for sign in word) for word in phrase.split()]
    if not words:
        raise InputError(
            Problem(place=f"search for {phrase!r}", what="it holds no word", remedy="Type at least one word")
        )
    # A phrase that begins or ends with a sign ("50%") has no boundary there.
    before, after = (
        (r"(?<!\w)" if phrase.strip()[0].isalnum() else ""),
        (r"(?!\w)" if phrase.strip()[-1].isalnum() else ""),
    )
    return _in_turns(turns, re.compile(before + r"\s+".join(words) + after, re.IGNORECASE))


def find_regex(turns: FoldedTurns, index: Callable[[], TalkIndex], pattern: str) -> Finds:
    """Find a regular expression as Python's `re` reads it, in each turn by itself; empty matches are left out.

    A pattern whose matches lie within one word each is tried on the different words alone.

    Raises
    ------
    InputError
        If it is none, takes longer than `SECONDS`, or is found more than `MOST_FINDS` times.
    """
    compiled = _read(pattern)
    if within_one_word(compiled):
        return _in_words(index(), compiled)
    return _in_turns(turns, compiled)


def _read(pattern: str) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of "[[" and the like, which today's `re` reads as written
            return re.compile(pattern)
    except re.error as error:
        at = "" if error.pos is None else f", at sign {error.pos + 1}"
        remedy = r"To find signs such as ( ) [ ] * + ? . as they are, put \ before each"
        raise InputError(Problem(place=_place(pattern) + at, what=error.msg, remedy=remedy)) from error
    except (OverflowError, RecursionError) as error:
        what, remedy = "it is too large", "Split it into several searches"
        raise InputError(Problem(place=_place(pattern), what=what, remedy=remedy)) from error


def _in_turns(turns: FoldedTurns, compiled: re.Pattern[str]) -> Finds:
    limit = time.monotonic() + SECONDS
    finds = []
    with _given_up(compiled.pattern):
        for position in _candidates(turns, compiled):
            for match in compiled.finditer(turns.texts[position]):
                if match.end() > match.start():
                    finds.append((position, match.start(), match.end()))
            if time.monotonic() > limit:
                raise _too_slow(compiled.pattern)
            _check_number(len(finds), compiled.pattern)
    columns = np.array(finds, dtype=np.int32).reshape(-1, 3).T
    return columns[0], columns[1], columns[2]


def _in_words(index: TalkIndex, compiled: re.Pattern[str]) -> Finds:
    parts = [(np.zeros(0, dtype=np.int32), 0, 0)]
    number = 0
    with _given_up(compiled.pattern):
        for spelling, word in enumerate(index.spellings):
            for match in compiled.finditer(word):
                if match.end() > match.start():
                    parts.append((index.written(spelling), match.start(), match.end()))
                    number += len(parts[-1][0])
    _check_number(number, compiled.pattern)
    said = np.concatenate([places for places, _, _ in parts])
    counts = [len(places) for places, _, _ in parts]
    starts = index.starts[said] + np.repeat([start for _, start, _ in parts], counts).astype(np.int32)
    ends = index.starts[said] + np.repeat([end for _, _, end in parts], counts).astype(np.int32)
    order = np.lexsort((starts, said))
    return np.searchsorted(index.breaks, said[order]).astype(np.int32), starts[order], ends[order]


def _check_number(number: int, pattern: str) -> None:
    if number > MOST_FINDS:
        what, remedy = f"it is found more than {MOST_FINDS:,} times", "Say more exactly what to find"
        raise InputError(Problem(place=_place(pattern), what=what, remedy=remedy))


def _candidates(turns: FoldedTurns, compiled: re.Pattern[str]) -> Iterator[int]:
    """Yield the turns that hold a string without which nothing can match."""
    ignore = bool(compiled.flags & re.IGNORECASE)
    needed = needed_strings(compiled, ignore_case=ignore)
    texts = turns.folded if ignore and needed else turns.texts
    if not needed:
        yield from range(len(texts))
    elif len(needed) == 1:
        one = needed[0]
        yield from (position for position, text in enumerate(texts) if one in text)
    else:
        yield from (position for position, text in enumerate(texts) if any(part in text for part in needed))


@contextmanager
def _given_up(pattern: str) -> Iterator[None]:
    """Stop within one turn too, where the system has timers and this is the main thread; Ctrl-C works anywhere."""
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not timed or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _too_slow(pattern)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _place(pattern: str) -> str:
    return f"search for the regular expression {pattern!r}"


def _too_slow(pattern: str) -> InputError:
    what = f"not finished after {SECONDS:.0f} seconds; nothing is shown, so that no part is taken for the whole"
    remedy = r"Avoid repeats within repeats such as (\w+\s?)+, or search in fewer documents"
    return InputError(Problem(place=_place(pattern), what=what, remedy=remedy))
