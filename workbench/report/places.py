"""What schemes are called beside a count of what people said there: none by a name that fits too few people."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from workbench.disclosure import Rules

ELSEWHERE = "Other schemes together"
NOT_STATED = "not stated"
_NOT_ASKED = ("interviewer", "unknown", "")


@dataclass(frozen=True, kw_only=True)
class Places:
    """What schemes are called beside a count.

    Parameters
    ----------
    labels : Mapping[str, str]
        Scheme to the name that fits enough people.
    sizes : Mapping[str, int]
        People behind each name.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)

    def label(self, scheme: object) -> str:
        """Return what a scheme is called; one that nobody spoke in goes with the small ones."""
        return self.labels.get(_stated(scheme), ELSEWHERE)


def places(turns: pd.DataFrame, rules: Rules, names: Mapping[str, str]) -> Places:
    """Name schemes so that every name fits at least `rules.quote_group` people.

    A scheme in which fewer were interviewed goes by `ELSEWHERE`, and so does
    the next smallest while those together are too few: what one count leaves
    over would otherwise be theirs.

    Parameters
    ----------
    turns : pandas.DataFrame
        With `person`, `role` and `scheme`.
    rules : Rules
        Names the smallest group.
    names : Mapping[str, str]
        Scheme to its name.
    """
    spoken = turns[~turns["role"].fillna("").isin(_NOT_ASKED)].drop_duplicates("person")
    people = Counter(_stated(scheme) for scheme in spoken["scheme"])
    ordered = sorted(people, key=lambda scheme: (people[scheme], scheme))
    together = [scheme for scheme in ordered if people[scheme] < rules.quote_group]
    while together and sum(people[each] for each in together) < rules.quote_group and len(together) < len(ordered):
        together = ordered[: len(together) + 1]
    labels = {scheme: ELSEWHERE if scheme in together else names.get(scheme, scheme) for scheme in sorted(people)}
    sizes = Counter[str]()
    for scheme, label in labels.items():
        sizes[label] += people[scheme]
    return Places(labels=labels, sizes=sizes)


def _stated(scheme: object) -> str:
    return NOT_STATED if scheme is None or bool(pd.isna(scheme)) or scheme == "" else str(scheme)  # type: ignore[call-overload]
