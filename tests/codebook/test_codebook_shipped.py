"""The shipped codebook holds what it is said to hold."""

import re
from collections import Counter

import pytest

from workbench.codebook import Code, Codebook, read_codebook
from workbench.definitions import shipped
from workbench.theory import Theory, read_theory


@pytest.fixture(scope="module")
def theory() -> Theory:
    return read_theory(shipped("codebooks/diversion") / "theory.yaml")


@pytest.fixture(scope="module")
def codebook(theory: Theory) -> Codebook:
    return read_codebook(shipped("codebooks/diversion") / "codebook.yaml", theory)


def patterns_found(code: Code, text: str) -> int:
    """Count how often a code's patterns match a text, in the way suggestions are made."""
    import spacy
    from spacy.matcher import Matcher, PhraseMatcher

    language = spacy.blank("en")
    phrases = PhraseMatcher(language.vocab, attr="LOWER")
    phrases.add("phrase", [language.make_doc(pattern) for pattern in code.patterns if isinstance(pattern, str)])
    found = len(phrases(language(text)))
    token_patterns = [pattern for pattern in code.patterns if not isinstance(pattern, str)]
    if token_patterns:
        matcher = Matcher(language.vocab, validate=True)
        matcher.add("tokens", token_patterns)
        found += len(matcher(language(text)))
    return found


def test_it_loads_with_nothing_for_a_person_to_look_at(codebook: Codebook) -> None:
    assert codebook.check() == []


def test_it_has_deductive_codes_for_talk_and_a_few_inductive_ones(codebook: Codebook) -> None:
    assert Counter(code.kind for code in codebook.codes.values()) == {"deductive": 49, "inductive": 5}


def test_every_mechanism_has_a_code(codebook: Codebook, theory: Theory) -> None:
    mechanisms = {name for name, node in theory.nodes.items() if node.type == "mechanism"}
    assert mechanisms - set(codebook.codes) == set()


def test_every_code_says_where_it_ends_and_why_its_near_miss_is_one(codebook: Codebook) -> None:
    for code in codebook.codes.values():
        assert all([code.include, code.exclude, code.example, code.patterns])
        assert re.fullmatch(r"'.+' – not this[^:]*: .+\.|'.+' – not this[^:]*: .+", code.near_miss), code.id


def test_codes_that_are_pointed_to_exist(codebook: Codebook) -> None:
    for code in codebook.codes.values():
        pointed = re.findall(r"\b[CAMXOI]\d\d\b", f"{code.include} {code.exclude} {code.near_miss}")
        assert [other for other in pointed if other not in codebook.codes] == []
        assert re.findall(r"\b[CAMXOI]\d\d\b", f"{code.exclude} {code.near_miss}"), code.id


def test_every_example_is_suggested_by_its_own_patterns(codebook: Codebook) -> None:
    silent = [code.id for code in codebook.codes.values() if patterns_found(code, code.example) == 0]
    assert silent == []


def test_every_link_of_the_theory_may_be_used_as_a_code(codebook: Codebook, theory: Theory) -> None:
    assert list(codebook.link_codes) == list(theory.links)
    assert codebook.name("A11->M09") == "Education session → Teachable moment"
