"""Withhold small counts, and as many others as it takes that subtraction does not give them back."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf

import pandas as pd

from workbench.disclosure.counts import Count, Counts, Step, place, read_counts, records, text
from workbench.disclosure.protected import protect_values
from workbench.disclosure.rules import Rules

SHOWN = "shown"
PRIMARY = "withheld (primary)"
SECONDARY = "withheld (secondary)"
TRUE_ZERO = "true zero"
STATUSES = (SHOWN, PRIMARY, SECONDARY, TRUE_ZERO)

Cell = tuple[float, float, float, bool]
"""A hidden count: its value, the least and the most it can be, and whether it is small."""

_NOTES = {
    PRIMARY: "withheld: a count behind it is from 1 to {last}",
    SECONDARY: "withheld: it would give back another withheld number by subtraction",
}


def _small(counts: Counts, rules: Rules) -> set[Count]:
    """Return counts that are small themselves, or that leave a small complement."""
    found = {count for row in counts.rows for count in row if rules.is_small(count.value)}
    for row in counts.rows:
        if len(row) == 2 and rules.is_small(row[1].value - row[0].value):
            found.add(row[0])
    return found


def _close(counts: Counts, hidden: set[Count], rules: Rules) -> set[Count]:
    """Return shown counts that differ by a small number from another shown count of the same group."""
    found = set()
    for nested in counts.nested:
        above: float | None = None
        for count in nested:
            if count in hidden or count.value == 0:
                continue
            if above is not None and rules.is_small(above - count.value):
                found.add(count)
            else:
                above = count.value
    return found


def _neighbours(counts: Counts, hidden: set[Count]) -> dict[Count, tuple[float, float]]:
    """Return for each hidden count the nearest shown counts of its group: no less than, no more than."""
    limits = {}
    for nested in counts.nested:
        shown = [count.value for count in nested if count not in hidden]
        for count in nested:
            if count in hidden:
                low = max((value for value in shown if value < count.value), default=0.0)
                high = min((value for value in shown if value > count.value), default=inf)
                limits[count] = (low, high)
    return limits


def _is_weak(cells: Sequence[Cell], rules: Rules) -> bool:
    """Return whether subtraction along a line tells too much about one of its hidden counts."""
    known = sum(value for value, _, _, _ in cells)
    for at, (_, low, high, is_small) in enumerate(cells):
        others = [*cells[:at], *cells[at + 1 :]]
        lowest = max(low, known - sum(cell[2] for cell in others))
        highest = min(high, known - sum(cell[1] for cell in others))
        if highest - lowest + 1 < (rules.threshold if is_small else 2):
            return True
    return False


def _partners(counts: Counts, hidden: set[Count], small: set[Count], rules: Rules) -> set[Count]:
    """Return one more count for each line that is too weak: the smallest that is shown, at last the total."""
    found = set()
    limits = _neighbours(counts, hidden)
    for line in counts.lines:
        if line.margin in hidden:
            continue
        cells = [(count.value, *limits[count], count in small) for count in line.members if count in limits]
        # A large rest is no secret; beside a hidden count it is one more unknown.
        if line.rest > 0 and (cells or rules.is_small(line.rest)):
            cells.append((line.rest, 0.0, inf, rules.is_small(line.rest)))
        if _is_weak(cells, rules):
            found |= _next(line.members, (line.margin,), hidden)
    for margin, steps in counts.steps:
        if margin is not None and hidden.intersection(margin):
            continue
        differences = [_difference(step, limits, rules) for step in steps if hidden.intersection(step)]
        rest = _missed(margin) - sum(map(_missed, steps)) if margin else 0.0
        if rest > 0 and (differences or rules.is_small(rest)):
            differences.append((rest, 0.0, inf, rules.is_small(rest)))
        if _is_weak(differences, rules):
            found |= _next([step[0] for step in steps], (margin or (None,))[:1], hidden)
    return found


def _missed(step: Step) -> float:
    """Return how many did not get there."""
    return step[1].value - step[0].value


def _next(members: Iterable[Count], margin: Sequence[Count | None], hidden: set[Count]) -> set[Count]:
    """Return the count to withhold next along a line."""
    shown = [count for count in members if count not in hidden and count.value > 0]
    if shown:
        return {min(shown, key=lambda count: (count.value, count))}
    return {count for count in margin if count is not None}


def _difference(step: Step, limits: Mapping[Count, tuple[float, float]], rules: Rules) -> Cell:
    """Return those who did not get there: how many, at least, at most, and whether they are few."""
    n, total = step
    value = _missed(step)
    low_n, high_n = limits.get(n, (n.value, n.value))
    low_total, high_total = limits.get(total, (total.value, total.value))
    return value, max(0.0, low_total - high_n), high_total - low_n, rules.is_small(value)


def _hidden(counts: Counts, small: set[Count], rules: Rules) -> set[Count]:
    """Return every count that must be withheld; grows until nothing is weak."""
    hidden = set(small)
    while more := (_close(counts, hidden, rules) or _partners(counts, hidden, small, rules)) - hidden:
        hidden |= more
    return hidden


def _groups_behind(row: Mapping[str, object]) -> list[str]:
    """Return the groups that a row rests on: its own, its reference, and those it names."""
    measure = text(row.get("measure"))
    names = [text(row.get("group"))]
    if measure not in ("", "share"):
        names += [text(row.get("reference")), *text(row.get("rests_on")).split("|")]
    return [name for name in names if name]


def _statuses(table: pd.DataFrame, counts: Counts, small: set[Count], hidden: set[Count]) -> list[str]:
    """Return the status of each row; derived rows take the worst of the rows they rest on."""
    own = [
        PRIMARY if small.intersection(behind) else SECONDARY if hidden.intersection(behind) else SHOWN
        for behind in counts.rows
    ]
    rows = records(table)
    shares = {
        (*place(row), text(row.get("group"))): status
        for row, status in zip(rows, own, strict=True)
        if text(row.get("measure")) in ("", "share")
    }
    result = []
    for row, status in zip(rows, own, strict=True):
        all_of_them = {status} | {shares.get((*place(row), name), SHOWN) for name in _groups_behind(row)}
        result.append(next((worst for worst in (PRIMARY, SECONDARY) if worst in all_of_them), SHOWN))
    return result


def suppress(table: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Return a table that may be shown: small counts withheld, the others rounded, values recomputed.

    Three rules. A count, its complement or its total from 1 to threshold - 1
    is withheld (primary). So is whatever would give it back: by subtraction
    from a line's total, from the group's own counts at other stages, or from
    the row for all schemes, forces or months (secondary). Every number that stays is rounded, and
    every share, gap, ratio and their intervals are computed again from rounded
    counts (intervals at 95%, or at the table's own `level`), and `method` says so.
    Numbers of other measures keep two decimals, their intervals rounded outward.

    Parameters
    ----------
    table : pandas.DataFrame
        Long format. `n` and `total` are counts of people or incidents; `measure`
        is share (the default), gap, ratio or another derived measure; rows that
        differ only in `group` form a line whose total is taken to be known.
        `rests_on` may name further groups behind a row, with "|" between them.
    rules : Rules
        Threshold and rounding.

    Returns
    -------
    pandas.DataFrame
        The same rows and columns. `status` is "withheld (primary)" or
        "withheld (secondary)" with missing numbers and a `note`; other rows
        keep the status they had, or get "true zero" or "shown". A table
        without `n` is returned as it is.

    Notes
    -----
    The secondary rule takes every shown count as exactly known, so rounding is
    a second wall and never the only one. Small counts keep at least `threshold`
    candidates for whoever subtracts along one line; `verify` attacks the result.

    References
    ----------
    Hundepool et al. (2012), Statistical Disclosure Control, ch. 4 (Wiley).
    """
    return suppress_together({"": table}, rules)[""]


