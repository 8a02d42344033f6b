"""What may be a speaker's label at the head of a line, in the house styles of transcription."""

import re
from dataclasses import dataclass

from workbench.corpus.document import SEVERAL, UNKNOWN
from workbench.sources import Line

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_BESIDE = rf"[\[(<{{]\s*(?P<time>{_TIME})\s*[\])>}}]"
_NAME = (
    r"(?P<name>[^\W\d_][^:：;!?\n\t\[\]<>(]{0,58}?(?:\s?(?:\([^:\n\t]{1,90}\)|\[[a-z][a-z ]{2,40}\]))?\s?\??|\?{1,3})"
)
_CODE = r"[A-Z]{1,5}[ -]?\d{1,4}[A-Za-z]?"
_NUMBER = r"^(?:\d{1,4}[.)]\s+)?"
_STYLES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("point", r"^(?P<name>[QA]|[IRPMF](?!\.\s[A-Z][\w'’-]+$))\.\s+"),
        ("colon", rf"^(?:>>|\*)\s?{_NAME}\s*[:：](?=\s|$)\s*"),
        ("time", rf"^#(?P<time>{_TIME})(?:-\d{{1,3}})?#\s*{_NAME}\s*[:：](?=\s|$)\s*"),
        ("colon", rf"{_NUMBER}{_NAME}\s*(?:{_BESIDE})?\s*[:：](?=\s|$)\s*(?:[\[(](?P<after>{_TIME})[\])]\s*)?"),
        ("colon", rf"{_NUMBER}{_NAME}\s+(?P<time>{_TIME})\s*[:：](?=\s|$)\s*"),
        ("time", rf"^(?P<time>{_TIME})\t(?P<name>(?:[^\W\d_][^\t\n]{{0,58}})?)\t+"),
        ("time", rf"^{_NAME}\s*{_BESIDE}(?:\s+|$)"),
        ("time", rf"^[\[(<{{]?(?P<time>{_TIME})[\])>}}]?\s*[–—-]?\s*{_NAME}\s*[:：](?=\s|$)\s*"),
        ("time", rf"^[\[(<{{]?(?P<time>{_TIME})[\])>}}]?\s+{_NAME}$"),
        ("time", rf"^{_NAME}\s+(?P<time>{_TIME})$"),
        ("dash", rf"{_NUMBER}(?P<name>[^\W\d_][\w '’.]{{0,40}}?)\s+[–—-]{{1,2}}\s+"),
        ("arrow", r"^(?P<name>[^\W\d_][\w -]{0,20}?)\s?>{1,2}\s*(?![<=])"),
        ("bracket", r"^[<\[](?P<name>[^\W\d_][^:<>\[\]\n]{0,48})[>\]]\s*:?\s*"),
        ("tab", rf"{_NUMBER}(?P<name>[^\W\d_][^:.!?\n\t]{{0,48}})\t\s*"),
        ("close", rf"{_NUMBER}(?P<name>[^\W\d_][^:;.!,?\n\t]{{0,30}}?):(?=[^\W\d_])"),
        ("tight", rf"{_NUMBER}(?P<name>[^\W\d_][^:;.!,?\n\t]{{0,30}}?)\s?(?:;(?=\s)|\.:)\s*"),
        ("round", r"^\((?P<name>[^\W\d_][^:()\n]{0,48})\)\s*"),
        ("slash", r"^(?P<name>[^\W\d_][\w .-]{0,20}?)\s?/\s+"),
        ("pipe", r"^(?P<name>[^\W\d_][^:.|\n\t]{0,40}?)\s*\|\s+"),
    )
)
_ALONE = re.compile(r"^(?P<name>[^\W\d_][\w '’.,()&/-]{0,48}[\w)])$")
WEAK = frozenset({"dash", "bracket", "tab", "alone", "arrow", "round", "slash", "pipe"})
"""Styles that sentences have too: they count only in a file that uses them throughout."""
RARE = frozenset({"round", "slash", "pipe"})
"""Styles of few files: they count only where they head most of what is said, usual labels among them."""
UNSURE = frozenset({"alone", "tight", "close"}) | RARE
"""Styles in which most lines that look labelled are not, so that they raise no doubt."""
MOST_WORDS = 6
"""A name or role has few words; a clause that ends in a colon often has more."""

