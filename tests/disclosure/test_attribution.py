"""Who is named beside a quote, and raw identifiers in a text."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.disclosure import Rules, attribution, identifiers, people_per_group

PEOPLE = {
    ("officer", "durham"): 2,
    ("officer", "west-midlands"): 4,
    ("provider", "durham"): 1,
    ("service_user", "thames-valley"): 2,
    ("interviewer", "thames-valley"): 9,
}


@pytest.mark.parametrize(
    ("role", "scheme", "expected"),
    [
        ("officer", "west-midlands", "Police officer, West Midlands"),
        ("officer", "durham", "Police officer"),
        ("provider", "durham", "Somebody who was interviewed, Durham"),
        ("service_user", "thames-valley", "Somebody who was interviewed"),
        ("unknown", "west-midlands", "Somebody who was interviewed, West Midlands"),
    ],
)
def test_an_attribution_is_as_detailed_as_its_group_is_large(role: str, scheme: str, expected: str) -> None:
    assert attribution({"role": role, "scheme": scheme}, PEOPLE, Rules(quote_group=3)) == expected


def test_people_are_counted_once_however_often_they_speak() -> None:
    turns = pd.DataFrame(
        {"person": ["a:P1", "a:P1", "b:P1"], "role": ["officer"] * 3, "scheme": ["durham", "durham", "durham"]}
    )
    assert people_per_group(turns) == {("officer", "durham"): 2}


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Ring me on 07700 900123 after six.", "phone", "07700 900123"),
        ("Office: +44 (0)20 7946 0018.", "phone", "+44 (0)20 7946 0018"),
        ("Write to jo.bloggs@example.org.uk please", "e-mail", "jo.bloggs@example.org.uk"),
        ("She lives at DH1 3LE now", "postcode", "DH1 3LE"),
        ("round w1a 1aa way", "postcode", "w1a 1aa"),
        ("My number is QQ 12 34 56 C", None, ""),
        ("My number is AB 12 34 56 C", "NI number", "AB 12 34 56 C"),
        ("NHS 943 476 5919 on file", "NHS number", "943 476 5919"),
        ("NHS 943 476 5918 on file", None, ""),
        ("PNC 2012/1234567K came up", "PNC id", "2012/1234567K"),
        ("dob: 03/04/1988", "date of birth", "dob: 03/04/1988"),
        ("born on the 3rd of April 1988 in", "date of birth", "born on the 3rd of April 1988"),
        ("seen 03.04.1988", "date of birth", "03.04.1988"),
        ("custody record no. DH/12345/22", "custody reference", "custody record no. DH/12345/22"),
        ("crime number 20DH/123456/22", "crime reference", "crime number 20DH/123456/22"),
        ("ref 20DV/12345A/21 it was", "crime reference", "20DV/12345A/21"),
        ("We saw 1,234 of 5,678 people in 2021/22, 45.3% (0.41 to 0.49).", None, ""),
        ("On 2022-03-31 component WM-08 and link A11→M09 held.", None, ""),
    ],
)
def test_raw_identifiers_are_found_and_ordinary_numbers_are_not(text: str, kind: str | None, found: str) -> None:
    expected = [] if kind is None else [(kind, text.index(found), text.index(found) + len(found))]
    assert identifiers(text) == expected


@given(st.text(max_size=80))
def test_law_found_places_lie_in_the_text_and_apart(text: str) -> None:
    padded = f"{text} 07700 900123 {text}"
    found = identifiers(padded)
    assert found
    assert all(0 <= start < end <= len(padded) for _, start, end in found)
    assert all(first[2] <= second[1] for first, second in pairwise(found))
