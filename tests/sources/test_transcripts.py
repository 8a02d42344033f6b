"""Each format becomes lines that know their place; what cannot be read is told."""

from pathlib import Path

import pytest
from docx import Document

from workbench.errors import InputError
from workbench.sources import read_transcript
from workbench.sources.clock import to_seconds


def _write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_windows_1252_quotes_and_dashes_are_read_as_they_were_typed(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.txt", "INT: It’s “fine” – yeah…\r\nP01: £5 café", "cp1252")
    reading = read_transcript(path)
    assert [line.text for line in reading.lines] == ["INT: It’s “fine” – yeah…", "P01: £5 café"]
    assert reading.encoding == "cp1252"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    path = _write(tmp_path, "a.txt", "P01: 👍🏽 naïve\nINT: ok", encoding)
    assert [line.text for line in read_transcript(path).lines] == ["P01: 👍🏽 naïve", "INT: ok"]


def test_decomposed_accents_are_composed_so_that_offsets_mean_one_thing(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.txt", "P01: cafe\u0301")
    assert read_transcript(path).lines[0].text == "P01: café"


def test_markdown_keeps_bold_leads_and_sets_headings_aside(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.md", "# Interview\n\n---\n**Interviewer:** Go on.\n\n**Sam**\nWell.")
    lines = read_transcript(path).lines
    assert [(line.text, line.lead, line.aside, line.number) for line in lines] == [
        ("Interview", None, "heading", 1),
        ("Interviewer: Go on.", "Interviewer:", "", 4),
        ("Sam", "Sam", "", 6),
        ("Well.", None, "", 7),
    ]


def test_vtt_voices_times_and_split_cues_are_read(tmp_path: Path) -> None:
    text = (
        "\ufeffWEBVTT - fictional\n\nNOTE a note\n\nabc/1-0\n"
        "00:00:01.000 --> 00:00:02.500\n<v Wright, Steve>Hello\nthere.</v>\n\n"
        "00:00:02.000 --> 00:00:04.000\n<v Ann>Yes <i>quite</i>.</v> <v Wright, Steve>Good.</v>\n"
    )
    lines = [line for line in read_transcript(_write(tmp_path, "a.vtt", text)).lines if not line.aside]
    assert [(line.speaker, line.text, line.seconds, line.number) for line in lines] == [
        ("Wright, Steve", "Hello there.", 1.0, 1),
        ("Ann", "Yes quite.", 2.0, 2),
        ("Wright, Steve", "Good.", 2.0, 2),
    ]


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [
        ("00:01:02,500", 62.5),
        ("01:02.345", 62.345),
        ("0:0:10.20", 10.02),  # no leading zeros anywhere: 20 milliseconds
        ("0:10:12.5", 612.5),
        ("00:01:02", 62.0),
        ("01:00:00.000", 3600.0),
        ("0:0:-6.-820", -6.820),
    ],
)
def test_clocks_of_all_writers_become_seconds(clock: str, seconds: float) -> None:
    assert to_seconds(clock) == pytest.approx(seconds)


def test_a_two_column_table_is_talk_and_any_other_table_is_not(tmp_path: Path) -> None:
    document = Document()
    topics = document.add_table(rows=2, cols=3)
    for cell, text in zip(
        [*topics.rows[0].cells, *topics.rows[1].cells], ["topic", "done", "note", "police", "yes", "fine"], strict=True
    ):
        cell.text = text
    talk = document.add_table(rows=4, cols=2)
    said = ["Speaker", "Talk", "INT:", "What happened then, when the officer came over to you in the park?"]
    said += [
        "P1:",
        "Well he just, erm, he said you can do this course instead, so I said yes.",
        "INT:",
        "And how was it, the course?",
    ]
    for cell, text in zip([cell for row in talk.rows for cell in row.cells], said, strict=True):
        cell.text = text
    path = tmp_path / "a.docx"
    document.save(str(path))
    lines = read_transcript(path).lines
    assert [line.text for line in lines if line.aside] == [
        "topic | done | note",
        "police | yes | fine",
        "Speaker | Talk",
    ]
    assert [line.speaker for line in lines if not line.aside] == ["INT", "P1", "INT"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"", "the file has 0 bytes"),
        ("a.docx", b"not a zip", "cannot be read as a Word file"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", "is encrypted, or an old .doc"),
        ("a.txt", b"text\x00with zero bytes", "holds zero bytes"),
        ("a.pages", b"something", "Known: .docx, .json, .lrc, .md, .odt, .pdf, .rtf, .srt, .text, .tsv, .txt, .vtt"),
        ("a.docs", b"something", "Did you mean '.docx'?"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_remedy(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_transcript(path)
    assert told in str(caught.value)
    assert name in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_transcript(tmp_path / "gone.txt")


def _words(path: Path) -> list[str]:
    return [word for line in read_transcript(path).lines if not line.aside for word in line.text.split()]


def test_the_same_talk_has_the_same_words_and_times_in_every_format(real_data: Path) -> None:
    folder = real_data / "transcripts" / "hitsave"
    for stem in ("2023__Goodboy_Galaxy__Goodboy_Galaxy_-_Rik_Nicol", "2025__Keitai_update_Spring_2025__Keitai*"):
        paths = [path for path in folder.glob(f"{stem}.*") if path.suffix != ".md"]
        assert len(paths) >= 5
        assert len({tuple(_words(path)) for path in paths}) == 1
        timed = [read_transcript(path) for path in paths]
        times = {
            tuple(round(line.seconds, 2) for line in reading.lines if line.seconds is not None and not line.aside)
            for reading in timed
            if reading.unit == "cue"
        }
        assert len(times) == 1


def _expected(path: Path) -> list[tuple[str, str]]:
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [(speaker, " ".join(content.replace("---", " ").split())) for _, speaker, content in rows]


def test_teams_subtitles_give_the_turns_that_another_tool_expects(real_data: Path) -> None:
    folder = real_data / "transcripts" / "teams2nvivo"
    turns: list[tuple[str, str]] = []
    for line in read_transcript(folder / "teams_transcript.vtt").lines:
        if line.aside or line.speaker is None:
            continue
        if turns and turns[-1][0] == line.speaker:
            turns[-1] = (line.speaker, f"{turns[-1][1]} {line.text}")
        else:
            turns.append((line.speaker, line.text))
    expected = _expected(folder / "teams_transcript_correct.txt")
    assert turns == expected


def test_zoom_subtitles_have_the_words_that_another_tool_expects(real_data: Path) -> None:
    folder = real_data / "transcripts" / "teams2nvivo"
    expected = " ".join(words for _, words in _expected(folder / "zoom_transcript_correct.txt")).split()
    names = {speaker for speaker, _ in _expected(folder / "zoom_transcript_correct.txt")}
    lines = [line.text for line in read_transcript(folder / "zoom_transcript.vtt").lines if not line.aside]
    said = [next((line.removeprefix(f"{n}: ") for n in names if line.startswith(f"{n}: ")), line) for line in lines]
    assert " ".join(said).split() == expected


def test_every_real_transcript_is_read_and_names_its_doubts(real_data: Path) -> None:
    paths = list((real_data / "transcripts").glob("*2nvivo/*.vtt"))
    paths += (real_data / "transcripts" / "hitsave").iterdir()
    for path in paths:
        reading = read_transcript(path)
        assert any(not line.aside for line in reading.lines)
        assert all(line.text.strip() == line.text for line in reading.lines)
