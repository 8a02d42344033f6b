"""Which column of a table is talk: its head decides, notes never become talk, and nothing is set aside untold."""

from pathlib import Path

from word_files import cell, said, table, write_word

from workbench.sources import Reading
from workbench.sources.word import read_word

TALK = [("INT", "Was it ok?"), ("P01", "Yes."), ("INT", "And then?"), ("P01", "No."), ("INT", "Oh."), ("P01", "Yeah.")]
NOTES = [
    "opening question",
    "accepts; body language closed",
    "prompt to go on",
    "resists the label",
    "ends",
    "memo four",
]
ONCE = {
    "Anna": "I think the police were good to us",
    "Ben": "I disagree with her about that",
    "Cath": "Nobody told us what was going on",
}


def _read(tmp_path: Path, body: str) -> Reading:
    return read_word(write_word(tmp_path / "a.docx", body))


def _talk(reading: Reading) -> list[tuple[str | None, str]]:
    return [(line.speaker, line.text) for line in reading.lines if not line.aside]


def _with_notes() -> list[tuple[str, ...]]:
    return [(who, words, note) for (who, words), note in zip(TALK, NOTES, strict=True)]


def test_the_head_of_the_columns_decides_however_long_the_notes_are(tmp_path: Path) -> None:
    reading = _read(tmp_path, table(("Speaker", "Text", "Notes"), *_with_notes()))
    assert _talk(reading) == TALK
    assert reading.doubts == ["paragraph 1: a table of 7 rows: set aside: 'Notes' (16 words); read as talk: 'Text'"]
    swapped = [(who, note, words) for who, words, note in _with_notes()]
    assert _talk(_read(tmp_path, table(("Speaker", "Code", "What was said"), *swapped))) == TALK


def test_without_a_head_the_column_beside_the_speakers_is_talk_and_the_choice_is_told(tmp_path: Path) -> None:
    reading = _read(tmp_path, table(*_with_notes()))
    assert _talk(reading) == TALK
    assert "columns 2 and 3 may both be talk; column 2, beside the speakers" in reading.doubts[0]
    assert "set aside: 'column 3' (16 words); read as talk: 'column 2'" in reading.doubts[1]


def test_a_column_of_roles_beside_the_speakers_is_not_their_talk(tmp_path: Path) -> None:
    rows = [(who, {"INT": "Interviewer", "P01": "User"}[who], f"{words} So it was.") for who, words in TALK]
    reading = _read(tmp_path, table(*rows))
    assert _talk(reading) == [(who, words) for who, _, words in rows]
    assert reading.doubts == [
        "paragraph 1: a table of 6 rows: set aside: 'column 2' (6 words); read as talk: 'column 3'"
    ]


def test_voices_that_speak_once_each_are_talk_and_it_is_told(tmp_path: Path) -> None:
    reading = _read(tmp_path, table(*ONCE.items()))
    assert _talk(reading) == list(ONCE.items())
    assert reading.doubts == ["paragraph 1: a table of 3 rows: each of 3 voices speaks once; read as talk"]


def test_tables_of_a_row_each_are_one_transcript(tmp_path: Path) -> None:
    reading = _read(tmp_path, said("Kent") + "".join(table(row) + said("") for row in TALK) + said("After."))
    assert _talk(reading) == [(None, "Kent"), *TALK, (None, "After.")]
    assert [line.number for line in reading.lines] == [1, 2, 4, 6, 8, 10, 12, 14]


def test_two_names_in_a_cell_are_counted_each(tmp_path: Path) -> None:
    both = (cell(said("INT"), said("P01")), cell(said("Was it then?"), said("Yes it was.")))
    assert _talk(_read(tmp_path, table(both, ("INT", "And so?"), ("P01", "No.")))) == [
        ("INT", "Was it then?"),
        ("P01", "Yes it was."),
        ("INT", "And so?"),
        ("P01", "No."),
    ]


def test_a_table_of_sentences_that_is_set_aside_is_told_with_its_place_and_words(tmp_path: Path) -> None:
    reading = _read(tmp_path, said("INT: Hi.") + table(("INT", "Was it ok for you then?"), ("P01", "Yes.")))
    assert [line.aside for line in reading.lines] == ["", "table", "table"]
    assert len(reading.doubts) == 1
    assert reading.doubts[0].startswith("paragraph 2: a table of 2 rows, 9 words, is set aside; is it talk?")


def test_facts_and_ticks_are_set_aside_without_a_word(tmp_path: Path) -> None:
    facts = table(("Study", "Drug diversion evaluation, process interviews"), ("Setting", "a room in the town hall"))
    ticks = table(("Topic guide", "Covered"), ("Training and the roll-out of it", "yes"), ("Costs", "no"))
    assert _read(tmp_path, facts + said("") + ticks).doubts == []


def test_a_first_row_whose_name_comes_again_is_no_head(tmp_path: Path) -> None:
    rows = [("Participant", "No comment."), ("Officer", "I see, then."), ("Participant", "Nothing at all.")]
    assert _talk(_read(tmp_path, table(*rows))) == rows
