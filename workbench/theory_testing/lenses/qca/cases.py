"""The cases of a comparison: who they are, and how far each is in each set; read with every problem told at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import Problems, did_you_mean
from workbench.language.counted import counted
from workbench.theory_testing.lenses.qca.fit import Memberships

FEWEST = 10
"""Fewest cases of any comparison: what the literature calls an intermediate number begins here."""
MOST_CONDITIONS = 8
MOST_NAMED = 8
NOT = "~"
_SIGNS = "~*+"


@dataclass(frozen=True, kw_only=True)
class Cases:
    """Cases and their memberships.

    Parameters
    ----------
    ids : tuple of str
        One a case.
    conditions : tuple of str
        Names of the sets that may bring the outcome about.
    outcome : str
        Name of the outcome, `~` before it where its absence is asked about.
    x : numpy.ndarray
        Shape (cases, conditions), 0 to 1.
    y : numpy.ndarray
        Shape (cases,), 0 to 1.
    """

    ids: tuple[str, ...]
    conditions: tuple[str, ...]
    outcome: str
    x: Memberships
    y: Memberships

    def within(self, term: str) -> Memberships:
        """Return each case's membership in a term (`1-0`): that in its weakest part; 1 where it has no part."""
        parts = [np.ones(len(self.ids))]
        for place, digit in enumerate(term):
            if digit != "-":
                parts.append(self.x[:, place] if digit == "1" else 1 - self.x[:, place])
        return np.asarray(np.min(parts, axis=0), dtype=float)

    def within_any(self, terms: Iterable[str]) -> Memberships:
        """Return each case's membership in an expression: that in its strongest term; 0 where it has no term."""
        parts = [np.zeros(len(self.ids)), *(self.within(term) for term in terms)]
        return np.asarray(np.max(parts, axis=0), dtype=float)

    def inside(self, membership: Memberships) -> tuple[str, ...]:
        """Return the cases that are more in than out."""
        return tuple(case for case, value in zip(self.ids, membership, strict=True) if value > 0.5)

    def without(self, case: str) -> "Cases":
        """Return the other cases."""
        others = [place for place, name in enumerate(self.ids) if name != case]
        return replace(self, ids=tuple(self.ids[place] for place in others), x=self.x[others], y=self.y[others])

    def rows(self) -> list[str]:
        """Return the configurations that cases are more in than out, each once; a membership of 0.5 is in none."""
        decided = self.x[(self.x != 0.5).all(axis=1)]
        return sorted({"".join("1" if value > 0.5 else "0" for value in case) for case in decided}, reverse=True)

    def words(self, term: str) -> str:
        """Return a term as QCA writes it: `trained*~staffed`; `any case` where it has no part."""
        parts = zip(self.conditions, term, strict=True)
        return "*".join(name if digit == "1" else NOT + name for name, digit in parts if digit != "-") or "any case"


def named(ids: Sequence[str], most: int = MOST_NAMED) -> str:
    """Return ids in a row, those after the first few as a number."""
    return ", ".join(ids[:most]) + (f" and {len(ids) - most} more" if len(ids) > most else "")


