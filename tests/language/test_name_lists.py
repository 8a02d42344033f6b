"""Lists of names, the words among them, and who may be one person."""

import pytest

from workbench.errors import MissingPart
from workbench.language import name_lists
from workbench.language.name_lists import given_names, ordinary_words, places, same_person, surnames


def test_lists_hold_names_of_several_countries() -> None:
    assert {"sarah", "mohammed", "siobhan", "agnieszka", "priya"} <= given_names()
    assert {"smith", "o'brien", "khan"} <= surnames()
    assert {"durham", "newcastle upon tyne", "west midlands", "france"} <= places()


def test_words_that_are_names_are_known_as_such() -> None:
    assert {"will", "mark", "grace", "may", "rose", "reading"} <= ordinary_words()
    assert not {"sarah", "durham", "kirsty"} & ordinary_words()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Dave", "David", True),
        ("david", "DAVE", True),
        ("Baz", "Barry", True),
        ("Dave", "Daniel", False),
        ("Jo", "Jo", True),
    ],
)
def test_short_forms_are_one_person(first: str, second: str, same: bool) -> None:
    assert same_person(first, second) is same
    assert same_person(second, first) is same


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_lists, "find_spec", lambda *_: None)
    with pytest.raises(MissingPart, match=r"faker.*\[names\]"):
        name_lists._package("faker")
