"""Patterns are refused before they reach the matcher, and those that pass are accepted by it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.codebook import pattern_fault


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("  ", "the phrase is empty"),
        ([], "the list of tokens is empty"),
        (True, "True is neither a phrase nor a list of tokens; put phrases in quotes"),
        (["wake"], "token 1: 'wake' is no token description such as {LOWER: word}"),
        ([{"LOWR": "wake"}], "token 1: 'LOWR' is no token attribute"),
        ([{"LOWER": "a"}, {"POS": "NOUN"}], "token 2: POS needs a trained language model; use LOWER"),
        ([{"LOWER": "Wake"}], "token 1: LOWER holds 'Wake', which never matches; write it in lower case"),
        ([{"LOWER": "wake up"}], "token 1: LOWER holds 'wake up'; one token holds no blank"),
        ([{"LOWER": True}], "bare yes, no, on and off"),
        ([{"LOWER": {"IN": ["me", True]}}], "bare yes, no, on and off"),
        ([{"LOWER": {"IN": []}}], "token 1: LOWER: IN takes a list of words"),
        ([{"LOWER": {"REGEX": "("}}], "token 1: LOWER: '(' is no regular expression"),
        ([{"LOWER": {"LIKE": "a"}}], "token 1: LOWER: 'LIKE' is no condition"),
        ([{"LOWER": {}}], "token 1: LOWER says nothing"),
        ([{"LOWER": 7}], "token 1: LOWER holds 7; it takes a word in quotes"),
        ([{"OP": "x"}], "token 1: OP is 'x'"),
        ([{"IS_DIGIT": "true"}], "token 1: IS_DIGIT is 'true'; it takes true or false"),
        ([{"LENGTH": "3"}], "token 1: LENGTH is '3'"),
    ],
)
def test_a_pattern_that_cannot_match_is_refused_with_its_reason(pattern: Any, told: str) -> None:
    assert told in str(pattern_fault(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        "made me think",
        [{"LOWER": "wake"}, {"OP": "?"}, {"LOWER": "call", "OP": "{1,2}"}],
        [{"LOWER": {"REGEX": "^think"}}, {"IS_PUNCT": True}, {"LENGTH": {">=": 3}}],
        [{"LOWER": {"IN": ["on", "off"]}}, {"LIKE_NUM": True}],
    ],
)
def test_a_pattern_that_can_match_passes(pattern: Any) -> None:
    assert pattern_fault(pattern) is None


words = st.text("abcdé'0", min_size=1, max_size=4)
tokens = st.fixed_dictionaries(
    {"LOWER": words | st.fixed_dictionaries({"IN": st.lists(words, min_size=1)})},
    optional={"OP": st.sampled_from(["!", "?", "+", "*", "{2}", "{1,}", "{,3}"]), "IS_ALPHA": st.booleans()},
)


@settings(max_examples=50, deadline=None)
@given(st.lists(tokens, min_size=1, max_size=4))
def test_what_passes_here_is_accepted_by_the_matcher(pattern: list[dict[str, Any]]) -> None:
    import spacy
    from spacy.matcher import Matcher

    matcher = Matcher(spacy.blank("en").vocab, validate=True)
    assert pattern_fault(pattern) is None
    matcher.add("code", [pattern])
    assert len(matcher) == 1
