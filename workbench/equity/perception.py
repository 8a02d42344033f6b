"""Ethnicity as people define it beside ethnicity as officers see it: where the two tell different stories."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.equity.cells import NOT_STATED
from workbench.equity.missing import WORST_CASE
from workbench.records import OUTCOMES

_CAUTION = (
    "Self-defined and officer-defined groups do not hold the same people, and where one of the two is missing more "
    "often for some, gaps move. That one interval leaves out zero and the other does not is no test of the difference "
    "between them."
)

Rows = Mapping[tuple[str, str], Mapping[str, Any]]


def compare_perceptions(
    self_defined: pd.DataFrame, officer_defined: pd.DataFrame, *, least: int = 1
) -> tuple[str, ...]:
    """Say at which stages the self-defined and the officer-defined gap of a group tell different stories.

    They do when they differ in sign, or when the interval of only one of them leaves out zero.

    Parameters
    ----------
    self_defined, officer_defined : pandas.DataFrame
        As `funnel` or `compare_groups` return them, exact or protected, by `ethnicity` and by
        `ethnicity_officer_group`.
    least : int
        Pass over a comparison in which fewer than this many reached, or did not reach, the stage
        in the group or the reference. The sentences hold no number, so that they can stand where numbers may not.

    Returns
    -------
    tuple of str
        One sentence per stage and group of which at least one interval leaves out zero; one for all where only the
        sign differs and neither does; then how to read them. Empty when both views agree. Groups that one
        view does not have (officers' codes have no mixed group), the not stated, and groups with another
        reference are not compared.
    """
    own, seen = _gaps(self_defined, least), _gaps(officer_defined, least)
    told, only_sign = [], []
    for (stage, group), mine in own.items():
        theirs = seen.get((stage, group))
        if theirs is None or theirs["reference"] != mine["reference"]:
            continue
        clear = (_is_clear(mine), _is_clear(theirs))
        if clear[0] != clear[1] or (all(clear) and _side(mine) != _side(theirs)):
            told.append(
                f"{group} against {mine['reference']} {_where(stage)}: officer-defined, {_position(theirs)}; "
                f"self-defined, {_position(mine)}."
            )
        elif not any(clear) and _side(mine) != _side(theirs):
            only_sign.append(f"{group} {_where(stage)}")
    if only_sign:
        told.append(f"The two views differ in sign, with zero in both intervals, for: {'; '.join(only_sign)}.")
    return (*told, _CAUTION) if told else ()


def _gaps(table: pd.DataFrame, least: int) -> Rows:
    """Return the gaps of stated groups that have a value and enough behind them, by stage and group."""
    shares = table[(table["measure"] == "share") & table["value"].notna()]
    enough = {
        (str(row["stage"]), str(row["group"]))
        for row in shares.to_dict(orient="records")
        if min(row["n"], row["total"] - row["n"]) >= least
    }
    gaps = table[(table["measure"] == "gap") & table["value"].notna() & (table["method"] != WORST_CASE)]
    rows = {(str(row["stage"]), str(row["group"])): row for row in gaps.to_dict(orient="records")}
    return {
        (stage, group): {str(name): cell for name, cell in row.items()}
        for (stage, group), row in rows.items()
        if group != NOT_STATED and {(stage, group), (stage, str(row["reference"]))} <= enough
    }


def _where(stage: str) -> str:
    return f"{'by the outcome' if stage in OUTCOMES else 'at the stage'} “{stage}”"


def _is_clear(row: Mapping[str, Any]) -> bool:
    return bool(row["low"] > 0 or row["high"] < 0)


def _side(row: Mapping[str, Any]) -> str:
    return "above" if row["value"] > 0 else "below" if row["value"] < 0 else "at"


def _position(row: Mapping[str, Any]) -> str:
    return f"the gap is {_side(row)} zero and its interval {'leaves out' if _is_clear(row) else 'holds'} zero"
