"""Numbers computed again from rounded counts, so that no rate or interval gives the exact counts back.

The closed forms stand here and not in `estimates`, because the gate must stay
the same whatever an analysis chose: score intervals for a share, and the
square-and-add intervals that follow from two of them for a gap and a ratio.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor, inf, nan, sqrt
from statistics import NormalDist

import pandas as pd

from workbench.disclosure.counts import PLACE, place, records, text
from workbench.disclosure.rules import Rules

Numbers = tuple[float | None, float | None, float | None]
"""Value, low, high."""

_NUMBERS = ("n", "total", "value", "low", "high")

NOTHING: Numbers = (None, None, None)
DECIMALS = 2


def share(n: float, total: float, *, level: float = 0.95) -> tuple[float, float, float]:
    """Return a share with its Wilson score interval.

    References
    ----------
    Wilson (1927), JASA 22(158), 209-212.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    value = n / total
    shrink = 1 + z**2 / total
    centre = (value + z**2 / (2 * total)) / shrink
    half = z * sqrt(value * (1 - value) / total + z**2 / (4 * total**2)) / shrink
    return value, max(0.0, min(value, centre - half)), min(1.0, max(value, centre + half))


def gap(group: tuple[float, float, float], reference: tuple[float, float, float]) -> Numbers:
    """Return group minus reference with Newcombe's square-and-add interval.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.
    """
    (p1, low1, high1), (p0, low0, high0) = group, reference
    low = p1 - p0 - sqrt((p1 - low1) ** 2 + (high0 - p0) ** 2)
    high = p1 - p0 + sqrt((high1 - p1) ** 2 + (p0 - low0) ** 2)
    return p1 - p0, low, high


def ratio(group: tuple[float, float, float], reference: tuple[float, float, float]) -> Numbers:
    """Return group divided by reference with the square-and-add interval for ratios.

    References
    ----------
    Donner and Zou (2012), Statistical Methods in Medical Research 21, 347-359.
    """
    (p1, low1, high1), (p0, low0, high0) = group, reference
    if p0 == 0:
        return NOTHING
    low = p1 * p0 - sqrt(max(0.0, (p1 * p0) ** 2 - low1 * high0 * (2 * p1 - low1) * (2 * p0 - high0)))
    high = p1 * p0 + sqrt(max(0.0, (p1 * p0) ** 2 - high1 * low0 * (2 * p1 - high1) * (2 * p0 - low0)))
    below, above = high0 * (2 * p0 - high0), low0 * (2 * p0 - low0)
    return p1 / p0, low / below if below > 0 else 0.0, high / above if above > 0 else inf


def worst_case(measure: str, group: Sequence[float], reference: Sequence[float], rest: Sequence[float]) -> Numbers:
    """Return the value and the sharpest bounds when the people in `rest` could belong to either group.

    References
    ----------
    Manski (1989), Journal of Human Resources 24, 343-360.
    """
    (x1, n1), (x0, n0), (reached, everyone) = group, reference, rest
    failed = everyone - reached
    highest = ((x1 + reached) / (n1 + reached), x0 / (n0 + failed))
    lowest = (x1 / (n1 + failed), (x0 + reached) / (n0 + reached))
    if measure == "gap":
        return x1 / n1 - x0 / n0, lowest[0] - lowest[1], highest[0] - highest[1]
    if x0 == 0:
        return NOTHING
    return (x1 / n1) / (x0 / n0), lowest[0] / lowest[1], highest[0] / highest[1]


def outward(numbers: Numbers) -> Numbers:
    """Return numbers of a measure that cannot be computed again, with two decimals, the interval outward."""
    scale = 10**DECIMALS
    value, low, high = numbers
    return (
        None if value is None else round(value, DECIMALS),
        low if low is None or abs(low) == inf else floor(low * scale) / scale,
        high if high is None or abs(high) == inf else ceil(high * scale) / scale,
    )


def _number(value: object) -> float | None:
    return float(text(value)) if text(value) else None


Cells = Mapping[tuple[str, ...], tuple[float, float]]


_METHODS = {"share": "wilson", "gap": "newcombe", "ratio": "square-and-add"}


