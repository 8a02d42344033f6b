"""Offsets of hits are exact whatever signs stand in the talk, and no search finds less than a naive one."""

import re

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_search_words import made

from workbench.corpus import Corpus
from workbench.corpus.tokens import find_tokens, plain
from workbench.errors import InputError

SIGNS = "aAbßİıſKéÉe\u0301 \n'’-.,👍🏽👩\u200d😀ﬁ_1İΣς\ufe0f\u00ad*"
talk = st.lists(st.text(st.sampled_from(SIGNS), max_size=14), min_size=1, max_size=5)
piece = st.text(st.sampled_from("aAbßİıſKéÉe'’-.👍😀1"), min_size=1, max_size=3)


def _check(corpus: Corpus, hits: pd.DataFrame) -> None:
    turns = corpus.turns.set_index(["document", "turn"])
    for hit in hits.itertuples():
        turn = turns.loc[(hit.document, hit.turn)]
        assert turn["start"] <= hit.start < hit.end <= turn["end"]
        assert corpus.text(str(hit.document))[hit.start : hit.end] == hit.quote
        assert corpus.text(str(hit.document))[turn["start"] : hit.start].endswith(hit.left)
        assert corpus.text(str(hit.document))[hit.end : turn["end"]].startswith(hit.right)


@settings(deadline=None)
@given(talk, piece, st.sampled_from(["words", "phrase", "regex"]))
@example(["ßßa", "İİa"], "a", "words")
def test_every_hit_is_its_quote_within_its_turn(said: list[str], query: str, how: str) -> None:
    corpus = Corpus([made(*said), made(*said[::-1], name="two")])
    try:
        hits = corpus.search(query, how=how)
    except InputError:
        return
    _check(corpus, hits)


@settings(deadline=None)
@given(
    talk,
    piece.map(re.escape)
    | st.sampled_from(
        [
            r"a+",
            r"(?i)i.?a",
            "[A-Z]",
            "(a|b)1?",
            "(?i)(s|k)b?",
            "(?:ab)?e",
            r"\w+",
            r"\Ba",
            r"\b\w",
            r"(?i)\w\b",
            r"[\da]+",
        ]
    ),
)
def test_skipping_turns_loses_no_match(said: list[str], pattern: str) -> None:
    corpus = Corpus([made(*said)])
    naive = [match[0] for text in said for match in re.finditer(pattern, text) if match[0]]
    assert corpus.search(pattern, how="regex")["quote"].tolist() == naive
    naive = [match[0] for text in said for match in re.finditer(pattern, text, re.IGNORECASE) if match[0]]
    assert (
        corpus.search(f"(?i:{pattern})" if "(?i)" not in pattern else pattern, how="regex")["quote"].tolist() == naive
    )


letters = st.text(st.sampled_from("ab'’- ,\n😀"), max_size=25)


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[ab]+(?:['’][ab]+)*|😀", text)]


@settings(deadline=None)
@given(
    st.lists(letters, min_size=1, max_size=5), st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=3)
)
def test_exact_words_are_found_wherever_a_naive_search_finds_them(said: list[str], query: list[str]) -> None:
    compounds = {"".join(pair) for text in said for pair in re.findall(r"(?=([ab]+)-([ab]+))", text)}
    naive = []
    for text in said:
        spans = _words(text)
        for place in range(len(spans) - len(query) + 1):
            run = spans[place : place + len(query)]
            if [text[start:end] for start, end in run] == query:
                naive.append(text[run[0][0] : run[-1][1]])
    hits = Corpus([made(*said)]).search(f'"{" ".join(query)}"')["quote"].tolist()
    if compounds:
        assert not set(naive) - set(hits)
    else:
        assert hits == naive


@given(st.text(st.characters(codec="utf-8")))
def test_folding_for_comparison_never_fails(word: str) -> None:
    tokens = find_tokens(word)
    assert all(0 <= start < end <= len(word) for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert (tokens.starts[1:] >= tokens.ends[:-1]).all()
    covered = "".join(word[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert sum(sign.isalnum() for sign in covered) == sum(sign.isalnum() for sign in word)
    assert plain(word).strip("\u00ad\u200c\u2060") == plain(word)
