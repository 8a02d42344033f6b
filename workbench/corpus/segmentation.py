"""Lines become one text and its turns."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from workbench.corpus.document import UNKNOWN, Turn
from workbench.corpus.labels import accept_labels, find_label
from workbench.sources import Line, Reading

_NOT_TALK = re.compile(
    r"^[\[(](?:end of|interview (?:ends|begins|starts)|recording|tape|pause in|crosstalk|silence)[^\])]*[\])]$",
    re.IGNORECASE,
)
_STARTS = {"And", "But", "I", "I, I", "No", "So", "So I", "Well", "Yeah", "Yes"}
"""Words before a colon that begin a sentence and are nobody's name."""
LONG_TURN = 60
"""Words after which talk without any speaker is cut at the next full stop, or at twice as many without one."""


@dataclass(kw_only=True)
class _Builder:
    """The text so far, and the turn that is open."""

    text: str = ""
    turns: list[Turn] = field(default_factory=list)
    speaker: str | None = None
    last: str | None = None
    start: int = 0
    line: int = 1
    seconds: float | None = None

    def append(self, text: str, joint: str) -> int:
        """Add text after a joint and return where it begins."""
        if self.text:
            self.text += joint
        begins = len(self.text)
        self.text += text
        return begins

    def open(self, speaker: str, start: int, line: Line, seconds: float | None) -> None:
        self.speaker = self.last = speaker
        self.start, self.line = start, line.number
        self.seconds = seconds if seconds is not None else line.seconds

    def close(self) -> None:
        """End the open turn; a label with nothing said after it makes none."""
        said = self.text[self.start :] if self.speaker is not None else ""
        if self.speaker is not None and said.strip():
            start = self.start + len(said) - len(said.lstrip())
            end = self.start + len(said.rstrip())
            number = len(self.turns) + 1
            turn = Turn(number=number, speaker=self.speaker, start=start, end=end, line=self.line, seconds=self.seconds)
            self.turns.append(turn)
        self.speaker = None


def segment(reading: Reading, declared: Collection[str] = ()) -> tuple[str, list[Turn], list[str]]:
    """Join the lines of a file to one text and find its turns.

    Parameters
    ----------
    reading : Reading
        From `workbench.sources`.
    declared : collection of str
        Speaker labels that the metadata name.

    Returns
    -------
    tuple of (str, list of Turn, list of str)
        The text with every word of the lines, the turns in it, and doubts.
    """
    lines = reading.lines
    accepted = accept_labels(lines, declared)
    named = bool(accepted) or any(line.speaker for line in lines)
    builder = _Builder()
    for line in lines:
        label = find_label(line)
        if line.aside or _NOT_TALK.match(line.text):
            builder.close()
            builder.append(line.text, "\n")
        elif line.speaker is not None:
            _spoken(builder, line.speaker, line.text, line)
        elif label and label.name in accepted and reading.unit == "cue":
            _spoken(builder, label.name, line.text[label.length :], line)
        elif label and label.name in accepted:
            builder.close()
            begins = builder.append(line.text, "\n")
            builder.open(label.name, begins + label.length, line, label.seconds)
        elif builder.last is None and named:
            builder.append(line.text, "\n")  # the head of the file, before anybody speaks
        else:
            _unlabelled(builder, line, reading.unit)
    builder.close()
    return builder.text, builder.turns, _doubts(reading, accepted, named)


def _spoken(builder: _Builder, speaker: str, words: str, line: Line) -> None:
    """Add a cue or row whose speaker is known; those of one speaker in a row are one turn."""
    if builder.speaker == speaker:
        builder.append(words, " ")
        return
    builder.close()
    begins = builder.append(f"{speaker}: {words}", "\n")
    builder.open(speaker, begins + len(speaker) + 2, line, None)


def _unlabelled(builder: _Builder, line: Line, unit: str) -> None:
    """Add a line to the turn that is open, or open one of an unknown speaker."""
    if builder.speaker is not None and not (builder.speaker == UNKNOWN and _long(builder.text[builder.start :])):
        builder.append(line.text, " " if unit == "cue" else "\n")
        return
    speaker = builder.last or UNKNOWN  # after a heading or a pause the same person goes on
    builder.close()
    begins = builder.append(line.text, "\n")
    builder.open(speaker, begins, line, None)


def _long(said: str) -> bool:
    """Tell whether talk of nobody in particular is long enough to read as one passage."""
    words = len(said.split())
    return words >= 2 * LONG_TURN or (words >= LONG_TURN and said.rstrip().endswith((".", "?", "!")))


def _doubts(reading: Reading, accepted: set[str], named: bool) -> list[str]:
    doubts = []
    if not named:
        doubts.append("no speaker is named anywhere; every turn is of an unknown speaker")
    labels = [(line, find_label(line)) for line in reading.lines]
    speaks = (place for place, (line, label) in enumerate(labels) if line.speaker or (label and label.name in accepted))
    first = next(speaks, 0)
    for line, label in labels[first:]:
        if label and label.name not in accepted and label.name.istitle() and label.name not in _STARTS:
            doubts.append(f"{reading.unit} {line.number}: {label.name!r} could be a speaker; read as talk")
    if reading.encoding == "cp1252":
        doubts.append("read as Windows-1252; check quotes and dashes")
    return doubts
