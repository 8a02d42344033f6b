"""What the counts of a table have to do with each other: lines that add up, and counts nested in counts."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from workbench.disclosure.rules import Rules

SCOPE = ("document", "code", "coder", "node", "link", "component", "role", "field", "period", "scheme", "force")
"""Columns that say whom a row is about, besides characteristic, group and stage."""

PLACE = (*SCOPE, "characteristic", "stage")
"""Everything that a row is about, except its group."""

PARTS = ("scheme", "force")
"""Scopes whose parts add up to the row in which the column is missing."""

SHARE_MEASURES = ("share", "gap", "ratio")
"""Measures that rest on the same two counts of a group."""

NESTED_MEASURES = ("share", "contribution")
"""Measures whose counts are people on the same way through the stages."""


@dataclass(frozen=True, order=True)
class Count:
    """One number that could be published.

    Equal numbers of one group are one count: what is `n` at one stage is
    `total` at the next, and showing it once shows it everywhere. Counts of
    another `family` are not nested in these: how many skipped a stage, say.
    """

    family: str
    scope: tuple[str, ...]
    characteristic: str
    group: str
    value: float


@dataclass(frozen=True)
class Line:
    """Counts that add up to a number that is known.

    Parameters
    ----------
    members : tuple of Count
        The parts.
    margin : Count or None
        The published total. None: taken to be known from elsewhere.
    rest : float
        What the members do not cover of the margin; nobody publishes it.
    """

    members: tuple[Count, ...]
    margin: Count | None
    rest: float = 0.0


Step = tuple[Count, Count]
"""n and total of one row; their difference, those who did not get there, is a count too."""


@dataclass(frozen=True)
class Counts:
    """All counts of a table: per row (n and total), as lines, as lines of steps, and per group in descending order.

    Parameters
    ----------
    rows : tuple of tuple of Count
        n and, where there is one, total.
    lines : tuple of Line
        Counts that add up.
    steps : tuple of (margin or None, members)
        Steps whose differences add up to that of the margin.
    nested : tuple of tuple of Count
        The counts of each group from large to small.
    """

    rows: tuple[tuple[Count, ...], ...]
    lines: tuple[Line, ...]
    steps: tuple[tuple[Step | None, tuple[Step, ...]], ...]
    nested: tuple[tuple[Count, ...], ...]


@dataclass
class _Gathered:
    rows: list[tuple[Count, ...]] = field(default_factory=list)
    along_groups: dict[Hashable, dict[str, Count]] = field(default_factory=lambda: defaultdict(dict))
    along_parts: dict[Hashable, dict[str, Count]] = field(default_factory=lambda: defaultdict(dict))
    steps: dict[Hashable, dict[str, Step]] = field(default_factory=lambda: defaultdict(dict))
    groups: dict[Hashable, set[Count]] = field(default_factory=lambda: defaultdict(set))


def text(value: object) -> str:
    """Return a cell as text; a missing one is empty."""
    return "" if value is None or bool(pd.isna(value)) else str(value)  # type: ignore[call-overload]


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a table as plain dictionaries."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict(orient="records")]


def place(row: Mapping[str, object]) -> tuple[str, ...]:
    """Return what a row is about, except its group: rows of one place are compared with each other."""
    return tuple(text(row.get(column)) for column in PLACE)


def _gather(gathered: _Gathered, row: Mapping[str, object], rules: Rules) -> None:
    """Put the counts of one row where they belong."""
    scope = tuple(text(row.get(column)) for column in SCOPE)
    group, stage = text(row.get("group")), text(row.get("stage"))
    # Everybody is the same everybody, whatever characteristic the table is by.
    characteristic = "" if group == rules.margin else text(row.get("characteristic"))
    measure = text(row.get("measure"))
    base = "share" if not measure or measure in SHARE_MEASURES else measure
    family = "share" if base in NESTED_MEASURES else base
    counts: list[Count] = []
    for kind in ("n", "total"):
        number = row.get(kind)
        if not text(number):
            continue
        count = Count(family, scope, characteristic, group, float(number))  # type: ignore[arg-type]
        counts.append(count)
        gathered.groups[family, scope, characteristic, group].add(count)
        gathered.along_groups[scope, text(row.get("characteristic")), stage, kind, base][group] = count
        for column in PARTS:
            other = tuple("" if name == column else part for name, part in zip(SCOPE, scope, strict=True))
            key = (column, other, characteristic, group, stage, kind, base)
            gathered.along_parts[key][scope[SCOPE.index(column)]] = count
    gathered.rows.append(tuple(counts))
    if len(counts) == 2:
        gathered.steps[scope, text(row.get("characteristic")), stage, base][group] = (counts[0], counts[1])


def _line(cells: dict[str, Count], margin_name: str) -> Line | None:
    """Return the line of some cells; None where nothing adds up."""
    members = tuple(count for name, count in cells.items() if name != margin_name)
    margin = cells.get(margin_name)
    if not members or (len(members) == 1 and margin is None):
        return None
    rest = margin.value - sum(count.value for count in members) if margin else 0.0
    # Parts that exceed their total do not partition it: nothing can be subtracted.
    return Line(members, margin, rest) if rest >= 0 else None


def read_counts(table: pd.DataFrame, rules: Rules) -> Counts:
    """Return the counts of a Finding-like table and how they hang together.

    Parameters
    ----------
    table : pandas.DataFrame
        Long format, with `n` and, where there is one, `total`.
    rules : Rules
        Names the group that holds everybody.

    Returns
    -------
    Counts
    """
    gathered = _Gathered()
    for row in records(table):
        _gather(gathered, row, rules)
    lines = [_line(cells, rules.margin) for cells in gathered.along_groups.values()]
    # Across parts the total must be in the table: forces need not be all forces.
    lines += [_line(cells, "") for cells in gathered.along_parts.values() if "" in cells and len(cells) > 1]
    nested = (sorted(counts, key=lambda count: -count.value) for counts in gathered.groups.values())
    return Counts(
        rows=tuple(gathered.rows),
        lines=tuple(line for line in lines if line is not None),
        steps=tuple(
            (steps.get(rules.margin), tuple(step for name, step in steps.items() if name != rules.margin))
            for steps in gathered.steps.values()
            if len(steps) > 1
        ),
        nested=tuple(tuple(counts) for counts in nested),
    )
