"""Lines become one text, its turns, and what was set aside."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from workbench.corpus.document import SEVERAL, UNKNOWN, Turn, name_reasons
from workbench.corpus.labels import Label, voice
from workbench.corpus.speakers import read_labels
from workbench.sources import Line, Reading
from workbench.sources.line import UNNAMED

_NOT_TALK = re.compile(
    r"^(?:[\[(]+(?:(?:end|start|beginning) of|interview (?:ends|begins|starts|paused|resumes)|recording|tape|pause in"
    r"|crosstalk|cross-talk|over-?talk|overlapping|silence|break\b|off tape|tape off)[^\])]*[\])]+\.?"
    r"|(?:end|start) of (?:interview|recording|transcript|tape|audio)\.?)$",
    re.IGNORECASE,
)
_ONLY_TIME = re.compile(r"^[\[(<#]*\d{1,2}:\d{2}(?::\d{2})?(?:[.,-]\d{1,3})?[\])>#]*$")
_CROSSTALK = re.compile(
    r"[\[(<][^\])>\[(<]{0,40}(?:cross-?\s?talk|over-?\s?(?:lap\w*|talk\w*)"
    r"|talk\w* (?:over|at once|together|at the same)"
    r"|(?:both|all|several|many|everyone|people)(?: \w+)? (?:talk|speak)\w*|simultaneous)[^\])>]{0,40}[\])>]",
    re.IGNORECASE,
)
_INAUDIBLE = re.compile(
    r"[\[(<]{1,2}\s{0,3}(?:[^\])>\[(<]{0,25}\b(?:inaudible|indistinct|unclear|unintelligible|can't hear"
    r"|indecipherable)\b[^\])>]{0,40}|\?{1,4}(?:\s*\d\d?:\d\d(?::\d\d)?)?|\d\d?:\d\d(?::\d\d)?\s*\?+)[\])>]+",
    re.IGNORECASE,
)
LONG_TURN = 60
"""Words after which talk without any speaker is cut at the next full stop, or at twice as many without one."""


@dataclass(frozen=True, kw_only=True)
class Segmented:
    """One file as text.

    Parameters
    ----------
    text : str
        Every word of the lines, in order; where the format itself names a speaker, the name stands before the words.
    turns : list of Turn
        Stretches of it that are talk.
    reasons : list of str
        Why each stretch outside the turns is no talk, in order; see `workbench.corpus.Document.set_aside`.
    labels : list of (Label or None)
        For each line the label that counted.
    possible : list of (Label or None)
        For each line what might be a label.
    """

    text: str
    turns: list[Turn]
    reasons: list[str]
    labels: list[Label | None]
    possible: list[Label | None]


@dataclass(kw_only=True)
class _Builder:
    """The text so far, in pieces, and the turn that is open."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    turns: list[Turn] = field(default_factory=list)
    aside: list[tuple[int, int, str]] = field(default_factory=list)
    speaker: str | None = None
    last: str | None = None
    said: list[str] = field(default_factory=list)
    start: int = 0
    line: int = 1
    seconds: float | None = None
    time: float | None = None
    label: str = ""

    def append(self, text: str, joint: str) -> int:
        """Add text after a joint and return where it begins."""
        if self.length:
            self.pieces.append(joint)
            self.length += len(joint)
        begins = self.length
        self.pieces.append(text)
        self.length += len(text)
        return begins

    def put_aside(self, text: str, why: str) -> None:
        """Add words that nobody says."""
        begins = self.append(text, "\n")
        self.aside.append((begins, begins + len(text), why))

    def open(self, speaker: str, line: Line, *, label: str, words: str, seconds: float | None) -> None:
        """Begin a turn after its label; with nothing said yet it begins in the next line."""
        self.close()
        begins = self.append(label + words, "\n")
        if label.strip():
            self.aside.append((begins, begins + len(label.rstrip()), "label"))
        self.speaker = self.last = speaker
        self.label = label
        self.start, self.said, self.line = begins + len(label), [words], line.printed or line.number
        self.seconds = next((time for time in (seconds, line.seconds, self.time) if time is not None), None)
        self.time = None

    def go_on(self, line: Line, joint: str) -> None:
        """Add a line to the open turn."""
        begins = self.append(line.text, joint)
        if not any(said.strip() for said in self.said):
            self.start, self.said, self.line = begins, [], line.printed or line.number
        self.said += [joint, line.text] if self.said else [line.text]

    def close(self, mark: str = "") -> None:
        """End the open turn; a label with nothing said after it makes none."""
        said = "".join(self.said)
        if self.speaker is not None and said.strip():
            start = self.start + len(said) - len(said.lstrip())
            if self.speaker == SEVERAL or mark or _CROSSTALK.search(said):
                mark = "crosstalk"
            elif _INAUDIBLE.search(said):
                mark = "inaudible"
            turn = Turn(
                number=len(self.turns) + 1,
                speaker=self.speaker,
                start=start,
                end=self.start + len(said.rstrip()),
                line=self.line,
                seconds=self.seconds,
                mark=mark,
            )
            self.turns.append(turn)
        self.speaker, self.said = None, []


