"""Rows of the table: one a component, and one a month for components with rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from workbench.estimates import Estimate, wilson
from workbench.fidelity.evaluate import Decisions, Tally, tally
from workbench.fidelity.people import MOST, Voices, compare_streams
from workbench.fidelity.trend import cochran_armitage
from workbench.manual import Component

COUNTS = ("n", "total", "not_due", "not_applicable", "unknown", "missed", "otherwise")
PEOPLE = ("delivered", "adapted", "not_delivered", "mixed", "coders_differ")
COLUMNS = (
    "component", "name", "scheme", "period", "status", "dimension", "essential", "n", "total", "value", "low", "high",
    "value_closed", "not_due", "not_applicable", "unknown", "missed", "otherwise", *PEOPLE, "agreement_of_streams",
    "drift_p", "method", "note",
)  # fmt: skip
ALL = "all"
UNFINISHED = "Not all cases of this month are due yet."
"""Note of a month in the truncated tail, where what happens soon shows and what is missed does not show yet."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """Everything known of one component: what it is, what records show, what people say."""

    component: Component
    scheme: str
    decisions: Decisions
    voices: Voices | None

    @cached_property
    def months(self) -> tuple[tuple[np.datetime64, Tally], ...]:
        """Cases by status for each month of first activation."""
        months = self.decisions.months
        return tuple((month, self.tally(month)) for month in np.unique(months[~np.isnat(months)]))

    @cached_property
    def complete_months(self) -> tuple[tuple[np.datetime64, Tally], ...]:
        """Months in which no case waits for its time to run out: a trend over others would be an artefact."""
        return tuple((month, told) for month, told in self.months if told.total and not told.not_due)

    @cached_property
    def drift(self) -> Estimate:
        """P-value of a trend over complete months."""
        complete = self.complete_months
        return cochran_armitage(
            [told.met for _, told in complete],
            [told.total for _, told in complete],
            [float(month.astype(int)) for month, _ in complete],
        )

    def tally(self, month: np.datetime64 | None = None, *, closed_only: bool = False) -> Tally:
        """Count cases by status: all, or those of one month, or those whose time had run out."""
        return tally(self.decisions.case_codes[self.decisions.select(month, closed_only=closed_only)])

    @property
    def late(self) -> bool:
        """Say whether most of the missed were recorded, though late."""
        told = self.tally()
        rule = self.component.rule
        timed = rule is not None and rule.within is not None and rule.template in ("response", "case_within")
        return timed and told.otherwise > MOST * told.missed


def table_of(results: list[Result]) -> pd.DataFrame:
    """Return the table: rows for whole periods first, in the manual's order, then the months."""
    rows = [_whole(result) for result in results] + [row for result in results for row in _monthly(result)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in (*COUNTS, *PEOPLE):
        table[column] = table[column].astype("Int64")
    for column in ("value", "low", "high", "value_closed", "drift_p"):
        table[column] = table[column].astype(float)
    return table


def _whole(result: Result) -> dict[str, Any]:
    voices = result.voices
    people = {name: getattr(voices, name, None) for name in PEOPLE}
    if result.decisions.unseen_because:
        note = f"{result.decisions.unseen_because[0].upper()}{result.decisions.unseen_because[1:]}."
        return _head(result, ALL) | people | {
            "status": "not observable", "agreement_of_streams": "", "method": "",
            "note": " ".join(part for part in (note, result.component.note) if part),
        }  # fmt: skip
    told, closed = result.tally(), result.tally(closed_only=True)
    numbers = _numbers(told)
    note = " ".join(part for part in (numbers["note"], result.component.note) if part)
    return _head(result, ALL) | numbers | people | {
        "value_closed": closed.met / closed.total if closed.total else None,
        "agreement_of_streams": compare_streams(numbers["value"], result.late, voices) if voices else "",
        "drift_p": result.drift.value,
        "note": note,
    }  # fmt: skip


def _monthly(result: Result) -> Iterator[dict[str, Any]]:
    for month, told in result.months:
        unfinished = UNFINISHED if told.not_due else ""
        numbers = _numbers(told)
        yield _head(result, str(month)) | numbers | {
            # Cases of other months are not "not applicable" to this one: the number would mean nothing here.
            "not_applicable": None,
            "agreement_of_streams": "",
            "note": " ".join(part for part in (numbers["note"], unfinished) if part),
        }  # fmt: skip


def _head(result: Result, period: str) -> dict[str, Any]:
    component = result.component
    return dict.fromkeys(COLUMNS) | {
        "component": component.id, "name": component.name, "scheme": result.scheme, "period": period,
        "dimension": component.dimension, "essential": component.essential,
    }  # fmt: skip


def _numbers(told: Tally) -> dict[str, Any]:
    share = wilson(told.met, told.total)
    return {
        "status": "observed" if told.total else "undefined",
        "n": told.met, "total": told.total, "value": share.value, "low": share.low, "high": share.high,
        "not_due": told.not_due, "not_applicable": told.not_applicable, "unknown": told.unknown,
        "missed": told.missed, "otherwise": told.otherwise, "method": "wilson",
        "note": "" if told.total else undefined_because(told),
    }  # fmt: skip


def undefined_because(told: Tally) -> str:
    """Return why a share has no base."""
    if told.not_due:
        return "No case is decided yet: the time allowed has not run out."
    if told.unknown:
        return "No case can be told: what the rule needs is not recorded."
    return "The rule applied to no case up to the cut-off."
