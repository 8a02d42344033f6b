"""Who speaks: tell a speaker's label from a sentence that merely has a colon in it."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from workbench.sources import Line

_TIME = r"[\[(]?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)[\])]?"
_NAME = r"(?P<name>[^\W\d_][^:\n\[\]]{0,48}?)"
_STYLES = (
    re.compile(rf"^{_NAME}\s*(?:{_TIME})?\s*:(?=\s|$)\s*"),  # INT: … · Interviewer 1 [00:01:02]: … · Aaron (P11): …
    re.compile(rf"^{_NAME}\s*\[{_TIME.replace('[[(]?', '').replace('[])]?', '')}\]\s*"),  # Interviewer 1 [00:01:02] …
    re.compile(r"^(?P<name>[A-Z]{1,3}\d{1,3})\s+[–—-]\s+"),  # P03 – …
    re.compile(r"^(?P<name>[QA])\.\s+"),  # Q. … A. …
    re.compile(rf"^{_NAME}\s{{2,}}{_TIME}$"),  # Otter: name, two blanks, time, alone on a line
    re.compile(rf"^{_NAME}\s+{_TIME}$"),
)
_USUAL = re.compile(
    r"^(int|inter|interviewer|interviewee|i|r|q|a|p|fac|facilitator|mod|moderator|researcher|peer researcher"
    r"|participant|respondent|officer|navigator|provider|speaker|unidentified|unknown|unknown speaker|all|group)"
    r"(\s?\d{1,3}|\s[a-z])?$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(int|inter|interviewer|i|q|fac|facilitator|mod|moderator|researcher|peer researcher)(\s?\d+)?$", re.I
)
MOST_WORDS = 5
"""A name or role has few words; a clause that ends in a colon often has more."""
MOSTLY = 0.8
"""Share of labelled lines from which a file labels every line."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """A possible speaker's label at the head of a line.

    Parameters
    ----------
    name : str
        The label without colon, brackets and time.
    length : int
        Characters of the line that belong to the label.
    seconds : float or None
        Time named beside it.
    """

    name: str
    length: int
    seconds: float | None = None


def find_label(line: Line) -> Label | None:
    """Return what may be a speaker's label at the head of a line, or None."""
    if line.aside or line.speaker is not None:
        return None
    for style in _STYLES:
        found = style.match(line.text)
        if found and len(found["name"].split()) <= MOST_WORDS:
            time = found.groupdict().get("time")
            return Label(name=found["name"].strip(), length=found.end(), seconds=_seconds(time))
    if line.lead is not None and len(line.lead.split()) <= MOST_WORDS:
        length = len(line.lead) + len(re.match(r"[\s:]*", line.text[len(line.lead) :])[0])  # type: ignore[index]
        return Label(name=line.lead.rstrip(": "), length=length)
    return None


def _seconds(time: str | None) -> float | None:
    if time is None:
        return None
    seconds = 0
    for part in time.split(":"):
        seconds = seconds * 60 + int(part)
    return float(seconds)


def accept_labels(lines: Sequence[Line], declared: Collection[str]) -> set[str]:
    """Return the labels that are speakers in this document.

    A label counts when the metadata declare it, when it is one of the usual
    ones, or when it begins with a capital and heads at least two lines. Where
    nearly every line has a label, a name that speaks once counts too.
    """
    labels = [label for line in lines if not line.aside and (label := find_label(line))]
    names = Counter(label.name for label in labels)
    usual = {name for name, times in names.items() if _USUAL.match(name) and (len(name) > 1 or times > 1)}
    known = {name for name in names if name in declared}
    if known:
        return known | {name for name in usual if len(name) > 1}
    found = usual | {name for name, times in names.items() if times > 1 and name[0].isupper()}
    if sum(names[name] for name in found) >= MOSTLY * sum(not line.aside for line in lines):
        found |= {name for name in names if len(name.split()) <= 3 and name.istitle()}
    return found


def asks(name: str) -> bool:
    """Tell whether a label is one that interviewers usually have."""
    return _ASKS.match(name) is not None
