"""The clues of one link: which of them count, and why the others do not."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.errors import InputError
from workbench.language.counted import counted
from workbench.theory_testing.lenses.clues import Clue
from workbench.theory_testing.lenses.probative import Judged, expected_learning, together, total_weight

FEWEST = 2
"""Analysts without whom a clue is not counted."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """The clues of one link.

    Parameters
    ----------
    link : str
        Which.
    clues : Sequence of Clue
        All of them, in the file's order.
    counts : Sequence of Clue
        Those that were looked for, that enough analysts judged, and that are the strongest of their dependence group.
    why_not : Sequence of str
        A sentence on each of the others.
    analysts : Sequence of str
        Who judged any that counts.
    """

    link: str
    clues: Sequence[Clue]
    counts: Sequence[Clue]
    why_not: Sequence[str]
    analysts: Sequence[str]

    @property
    def complete(self) -> list[str]:
        """Analysts who judged every clue that counts."""
        return [by for by in self.analysts if all(judged(clue, by) for clue in self.counts)]


def case_of(link: str, clues: Sequence[Clue]) -> Case:
    """Return which clues of a link count."""
    looked = [clue for clue in clues if clue.found != "not looked"]
    able = [clue for clue in looked if len(clue.analysts) >= FEWEST]
    why_not = [_to_be_learned(clue) for clue in clues if clue.found == "not looked"]
    why_not += [
        f"{clue.id} has {counted(len(clue.analysts), 'analyst')} of the {FEWEST} that are needed"
        for clue in looked
        if clue not in able
    ]
    strongest: dict[object, Clue] = {}
    for clue in able:
        group = clue.group or (clue.id,)
        strongest[group] = max(strongest.get(group, clue), clue, key=lambda one: abs(_middle(one)))
    counts = [clue for clue in able if clue in strongest.values()]
    why_not += [_set_aside(clue, strongest[clue.group]) for clue in able if clue not in counts]
    analysts = dict.fromkeys(one.by for clue in counts for one in clue.analysts)
    return Case(link=link, clues=clues, counts=counts, why_not=why_not, analysts=list(analysts))


def judged(clue: Clue, by: str) -> Judged | None:
    """Return how an analyst judges a clue; None where they did not."""
    own = next((one for one in clue.analysts if one.by == by), None)
    return None if own is None else Judged(own.if_true, own.if_false, clue.found == "yes")


def by_all(clue: Clue) -> Judged:
    """Return how all its analysts together judge a clue."""
    return together(Judged(one.if_true, one.if_false, clue.found == "yes") for one in clue.analysts)


def _middle(clue: Clue) -> float:
    """Return the decibels of a clue by what all its analysts say together; 0 where they make it impossible."""
    try:
        return total_weight([by_all(clue)])[1]
    except InputError:
        return 0.0


def _to_be_learned(clue: Clue) -> str:
    """Say that nobody looked for a clue and, where it was judged, how much it is expected to teach."""
    told = f"{clue.id} was not looked for"
    if len(clue.analysts) < FEWEST:
        return told
    share = expected_learning(0.5, *by_all(clue).middle)
    return f"{told}: at even odds it is expected to take away {share:.0%} of the uncertainty"


def _set_aside(clue: Clue, strongest: Clue) -> str:
    # The group's name stays inside: it is often that of a transcript.
    told = f"{clue.id} is of one dependence group with {strongest.id}, the stronger, which alone counts"
    opposite = _middle(clue) * _middle(strongest) < 0
    return f"{told}, although they point opposite ways" if opposite else told
