"""No reader puts a word into a document that its file does not have."""

import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.corpus import UNKNOWN, Document, read_document
from workbench.errors import InputError

VOICES = ["", "", "- ", ">> ", "Hana: ", "INT: ", "Unidentified: ", "<v Wes>", "All: ", "P01 & P02: "]
said = st.lists(st.sampled_from(["rent", "owed", "Well", "no.", "van?", "[laughs]", "Monday"]), min_size=1, max_size=5)
rows = st.lists(st.tuples(st.sampled_from(VOICES), said.map(" ".join)), min_size=1, max_size=8)
cues = st.lists(rows.map(lambda row: row[:3]), min_size=1, max_size=6)


def _clock(second: int, sign: str) -> str:
    return f"00:00:{second:02}{sign}000"


def _cued(spoken: list[list[tuple[str, str]]], sign: str) -> str:
    blocks = [
        f"{_clock(2 * at, sign)} --> {_clock(2 * at + 1, sign)}\n" + "\n".join(voice + words for voice, words in block)
        for at, block in enumerate(spoken)
    ]
    return "\n\n".join(blocks) + "\n"


def _lined(spoken: list[list[tuple[str, str]]]) -> str:
    return "\n".join(voice + words for block in spoken for voice, words in block) + "\n"


def _passages(spoken: list[list[tuple[str, str]]]) -> str:
    found = [{"speaker": voice.strip(":<> ") or None, "text": words} for block in spoken for voice, words in block]
    return json.dumps(found)


def _table(spoken: list[list[tuple[str, str]]]) -> str:
    found = [f"{at}\t{at + 1}\t{voice}\t{words}" for at, block in enumerate(spoken) for voice, words in block]
    return "\n".join(["start\tend\tspeaker\ttext", *found]) + "\n"


FORMATS = {
    "vtt": lambda spoken: "WEBVTT\n\n" + _cued(spoken, "."),
    "srt": lambda spoken: _cued(spoken, ","),
    "txt": _lined,
    "md": _lined,
    "lrc": lambda spoken: "".join(f"[00:{at:02}.00]{row}\n" for at, row in enumerate(_lined(spoken).splitlines())),
    "rtf": lambda spoken: r"{\rtf1\ansi " + _lined(spoken).replace("\n", "\\par\n") + "}",
    "json": _passages,
    "tsv": _table,
}


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _read(name: str, content: str) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(content, encoding="utf-8")
        return read_document(path, {})


@pytest.mark.parametrize("ending", FORMATS)
@given(spoken=cues)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_of_the_text_is_in_the_file(ending: str, spoken: list[list[tuple[str, str]]]) -> None:
    try:
        document = _read(f"talk.{ending}", FORMATS[ending](spoken))
    except InputError:
        return  # told; nothing is read of it
    given_words = _words(" ".join(voice + words for block in spoken for voice, words in block))
    # `v` is a tag's name in WebVTT; the head of a file is its own.
    assert _words(document.text) <= given_words | {"WEBVTT"}


@pytest.mark.parametrize("ending", ["vtt", "srt"])
def test_each_voice_without_a_name_has_a_turn_of_its_own_and_no_label(ending: str) -> None:
    spoken = [[("- ", "So?"), ("- ", "Well.")], [("", "And then.")], [(">> ", "No."), (">> ", "Hana: Yes.")]]
    document = _read(f"talk.{ending}", FORMATS[ending](spoken))
    talk = [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.turns]
    assert talk == [(UNKNOWN, "So?"), (UNKNOWN, "Well. And then."), (UNKNOWN, "No."), (UNKNOWN, "Hana: Yes.")]
    assert UNKNOWN not in document.text


def test_a_file_that_itself_calls_a_voice_unknown_keeps_the_word() -> None:
    document = _read("talk.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n<v unknown>So?\n")
    assert document.text.endswith("unknown: So?")
    assert [turn.speaker for turn in document.turns] == [UNKNOWN]
