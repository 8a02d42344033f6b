"""Sheets of incidents to clean rows."""

from hashlib import blake2b

import pandas as pd

from workbench.records.coded import (
    as_flag,
    coded,
    from_file_name,
    note_unknown,
    published_force,
    refuse_unknown,
    written,
    yes_or_no,
)
from workbench.records.people import identifies, identities
from workbench.records.sheets import Reading, Sheet
from workbench.records.values import dates, numbers, text, whole_years

BANDS = {17: "under 18", 25: "18-25", 35: "26-35", 45: "36-45", 55: "46-55", 65: "56-65", 120: "66+"}
"""Last year of age in each band."""


def incident_rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return one clean row per row of a sheet, with `pnc`, `name` and `dob` still beside it."""
    who = identities(sheet, reading)
    contact = _contact_dates(sheet, reading)
    force = _force(sheet, reading)
    columns: dict[str, pd.Series] = {
        "case": _case(sheet, reading),
        "force": force,
        "scheme": coded(force, reading.maps.forces, "scheme"),
        "contact_date": contact,
        "contact_reason": written(sheet, "contact_reason", reading),
        "was_diverted": yes_or_no(sheet, "was_diverted", reading),
        **_outcome(sheet, reading),
        **_offence(sheet, reading),
        **_person(sheet, reading, who, contact),
        **_ethnicity(sheet, reading),
        **{column: who[column] for column in ("pnc", "name", "dob", "place")},
        "incident": who["place"].map(_incident_id),
    }
    frame = pd.DataFrame(columns, index=sheet.frame.index)
    frame["fictional"] = sheet.fictional
    if not identifies(sheet):
        note = "no name, date of birth or PNC number: incidents cannot be counted as people"
        reading.notes.add("no person", sheet.where, n=len(frame), note=note)
    return frame


def _incident_id(place: str) -> str:
    """Return a short id of a row: the same row of the same file always has the same one."""
    return "i" + blake2b(place.encode(), digest_size=8).hexdigest()


def _contact_dates(sheet: Sheet, reading: Reading) -> pd.Series:
    as_written = written(sheet, "contact_date", reading)
    found = dates(sheet.column("contact_date"))
    lost = as_written[as_written.notna() & found.isna()]
    if len(lost) and found.isna().all():
        reading.problems.add(
            f"{sheet.where}, row {lost.index[0]}",
            f"no contact date can be read, e.g. {lost.iloc[0]!r}",
            remedy="Write dates as 2021-11-03 or 03/11/2021",
        )
    reading.notes.add_each("date not read", sheet.where, lost, note="contact date is missing in these rows")
    reading.notes.add("no contact date", sheet.where, n=int(as_written.isna().sum()))
    days: pd.Series = found.dt.normalize()
    return days


def _force(sheet: Sheet, reading: Reading) -> pd.Series:
    as_written = written(sheet, "force", reading)
    force = coded(as_written, reading.maps.forces, "code").fillna(as_written)
    given = reading.overrides.constants.get("force")
    default = given or from_file_name(sheet.file, reading.maps.forces) or published_force(sheet.file)
    if default is None and force.isna().any():
        reading.problems.add(
            sheet.where,
            f"the force is not known in {int(force.isna().sum())} rows",
            remedy="Add a force column, put the force into the file name, or write `force: NAME` in columns.yaml",
        )
    found = reading.maps.forces.find(default) if default else None
    return force.where(force.notna(), found["code"] if found else default)


def _case(sheet: Sheet, reading: Reading) -> pd.Series:
    case = text(sheet.column("case"))
    # "NA" once is a case's name; "NULL" in a hundred rows is a blank.
    blank = case.map(lambda value: value is not None and value.casefold() in reading.maps.blanks)
    return case.mask(blank & case.duplicated(keep=False), None)


def _outcome(sheet: Sheet, reading: Reading) -> dict[str, pd.Series]:
    table = reading.maps.outcomes
    as_written = written(sheet, "outcome", reading)
    refuse_unknown(sheet, as_written, table, reading)
    implied = as_flag(coded(as_written, table, "arrested"))
    return {
        "outcome": coded(as_written, table, "code"),
        "outcome_group": coded(as_written, table, "group"),
        "was_arrested": yes_or_no(sheet, "was_arrested", reading).fillna(implied),
    }


def _offence(sheet: Sheet, reading: Reading) -> dict[str, pd.Series]:
    table = reading.maps.offences
    as_written = written(sheet, "offence", reading)
    note_unknown(sheet, as_written, table, "offence not known", reading)
    # The canonical 13 columns have no offence: there the reason for the contact names it.
    as_written = as_written.fillna(written(sheet, "contact_reason", reading))
    names = {"offence": "code", "offence_group": "group", "drug": "drug"}
    return {name: coded(as_written, table, key) for name, key in names.items()}


def _person(sheet: Sheet, reading: Reading, who: pd.DataFrame, contact: pd.Series) -> dict[str, pd.Series]:
    as_written = written(sheet, "sex", reading)
    note_unknown(sheet, as_written, reading.maps.sex, "sex not known", reading)
    age = whole_years(pd.to_datetime(who["dob"].replace("", None)), contact)
    stated = numbers(sheet.column("age"))
    age = age.fillna(stated.where(stated.between(0, 120)).round())
    band = pd.cut(age, [-1, *BANDS], labels=list(BANDS.values())).astype(object)
    ranges = written(sheet, "age_range", reading).where(age.isna())
    if ranges.notna().any():
        note = "age is known as a range only; the range stands in age_band as written, and age is missing"
        reading.notes.add("age as a range", sheet.where, n=int(ranges.notna().sum()), note=note)
    return {
        "sex": coded(as_written, reading.maps.sex, "code"),
        "age": age,
        "age_band": band.where(band.notna(), ranges),
    }


def _ethnicity(sheet: Sheet, reading: Reading) -> dict[str, pd.Series]:
    found: dict[str, pd.Series] = {}
    for column, table in (
        ("ethnicity_self", reading.maps.ethnicity_self),
        ("ethnicity_officer", reading.maps.ethnicity_officer),
    ):
        as_written = written(sheet, column, reading)
        note_unknown(sheet, as_written, table, f"{column} not known", reading)
        found[column] = coded(as_written, table, "code")
        found[f"{column}_group"] = coded(as_written, table, "group").fillna("Not stated")
    chinese = written(sheet, "ethnicity_self", reading).eq("O1")
    note = "16+1 code O1 (Chinese) is read as A4: Other before the change, Asian after it"
    reading.notes.add("series break", sheet.where, value="O1", n=int(chinese.sum()), note=note)
    own, officer = found.pop("ethnicity_self_group"), found["ethnicity_officer_group"]
    return {**found, "ethnicity": own, "ethnicity_self_then_officer": own.where(own != "Not stated", officer)}
