"""What another program counted is decided by what fits, and told."""

from pathlib import Path

import pytest
from refi_files import inline_source, passage, project, qdpx, text_source, told

from workbench.exchange.refi import read_project
from workbench.exchange.refi.counting import same_words

TALK = (
    "Ann: We met 😀 at the café.\nBob: I was told nothing.\n\n"
    "Ann: Not even 👩‍👧 the date?\nBob: Nothing\u2028at all, no.\n"
)
QUOTES = (
    "We met 😀 at",
    "told nothing",
    "even 👩‍👧 the date",
    "Nothing\u2028at all",
    "no.\n",
    "Bob: I was told nothing.\n\nAnn",
)
WAYS = [
    pytest.param(
        mark, line_end, mark_counts, break_counts, units, id=f"{mark}-{line_end!r}-{mark_counts}-{break_counts}-{units}"
    )
    for mark in ("", "\ufeff")
    for line_end in ("\n", "\r\n", "mixed")
    for mark_counts in ((0, 1) if mark else (0,))
    for break_counts in ((1, 2) if line_end != "\n" else (1,))
    for units in ("code points", "UTF-16")
]


def foreign(talk: str, line_end: str) -> list[str]:
    """Each sign of a text as the other program writes it; mixed line ends begin with a plain one."""
    first = talk.index("\n") if line_end == "mixed" else -1
    ends = {"mixed": "\r\n"}.get(line_end, line_end)
    return [ends if sign == "\n" and number != first else sign for number, sign in enumerate(talk)]


def counted(before: str, mark: int, break_counts: int, units: str) -> int:
    shown = before.replace("\r\n", "\n") if break_counts == 1 else before
    return mark + (len(shown.encode("utf-16-le")) // 2 if units == "UTF-16" else len(shown))


def written(
    path: Path,
    mark: str,
    line_end: str,
    mark_counts: int,
    break_counts: int,
    units: str,
    *,
    names: bool = True,
    quotes: tuple[str, ...] = QUOTES,
) -> Path:
    passages, signs = [], foreign(TALK, line_end)
    for number, quote in enumerate(quotes):
        at = TALK.index(quote)
        ends = [counted("".join(signs[:to]), mark_counts, break_counts, units) for to in (at, at + len(quote))]
        passages.append(passage(number, *ends, name=" ".join(quote.split()) if names else None))
    raw = (mark + "".join(signs)).encode()
    return qdpx(path, project(text_source("".join(passages))), {"sources/one.txt": raw})


@pytest.mark.parametrize(("mark", "line_end", "mark_counts", "break_counts", "units"), WAYS)
def test_each_way_of_counting_gives_the_same_words(
    tmp_path: Path, mark: str, line_end: str, mark_counts: int, break_counts: int, units: str
) -> None:
    found = read_project(written(tmp_path / "a.qdpx", mark, line_end, mark_counts, break_counts, units))
    (source,) = found.sources
    assert source.text == TALK
    assert [source.text[s.start : s.end] for s in source.selections] == list(QUOTES)
    assert [s.name for s in source.selections] == [""] * len(QUOTES), "a name that is only the words says nothing more"


def test_without_words_the_ends_of_passages_decide_when_they_are_clear(tmp_path: Path) -> None:
    quotes = ("told nothing", "even 👩‍👧 the", "Not even", "the date", "at all", "the café", "We met")
    path = written(tmp_path / "a.qdpx", "\ufeff", "\r\n", 1, 1, "UTF-16", names=False, quotes=quotes)
    found = read_project(path)
    assert [found.sources[0].text[s.start : s.end] for s in found.sources[0].selections] == list(quotes)
    assert "ends of passages are ends of words" in told(found)


def test_where_nothing_tells_the_ways_apart_code_points_are_taken_and_it_is_said(tmp_path: Path) -> None:
    xml = project(text_source(passage(1, 3, 4)))
    found = read_project(qdpx(tmp_path / "a.qdpx", xml, {"sources/one.txt": "😀 , , , ,".encode()}))
    assert (found.sources[0].selections[0].start, found.sources[0].selections[0].end) == (3, 4)
    assert "does not say how its positions are counted" in told(found)


def test_a_plain_text_raises_no_question(tmp_path: Path) -> None:
    xml = project(text_source(passage(1, 0, 3)))
    found = read_project(qdpx(tmp_path / "a.qdpx", xml, {"sources/one.txt": b"Ann said so."}))
    assert found.problems == ()


def test_an_end_that_is_the_last_sign_is_seen_by_the_words(tmp_path: Path) -> None:
    xml = project(text_source(passage(1, 0, 2, name="Ann") + passage(2, 4, 7, name="said")))
    found = read_project(qdpx(tmp_path / "a.qdpx", xml, {"sources/one.txt": b"Ann said so."}))
    assert [found.sources[0].text[s.start : s.end] for s in found.sources[0].selections] == ["Ann", "said"]
    assert "the end as the last sign" in told(found)


def test_positions_beyond_the_text_show_the_way_of_counting(tmp_path: Path) -> None:
    talk = "So 😀😀😀 , ..."
    units = len(talk.encode("utf-16-le")) // 2
    xml = project(text_source(passage(1, units - 3, units)))
    found = read_project(qdpx(tmp_path / "a.qdpx", xml, {"sources/one.txt": talk.encode()}))
    assert found.sources[0].text[found.sources[0].selections[0].start :] == "..."
    assert "UTF-16" in told(found)


def test_a_composed_text_keeps_the_words_of_a_decomposed_one(tmp_path: Path) -> None:
    talk = "Ame\u0301lie said so to Ame\u0301lie"
    at = talk.index("said")
    xml = project(text_source(passage(1, at, at + 4, name="said") + passage(2, 0, 7, name="Amélie")))
    found = read_project(qdpx(tmp_path / "a.qdpx", xml, {"sources/one.txt": talk.encode()}))
    assert [found.sources[0].text[s.start : s.end] for s in found.sources[0].selections] == ["said", "Amélie"]


def test_text_within_the_xml_is_read_with_its_passages(tmp_path: Path) -> None:
    xml = project(inline_source("Ann & Bob said <so>.", passage(1, 6, 9, name="Bob")))
    found = read_project(qdpx(tmp_path / "a.qdpx", xml))
    assert found.sources[0].text == "Ann & Bob said <so>."
    assert [found.sources[0].text[s.start : s.end] for s in found.sources[0].selections] == ["Bob"]


def test_text_within_the_xml_may_have_been_counted_with_two_signs_a_break(tmp_path: Path) -> None:
    talk = "One.\nTwo.\nThree is more."
    at = talk.replace("\n", "\r\n").index("Three")
    xml = project(inline_source(talk, passage(1, at, at + 8, name="Three is")))
    found = read_project(qdpx(tmp_path / "a.qdpx", xml))
    assert [found.sources[0].text[s.start : s.end] for s in found.sources[0].selections] == ["Three is"]


@pytest.mark.parametrize(
    ("words", "passage_", "same"),
    [
        ("I was told…", "I was told nothing", True),
        ("I was told...", "I was told nothing", True),
        ("I was told nothing", "I was\n\ntold nothing", True),
        ("I was", "I was told nothing", False),
        ("Quotation 6:1", "I was told nothing", False),
        ("", "", True),
    ],
)
def test_words_are_compared_without_blanks(words: str, passage_: str, same: bool) -> None:
    assert same_words(words, passage_) is same