def _again(row: Mapping[str, object], cells: Cells, rules: Rules) -> tuple[Numbers, str]:
    """Return value, low and high of one shown row from rounded counts, and the method they have now."""
    measure = text(row.get("measure")) or "share"
    exact = (_number(row.get("value")), _number(row.get("low")), _number(row.get("high")))
    method, level = text(row.get("method")), _number(row.get("level")) or 0.95
    if exact[0] is None:
        return NOTHING, method  # undefined stays undefined
    own, reference, rest = (
        cells.get((*place(row), text(row.get(column)))) for column in ("group", "reference", "rests_on")
    )
    if measure == "share" and own and own[1] and _is_share(row):
        counts = (float(rules.rounded(float(text(row[kind])))) for kind in ("n", "total"))
        again = share(*counts, level=level)
        return (again, _method(measure, method, rules)) if exact[1] is not None else ((again[0], None, None), method)
    if measure in ("gap", "ratio") and own and reference and own[1] and reference[1]:
        if rest:
            return worst_case(measure, own, reference, rest), method
        both = share(*own, level=level), share(*reference, level=level)
        return (gap if measure == "gap" else ratio)(*both), _method(measure, method, rules)
    return outward(exact), method


def _method(measure: str, method: str, rules: Rules) -> str:
    """Return how an interval was computed again; what the analysis said in brackets stays."""
    _, bracket, said = method.partition(" (")
    return f"{_METHODS[measure]}{' on rounded counts' if rules.rounding > 1 else ''}{bracket}{said}"


def _is_share(row: Mapping[str, object]) -> bool:
    """Return whether `value` is n / total, and not an agreement, a median or another number."""
    n, total, value = (_number(row.get(column)) for column in ("n", "total", "value"))
    return n is not None and value is not None and bool(total) and abs(n / float(total or 1) - value) < 1e-9


def protect_values(table: pd.DataFrame, shown: Sequence[bool], rules: Rules) -> pd.DataFrame:
    """Return the table with rounded counts and recomputed values; all numbers of other rows are missing.

    `method` names what was computed again. Intervals are at 95%, or at what a column `level` says.

    Parameters
    ----------
    table : pandas.DataFrame
        As for `suppress`.
    shown : Sequence[bool]
        One per row.
    rules : Rules
        The rounding.
    """
    rows = records(table)
    cells = {}
    for row in rows:
        n, total = _number(row.get("n")), _number(row.get("total"))
        if text(row.get("measure")) in ("", "share") and n is not None and total is not None:
            cells[(*place(row), text(row.get("group")))] = (float(rules.rounded(n)), float(rules.rounded(total)))
    result = table.copy()
    for column in table.columns.intersection(["n", "total"]):
        safe = [
            rules.rounded(count) if ok and count is not None else None
            for count, ok in zip(map(_number, table[column]), shown, strict=True)
        ]
        result[column] = pd.array(safe, dtype="Int64")
    again = [_again(row, cells, rules) if ok else (NOTHING, None) for row, ok in zip(rows, shown, strict=True)]
    numbers = [found for found, _ in again]
    if "method" in table.columns:
        was = table["method"].tolist()
        result["method"] = [old if new is None else new or old for (_, new), old in zip(again, was, strict=True)]
    for at, column in enumerate(_NUMBERS[2:]):
        if column in table.columns:
            result[column] = [nan if each[at] is None else each[at] for each in numbers]
    for column in table.select_dtypes("number").columns.difference([*_NUMBERS, *PLACE, "group"]):
        result[column] = [
            _repeated(row[str(column)], row, safe_row) if ok else nan
            for row, safe_row, ok in zip(rows, records(result), shown, strict=True)
        ]
    return result


def _repeated(value: object, exact: Mapping[str, object], safe: Mapping[str, object]) -> float:
    """Return a number of another column; where it repeats a protected one, the protected number."""
    number = _number(value)
    if number is None:
        return nan
    for column in _NUMBERS:
        known = _number(exact.get(column))
        if known is not None and abs(known - number) < 1e-12:
            again = _number(safe.get(column))
            return nan if again is None else again
    return number
