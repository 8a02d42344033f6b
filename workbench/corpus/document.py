"""A document: its text, its turns, and what was doubtful in reading it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ROLES = ("officer", "provider", "service_user", "stakeholder", "interviewer", "unknown")
KINDS = ("interview", "focus_group")


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
    """

    number: int
    speaker: str
    start: int
    end: int
    line: int
    seconds: float | None = None


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
    """

    id: str
    text: str
    turns: Sequence[Turn]
    source: str
    sha256: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    doubts: Sequence[str] = ()
