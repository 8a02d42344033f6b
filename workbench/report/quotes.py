"""What people said, through the gate: attributed to a group that is large enough, with the coding it comes from."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.disclosure import Release, Rules, attribution, people_per_group
from workbench.report.markup import block, escape

EVERYBODY = "Person who took part"
LONGEST = 420
FITTING = 180
"""Characters of a quote that tells enough and can be read in passing; the nearest to it come first."""


@dataclass(frozen=True, kw_only=True)
class Groups:
    """What speakers are called beside a quote or a count.

    Parameters
    ----------
    labels : Mapping of (role, scheme) to str
        The most detailed name whose group is large enough.
    sizes : Mapping[str, int]
        People behind each name.
    """

    labels: Mapping[tuple[str, str], str]
    sizes: Mapping[str, int]

    def label(self, row: Mapping[Hashable, Any]) -> str:
        """Return what the speaker of a row with `role` and `scheme` is called."""
        return self.labels.get((str(row["role"]), str(row["scheme"])), EVERYBODY)


def groups(turns: pd.DataFrame, rules: Rules) -> Groups:
    """Name speakers so that every name fits at least `rules.quote_group` people.

    The gate names a speaker by role and scheme, or more coarsely. What is left
    over by role alone may still be one person, when the rest of the role is
    named by scheme: such names are put together until each is large enough.

    Parameters
    ----------
    turns : pandas.DataFrame
        With `person`, `role` and `scheme`.
    rules : Rules
        Names the smallest group.
    """
    spoken = turns[~turns["role"].isin(["interviewer", "unknown"])]
    people = people_per_group(spoken)
    labels = {key: attribution({"role": key[0], "scheme": key[1]}, people, rules) for key in people}
    while True:
        sizes = Counter(dict.fromkeys(labels.values(), 0))
        for key, number in people.items():
            sizes[labels[key]] += number
        joining = _joining(sizes, rules)
        if joining is None:
            break
        labels = {key: EVERYBODY if label == joining else label for key, label in labels.items()}
    called = {name: _elsewhere(name, sizes) for name in sizes}
    return Groups(
        labels={key: called[label] for key, label in labels.items()},
        sizes={called[name]: size for name, size in sizes.items()},
    )


def _joining(sizes: Mapping[str, int], rules: Rules) -> str | None:
    """Return the name that must be given up next: the smallest that is too small; None where all are large enough."""
    ordered = sorted((name for name in sizes if name != EVERYBODY), key=lambda name: (sizes[name], name))
    small = [name for name in ordered if sizes[name] < rules.quote_group]
    if not small and 0 < sizes.get(EVERYBODY, 0) < rules.quote_group:
        small = ordered  # everybody else is too few: the smallest group joins them
    return small[0] if small and len(sizes) > 1 else None


def _elsewhere(name: str, sizes: Mapping[str, int]) -> str:
    """Return a role's name with “elsewhere” when other people of that role are named by scheme."""
    if name == EVERYBODY:
        return name
    return f"{name}, elsewhere" if any(other.startswith(f"{name}, ") for other in sizes) else name


def chosen(rows: pd.DataFrame, gate: Release, people: Groups, *, most: int = 2) -> list[str]:
    """Return quotes as Markdown: at most one a person, from different groups first, each through the gate.

    Parameters
    ----------
    rows : pandas.DataFrame
        id, quote, person, role, scheme, document, turn.
    gate : Release
        Decides and keeps the record; what it refuses is passed over.
    people : Groups
        What speakers are called.
    most : int
        Most quotes to return.
    """
    found: list[str] = []
    persons: set[str] = set()
    named: set[str] = set()
    waiting = _ordered(rows)
    while waiting and len(found) < most:
        fresh = [row for row in waiting if people.label(row) not in named] or waiting
        row = fresh[0]
        waiting.remove(row)
        if row["person"] in persons:
            continue
        if gate.quote(str(row["id"]), str(row["quote"]), {"role": row["role"], "scheme": row["scheme"]}, {}) is None:
            continue
        persons.add(row["person"])
        named.add(people.label(row))
        found.append(quote(str(row["quote"]), people.label(row), str(row["id"])))
    return found


def _ordered(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return one row a passage, however many coders marked it, the most readable first."""
    each = rows.drop_duplicates(["document", "turn"]).to_dict(orient="records")
    return sorted(each, key=lambda row: (abs(len(str(row["quote"])) - FITTING), str(row["id"])))


def quote(text: str, who: str, coding: str) -> str:
    """Return a quote with its speaker's group and the id of its coding."""
    said = " ".join(text.split())
    if len(said) > LONGEST:
        said = f"{said[:LONGEST].rsplit(' ', 1)[0]} […]"
    source = block("source", f"{escape(who)} · coding `{coding}`")
    return block("quote", f"> “{escape(said)}”", source)
