"""Which word of a corrected text is which word of the former one."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

GONE, DOUBTFUL = -1, -2
"""A word without a counterpart, and one whose counterpart cannot be told from others like it."""

_TOKEN = re.compile(r"\[[^\[\]\n]{1,40}\]|(?:[\w][\u0300-\u036f]*)+(?:['’](?:[\w][\u0300-\u036f]*)+)*|\S")
_RUN = 4  # words in a row that occur once in both texts are taken to be the same words
_LARGE = 200
_HOPELESS = 25_000_000  # pairs of words; a rewritten block of this size is not compared word by word

Block = tuple[int, int, int]
"""So many words, from this one in the former text and that one in the new."""


@dataclass(frozen=True)
class Tokens:
    """A text cut into words, signs and bracketed marks such as `[Person 48]`; white space is left out."""

    starts: list[int]
    ends: list[int]
    keys: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class Alignment:
    """For each token of the former text its place in the new one, `GONE` or `DOUBTFUL`.

    `strand` is 0 where the order of the texts is kept, and the number of the
    moved block elsewhere.
    """

    to: list[int]
    strand: list[int]


def tokenise(text: str, known: dict[str, int]) -> Tokens:
    """Cut a text into tokens; equal tokens (whatever case, NFC and form of apostrophes) have equal keys.

    Parameters
    ----------
    text : str
        Any text.
    known : dict
        Token to key; shared between the texts that are to be compared, and added to.
    """
    starts, ends, keys = [], [], []
    for found in _TOKEN.finditer(text):
        word = found[0]
        key = known.get(word)
        if key is None:
            plain = unicodedata.normalize("NFC", word).casefold().replace("’", "'")
            key = known[word] = known.setdefault(plain, len(known))
        starts.append(found.start())
        ends.append(found.end())
        keys.append(key)
    return Tokens(starts, ends, np.array(keys, dtype=np.int64))


def align(old: NDArray[np.int64], new: NDArray[np.int64]) -> Alignment:
    """Find for each token its counterpart.

    Runs of words that occur once in both texts hold the texts together
    (patience diff); between them `difflib` compares forwards and backwards,
    and only what both find is certain. Then unique runs that changed their
    place are found again.

    Parameters
    ----------
    old, new : numpy.ndarray of int
        Keys of the tokens.
    """
    to = [GONE] * len(old)
    crossing = _compare(old, new, 0, 0, to)
    _doubt_what_could_slide(old.tolist(), new.tolist(), to)
    return Alignment(to, _find_moved(old.tolist(), new.tolist(), crossing, to))


def _compare(old: NDArray[np.int64], new: NDArray[np.int64], at: int, by: int, to: list[int]) -> list[Block]:
    """Write the counterparts of one stretch into `to`; return the unique runs that stand in another order."""
    blocks, crossing = _anchors(old, new, _RUN)
    i = j = 0
    for block in [*blocks, (len(old), len(new), 0)]:
        first, second, size = block
        if i < first and j < second:
            part, other = old[i:first], new[j:second]
            if blocks and min(len(part), len(other)) > _LARGE:
                crossing += [(f + i, s + j, n) for f, s, n in _compare(part, other, at + i, by + j, to)]
            else:
                for number, found in enumerate(_agreed(part.tolist(), other.tolist()), start=at + i):
                    to[number] = found + by + j if found >= 0 else found
        for step in range(size):
            to[at + first + step] = by + second + step
        i, j = first + size, second + size
    return crossing


def _anchors(old: NDArray[np.int64], new: NDArray[np.int64], run: int) -> tuple[list[Block], list[Block]]:
    """Return the runs that occur once in both: those in the same order, as blocks, and the others."""
    if min(len(old), len(new)) < run:
        return [], []
    first, where_old = _once(old, run)
    second, where_new = _once(new, run)
    _, here, there = np.intersect1d(first, second, assume_unique=True, return_indices=True)
    order = np.argsort(where_old[here])
    pairs = list(zip(where_old[here][order].tolist(), where_new[there][order].tolist(), strict=True))
    rising = _longest_rising([j for _, j in pairs])
    kept = set(rising)
    blocks: list[Block] = []
    for number in rising:
        i, j = pairs[number]
        if blocks and blocks[-1][0] - blocks[-1][1] == i - j and i <= blocks[-1][0] + blocks[-1][2]:
            blocks[-1] = (blocks[-1][0], blocks[-1][1], i + run - blocks[-1][0])
        else:
            _append_apart(blocks, (i, j, run))
    return blocks, [(i, j, run) for number, (i, j) in enumerate(pairs) if number not in kept]


def _once(keys: NDArray[np.int64], run: int) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Return the runs that occur once, as one number each, and where."""
    base = np.int64(1_000_003)
    value = np.zeros(len(keys) - run + 1, dtype=np.int64)
    with np.errstate(over="ignore"):  # wraps round: a hash of 64 bits
        for step in range(run):
            value = value * base + keys[step : step + len(value)] * np.int64(0x9E3779B97F4A7C1 >> step)
    found, where, count = np.unique(value, return_index=True, return_counts=True)
    return found[count == 1], where[count == 1]


