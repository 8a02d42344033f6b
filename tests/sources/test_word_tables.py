"""Tables of Word files: transcripts in columns, merged cells, tables within tables, and tables that are no talk."""

from pathlib import Path

from word_files import bold, cell, deleted, para, run, said, table, write_word

from workbench.sources.line import Line
from workbench.sources.word import read_word

LONG = "Well he just, erm, he said you can do this course instead, so I said yes."


def _lines(tmp_path: Path, body: str) -> list[Line]:
    return list(read_word(write_word(tmp_path / "a.docx", body)).lines)


def test_two_columns_of_speakers_and_words_are_talk_even_when_the_words_are_few(tmp_path: Path) -> None:
    body = said("Interview 3") + table(
        ("Speaker", "Talk"), ("INT:", "And then, what did he say?"), ("P1:", LONG), ("INT:", "Right.")
    )
    assert _lines(tmp_path, body) == [
        Line(text="Interview 3", number=1),
        Line(text="Speaker | Talk", number=2, aside="table"),
        Line(text="And then, what did he say?", number=3, speaker="INT"),
        Line(text=LONG, number=4, speaker="P1"),
        Line(text="Right.", number=5, speaker="INT"),
    ]


def test_a_column_of_times_gives_seconds(tmp_path: Path) -> None:
    rows = [
        ("Time", "Who", "Words"),
        ("00:00:04", "INT", "Go on."),
        ("[01:02.5]", "P1", LONG),
        ("1:00:00 - 1:00:09", "INT", "Why?"),
    ]
    assert _lines(tmp_path, table(*rows))[1:] == [
        Line(text="Go on.", number=2, speaker="INT", seconds=4.0),
        Line(text=LONG, number=3, speaker="P1", seconds=62.5),
        Line(text="Why?", number=4, speaker="INT", seconds=3600.0),
    ]


def test_a_column_of_line_numbers_gives_the_number_printed_with_or_without_a_column_of_speakers(tmp_path: Path) -> None:
    with_speakers = table(("1", "INT", "Go on."), ("2", "P1", LONG), ("4.", "INT", "Why did you?"))
    assert _lines(tmp_path, with_speakers) == [
        Line(text="Go on.", number=1, speaker="INT", printed=1),
        Line(text=LONG, number=2, speaker="P1", printed=2),
        Line(text="Why did you?", number=3, speaker="INT", printed=4),
    ]
    without = table(("1", cell(para(bold("INT:"), run(" Go on.")))), ("2", "P1: " + LONG), ("3", "and so on."))
    assert _lines(tmp_path, without) == [
        Line(text="INT: Go on.", number=1, lead="INT:", printed=1),
        Line(text="P1: " + LONG, number=2, printed=2),
        Line(text="and so on.", number=3, printed=3),
    ]


def test_a_cell_of_several_paragraphs_is_one_voice_unless_each_has_a_name_beside_it(tmp_path: Path) -> None:
    one = ("P1", cell(said("It was fine."), said("Mostly.")))
    two = (cell(said("INT:"), said("P1:")), cell(said("Was it?"), said("Yes it was.")))
    found = _lines(tmp_path, table(("INT", "How was the course for you?"), one, two, ("INT", "Good.")))
    assert [(line.speaker, line.text, line.number) for line in found] == [
        ("INT", "How was the course for you?", 1),
        ("P1", "It was fine.", 2),
        ("P1", "Mostly.", 2),
        ("INT", "Was it?", 3),
        ("P1", "Yes it was.", 3),
        ("INT", "Good.", 4),
    ]


def test_a_blank_name_goes_on_with_the_talk_and_a_name_without_words_is_kept_aside(tmp_path: Path) -> None:
    rows = [("INT", "How was it?"), ("P1", LONG), ("", "And I went."), ("INT", ""), ("P1", "That is all there is.")]
    assert [(line.speaker, line.text, line.aside) for line in _lines(tmp_path, table(*rows))] == [
        ("INT", "How was it?", ""),
        ("P1", LONG, ""),
        (None, "And I went.", ""),
        (None, "INT", "table"),
        ("P1", "That is all there is.", ""),
    ]


def test_merged_cells_are_told_once(tmp_path: Path) -> None:
    across = (cell(said("Part two: the course"), span=2),)
    body = table(("INT", "How was it?"), across, ("P1", LONG), ("INT", "And after that?"))
    assert [(line.text, line.aside) for line in _lines(tmp_path, body)] == [
        ("How was it?", ""),
        ("Part two: the course", "table"),
        (LONG, ""),
        ("And after that?", ""),
    ]


def test_a_table_in_a_cell_is_a_table_of_its_own_after_the_row(tmp_path: Path) -> None:
    inner = table(("INT", "How was it then?"), ("P1", LONG), ("INT", "And after that?"))
    body = table((cell(said("Interview"), inner, said("End")), cell(said("Kent"))), ("a", "b")) + said("After.")
    assert [(line.number, line.speaker, line.text, line.aside) for line in _lines(tmp_path, body)] == [
        (1, None, "Interview End | Kent", "table"),
        (1, "INT", "How was it then?", ""),
        (1, "P1", LONG, ""),
        (1, "INT", "And after that?", ""),
        (2, None, "a | b", "table"),
        (3, None, "After.", ""),
    ]


def test_lists_of_things_are_no_talk(tmp_path: Path) -> None:
    grid = table(("topic", "done", "note"), ("police", "yes", "fine"), ("course", "no", "none"))
    facts = table(("Name", "Sam"), ("Age", "forty"), ("Where", "A room in the centre of the town"))
    answers = table(("P1", "No."), ("P2", "Yes."))
    assert {line.aside for line in _lines(tmp_path, grid + said("") + facts + answers)} == {"table"}


def test_a_table_of_one_cell_that_holds_the_whole_interview_is_only_a_frame(tmp_path: Path) -> None:
    frame = table((cell(said("INT: How was it?"), para(bold("P1:"), run(" " + LONG))),))
    assert _lines(tmp_path, said("Kent") + frame) == [
        Line(text="Kent", number=1),
        Line(text="INT: How was it?", number=2),
        Line(text="P1: " + LONG, number=2, lead="P1:"),
    ]
    boxed = table(("Recorded in March",)) + said("INT: How was it? " + LONG)
    assert [line.aside for line in _lines(tmp_path, boxed)] == ["table", ""]


def test_words_deleted_in_a_cell_and_a_column_of_remarks_are_asides_after_the_row(tmp_path: Path) -> None:
    words = cell(para(run("I said "), deleted("no"), run("yes, I will do the course.")))
    body = table(("INT", "Will you do it?", ""), ("P1", words, "hesitates"), ("INT", "Good. And when was it?", ""))
    assert [(line.speaker, line.text, line.aside) for line in _lines(tmp_path, body)] == [
        ("INT", "Will you do it?", ""),
        ("P1", "I said yes, I will do the course.", ""),
        (None, "no", "deleted"),
        (None, "hesitates", "table"),
        ("INT", "Good. And when was it?", ""),
    ]
