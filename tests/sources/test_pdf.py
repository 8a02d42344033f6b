"""PDF pages become paragraphs with speaker, line number and page, whatever way they are set."""

from pathlib import Path

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.sources import Line, Reading, read_transcript

SMALL = "#set page(width: 14cm, height: 9cm, margin: 1.5cm)\n#set text(hyphenate: false, size: 10pt)\n"
LONG = "I was walking home along the canal when they stopped me and asked where I had been that evening, "


def _read(folder: Path, source: str, name: str = "a.pdf") -> Reading:
    path = folder / name
    typst.compile(source.encode(), output=str(path))
    return read_transcript(path)


def _talk(reading: Reading) -> list[Line]:
    return [line for line in reading.lines if not line.aside]


def test_rows_of_a_paragraph_are_joined_and_labels_begin_new_ones(tmp_path: Path) -> None:
    source = SMALL + "#set par(spacing: 0.65em)\n" + f"INT: {LONG * 2}\n\nP1: Yes, – “so” café £5.\n\nINT: {LONG}\n"
    reading = _read(tmp_path, source)
    assert [line.text for line in _talk(reading)] == [
        f"INT: {LONG * 2}".strip(),
        "P1: Yes, – “so” café £5.",
        f"INT: {LONG}".strip(),
    ]
    assert reading.unit == "line"
    assert [line.number for line in reading.lines] == [1, 4, 5]


def test_paragraphs_run_over_pages_and_headers_footers_and_page_numbers_are_set_aside(tmp_path: Path) -> None:
    source = SMALL + (
        "#set page(header: [Study 7 – confidential])\n"
        "#set page(footer: context align(center)[Page #counter(page).display() of 3])\n"
        f"INT: So?\n\nP1: {LONG * 14}\n\nINT: {LONG * 4}\n"
    )
    reading = _read(tmp_path, source)
    assert [line.text for line in _talk(reading)] == [
        "INT: So?",
        f"P1: {LONG * 14}".strip(),
        f"INT: {LONG * 4}".strip(),
    ]
    asides = [(line.aside, line.text) for line in reading.lines if line.aside]
    pages = len(asides) // 2
    assert pages >= 2
    assert asides.count(("header", "Study 7 – confidential")) == pages
    assert {text for why, text in asides if why == "footer"} == {f"Page {page} of 3" for page in range(1, pages + 1)}


@pytest.mark.parametrize("each", [1, 5])
def test_printed_line_numbers_are_set_aside(tmp_path: Path, each: int) -> None:
    source = SMALL + f"#set par.line(numbering: n => if calc.rem(n, {each}) == 0 [#n])\n"
    source += f"INT: So?\n\nP1: {LONG * 8}\n\nINT: Well, {LONG * 5}\n\nP1: 12 of them.\n\nINT: {LONG * 3}"
    talk = _talk(_read(tmp_path, source))
    assert [line.text for line in talk] == [
        "INT: So?", f"P1: {LONG * 8}".strip(), f"INT: Well, {LONG * 5}".strip(), "P1: 12 of them.",
        f"INT: {LONG * 3}".strip(),
    ]  # fmt: skip
    assert [line.printed for line in talk[:4]] == [line.number for line in talk[:4]]


def test_a_table_of_speakers_and_words_gives_speakers(tmp_path: Path) -> None:
    said = ["So, what happened?", LONG * 2, "Go on.", f"Well, {LONG}", "And the course?", "It was fine, erm, yes."]
    cells = "".join(f"[{'INT:' if place % 2 == 0 else 'P1:'}], [{text}]," for place, text in enumerate(said))
    for table in ("#table(", "#grid(row-gutter: 6pt, "):
        reading = _read(tmp_path, SMALL + f"{table}columns: (2.5cm, 1fr), [Speaker], [Talk], {cells})")
        assert [(line.speaker, line.text) for line in _talk(reading)] == [
            ("INT" if place % 2 == 0 else "P1", text.strip()) for place, text in enumerate(said)
        ]
        assert [(line.aside, line.text) for line in reading.lines if line.aside] == [("table", "Speaker Talk")]