def fewest_cases(conditions: int) -> int:
    """Return how many cases so many conditions need: half as many as there are configurations, ten at least.

    With fewer, most configurations must stay empty whatever the world is like, and data without any pattern come out
    as consistent. Published ratios are somewhat lower at six conditions and more, and disputed; this is a floor, not
    a recommendation.

    References
    ----------
    Marx & Dusa (2011), Methodological Innovations Online 6, and the debate in Field Methods (2023) 35; Rihoux & Ragin
    (2009), Configurational Comparative Methods, on intermediate numbers of cases.
    """
    return max(FEWEST, (1 << conditions) // 2)


def read_cases(table: pd.DataFrame, outcome: str, conditions: Sequence[str], needed: int, problems: Problems) -> Cases:
    """Return the cases of a table, or raise every problem found in it.

    Their ids stand in the first column where it is neither outcome nor condition; or in the index where that holds
    text and the first column does not. Without either they are numbered.
    """
    conditions = (conditions,) if isinstance(conditions, str) else tuple(conditions)
    negated = outcome.startswith(NOT) and outcome not in table.columns
    base = outcome[1:] if negated else outcome
    _check_names(table, base, conditions, problems)
    ids = _ids(table, {base, *conditions}, problems)
    _check_number(len(ids), len(conditions), needed, problems)
    wanted = [name for name in dict.fromkeys([base, *conditions]) if list(table.columns).count(name) == 1]
    columns = {name: _memberships(table[name], name, ids, problems) for name in wanted}
    problems.raise_if_any()
    y = columns[base]
    return Cases(
        ids=tuple(ids),
        conditions=conditions,
        outcome=outcome,
        x=np.column_stack([columns[name] for name in conditions]),
        y=1 - y if negated else y,
    )


def _check_names(table: pd.DataFrame, outcome: str, conditions: tuple[str, ...], problems: Problems) -> None:
    known = [str(name) for name in table.columns]
    for name in dict.fromkeys([outcome, *conditions]):
        if known.count(name) > 1:
            problems.add(
                "cases", f"the column {name!r} is there {known.count(name)} times", remedy="Rename all but one"
            )
        elif name not in table.columns:
            remedy = did_you_mean(name, known) or "Name a column of the table"
            problems.add("cases", f"there is no column {name!r}", choices=known, remedy=remedy)
        elif set(name) & set(_SIGNS):
            remedy = "Rename it: ~ means not, * and, + or"
            problems.add("cases", f"the column name {name!r} has one of the signs {' '.join(_SIGNS)}", remedy=remedy)
        if conditions.count(name) > 1:
            problems.add("conditions", f"{name!r} is given {conditions.count(name)} times", remedy="Give it once")
    if outcome in conditions:
        remedy = "A condition is something else than what it may bring about"
        problems.add("conditions", f"{outcome!r} is the outcome too", remedy=remedy)
    if not 0 < len(conditions) <= MOST_CONDITIONS:
        remedy = f"Give 1 to {MOST_CONDITIONS}; each one doubles the configurations that cases must fill"
        problems.add("conditions", f"there are {len(conditions)} of them", remedy=remedy)


def _check_number(cases: int, conditions: int, needed: int, problems: Problems) -> None:
    if cases >= needed:
        return
    carried = max((k for k in range(1, MOST_CONDITIONS + 1) if fewest_cases(k) <= cases), default=0)
    fewer = f"take {carried} conditions at most, or " if 0 < carried < conditions else ""
    remedy = f"{fewer}compare smaller cases, of which there are more: areas, teams or courses, not the schemes"
    what = f"{counted(cases, 'case')} cannot carry {counted(conditions, 'condition')}"
    what += f" ({2**conditions} configurations)"
    problems.add("cases", f"{what}; at least {needed} cases are needed", remedy=remedy[:1].upper() + remedy[1:])


def _ids(table: pd.DataFrame, used: set[str], problems: Problems) -> list[str]:
    free = len(table.columns) > 0 and table.columns[0] not in used
    first = table.iloc[:, 0] if free else None
    text_index = any(isinstance(label, str) for label in table.index)
    given: list[Any]
    if first is not None and (not text_index or any(isinstance(value, str) for value in first)):
        place, given = f"cases, column {table.columns[0]!r}", list(first)
    else:
        place, given = "cases", list(table.index) if text_index else [f"case {n + 1}" for n in range(len(table))]
    ids = ["" if pd.isna(value) else str(value).strip() for value in given]
    empty = [str(row + 1) for row, name in enumerate(ids) if not name]
    if empty:
        problems.add(place, f"no case is named in row {named(empty)}", remedy="Name the case, or delete the row")
    for name in sorted({name for name in ids if name and ids.count(name) > 1}):
        remedy = "One row a case: put the rows together, or name them apart"
        problems.add(place, f"{name!r} is there {ids.count(name)} times", remedy=remedy)
    return [name or f"row {row}" for row, name in enumerate(ids, start=1)]


def _memberships(column: "pd.Series[Any]", name: str, ids: Sequence[str], problems: Problems) -> Memberships:
    """Return a column as memberships; what is none of them is told, with its cases."""
    place = f"cases, column {name!r}"
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
    missing = column.isna().to_numpy()
    text = np.array([isinstance(value, str) for value in column], dtype=bool)
    outside = ~missing & ~text & ~((values >= 0) & (values <= 1))
    if missing.any():
        remedy = "Find it out, or leave the case out and say so"
        problems.add(place, f"no value for {named(_at(ids, missing))}", remedy=remedy)
    if text.any():
        told = named([f"{case} {value!r}" for case, value in zip(_at(ids, text), column[text], strict=True)])
        remedy = "Write memberships as numbers from 0 to 1. The first column is for the names of the cases"
        problems.add(place, f"is text, not numbers: {told}", remedy=remedy)
    if outside.any():
        told = named([f"{case} {value:g}" for case, value in zip(_at(ids, outside), values[outside], strict=True)])
        remedy = "Memberships run from 0 to 1: calibrate measures first"
        problems.add(place, f"not from 0 to 1: {told}", remedy=remedy)
    if len(values) > 1 and not (missing | text | outside).any() and np.ptp(values) == 0:
        remedy = "What does not vary explains nothing and cannot be explained: leave it out, or calibrate it anew"
        problems.add(place, f"every case has {values[0]:g}", remedy=remedy)
    return values


def _at(ids: Sequence[str], where: "np.ndarray[Any, np.dtype[np.bool_]]") -> list[str]:
    return [case for case, chosen in zip(ids, where, strict=True) if chosen]
