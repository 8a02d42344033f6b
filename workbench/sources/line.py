"""What every reader of talk returns."""

from collections.abc import Sequence
from dataclasses import dataclass


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
        Named by the format itself (`<v Name>`, a table's first column).
    lead : str or None
        Leading words set apart in bold: perhaps a speaker. They are part of `text`.
    seconds : float or None
        Start time, where the format has one.
    aside : bool
        Not talk: a heading, a page header, a table that is not a transcript.
    """

    text: str
    number: int
    speaker: str | None = None
    lead: str | None = None
    seconds: float | None = None
    aside: bool = False


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
    """

    lines: Sequence[Line]
    unit: str
    encoding: str
