"""Who speaks to each link, once coders and cases are settled, and what they come to in numbers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.coding.settle import DIFFER
from workbench.theory_testing.ledger import DISPUTED, RECORD
from workbench.theory_testing.sides import AGAINST, BOTH, FOR, QUALIFIES, settle_sides
from workbench.theory_testing.verdict import Counts

HEARSAY = "hearsay"


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What one person says to one link.

    Parameters
    ----------
    person, role, scheme : str
        Who speaks; role and scheme empty where they are not known.
    side : str
        One of `sides.SIDES`.
    groups : frozenset of str
        Dependence groups of the passages.
    hearsay : bool
        Whether all that is for the link is hearsay.
    unresolved : int
        Passages against the link on which nothing, or not the same, was decided.
    """

    person: str
    role: str
    scheme: str
    side: str
    groups: frozenset[str]
    hearsay: bool
    unresolved: int


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What is said to one link.

    Parameters
    ----------
    voices : tuple of Voice
        One a person.
    coded, limits, rivals : int
        Codings of the link, and people whose cases against it limit the context or have a rival explanation.
    """

    voices: tuple[Voice, ...] = ()
    coded: int = 0
    limits: int = 0
    rivals: int = 0

    def counts(self, voices: Iterable[Voice] | None = None) -> Counts:
        """Count people on each side, of all voices or of these."""
        kept = list(self.voices if voices is None else voices)
        sides = {
            side: [voice for voice in kept if voice.side == side] for side in (FOR, AGAINST, QUALIFIES, BOTH, DIFFER)
        }
        return Counts(
            for_=len(sides[FOR]), against=len(sides[AGAINST]), qualifies=len(sides[QUALIFIES]), both=len(sides[BOTH]),
            differ=len(sides[DIFFER]), coded=self.coded, roles=_kinds(voice.role for voice in sides[FOR]),
            schemes=_kinds(voice.scheme for voice in sides[FOR]),
            against_roles=_kinds(voice.role for voice in sides[AGAINST]),
            against_schemes=_kinds(voice.scheme for voice in sides[AGAINST]),
            groups=independent(voice.groups for voice in sides[FOR]),
            unresolved=sum(voice.unresolved for voice in kept), limits=self.limits, rivals=self.rivals,
        )  # fmt: skip


def hear(rows: pd.DataFrame) -> dict[str, Heard]:
    """Return what is said to each link of a ledger.

    A case that was found a coder's error, or has a rival explanation, is not
    counted against the link; one that limits the context qualifies it.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `ledger`.
    """
    talk = rows[rows["stream"] != RECORD]
    disposed = talk["disposition"]
    counting = talk[~disposed.isin(("error", "rival"))]
    counting = counting.assign(side=counting["side"].mask(counting["disposition"] == "limits", QUALIFIES))
    persons = settle_sides(counting, ["link", "person", "role", "scheme"])
    groups, told = _groups(counting)
    waiting = _unresolved(counting)
    voices: dict[str, list[Voice]] = {}
    columns = (persons[name].tolist() for name in ("link", "person", "role", "scheme", "side"))
    for link, person, role, scheme, side in zip(*columns, strict=True):
        who = (link, person)
        voice = Voice(
            person=person, role=_word(role), scheme=_word(scheme), side=side, groups=frozenset(groups[who]),
            hearsay=side == FOR and told.get(who) == {HEARSAY}, unresolved=waiting.get(who, 0),
        )  # fmt: skip
        voices.setdefault(link, []).append(voice)
    coded = talk["link"].value_counts()
    decided = {what: talk[disposed == what].groupby("link")["person"].nunique() for what in ("limits", "rival")}
    return {
        str(link): Heard(
            voices=tuple(voices.get(str(link), ())), coded=int(number),
            limits=int(decided["limits"].get(link, 0)), rivals=int(decided["rival"].get(link, 0)),
        )
        for link, number in coded.items()
    }  # fmt: skip


def independent(groups: Iterable[frozenset[str]]) -> int:
    """Count the dependence groups that have nobody in common: who is in two makes them one."""
    known = set(groups)
    if all(len(one) == 1 for one in known):
        return len(known)
    above: dict[str, str] = {}

    def top(group: str) -> str:
        while above.setdefault(group, group) != group:
            group = above[group]
        return group

    for one in known:
        first, *others = {top(group) for group in one}
        above |= dict.fromkeys(others, first)
    return sum(group == each for group, each in above.items())


def _groups(rows: pd.DataFrame) -> tuple[dict[tuple[str, str], set[str]], dict[tuple[str, str], set[str]]]:
    """Return the dependence groups of each person on a link, and the kinds of source of what is for it."""
    groups: dict[tuple[str, str], set[str]] = {}
    told: dict[tuple[str, str], set[str]] = {}
    columns = (rows[name].tolist() for name in ("link", "person", "group", "source", "side"))
    for link, person, group, source, side in zip(*columns, strict=True):
        groups.setdefault((link, person), set()).add(group)
        if side == FOR:
            told.setdefault((link, person), set()).add(source)
    return groups, told


def _unresolved(rows: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Count each person's passages against a link that wait for a decision."""
    waits = rows[rows["disposition"].isna() | (rows["disposition"] == DISPUTED)]
    settled = settle_sides(waits, ["link", "person", "document", "turn"])
    against = settled[settled["side"].isin((AGAINST, BOTH))]
    return dict(Counter(zip(against["link"], against["person"], strict=True)))


def _kinds(named: Iterable[str]) -> int:
    """Count roles or schemes; one that is not given is none."""
    return len({name for name in named if name})


def _word(cell: object) -> str:
    return cell if isinstance(cell, str) else ""
