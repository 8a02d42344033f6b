"""Which column of a table holds the talk, who speaks, times and numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from workbench.sources.word_pieces import LONGEST_LEAD

MOSTLY = 0.8
"""Share of its rows that must fit for a column to be one of times, numbers or speakers."""
SENTENCE = 5
"""Words from which a cell may be a sentence."""
STORY = 12
"""Words from which even a fact (`Setting`, `Aim`) may be talk."""
CLOCK = re.compile(r"[\[(]?(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,:](\d{1,3}))?(?:\s*(?:[–—-]|-->)[\d:.,\s]*)?[\])]?")
_NUMBER = re.compile(r"\d{1,5}[.)]?")
_WHO = {"speaker", "speakers", "who", "name", "voice", "participant", "person", "initials", "speaking"}
_WORDS = {"words", "talk", "text", "transcript", "transcription", "speech", "utterance", "said", "dialogue", "content",
          "what was said", "spoken", "interview", "verbatim"}  # fmt: skip
_OTHER = {"time", "timestamp", "stamp", "timecode", "start", "line", "no", "#", "turn", "row", "number", "notes",
          "note", "code", "codes", "coding", "comment", "comments", "theme", "themes", "memo", "memos", "analysis",
          "remark", "remarks", "observation", "observations", "label", "labels", "role", "translation"}  # fmt: skip
_FIELD = re.compile(
    r"(?:aims?|purpose|method|sett?ing|ethics|background|results?|topics?|themes?|risks?|date|venue|where|when|what|why"
    r"|who|how|location|place|time|name|age|title|study|project|consent|notes?|summary|actions?|questions?|scheme|site"
    r"|status|version|contact|reference|ref|id|duration|length|recording|setting|context|introduction|conclusion"
    r"|objectives?|outcomes?|comments?|key points?|reflections?|observations?)\b.*",
    re.IGNORECASE,
)
"""What stands before a description in a table of facts, and is nobody's name."""
_ROLE = re.compile(
    r"(?:int|interviewer|interviewee|participant|resp|respondent|mod|moderator|facilitator|officer|speaker|[IRQAP])"
    r"(?: ?\d{1,3})?|[A-Z]{1,5}[ -]?\d{1,4}[A-Za-z]?",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z(][\w'’.)-]*){0,3}:?")
_ENDS = re.compile(r"[.?!…][\"'’”)]*$")
_SPOKEN = re.compile(r"\b(?:I|me|my|we|us|our|you|your)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which column holds what, None where there is no such column; and what a person should look at."""

    words: int
    speaker: int | None
    time: int | None
    number: int | None
    header: bool
    doubts: tuple[str, ...] = ()

    @property
    def used(self) -> set[int | None]:
        """The columns that are read."""
        return {self.words, self.speaker, self.time, self.number}


def find_columns(rows: Sequence[Mapping[int, str]]) -> Columns | None:
    r"""Tell which columns hold words, speakers, times and numbers.

    Where a header names the columns, it decides. Else the words are in the
    column with most of them, or in the one right after the speakers', if that
    is as full (notes may be longer than short answers).

    Parameters
    ----------
    rows : Sequence of (int to str)
        The cells of each row by column; `\n` parts the paragraphs of a cell.

    Returns
    -------
    Columns or None
        None if this is no transcript.
    """
    head = _header(rows)
    body = [row for row in rows[bool(head) :] if len(row) > 1 and any(row.values())]  # a cell right across heads a part
    widths = [tuple(row) for row in body]
    usual = max(set(widths), key=widths.count, default=())
    body = [row for row in body if tuple(row) == usual]
    if len(usual) < 2 or len(body) < MOSTLY * len(widths):
        return None
    filled = {at: [row[at] for row in body if row[at]] for at in usual}
    longest = max(usual, key=lambda at: sum(len(text) for text in filled[at]))
    told = {name: at for at in usual for name in [_named(head.get(at, ""))] if name}
    words = told.get("words", longest)
    kinds = {at: "speaker" if at == told.get("speaker") else _kind(filled[at]) for at in usual if at != words}
    speaker = _speaker(told, kinds, filled, words)
    doubts: list[str] = []
    if "words" not in told and speaker is not None:
        words, doubts = _nearest(speaker, longest, kinds, filled, len(body))
    first = {kind: at for at, kind in sorted(kinds.items(), reverse=True) if at < words}
    found = Columns(words=words, speaker=speaker, time=first.get("time"), number=first.get("number"), header=bool(head))
    why = _is_talk(found, told, filled)
    doubts += [why] if why and why != "talk" else []
    return Columns(**{**vars(found), "doubts": (*doubts, *_unread(found, head, filled))}) if why else None


def may_be_talk(rows: Sequence[Mapping[int, str]]) -> bool:
    """Tell whether a table that is not read as talk holds sentences, beyond facts and lists, so that a person looks."""
    held = [[text for text in row.values() if text] for row in rows]
    facts = [len(row) == 2 and _FIELD.fullmatch(row[0]) is not None for row in held]
    found = [
        text for row, fact in zip(held, facts, strict=True) for text in row
        if len(text.split()) >= (STORY if fact else SENTENCE)
    ]  # fmt: skip
    says = any(len(text.split()) >= STORY or _ENDS.search(text) or _SPOKEN.search(text) for text in found)
    return bool(found) and (says or len(found) >= 0.5 * len(rows))


def _speaker(
    told: Mapping[str, int], kinds: Mapping[int, str], filled: Mapping[int, Sequence[str]], words: int
) -> int | None:
    """Return the column that the head calls the speakers', or the short one in which names come back most."""
    if "speaker" in told and told["speaker"] != words:
        return told["speaker"]
    short = [at for at, kind in kinds.items() if kind == "speaker" and at < words]
    return min(short, key=lambda at: len(set(filled[at])), default=None)


def _nearest(
    speaker: int, longest: int, kinds: Mapping[int, str], filled: Mapping[int, Sequence[str]], rows: int
) -> tuple[int, list[str]]:
    """Prefer to the longest column the one right after the speakers', if that is as full and is not a list of roles."""
    between = [at for at in kinds if speaker < at < longest and kinds[at] not in ("time", "number")]
    near = between[0] if between else longest
    texts = filled[near]
    if near == longest or len(texts) < MOSTLY * rows or len(set(texts)) <= 0.6 * len(texts):
        return longest, []
    return near, [f"columns {near + 1} and {longest + 1} may both be talk; column {near + 1}, beside the speakers, is "
                  "read as talk. Write a header (Speaker, Text, Notes) above them if that is wrong"]  # fmt: skip


def _unread(columns: Columns, head: Mapping[int, str], filled: Mapping[int, Sequence[str]]) -> list[str]:
    counts = {at: sum(len(text.split()) for text in texts) for at, texts in filled.items() if at not in columns.used}
    named = [f"{head.get(at) or f'column {at + 1}'!r} ({count} words)" for at, count in counts.items() if count]
    what = f"{head.get(columns.words) or f'column {columns.words + 1}'!r}"
    return [f"set aside: {', '.join(named)}; read as talk: {what}"] if named else []


def _header(rows: Sequence[Mapping[int, str]]) -> Mapping[int, str]:
    """Return the first row if it names the columns; a name that comes again below is a speaker's."""
    row = rows[0] if rows else {}
    heads = {at: text.replace("\n", " ") for at, text in row.items() if text}
    known = [_named(text) for text in heads.values()]
    says = len(heads) > 1 and ("speaker" in known or sum(map(bool, known)) > 1)
    again = any(text == other.get(at) for at, text in row.items() if text for other in rows[1:])
    return heads if says and not again and all(len(text.split()) <= 4 for text in heads.values()) else {}


def _named(head: str) -> str:
    """Tell what the head of a column calls it: `speaker`, `words`, `other`, or nothing known."""
    head = head.lower().strip(".: ")
    every = set(head.split()) or {""}
    kinds = (("words", _WORDS), ("speaker", _WHO), ("other", _OTHER))
    found = next((kind for kind, names in kinds if head in names or every <= names), "")
    return found or ("speaker" if every & {"speaker"} else "words" if every & {"transcript", "talk"} else "")


def _kind(texts: Sequence[str]) -> str:
    tests = (("time", lambda text: CLOCK.fullmatch(text)), ("number", lambda text: _NUMBER.fullmatch(text)),
             ("speaker", lambda text: len(text) <= LONGEST_LEAD))  # fmt: skip
    for kind, test in tests:
        if texts and sum(bool(test(text)) for text in texts) >= MOSTLY * len(texts):
            return kind
    return ""


def _is_talk(columns: Columns, told: Mapping[str, int], filled: Mapping[int, Sequence[str]]) -> str:
    """Tell talk from a list of things: somebody speaks twice or the head says so, and words are longer than names.

    Returns `talk`, a doubt about it, or nothing.
    """
    words = filled[columns.words]
    if columns.speaker is None:
        talk = len(words) >= 3 and (columns.time is not None or _counts_up(filled, columns.number))
        return "talk" * talk
    names = [name for cell in filled[columns.speaker] for name in cell.split("\n")]
    if told.get("speaker") == columns.speaker and told.get("words") == columns.words:
        return "talk"
    again = len(names) >= 3 and len(set(names)) < len(names)
    colons = len(names) > 1 and all(name.endswith(":") for name in names) and median(map(len, words)) > LONGEST_LEAD
    longer = sum(map(len, words)) / max(len(words), 1) > sum(map(len, names)) / max(len(names), 1)
    if longer and (again or colons):
        return "talk"
    if not told and len(filled) == 2 and _each_once(names, words):
        return f"each of {len(names)} voices speaks once; read as talk"
    return ""


def _each_once(names: Sequence[str], words: Sequence[str]) -> bool:
    """Tell talk in which every voice speaks once: names or roles beside sentences that somebody says."""
    if len(names) < 3 or len(words) < 3 or any(_FIELD.fullmatch(name.rstrip(":")) for name in names):
        return False
    roles = all(_ROLE.fullmatch(name.rstrip(":")) for name in names)
    named = all(_ROLE.fullmatch(name.rstrip(":")) or _NAMED.fullmatch(name) for name in names)
    sentences = sum(len(text.split()) >= SENTENCE for text in words) >= 0.5 * len(words)
    spoken = sum(bool(_SPOKEN.search(text)) for text in words) >= 0.4 * len(words)
    return sentences and (roles or (named and spoken))


def _counts_up(filled: Mapping[int, Sequence[str]], number: int | None) -> bool:
    texts = [] if number is None else filled[number]
    counts = [int(text.rstrip(".)")) for text in texts if _NUMBER.fullmatch(text)]
    return len(counts) > 2 and counts == sorted(set(counts))
