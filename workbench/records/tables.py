"""Incidents, events and stages: what the rest of the workbench sees of police records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import pandas as pd

from workbench.errors import Problems, did_you_mean
from workbench.records.columns import EVENT_COLUMNS, INCIDENT_COLUMNS
from workbench.records.engine import connect, keep
from workbench.records.quality import Notes
from workbench.records.stages import stage_table


@dataclass(frozen=True, kw_only=True)
class Records:
    """Police records and providers' events, in an engine.

    Parameters
    ----------
    incidents : ibis.Table
        One row per incident; columns as `workbench.records.columns.INCIDENT_COLUMNS`.
    events : ibis.Table
        One row per event of a case; columns as `EVENT_COLUMNS`.
    stages : ibis.Table
        The incidents' columns and one nullable flag per stage of `STAGES` and outcome of `OUTCOMES`.
    quality : pandas.DataFrame
        What was found while reading: check, place, value, n, note.
    sources : Mapping[str, str]
        File name to SHA-256.
    columns_read : frozenset of str or None
        Canonical names of the columns that some sheet of incidents had; None where the records come from frames.
    """

    incidents: Any
    events: Any
    stages: Any
    quality: pd.DataFrame
    sources: Mapping[str, str] = field(default_factory=dict)
    columns_read: frozenset[str] | None = None
    _backend: Any = None

    @classmethod
    def from_frames(
        cls,
        incidents: pd.DataFrame | None,
        events: pd.DataFrame | None,
        *,
        quality: pd.DataFrame | None = None,
        sources: Mapping[str, str] | None = None,
        columns_read: frozenset[str] | None = None,
    ) -> "Records":
        """Build records from clean frames.

        Parameters
        ----------
        incidents : pandas.DataFrame or None
            Columns of `INCIDENT_COLUMNS`; `incident` is needed, the others may be absent and are then null.
        events : pandas.DataFrame or None
            Columns of `EVENT_COLUMNS`; `case`, `activity` and `at` are needed.
        quality, sources, columns_read : optional
            As in the class.

        Raises
        ------
        InputError
            If a needed column is missing, or one is there that the tables do not have.
        """
        problems = Problems()
        tables = {
            "incidents": _complete("incidents", incidents, INCIDENT_COLUMNS, ("incident",), problems),
            "events": _complete("events", events, EVENT_COLUMNS, ("case", "activity", "at"), problems),
        }
        problems.raise_if_any()
        backend = connect()
        kept = keep(backend, "incidents", tables["incidents"], INCIDENT_COLUMNS)
        happened = keep(backend, "events", tables["events"], EVENT_COLUMNS)
        return cls(
            incidents=kept,
            events=happened,
            stages=stage_table(kept, happened),
            quality=Notes().to_table() if quality is None else quality.reset_index(drop=True),
            sources=dict(sources or {}),
            columns_read=columns_read,
            _backend=backend,
        )

    def close(self) -> None:
        """Give the engine's memory back; the tables cannot be read afterwards."""
        if self._backend is not None:
            self._backend.disconnect()

    def __enter__(self) -> "Records":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()


def _complete(
    name: str, frame: pd.DataFrame | None, kinds: Mapping[str, str], needed: tuple[str, ...], problems: Problems
) -> pd.DataFrame:
    frame = pd.DataFrame(columns=list(needed)) if frame is None else frame.reset_index(drop=True)
    for column in needed:
        if column not in frame:
            problems.add(name, f"column {column!r} is missing", choices=[str(known) for known in frame.columns])
    for column in frame.columns:
        if column not in kinds:  # an unknown column may hold a name or a birth date: it goes no further
            remedy = did_you_mean(str(column), kinds) or "Remove it"
            problems.add(name, f"column {column!r} is not one of the table's", choices=list(kinds), remedy=remedy)
    if problems.found:
        return frame
    full = pd.DataFrame({column: _typed(frame, column, kind) for column, kind in kinds.items()}, index=frame.index)
    if name == "events" and full["event"].isna().all():
        full["event"] = [f"e{number:07d}" for number in range(1, len(full) + 1)]
    full["fictional"] = full["fictional"].map(lambda value: value is True or value == 1)
    return full


def _typed(frame: pd.DataFrame, column: str, kind: str) -> pd.Series:
    if column not in frame:
        return pd.Series([None] * len(frame), index=frame.index, dtype=object)
    values = frame[column]
    if kind in ("date", "time"):
        values = pd.to_datetime(values).astype("datetime64[us]")
        return values.dt.normalize() if kind == "date" else values
    if kind in ("whole", "number"):
        return pd.to_numeric(values).astype(float)
    if kind == "flag":
        return values.astype("boolean")
    return values.astype(object).where(values.notna(), None)
