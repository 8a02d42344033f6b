"""Transcripts in JSON: Teams, Whisper and WhisperX, AWS Transcribe, AssemblyAI, Deepgram, Azure Speech, Rev."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from workbench.errors import InputError, Problem
from workbench.sources.clock import to_seconds
from workbench.sources.decoding import decode, tidy
from workbench.sources.line import UNNAMED, Line, Reading

_LISTS = (
    "entries", "segments", "utterances", "audio_segments", "monologues", "recognizedPhrases", "cues", "captions",
    "transcript", "meeting_transcripts", "results",
)  # fmt: skip
_TEXT = ("text", "spokenText", "transcript", "content", "caption", "display")
_SPEAKER = ("speakerDisplayName", "speakerName", "speaker_name", "speaker", "speaker_label", "speakerId", "speaker_id")
_START = ("startOffset", "start", "start_time", "startTime", "startSeconds", "offset")
_PARTS = frozenset({
    "words", "elements", "items", "nBest", "alternatives", "channels", "transcripts", "speaker_labels", "tokens",
    "combinedRecognizedPhrases",
})  # fmt: skip
"""Keys of lists whose words stand in the passages already."""
_MACHINE = frozenset({
    "name", "displayName", "speakers", "participants", "attendees", "language",
    "language_code", "languageCode", "locale", "model", "speech_model", "acoustic_model", "language_model", "file",
    "filename", "fileName", "path", "uri", "url", "source", "audio", "version", "format", "status", "type", "jobName",
    *_SPEAKER, *_START,
})  # fmt: skip
"""Keys of names and of machines' notes, which are no words that somebody wrote about the talk."""
_FEWEST = 3
"""Words from which text beside the passages is kept as a note; under a key of notes one is enough."""
_NOTES = re.compile(
    r"(?:note|summary|comment|remark|memo|description|title|headline|heading|gist|topic)s?$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESSED = re.compile(r"(?:^id|_id|I[dD]|_at|[uU](?:rl|ri|RL|RI)|[pP]ath)$")
_ADDRESS = re.compile(r"^\S*(?:://|\\)|[\w-]{32,}")
_TICKS = 10_000_000
UNDERSTOOD = (
    "Teams (entries: text, speakerDisplayName, startOffset)", "Whisper and WhisperX (segments: text, start, speaker)",
    "AWS Transcribe (results: items, audio_segments)", "AssemblyAI, Deepgram (utterances)",
    "Azure Speech (recognizedPhrases)", "Rev (monologues)",
    "Google (results: alternatives)", "a list of {speaker, text, start}",
)  # fmt: skip
"""Shapes that are read, for messages."""


_REMEDY = "Export it as .vtt or .docx"


def read_json(path: Path) -> Reading:
    """Read a `.json` transcript, one `Line` a passage, with its speaker and time.

    Ids, confidences, single words with their times and the like repeat what
    the passages say, or are a recogniser's notes: they are not words of the
    talk. Other text of some words (a summary, notes) is an aside. Where the
    file also holds the whole text, its words are compared.

    Raises
    ------
    InputError
        If it is not JSON, or of none of the `UNDERSTOOD` shapes.
    """
    decoded = decode(path.read_bytes(), path.name)
    try:
        found = json.loads(decoded.text)
    except ValueError as error:
        what = f"is not JSON ({error})"
        raise InputError(Problem(place=path.name, what=what, remedy="Export it again; perhaps it was cut")) from error
    except RecursionError as error:
        raise InputError(Problem(place=path.name, what="is nested too deeply to be a transcript")) from error
    try:
        passages = _passages(found)
        lines = [line for number, one in enumerate(passages or [], 1) for line in _line(one, number, found)]
        lines, unnamed = _name_unknown(lines)
        doubts = [*decoded.doubts, *_silent(passages or []), *unnamed, *_compare(found, lines)]
        lines, beside = _with_notes(found, passages or [], lines)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        what = f"is JSON that begins like a transcript and then differs ({type(error).__name__}: {error})"
        raise InputError(Problem(place=path.name, what=what, choices=UNDERSTOOD, remedy=_REMEDY)) from error
    if passages is None:
        keys = sorted(found) if isinstance(found, Mapping) else [f"a list of {_kind(found)}"]
        what = f"is JSON of an unknown shape; it holds {', '.join(map(str, keys[:12])) or 'nothing'}"
        raise InputError(Problem(place=path.name, what=what, choices=UNDERSTOOD, remedy=_REMEDY))
    return Reading(lines=lines, unit="cue", encoding=decoded.encoding, doubts=[*doubts, *beside])


def _name_unknown(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Call a passage without a speaker unknown, where others have one; return a doubt that says so."""
    unnamed = [line.number for line in lines if line.speaker is None]
    if not unnamed or len(unnamed) == len(lines):
        return list(lines), []
    count = f"{len(unnamed)} passages name" if len(unnamed) > 1 else "1 passage names"
    doubt = f"cue {unnamed[0]}: {count} no speaker (this is the first); read as unknown"
    return [line if line.speaker is not None else replace(line, speaker=UNNAMED) for line in lines], [doubt]


def _with_notes(found: Any, passages: Sequence[Any], lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Add text that stands beside the words of the passages (summary, notes) where it stands; return a doubt."""
    said = _bare(" ".join(line.text for line in lines))
    whole = _whole(found)
    notes: dict[int, list[Line]] = {}
    seen: set[str] = set()
    for place, text in _texts(found, {id(one): number for number, one in enumerate(passages, 1)}):
        words = " ".join(tidy(text).split())
        bare = _bare(words)
        if text != whole and bare not in said and bare not in seen:
            seen.add(bare)
            notes.setdefault(place, []).append(Line(text=words, number=max(place, 1), aside="note"))
    if not notes:
        return list(lines), []
    with_notes = notes.pop(0, [])
    for number, own in groupby(lines, key=lambda line: line.number):
        with_notes += [*own, *notes.pop(number, [])]
    with_notes += [line for left in notes.values() for line in left]  # of passages without words
    count = len(with_notes) - len(lines)
    return with_notes, [f"{count} text{'s' * (count > 1)} beside the passages (a summary, notes) set aside"]


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _texts(found: Any, places: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """Yield every text of some words under a key that may hold talk, with the passage in or after which it stands."""
    place = 0
    left: list[tuple[str, Any]] = [("", found)]
    while left:
        key, value = left.pop()
        place = places.get(id(value), place)
        if key in _MACHINE or _ADDRESSED.search(key) or (key in _PARTS and not isinstance(value, str)):
            continue
        if isinstance(value, Mapping):
            left += reversed([(str(name), inner) for name, inner in value.items()])
        elif isinstance(value, list):
            left += [(key, inner) for inner in reversed(value)]
        elif isinstance(value, str) and not _ADDRESS.search(value) and _is_note(key, value):
            yield place, value


def _is_note(key: str, value: str) -> bool:
    return len(_WORD.findall(value)) >= (1 if _NOTES.search(key) else _FEWEST)


def _kind(found: Any) -> str:
    first = found[0] if isinstance(found, list) and found else None
    return f"{{{', '.join(sorted(first)[:12])}}}" if isinstance(first, Mapping) else type(first).__name__


def _passages(found: Any) -> Sequence[Mapping[str, Any]] | None:
    """Return the list that holds the talk, wherever this shape keeps it."""
    if isinstance(found, list):
        return found if found and all(isinstance(one, Mapping) and _words(one) is not None for one in found) else None
    if not isinstance(found, Mapping):
        return None
    for key in _LISTS:
        listed = found.get(key)
        if isinstance(listed, list) and all(isinstance(one, Mapping) for one in listed):
            return listed if not listed or any(_words(one) is not None for one in listed) else None
    if isinstance(found.get("items"), list):
        return _from_items(found)
    inner = (passages for value in found.values() if isinstance(value, Mapping) and (passages := _passages(value)))
    return next(inner, None)


def _from_items(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Join AWS Transcribe's single words to passages of one speaker; without speakers, to sentences."""
    named = results.get("speaker_labels") or {}
    labels = {
        item.get("start_time"): item.get("speaker_label")
        for segment in named.get("segments", [])
        for item in segment.get("items", [])
    }
    passages: list[dict[str, Any]] = []
    for item in results["items"]:
        word = item["alternatives"][0]["content"]
        speaker = item.get("speaker_label") or labels.get(item.get("start_time"))
        if item.get("type") == "punctuation" and passages:
            passages[-1]["text"] += word
        elif passages and passages[-1]["speaker"] == speaker and (speaker or passages[-1]["text"][-1] not in ".?!"):
            passages[-1]["text"] += f" {word}"
        else:
            passages.append({"text": word, "speaker": speaker, "start": item.get("start_time")})
    return passages


def _words(one: Mapping[str, Any]) -> str | None:
    """Return the words of a passage, or None if it has no field for them."""
    if isinstance(one.get("elements"), list):  # Rev: words and signs in turn
        return "".join(str(part.get("value", "")) for part in one["elements"])
    for key in ("nBest", "alternatives"):  # Azure, Google: the likeliest first
        if isinstance(one.get(key), list):
            return _words(one[key][0]) if one[key] else ""
    return next((one[key] for key in _TEXT if isinstance(one.get(key), str)), None)


def _line(one: Mapping[str, Any], number: int, found: Any) -> list[Line]:
    words = " ".join(tidy(_words(one) or "").split())
    if not words:
        return []
    named = next((one[key] for key in _SPEAKER if one.get(key) not in (None, "")), None)
    if isinstance(named, Mapping):
        named = next((named[key] for key in ("displayName", "name", "id") if named.get(key)), None)
    speaker = f"Speaker {named}" if isinstance(named, int) else tidy(str(named)).strip() if named is not None else None
    milliseconds = isinstance(found, Mapping) and "utterances" in found  # AssemblyAI counts them
    return [Line(text=words, number=number, speaker=speaker, seconds=_seconds(one, milliseconds=milliseconds))]


def _seconds(one: Mapping[str, Any], *, milliseconds: bool) -> float | None:
    """Return when a passage begins, from seconds, milliseconds, ticks, `00:00:01.5` or `PT1M2.5S`."""
    if "offsetInTicks" in one:
        return float(one["offsetInTicks"]) / _TICKS
    elements = one.get("elements")
    start = next((one[key] for key in _START if one.get(key) is not None), None)
    if start is None and isinstance(elements, list):
        start = next((part["ts"] for part in elements if "ts" in part), None)
    if isinstance(start, int) and milliseconds:
        return start / 1000
    if isinstance(start, int | float):
        return float(start)
    text = str(start or "").strip()
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    if re.fullmatch(r"(\d+:)?\d+:\d+([.,]\d+)?", text):
        return to_seconds(text)
    iso = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?", text)
    return sum(float(part or 0) * unit for part, unit in zip(iso.groups(), (3600, 60, 1), strict=True)) if iso else None


def _silent(passages: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"cue {number}: has no text" for number, one in enumerate(passages, 1) if _words(one) is None]


def _whole(found: Any) -> str | None:
    """Return the whole text, where a file holds it beside its passages."""
    whole = found.get("text") if isinstance(found, Mapping) else None
    results = found.get("results") if isinstance(found, Mapping) else None
    if isinstance(results, Mapping) and isinstance(results.get("transcripts"), list) and results["transcripts"]:
        whole = results["transcripts"][0].get("transcript")
    return whole if isinstance(whole, str) else None


def _compare(found: Any, lines: Sequence[Line]) -> list[str]:
    """Tell when the whole text, where the file holds it too, has other words than the passages."""
    whole = _whole(found)
    if whole is None:
        return []
    said, written = "".join("".join(line.text.split()) for line in lines), "".join(tidy(whole).split())
    if said == written:
        return []
    count = sum(len(line.text.split()) for line in lines)
    return [
        f"its whole text ({len(whole.split())} words) and its passages ({count} words) differ; the passages are read"
    ]
