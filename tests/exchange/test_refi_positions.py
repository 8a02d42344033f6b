"""Positions survive normal forms and ways of counting."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.exchange.refi.positions import Counting, normalised

PIECES = [
    "a",
    "e",
    " ",
    "\n",
    "\r\n",
    "\r",
    "é",
    "e\u0301",
    "\u0301",
    "\u0323\u0307",
    "😀",
    "👩\u200d👧",
    "\u2028",
    "\ufeff",
    "\u1100\u1161\u11a8",
    "가",
    "\u11a8",
    "Å",
    "\u0344",
    "न\u093c",
    "\u09c7\u09be",
    "ﬁ",
    "\x85",
    "\x00",
    "<\u0338",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
COUNTINGS = st.builds(Counting, st.booleans(), st.booleans(), st.booleans())


def plainly(text: str) -> str:
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


@settings(deadline=None)
@given(TEXTS)
def test_the_normal_form_is_nfc_with_line_feeds_and_no_mark(text: str) -> None:
    assert normalised(text).text == plainly(text)


@settings(deadline=None, max_examples=400)
@given(TEXTS, st.data())
def test_a_passage_keeps_its_words_or_those_of_the_signs_that_it_cuts(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    normal = normalised(text)
    new_start, new_end = normal.span(start, end)
    found = normal.text[new_start:new_end]
    parted = plainly(text[:start]) + plainly(text[start:end]) + plainly(text[end:])
    at_signs = not any(unicodedata.combining(sign) for at in (start, end) for sign in text[at : at + 1])
    if parted == normal.text and at_signs and "\ufeff" not in text:
        assert found == plainly(text[start:end])
    elif start < end:
        assert len(found) >= len(plainly(text[start:end]).strip("\ufeff")) - 1


@settings(deadline=None)
@given(TEXTS)
def test_the_ends_stay_the_ends(text: str) -> None:
    normal = normalised(text)
    assert normal.span(0, len(text)) == (0, len(normal.text))


@settings(deadline=None)
@given(TEXTS, st.data())
def test_positions_keep_their_order(text: str, data: st.DataObject) -> None:
    one, other = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    alignment = normalised(text).alignment
    assert alignment.start(one) <= alignment.start(other)
    assert alignment.end(one) <= alignment.end(other)


def counted_plainly(text: str, position: int, counting: Counting) -> int:
    """The position that a program counting so would write, from its own view of the text."""
    before = text[:position]
    if not counting.marked:
        before = before.removeprefix("\ufeff")
    if counting.break_is_one:
        before = before.replace("\r\n", "\n")
    return len(before.encode("utf-16-le")) // 2 if counting.utf16 else len(before)


@settings(deadline=None, max_examples=400)
@given(TEXTS, COUNTINGS, st.data())
@example("\ufeff😀\r\na", Counting(False, True, True), None)
def test_what_a_program_counted_is_found_again(text: str, counting: Counting, data: st.DataObject | None) -> None:
    position = len(text) if data is None else data.draw(st.integers(0, len(text)))
    if text[position - 1 : position + 1] == "\r\n" or (position == 0 and text.startswith("\ufeff")):
        position = 0 if not text.startswith("\ufeff") else 1  # no program has a place within a break or before a mark
    alignment = counting.alignment(text)
    counted = counted_plainly(text, position, counting)
    assert alignment.start(counted) == position
    assert alignment.end(counted) in (position, 0)
