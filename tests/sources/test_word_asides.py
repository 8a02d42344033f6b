"""What stands beside the talk in Word files: headers, notes, comments, boxes and hidden text."""

from pathlib import Path

from word_files import para, part, run, said, write_word

from workbench.sources.line import Line
from workbench.sources.word import read_word

CITE = '<w:r><w:{}Reference w:id="{}"/></w:r>'


def _box(text: str) -> str:
    held = f"<w:txbxContent>{text}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{held}</wps:txbx></wps:wsp>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{held}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_notes_and_comments_follow_the_paragraph_that_cites_them(tmp_path: Path) -> None:
    rule = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    foot = part("footnotes", f'{rule}<w:footnote w:id="1">{said("A course.")}</w:footnote>')
    end = part("endnotes", f'<w:endnote w:id="1">{said("In Kent.")}</w:endnote>')
    told = "".join(f'<w:comment w:id="{at}">{said(text)}</w:comment>' for at, text in enumerate(["Check.", "Stray."]))
    body = para(
        run("P1: I did DIP"),
        CITE.format("footnote", 1),
        run(" there"),
        CITE.format("endnote", 1),
        CITE.format("comment", 0),
    )
    parts = {"footnotes": foot, "endnotes": end, "comments": part("comments", told)}
    reading = read_word(write_word(tmp_path / "a.docx", body + said("INT: Ok."), **parts))
    assert list(reading.lines) == [
        Line(text="P1: I did DIP there", number=1),
        Line(text="A course.", number=1, aside="footnote"),
        Line(text="In Kent.", number=1, aside="footnote"),
        Line(text="Check.", number=1, aside="comment"),
        Line(text="INT: Ok.", number=2),
        Line(text="Stray.", number=2, aside="comment"),
    ]
    assert reading.doubts == ["1 footnote set aside", "1 endnote set aside", "2 comments set aside; 1 cited nowhere"]


def test_headers_and_footers_of_first_even_and_other_pages_are_told_once_each(tmp_path: Path) -> None:
    heads = {
        f"header{at}": part("hdr", said(text)) for at, text in enumerate(["Interview 3", "Draft", "Interview 3"], 1)
    }
    reading = read_word(
        write_word(tmp_path / "a.docx", said("INT: Go on."), footer1=part("ftr", said("Page 1")), **heads)
    )
    assert [(line.text, line.aside) for line in reading.lines] == [
        ("Interview 3", "header"),
        ("Draft", "header"),
        ("INT: Go on.", ""),
        ("Page 1", "footer"),
    ]
    assert reading.doubts == ["the header was set aside (2 lines)", "the footer was set aside (1 line)"]


def test_words_in_a_text_box_are_told_once_and_aside(tmp_path: Path) -> None:
    body = para(run("P1: I did "), _box(said("Recorded in Kent")), run("it, and then I went home.")) + said("INT: Ok.")
    assert list(read_word(write_word(tmp_path / "a.docx", body)).lines) == [
        Line(text="P1: I did it, and then I went home.", number=1),
        Line(text="Recorded in Kent", number=1, aside="note"),
        Line(text="INT: Ok.", number=2),
    ]


def test_where_most_words_stand_in_boxes_they_are_the_talk(tmp_path: Path) -> None:
    body = said("Page 1") + para(_box(said("INT: So, how was it?") + said("P1: It was fine.")))
    reading = read_word(write_word(tmp_path / "a.docx", body))
    assert [(line.text, line.aside) for line in reading.lines][1:] == [
        ("INT: So, how was it?", ""),
        ("P1: It was fine.", ""),
    ]
    assert reading.doubts == ["most words stand in text boxes; read as talk, in the order of the file"]


def test_hidden_text_and_placeholders_are_notes_and_told(tmp_path: Path) -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    reading = read_word(
        write_word(tmp_path / "a.docx", para(run("P1: Yes."), run(" secret", "<w:vanish/>")) + para(control))
    )
    assert [(line.text, line.aside) for line in reading.lines] == [
        ("P1: Yes.", ""),
        ("secret", "note"),
        ("Click here", "note"),
    ]
    assert reading.doubts == [f"paragraph {at}: hidden text or a placeholder was read as a note" for at in (1, 2)]
