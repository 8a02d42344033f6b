"""The JSON of Teams and of speech recognisers becomes lines; any other JSON is refused with its keys."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.sources import Reading, read_transcript
from workbench.sources.line import UNNAMED


def _read(folder: Path, content: Any) -> Reading:
    path = folder / "a.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_transcript(path)


def _aws(labelled: bool) -> dict[str, Any]:
    words = [
        ("So", 0.5, "spk_0"),
        ("?", None, "spk_0"),
        ("Well", 2.0, "spk_1"),
        (",", None, "spk_1"),
        ("yes", 2.5, "spk_1"),
    ]
    items: list[dict[str, Any]] = []
    for content, start, speaker in words:
        kind = {"type": "punctuation"} if start is None else {"type": "pronunciation", "start_time": str(start)}
        items.append(
            {**kind, "alternatives": [{"content": content}], **({"speaker_label": speaker} if labelled else {})}
        )
    segments = [
        {"speaker_label": speaker, "items": [{"start_time": str(start), "speaker_label": speaker}]}
        for _, start, speaker in words
        if start is not None
    ]
    results = {
        "transcripts": [{"transcript": "So? Well, yes"}],
        "items": items,
        "speaker_labels": {"segments": segments},
    }
    return {"jobName": "x", "results": results}


SHAPES: dict[str, Any] = {
    "Teams": {"version": "1.0.0", "type": "Transcript", "entries": [
        {"id": "1", "text": "So?", "speakerDisplayName": "Pat Hill", "startOffset": "00:00:00.5000000"},
        {"id": "2", "text": "Well, yes", "speakerDisplayName": "Sam Wood", "startOffset": "00:00:02"}]},
    "WhisperX": {"segments": [{"start": 0.5, "text": " So?", "speaker": "Pat Hill", "words": [{"word": "So?"}]},
                              {"start": 2, "text": " Well, yes", "speaker": "Sam Wood"}]},
    "AssemblyAI": {"text": "So? Well, yes", "utterances": [
        {"speaker": "Pat Hill", "text": "So?", "start": 500},
        {"speaker": "Sam Wood", "text": "Well, yes", "start": 2000}]},
    "Deepgram": {"results": {"utterances": [{"speaker": "Pat Hill", "transcript": "So?", "start": 0.5},
                                            {"speaker": "Sam Wood", "transcript": "Well, yes", "start": 2.0}]}},
    "AWS audio segments": {"results": {"transcripts": [{"transcript": "So? Well, yes"}], "audio_segments": [
        {"transcript": "So?", "speaker_label": "Pat Hill", "start_time": "0.5"},
        {"transcript": "Well, yes", "speaker_label": "Sam Wood", "start_time": "2.0"}]}},
    "Azure": {"recognizedPhrases": [
        {"speaker": "Pat Hill", "offsetInTicks": 5_000_000.0, "nBest": [{"display": "So?"}, {"display": "Sew?"}]},
        {"speaker": "Sam Wood", "offset": "PT2S", "nBest": [{"display": "Well, yes"}]}]},
    "Rev": {"monologues": [
        {"speaker": "Pat Hill", "elements": [{"type": "text", "value": "So", "ts": 0.5}, {"value": "?"}]},
        {"speaker": "Sam Wood", "elements": [{"type": "text", "value": "Well", "ts": 2.0}, {"value": ", "},
                                             {"type": "text", "value": "yes", "ts": 3.0}]}]},
    "Google": {"results": [
        {"alternatives": [{"transcript": "So?"}], "speaker": "Pat Hill", "startTime": "0:00.5"},
        {"alternatives": [{"transcript": "Well, yes"}], "speaker": "Sam Wood", "startTime": "0:02"}]},
    "one level down": {"data": {"segments": [{"text": "So?", "speaker": {"displayName": "Pat Hill"}, "start": 0.5},
                                             {"text": "Well, yes", "speaker": {"name": "Sam Wood"}, "start": 2}]}},
    "a list": [{"speaker": "Pat Hill", "text": "So?", "start": 0.5},
               {"speaker": "Sam Wood", "content": "Well, yes", "start": 2}],
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_gives_speakers_words_and_times(tmp_path: Path, shape: str) -> None:
    reading = _read(tmp_path, SHAPES[shape])
    assert [(line.speaker, line.text, line.seconds) for line in reading.lines] == [
        ("Pat Hill", "So?", 0.5),
        ("Sam Wood", "Well, yes", 2.0),
    ]
    assert reading.unit == "cue"
    assert reading.doubts == []


@pytest.mark.parametrize("labelled", [True, False])
def test_the_single_words_of_aws_become_passages_of_one_speaker(tmp_path: Path, labelled: bool) -> None:
    reading = _read(tmp_path, _aws(labelled))
    assert [(line.speaker, line.text, line.seconds) for line in reading.lines] == [
        ("spk_0", "So?", 0.5),
        ("spk_1", "Well, yes", 2.0),
    ]


def test_speakers_that_are_numbers_get_a_name_and_missing_ones_are_nobody_known(tmp_path: Path) -> None:
    lines = _read(tmp_path, {"segments": [{"text": "So?", "speaker": 0}, {"text": "Well."}, {"text": " "}]}).lines
    assert [(line.speaker, line.text) for line in lines] == [("Speaker 0", "So?"), (UNNAMED, "Well.")]


def test_a_whole_text_with_other_words_is_told(tmp_path: Path) -> None:
    doubts = _read(tmp_path, {"text": "So? Well, then", "segments": [{"text": "So?"}]}).doubts
    assert doubts == ["its whole text (3 words) and its passages (1 words) differ; the passages are read"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"codes": [], "title": "x"}, "it holds codes, title. Known: Teams (entries"),
        ([{"a": 1}], "it holds a list of {a}"),
        ([], "it holds a list of NoneType"),
        ({"segments": [{"start": 1}]}, "it holds segments"),
        ('{"segments": [{"text": "So', "is not JSON (Unterminated string"),
        ("INT: So?", "is not JSON"),
        ({"results": {"items": [{"type": "pronunciation"}]}}, "begins like a transcript and then differs (KeyError"),
        ({"monologues": [{"elements": ["so"]}]}, "begins like a transcript and then differs (AttributeError"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_other_json_is_refused_with_what_it_holds(tmp_path: Path, content: Any, told: str) -> None:
    with pytest.raises(InputError) as caught:
        _read(tmp_path, content)
    assert told in str(caught.value) or "nested too deeply" in str(caught.value)


def test_signs_that_nobody_sees_and_broken_ones_do_not_come_through_escapes(tmp_path: Path) -> None:
    reading = _read(
        tmp_path, '{"segments": [{"text": "every\\u00adone\\u200b said\\u00a0cafe\\u0301 \\ud800\\u0007"}]}'
    )
    assert reading.lines[0].text == "everyone said café \ufffd"


TEXT = st.text(st.sampled_from('abcé’ .,?!<&"\\\n\t👍\u00a0'), max_size=20)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A", "B", None]), TEXT), min_size=1))
def test_every_word_of_the_passages_is_in_the_lines_once_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str | None, str]]
) -> None:
    content = {"segments": [{"text": text, "speaker": speaker} for speaker, text in [("A", "so"), *said]]}
    lines = _read(tmp_path_factory.mktemp("json"), json.dumps(content)).lines
    assert [word for line in lines for word in line.text.split()] == [
        "so",
        *(w for _, text in said for w in text.split()),
    ]


def test_a_passage_without_a_speaker_is_nobody_known_and_told_once(tmp_path: Path) -> None:
    named = [{"speaker": "Jo", "text": "Hello."}, {"speaker": "Ann", "text": "Hi."}]
    without = [{"speaker": None, "text": "I never did."}, {"text": "Me neither."}, {"speaker": "", "text": "Three."}]
    reading = _read(tmp_path, {"results": [*named, *without]})
    assert [line.speaker for line in reading.lines] == ["Jo", "Ann", UNNAMED, UNNAMED, UNNAMED]
    assert reading.doubts == ["cue 3: 3 passages name no speaker (this is the first); read as unknown"]
    alone = _read(tmp_path, {"results": without})
    assert ({line.speaker for line in alone.lines}, alone.doubts) == ({None}, [])


def test_text_beside_the_passages_is_a_note_where_it_stands_and_ids_and_repeats_are_not(tmp_path: Path) -> None:
    found = {
        "title": "Interview in Kent",
        "audio_url": "https://example.org/a b c d.mp3",
        "model": "large model version three",
        "text": "Hello there Ann. Well now.",
        "segments": [
            {"text": "Hello there Ann.", "speaker": "Jo", "comment": "said softly", "words": [{"word": "Hello there"}]},
            {"text": "Well now.", "speaker": "Ann Marie Bell", "sentences": ["well, now"]},
        ],
        "summary": "Ann was greeted",
    }
    reading = _read(tmp_path, found)
    assert [(line.number, line.text, line.aside) for line in reading.lines] == [
        (1, "Interview in Kent", "note"),
        (1, "Hello there Ann.", ""),
        (1, "said softly", "note"),
        (2, "Well now.", ""),
        (2, "Ann was greeted", "note"),
    ]
    assert reading.doubts == ["3 texts beside the passages (a summary, notes) set aside"]
