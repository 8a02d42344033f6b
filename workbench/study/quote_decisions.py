"""What people decided on single quotes, kept in the study beside the codings."""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import InputError, Problems

if TYPE_CHECKING:
    from workbench.study.study import Study

FILE = "quote_decisions.csv"
RELEASE, WITHHOLD = "release", "withhold"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What somebody decided on one quote.

    Parameters
    ----------
    coding : str
        Id of the coding.
    decision : str
        `release` or `withhold`.
    by, at, why : str
        Who, when (ISO 8601, UTC), and the reason.
    words : str
        Hash of the words that were looked at: a decision does not hold for other words.
    """

    coding: str
    decision: str
    by: str
    at: str
    why: str
    words: str


def words_of(quote: str) -> str:
    """Return the hash by which a decision knows the words that it is about."""
    return hashlib.sha256(quote.encode()).hexdigest()


def read_decisions(study: "Study") -> dict[str, Decision]:
    """Return the latest decision on each coding's quote.

    Raises
    ------
    InputError
        If the file was changed so that it cannot be understood.
    """
    path = study.path / "store" / FILE
    if not path.is_file():
        return {}
    names = [field.name for field in fields(Decision)]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    problems = Problems()
    for number, row in enumerate(rows, 2):
        if row.get("decision") not in (RELEASE, WITHHOLD) or any(row.get(name) is None for name in names):
            place = f"store/{FILE}, row {number}"
            problems.add(place, f"decision is {row.get('decision')!r}", choices=(RELEASE, WITHHOLD))
    problems.raise_if_any()
    return {row["coding"]: Decision(**{name: row[name] for name in names}) for row in rows}


def keep_decisions(study: "Study", quotes: Iterable[tuple[str, str, str]], *, by: str, why: str = "") -> None:
    """Write down decisions on quotes; later ones replace earlier ones.

    Parameters
    ----------
    study : Study
        Gets the decisions.
    quotes : iterable of (coding, words, decision)
        Each coding with the words that were looked at, and `release` or `withhold`.
    by, why : str
        Who decided, and the reason.
    """
    if not by.strip():
        raise InputError("a decision on a quote needs the name of who takes it")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    made = [
        Decision(coding=coding, decision=decision, by=by.strip(), at=at, why=why, words=words_of(words))
        for coding, words, decision in quotes
    ]
    kept = [*read_decisions(study).values(), *made]
    _write(study.path / "store" / FILE, {each.coding: each for each in kept}.values())


def _write(path: Path, decisions: Iterable[Decision]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, [field.name for field in fields(Decision)])
        rows.writeheader()
        rows.writerows(asdict(each) for each in decisions)
    beside.replace(path)
