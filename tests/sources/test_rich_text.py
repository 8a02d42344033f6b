"""RTF files, written here by hand as Word, WordPad and dictation programs write them."""

import re
import tempfile
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.sources.line import Line, Reading
from workbench.sources.rich_text import read_rich_text

FONTS = (
    r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204{\*\fname Arial;}Arial Cyr;}{\f2\fcharset128 MS Mincho;}}"
)
HEAD = r"{\rtf1\ansi\ansicpg1252\uc1\deff0" + FONTS + r"{\colortbl;\red0\green0\blue0;}{\info{\title Not talk}}"


def _write(path: Path, body: str, head: str = HEAD, end: str = "}") -> Path:
    path.write_bytes((head + body + end).encode("latin-1"))
    return path


def _read(tmp_path: Path, body: str, head: str = HEAD, end: str = "}") -> Reading:
    return read_rich_text(_write(tmp_path / "a.rtf", body, head, end))


def test_bold_speakers_breaks_tabs_and_numbers(tmp_path: Path) -> None:
    body = (
        r"\pard\plain {\b INT:} So, what\line\b Sam:\b0  Nothing.\par"
        "\r\n"
        r"P1\tab Well\par\par {\listtext 3.\tab}{\b Ann}\par"
    )
    reading = _read(tmp_path, body)
    assert list(reading.lines) == [
        Line(text="INT: So, what", number=1, lead="INT:"),
        Line(text="Sam: Nothing.", number=1, lead="Sam:"),
        Line(text="P1\tWell", number=2, lead="P1"),
        Line(text="Ann", number=4, lead="Ann"),
    ]
    assert (reading.encoding, reading.unit, list(reading.doubts)) == ("cp1252", "paragraph", [])


def test_characters_of_every_kind(tmp_path: Path) -> None:
    body = r"It\rquote s \'93fine\'94 \endash  \u8220?quoted\u8221\'94 {\uc2\u8212 --}{\uc0\u233}" + "\xe9 "
    body += r"\u-10179?\u-8694? \u55357\'3f\u56832\'3f twenty\_one\~pounds co\-op \{x\} \\ {\f1\'c4\'e0} {\f2\'82\'a0}"
    assert _read(tmp_path, body).lines[0].text == "It’s “fine” – “quoted” —éé 😊 😀 twenty-one pounds coop {x} \\ Да あ"


def test_code_pages_other_than_windows_1252(tmp_path: Path) -> None:
    assert _read(tmp_path, r"\'c4\'e0", r"{\rtf1\ansi\ansicpg1251 ").lines[0].text == "Да"
    assert _read(tmp_path, r"\'8e", r"{\rtf1\mac ").lines[0].text == "é"
    reading = _read(tmp_path, r"a\'81b")
    assert reading.lines[0].text == "a\ufffdb"
    assert reading.doubts == ["some characters are not of its code page (cp1252) and were read as \ufffd"]


def test_headers_notes_comments_boxes_deleted_and_hidden_words_are_aside(tmp_path: Path) -> None:
    body = (
        r"{\header Interview 3\par}{\headerf Interview 3\par}{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
        r"P1: I did DIP{\super\chftn{\footnote\pard\plain {\super\chftn} A course.\par}}"
        r"{\deleted  once}{\v  secret} there"
        r"{\*\atnid Al}{\*\atnauthor Al}\chatn{\*\annotation{\*\atndate 5}Check.\par}"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt In Kent\par}}"
        r"{\shprslt{\*\do\dptxbx{\dptxbxtext In Kent\par}}}}.\par"
        r"{\field{\*\fldinst{HYPERLINK http://x}}{\fldrslt{\ul the site}}}{\*\bkmkstart a}{\pict\wmetafile8 0102{}}\par"
    )
    reading = _read(tmp_path, body)
    assert list(reading.lines) == [
        Line(text="Interview 3", number=1, aside="header"),
        Line(text="P1: I did DIP there.", number=1),
        Line(text="once", number=1, aside="deleted"),
        Line(text="secret", number=1, aside="note"),
        Line(text="A course.", number=1, aside="footnote"),
        Line(text="Check.", number=1, aside="comment"),
        Line(text="In Kent", number=1, aside="note"),
        Line(text="the site", number=2),
        Line(text="Page 1", number=2, aside="footer"),
    ]
    assert reading.doubts == [
        "paragraph 1: holds tracked changes; read as accepted",
        "paragraph 1: hidden text was read as a note",
        "the header was set aside (1 line)",
        "the footer was set aside (1 line)",
    ]


def test_headings_by_style_or_level_are_aside(tmp_path: Path) -> None:
    styles = r"{\stylesheet{\s0 Normal;}{\s1\sb240\b\f0 heading 1;}}"
    body = styles + r"\pard\s1\b Part one\b0\par\pard\s0 INT: Go on.\par\pard\outlinelevel0 Part two\par"
    assert [(line.text, line.aside) for line in _read(tmp_path, body).lines] == [
        ("Part one", "heading"),
        ("INT: Go on.", ""),
        ("Part two", "heading"),
    ]