def suppress_together(tables: Mapping[str, pd.DataFrame], rules: Rules) -> dict[str, pd.DataFrame]:
    """Protect several tables of one release as one, so that none gives back what another withholds.

    Parameters
    ----------
    tables : Mapping[str, pandas.DataFrame]
        Name and table, each as for `suppress`.
    rules : Rules
        Threshold and rounding.

    Returns
    -------
    dict[str, pandas.DataFrame]
        The same names, in the same order.
    """
    counted = {name: table for name, table in tables.items() if "n" in table.columns and len(table)}
    safe = {name: table.copy() for name, table in tables.items()}
    if not counted:
        return safe
    together = pd.concat([table.astype(object) for table in counted.values()], ignore_index=True)
    counts = read_counts(together, rules)
    small = _small(counts, rules)
    statuses = _statuses(together, counts, small, _hidden(counts, small, rules))
    start = 0
    for name, table in counted.items():
        safe[name] = _write(table, statuses[start : start + len(table)], rules)
        start += len(table)
    return safe


def _write(table: pd.DataFrame, statuses: list[str], rules: Rules) -> pd.DataFrame:
    """Return the table with its statuses, notes, and numbers that may be shown."""
    result = protect_values(table, [status == SHOWN for status in statuses], rules)
    before = [text(value) for value in table["status"]] if "status" in table.columns else [""] * len(table)
    notes = [text(value) for value in table["note"]] if "note" in table.columns else [""] * len(table)
    zero = [text(value) == "0" or text(value) == "0.0" for value in table["n"]]
    result["status"] = [
        status if status != SHOWN else old or (TRUE_ZERO if is_zero else SHOWN)
        for status, old, is_zero in zip(statuses, before, zero, strict=True)
    ]
    result["note"] = [
        _NOTES[status].format(last=rules.threshold - 1) if status in _NOTES else note
        for status, note in zip(statuses, notes, strict=True)
    ]
    return result
