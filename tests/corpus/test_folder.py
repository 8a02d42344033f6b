"""A folder of transcripts becomes a corpus, or every problem of it is told at once."""

from pathlib import Path

import pytest

from workbench.corpus import Span, read_corpus
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


def test_search_ignores_case_quotes_and_white_space_and_gives_spans(folder: Path) -> None:
    corpus = read_corpus(folder)
    hits = corpus.search("IT'S a")
    assert hits["quote"].tolist() == ["It’s a", "It's   a"]
    first = hits.iloc[0]
    assert corpus.text("one")[first["start"] : first["end"]] == "It’s a"
    assert (first["left"], first["right"]) == ("Don’t know. ", " gamble.")


def test_all_problems_of_a_folder_are_told_at_once(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.docx").write_bytes(b"no")
    (folder / "silent.md").write_text("# Only a heading\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_corpus(folder)
    told = str(caught.value)
    assert "empty.txt: the file has 0 bytes" in told
    assert "broken.docx: cannot be read as a Word file" in told
    assert "silent.md: nobody says anything in it" in told


def test_metadata_with_unknown_roles_and_documents_are_told_by_row(folder: Path) -> None:
    rows = "one,,durham,oficer,1,interview,,true,\nthree,,durham,officer,1,interview,,true,\n"
    (folder / "metadata.csv").write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(
        InputError, match=r"metadata.csv, row 2, column role: 'oficer' is not known.*Did you mean 'officer'"
    ):
        read_corpus(folder)
    (folder / "metadata.csv").write_text(HEADER + rows.replace("oficer", "officer"), encoding="utf-8")
    with pytest.raises(InputError, match="document 'three' is described but there is no such transcript"):
        read_corpus(folder)


def test_two_files_of_one_name_are_refused(folder: Path) -> None:
    (folder / "one.md").write_text("INT: a\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"one.txt: another transcript is called 'one' too"):
        read_corpus(folder)


def test_a_span_holds_text() -> None:
    with pytest.raises(InputError, match="holds no text"):
        Span("one", 5, 5)
    assert Span("one", 0, 5).overlaps(Span("one", 4, 6))
    assert not Span("one", 0, 5).overlaps(Span("one", 5, 6))


def test_real_transcripts_of_one_talk_give_the_same_turns_from_every_subtitle_format(real_data: Path) -> None:
    from workbench.corpus import read_document

    talk = real_data / "transcripts" / "hitsave"
    name = "2025__Keitai_update_Spring_2025__Keitai_update_Spring_2025"
    readings = [read_document(talk / f"{name}{ending}", {}) for ending in (".vtt", ".srt")]
    said = [[" ".join(reading.text[t.start : t.end].split()) for t in reading.turns] for reading in readings]
    assert said[0] == said[1]
    assert len(said[0]) > 50


def test_real_meeting_software_transcripts_name_their_speakers(real_data: Path) -> None:
    from workbench.corpus import read_document

    folder = real_data / "transcripts" / "teams2nvivo"
    speakers = {
        name: len({turn.speaker for turn in read_document(folder / name, {}).turns})
        for name in ("TeamsPremium.vtt", "Test_teams_transcription_2022-11-15-from_Teams.vtt", "zoom_transcript.vtt")
    }
    assert list(speakers.values()) == [2, 2, 5]
