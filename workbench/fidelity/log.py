"""One scheme's events as case-sorted arrays: what every rule runs on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InputError, Problem
from workbench.manual import Manual

Positions = NDArray[np.int64]
Times = NDArray[np.datetime64]
Flags = NDArray[np.bool_]

OWN_COLUMNS = ("case", "event", "activity", "at", "actor")
PROVIDERS = ("provider", "navigator")


@dataclass(frozen=True, kw_only=True)
class EventLog:
    """Events of one scheme up to the cut-off, sorted by case, then time, then order of recording.

    Parameters
    ----------
    events : pandas.DataFrame
        Sorted; columns case, event, activity, at and what the rules need.
    case_of : array of int
        Number of each event's case, rising from 0.
    names : array of str
        Name of each case, by number.
    at : array of datetime64[us]
        Time of each event.
    cutoff : datetime64[us]
        First instant that is no longer seen: midnight after the as-of date.
    undated : int
        Events without case or time, which were left out.
    """

    events: pd.DataFrame
    case_of: Positions
    names: NDArray[Any]
    at: Times
    cutoff: np.datetime64
    undated: int

    @cached_property
    def first(self) -> Positions:
        """Position of each case's first event."""
        return np.flatnonzero(np.diff(self.case_of, prepend=-1)).astype(np.int64)

    @cached_property
    def case_end(self) -> Positions:
        """For each event, the position after its case's last event."""
        ends = np.append(self.first[1:], len(self.at))
        return ends[self.case_of] if len(self.at) else self.case_of

    @cached_property
    def _tied(self) -> Flags:
        """Whether an event opens a group of events of one case at one time."""
        opens = np.ones(len(self.at), dtype=bool)
        opens[1:] = (self.case_of[1:] != self.case_of[:-1]) | (self.at[1:] != self.at[:-1])
        return opens

    @cached_property
    def tie_start(self) -> Positions:
        """For each event, the first position of events of its case at its time."""
        return np.maximum.accumulate(np.where(self._tied, np.arange(len(self.at)), 0))

    @cached_property
    def tie_end(self) -> Positions:
        """For each event, the position after the last event of its case at its time."""
        opens = np.append(np.flatnonzero(self._tied), len(self.at))
        return opens[np.cumsum(self._tied)] if len(self.at) else self.case_of

    @cached_property
    def _ranks(self) -> tuple[Times, Positions]:
        """Distinct times, and one key per event that rises over cases and times together."""
        times, rank = np.unique(self.at, return_inverse=True)
        return times, self.case_of * (len(times) + 1) + rank

    def first_from(self, anchors: Positions, limits: Times) -> Positions:
        """Return, for each anchor, the first position of its case at or after a limit."""
        times, keys = self._ranks
        wanted = self.case_of[anchors] * (len(times) + 1) + np.searchsorted(times, limits, side="left")
        return np.searchsorted(keys, wanted, side="left").astype(np.int64)

    @cached_property
    def sees_providers(self) -> bool:
        """Whether providers' events were supplied; a log that names no actors is taken at its word."""
        actors = self.events["actor"]
        return bool(actors.isna().all() or actors.isin(PROVIDERS).any())


def end_of(as_of: date) -> np.datetime64:
    """Return the midnight after a day: the first instant that is not seen."""
    return np.datetime64(as_of + timedelta(days=1), "us")


def read_log(records: Any, manual: Manual, *, as_of: date) -> EventLog:
    """Fetch what a manual's rules need of a scheme's events, and sort it.

    Raises
    ------
    InputError
        If the events lack a column that a rule names.
    """
    needed = _columns(manual)
    events = records.events
    lacking = [
        column for column in ("scheme", *needed) if column not in events.columns and column not in ("actor", "event")
    ]
    if lacking:
        raise InputError(
            Problem(
                place=f"{manual.path.name}", what=f"its rules need the event columns {', '.join(lacking)}",
                choices=events.columns, remedy="Name them in columns.yaml, or take the rules out",
            )
        )  # fmt: skip
    chosen = events.filter(
        (events["scheme"] == manual.scheme) & (events["at"].isnull() | (events["at"] < end_of(as_of).item()))
    )
    # Arrow in between: Ibis asks pandas 3 for an option that it warns about.
    frame = chosen.select(*[column for column in needed if column in events.columns]).to_pyarrow().to_pandas()
    return sort_log(frame.reindex(columns=list(needed)), end_of(as_of))


def _columns(manual: Manual) -> tuple[str, ...]:
    rules = [component.rule for component in manual.components.values() if component.rule]
    fields: Iterable[str] = sorted({field for rule in rules for field in rule.fields()})
    return tuple(dict.fromkeys((*OWN_COLUMNS, *fields)))


def sort_log(frame: pd.DataFrame, cutoff: np.datetime64) -> EventLog:
    """Sort a scheme's events by case and time, keeping the order of recording within one time."""
    usable = frame["case"].notna() & frame["at"].notna()
    frame = frame[usable]
    codes, names = pd.factorize(frame["case"].astype(str))
    at = pd.to_datetime(frame["at"]).to_numpy().astype("datetime64[us]")
    order = np.lexsort((at, codes))  # stable: equal times stay as recorded
    return EventLog(
        events=frame.iloc[order].reset_index(drop=True),
        case_of=codes[order].astype(np.int64),
        names=np.asarray(names, dtype=object),
        at=at[order],
        cutoff=cutoff,
        undated=int((~usable).sum()),
    )
