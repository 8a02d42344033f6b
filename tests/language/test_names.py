"""Names in talk, in any case, with a model and without."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError, MissingPart
from workbench.language.letter_case import case_of, restore, to_lower
from workbench.language.name_vocabulary import Vocabulary
from workbench.language.names import find_names, names_model
from workbench.language.names_in_document import forms_of
from workbench.language.names_in_passage import Candidate
from workbench.language.names_model import find_model, read_with_model

TALK = [
    "Thanks, Sarah. Mr O'Neill lives in Durham.",
    "My name's Will, and he will go to see Grace O’Malley-Smith's mum.",
    "Dave Smith came from Newcastle upon Tyne to HMP Durham. Ring him on 07700 900123.",
    "Yeah. Okay. I might mark it, in March.",
]
MODELS = ["auto", None] if find_model() else [None]


def _people(passages: list[str], model: str | None, kind: str = "person") -> list[str]:
    [found] = find_names([passages], model=model)
    return [
        text[it.start : it.end] for text, each in zip(passages, found, strict=True) for it in each if it.kind == kind
    ]


@pytest.mark.parametrize("model", MODELS)
def test_people_are_found_without_title_or_possessive(model: str | None) -> None:
    assert _people(TALK, model)[:3] == ["Sarah", "O'Neill", "Will"]
    assert "Dave Smith" in _people(TALK, model)
    assert _people(["We went with Sarah’s lad."], model) == ["Sarah"]


@pytest.mark.parametrize("model", MODELS)
def test_ordinary_words_are_left_alone(model: str | None) -> None:
    assert _people([TALK[3], "Will you mark it? Grace is a nice thing to have.", "may i go on"], model) == []


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("write", [str.lower, str.upper])
def test_talk_in_one_case_still_has_its_names(model: str | None, write: object) -> None:
    passages = ["my name's kirsty and sarah o'neill told me", "thanks kirsty, go and see sarah in durham"]
    written = [passage.upper() if write is str.upper else passage for passage in passages]
    found = {name.lower() for name in _people(written, model)}
    assert {"kirsty", "sarah o'neill", "sarah"} <= found
    assert [name.lower() for name in _people(written, model, "place")] == ["durham"]


@pytest.mark.parametrize("model", MODELS)
def test_a_name_is_found_again_in_its_document_only(model: str | None) -> None:
    documents = [["My key worker is called Zbyszka. Then Zbyszka rang."], ["It was sunny."]]
    first, second = find_names(documents, model=model)
    assert len(first[0]) == 2
    assert second == [[]]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "text",
    [
        "We met the Canadians at Easter, and an Asian lad spoke Urdu.",
        "The GP and the CPS rang about a SIM. Codeine, mostly. Matron, Sarge.",
        "They passed the Bill in London, and the Russell Group of the University said so.",
        "so they just went to the headteacher with a screenshot of the website",
    ],
)
def test_peoples_drugs_abbreviations_jobs_and_bills_are_nobodys_names(model: str | None, text: str) -> None:
    assert _people([text], model) == []


@pytest.mark.parametrize("model", MODELS)
def test_a_surname_after_a_title_is_met_again_without_it(model: str | None) -> None:
    talk = ["We saw Mr Plumworth there.", "then Plumworth left", "and Justice Quillfeather came"]
    assert _people(talk, model) == ["Plumworth", "Plumworth", "Quillfeather"]
    assert _people(["mr hill rang, so i rang dr savage back"], model) == ["hill", "savage"]


def test_ordinary_words_do_not_spread_from_a_slip() -> None:
    vocabulary = Vocabulary(find_model())
    texts = ["Dan Just came. He just came.", *["It is just that."] * 20]
    found = [[Candidate(0, 8, "person", "names model", 4)], *[[] for _ in texts[1:]]]
    forms, _ = forms_of(texts, found, vocabulary, restored=True)
    assert "Dan Just" in forms
    assert "Just" not in forms


def test_known_names_are_found_in_any_case_and_identifiers_too() -> None:
    [[found]] = find_names([["so quibbly said ring 07700 900123"]], known=["Quibbly"], model=None)
    assert [(it.kind, it.why) for it in found] == [("person", "known"), ("phone", "pattern")]


def test_places_and_organisations_have_their_kinds() -> None:
    assert _people(TALK, None, "place") == ["Durham", "Newcastle upon Tyne"]
    assert _people(TALK, None, "organisation") == ["HMP Durham"]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from([*TALK, "", "sarah", "…", "İ. Ünal", "Zoë’s"]), max_size=4), max_size=3))
def test_law_mentions_have_the_shape_of_the_talk_and_lie_apart(documents: list[list[str]]) -> None:
    found = find_names(documents, model=None)
    assert [len(each) for each in found] == [len(each) for each in documents]
    for document, mentions in zip(documents, found, strict=True):
        for text, each in zip(document, mentions, strict=True):
            assert all(0 <= it.start < it.end <= len(text) for it in each)
            assert all(first.end <= second.start for first, second in pairwise(each))


@given(st.text())
def test_law_restoring_case_moves_nothing(text: str) -> None:
    small = to_lower(text)
    written = restore(small, lambda *_: True)
    assert len(small) == len(text) == len(written)
    assert written.casefold() == small.casefold()


def test_case_is_told_by_the_share_of_capitals() -> None:
    assert case_of(TALK) == "mixed"
    assert case_of([passage.lower() for passage in TALK]) == "lower"
    assert case_of([passage.upper() for passage in TALK]) == "upper"


def test_the_model_in_use_is_named() -> None:
    assert names_model().endswith("name lists")


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="en_none_md"):
        find_names([["Sarah"]], model="en_none_md")
    with pytest.raises(InputError, match="no spaCy model"):
        find_names([["Sarah"]], model=str(tmp_path))


@pytest.mark.skipif(not find_model(), reason="no names model here")
def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = find_model()
    assert folder is not None
    steps: list[tuple[int, int]] = []
    texts = TALK * 120
    alone = read_with_model(texts, folder)
    monkeypatch.setattr("workbench.language.names_model.ALONE", 0)
    together = read_with_model(texts, folder, progress=lambda done, of: steps.append((done, of)))
    assert together == alone
    assert steps[-1] == (480, 480)
