"""A document: its text, its turns, and what was doubtful in reading it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ROLES = ("officer", "provider", "service_user", "stakeholder", "interviewer", "unknown")
KINDS = ("interview", "focus_group")


SEVERAL = "several"
"""Speaker of a turn in which several speak at once, or all answer together."""
UNKNOWN = "unknown"
"""Speaker of a turn that names nobody."""
WITHDRAWN = "[withdrawn]"
"""Stands in the text for the words of somebody who withdrew."""


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What one participant allows.

    Parameters
    ----------
    analysis, quotation, archive : bool or None
        Whether the words may be analysed, quoted, and deposited; None where nothing is recorded.
    withdrawn : str
        Day of withdrawal (ISO 8601); empty while the consent stands.
    note : str
        What the person who recorded it added.
    """

    analysis: bool | None = None
    quotation: bool | None = None
    archive: bool | None = None
    withdrawn: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """Somebody who took part and then withdrew.

    Parameters
    ----------
    document : str
        The transcript.
    speaker : str
        Label of one voice among others; empty when the whole transcript is withdrawn.
    withdrawn : str
        Day (ISO 8601).
    note : str
        As recorded.
    """

    document: str
    speaker: str = ""
    withdrawn: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one speaker says before the next one speaks.

    Parameters
    ----------
    number : int
        Place in the document, from 1.
    speaker : str
        Label as in the transcript; `unknown` where it names nobody.
    start, end : int
        Offsets of the words, without the label, in the document's text.
    line : int
        Line, paragraph or cue of the file in which it begins.
    seconds : float or None
        When it begins.
    mark : str
        `crosstalk` where several speak at once, `inaudible` where words are missing; empty otherwise.
    """

    number: int
    speaker: str
    start: int
    end: int
    line: int
    seconds: float | None = None
    mark: str = ""


def outside(text: str, turns: Sequence[Turn]) -> list[tuple[int, int]]:
    """Return the stretches of a text that belong to no turn, line by line, without the white space around them."""
    found = []
    for begins, ends in zip(
        [0, *(turn.end for turn in turns)], [*(turn.start for turn in turns), len(text)], strict=True
    ):
        start = begins
        for line in text[begins:ends].split("\n"):
            if said := line.strip():
                inner = start + line.index(said)
                found.append((inner, inner + len(said)))
            start += len(line) + 1
    return found


def name_reasons(text: str, turns: Sequence[Turn], aside: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return why each stretch outside the turns is no talk, from what was noted while the text was put together."""
    starts = [start for start, _, _ in aside]
    return [aside[bisect_right(starts, end - 1) - 1][2] for _, end in outside(text, turns)]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One transcript.

    Parameters
    ----------
    id : str
        File name without its ending.
    text : str
        Everything in the file that is text (NFC, line feeds): labels and asides too, so that no word is lost.
    turns : Sequence[Turn]
        Stretches of `text` that are talk.
    source, sha256 : str
        File name, and the hash of its bytes.
    attributes : Mapping[str, str]
        From the metadata: scheme, role, wave, kind, ….
    roles : Mapping[str, str]
        Speaker to role.
    doubts : Sequence[str]
        What a person should look at, with the place.
    consent : Mapping[str, Consent]
        Speaker to what may be used of the words; nobody is here when the study records no consent.
    reasons : Sequence[str]
        Why each stretch outside the turns is no talk, in order.
    """

    id: str
    text: str
    turns: Sequence[Turn]
    source: str
    sha256: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    doubts: Sequence[str] = ()
    consent: Mapping[str, Consent] = field(default_factory=dict)
    reasons: Sequence[str] = ()

    @property
    def set_aside(self) -> list[tuple[int, int, str]]:
        """Every stretch of `text` outside the turns: start, end, and why it is no talk.

        Why is `label`, `head` (of the file, before anybody speaks), `time`, `note`, or what the file's format says:
        one of `workbench.sources.line.ASIDES`. Turns and these stretches make up the whole text but white space.
        """
        stretches = outside(self.text, self.turns)
        reasons = self.reasons if len(self.reasons) == len(stretches) else [_guess(self, end) for _, end in stretches]
        return [(start, end, why) for (start, end), why in zip(stretches, reasons, strict=True)]


def _guess(document: Document, end: int) -> str:
    """Name a stretch of a document whose text was changed since it was read."""
    return "label" if any(0 <= turn.start - end <= 2 for turn in document.turns) else "aside"
