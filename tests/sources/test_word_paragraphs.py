"""Paragraphs of Word files: speakers, breaks, tabs, tracked changes, fields and symbols."""

from pathlib import Path

import pytest
from word_files import bold, deleted, inserted, para, part, run, said, write_word

from workbench.sources.line import Line, Reading
from workbench.sources.word import read_word

BREAK = "<w:r><w:br/></w:r>"


def _read(tmp_path: Path, body: str, **parts: str) -> Reading:
    return read_word(write_word(tmp_path / "a.docx", body, **parts))


def _field(code: str, result: str, within: str = "") -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{within}{marks[1]}{run(result)}{marks[2]}"


def test_speakers_in_paragraphs_bold_and_bold_alone_on_a_line(tmp_path: Path) -> None:
    body = said("INT: Go on.") + para(bold("Sam"), bold(": "), run("Well, yes.")) + para(bold("Ann")) + said("I agree.")
    assert list(_read(tmp_path, body).lines) == [
        Line(text="INT: Go on.", number=1),
        Line(text="Sam: Well, yes.", number=2, lead="Sam:"),
        Line(text="Ann", number=3, lead="Ann"),
        Line(text="I agree.", number=4),
    ]


def test_bold_by_style_counts_and_a_style_within_a_bold_style_switches_it_off(tmp_path: Path) -> None:
    styles = part("styles", (
        '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Question"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q2"><w:name w:val="Q2"/><w:basedOn w:val="Q"/></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    ))  # fmt: skip
    strong = '<w:rStyle w:val="Strong"/>'
    body = para(run("INT: Why?"), properties='<w:pStyle w:val="Q2"/>') + para(run("Sam:", strong), run(" No."))
    body += para(run("INT:"), run(" And?", strong), properties='<w:pStyle w:val="Q"/>')
    body += para(run("Ann:", '<w:b w:val="0"/>'), run(" Yes."), properties='<w:pStyle w:val="Q"/>')
    leads = [line.lead for line in _read(tmp_path, body, styles=styles).lines]
    assert leads == ["INT: Why?", "Sam:", "INT:", None]


def test_each_line_of_a_paragraph_with_soft_breaks_is_a_line_of_talk(tmp_path: Path) -> None:
    body = para(bold("INT:"), run(" Why?"), BREAK, bold("Sam:"), run(" Because.")) + said("After.")
    assert list(_read(tmp_path, body).lines) == [
        Line(text="INT: Why?", number=1, lead="INT:"),
        Line(text="Sam: Because.", number=1, lead="Sam:"),
        Line(text="After.", number=2),
    ]


def test_a_tab_sets_off_a_speaker_and_stays_in_the_text(tmp_path: Path) -> None:
    tab = "<w:r><w:tab/></w:r>"
    body = para(run("INT"), tab, run("So, what happened?")) + para(run("12"), tab, run("INT: And then?"))
    body += para(run("He came over, and then."), tab, run("Nothing."))
    assert [(line.text, line.lead) for line in _read(tmp_path, body).lines] == [
        ("INT\tSo, what happened?", "INT"),
        ("12\tINT: And then?", None),
        ("He came over, and then.\tNothing.", None),
    ]


def test_tracked_changes_are_read_as_accepted_and_what_was_deleted_is_kept_aside(tmp_path: Path) -> None:
    reading = _read(tmp_path, para(run("INT: He "), deleted("was told "), inserted("went "), run("home.")))
    assert list(reading.lines) == [
        Line(text="INT: He went home.", number=1),
        Line(text="was told", number=1, aside="deleted"),
    ]
    assert reading.doubts == ["paragraph 1: holds 2 tracked changes; read as accepted"]


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next(tmp_path: Path) -> None:
    body = para(run("INT: He went"), properties='<w:rPr><w:del w:id="1"/></w:rPr>') + said(" home.") + said("P1: Yes.")
    assert [line.text for line in _read(tmp_path, body).lines] == ["INT: He went home.", "P1: Yes."]


def test_moved_text_is_counted_once_and_text_moved_nowhere_is_told_as_deleted(tmp_path: Path) -> None:
    moved = para(f"<w:moveFrom>{run('the park')}</w:moveFrom>", run("We met.")) + para(
        f"<w:moveTo>{run('the park')}</w:moveTo>"
    )
    lost = para(f"<w:moveFrom>{run('at noon')}</w:moveFrom>")
    assert [(line.text, line.aside) for line in _read(tmp_path, moved + lost).lines] == [
        ("We met.", ""),
        ("the park", ""),
        ("at noon", "deleted"),
    ]


def test_words_in_links_fields_controls_and_smart_tags_are_talk_and_codes_of_fields_are_not(tmp_path: Path) -> None:
    link = f'<w:hyperlink r:id="x">{run("the site")}</w:hyperlink>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Kent')}</w:sdtContent></w:sdt>"
    nested = _field("IF", "seen", within=_field("MERGEFIELD n", "unseen"))
    tag = f'<w:smartTag w:element="place">{run("Dover")}</w:smartTag>'
    simple = f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>'
    inner = para(run(" ").join((link, control, tag, nested, simple)))
    body = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    assert [line.text for line in _read(tmp_path, body).lines] == ["the site Kent Dover seen 7"]


