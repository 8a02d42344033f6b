"""A folder of transcripts becomes a corpus of all that can be read; the rest is told."""

from pathlib import Path

import pytest

from workbench.corpus import Span, read_corpus, read_document
from workbench.errors import InputError

HEADER = "document,title,scheme,role,wave,kind,date,fictional,speakers\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(
        "INT: Were you okay with it?\nP01: Don’t know. It’s a gamble.\n", encoding="utf-8"
    )
    (tmp_path / "two.txt").write_text("INT: And you?\nP01: It's   a\nlaugh 👍 mate.\n", encoding="utf-8")
    rows = "one,First,durham,officer,1,interview,2023-01-02,true,INT=interviewer; P01=officer\n"
    rows += "two,Second,durham,service_user,1,interview,2023-01-03,true,INT=interviewer; P01=service_user\n"
    (tmp_path / "metadata.csv").write_text(HEADER + rows, encoding="utf-8")
    return tmp_path


def _told(folder: Path) -> str:
    return "\n".join(str(problem) for problem in read_corpus(folder).problems)


def test_turns_carry_role_scheme_and_offsets_into_the_text(folder: Path) -> None:
    corpus = read_corpus(folder)
    turns = corpus.turns
    assert turns["role"].tolist() == ["interviewer", "officer", "interviewer", "service_user"]
    assert turns["scheme"].unique().tolist() == ["durham"]
    assert [corpus.text(row.document)[row.start : row.end] for row in turns.itertuples()] == turns["text"].tolist()
    assert corpus.documents[["document", "turns", "fictional"]].values.tolist() == [["one", 2, True], ["two", 2, True]]


def test_two_speakers_with_one_name_are_two_people(folder: Path) -> None:
    people = read_corpus(folder).turns.query("speaker == 'P01'")["person"]
    assert people.tolist() == ["one:P01", "two:P01"]


