"""Attack a table before others do: what can somebody with pencil and paper know of each withheld count?"""

from collections.abc import Collection, Sequence
from math import inf

import numpy as np
import pandas as pd

from workbench.disclosure.counts import text
from workbench.disclosure.rules import Rules
from workbench.disclosure.suppression import PRIMARY, SECONDARY
from workbench.errors import InputError

Margin = tuple[Collection[int], float]
"""Rows that add up, and their published sum."""


def _rounding_limits(number: float, rules: Rules) -> tuple[float, float]:
    """Return the whole numbers that round to this one, as first and last."""
    base = rules.rounding
    return max(0, int(number) - base // 2), int(number) + (base - 1) // 2


def _own_limits(row: pd.Series, rules: Rules, *, rounded: bool, knows_rule: bool) -> tuple[float, float]:
    """Return what one row says of its own count."""
    if pd.notna(row["n"]):
        return _rounding_limits(row["n"], rules) if rounded else (row["n"], row["n"])
    total = row.get("total")
    high = inf if total is None or pd.isna(total) else float(total)
    if high < inf and rounded:
        high = _rounding_limits(high, rules)[1]
    if knows_rule and text(row.get("status")) == PRIMARY:
        high = min(high, rules.threshold - 1)
    return 0.0, high


def _attack(cell: int, own: np.ndarray, sums: np.ndarray, limits: np.ndarray) -> tuple[float, float]:
    """Return the least and the most that a count can be, given everything published."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    target = np.zeros(len(own))
    target[cell] = 1.0
    constraints = [LinearConstraint(sums, limits[:, 0], limits[:, 1])] if len(sums) else []
    ends = []
    for sign in (1.0, -1.0):
        if sign < 0 and not len(sums[:, cell].nonzero()[0]) and own[cell, 1] == inf:
            ends.append(inf)
            continue
        # The solver's presolve sometimes calls a table impossible that is not; without it, it does not.
        for presolve in (True, False):
            found = milp(
                sign * target,
                integrality=np.ones(len(own), dtype=int),
                bounds=Bounds(own[:, 0], own[:, 1]),
                constraints=constraints,
                options={"presolve": presolve},
            )
            if found.status != 2:
                break
        if found.status == 3:
            ends.append(inf)
        elif found.x is None:
            raise InputError("the published numbers contradict each other: no table has these margins")
        else:
            ends.append(float(round(found.x[cell])))
    return ends[0], ends[1]


def verify(
    table: pd.DataFrame,
    margins: Sequence[Margin],
    *,
    rules: Rules | None = None,
    rounded: bool = False,
    knows_rule: bool = False,
    cells: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Bound each withheld count by what is published: least and most, by integer programming.

    Parameters
    ----------
    table : pandas.DataFrame
        `n` with missing values where it is withheld; `total` bounds it where it is shown; `status` as
        `suppress` gives it.
    margins : Sequence of (Collection[int], float)
        Sets of row numbers that add up, and their published sum. Include whatever else was published.
    rules : Rules, optional
        The threshold that a bound must be as wide as, and the rounding.
    rounded : bool
        Whether counts, totals and sums were rounded, each by itself.
    knows_rule : bool
        Whether the attacker also knows that a primary cell is below the threshold.
    cells : Sequence[int], optional
        Rows to attack instead of the withheld ones; their own shown number is used.

    Returns
    -------
    pandas.DataFrame
        `row`, `low`, `high`, `width` (candidates less one), `status` pass or fail, `note`. A primary cell
        needs as many candidates as the threshold, a secondary one at least two. Wider is safer.

    Raises
    ------
    InputError
        If a margin names a row that does not exist, or the published numbers contradict each other.

    References
    ----------
    Hundepool et al. (2012), Statistical Disclosure Control, ch. 4 (Wiley).
    Fischetti and Salazar (2001), Management Science 47, 1008-1027.
    """
    rules = rules or Rules()
    for rows, _ in margins:
        if unknown := [row for row in rows if not 0 <= row < len(table)]:
            raise InputError(f"a margin names row {unknown[0]}; the table has rows 0 to {len(table) - 1}")
    plain = table.reset_index(drop=True)
    own = np.array(
        [_own_limits(row, rules, rounded=rounded, knows_rule=knows_rule) for _, row in plain.iterrows()], dtype=float
    )
    sums = np.zeros((len(margins), len(plain)))
    limits = np.zeros((len(margins), 2))
    for number, (rows, published) in enumerate(margins):
        sums[number, list(rows)] = 1.0
        limits[number] = _rounding_limits(published, rules) if rounded else (published, published)
    attacked = list(cells) if cells is not None else [row for row in range(len(plain)) if pd.isna(plain["n"].iloc[row])]
    found = []
    for row in attacked:
        low, high = _attack(row, own, sums, limits)
        secondary = "status" in plain.columns and text(plain["status"].iloc[row]) == SECONDARY
        needed = 2 if secondary else rules.threshold - (1 if knows_rule else 0)
        found.append(_judged(row, low, high, needed))
    return pd.DataFrame(found, columns=["row", "low", "high", "width", "status", "note"])


def _judged(row: int, low: float, high: float, needed: int) -> dict[str, object]:
    """Return one row of the answer."""
    if low == high:
        note = f"it is {low:g} exactly"
    elif high - low + 1 < needed:
        note = f"only {high - low + 1:g} candidates; {needed} are needed"
    else:
        note = ""
    return {
        "row": row,
        "low": low,
        "high": high,
        "width": high - low,
        "status": "fail" if note else "pass",
        "note": note,
    }
