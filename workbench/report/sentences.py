"""Sentences made again from what may be shown: those of an analysis hold exact counts, these do not."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from workbench.language.counted import counted
from workbench.report.wording import Names, interval, is_missing, number, plain, share, whole

Row = Mapping[Hashable, Any]
CLEAR = ("< 0.001", "< 0.01", "< 0.05")
"""Steps of a p-value at which a trend is called one; its digits, made from exact monthly counts, stay inside."""
NOT_CLEAR = "not below 0.05"


def sentences(table: pd.DataFrame, names: Names) -> list[str]:
    """Return sentences for a table of people on record, from its shown rows only.

    Parameters
    ----------
    table : pandas.DataFrame
        As `Release.tables` returns it.
    names : Names
        What ids are called.

    Returns
    -------
    list of str
        With number, base and interval; how many rows are withheld comes last.
    """
    if not {"n", "value"} <= set(table.columns):
        return []
    if "component" in table.columns:
        told = _components(table, names)
    elif "measure" in table.columns and "group" in table.columns:
        told = _groups(table)
    elif "field" in table.columns and "characteristic" in table.columns:
        told = _coverage(table)
    else:
        told = []
    return told + _withheld(table)


def step(p: object) -> str | None:
    """Return a p-value as the step that it is below; None where there is none.

    Examples
    --------
    >>> step(0.0004), step(0.2)
    ('< 0.001', 'not below 0.05')
    """
    if is_missing(p):
        return None
    return next((name for name in CLEAR if float(str(p)) < float(name.removeprefix("< "))), NOT_CLEAR)


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["value"].notna() & table["n"].notna()]


def _withheld(table: pd.DataFrame) -> list[str]:
    if "status" not in table.columns:
        return []
    hidden = int(table["status"].astype(str).str.startswith("withheld").sum())
    return (
        [f"{hidden:,} of {len(table):,} rows are withheld, because the counts behind them are small."] if hidden else []
    )


def _components(table: pd.DataFrame, names: Names) -> list[str]:
    rows = table[table["period"] == "all"] if "period" in table.columns else table
    told = [component_sentence(row, names) for row in _shown(rows).to_dict(orient="records")]
    if "status" in rows.columns:
        blind = int((rows["status"] == "not observable").sum())
        seen = f"{len(rows) - blind} of {len(rows)} components can be seen in records{_range(_shown(rows), names)}."
        told.insert(0, f"{names.scheme(rows['scheme'].iloc[0])}: {seen}" if len(rows) else seen)
    return told


def _range(shown: pd.DataFrame, names: Names) -> str:
    if len(shown) < 2:
        return ""
    ordered = shown.sort_values("value", kind="stable")
    low, high = (
        f"{share(row['value'])} of {whole(row['total'])} ({names.code(row['component'])})"
        for row in (ordered.iloc[0], ordered.iloc[-1])
    )
    return f"; the share of cases that met one runs from {low} to {high}"


def component_sentence(row: Row, names: Names) -> str:
    """Return how often a component of a manual was met, from a shown row about it."""
    text = (
        f"{names.code(row['component'])}: met in {share(row['value'])} of cases that were due "
        f"(95% interval {interval(row.get('low'), row.get('high'), 'share')}; "
        f"{whole(row['n'])} of {whole(row['total'])})."
    )
    trend = row.get("drift_p")
    if not is_missing(trend) and str(trend) in CLEAR:
        text += f" The share changes over the months (test for trend, p {trend})."
    return text


def _coverage(table: pd.DataFrame) -> list[str]:
    from workbench.equity.coverage import coverage_sentences

    return list(coverage_sentences(table))


def _groups(table: pd.DataFrame) -> list[str]:
    from workbench.equity.statements import sentences as equity_sentences

    gaps = _shown(table)[lambda rows: (rows["measure"] == "gap") & (rows["method"] != "worst case")]
    clear = gaps[(gaps["low"] > 0) | (gaps["high"] < 0)]
    told = []
    if len(gaps):
        have, shown = "has" if len(clear) == 1 else "have", counted(len(gaps), "gap")
        count = f"{len(clear)} of {shown} that can be shown {have} a 95% interval that leaves out zero"
        stated = clear[clear["group"] != "Not stated"]  # the not stated are no group of people: they come after
        headline = stated if len(stated) else clear
        largest = headline.loc[[headline["value"].abs().idxmax()]] if len(headline) else headline
        told = [f"{count}{''.join(_largest(row) for row in largest.to_dict(orient='records'))}."]
    keys = pd.MultiIndex.from_frame(table[["stage", "group"]].astype(str))
    first = keys.isin(pd.MultiIndex.from_frame(clear[["stage", "group"]].astype(str)))
    # Those whose interval leaves out zero come first; nobody should have to look for them.
    return [*told, *equity_sentences(table[first]), *equity_sentences(table[~first])]


def _largest(row: Row) -> str:
    return (
        f"; the largest is at “{plain(str(row['stage']))}”, {row['group']} against {row['reference']}: "
        f"{number(row['value'], 'gap')} ({interval(row['low'], row['high'], 'gap')})"
    )
