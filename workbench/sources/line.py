"""What every reader of talk returns."""

from collections.abc import Sequence
from dataclasses import dataclass

ASIDES = (
    "heading", "header", "footer", "footnote", "comment", "deleted", "table", "note", "banner", "cue",
)  # fmt: skip
"""Why words of a file are not talk. `deleted`: struck out by a tracked change; `note`: of the transcriber's."""
UNNAMED = ""
"""Speaker of words that a file says are another voice's: never the speaker before; the name may stand in its text."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One paragraph, line, cue or table row, in the order of the file.

    Parameters
    ----------
    text : str
        Its words, without mark-up.
    number : int
        Where it stands in the file: line, paragraph or cue, from 1.
    speaker : str or None
        Named by the format itself (`<v Name>`, a table's first column); `UNNAMED` where it marks another voice only.
    lead : str or None
        Leading words set apart in bold: perhaps a speaker. They are part of `text`.
    seconds : float or None
        Start time, where the format has one.
    aside : str
        Why it is not talk (one of `ASIDES`); empty for talk.
    printed : int or None
        Line number that the file itself prints beside it, or counts between two that it prints.
    """

    text: str
    number: int
    speaker: str | None = None
    lead: str | None = None
    seconds: float | None = None
    aside: str = ""
    printed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One file as lines.

    Parameters
    ----------
    lines : Sequence[Line]
        In order.
    unit : str
        What `Line.number` counts: `line`, `paragraph` or `cue`.
    encoding : str
        How the bytes were read.
    doubts : Sequence[str]
        What a person should look at, each with its place: `cue 12: begins before cue 11 ends`.
    """

    lines: Sequence[Line]
    unit: str
    encoding: str
    doubts: Sequence[str] = ()
