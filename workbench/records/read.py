"""Read a folder of police records as forces and providers send them."""

from pathlib import Path

import pandas as pd

from workbench.definitions import shipped
from workbench.errors import InputError, Problem
from workbench.provenance import hash_file
from workbench.records.columns import EVENT_COLUMNS, INCIDENT_COLUMNS
from workbench.records.events import event_rows
from workbench.records.free_text import IDENTIFIERS, known_identity, without_identity
from workbench.records.incidents import incident_rows
from workbench.records.link import drop_repeats, tie
from workbench.records.maps import read_maps
from workbench.records.overrides import read_overrides
from workbench.records.people import People
from workbench.records.sheets import Reading, Sheet, read_sheets
from workbench.records.tables import Records

FREE_TEXT = {"incidents": ("contact_reason",), "events": ("actor", "result", "note")}
"""Columns in which somebody may have typed a name."""


def read_records(folder: Path | str, *, maps: Path | str | None = None, keys: Path | str | None = None) -> Records:
    """Read incidents and events from all Excel, CSV and Parquet files of a folder.

    Names, dates of birth and PNC numbers become a random id per person and go
    no further; `keys` alone remembers who is who.

    Parameters
    ----------
    folder : Path or str
        Where the files lie. `columns.yaml` in it (canonical name: header) tells of headers that no map knows.
    maps : Path or str, optional
        Folder of code tables; the shipped ones by default.
    keys : Path or str, optional
        CSV outside the folder, made with owner-only rights: the same person gets the same id next time. Without it,
        ids are new each time and kept nowhere.

    Returns
    -------
    Records
        `incidents`, `events` and `stages` as Ibis tables; `quality` counts all that was set aside or not understood.

    Raises
    ------
    InputError
        With every problem of every file: unreadable files, sheets without a contact date, outcomes that no map knows.
    """
    folder = Path(folder)
    keys = Path(keys) if keys is not None else None
    _check_places(folder, keys)
    tables = read_maps(Path(maps) if maps is not None else shipped("codebooks/diversion/maps"))
    reading = Reading(maps=tables, overrides=read_overrides(folder, tables))
    sheets = read_sheets(folder, reading)
    if not sheets and not reading.problems.found:
        reading.problems.add(
            str(folder),
            "no sheet of incidents or events was found",
            remedy="Check the folder, or name the headers in columns.yaml",
        )
    incidents = _stack([incident_rows(sheet, reading) for sheet in _of("incidents", sheets)])
    events = _stack([event_rows(sheet, reading) for sheet in _of("events", sheets)])
    reading.problems.raise_if_any()
    people = People(keys)
    incidents, events = _give_ids(incidents, events, people, reading)
    reading.problems.raise_if_any()
    people.save()
    incidents, events = tie(drop_repeats(incidents, reading.notes), events, reading.notes)
    return Records.from_frames(
        _columns(incidents, INCIDENT_COLUMNS),
        _columns(events, EVENT_COLUMNS),
        quality=reading.notes.to_table(),
        sources={
            **{name: hash_file(folder / name) for name in sorted({s.file for s in sheets})},
            **reading.overrides.source,
            **tables.sources,
        },
        columns_read=frozenset(column for sheet in _of("incidents", sheets) for column in sheet.frame.columns),
    )


def _check_places(folder: Path, keys: Path | None) -> None:
    if not folder.is_dir():
        raise InputError(
            Problem(place=str(folder), what="there is no such folder", remedy="Check the path in study.yaml")
        )
    if keys is not None and keys.resolve().is_relative_to(folder.resolve()):
        what = "the keys would lie among the records"
        raise InputError(Problem(place=str(keys), what=what, remedy="Keep them in a folder of their own"))


def _of(kind: str, sheets: list[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.kind == kind]


def _stack(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _columns(frame: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    return frame[[column for column in kinds if column in frame]] if len(frame) else pd.DataFrame(columns=list(kinds))


def _give_ids(
    incidents: pd.DataFrame, events: pd.DataFrame, people: People, reading: Reading
) -> tuple[pd.DataFrame, pd.DataFrame]:
    _refuse_pnc_as_case(incidents, events, reading)
    for name, frame in (("incidents", incidents), ("events", events)):
        if frame.empty:
            continue
        identity = known_identity(frame, incidents)
        for column in FREE_TEXT[name]:
            frame[column], changed = without_identity(frame[column], identity)
            note = "the person's own name, PNC number or date of birth stood in free text and was taken out"
            reading.notes.add("identity in free text", name, value=column, n=changed, note=note)
        if name == "events":  # an event with half an identity makes nobody new
            frame.loc[(frame["pnc"] == "") & (frame["dob"] == ""), "name"] = ""
        same = frame.groupby(["pnc", "name", "dob"] if name == "events" else ["place"], sort=False).ngroup()
        frame["person"] = people.assign(frame[~same.duplicated()]).to_numpy()[same]
    note = "a name alone, or a name and date of birth that two PNC numbers share: counted as a person of its own"
    reading.notes.add("person not sure", "all files", n=people.unsure, note=note)
    bare = [frame.drop(columns=list(IDENTIFIERS), errors="ignore") for frame in (incidents, events)]
    return bare[0], bare[1]


def _refuse_pnc_as_case(incidents: pd.DataFrame, events: pd.DataFrame, reading: Reading) -> None:
    numbers = {number for frame in (incidents, events) if len(frame) for number in frame["pnc"] if number}
    for frame in (incidents, events):
        if frame.empty or not numbers:
            continue
        bare = frame["case"].dropna().str.upper().str.replace(r"[^A-Z0-9]", "", regex=True)
        caught = bare[bare.isin(numbers)]
        for file, rows in frame.loc[caught.index].groupby(frame["place"].str.partition("|")[0]):
            reading.problems.add(
                f"{file}, row {str(rows['place'].iloc[0]).rpartition('|')[2]}",
                f"the case is named by a PNC number ({len(rows)} rows)",
                remedy="Give each case a reference of its own: case names are shown in results",
            )
