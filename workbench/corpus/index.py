"""An index of the talk: every word's number, place and form, held in memory."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from workbench.corpus.inflection import lemmas
from workbench.corpus.tokens import Places, find_tokens, plain, without_accents

Mask = npt.NDArray[np.bool_]
BREAK = 0
"""Stands between two turns, so that no phrase runs from one into the next."""


class TalkIndex:
    """Where each word is said.

    Parameters
    ----------
    texts : Sequence[str]
        The turns' words.

    Attributes
    ----------
    words : numpy.ndarray
        Number of each word in `spellings`, in the order of the talk, `BREAK` after each turn.
    starts, ends : numpy.ndarray
        Offsets of each word in its turn.
    breaks : numpy.ndarray
        Where in `words` each turn's break is.
    spellings : list of str
        The different words as written; the first is the break.
    forms : list of str
        The different words as `tokens.plain` writes them.
    form_of : numpy.ndarray
        Number of each spelling's form in `forms`.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        talk = "\n".join(texts)
        tokens = find_tokens(talk)
        lengths = np.array([len(text) for text in texts], dtype=np.int64)
        begins = np.concatenate([[0], np.cumsum(lengths + 1)[:-1]]) if len(texts) else lengths
        counts = np.diff(np.searchsorted(tokens.starts, np.append(begins, len(talk) + 1)))
        shift = np.repeat(begins, counts).astype(np.int32)
        said = [talk[start:end] for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
        numbers, self.spellings = _number(said)
        numbered = {"": BREAK}
        forms = [numbered.setdefault(plain(each), len(numbered)) for each in self.spellings]
        self.form_of: Places = np.array(forms, dtype=np.int32)
        self.forms = list(numbered)
        after = np.cumsum(counts)
        self.words: Places = np.insert(numbers, after, BREAK).astype(np.int32)
        self.starts: Places = np.insert(tokens.starts - shift, after, 0)
        self.ends: Places = np.insert(tokens.ends - shift, after, 0)
        self.breaks: Places = (after + np.arange(len(texts))).astype(np.int32)
        self._compounds(numbers, tokens.hyphened)

    def _compounds(self, numbers: Places, hyphened: Mask) -> None:
        pairs = np.unique(np.stack([numbers[:-1][hyphened[:-1]], numbers[1:][hyphened[:-1]]]), axis=1).T
        self.compounds: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for first, second in pairs.tolist():
            parts = self.forms[self.form_of[first]], self.forms[self.form_of[second]]
            self.compounds["".join(parts)].add(parts)

    @cached_property
    def _postings(self) -> tuple[Places, npt.NDArray[np.int64]]:
        order = np.argsort(self.words, kind="stable").astype(np.int32)
        return order, np.searchsorted(self.words[order], np.arange(len(self.spellings) + 1))

    @cached_property
    def _lemmas(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for number, form in enumerate(self.bare):
            for lemma in lemmas(form) if number else ():
                found[lemma].append(number)
        return found

    @cached_property
    def bare(self) -> list[str]:
        """The forms without accents."""
        return [form if form.isascii() else without_accents(form) for form in self.forms]

    def inflected(self, word: str) -> Mask:
        """Return which spellings are forms of a word; accents count when the word has them."""
        bare = without_accents(word)
        numbers = {number for lemma in lemmas(bare) for number in self._lemmas.get(lemma, ())}
        return self._mask([n for n in numbers if bare == word or self.forms[n] != self.bare[n]])

    def exactly(self, word: str) -> Mask:
        """Return which spellings are this word, whatever its case; accents count when the word has them."""
        bare = without_accents(word)
        return self._mask([n for n, form in enumerate(self.forms) if form == word or (bare == word == self.bare[n])])

    def matching(self, wildcard: str) -> Mask:
        """Return which spellings match a word with `*` (any signs) in it."""
        pattern = re.compile(".*".join(map(re.escape, wildcard.split("*"))))
        forms = self.bare if without_accents(wildcard) == wildcard else self.forms
        return self._mask([n for n, form in enumerate(forms) if n and pattern.fullmatch(form)])

    def _mask(self, numbers: list[int]) -> Mask:
        mask = np.zeros(len(self.forms), dtype=bool)
        mask[numbers] = True
        mask[BREAK] = False
        return np.asarray(mask[self.form_of])

    def places(self, mask: Mask) -> Places:
        """Return where in `words` any of these spellings is written, in order."""
        found = [self.written(int(number)) for number in np.flatnonzero(mask)]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.int32)

    def written(self, number: int) -> Places:
        """Return where in `words` one spelling is written, in order."""
        order, begins = self._postings
        return order[begins[number] : begins[number + 1]]


def _number(said: list[str]) -> tuple[Places, list[str]]:
    """Give each different word as written a number from 1."""
    import pandas as pd

    codes, written = pd.factorize(np.array(said, dtype=object))
    return (codes + 1).astype(np.int32), ["", *written]