def test_files_that_cannot_be_read_are_problems_and_the_rest_is_read(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.docx").write_bytes(b"no")
    (folder / "silent.md").write_text("# Only a heading\n", encoding="utf-8")
    (folder / "talk.mp3").write_bytes(b"ID3")
    done: list[tuple[int, int]] = []
    corpus = read_corpus(folder, progress=lambda number, total: done.append((number, total)))
    assert list(corpus.documents["document"]) == ["one", "two"]
    told = "\n".join(str(problem) for problem in corpus.problems)
    for place in ("empty.txt: ", "broken.docx: ", "silent.md: nobody says anything in it", "talk.mp3: the ending"):
        assert place in told
    assert done == [(number, 6) for number in range(1, 7)]


def test_a_folder_in_which_nothing_can_be_read_is_told_with_every_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.docx").write_bytes(b"no")
    with pytest.raises(InputError) as caught:
        read_corpus(tmp_path)
    assert len(caught.value.problems) == 3
    assert "holds no transcript that can be read" in str(caught.value)
    with pytest.raises(InputError, match="there is no such folder of transcripts"):
        read_corpus(tmp_path / "gone")


def test_metadata_about_a_file_that_cannot_be_read_is_no_second_complaint(folder: Path) -> None:
    (folder / "two.txt").write_bytes(b"")
    corpus = read_corpus(folder)
    assert list(corpus.documents["document"]) == ["one"]
    assert len(corpus.problems) == 1


def test_folders_in_the_folder_are_read_too_and_named_in_problems(folder: Path) -> None:
    (folder / "leeds").mkdir()
    (folder / "leeds" / "three.txt").write_text("INT: a\nP01: b\n", encoding="utf-8")
    (folder / "leeds" / "four.txt").write_bytes(b"")
    (folder / "leeds" / ".hidden.txt").write_bytes(b"")
    corpus = read_corpus(folder)
    assert list(corpus.documents["document"]) == ["one", "three", "two"]
    assert corpus.document("three").source == "leeds/three.txt"
    assert "leeds/four.txt: " in str(corpus.problems[0])
    assert "is not described in metadata.csv. Add a row for it" in corpus.document("three").doubts


def test_metadata_with_unknown_roles_and_documents_are_told_by_row_and_at_once(folder: Path) -> None:
    rows = "one,,durham,oficer,1,interview,,true,\nthree,,durham,officer,1,interview,,true,P01 officer\n,,,,,,,,\n"
    (folder / "metadata.csv").write_text(HEADER + rows + "one,,,,,,,,\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        read_corpus(folder)
    told = str(caught.value)
    assert "metadata.csv, row 2, column role: 'oficer' is not known" in told
    assert "Did you mean 'officer'?" in told
    assert "document 'three' is described but there is no such transcript" in told
    assert "metadata.csv, row 3, column speakers: 'P01 officer' is not a label and its role" in told
    assert "metadata.csv, row 4, column document: is blank" in told
    assert "metadata.csv, row 5: document 'one' stands twice" in told
    assert "empty.txt: " in told


def test_of_two_files_of_one_name_neither_is_read_and_both_are_told(folder: Path) -> None:
    (folder / "leeds").mkdir()
    (folder / "leeds" / "one.md").write_text("INT: a\nP01: b\n", encoding="utf-8")
    corpus = read_corpus(folder)
    assert list(corpus.documents["document"]) == ["two"]
    assert "one.txt: another transcript is called 'one' too: leeds/one.md; none of them was read" in _told(folder)
    assert "leeds/one.md: another transcript is called 'one' too: one.txt" in _told(folder)


def test_labels_that_differ_from_the_metadata_in_case_alone_have_its_roles(folder: Path) -> None:
    (folder / "one.txt").write_text("Int: So?\np01: Yes.\nInt: And?\np01: No.\n", encoding="utf-8")
    document = read_corpus(folder).document("one")
    assert document.roles == {"Int": "interviewer", "p01": "officer"}
    assert any("the label 'p01' may be 'P01'" in doubt for doubt in document.doubts)


def test_a_span_holds_text() -> None:
    with pytest.raises(InputError, match="holds no text"):
        Span("one", 5, 5)
    assert Span("one", 0, 5).overlaps(Span("one", 4, 6))
    assert not Span("one", 0, 5).overlaps(Span("one", 5, 6))


def test_real_transcripts_of_one_talk_give_the_same_turns_from_every_subtitle_format(real_data: Path) -> None:
    talk = real_data / "transcripts" / "hitsave"
    name = "2025__Keitai_update_Spring_2025__Keitai_update_Spring_2025"
    readings = [read_document(talk / f"{name}{ending}", {}) for ending in (".vtt", ".srt")]
    said = [[" ".join(reading.text[t.start : t.end].split()) for t in reading.turns] for reading in readings]
    assert said[0] == said[1]
    assert len(said[0]) > 50


def test_real_meeting_software_transcripts_name_their_speakers(real_data: Path) -> None:
    folder = real_data / "transcripts" / "teams2nvivo"
    speakers = {
        name: len({turn.speaker for turn in read_document(folder / name, {}).turns})
        for name in ("TeamsPremium.vtt", "Test_teams_transcription_2022-11-15-from_Teams.vtt", "zoom_transcript.vtt")
    }
    assert list(speakers.values()) == [2, 2, 5]


def test_real_interviews_with_a_name_and_a_time_above_the_words_name_their_speakers(real_data: Path) -> None:
    paths = sorted((real_data / "transcripts" / "hitsave").glob("202[0-2]*.md"))
    timed = 0
    for path in paths:
        document = read_document(path, {})
        named = [turn for turn in document.turns if turn.speaker != "unknown"]
        assert 2 <= len({turn.speaker for turn in named}) <= 5
        assert len(named) > 0.98 * len(document.turns)
        timed += all(turn.seconds is not None for turn in named)
    assert timed >= 6
