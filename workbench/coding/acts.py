"""What coders do, as rows that are only ever added, each sealed to the one before it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from workbench.errors import InputError

KINDS = ("code", "uncode", "stance", "memo", "read", "accept", "reject", "undo")
"""Everything that a coder can do. `undo` takes back one earlier act, whatever it was."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that one coder did.

    Parameters
    ----------
    id : str
        UUID version 7: sorts by time.
    coder, at, kind : str
        Who, when (ISO 8601, UTC), and what (`KINDS`).
    target : str or None
        Coding, suggestion or act that it is about.
    document, start, end, code, stance, origin, memo, quote
        What was said about which passage; None where it does not apply.
    previous, hash : str
        Seal of the coder's act before (empty for the first) and of this one.
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

    def to_row(self) -> dict[str, Any]:
        """Return the act as a row of the table of acts."""
        return asdict(self)


def seal(act: Act, previous: str) -> Act:
    """Return the act, chained to its coder's act before.

    Parameters
    ----------
    act : Act
        Any act; a seal that it carries already is replaced.
    previous : str
        Hash of the act before, or an empty string.
    """
    chained = replace(act, previous=previous, hash="")
    return replace(chained, hash=fingerprint(chained))


def fingerprint(act: Act) -> str:
    """Return the SHA-256 of everything in the act but its own hash."""
    content = {key: value for key, value in act.to_row().items() if key != "hash"}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def from_row(row: Mapping[str, Any]) -> Act:
    """Return the act that a row of the table holds."""
    return Act(**{name: row[name] for name in Act.__dataclass_fields__})


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
