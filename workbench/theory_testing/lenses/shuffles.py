"""Passages of codes, where they meet, and how codes are shuffled among passages and among transcripts."""

from collections.abc import Iterator
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

BURN_IN, BETWEEN = 20, 2
"""Rounds of trades before the first shuffle of transcripts is taken, and from one to the next."""


def join_passages(group: Array, start: Array, end: Array) -> tuple[Array, Array, Array]:
    """Join what overlaps within a group: each row's passage, and each passage's first row and its end."""
    order = np.lexsort((start, group))
    apart = group[order].astype("int64") * (int(end.max()) + 1)  # groups one after another on one line
    begins, reach = apart + start[order], np.maximum.accumulate(apart + end[order])
    new = np.r_[True, begins[1:] >= reach[:-1]]
    whose = np.empty(len(group), dtype="int64")
    whose[order] = np.cumsum(new) - 1
    heads = np.flatnonzero(new)
    return whose, order[heads], np.maximum.reduceat(end[order], heads)


def meetings(document: Array, start: Array, end: Array) -> tuple[Array, Array]:
    """Return all pairs of passages of one document that share a character or more, each once."""
    order = np.lexsort((start, document))
    apart = document[order].astype("int64") * (int(end.max()) + 1)
    begins = apart + start[order]
    later = np.searchsorted(begins, apart + end[order], side="left") - np.arange(len(order)) - 1
    one = np.repeat(np.arange(len(order)), later)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(later) - later, later)
    return order[one], order[other]


def shuffle_passages(document: Array, code: Array, permutations: int, rng: np.random.Generator) -> Array:
    """Shuffle codes among the passages of each document: permutations × passages."""
    shuffled = np.empty((permutations, len(code)), dtype=np.min_scalar_type(int(code.max())))
    order = np.lexsort((code, document))  # the order of the rows does not matter
    for here in np.split(order, np.flatnonzero(np.diff(document[order])) + 1):
        shuffled[:, here] = rng.permuted(np.broadcast_to(code[here], (permutations, len(here))), axis=1)
    return shuffled


def shuffle_documents(has: Array, permutations: int, rng: np.random.Generator) -> Iterator[Array]:
    """Yield shuffles of documents × codes that keep all sums of rows and of columns: global curveball trades.

    In a round the documents trade in pairs: what only one of two has is dealt out anew, each keeping its number.
    """
    has, half = has.copy(), len(has) // 2
    for turn in range(BURN_IN + permutations * BETWEEN):
        mixed = rng.permutation(len(has))
        left, right = mixed[:half], mixed[half : 2 * half]
        only = has[left] ^ has[right]
        mine = (has[left] & only).sum(axis=1, keepdims=True)
        draw = np.where(only, rng.random(only.shape), 2.0)
        ranked = np.c_[np.sort(draw, axis=1), np.full(half, 2.0)]  # all fall to the left where none is the right's
        dealt = np.take_along_axis(ranked, mine, axis=1)
        has[left], has[right] = (
            (has[left] & ~only) | (draw < dealt) & only,
            (has[right] & ~only) | (draw >= dealt) & only,
        )
        if turn >= BURN_IN and (turn - BURN_IN) % BETWEEN == BETWEEN - 1:
            yield has


def together(has: Array, pairs: tuple[Array, Array]) -> Array:
    """Return how many documents have both of each pair of codes; has: documents × codes."""
    whole_words = np.pad(has, ((0, -len(has) % 64), (0, 0)))
    words = np.ascontiguousarray(np.packbits(whole_words, axis=0).T).view("uint64").T
    found = np.zeros(len(pairs[0]), dtype="int64")
    for word in words:
        found += np.bitwise_count(word[pairs[0]] & word[pairs[1]])
    return found
