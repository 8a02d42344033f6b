"""Cues of every writer become lines: no word is lost or doubled, nobody's words become another's."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.sources import Line, Reading, read_transcript
from workbench.sources.line import UNNAMED


def _read(folder: Path, text: str, name: str = "a.vtt") -> Reading:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_transcript(path)


def _talk(reading: Reading) -> list[tuple[str | None, str, float | None]]:
    return [(line.speaker, line.text, line.seconds) for line in reading.lines if not line.aside]


def _asides(reading: Reading) -> list[tuple[str, str]]:
    return [(line.aside, line.text) for line in reading.lines if line.aside]


def test_zoom_subtitles_keep_the_name_in_the_words(tmp_path: Path) -> None:
    text = "WEBVTT\r\n\r\n1\r\n00:00:04.859 --> 00:00:07.410\r\nAnn Lee: Hello &amp; welcome.\r\n\r\n"
    text += "2\r\n00:00:09.540 --> 00:00:12.990\r\nSam: 42\r\n"
    assert _talk(_read(tmp_path, text)) == [(None, "Ann Lee: Hello & welcome.", 4.859), (None, "Sam: 42", 9.54)]


def test_old_teams_subtitles_have_unpadded_and_negative_times(tmp_path: Path) -> None:
    text = "WEBVTT\n\n0:0:0.0 --> 0:0:0.250\n<v Hill, Pat>Yes.</v>\n\n"
    text += "0:0:-6.-820 --> 0:0:8.970\n<v Wood, Sam>So I thought.</v>\n\n"
    text += "0:0:10.20 --> 0:0:14.490\n<v Hill, Pat>Go on.</v>\n"
    reading = _read(tmp_path, text)
    assert _talk(reading) == [
        ("Wood, Sam", "So I thought.", -6.82),
        ("Hill, Pat", "Yes.", 0.0),
        ("Hill, Pat", "Go on.", 10.02),
    ]
    assert reading.doubts == ["cue 2: stands after cue 1 but begins before it; put in order of time"]


def test_new_teams_ids_go_and_names_with_commas_and_brackets_stay(tmp_path: Path) -> None:
    key = "b05cbc69-3364-4c0c-a05b-70f360077a3c"
    text = (
        f"WEBVTT\n\n{key}/19-0\n00:00:04.388 --> 00:00:07.128\n<v Hill, Pat (Student)>I think that\nit starts <i>by\n"
    )
    text += f"itself</i>.</v>\n\n{key}/19-1\n00:00:07.128 --> 00:00:07.368\n<v.loud Hill, Pat (Student)>does.</v>\n"
    assert _talk(_read(tmp_path, text)) == [
        ("Hill, Pat (Student)", "I think that it starts by itself.", 4.388),
        ("Hill, Pat (Student)", "does.", 7.128),
    ]


def test_teams_metadata_transcripts_hold_json_in_their_cues(tmp_path: Path) -> None:
    text = 'WEBVTT\n\n00:00:16.246 --> 00:00:17.726\n{"startDateTime":"2024-01-01T10:00:00Z","speakerName":"Pat Hill",'
    text += '"spokenText":"This is a test.","spokenLanguage":"en-gb"}\n'
    assert _talk(_read(tmp_path, text)) == [("Pat Hill", "This is a test.", 16.246)]


def test_rolling_captions_are_told_once_and_the_repeats_are_set_aside(tmp_path: Path) -> None:
    text = """WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.470 align:start position:0%
\x20
hello<00:00:00.480><c> everyone</c><00:00:00.880><c> and</c>

00:00:02.470 --> 00:00:02.480 align:start position:0%
hello everyone and
\x20

