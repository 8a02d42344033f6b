"""Printed line numbers are set aside; numbers that people say stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.sources import Line
from workbench.sources.line_numbers import printed_numbers


def _lines(texts: list[str]) -> list[Line]:
    return [Line(text=text, number=number) for number, text in enumerate(texts, 1)]


def _peeled(texts: list[str]) -> list[tuple[int | None, str]]:
    return [(line.printed, line.text) for line in printed_numbers(_lines(texts))]


def test_a_number_on_every_line_is_set_aside() -> None:
    assert _peeled(["1 INT: So?", "2\tP1: Well", "3", "4  we were 30 people", "5 | 30 people"]) == [
        (1, "INT: So?"), (2, "P1: Well"), (4, "we were 30 people"), (5, "30 people"),
    ]  # fmt: skip


def test_numbers_may_begin_anew_on_each_page() -> None:
    texts = [f"{number} words" for _ in range(3) for number in range(1, 9)]
    assert [printed for printed, _ in _peeled(texts)] == [*range(1, 9)] * 3


def test_a_number_on_every_fifth_line_is_set_aside_and_said_numbers_stay() -> None:
    texts = [f"{number} words" if number % 5 == 0 else "more words" for number in range(1, 32)]
    texts[6] = "20 people came"
    peeled = _peeled(texts)
    assert peeled[4] == (5, "words")
    assert peeled[6] == (7, "20 people came")
    assert [printed for printed, _ in peeled] == [*range(1, 31), None]


def test_lines_between_printed_numbers_are_counted_only_where_they_fit() -> None:
    page = [f"{number} words" if number % 5 == 0 else "more words" for number in range(1, 18)]
    assert [printed for printed, _ in _peeled([*page, *page])] == [*range(1, 16), None, None] * 2
    del page[11]  # the file counts an empty line that is not here
    assert [printed for printed, _ in _peeled([*page, "x", "y", "20 z"])] == [
        *range(1, 11), None, None, None, *range(15, 21),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "texts",
    [
        [f"{number}. How was it, then?" for number in range(1, 12)],
        [f"{number}) How was it, then?" for number in range(1, 12)],
        [f"P{number} I was there" for number in range(1, 12)],
        ["10 of us went", "and then", "20 more came", "so", "30 in the end", "and that was it", "40 or so"],
        ["2019 was bad", "2020 was worse", "so it was", "2021 well", "then I moved", "2023 now"],
        ["1 or 2", "yes", "2 of them", "no", "3 maybe"],
    ],
)
def test_numbers_that_are_part_of_the_talk_are_not_touched(texts: list[str]) -> None:
    assert _peeled(texts) == [(None, text) for text in texts]


def test_the_number_leaves_a_bold_lead_too() -> None:
    lines = [Line(text=f"{number} INT: So?", number=number, lead=f"{number} INT:") for number in range(1, 8)]
    assert {(line.text, line.lead) for line in printed_numbers(lines)} == {("INT: So?", "INT:")}


@settings(deadline=None)
@given(st.lists(st.text("ab 0159.", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=20))
def test_words_and_printed_numbers_together_are_the_words_of_before(texts: list[str]) -> None:
    after = [word for line in printed_numbers(_lines(texts)) for word in line.text.split()]
    before = [word for text in texts for word in text.split()]
    left = iter(before)
    assert all(word in left for word in after)
    assert all(word.isdigit() for word in set(before) - set(after))


@settings(deadline=None)
@given(texts=st.lists(st.text("abc ", min_size=1, max_size=9).map(str.strip).filter(bool), min_size=4, max_size=30))
def test_numbering_lines_and_reading_them_gives_the_lines_back(texts: list[str]) -> None:
    assert _peeled([f"{number} {text}" for number, text in enumerate(texts, 1)]) == [*enumerate(texts, 1)]