_ROLES = (
    r"int|inter|intv|intvr|interv|interviewer|interviewee|i|r|q|a|p|s|m|f|v|fac|facilitator|mod|moderator|chair|res"
    r"|researcher|peer researcher|co-?interviewer|(?:first|second|lead) interviewer|part|participant|resp|respondent"
    r"|officer|police officer|navigator|provider|service user|client|worker|speaker|spk|voice|(?:fe)?male(?: voice)?"
    r"|m|man|woman|student|teacher|observer|note-?taker|transcriber|interpreter"
)
_ASKS = (
    r"int|inter|intv|intvr|interv|interviewer|i|q|fac|facilitator|mod|moderator|researcher|peer researcher"
    r"|co-?interviewer|(?:first|second|lead) interviewer"
)
_ASIDE = r"(?:\s*\([^)]*\))?"
_USUAL = re.compile(rf"^(?:{_ROLES})(?:[ .-]?#?\d{{1,3}}[a-z]?|\s[a-z])?{_ASIDE}$", re.IGNORECASE)
_CODED = re.compile(rf"^(?:{_CODE}|[A-Z]{{1,3}}\d{{1,3}}[-_]?[A-Z]{{1,3}}\d{{1,3}}){_ASIDE}$")
_ASKING = re.compile(rf"^(?:{_ASKS})(?:[ .-]?\d+)?{_ASIDE}$", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:(?:un(?:identified|known|named|clear)|not known|n/?k)\b.*|(?:another|other) (?:voice|speaker)|.*\?)$",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"^(?:all|both|group|everyone|everybody|together|chorus|(?:several|multiple|many|various|all|both|mixed)"
    r"(?: of them| people| participants| speakers?| voices?| talking| speaking| together| at once)*)$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:[&/+,]|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """A possible speaker's label at the head of a line.

    Parameters
    ----------
    name : str
        The label without colon, brackets and time.
    length : int
        Characters of the line that belong to the label.
    style : str
        How it is set apart: `colon`, `point`, `time`, `bold`, `dash`, `arrow`, `bracket`, `round`, `slash`, `pipe`,
        `tab`, `alone`, `close` (a colon without a blank), `tight`.
    seconds : float or None
        Time named beside it.
    """

    name: str
    length: int
    style: str
    seconds: float | None = None


def find_label(line: Line) -> Label | None:
    """Return what may be a speaker's label at the head of a line, or None."""
    if line.aside or line.speaker:
        return None
    text, lead = line.text, line.lead
    few = lead is not None and len(lead.split()) <= MOST_WORDS
    if few and lead == text and not re.search(r"[:\]\d]$", text):
        return Label(text, len(text), "bold")
    head = text[:160]
    found = _in_style(head) if _SIGN.search(head) else None
    if lead is not None and few and (found is None or _WORDS_AFTER.match(text[len(lead) : found.length])):
        length = len(lead) + len(re.match(r"[\s:–—-]*", text[len(lead) :])[0])  # type: ignore[index]
        return Label(_tidy(lead), length, "bold")
    if found is not None:
        return found
    alone = _ALONE.match(text) if len(text) <= 50 else None
    return Label(_tidy(text), len(text), "alone") if alone and len(text.split()) <= MOST_WORDS else None


def _in_style(head: str) -> Label | None:
    for style, pattern in _STYLES:
        found = pattern.match(head)
        if not found or len(found["name"].partition("(")[0].split()) > MOST_WORDS:
            continue
        before, dash, _ = _DASH.sub("\n", found["name"], count=1).partition("\n")
        if dash and style == "colon" and (is_usual(before) or is_code(before)):
            continue  # P03 – I said to him: no.
        times = found.groupdict()
        return Label(_tidy(found["name"]) or "?", found.end(), style, _seconds(times.get("time") or times.get("after")))
    return None


_WORDS_AFTER = re.compile(r"\s+[^\W\d_]")
"""A bold name is followed by words, not by a colon, a time, or a role after a comma."""
_DASH = re.compile(r"\s+[–—-]{1,2}\s+")
_SIGN = re.compile(r"[:：;>\t\]|/–—-]|^[QAIRPMF]\.|^\(")
"""What every style of label has; lines without any are only looked at for a name alone."""


_DIRECTION = re.compile(
    r"\s*[(\[](?:(?:over|to|talking|speaking|cutting|still|then|while|very|both|all)\b|laugh|chuckl|giggl|interrupt|quiet"
    r"|whisper|shout|loud|soft|sigh|cough|cry|tearful|sarcastic|joking|overlap|off[- ]?(?:mic|camera)|mumbl|mutter|nod"
    r"|smil|paus|cont(?:inued|inuing|'d|d)?\b|on (?:the )?(?:phone|screen)|aside\b|inaudibl|unclear)[^)\]]*[)\]]$",
    re.IGNORECASE,
)
"""How or to whom somebody speaks, in a bracket after the name: not another person."""


def _tidy(name: str) -> str:
    return " ".join(_DIRECTION.sub("", name).strip(" .:-–—*_").split())


def _seconds(time: str | None) -> float | None:
    if time is None:
        return None
    seconds = 0.0
    for part in time.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def is_usual(name: str) -> bool:
    """Tell whether transcribers commonly use this label: a role, perhaps with a number, or nobody in particular."""
    return any(pattern.match(name) for pattern in (_USUAL, _MANY)) or (
        _NOBODY.match(name) is not None and (not name.endswith("?") or is_usual_stem(name))
    )


def is_usual_stem(name: str) -> bool:
    """Tell whether a doubtful label (`P3?`, `?`) is a usual one without its question mark."""
    stem = name.rstrip("? ")
    return not stem or _USUAL.match(stem) is not None or _CODED.match(stem) is not None


def is_code(name: str) -> bool:
    """Tell whether a label is a code such as P03 or SU-12, which names nobody."""
    return _CODED.match(name) is not None


def asks(name: str) -> bool:
    """Tell whether a label is one that interviewers usually have."""
    return _ASKING.match(name) is not None


def parts(name: str) -> list[str]:
    """Return the labels that stand together in one: `P1 & P2`, `Ann and Bo`."""
    return [part for part in _JOINED.split(name) if part]


def voice(name: str, known: set[str]) -> str:
    """Return whose voice a label stands for: itself, `unknown`, or `several`.

    Parameters
    ----------
    name : str
        A label.
    known : set of str
        The labels of this transcript in lower case; a label made of two of them is several people.
    """
    if name.casefold() == UNKNOWN or _NOBODY.match(name):
        return UNKNOWN
    together = parts(name)
    if _MANY.match(name) or (len(together) > 1 and all(part.casefold() in known for part in together)):
        return SEVERAL
    return name