def test_a_column_of_times_gives_seconds(tmp_path: Path) -> None:
    cells = "".join(f"[00:0{n}:05], [P{n}], [{LONG}]," for n in range(1, 5))
    talk = _talk(_read(tmp_path, SMALL + f"#grid(columns: (2cm, 1.5cm, 1fr), row-gutter: 6pt, {cells})"))
    assert [(line.speaker, line.seconds) for line in talk] == [(f"P{n}", 60.0 * n + 5) for n in range(1, 5)]


def test_bold_leads_and_names_alone_on_a_line_are_kept_as_possible_speakers(tmp_path: Path) -> None:
    source = SMALL + f"= Interview 4\n\n*Sam Wood* {LONG}\n\n*Pat*\n\nYes, {LONG}\n"
    lines = _read(tmp_path, source).lines
    assert [(line.lead, line.text) for line in lines[-3:]] == [
        ("Sam Wood", f"Sam Wood {LONG}".strip()),
        ("Pat", "Pat"),
        (None, f"Yes, {LONG}".strip()),
    ]


def test_hyphens_at_the_end_of_rows_stay_as_printed_and_are_told(tmp_path: Path) -> None:
    source = SMALL + "INT: we talked about the follow-\\\nup and the self-\\\nreport of it.\n"
    reading = _read(tmp_path, source)
    assert [line.text for line in reading.lines] == ["INT: we talked about the follow-up and the self-report of it."]
    assert reading.doubts == ["2 rows end in a hyphen within a paragraph; kept as printed"]


def test_two_columns_of_running_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    source = "#set page(width: 20cm, height: 8cm, margin: 1cm, columns: 2)\n#set text(hyphenate: false)\n"
    source += "\n\n".join(f"{'INT' if n % 2 else 'P1'}: {n} {LONG}" for n in range(100, 108))
    numbers = [line.text.split()[1] for line in _talk(_read(tmp_path, source))]
    assert numbers == [str(n) for n in range(100, 108)]


def test_a_scan_an_encrypted_and_a_damaged_pdf_are_told_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.pdf: has no text layer: it is a scan\. Recognise its text first"):
        _read(tmp_path, SMALL + "#rect(width: 5cm, height: 3cm)")
    whole = (tmp_path / "a.pdf").read_bytes()
    (tmp_path / "b.pdf").write_bytes(whole[:200])
    with pytest.raises(InputError, match=r"b\.pdf: cannot be read as a PDF .* Copy it again"):
        read_transcript(tmp_path / "b.pdf")
    (tmp_path / "c.pdf").write_bytes(ENCRYPTED)
    with pytest.raises(InputError, match=r"c\.pdf: is encrypted with a password\. Open it with its password"):
        read_transcript(tmp_path / "c.pdf")


def test_a_page_without_text_among_others_is_told(tmp_path: Path) -> None:
    reading = _read(tmp_path, SMALL + "INT: So?\n#pagebreak()\n#rect(width: 5cm)\n#pagebreak()\nP1: Well.")
    assert reading.doubts == ["page 2: holds no text; a picture of a page?"]


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    turns=st.lists(
        st.lists(st.text("abcdefg", min_size=1, max_size=9), min_size=1, max_size=60), min_size=1, max_size=8
    ),
    gap=st.sampled_from(["0.65em", "1.2em"]),
    justify=st.sampled_from(["true", "false"]),
)
def test_every_word_of_the_pages_is_in_the_lines_once_and_in_order(
    tmp_path: Path, turns: list[list[str]], gap: str, justify: str
) -> None:
    source = SMALL + f"#set par(spacing: {gap}, justify: {justify})\n"
    source += "\n\n".join(f"P{n}: {' '.join(words)}" for n, words in enumerate(turns))
    lines = _talk(_read(tmp_path, source))
    assert [line.text for line in lines] == [f"P{n}: {' '.join(words)}" for n, words in enumerate(turns)]


# A PDF whose user password is not empty: its encryption dictionary alone makes readers ask for one.
ENCRYPTED = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/Length 40/O<28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a>\
/U<0000000000000000000000000000000000000000000000000000000000000000>>> endobj
trailer <</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]>>
%%EOF
"""