def segment(reading: Reading, declared: Collection[str] = ()) -> Segmented:
    """Join the lines of a file to one text and find its turns.

    Parameters
    ----------
    reading : Reading
        From `workbench.sources`.
    declared : collection of str
        Speaker labels that the metadata name.

    Returns
    -------
    Segmented
        The text with every word of the lines, the turns in it, and what is no talk.
    """
    labels, possible = read_labels(reading.lines, declared)
    names = {label.name for label in labels if label} | {line.speaker for line in reading.lines if line.speaker}
    known = {name.casefold() for name in (*names, *declared)}
    voices = {name: voice(name, known) for name in names}
    first = _first_word(reading.lines, labels) if names else 0
    builder = _Builder()
    cue = reading.unit == "cue"
    for place, (line, label) in enumerate(zip(reading.lines, labels, strict=True)):
        why = line.aside or _why_aside(line, label)
        if why or place < first:
            _put_aside(builder, line, why or "head")
        elif (
            line.speaker == UNNAMED and not label
        ):  # somebody else, whose name is not in the file and so not in the text
            builder.open(UNKNOWN, line, label="", words=line.text, seconds=None)
        elif line.speaker:
            _spoken(builder, line, f"{line.speaker}: ", voices[line.speaker], line.text)
        elif label and cue:
            _spoken(builder, line, line.text[: label.length], voices[label.name], line.text[label.length :])
        elif label:
            words, name = line.text[label.length :], line.text[: label.length]
            builder.open(voices[label.name], line, label=name, words=words, seconds=label.seconds)
        else:
            _unlabelled(builder, line, " " if cue else "\n")
    builder.close()
    text = "".join(builder.pieces)
    reasons = name_reasons(text, builder.turns, builder.aside)
    return Segmented(text=text, turns=builder.turns, reasons=reasons, labels=labels, possible=possible)


def _first_word(lines: Sequence[Line], labels: Sequence[Label | None]) -> int:
    """Return the line in which somebody is first named; what stands before it is the head of the file."""
    said = ((place, line) for place, line in enumerate(lines) if not line.aside)
    return next((place for place, line in said if line.speaker is not None or labels[place]), 0)


def _why_aside(line: Line, label: Label | None) -> str:
    if label is None and line.speaker is None:
        if _ONLY_TIME.match(line.text):
            return "time"
        if _NOT_TALK.match(line.text):
            return "note"
    return ""


def _put_aside(builder: _Builder, line: Line, why: str) -> None:
    """Close the turn before words that are no talk; after them the same speaker goes on."""
    builder.close("crosstalk" if why == "note" and _CROSSTALK.search(line.text) else "")
    builder.put_aside(f"{line.speaker}: {line.text}" if line.speaker else line.text, why)
    if why == "time":
        hours = [float(part) for part in re.findall(r"\d+", line.text)[:3]]
        builder.time = sum(part * 60**power for power, part in enumerate(reversed(hours)))


def _spoken(builder: _Builder, line: Line, label: str, speaker: str, words: str) -> None:
    """Add a cue or row whose speaker is known; a label said again by the next one is written once."""
    if builder.speaker == speaker and builder.label == label:
        builder.go_on(replace(line, text=words), " ")
        return
    builder.open(speaker, line, label=label, words=words, seconds=None)


def _unlabelled(builder: _Builder, line: Line, joint: str) -> None:
    """Add a line to the turn that is open, or open one of an unknown speaker."""
    if builder.speaker is not None and not (builder.speaker == UNKNOWN == builder.last and _long(builder.said)):
        builder.go_on(line, joint)
        return
    builder.open(builder.last or UNKNOWN, line, label="", words=line.text, seconds=None)


def _long(said: Sequence[str]) -> bool:
    """Tell whether talk of nobody in particular is long enough to read as one passage."""
    words = sum(len(part.split()) for part in said)
    return words >= 2 * LONG_TURN or (words >= LONG_TURN and said[-1].rstrip().endswith((".", "?", "!")))
