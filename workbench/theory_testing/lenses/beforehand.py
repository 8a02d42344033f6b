"""Was it said beforehand: when the passages of a clue were coded, against when analysts judged it and it was sealed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from workbench.theory_testing.lenses.clues import Clue, Clues


class Dated(Protocol):
    """What a coding store, or one as it stood on a day, offers on when things were done."""

    def codings(self) -> pd.DataFrame:
        """One row a coding in force."""

    def acts(self) -> pd.DataFrame:
        """Everything that was ever done."""

    def registered(self) -> pd.DataFrame:
        """What was sealed, and when."""

    def fingerprint(self) -> str:
        """One hash over all acts."""


@dataclass(frozen=True, kw_only=True)
class Traces:
    """What the store knows of a clue.

    Parameters
    ----------
    coded : str or None
        When the first of its passages was coded (ISO 8601, UTC); None where none was.
    sealed : str or None
        When the clue was sealed as it reads now.
    changed : bool
        It was sealed, but reads otherwise now.
    gone : tuple of str
        Ids of its codings that are not in force.
    documents : frozenset of str
        Transcripts in which its codings lie.
    """

    coded: str | None = None
    sealed: str | None = None
    changed: bool = False
    gone: tuple[str, ...] = ()
    documents: frozenset[str] = field(default_factory=frozenset)

    @property
    def sealed_before(self) -> bool:
        """Whether it was sealed, as it reads now, before any of its passages was coded."""
        return self.sealed is not None and (self.coded is None or self.sealed < self.coded)


def traces(clues: Clues, store: Dated) -> dict[str, Traces]:
    """Return what the store knows of each clue, by its id."""
    acts, codings, registered = store.acts(), store.codings(), store.registered()
    named = {identity for clue in clues.clues.values() for identity in clue.codings}
    # Codings that a correction moved, or that were taken away, keep the moment at which somebody first saw the words.
    about = pd.concat(
        [acts.loc[acts[key].isin(named), [key, "at"]].set_axis(["id", "at"], axis=1) for key in ("id", "target")]
    )
    first = {str(identity): str(at) for identity, at in about.groupby("id")["at"].min().items()}
    homes = dict(zip(codings["id"], codings["document"], strict=True))
    return {name: _of(clue, first, homes, registered) for name, clue in clues.clues.items()}


def _of(clue: Clue, first: Mapping[str, str], homes: Mapping[str, str], registered: pd.DataFrame) -> Traces:
    own = registered[registered["element"] == clue.id].sort_values("at", kind="stable")
    latest = own.tail(1)
    holds = bool((latest["sha256"] == clue.sealed).any())
    return Traces(
        coded=min((first[one] for one in clue.codings if one in first), default=None),
        sealed=str(latest["at"].iloc[0]) if holds else None,
        changed=bool(len(own)) and not holds,
        gone=tuple(one for one in clue.codings if one not in homes),
        documents=frozenset(homes[one] for one in clue.codings if one in homes),
    )


def order(said: datetime.date, coded: str | None) -> str:
    """Return when an analyst judged a clue, against when its first passage was coded: before, after, the same day."""
    if coded is None:
        return "before"
    day = datetime.date.fromisoformat(coded[:10])
    return "before" if said < day else "after" if said > day else "the same day"
