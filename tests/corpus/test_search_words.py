"""Search finds words in every form and spelling, phrases and patterns, and its offsets are exact."""

import re

import pandas as pd
import pytest

from workbench.corpus import Corpus, Document, Turn
from workbench.corpus.inflection import lemmas
from workbench.corpus.pattern_parts import needed_strings, within_one_word
from workbench.errors import InputError


def made(*said: str, roles: tuple[str, ...] = ("officer",), name: str = "one", **attributes: str) -> Document:
    text, turns = "", []
    for number, words in enumerate(said, 1):
        text += "P: "
        turns.append(
            Turn(number=number, speaker=f"P{number % len(roles)}", start=len(text), end=len(text) + len(words), line=1)
        )
        text += words + "\n"
    speakers = {f"P{number % len(roles)}": roles[number % len(roles)] for number in range(len(roles))}
    return Document(
        id=name, text=text, turns=turns, source=f"{name}.txt", sha256="", attributes=attributes, roles=speakers
    )


def found(query: str, *said: str, how: str = "words") -> list[str]:
    return Corpus([made(*said)]).search(query, how=how)["quote"].tolist()


SAME = """organise organize organised organising organisation organization organisations
colour color colours coloured
programme program programmes programs
licence license licensed licensing
centre center centres centred centered
behaviour behavior behaviours
travel travelled traveled travelling traveling
judgement judgment judgements
offence offense offences
defence defense
practise practice practised practices
analyse analyze analysed analyzing
paedophile pedophile paedophiles
counsellor counselor counsellors
fulfil fulfill fulfilled
misdemeanour misdemeanor
officer officers officer's
police policed policing
refer referred referring refers
go goes went gone going
think thinks thought thinking
person people
woman women women's
traffic trafficking trafficked
call called calling
apply applies applied
process processes processed
sentence sentenced sentences
lie lied lying"""


@pytest.mark.parametrize("forms", [line.split() for line in SAME.splitlines()], ids=lambda forms: forms[0])
def test_every_form_and_spelling_finds_every_other(forms: list[str]) -> None:
    for form in forms:
        assert found(form, *forms) == forms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("officer", "office"), ("diversion", "diverse"), ("policy", "police"), ("provide", "provider"),
        ("referral", "refer"), ("organ", "organise"), ("university", "universe"), ("hope", "hop"), ("it", "it's"),
        ("custom", "custody"), ("user", "use"), ("design", "designate"), ("neighbour", "neighbourhood"),
        ("general", "generation"),
    ],
)  # fmt: skip
def test_words_of_another_kind_are_other_words(one: str, other: str) -> None:
    assert not lemmas(one) & lemmas(other)


def test_words_stand_side_by_side_in_one_turn() -> None:
    assert found("made me think", "It makes me -- think. Made me", "think again, making me think") == [
        "makes me -- think",
        "making me think",
    ]


def test_exact_words_wildcards_alternatives_and_words_near_one_another() -> None:
    said = "They warned me about rent arrears at the housing office. Housing: no arrears; a crime, criminals."
    assert found('"warn"', said) == []
    assert found("“warned” me", said) == ["warned me"]
    assert found("crim*", said) == ["crime", "criminals"]
    assert found("self-harm*", "self-harming, self harmed, selfharm") == ["self-harming", "self harmed"]
    assert found("*ing", said) == ["housing", "Housing"]
    assert found("crime OR warning", said) == ["warned", "crime"]
    assert found("housing NEAR/2 arrears", said) == ["Housing: no arrears"]
    assert found("housing NEAR/3 arrears", said) == ["arrears at the housing", "Housing: no arrears"]
    assert found("housing NEAR/9 arrears", "housing", "arrears") == []


def test_apostrophes_hyphens_numbers_accents_and_emoji() -> None:
    assert found("don't", "Don’t, don't, dont") == ["Don’t", "don't"]
    for query in ("well-being", "wellbeing", "well being"):
        assert found(query, "Wellbeing, well-being, well being. Well, is it?") == [
            "Wellbeing",
            "well-being",
            "well being",
        ]
    assert found("therapist", "the rapist") == []
    assert found("1,200", "£1,200 or 1200") == ["1,200"]
    assert found("sian", "Siân and Sian") == ["Siân", "Sian"]
    assert found("Siân", "Siân and Sian") == ["Siân"]
    assert found("👍", "fine 👍🏽 yes 👍") == ["👍🏽", "👍"]
    assert found("fine 👍", "fine 👍🏽 yes") == ["fine 👍🏽"]
    assert found("👩‍👩‍👧", "a 👩‍👩‍👧!") == ["👩‍👩‍👧"]
    assert found("straße", "STRASSE, Straße") == ["STRASSE", "Straße"]


def test_a_phrase_is_found_as_written_and_whole() -> None:
    assert found("it's  a", "It’s a; it's\na. fruit's a", how="phrase") == ["It’s a", "it's\na"]
    assert found("50%", "150%, 50%, 50%-ish", how="phrase") == ["50%", "50%"]
    assert found("think", "thinking", how="phrase") == []


def test_a_regular_expression_is_python_s_and_stays_in_its_turn() -> None:
    assert found(r"^\w+", "One two", "three", how="regex") == ["One", "three"]
    assert found(r"two.three", "two", "three", how="regex") == []
    assert found(r"(?s)P.*", "two", "three", how="regex") == []
    assert found("x*", "axxb", how="regex") == ["xx"]