def _append_apart(blocks: list[Block], block: Block) -> None:
    """Add a block; words that two blocks claim could belong to either, and are taken from both."""
    i, j, size = block
    while blocks:
        a, b, n = blocks[-1]
        over = max(a + n - i, b + n - j, 0)
        if not over:
            break
        i, j, size = i + over, j + over, size - over
        blocks.pop()
        if n > over:
            blocks.append((a, b, n - over))
            break
    if size > 0:
        blocks.append((i, j, size))


def _longest_rising(values: Sequence[int]) -> list[int]:
    """Return the positions of a longest rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(values)
    for number, value in enumerate(values):
        place = bisect_left(tails, value)
        before[number] = ends[place - 1] if place else -1
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [number]
    found, number = [], ends[-1] if ends else -1
    while number >= 0:
        found.append(number)
        number = before[number]
    return found[::-1]


def _agreed(old: list[int], new: list[int]) -> list[int]:
    """Return the counterparts that a comparison from the front and one from the back both find."""
    if len(old) * len(new) > _HOPELESS:
        return [GONE] * len(old)
    forward = _matched(old, new)
    backward = [len(new) - 1 - j if j >= 0 else j for j in reversed(_matched(old[::-1], new[::-1]))]
    return [one if one == other else DOUBTFUL for one, other in zip(forward, backward, strict=True)]


def _matched(old: list[int], new: list[int]) -> list[int]:
    to = [GONE] * len(old)
    head = _same_at_front(old, new)
    tail = _same_at_front(old[head:][::-1], new[head:][::-1])
    for i in range(head):
        to[i] = i
    for i in range(len(old) - tail, len(old)):
        to[i] = i + len(new) - len(old)
    part, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if part and other and not set(part).isdisjoint(other):
        for i, j, size in SequenceMatcher(None, part, other, autojunk=False).get_matching_blocks():
            for step in range(size):
                to[head + i + step] = head + j + step
    return to


def _same_at_front(old: Sequence[int], new: Sequence[int]) -> int:
    size = min(len(old), len(new))
    return next((i for i in range(size) if old[i] != new[i]), size)


def _doubt_what_could_slide(old: list[int], new: list[int], to: list[int]) -> None:
    """Mark words beside a gap that could as well be the words in it: which “yeah” went cannot be told."""
    doubtful: set[int] = set()
    for left, right in _gaps(to, len(new)):
        j, after = (to[left] if left >= 0 else -1) + 1, to[right] if right < len(to) else len(new)
        lost, fresh = right - left - 1, after - j
        if lost and fresh and (lost == fresh or DOUBTFUL not in to[left + 1 : right]):
            continue  # something else stands in its place
        more = lost - fresh  # words that went, or came when negative
        step = 0
        while left - step >= 0 and to[left - step] == j - 1 - step:
            twin = old[left - step + more] if more > 0 else new[j - 1 - step - more]
            if twin != old[left - step]:
                break
            doubtful |= {left - step, left - step + max(more, 0)}
            step += 1
        step = 0
        while right + step < len(to) and to[right + step] == after + step:
            twin = old[right + step - more] if more > 0 else new[after + step + more]
            if twin != old[right + step]:
                break
            doubtful |= {right + step, right + step - max(more, 0)}
            step += 1
    for number in doubtful:
        to[number] = DOUBTFUL


def _gaps(to: list[int], length: int) -> Iterator[tuple[int, int]]:
    """Yield the certain words on either side of each gap; -1 and the length stand for the ends."""
    left, here = -1, -1
    for number, found in enumerate(to):
        if found >= 0:
            if number != left + 1 or found != here + 1:
                yield left, number
            left, here = number, found
    if left + 1 < len(to) or here + 1 < length:
        yield left, len(to)


def _find_moved(old: list[int], new: list[int], crossing: list[Block], to: list[int]) -> list[int]:
    """Match unique runs that changed their place, as far as they reach; return the strand of each token."""
    strand = [0] * len(to)
    taken = {found for found in to if found >= 0}
    number = 0
    for i, j, size in crossing:
        if any(to[i + step] != GONE or j + step in taken for step in range(size)):
            continue
        number += 1
        while i and j and to[i - 1] == GONE and j - 1 not in taken and old[i - 1] == new[j - 1]:
            i, j = i - 1, j - 1
        while i < len(to) and j < len(new) and to[i] == GONE and j not in taken and old[i] == new[j]:
            to[i], strand[i] = j, number
            taken.add(j)
            i, j = i + 1, j + 1
    return strand
