"""Files of events to clean rows."""

from hashlib import blake2b

import pandas as pd

from workbench.records.coded import coded, from_file_name, written, yes_or_no
from workbench.records.people import identities
from workbench.records.sheets import Reading, Sheet
from workbench.records.values import dates, numbers, text


def event_rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return one clean row per event, with `pnc`, `name` and `dob` still beside it."""
    places = sheet.places()
    who = identities(sheet, reading)
    outcome = written(sheet, "outcome", reading)
    columns: dict[str, pd.Series] = {
        "event": "e" + places.map(lambda place: blake2b(place.encode(), digest_size=8).hexdigest()),
        "case": text(sheet.column("case")),
        "activity": text(sheet.column("activity")),
        "at": dates(sheet.column("at")),
        "scheme": _scheme(sheet, reading),
        "minutes": numbers(sheet.column("minutes")),
        "arrested": yes_or_no(sheet, "arrested", reading),
        # A log of another kind has outcomes of its own: what is no Home Office outcome stays as written.
        "outcome": coded(outcome, reading.maps.outcomes, "code").fillna(outcome),
        **{name: written(sheet, name, reading) for name in ("actor", "result", "offence_group", "note")},
        **{name: who[name] for name in ("pnc", "name", "dob")},
        "place": places,
    }
    frame = pd.DataFrame(columns, index=sheet.frame.index)
    frame["fictional"] = sheet.fictional
    unusable = frame["case"].isna() | frame["activity"].isna() | frame["at"].isna()
    note = "no case, no activity or no readable date; the row is left out"
    reading.notes.add("event left out", sheet.where, n=int(unusable.sum()), note=note)
    if len(frame) and unusable.all():
        first = f"{sheet.where}, row {frame.index[0]}"
        reading.problems.add(first, "no event has a case, an activity and a readable date", remedy="Check the headers")
    return frame[~unusable]


def _scheme(sheet: Sheet, reading: Reading) -> pd.Series:
    as_written = written(sheet, "scheme", reading)
    scheme = coded(as_written, reading.maps.forces, "scheme").fillna(as_written)
    default = reading.overrides.constants.get("scheme")
    if default is None and (force := from_file_name(sheet.file, reading.maps.forces)):
        found = reading.maps.forces.find(force)
        default = found["scheme"] or None if found else None
    return scheme.where(scheme.notna(), default)
