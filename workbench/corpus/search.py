"""Search the talk: words, phrases and regular expressions, as keywords in context that can be coded."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from workbench.corpus.filters import OneOrMore, Passages, chosen_turns
from workbench.corpus.index import TalkIndex
from workbench.corpus.regex_search import FoldedTurns, find_phrase, find_regex
from workbench.corpus.word_search import find_words
from workbench.errors import InputError, Problem, Problems, did_you_mean

HOW = ("words", "phrase", "regex")
COLUMNS = ["document", "turn", "start", "end", "quote", "left", "right", "person", "role", "scheme", "wave"]
"""Of a table of hits."""


class TalkSearch:
    """Searches one corpus; its index is made at the first search for words and kept.

    Parameters
    ----------
    turns : pandas.DataFrame
        As `Corpus.turns`.
    """

    def __init__(self, turns: pd.DataFrame) -> None:
        self._turns = turns
        self._texts: list[str] = turns["text"].tolist()
        self._folded = FoldedTurns(self._texts)

    @cached_property
    def _index(self) -> TalkIndex:
        return TalkIndex(self._texts)

    def find(self, query: str, how: str, *, context: int, **where: OneOrMore) -> pd.DataFrame:
        """Return the hits of `query` in the turns that `where` chooses, in the order of the talk."""
        keep = chosen_turns(self._turns, **where)
        turns, starts, ends = self._places(query, how)
        kept = keep[turns]
        return self._table(turns[kept], starts[kept], ends[kept], context)

    def _places(self, query: str, how: str) -> tuple[Any, Any, Any]:
        if how == "words":
            return find_words(self._index, query)
        if how not in HOW:
            what, remedy = f"how is {how!r}", did_you_mean(how, HOW)
            raise InputError(Problem(place="search", what=what, choices=HOW, remedy=remedy))
        if how == "phrase":
            return find_phrase(self._folded, query)
        return find_regex(self._folded, lambda: self._index, query)

    def _table(self, turns: Any, starts: Any, ends: Any, context: int) -> pd.DataFrame:
        texts = [self._texts[turn] for turn in turns.tolist()]
        cuts = list(zip(texts, starts.tolist(), ends.tolist(), strict=True))
        first = self._turns["start"].to_numpy()[turns]
        words = {
            "quote": [text[begin:stop] for text, begin, stop in cuts],
            "left": [text[max(0, begin - context) : begin] for text, begin, _ in cuts],
            "right": [text[stop : stop + context] for text, _, stop in cuts],
        }
        found: dict[str, Any] = {"start": first + starts, "end": first + ends}
        found |= {name: pd.Series(said, dtype="str") for name, said in words.items()}
        kept = {name: self._turns[name].array.take(turns) for name in COLUMNS if name not in found}
        return pd.DataFrame(found | kept, columns=COLUMNS)


def among_coded(
    hits: pd.DataFrame,
    codings: pd.DataFrame | None,
    *,
    code: OneOrMore,
    uncoded: bool,
    documents: Sequence[str],
    whole: bool = True,
) -> pd.DataFrame:
    """Return the hits that lie within a coded passage, or with `uncoded` those that touch none.

    With `whole` False, hits that share a character with a coded passage are enough.

    Raises
    ------
    InputError
        If `code` or `uncoded` is asked for without the codings, or nothing is coded so.
    """
    if codings is None:
        if code is not None or uncoded:
            what = "code and uncoded need the codings"
            raise InputError(Problem(place="search", what=what, remedy="Give codings=store.codings()"))
        return hits
    if not uncoded:
        _check_used(code, codings)
    passages = Passages(codings, code, documents)
    keep = ~passages.touch(hits) if uncoded else passages.hold(hits) if whole else passages.touch(hits)
    return hits[keep].reset_index(drop=True)


def _check_used(code: OneOrMore, codings: pd.DataFrame) -> None:
    used, problems = sorted(codings["code"].unique()), Problems()
    for one in [code] if isinstance(code, str) else code or ():
        if one not in used:
            problems.add("search", f"nothing is coded {one!r}", choices=used, remedy=did_you_mean(one, used))
    problems.raise_if_any()
