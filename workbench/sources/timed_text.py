"""Text whose every line carries its time: `.lrc`, Whisper's `.tsv`, and `[00:01.000 --> 00:02.000] words`."""

import re
from collections.abc import Sequence
from pathlib import Path

from workbench.errors import InputError, Problem
from workbench.sources.clock import CLOCK, to_seconds
from workbench.sources.decoding import SOFT_BREAK, Decoded, decode
from workbench.sources.line import Line, Reading

_RANGE = re.compile(rf"^\s*\[(?P<start>{CLOCK})\s*-->\s*{CLOCK}\]\s*")
_LYRIC = re.compile(r"^\s*(?:\[(?P<start>\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?)\])+")


def is_timed(lines: Sequence[Line]) -> bool:
    """Tell whether nearly every line of a plain text begins with a range of time."""
    return bool(lines) and sum(bool(_RANGE.match(line.text)) for line in lines) >= 0.9 * len(lines)


def timed(reading: Reading) -> Reading:
    """Return a plain text of `is_timed` lines as cues with times."""
    lines: list[Line] = []
    for cue, line in enumerate(reading.lines, 1):
        found = _RANGE.match(line.text)
        words = line.text[found.end() :].strip() if found else line.text
        if words:
            lines.append(Line(text=words, number=cue, seconds=to_seconds(found["start"]) if found else None))
    return Reading(lines=lines, unit="cue", encoding=reading.encoding, doubts=reading.doubts)


def read_lyrics(path: Path) -> Reading:
    """Read a `.lrc` file; its tags (`[ar:…]`) are asides."""
    decoded = decode(path.read_bytes(), path.name)
    lines: list[Line] = []
    for row in _rows(decoded):
        found = _LYRIC.match(row)
        words = row[found.end() :].strip() if found else row.strip()
        start = to_seconds(found["start"]) if found else None
        if words:
            tag = not found and words.startswith("[")
            lines.append(Line(text=words, number=len(lines) + 1, seconds=start, aside="cue" if tag else ""))
    return Reading(lines=lines, unit="cue", encoding=decoded.encoding, doubts=decoded.doubts)


def read_tsv(path: Path) -> Reading:
    """Read Whisper's `.tsv`: start and end in milliseconds, text, and a speaker if there is that column.

    Raises
    ------
    InputError
        If it has no columns start and text.
    """
    decoded = decode(path.read_bytes(), path.name)
    rows = [row.split("\t") for row in _rows(decoded)]
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if not {"start", "text"} <= set(names):
        what = f"its first row is {' | '.join(names)}, so it is not a transcript of Whisper's"
        raise InputError(Problem(place=path.name, what=what, choices=("start", "end", "text", "speaker")))
    lines = []
    for number, row in enumerate(rows[1:], 1):
        cells = dict(zip(names, [*row[: len(names) - 1], " ".join(row[len(names) - 1 :])], strict=False))
        start = cells.get("start", "").strip()
        if cells.get("text", "").strip():
            seconds = int(start) / 1000 if start.isdigit() else None
            speaker = cells.get("speaker", "").strip() or None
            lines.append(Line(text=cells["text"].strip(), number=number, seconds=seconds, speaker=speaker))
    return Reading(lines=lines, unit="cue", encoding=decoded.encoding, doubts=decoded.doubts)


def _rows(decoded: Decoded) -> list[str]:
    return [row for row in decoded.text.replace(SOFT_BREAK, " ").split("\n") if row.strip()]
