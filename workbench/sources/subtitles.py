"""WebVTT and SubRip: cues become lines with speaker and time."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from workbench.sources.clock import CLOCK, is_unpadded, to_seconds
from workbench.sources.decoding import SOFT_BREAK, decode, tidy
from workbench.sources.line import UNNAMED, Line, Reading

TIMES = re.compile(rf"^\s*(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})")
ANOTHER_RECORDING = 60
"""Seconds; a cue that begins so much before the one above it begins a second recording, and is not moved."""
MOST_DOUBTS = 20
"""Overlaps that are listed one by one."""
BRIEF = 0.1
"""Seconds; captions that roll up show a row so long while it moves, and the next one begins within it."""
NAMED = 0.5
"""Share of cues that must begin with a name on a row of its own, for such rows to be speakers."""
_NAME = re.compile(r"(?:[A-Z][\w'’.-]*|\(\w[^)]*\))(?:,? (?:[A-Z\d][\w'’.-]*|\([^)]+\)|de|la|van|von|der)){0,4}")
_ANSWERS = frozenset({
    "yes", "yeah", "yep", "no", "nope", "okay", "ok", "right", "sure", "well", "so", "and", "but", "oh", "ah", "um",
    "er", "mm", "mhm", "hmm", "hello", "hi", "bye", "thanks", "what", "why", "when", "how", "who", "i", "it", "the",
})  # fmt: skip
"""What a caption of few words begins with, and is nobody's name."""
_ID = re.compile(r"^\s*(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27}(?:[/-][\d-]+)?|\w*\d\w*/[\d-]+)\s*$", re.IGNORECASE)
_BLOCK = re.compile(r"^(NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|lang|ruby|rt|font)\b[^>]*>|<\d[\d:.]*>|\{\\[^}]*\}", re.IGNORECASE)
_WORD_TIME = re.compile(r"<\d[\d:.]*>")
_CHANGE = re.compile(r"(?:^|\s)(?:>>|&gt;&gt;)\s*")
_DASH = re.compile(r"^\s*[-–—]\s*(?=\S)")
_LABELLED = re.compile(r"^[^\W\d_][^:]{0,40}:(\s|$)")


@dataclass(kw_only=True)
class _Cue:
    number: int
    start: float
    end: float
    rows: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    """Rows that only repeat the cue before."""
    speaker: str | None = None
    """Named on a row of its own above the words."""

    @property
    def brief(self) -> bool:
        """Whether it only rolls the words before up."""
        return self.end - self.start <= BRIEF


def read_subtitles(path: Path) -> Reading:
    """Read a `.vtt` or `.srt` file, one `Line` a voice of a cue, in order of time.

    The head of the file, notes, styles and names of cues are asides; numbers
    and machine ids of cues, times and tags are not words. In captions that
    roll up (YouTube), rows that only repeat the cue before are asides.
    """
    decoded = decode(path.read_bytes(), path.name)
    rows = decoded.text.replace(SOFT_BREAK, "\n").split("\n")
    doubts = list(decoded.doubts)
    cues, asides = _cues(rows, doubts)
    doubts += _take_names(cues)
    _set_repeats_aside(cues, rolling="\n".join(rows))
    doubts += _overlaps(cues)
    beside: dict[int, list[Line]] = {}
    for line in asides:
        beside.setdefault(line.number, []).append(line)
    lines = [replace(line, number=1) for line in beside.get(0, [])]
    for cue in _in_time(cues, doubts):
        lines += [Line(text=_clean(row), number=cue.number, seconds=cue.start, aside="cue") for row in cue.again]
        lines += _voices(cue, doubts)
        lines += beside.get(cue.number, [])
    return Reading(lines=lines, unit="cue", encoding=decoded.encoding, doubts=doubts)


def _cues(rows: Sequence[str], doubts: list[str]) -> tuple[list[_Cue], list[Line]]:
    """Find the cues; a row of times begins one, whether or not an empty row stands before it."""
    times = {place: found for place, row in enumerate(rows) if (found := TIMES.match(row))}
    unpadded = any(is_unpadded(found["start"]) or is_unpadded(found["end"]) for found in times.values())
    cues: list[_Cue] = []
    asides: list[Line] = []
    block, ended = "", True
    for place, row in enumerate(rows):
        if place in times:
            start, end = (to_seconds(times[place][name], unpadded=unpadded) for name in ("start", "end"))
            cues.append(_Cue(number=len(cues) + 1, start=start, end=end))
            block, ended = "", False
        elif not row.strip():
            block, ended = ("", True) if not row else (block, ended)
        elif place + 1 in times and (_ID.match(row) or ended or not cues):
            if not _ID.match(row):
                asides.append(Line(text=row.strip(), number=len(cues), aside="cue"))
        elif block or not cues or (ended and _BLOCK.match(row)):
            block = block or (_BLOCK.match(row) or [""])[0].strip() or "head"
            asides.append(Line(text=row.strip(), number=len(cues), aside="note" if block == "NOTE" else "cue"))
        else:
            if ended and cues[-1].rows:
                doubts.append(f"cue {cues[-1].number}: goes on after an empty line; read as part of it")
            ended = False
            cues[-1].rows.append(row)
    return cues, asides


def _set_repeats_aside(cues: Sequence[_Cue], rolling: str) -> None:
    """In captions that roll up, move rows aside that end the cue before and begin this one."""
    same = [_carried(before, after) for before, after in pairwise(cues)]
    carried = sum(map(bool, same))
    if not (_WORD_TIME.search(rolling) and carried) and carried < max(5, 0.3 * len(same)):
        return
    for cue, size in zip(cues[1:], same, strict=True):
        cue.again, cue.rows = cue.rows[:size], cue.rows[size:]


