"""OpenDocument texts, written here by hand as LibreOffice writes them."""

import re
import tempfile
import zipfile
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.sources.line import Line, Reading
from workbench.sources.open_document import read_open_document

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(
    f'xmlns:{short}="{_ODF}{long}:1.0"'
    for short, long in (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
                        ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"))
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def _style(name: str, properties: str = "", family: str = "text", parent: str = "") -> str:
    look = f"<style:text-properties {properties}/>" if properties else ""
    based = f'style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}" {based}>{look}</style:style>'


BOLD = _style("T1", 'fo:font-weight="bold"')


def _write(path: Path, body: str, automatic: str = BOLD, named: str = "", masters: str = "") -> Path:
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = (
        f"<office:document-styles {_NAMES}><office:styles>{named}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        container.writestr("content.xml", content)
        container.writestr("styles.xml", styles)
    return path


def _read(tmp_path: Path, body: str, **parts: str) -> Reading:
    return read_open_document(_write(tmp_path / "a.odt", body, **parts))


def _p(inner: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def _bold(text: str) -> str:
    return f'<text:span text:style-name="T1">{text}</text:span>'


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<table:table-cell>{_p(text)}</table:table-cell>" for text in row) for row in rows)
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in cells)}</table:table>"


def test_speakers_blanks_tabs_and_line_breaks(tmp_path: Path) -> None:
    body = _p(f"{_bold('INT:')} So,<text:s text:c='3'/>what\n happened?<text:line-break/>{_bold('P1:')} Nothing.")
    body += _p("P1<text:tab/>Well<text:soft-page-break/> then.") + _p("") + _p(_bold("Ann"))
    assert list(_read(tmp_path, body).lines) == [
        Line(text="INT: So, what happened?", number=1, lead="INT:"),
        Line(text="P1: Nothing.", number=1, lead="P1:"),
        Line(text="P1\tWell then.", number=2, lead="P1"),
        Line(text="Ann", number=4, lead="Ann"),
    ]


def test_bold_hidden_and_heading_styles_are_inherited(tmp_path: Path) -> None:
    named = _style("Strong", 'fo:font-weight="700"') + _style("Heading_20_1", family="paragraph")
    named += _style("Secret", 'text:display="none"')
    automatic = _style("T1", parent="Strong") + _style("T2", parent="Secret") + _style("T3", 'fo:font-weight="normal"')
    automatic += _style("P1", family="paragraph", parent="Heading_20_1")
    automatic += _style("P2", 'fo:font-weight="bold"', family="paragraph")
    body = "<text:h>Interview 3</text:h>" + _p("Part one", "P1") + _p(f"{_bold('INT:')} Go on.")
    body += _p(
        'Sam:<text:span text:style-name="T3"> Yes.</text:span><text:span text:style-name="T2">no</text:span>', "P2"
    )
    reading = _read(tmp_path, body, named=named, automatic=automatic)
    assert list(reading.lines) == [
        Line(text="Interview 3", number=1, aside="heading"),
        Line(text="Part one", number=2, aside="heading"),
        Line(text="INT: Go on.", number=3, lead="INT:"),
        Line(text="Sam: Yes.", number=4, lead="Sam:"),
        Line(text="no", number=4, aside="note"),
    ]
    assert reading.doubts == ["paragraph 4: hidden text was read as a note"]


def test_notes_annotations_and_boxes_follow_their_paragraph(tmp_path: Path) -> None:
    note = f"<text:note-citation>1</text:note-citation><text:note-body>{_p('A course.')}</text:note-body>"
    note = f"<text:note>{note}</text:note>"
    comment = f"<office:annotation><dc:creator>Al</dc:creator><dc:date>2024</dc:date>{_p('Check.')}</office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>In Kent</text:p></draw:text-box><svg:desc>a box</svg:desc></draw:frame>"
    reading = _read(tmp_path, _p(f"P1: I did DIP{note}, you{comment} know{box}, last year.") + _p("INT: Ok."))
    assert list(reading.lines) == [
        Line(text="P1: I did DIP, you know, last year.", number=1),
        Line(text="A course.", number=1, aside="footnote"),
        Line(text="Check.", number=1, aside="comment"),
        Line(text="In Kent", number=1, aside="note"),
        Line(text="INT: Ok.", number=2),
    ]
    assert reading.doubts == ["1 footnote set aside", "1 comment set aside"]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    info = "<office:change-info><dc:creator>Al</dc:creator></office:change-info>"
    regions = "".join(
        f'<text:changed-region text:id="c{at}"><text:deletion>{info}{inner}</text:deletion></text:changed-region>'
        for at, inner in enumerate((_p("was told"), _p("one") + _p("two"), _p("stray")))
    )
    body = f'<text:tracked-changes>{regions}<text:changed-region text:id="c9"><text:insertion>{info}</text:insertion>'
    body += "</text:changed-region></text:tracked-changes>"
    body += _p(
        'INT: He <text:change text:change-id="c0"/><text:change-start text:change-id="c9"/>went<text:change-end/> home.'
    )
    body += '<text:change text:change-id="c1"/>' + _p("P1: Yes.")
    reading = _read(tmp_path, body)
    assert [(line.text, line.number, line.aside) for line in reading.lines] == [
        ("INT: He went home.", 1, ""),
        ("was told", 1, "deleted"),
        ("one", 1, "deleted"),
        ("two", 1, "deleted"),
        ("P1: Yes.", 2, ""),
        ("stray", 2, "deleted"),
    ]
    assert reading.doubts == ["paragraph 1: holds 2 tracked changes; read as accepted"]


def test_headers_and_footers_of_every_master_page_are_told_once(tmp_path: Path) -> None:
    page = "<style:header>{0}</style:header><style:header-left>{0}</style:header-left>{1}"
    page = f"<style:master-page>{page}</style:master-page>"
    masters = page.format(_p("Interview 3"), "<style:footer>" + _p("Page 1") + "</style:footer>") * 2
    assert [(line.text, line.aside) for line in _read(tmp_path, _p("INT: Hello."), masters=masters).lines] == [
        ("Interview 3", "header"),
        ("INT: Hello.", ""),
        ("Page 1", "footer"),
    ]


def test_tables_lists_and_sections(tmp_path: Path) -> None:
    talk = _table(("INT", "So how was it for you?"), ("P1", "Well, it was fine."), ("INT", "And the course?"))
    item = "<text:list><text:list-item>{}</text:list-item></text:list>"
    items = item.format(_p("One") + item.format(_p("Two")))
    contents = "<text:table-of-content-source>x</text:table-of-content-source>"
    contents = (
        f"<text:table-of-content>{contents}<text:index-body>{_p('Part 1')}</text:index-body></text:table-of-content>"
    )
    body = contents + talk + f"<text:section>{items}</text:section>" + _table(("Name", "Age"), ("Sam", "40"))
    assert [(line.text, line.speaker, line.number, line.aside) for line in _read(tmp_path, body).lines] == [
        ("Part 1", None, 1, "heading"),
        ("So how was it for you?", "INT", 2, ""),
        ("Well, it was fine.", "P1", 3, ""),
        ("And the course?", "INT", 4, ""),
        ("One", None, 5, ""),
        ("Two", None, 6, ""),
        ("Name | Age", None, 7, "table"),
        ("Sam | 40", None, 8, "table"),
    ]


def test_a_spreadsheet_with_another_ending_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("content.xml", f"<office:document-content {_NAMES}><office:body/></office:document-content>")
    with pytest.raises(InputError, match=r"a.odt: cannot be read as a OpenDocument file|holds no text document"):
        read_open_document(path)


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    numbers = count(1)
    words: list[str] = []
    regions: list[str] = []

    def word(letter: str) -> str:
        words.append(f"{letter}{next(numbers)}")
        return words[-1]

    def inline() -> str:
        kind = draw(
            st.sampled_from(["plain", "bold", "link", "note", "comment", "box", "deleted", "s", "tab", "line-break"])
        )
        if kind in ("s", "tab", "line-break"):
            return f"<text:{kind}/>"
        if kind == "deleted":
            regions.append(
                f'<text:changed-region text:id="c{len(regions)}"><text:deletion>{_p(word("d") + " ")}</text:deletion>'
                "</text:changed-region>"
            )
            return f'<text:change text:change-id="c{len(regions) - 1}"/>'
        held = (
            _p(word({"note": "f", "comment": "c", "box": "b"}.get(kind, "t")))
            if kind in ("note", "comment", "box")
            else ""
        )
        return {
            "note": f"<text:note><text:note-body>{held}</text:note-body></text:note>",
            "comment": f"<office:annotation>{held}</office:annotation>",
            "box": f"<draw:frame><draw:text-box>{held}</draw:text-box></draw:frame>",
        }.get(kind) or {"plain": "{} ", "bold": "<text:span>{}</text:span> ", "link": "<text:a>{}</text:a> "}[
            kind
        ].format(word("t"))

    def paragraph() -> str:
        return _p("".join(inline() for _ in range(draw(st.integers(0, 6)))))

    def block() -> str:
        if draw(st.integers(0, 2)):
            return paragraph()
        row = "".join(f"<table:table-cell>{paragraph()}</table:table-cell>" for _ in range(draw(st.integers(1, 3))))
        return f"<table:table><table:table-row>{row}</table:table-row></table:table>"

    body = _p("words of the talk itself " * 40) + "".join(block() for _ in range(draw(st.integers(1, 6))))
    return f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>{body}", words


@seed(3)
@settings(max_examples=100, deadline=None)
@given(_texts())
def test_every_word_of_an_open_document_comes_out_once_in_order_and_aside_for_its_own_reason(
    made: tuple[str, list[str]],
) -> None:
    body, words = made
    with tempfile.TemporaryDirectory() as folder:
        lines = read_open_document(_write(Path(folder) / "a.odt", body)).lines
    found = [(word, line.aside) for line in lines for word in re.findall(r"\b[a-z]\d+\b", line.text)]
    assert Counter(word for word, _ in found) == Counter(words)
    for letter in {word[0] for word in words}:
        places = [int(word[1:]) for word, _ in found if word[0] == letter]
        assert places == sorted(places)
    reasons = {"d": {"deleted"}, "f": {"footnote"}, "c": {"comment"}, "b": {"note"}, "t": {"", "table"}}
    assert all(aside in reasons[word[0]] for word, aside in found)