00:00:02.480 --> 00:00:04.000 align:start position:0%
hello everyone and
welcome<00:00:03.000><c> to</c><00:00:03.500><c> you</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
welcome to you
\x20
"""
    reading = _read(tmp_path, text)
    assert [words for _, words, _ in _talk(reading)] == ["hello everyone and", "welcome to you"]
    assert _asides(reading)[3:] == [("cue", "hello everyone and")] * 2 + [("cue", "welcome to you")]
    assert reading.doubts == []


def test_people_who_say_the_same_twice_are_not_taken_for_rolling_captions(tmp_path: Path) -> None:
    text = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{said}\n\n" for n, said in enumerate(["So.", "Yes.", "Yes.", "No."])
    )
    assert [words for _, words, _ in _talk(_read(tmp_path, text, "a.srt"))] == ["So.", "Yes.", "Yes.", "No."]


def test_notes_styles_regions_and_named_cues_are_set_aside(tmp_path: Path) -> None:
    text = (
        "WEBVTT - an interview\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\n"
        "NOTE by the transcriber\nsecond row\n\n"
        "Opening words\n00:01.000 --> 00:02.000\nNOTE that I said so.\n\nNOTE short\n\n00:03.000 --> 00:04.000\nWell.\n"
    )
    reading = _read(tmp_path, text)
    assert [words for _, words, _ in _talk(reading)] == ["NOTE that I said so.", "Well."]
    assert _asides(reading) == [
        ("cue", "WEBVTT - an interview"), ("cue", "STYLE"), ("cue", "::cue { color: red }"), ("cue", "REGION"),
        ("cue", "id:fred"), ("note", "NOTE by the transcriber"), ("note", "second row"), ("cue", "Opening words"),
        ("note", "NOTE short"),
    ]  # fmt: skip


def test_cues_without_empty_rows_between_them_are_parted(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nSo?\n2\n00:00:02,000 --> 00:00:03,000\nWell,\n42\nof them.\n"
    assert _talk(_read(tmp_path, text, "a.srt")) == [(None, "So?", 1.0), (None, "Well, 42 of them.", 2.0)]


def test_words_after_an_empty_row_within_a_cue_stay_its_words(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nSo\n\nand on.\n\n2\n00:00:02,000 --> 00:00:03,000\nWell.\n"
    reading = _read(tmp_path, text, "a.srt")
    assert [words for _, words, _ in _talk(reading)] == ["So and on.", "Well."]
    assert reading.doubts == ["cue 1: goes on after an empty line; read as part of it"]


def test_two_voices_in_one_cue_are_parted_and_neither_is_the_speaker_before(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n- So were you\nthere?\n- I was.\n\n"
    text += "2\n00:00:03,000 --> 00:00:04,000\nand then &gt;&gt; JO: stop >> no\n\n"
    text += "3\n00:00:05,000 --> 00:00:06,000\n- only a dash\n"
    reading = _read(tmp_path, text, "a.srt")
    assert _talk(reading) == [
        (UNNAMED, "So were you there?", 1.0),
        (UNNAMED, "I was.", 1.0),
        (None, "and then", 3.0),
        (UNNAMED, "JO: stop", 3.0),
        (UNNAMED, "no", 3.0),
        (None, "- only a dash", 5.0),
    ]
    assert reading.doubts == ["cue 1: several voices, none of them named"]


def test_overlapping_cues_are_told_with_both_numbers(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:05.000\nSo\n\n00:03.500 --> 00:06.000\nwell\n\n00:06.000 --> 00:07.000\nyes\n"
    assert _read(tmp_path, text).doubts == ["cue 2: begins 1.5 s before cue 1 ends"]


def test_a_second_recording_in_one_file_is_not_mixed_into_the_first(tmp_path: Path) -> None:
    text = "".join(f"{clock}:00,000 --> {clock}:05,000\n{said}\n\n" for clock, said in
                   [("00:10", "a"), ("00:20", "b"), ("00:00", "c"), ("00:15", "d")])  # fmt: skip
    reading = _read(tmp_path, text, "a.srt")
    assert [words for _, words, _ in _talk(reading)] == list("abcd")
    assert reading.doubts == ["cue 3: the time goes back to 0.0 s; perhaps a second recording"]


def test_colours_and_places_are_mark_up_and_said_angle_brackets_are_not(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000 X1:10\n"
    text += "{\\an8}<font color='red'>So</font> <laughs> 3&nbsp;&lt;&nbsp;4 &amp;amp; <b>yes</b>\n"
    assert _talk(_read(tmp_path, text, "a.srt")) == [(None, "So <laughs> 3 < 4 &amp; yes", 1.0)]


def test_subtitles_without_times_are_read_as_text_with_a_doubt(tmp_path: Path) -> None:
    reading = _read(tmp_path, "INT: So?\nP01: Well.\n", "a.srt")
    assert reading.unit == "line"
    assert reading.doubts == ["is called .srt but holds plain text; read as that"]


WORD = st.text(st.sampled_from("abcdeéXYZ019.,?’"), min_size=1, max_size=5).filter(lambda word: not word.isdigit())
CUES = st.lists(
    st.tuples(
        st.integers(0, 30), st.lists(st.lists(WORD, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=3)
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=150)
@given(cues=CUES, style=st.sampled_from(["vtt", "srt", "voice", "unpadded"]), gap=st.sampled_from(["\n", ""]))
def test_every_word_of_the_cues_is_talk_once_and_in_order_of_time(
    cues: list[tuple[int, list[str]]], style: str, gap: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = "" if style == "srt" else "WEBVTT\n\n"
    for number, (start, rows) in enumerate(cues, 1):
        clock = f"0:0:{start}.0" if style == "unpadded" else f"00:00:{start:02}{',' if style == 'srt' else '.'}000"
        said = "\n".join(rows)
        text += f"{number}\n{clock} --> {clock}\n{f'<v Sam>{said}</v>' if style == 'voice' else said}\n{gap}"
    lines = [line for line in _read(tmp_path_factory.mktemp("cues"), text, "a.srt").lines if line.text != "WEBVTT"]
    # A first row that is only a name, throughout a file, is the speaker's.
    named = [f"{line.speaker if line.speaker not in (None, UNNAMED, 'Sam') else ''} {line.text}" for line in lines]
    said = [word for line in named for word in line.split()]
    wanted = [word for _, rows in sorted(cues, key=lambda cue: cue[0]) for row in rows for word in row.split()]
    assert said == wanted
    assert [line.seconds for line in lines] == sorted(line.seconds or 0.0 for line in lines)


def _words(lines: list[Line]) -> list[str]:
    return [word for line in lines for word in line.text.split()]


def test_real_subtitles_have_each_word_of_their_file_once(real_data: Path) -> None:
    for path in sorted((real_data / "transcripts").glob("*/*.vtt")):
        text = path.read_text(encoding="utf-8-sig")
        rows = [row for row in text.splitlines() if "-->" not in row and not re.fullmatch(r"\d+|[0-9a-f-]{36}\S*", row)]
        wanted = re.sub(r"<[^>]*>", "", "\n".join(rows)).split()
        assert sorted(_words(list(read_transcript(path).lines))) == sorted(wanted)


def test_a_name_on_a_row_of_its_own_under_the_times_is_the_speaker(tmp_path: Path) -> None:
    times = "0:0:0.0 --> 0:0:3.120\n{}\n0:0:3.5 --> 0:0:6.0\n{}\n0:0:6.0 --> 0:0:9.0\n{}\n"
    said = _read(
        tmp_path, times.format("Jo Smith\nWhat happened?", "Ann Bell\nNothing.", "Jo Smith\nOh.\nSure?"), "a.txt"
    )
    assert [(line.speaker, line.text) for line in said.lines] == [
        ("Jo Smith", "What happened?"),
        ("Ann Bell", "Nothing."),
        ("Jo Smith", "Oh. Sure?"),
    ]
    assert "3 cues begin with a row that is only a name (Ann Bell, Jo Smith); read as their speakers" in said.doubts
    captions = _read(tmp_path, times.format("Yeah\nI went", "And then\nwe left", "Kent\nis nice"), "b.srt")
    assert {line.speaker for line in captions.lines} == {None}


def test_words_said_twice_are_talk_twice_even_among_captions_that_roll_up(tmp_path: Path) -> None:
    cues = [
        ("0.000", "2.000", "so what<00:00:00.5><c> happened</c>"),
        ("2.000", "2.010", "so what happened"),
        ("2.010", "4.000", "so what happened\nto<00:00:03.0><c> you</c>"),
        ("4.000", "4.010", "to you"),
        ("5.000", "6.000", "yeah"),
        ("6.000", "7.000", "yeah"),
    ]
    text = "WEBVTT\n\n" + "\n".join(f"00:00:0{start} --> 00:00:0{end}\n{said}\n" for start, end, said in cues)
    reading = _read(tmp_path, text)
    assert [line.text for line in reading.lines if not line.aside] == ["so what happened", "to you", "yeah", "yeah"]
