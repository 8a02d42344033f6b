"""The rule that turns counts of people into one of four verdicts, and says why."""

from dataclasses import dataclass

from workbench.errors import InputError
from workbench.language.counted import counted

VERDICTS = ("supported", "contested", "refuted", "untested")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When evidence suffices; printed with every verdict.

    Parameters
    ----------
    people : int
        Fewest people who speak for a link.
    roles, schemes : int
        Fewest roles and schemes that they come from. At least two: no verdict
        may rest on one role or one scheme.
    against : int
        People who must speak against it, with nobody for it, to call it refuted.
    groups : int
        Fewest independent dependence groups that the people who speak for it come from. At least two.
    contested : int
        Fewest people with a side in all before a link is called contested.
    """

    people: int = 3
    roles: int = 2
    schemes: int = 2
    against: int = 3
    groups: int = 2
    contested: int = 3

    def __post_init__(self) -> None:
        if min(self.people, self.roles, self.schemes, self.against, self.groups, self.contested) < 2:
            raise InputError(
                "no verdict may rest on one person, one role, one scheme or one dependence group: every number of the "
                "rule is at least 2"
            )

    def in_words(self) -> str:
        """Return the rule as it is printed with every verdict."""
        return (
            f"Rule: supported needs {self.people} people of {self.roles} roles, {self.schemes} schemes and "
            f"{self.groups} independent groups for it, nobody against it, and a decision on every case against it; "
            f"refuted needs {self.against} against it, of several roles or schemes, nobody for it; contested needs "
            f"{self.contested} people with a side."
        )


@dataclass(frozen=True, kw_only=True)
class Counts:
    """People on each side of a link.

    Parameters
    ----------
    for_, against, qualifies : int
        People, each counted once.
    both : int
        People who speak for it in one place and against it in another.
    differ : int
        People of whose talk the coders' views differ, so that it says nothing yet.
    coded : int
        Codings of the link, with or without a stance.
    roles, schemes : int
        How many roles and schemes the people who speak for it come from.
    against_roles, against_schemes : int
        The same of those who speak against it.
    groups : int
        Independent dependence groups among the people who speak for it.
    unresolved : int
        Passages against it on which nobody, or people differently, decided.
    limits, rivals : int
        People whose cases against it limit the context, or have a rival explanation.
    """

    for_: int = 0
    against: int = 0
    qualifies: int = 0
    both: int = 0
    differ: int = 0
    coded: int = 0
    roles: int = 0
    schemes: int = 0
    against_roles: int = 0
    against_schemes: int = 0
    groups: int = 0
    unresolved: int = 0
    limits: int = 0
    rivals: int = 0


def judge(counts: Counts, rule: Rule) -> tuple[str, str]:
    """Return the verdict on a link, and the reason in words.

    Parameters
    ----------
    counts : Counts
        People on each side.
    rule : Rule
        When evidence suffices.

    Returns
    -------
    tuple of (str, str)
        `supported`: enough people of enough roles, schemes and independent groups speak for it, nobody against it,
        and no case against it waits for a decision.
        `contested`: enough people have a side, somebody speaks for it and somebody, or the same person elsewhere,
        against it.
        `refuted`: enough speak against it, of enough roles or schemes, and nobody for it.
        `untested`: everything else; the default.
    """
    if counts.differ and not (counts.for_ or counts.against or counts.qualifies or counts.both):
        whom = counted(counts.differ, "person", "people")
        return "untested", f"coders differ about {whom}, and nobody else counts for or against it"
    verdict, why = _judge(counts, rule)
    more = [f"coders differ about {counts.differ} more"] if counts.differ else []
    if counts.limits:
        more.append(f"cases of {counted(counts.limits, 'person', 'people')} limit where it holds")
    if counts.rivals:
        more.append(f"cases of {counted(counts.rivals, 'person', 'people')} have a rival explanation")
    return verdict, "; ".join([why, *more])


def _judge(counts: Counts, rule: Rule) -> tuple[str, str]:
    if counts.both or (counts.for_ and counts.against):
        sides = f"{counts.for_} for, {counts.against} against, {counts.both} both ways"
        if counts.for_ + counts.against + counts.both < rule.contested:
            return "untested", f"{sides}; {rule.contested} people with a side are needed"
        waits = f"{counted(counts.unresolved, 'case')} against {'waits' if counts.unresolved == 1 else 'wait'}"
        return "contested", f"{sides}; {waits} for a decision" if counts.unresolved else sides
    if counts.against:
        wide = counts.against_roles >= rule.roles or counts.against_schemes >= rule.schemes
        if counts.against >= rule.against and wide:
            return "refuted", f"{counts.against} against, nobody for"
        needed = f"{rule.against} of several roles or schemes are needed"
        return "untested", f"{counts.against} against and nobody for; {needed}"
    short = [
        f"{counted(have, *what)} of {need}"
        for have, need, what in (
            (counts.for_, rule.people, ("person", "people")),
            (counts.roles, rule.roles, ("role",)),
            (counts.schemes, rule.schemes, ("scheme",)),
            (counts.groups, rule.groups, ("independent group",)),
        )
        if have < need
    ]
    if not short and counts.unresolved:
        waits = "case against waits" if counts.unresolved == 1 else "cases against wait"
        return "contested", f"{counts.for_} for, nobody against, but {counts.unresolved} {waits} for a decision"
    if not short:
        return "supported", f"{counts.for_} for, nobody against"
    if not counts.for_ and not counts.qualifies:
        return "untested", "coded, but without a stance" if counts.coded else "nobody's talk was coded to it"
    return "untested", "not enough evidence: " + ", ".join(short)