def test_a_field_that_never_ends_swallows_no_talk(tmp_path: Path) -> None:
    body = para('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("INT: Go on.")) + said("P1: Yes.")
    assert [line.text for line in _read(tmp_path, body).lines] == ["INT: Go on.", "P1: Yes."]


def test_hyphens_blanks_and_symbols_are_characters(tmp_path: Path) -> None:
    hyphen = "<w:r><w:noBreakHyphen/></w:r>"
    smile = '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'
    unknown = '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>'
    emoji = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:char="1F60A"/></mc:Choice>'
        "<mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = para(run("twenty"), hyphen, run("one\u00a0pounds "), smile, emoji, unknown, run(" cafe\u0301"))
    reading = _read(tmp_path, body)
    assert [line.text for line in reading.lines] == ["twenty-one pounds ☺😊\ufffd café"]
    assert reading.doubts == ["paragraph 1: holds a symbol of a font that has no letter for it; read as \ufffd"]


def test_numbers_that_word_itself_counts_are_not_text(tmp_path: Path) -> None:
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    line = _read(tmp_path, para(run("INT: Go on."), properties=numbering)).lines[0]
    assert (line.text, line.printed) == ("INT: Go on.", None)


@pytest.mark.parametrize("name", ["heading 2", "Title", "Subtitle", "toc 1"])
def test_headings_and_titles_are_asides_also_through_a_style_based_on_one(tmp_path: Path, name: str) -> None:
    styles = part("styles", (
        f'<w:style w:type="paragraph" w:styleId="H"><w:name w:val="{name}"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="Ours"/><w:basedOn w:val="H"/></w:style>'
    ))  # fmt: skip
    body = para(bold("Interview 3"), properties='<w:pStyle w:val="Ours"/>') + said("INT: Hello.")
    assert list(_read(tmp_path, body, styles=styles).lines) == [
        Line(text="Interview 3", number=1, aside="heading"),
        Line(text="INT: Hello.", number=2),
    ]


def test_speakers_in_a_heading_style_are_talk_and_a_heading_that_stands_often_is_told(tmp_path: Path) -> None:
    style = '<w:outlineLvl w:val="0"/>'
    asked = para(run("INT: And then?"), properties=style) + said("P1: Nothing.")
    reading = _read(tmp_path, asked * 3 + para(run("Break"), properties=style) * 3)
    assert [line.aside for line in reading.lines] == [""] * 6 + ["heading"] * 3
    assert reading.doubts == [
        "3 lines in a heading's style begin with 'INT'; read as talk",
        "the heading 'Break' stands 3 times; if it is a speaker, take its heading style off",
    ]


def test_files_in_the_strict_form_of_the_standard_are_read(tmp_path: Path) -> None:
    import zipfile

    path = write_word(tmp_path / "usual.docx", said("INT: Hello."))
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(path) as usual, zipfile.ZipFile(strict, "w") as container:
        for name in usual.namelist():
            xml = usual.read(name).replace(
                b"schemas.openxmlformats.org/wordprocessingml/2006/", b"purl.oclc.org/ooxml/wordprocessingml/"
            )
            container.writestr(name, xml)
    assert [line.text for line in read_word(strict).lines] == ["INT: Hello."]
