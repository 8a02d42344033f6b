"""WebVTT and SubRip: cues become lines with speaker and time."""

import re
from pathlib import Path

from workbench.sources.line import Line, Reading
from workbench.sources.plain_text import decode

_CLOCK = r"-?\d{1,3}(?::-?\d{1,2}){1,2}[.,]-?\d{1,3}"
_TIMES = re.compile(rf"^\s*(?P<start>{_CLOCK})\s*-->\s*(?P<end>{_CLOCK})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|lang|ruby|rt|font)\b[^>]*>|<\d[\d:.]*>", re.IGNORECASE)


def to_seconds(clock: str) -> float:
    """Return seconds of `01:02.345`, `00:01:02,345` or Teams' unpadded and negative `0:0:-6.-820`."""
    whole, _, fraction = clock.replace(",", ".").rpartition(".")
    parts = [int(part) for part in whole.split(":")]
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    return seconds + float(f"0.{fraction.lstrip('-')}")


def read_subtitles(path: Path) -> Reading:
    """Read a `.vtt` or `.srt` file, one `Line` a voice of a cue.

    Header, notes and cue ids are asides; nothing else is left out.
    """
    text, encoding = decode(path.read_bytes(), path.name)
    lines: list[Line] = []
    number = 0
    for block in re.split(r"\n[ \t]*\n", text):
        rows = [row for row in block.split("\n") if row.strip()]
        at = next((position for position, row in enumerate(rows) if _TIMES.match(row)), None)
        if at is None:
            lines += [
                Line(text=row.strip(), number=number or 1, aside="cue") for row in rows if not row.strip().isdigit()
            ]
            continue
        number += 1
        times = _TIMES.match(rows[at])
        start = to_seconds(times["start"]) if times else None
        lines += _voices(" ".join(row.strip() for row in rows[at + 1 :]), number, start)
    return Reading(lines=lines, unit="cue", encoding=encoding)


def _voices(spoken: str, number: int, start: float | None) -> list[Line]:
    """Split one cue at its `<v Name>` tags; without any it is one line without a speaker."""
    pieces = _VOICE.split(spoken)
    found = [Line(text=pieces[0], number=number, seconds=start)] if pieces[0].strip() else []
    for name, words in zip(pieces[1::2], pieces[2::2], strict=True):
        found.append(Line(text=words, number=number, seconds=start, speaker=name.strip()))
    cleaned = [(line, re.sub(r"\s+", " ", _TAG.sub("", line.text)).strip()) for line in found]
    return [
        Line(text=text, number=line.number, seconds=line.seconds, speaker=line.speaker)
        for line, text in cleaned
        if text
    ]
