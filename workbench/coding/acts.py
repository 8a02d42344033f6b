"""What coders do, as rows that are only ever added, each sealed to the one before it."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from workbench.errors import InputError

KINDS = (
    "code", "uncode", "stance", "memo", "read", "accept", "reject", "undo",
    "move", "lift", "place", "review", "withdraw", "restore", "redo", "settle", "recode",
    "rename-code", "merge-code", "split-code", "move-code", "retire-code",
    "weigh", "dispose", "register", "summarise",
)  # fmt: skip
"""Everything that can be done. `undo` takes back one earlier act of the same coder, `redo` one earlier undo.

A corrected transcript moves codings with their words (`move`), or sets those
aside whose words it cannot find (`lift` of origin `rule`) until a person says
where they belong (`place`) or drops them (`lift` of origin `human`).

Changes of codes (`CODE_KINDS`) are about no document: `code` is the old code
(several, merged at once, are joined by line breaks), `target` what they
became, joined by line breaks, and `memo` why. `recode` says which of a split
code's parts a coding is. The `origin` of a `settle` holds the place that was
decided on, as "start-end".

Evidence (`EvidenceStore`): `weigh` and `dispose` are about a coding, what they
say is in `origin`; `register` seals a hash (`origin`) of what is written about
an element of the theory (`code`); `summarise` is a cell of the framework
matrix, an element (`code`) and a case (`target`).
"""

CODE_KINDS = ("rename-code", "merge-code", "split-code", "move-code", "retire-code")
"""What is done to codes, and so to every coding that has them."""

SETTLING = ("move", "lift", "place", "recode")
"""What anybody may do to another coder's coding: say where its words are in a corrected transcript, or which part
of a split code it is."""

LASTING = ("move", "withdraw", "restore", "weigh", "dispose", "register", "summarise")
"""What a coder's undo passes over: corrections, what withdrawal has erased, and what was said of evidence, which is
taken back where it was said, are not undone by a slip while coding."""

VOICE = "withdrawn"
"""Target of a `withdraw` that is about one voice among others, and why the codings on its words were lifted."""

NO_WORDS = "0" * 32


class Act(NamedTuple):
    """One thing that one coder did.

    Parameters
    ----------
    id : str
        UUID version 7: sorts by time.
    coder, at, kind : str
        Who, when (ISO 8601, UTC), and what (`KINDS`).
    target : str or None
        Coding, suggestion, act or source file (its SHA-256) that it is about.
    document, start, end, code, stance, origin, memo, quote
        What was said about which passage; None where it does not apply.
    previous, hash : str
        Seal of the coder's act before (empty for the first) and of this one.
    revision : str or None
        SHA-256 of the text in which `start` and `end` count.
    words : str or None
        Digest of memo and quote, which the seal covers in their place, so that words can be erased and the
        chain still holds. None in acts from before there was one: their seal covers the words.
    """

    id: str
    coder: str
    at: str
    kind: str
    target: str | None = None
    document: str | None = None
    start: int | None = None
    end: int | None = None
    code: str | None = None
    stance: str | None = None
    origin: str | None = None
    memo: str | None = None
    quote: str | None = None
    previous: str = ""
    hash: str = ""
    revision: str | None = None
    words: str | None = None

    def to_row(self) -> dict[str, Any]:
        """Return the act as a row of the table of acts."""
        return self._asdict()

    @property
    def waits(self) -> bool:
        """Whether it set a coding aside until a person places it."""
        return self.kind == "lift" and self.origin == "rule" and self.memo != VOICE


def seal(act: Act, previous: str) -> Act:
    """Return the act, chained to its coder's act before.

    Parameters
    ----------
    act : Act
        Any act; a seal that it carries already is replaced.
    previous : str
        Hash of the act before, or an empty string.
    """
    chained = act._replace(previous=previous, hash="", words=words_digest(act))
    return chained._replace(hash=fingerprint(chained))


def words_digest(act: Act) -> str:
    """Return the digests of memo and quote, each salted with the act's id; zeros where there are no words."""
    return "".join(_digest(f"{act.id}\x1f{said}") if said is not None else NO_WORDS for said in (act.memo, act.quote))


def fingerprint(act: Act) -> str:
    """Return the SHA-256 of everything in the act but its own hash; its words by their digest."""
    content = act._asdict()
    # An act from before version 2 was sealed with its words, and without what was added then.
    for name in ("hash", "memo", "quote") if act.words is not None else ("hash", "revision", "words"):
        del content[name]
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[: len(NO_WORDS)]


def moment(at: str | date | None = None, *, end_of_day: bool = False) -> str:
    """Return a point in time as the acts write it: ISO 8601, UTC, milliseconds.

    Parameters
    ----------
    at : str, date, datetime or None
        None is now. Without a time zone it is taken as UTC.
    end_of_day : bool
        A day without a time means its last millisecond, not its first.

    Raises
    ------
    InputError
        If it is no ISO 8601 date or time.
    """
    if at is None:
        return _iso(datetime.now(UTC))
    day_only = (isinstance(at, str) and len(at) <= len("2026-01-15")) or type(at) is date
    try:
        when = datetime.fromisoformat(at) if isinstance(at, str) else at
    except ValueError as error:
        raise InputError(f"{at!r} is not a date or time: expected ISO 8601, such as 2026-01-15") from error
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    if day_only and end_of_day:
        when = datetime.combine(when.date(), time(23, 59, 59, 999_000))
    return _iso(when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC))


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
