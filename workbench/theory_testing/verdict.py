"""The rule that turns counts of people into one of four verdicts, and says why."""

from dataclasses import dataclass

from workbench.errors import InputError

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
    """

    people: int = 3
    roles: int = 2
    schemes: int = 2
    against: int = 3

    def __post_init__(self) -> None:
        if min(self.people, self.roles, self.schemes, self.against) < 2:
            raise InputError(
                "no verdict may rest on one person, one role or one scheme: every number of the rule is at least 2"
            )


@dataclass(frozen=True, kw_only=True)
class Counts:
    """People on each side of a link.

    Parameters
    ----------
    for_, against, qualifies : int
        People, each counted once.
    roles, schemes : int
        How many roles and schemes the people who speak for it come from.
    against_roles, against_schemes : int
        The same of those who speak against it.
    """

    for_: int
    against: int
    qualifies: int
    roles: int
    schemes: int
    against_roles: int
    against_schemes: int


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
        `supported`: enough people of enough roles and schemes speak for it, and nobody against it.
        `contested`: somebody speaks for it and somebody against it.
        `refuted`: enough speak against it, of enough roles or schemes, and nobody for it.
        `untested`: everything else; the default.
    """
    if counts.for_ and counts.against:
        return "contested", f"{counts.for_} for and {counts.against} against; each case against needs an explanation"
    if counts.against:
        wide = counts.against_roles >= rule.roles or counts.against_schemes >= rule.schemes
        if counts.against >= rule.against and wide:
            return "refuted", f"{counts.against} against, nobody for"
        return (
            "untested",
            f"{counts.against} against and nobody for; {rule.against} of several roles or schemes are needed",
        )
    short = [
        f"{have} {what} of {need}"
        for have, need, what in (
            (counts.for_, rule.people, "people"),
            (counts.roles, rule.roles, "roles"),
            (counts.schemes, rule.schemes, "schemes"),
        )
        if have < need
    ]
    if not short:
        return "supported", f"{counts.for_} for, nobody against"
    if not counts.for_ and not counts.qualifies:
        return "untested", "nobody's talk was coded to it"
    return "untested", "not enough evidence: " + ", ".join(short)
