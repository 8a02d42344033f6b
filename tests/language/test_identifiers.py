"""Direct identifiers, written and said, at their exact places; and ordinary talk that has none."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.language.identifiers import identifiers

DIGIT = st.sampled_from("0123456789")
LETTER = st.sampled_from("ABDEFGHJLNPRSTUVWXY")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
AROUND = st.sampled_from(["so anyway", "he said", "and then", "I think", "we went home", "you know what I mean"])


def _digits(number: int) -> st.SearchStrategy[str]:
    return st.text(DIGIT, min_size=number, max_size=number)


FORMS = {
    "phone": st.one_of(
        _digits(6).map(lambda rest: f"07700 {rest}"),
        _digits(6).map(lambda rest: f"07700, {rest[:3]}, {rest[3:]}"),
        _digits(6).map(lambda rest: "oh seven seven double oh " + " ".join(WORDS[int(digit)] for digit in rest)),
    ),
    "e-mail": st.sampled_from(["jo.bloggs@example.org", "jo dot bloggs at example dot co dot uk"]),
    "postcode": st.sampled_from(["DH1 3LE", "w1a 1aa", "b twelve eight q q", "D H one three L E"]),
    "date of birth": st.sampled_from(["born on the fourth of March nineteen eighty-two", "DOB 4/3/82", "date of birth is 4 March 1982"]),  # noqa: E501
    "collar number": st.one_of(
        _digits(4).map(lambda number: f"PC {number}"), _digits(4).map(lambda number: f"collar number is {number}")
    ),
    "vehicle plate": st.one_of(
        st.tuples(LETTER, LETTER).map(lambda two: f"{two[0]}B62 X{two[1]}R"), st.sampled_from(["P123 XYR", "XYR 123D"])
    ),
    "social handle": st.sampled_from(["@big_dave90", "@bigdave"]),
    "crime reference": st.sampled_from(["crime number 20DH/123456/22", "CAD 1234", "log 123 of 4 May", "12AB3456722"]),
    "custody reference": st.sampled_from(["custody record no. DH/12345/22", "custody number 22/1234"]),
    "reference number": st.sampled_from(["12345/67", "44220012345"]),
    "NI number": st.sampled_from(["AB 12 34 56 C", "AB123456C"]),
}  # fmt: skip


@settings(deadline=None)
@given(st.data(), st.sampled_from(sorted(FORMS)), AROUND, AROUND)
def test_law_each_form_is_found_at_its_exact_place(data: st.DataObject, kind: str, before: str, after: str) -> None:
    form = data.draw(FORMS[kind])
    text = f"{before}, {form}; {after}."
    assert identifiers(text) == [(kind, len(before) + 2, len(before) + 2 + len(form))]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["07700 900123", "PC 1234", "born 4 May", "DH1 3LE", "oh seven", "no. 12/34", "@x", "is"]))
)
def test_law_what_is_found_lies_apart(parts: list[str]) -> None:
    text = " ".join(parts)
    found = identifiers(text)
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    assert all(first[2] <= second[1] for first, second in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "section 136 in 2021/22", "10 to 15 people", "about 1984", "30 pounds at 10 o'clock", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10",  # noqa: E501
        "zero one two three four five six seven eight nine", "M09 and A11", "look at google dot com", "140/90",
        "snapchat is full of dealers", "class A, class B, 28 grams", "@media (min-width) { }", "born in Durham", "a PS5 game",  # noqa: E501
        "no 2000 is what they said", "number one two three", "July 2012 to May 2013", "0 10 20 30 40",
    ],
)  # fmt: skip
def test_ordinary_talk_has_no_identifier(text: str) -> None:
    assert identifiers(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("my snapchat is bigdave", "social handle", "bigdave"),
        ("insta: big.dave, follow me", "social handle", "big.dave"),
        ("application (no. 18403/91) was", "reference number", "18403/91"),
        ("see ref ABC/123 there", "reference number", "ABC/123"),
        ("NHS number is nine four three, four seven six, five nine one nine", "NHS number", None),
        ("a van, reg p123 xyr", "vehicle plate", "p123 xyr"),
    ],
)
def test_a_cue_beside_it_gives_an_identifier_away(text: str, kind: str, found: str | None) -> None:
    form = found or text
    assert identifiers(text) == [(kind, text.index(form), text.index(form) + len(form))]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("date of birth", "my date of birth's the twelfth of June nineteen seventy nine"),
        ("date of birth", "I was born on the 3rd of May 1984"),
        ("date of birth", "he's born 12/6/79"),
        ("date of birth", "her birthday is the second of April eighty-five"),
        ("date of birth", "d.o.b. twelve six seventy-nine"),
        ("date of birth", "born twelfth of the sixth seventy nine"),
        ("phone", "oh one nine one, four nine six, oh one two three"),
        ("phone", "it's 0191 496 0123"),
        ("phone", "oh seven seven oh oh, nine double oh, one two three"),
        ("collar number", "his shoulder number's 4521"),
        ("collar number", "PC four five two one"),
        ("collar number", "my collar number is A four five two one"),
        ("NHS number", "my NHS number's nine four three four seven six five nine one nine"),
        ("NI number", "NI number is QQ123456C"),
        ("NI number", "national insurance is A B one two three four five six C"),
        ("postcode", "D H one three L E"),
        ("crime reference", "log number 412 of 3 May"),
        ("crime reference", "crime number's 12345/22"),
        ("custody reference", "custody reference's 01DH/2345/22"),
        ("PNC id", "PNC number is 2001/0123456X"),
        ("vehicle plate", "reg is P123 XYR"),
        ("e-mail", "jo underscore bloggs at hotmail dot co dot uk"),
        ("social handle", "insta is jo_90"),
    ],
)
def test_what_people_say_of_themselves_is_found_by_its_kind(kind: str, said: str) -> None:
    assert kind in [found for found, _, _ in identifiers(said)]


@pytest.mark.parametrize("text", ["100000000 is a hundred million", "born two three years ago", "born one two"])
def test_round_and_vague_numbers_are_nobodys(text: str) -> None:
    assert identifiers(text) == []
