"""Words for ethnicity, age, sex and faith are nobody's name, but people who are called so are found."""

import pytest

from workbench.language.names import find_names
from workbench.language.names_model import find_model

MODELS = ["auto", None] if find_model() else [None]


def _people(model: str | None, *passages: str) -> list[str]:
    [found] = find_names([passages], model=model)
    return [
        text[it.start : it.end]
        for text, each in zip(passages, found, strict=True)
        for it in each
        if it.kind == "person"
    ]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "text",
    [
        "Young Black lads get stopped more.",
        "Honestly, Young Black men know it. Gay Black people, too.",
        "Young Asian lads. Old White men. Elderly Black women.",
        "Black or White, Asian or Mixed, Young or Old.",
        "It was a Young Black lad and a White British woman.",
        "Black lads know. White lads know. Brown lads know. Young lads do not.",
        "Young Male. Gay Male. Black Muslim women.",
    ],
)
def test_words_for_people_are_no_names(model: str | None, text: str) -> None:
    assert _people(model, text) == []


@pytest.mark.parametrize("model", MODELS)
def test_people_who_are_called_so_are_found(model: str | None) -> None:
    talk = "Neil Young rang. Mr White was there, and so was PC Black. Then Vanessa White came, with Barry Brown."
    assert _people(model, talk) == ["Neil Young", "White", "Black", "Vanessa White", "Barry Brown"]
    assert "Dave" in " ".join(_people(model, "And then Young Dave came by."))


@pytest.mark.parametrize("model", MODELS)
def test_a_surname_met_in_a_document_is_not_every_word_for_people_in_it(model: str | None) -> None:
    found = _people(model, "Vanessa White came.", "White lads know. The Young Black lads, too.", "Then White said so.")
    assert found == ["Vanessa White", "White"]