def test_tables_and_tables_within_tables(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return r"\trowd\cellx1\cellx2\pard\intbl " + "".join(cell + r"\cell " for cell in cells) + r"\row" + "\n"

    talk = (
        row("INT", "So how was it for you?")
        + row(r"P1", r"Well, it was fine.\par Mostly.")
        + row("INT", "And the course?")
    )
    inner = r"\par\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx1\nestrow}"
    inner += r"{\nonesttables\par}\pard\intbl "
    body = talk + r"\pard After.\par " + row("Age" + inner, "40") + r"\pard End.\par"
    assert [(line.text, line.speaker, line.number, line.aside) for line in _read(tmp_path, body).lines] == [
        ("So how was it for you?", "INT", 1, ""),
        ("Well, it was fine.", "P1", 2, ""),
        ("Mostly.", "P1", 2, ""),
        ("And the course?", "INT", 3, ""),
        ("After.", None, 4, ""),
        ("Age | 40", None, 5, "table"),
        ("x | y", None, 5, "table"),
        ("End.", None, 6, ""),
    ]


def test_words_written_twice_for_old_readers_and_raw_bytes_of_pictures(tmp_path: Path) -> None:
    body = r"{\upr{old}{\*\ud{n\u233?w}}} {\pict\bin5 }{}}\}{\nonshppict{\pict 01}} end \bin3 {{{.\par"
    assert [line.text for line in _read(tmp_path, body).lines] == ["néw end ."]


def test_files_that_end_too_early_or_too_late_are_read_and_told(tmp_path: Path) -> None:
    early = _read(tmp_path, r"INT: Go {\b on.", end="")
    assert [(line.text, line.aside) for line in early.lines] == [("INT: Go on.", "")]
    assert early.doubts == ["ends before its last brace; it may be cut short"]
    late = _read(tmp_path, r"INT: Go {\b on.}\par", end="} INT: more")
    assert [(line.text, line.aside) for line in late.lines] == [("INT: Go on.", ""), ("INT: more", "note")]
    assert late.doubts == ["has 9 characters after its end, read as a note"]


def test_what_does_not_begin_as_rtf_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(b"PK\x03\x04 something")
    with pytest.raises(InputError, match=r"a.rtf: cannot be read as an RTF file"):
        read_rich_text(path)


@st.composite
def _bodies(draw: st.DrawFn) -> tuple[str, list[str]]:
    numbers = count(1)
    words: list[str] = []

    def word(letter: str) -> str:
        words.append(f"{letter}{next(numbers)}")
        return f"{words[-1]} "

    forms = {
        "t": ["{}", r"{{\b {}}}", r"{{\field{{\*\fldinst{{CODE}}}}{{\fldrslt {}}}}}",
              r"{{\revised {}}}", r"\u8220?{}", r"\'93{}\'94"],
        "d": [r"{{\deleted {}}}"], "h": [r"{{\v {}}}"], "c": [r"{{\*\annotation{{\*\atndate 1}} {}}}"],
        "f": [r"{{\footnote\pard {}\par}}", r"{{\footnote\ftnalt {}}}"],
        "b": [r"{{\shp{{\*\shpinst{{\shptxt {}\par}}}}}}"],
    }  # fmt: skip

    def inline() -> str:
        letter = draw(st.sampled_from("ttttdhcfb"))
        form: str = draw(st.sampled_from(forms[letter]))
        return form.format(word(letter)) + draw(st.sampled_from(["", r"\line ", r"\tab ", r"\'97"]))

    def paragraph() -> str:
        return "".join(inline() for _ in range(draw(st.integers(0, 6))))

    def block() -> str:
        if draw(st.integers(0, 2)):
            return rf"\pard {paragraph()}\par "
        cells = "".join(rf"{paragraph()}\cell " for _ in range(draw(st.integers(1, 3))))
        return rf"\trowd\pard\intbl {cells}\row "

    return "".join(block() for _ in range(draw(st.integers(1, 6)))), words


@seed(3)
@settings(max_examples=150, deadline=None)
@given(_bodies())
def test_every_word_of_an_rtf_file_comes_out_once_in_order_and_aside_for_its_own_reason(
    made: tuple[str, list[str]],
) -> None:
    body, words = made
    with tempfile.TemporaryDirectory() as folder:
        lines = read_rich_text(_write(Path(folder) / "a.rtf", body)).lines
    found = [(word, line.aside) for line in lines for word in re.findall(r"\b[a-z]\d+\b", line.text)]
    assert Counter(word for word, _ in found) == Counter(words)
    for letter in {word[0] for word in words}:
        places = [int(word[1:]) for word, _ in found if word[0] == letter]
        assert places == sorted(places)
    reasons = {"d": {"deleted"}, "h": {"note"}, "f": {"footnote"}, "c": {"comment"}, "b": {"note"}, "t": {"", "table"}}
    assert all(aside in reasons[word[0]] for word, aside in found)


@given(st.text(alphabet="\\{}'*abcu0123 \n-", max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_damage_makes_reading_fail(rubbish: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reading = read_rich_text(_write(Path(folder) / "a.rtf", rubbish, head=r"{\rtf1 kept ", end=""))
    assert reading.lines[0].text.startswith("kept")
