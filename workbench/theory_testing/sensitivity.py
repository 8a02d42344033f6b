"""Does a verdict change when one person, role, scheme, coder, dependence group or all hearsay is left out?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.theory_testing.verdict import Counts, Rule, judge
from workbench.theory_testing.voices import HEARSAY, Heard, Voice, hear

SHOWN = 5
"""Changes that a cell tells in words; more are counted."""


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """What leaving out does to one verdict.

    Parameters
    ----------
    changes : tuple of (str, str)
        What was left out, and the verdict then, where it is another one. People are never named.
    flips, tried : int
        How many leave-one-outs change the verdict, and of how many.
    """

    changes: tuple[tuple[str, str], ...]
    flips: int
    tried: int

    def in_words(self) -> str:
        """Return the changes as one cell shows them; empty where nothing changes the verdict."""
        told = [f"without {what}: {verdict}" for what, verdict in self.changes[:SHOWN]]
        more = len(self.changes) - SHOWN
        return "; ".join([*told, f"and {more} more"] if more > 0 else told)


def leave_out(rows: pd.DataFrame, heard: Mapping[str, Heard], rule: Rule) -> dict[str, Sensitivity]:
    """Judge every link again without each person, role, scheme, dependence group and coder, and without hearsay.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `ledger`.
    heard : Mapping of str to Heard
        From `hear(rows)`.
    rule : Rule
        When evidence suffices.

    Returns
    -------
    dict
        Link to what leaving out does to its verdict.
    """
    again: list[tuple[str, set[str], dict[str, Heard]]] = []
    told = rows["source"] == HEARSAY
    if told.any():
        again.append(("all hearsay", set(rows.loc[told, "link"]), hear(rows[~told])))
    for coder in sorted(rows["coder"].dropna().unique()):
        mine = rows["coder"] == coder
        again.append((f"coder {coder}", set(rows.loc[mine, "link"]), hear(rows[~mine])))
    found = {}
    for link, one in heard.items():
        verdict = judge(one.counts(), rule)[0]
        tried = [
            (what, judge(kept.get(link, Heard()).counts(), rule)[0]) for what, touched, kept in again if link in touched
        ]
        tried += _without_voices(one, rows, link, rule)
        changed = [(what, now) for what, now in tried if now != verdict]
        found[link] = Sensitivity(changes=_told(changed), flips=len(changed), tried=len(tried))
    return found


def _without_voices(one: Heard, rows: pd.DataFrame, link: str, rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield what is left out, people as “one person”, and the verdict then."""
    sharing = Counter(group for voice in one.voices for group in voice.groups)
    known: dict[object, str] = {}
    for number, voice in enumerate(one.voices):
        alone = all(sharing[group] == 1 for group in voice.groups)
        # Whoever says the same from the same role and scheme, and shares a group with nobody, can be left out alike.
        like = (voice.side, voice.role, voice.scheme, voice.unresolved) if alone else number
        if like not in known:
            known[like] = judge(one.counts(one.voices[:number] + one.voices[number + 1 :]), rule)[0]
        yield "one person", known[like]
    for field in ("role", "scheme"):
        for name in sorted({getattr(voice, field) for voice in one.voices} - {""}):
            kept = tuple(voice for voice in one.voices if getattr(voice, field) != name)
            yield f"{field} {name}", judge(one.counts(kept), rule)[0]
    for group in sorted({group for voice in one.voices for group in voice.groups}):
        members = [voice for voice in one.voices if group in voice.groups]
        if len(members) > 1 or len(members[0].groups) > 1:
            yield "one dependence group", judge(_without_group(one, rows, link, members, group), rule)[0]


def _without_group(one: Heard, rows: pd.DataFrame, link: str, members: list[Voice], group: str) -> Counts:
    if all(len(voice.groups) == 1 for voice in members):
        return one.counts(voice for voice in one.voices if group not in voice.groups)
    kept = hear(rows[(rows["link"] == link) & (rows["group"] != group)])
    return kept.get(link, Heard()).counts()


def _told(changed: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return each change once, what several people or groups do as a number of them."""
    counts = Counter(changed)
    return tuple(
        (f"any one of {number} {_PLURAL[what]}" if what in _PLURAL and number > 1 else what, verdict)
        for (what, verdict), number in counts.items()
    )


_PLURAL = {"one person": "people", "one dependence group": "dependence groups"}