def _carried(before: _Cue, after: _Cue) -> int:
    """Count the rows that a cue carries over from the one before it; words said a second time are not carried."""
    if after.start > before.end + BRIEF:
        return 0
    shown, shows = ([_clean(row) for row in cue.rows] for cue in (before, after))
    sizes = range(min(len(shown), len(shows)), 0, -1)
    same = next((size for size in sizes if shown[-size:] == shows[:size]), 0)
    rolls = same < len(shows) or same < len(shown) or before.brief or after.brief
    return same if rolls else 0


def _take_names(cues: Sequence[_Cue]) -> list[str]:
    """Take a first row that is only a name for the speaker, where cues of a file have one throughout (older Teams)."""
    spoken = [cue for cue in cues if cue.rows]
    heads = {cue.number: head for cue in spoken if len(cue.rows) > 1 and (head := _name_alone(cue.rows[0]))}
    times = Counter(heads.values())
    again = {name for name, count in times.items() if count > 1}
    if len(heads) < max(2, NAMED * len(spoken)) or (len(heads) < len(spoken) and not again):
        return []
    if len(heads) < len(spoken):
        heads = {number: name for number, name in heads.items() if name in again}
    if len(heads) < NAMED * len(spoken):
        return []
    for cue in spoken:
        if cue.number in heads:
            cue.speaker, cue.rows = heads[cue.number], cue.rows[1:]
    names = ", ".join(sorted(set(heads.values()))[:6])
    return [f"{len(heads)} cues begin with a row that is only a name ({names}); read as their speakers"]


def _name_alone(row: str) -> str | None:
    name = _clean(row)
    first = name.split(" ")[0].casefold().strip(".,")
    answer = first in _ANSWERS or len(name) > 50 or name.endswith(".")
    return None if answer or not _NAME.fullmatch(name) else name


def _in_time(cues: Sequence[_Cue], doubts: list[str]) -> Iterator[_Cue]:
    """Yield cues by their start, keeping apart recordings that follow one another in one file."""
    stretch: list[_Cue] = []
    for cue in cues:
        if stretch and cue.start < max(one.start for one in stretch[-5:]) - ANOTHER_RECORDING:
            doubts.append(f"cue {cue.number}: the time goes back to {cue.start:.1f} s; perhaps a second recording")
            yield from sorted(stretch, key=lambda one: one.start)
            stretch = []
        elif stretch and cue.start < stretch[-1].start:
            before = stretch[-1].number
            doubts.append(f"cue {cue.number}: stands after cue {before} but begins before it; put in order of time")
        stretch.append(cue)
    yield from sorted(stretch, key=lambda one: one.start)


def _overlaps(cues: Sequence[_Cue]) -> list[str]:
    """Name cues that begin before the one above them ends; in captions that roll up this means nothing."""
    if any(cue.again for cue in cues):
        return []
    found = [
        f"cue {after.number}: begins {before.end - after.start:.1f} s before cue {before.number} ends"
        for before, after in pairwise(cues)
        if before.start <= after.start < before.end - 0.005
    ]
    more = len(found) - MOST_DOUBTS
    return [*found[:MOST_DOUBTS], f"{more} more cues begin before the one above them ends"] if more > 0 else found


def _voices(cue: _Cue, doubts: list[str]) -> Iterator[Line]:
    """Split one cue at `<v Name>`, at `>>`, and at rows that begin with dashes."""
    line = Line(text="", number=cue.number, seconds=cue.start, speaker=cue.speaker)
    spoken = " ".join(row.strip() for row in cue.rows)
    if found := _utterance(spoken):
        yield replace(line, text=_clean(found[1]), speaker=found[0])
        return
    if _VOICE.search(spoken):
        pieces = _VOICE.split(spoken)
        named = zip([None, *pieces[1::2]], pieces[::2], strict=True)
        voices = [(_clean(name) if name else None, words) for name, words in named]
    else:
        voices = _unnamed(cue, spoken)
        if sum(speaker == UNNAMED and not _LABELLED.match(_clean(words)) for speaker, words in voices) > 1:
            doubts.append(f"cue {cue.number}: several voices, none of them named")
    yield from (
        replace(line, text=_clean(words), speaker=cue.speaker if name is None else name)
        for name, words in voices
        if _clean(words)
    )


def _unnamed(cue: _Cue, spoken: str) -> list[tuple[str | None, str]]:
    """Split a cue where it marks another voice; a voice without a label is unknown, not the one before."""
    first: list[tuple[str | None, str]] = []
    dashed = [row for row in cue.rows if _DASH.match(_clean(row))]
    if len(dashed) > 1:
        texts: list[str] = []
        for row in cue.rows:
            said = _clean(row)
            if _DASH.match(said) or not texts:
                texts.append(_DASH.sub("", said))
            else:
                texts[-1] += f" {said}"
    elif _CHANGE.search(spoken):
        before, *texts = _CHANGE.split(spoken)
        first = [(None, before)]
    else:
        return [(None, spoken)]
    return [*first, *((UNNAMED, text) for text in texts)]


def _utterance(spoken: str) -> tuple[str | None, str] | None:
    """Return speaker and words of a cue that is a JSON object, as Teams' metadata transcript writes them."""
    if not spoken.startswith("{"):
        return None
    try:
        said = json.loads(spoken)
    except ValueError:
        return None
    return (said.get("speakerName") or None, str(said["spokenText"])) if "spokenText" in said else None


def _clean(text: str) -> str:
    """Take tags out, turn entities into signs, and part words by single blanks."""
    if "<" in text or "{" in text:
        text = _TAG.sub("", text)
    return " ".join(tidy(html.unescape(text)).split())
