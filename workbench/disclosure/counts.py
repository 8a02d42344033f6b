"""What the counts of a table have to do with each other: lines that add up, and counts nested in counts."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from workbench.disclosure.rules import Rules

SCOPE = ("document", "code", "coder", "node", "link", "component", "role", "field", "period", "scheme", "force")
"""Columns that say whom a row is about, besides characteristic, group and stage."""

PLACE = (*SCOPE, "characteristic", "stage")
"""Everything that a row is about, except its group."""

PARTS = {"scheme": "", "force": "", "period": "all"}
"""Scopes whose parts add up to one row of the table, and what the column says there."""

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
    along_parts: dict[str, dict[Hashable, dict[str, Count]]] = field(
        default_factory=lambda: {column: defaultdict(dict) for column in PARTS}
    )
    steps: dict[Hashable, dict[str, Step]] = field(default_factory=lambda: defaultdict(dict))
    part_steps: dict[str, dict[Hashable, dict[str, Step]]] = field(
        default_factory=lambda: {column: defaultdict(dict) for column in PARTS}
    )
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
        for column, part, other in _parts(scope):
            gathered.along_parts[column][other, characteristic, group, stage, kind, base][part] = count
    gathered.rows.append(tuple(counts))
    if len(counts) == 2:
        step = (counts[0], counts[1])
        gathered.steps[scope, text(row.get("characteristic")), stage, base][group] = step
        for column, part, other in _parts(scope):
            gathered.part_steps[column][other, characteristic, group, stage, base][part] = step


def _parts(scope: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Return for each way in which a row may be a part: column, which part, and the scope without it."""
    for column, margin in PARTS.items():
        at = SCOPE.index(column)
        # A row without a period is neither a month nor the whole of them.
        if scope[at] or not margin:
            yield column, scope[at], (*scope[:at], "", *scope[at + 1 :])


def _line(cells: dict[str, Count], margin_name: str) -> Line | None:
    """Return the line of some cells; None where nothing adds up."""
    members = tuple(count for name, count in cells.items() if name != margin_name)
    margin = cells.get(margin_name)
    if not members or (len(members) == 1 and margin is None):
        return None
    rest = margin.value - sum(count.value for count in members) if margin else 0.0
    # Parts that exceed their total do not partition it: nothing can be subtracted.
    return Line(members, margin, rest) if rest >= 0 else None


def _steps(steps: dict[str, Step], margin_name: str) -> tuple[Step | None, tuple[Step, ...]]:
    """Return the total's step, where there is one, and those of the parts."""
    return steps.get(margin_name), tuple(step for name, step in steps.items() if name != margin_name)


def _adds_up(steps: dict[str, Step], margin_name: str) -> bool:
    """Return whether those of the parts who did not get there can be subtracted from those of a row of the table."""
    missed = {name: total.value - n.value for name, (n, total) in steps.items()}
    whole = missed.pop(margin_name, None)
    return whole is not None and bool(missed) and sum(missed.values()) <= whole


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
    lines += [
        _line(cells, margin)
        for column, margin in PARTS.items()
        for cells in gathered.along_parts[column].values()
        if margin in cells and len(cells) > 1
    ]
    steps = [_steps(of_groups, rules.margin) for of_groups in gathered.steps.values() if len(of_groups) > 1]
    steps += [
        _steps(of_parts, margin)
        for column, margin in PARTS.items()
        for of_parts in gathered.part_steps[column].values()
        if _adds_up(of_parts, margin)
    ]
    nested = (sorted(counts, key=lambda count: -count.value) for counts in gathered.groups.values())
    return Counts(
        rows=tuple(gathered.rows),
        lines=tuple(line for line in lines if line is not None),
        steps=tuple(steps),
        nested=tuple(tuple(counts) for counts in nested),
    )
