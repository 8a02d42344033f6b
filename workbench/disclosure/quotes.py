"""Who is named beside a quote."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from workbench.disclosure.rules import Rules

Permission = Callable[[Mapping[Hashable, Any]], tuple[str, str]]
"""A coding's row to why its words may not leave, and who let delicate words go; each may be empty."""

_ROLES = {
    "officer": "Police officer",
    "provider": "Member of a provider's staff",
    "service_user": "Person on the scheme",
    "stakeholder": "Stakeholder",
    "interviewer": "Interviewer",
}
_SOMEBODY = "Somebody who was interviewed"


def unasked(_row: Mapping[Hashable, Any]) -> tuple[str, str]:
    """Return that nothing was decided on a coding's words: the gate looks at the words alone."""
    return "", ""


def people_per_group(turns: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Return how many people spoke in each role and scheme.

    Parameters
    ----------
    turns : pandas.DataFrame
        With the columns `person`, `role` and `scheme`.

    Returns
    -------
    dict[tuple[str, str], int]
        (role, scheme) to number of people.
    """
    seen = turns[["role", "scheme", "person"]].drop_duplicates().astype(str)
    return dict(Counter(zip(seen["role"], seen["scheme"], strict=True)))


def attribution(turn: Mapping[str, Any], people: Mapping[tuple[str, str], int], rules: Rules) -> str:
    """Return the most detailed description of a speaker that still fits enough people.

    Role and scheme where that group is large enough; else the role; else the
    scheme; else only that somebody was interviewed.

    Parameters
    ----------
    turn : Mapping
        Anything with `role` and `scheme`: a row of `corpus.turns`.
    people : Mapping of (role, scheme) to int
        How many people spoke, as `people_per_group` gives it.
    rules : Rules
        `quote_group` is the smallest group.

    Returns
    -------
    str
        "Police officer, West Midlands", "Police officer", …

    Examples
    --------
    >>> attribution({"role": "officer", "scheme": "durham"}, {("officer", "durham"): 5}, Rules())
    'Police officer, Durham'
    >>> attribution({"role": "officer", "scheme": "durham"}, {("officer", "durham"): 2}, Rules())
    'Somebody who was interviewed'
    """
    role, scheme = str(turn["role"]), str(turn["scheme"])
    place = scheme.replace("-", " ").replace("_", " ").title()
    in_role = sum(number for (other, _), number in people.items() if other == role)
    in_scheme = sum(number for (other, at), number in people.items() if at == scheme and other != "interviewer")
    spoken = _ROLES.get(role)
    if spoken and scheme and people.get((role, scheme), 0) >= rules.quote_group:
        return f"{spoken}, {place}"
    if spoken and in_role >= rules.quote_group:
        return spoken
    if scheme and in_scheme >= rules.quote_group:
        return f"{_SOMEBODY}, {place}"
    return _SOMEBODY
