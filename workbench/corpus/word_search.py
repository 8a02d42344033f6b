"""Find words, phrases and words near one another in the index."""

import numpy as np

from workbench.corpus.index import Mask, TalkIndex
from workbench.corpus.query import Near, Word, read_query
from workbench.corpus.tokens import Places

Stretches = tuple[Places, Places]
"""First and last word of each find, as places in `TalkIndex.words`, in order."""


def find_words(index: TalkIndex, query: str) -> tuple[Places, Places, Places]:
    """Return turn, start and end of each find: positions of turns, offsets in the turn.

    Of the finds of several alternatives, those that begin and end alike are one.
    """
    parts = [_near(index, near) for near in read_query(query)]
    both = np.unique(np.concatenate([first.astype(np.int64) << 32 | last for first, last in parts]))
    first, last = (both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32)
    return np.searchsorted(index.breaks, first).astype(np.int32), index.starts[first], index.ends[last]


def _near(index: TalkIndex, near: Near) -> Stretches:
    first, last = _phrase(index, near.phrases[0])
    for phrase, within in zip(near.phrases[1:], near.within, strict=True):
        first, last = _pairs(index, (first, last), _phrase(index, phrase), within)
    return first, last


def _phrase(index: TalkIndex, words: list[Word]) -> Stretches:
    """Follow the phrase word by word from where its first word is said."""
    first: Places | None = None
    last = np.zeros(0, dtype=np.int32)
    for alternatives in _slots(index, words):
        begun, ended = [], []
        for masks in alternatives:
            starts = index.places(masks[0]) if first is None else first
            ends = starts - 1 if first is None else last
            for mask in masks:
                keep = mask[index.words[ends + 1]]
                starts, ends = starts[keep], ends[keep] + 1
            begun.append(starts)
            ended.append(ends)
        first, last = np.concatenate(begun), np.concatenate(ended)
    order = np.lexsort((last, first)) if first is not None else np.zeros(0, dtype=int)
    return (last if first is None else first)[order], last[order]


def _slots(index: TalkIndex, words: list[Word]) -> list[list[list[Mask]]]:
    """Return for each place in the phrase its alternatives, each a run of one or two words.

    A compound is found however it is written: well-being, wellbeing, well being.
    """
    slots: list[list[list[Mask]]] = []
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1 : place + 2]
        if after and "wildcard" not in (word.how, after[0].how) and _is_compound(index, word, after[0]):
            one = Word(word.text + after[0].text, word.how)
            slots.append([[_part(index, word), _part(index, after[0])], [_mask(index, one)]])
            place += 2
            continue
        alternatives = [[_mask(index, word)]]
        if word.how != "wildcard":
            pairs = sorted(index.compounds.get(word.text, ()))
            alternatives += [[_part(index, Word(part, word.how)) for part in pair] for pair in pairs]
        slots.append(alternatives)
        place += 1
    return slots


def _is_compound(index: TalkIndex, word: Word, after: Word) -> bool:
    return word.hyphened or (word.text, after.text) in index.compounds.get(word.text + after.text, ())


def _mask(index: TalkIndex, word: Word) -> Mask:
    find = {"inflected": index.inflected, "exact": index.exactly, "wildcard": index.matching}[word.how]
    return find(word.text)


def _part(index: TalkIndex, word: Word) -> Mask:
    """Return which spellings are this part of a compound: harm and harming, but not is for the being of well-being."""
    like = np.array([form[:3] == word.text[:3] for form in index.forms], dtype=bool)[index.form_of]
    return np.asarray(_mask(index, word) & (like | index.exactly(word.text)))


def _pairs(index: TalkIndex, one: Stretches, other: Stretches, within: int) -> Stretches:
    """Join each stretch with the nearest of the other kind, before or after it, in the same turn."""
    if not len(one[0]) or not len(other[0]):
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    by_end = np.sort(other[1])
    begins_of = other[0][np.argsort(other[1], kind="stable")]
    after = np.searchsorted(other[0], one[1], side="right")
    before = np.searchsorted(by_end, one[0]) - 1
    next_at, last_at = np.minimum(after, len(other[0]) - 1), np.maximum(before, 0)
    far = np.iinfo(np.int32).max
    ahead = np.where(after < len(other[0]), other[0][next_at] - one[1], far)
    behind = np.where(before >= 0, one[0] - by_end[last_at], far)
    forward = ahead <= behind
    first = np.where(forward, one[0], begins_of[last_at])
    last = np.where(forward, other[1][next_at], one[1])
    keep = np.minimum(ahead, behind) <= within
    first, last = first[keep], last[keep]
    same = np.searchsorted(index.breaks, first) == np.searchsorted(index.breaks, last)
    return first[same].astype(np.int32), last[same].astype(np.int32)