@pytest.mark.parametrize(
    ("query", "how", "told"),
    [
        ("(", "regex", r"'\(', at sign 1: missing \), unterminated subpattern.*put \\ before each"),
        ("a{9999999999999}", "regex", "too large"),
        ("", "words", "it holds no word"),
        ("?!", "words", "it holds no word"),
        (" ", "phrase", "it holds no word"),
        ('"open', "words", "a quotation mark is open"),
        ("OR police", "words", "no word on one side"),
        ("housing NEAR/3", "words", "no word on one side"),
        ("police AND trust", "words", "AND is no operator here.*NEAR/50"),
        ("(job OR work) centre", "words", "there are no groups here.*job centre OR work centre"),
        ("c*", "words", "too few letters for a wildcard"),
        ("x", "word", "how is 'word'.*Did you mean 'words'"),
    ],
)
def test_a_query_that_cannot_be_read_is_told(query: str, how: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        found(query, "some talk", how=how)


def test_a_pattern_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.corpus.regex_search.SECONDS", 0.2)
    with pytest.raises(InputError, match=r"not finished after .* so that no part is taken for the whole"):
        found(r"(a+)+b$", "a" * 40 + "c b", how="regex")


@pytest.fixture
def three() -> Corpus:
    return Corpus(
        [
            made("a warning", "warn me", roles=("officer", "interviewer"), name="a", scheme="durham", wave="1"),
            made("warned", roles=("provider",), name="b", scheme="durham", wave="2"),
            made("no warnings here, warning", roles=("officer",), name="c", scheme="west-midlands", wave="1"),
        ]
    )


def test_filters_take_one_value_or_several(three: Corpus) -> None:
    assert three.search("warn", role="officer")["document"].tolist() == ["a", "c", "c"]
    assert three.search("warn", scheme=["durham"], wave={"1", "2"})["document"].tolist() == ["a", "a", "b"]
    assert three.search("warn", document="b")["person"].tolist() == ["b:P0"]
    assert three.search("warn", how="regex", speaker="P1", wave="1")["quote"].tolist() == ["warn"]
    with pytest.raises(InputError, match=r"no turn has the role 'oficer'.*Did you mean 'officer'"):
        three.search("warn", role="oficer")


def test_only_in_passages_coded_so_or_in_none(three: Corpus) -> None:
    start = three.text("c").index("warnings")
    codings = pd.DataFrame(
        [("c", start, start + 13, "M09"), ("a", 3, 12, "M10"), ("gone", 0, 9, "M09")],
        columns=["document", "start", "end", "code"],
    )
    assert three.search("warn", codings=codings)["quote"].tolist() == ["warning", "warnings"]
    assert three.search("warn", codings=codings, code="M09")["quote"].tolist() == ["warnings"]
    outside = three.search("warn", codings=codings, code="M09", uncoded=True)
    assert outside[["document", "quote"]].values.tolist() == [
        ["a", "warning"], ["a", "warn"], ["b", "warned"], ["c", "warning"],
    ]  # fmt: skip
    assert len(three.search("warn", codings=codings.head(0))) == 0
    assert len(three.search("warn", codings=codings.head(0), uncoded=True)) == 5
    with pytest.raises(InputError, match="code and uncoded need the codings"):
        three.search("warn", code="M09")


def test_a_corpus_without_talk_has_no_hits() -> None:
    for how in ("words", "phrase", "regex"):
        assert Corpus([]).search("x", how=how).empty
        assert Corpus([made("talk")]).search("nothing", how=how)["quote"].str.len().sum() == 0


def test_a_pattern_within_words_is_told_from_others() -> None:
    within = [r"\bwarn\w*", "(job|work)s?", "[A-Z]{3,}", r"(a)\1", r"\d+"]
    others = ["didn.t", r"\bno\b.*", "^Yeah", r"a(?= b)", "[^a]", r"a\s", "[À-ÿ]", "don't"]
    assert [pattern for pattern in within + others if within_one_word(re.compile(pattern))] == within


def test_what_every_match_must_hold_is_told_from_the_pattern() -> None:
    def needed(pattern: str) -> list[str]:
        compiled = re.compile(pattern)
        return needed_strings(compiled, ignore_case=bool(compiled.flags & re.IGNORECASE))

    assert needed(r"\bwarn\w*") == ["warn"]
    assert needed("(job|work)s?") == ["job", "work"]
    assert needed("police.{0,30}trust") == ["police"]
    assert needed("(?i)Polic(e|y)") == ["polic"]
    assert needed("(a|b*)x?") == []
    assert needed("[A-Z]{3,}") == []


def test_a_pseudonym_is_one_word_that_no_other_word_finds() -> None:
    talk = "I rang [Person 48]'s mum, some person in [Place 3]."
    assert found("persons", talk) == ["person"]
    assert found('"[Person 48]"', talk) == found("[Person 48]", talk, how="phrase") == ["[Person 48]"]
    assert found("mums", talk) == ["mum"]
    assert found(r"\d+", talk, how="regex") == ["48", "3"]
    assert found(r"\bPers\w+", talk, how="regex") == ["Person"]
