"""Extracts as forces send them: a workbook each, no two sheets with the same headers."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from workbench.demo.records.dress import dress
from workbench.demo.records.plan import BANNER, EXTRACT_DAY, Plan, SchemePlan

Sheets = Mapping[str, tuple[Mapping[str, str], Callable[[pd.DataFrame], pd.Series]]]

_DURHAM_1 = {
    "Force": "force", "Forename": "first_name", "Surname": "last_name", "Date of Birth": "dob:cell", "Sex": "sex:word",
    "Officer Defined Ethnicity": "officer:code", "Self Defined Ethnicity": "self:code", "PNC ID": "pnc:gaps",
    "Contact Date": "day:cell", "Offence": "offence:long", "Diverted (Y/N)": "referred:letter",
    "Arrested (Y/N)": "arrested:letter", "Outcome Type": "outcome:named", "Checkpoint Ref": "case",
}  # fmt: skip
_DURHAM_2 = {
    "FORCE": "force", "First Name(s)": "first_name", "Last Name": "last_name", "DOB": "dob:uk", "Gender": "sex:letter",
    "Ethnicity (Officer)": "officer:name", "Ethnicity (Self)": "self:code", "PNC Number": "pnc:gaps",
    "Date of contact": "day:iso", "Reason for contact": "offence:short", "Was diverted": "referred:word",
    "Was arrested": "arrested:doubt", "Outcome": "outcome:code", "Case Ref": "case",
}  # fmt: skip
_VALLEY_1 = {
    "Name": "name:turned", "D.O.B": "dob:cell", "Gender": "sex:word", "Ethnicity (self)": "self:name",
    "Ethnicity (officer)": "officer:ic", "PNC No": "pnc", "Date of contact": "day:uk",
    "Offence description": "offence:long", "Referred": "referred:word",
    "Arrested": "arrested:word", "Outcome": "outcome:named",
}  # fmt: skip
_VALLEY_2 = {
    "Police force": "force", "First name": "first_name", "Last name": "last_name", "DOB": "dob:cell", "Sex": "sex:word",
    "Self-defined ethnicity": "self:name", "Officer-defined ethnicity": "officer:name", "PNC No": "pnc",
    "Contact date": "day:cell", "Offence": "offence:short", "Was diverted": "referred:letter",
    "Was arrested": "arrested:doubt", "Outcome type": "outcome:word",
}  # fmt: skip
_MIDLANDS_1 = {
    "Surname": "last_name", "Forename(s)": "first_name", "Date of Birth": "dob:cell", "Sex": "sex:letter",
    "SDE": "self:code", "Ethnic Appearance": "officer:name", "PNCID": "pnc:repeats", "Contact Date": "day:iso",
    "Contact Reason": "offence:long", "Referral (Yes/No)": "referred:word",
    "Arrest (Yes/No)": "arrested:word", "Outcome Code": "outcome:code",
}  # fmt: skip
_MIDLANDS_2 = {
    "Family name": "last_name", "Given names": "first_name", "DOB": "dob:uk", "Gender": "sex:word",
    "Self defined ethnicity": "self:name", "Officer ethnicity": "officer:code", "PNC": "pnc:repeats",
    "Incident date": "day:serial", "Offence title": "offence:short", "Was referred": "referred:letter",
    "Arrested?": "arrested:letter", "Disposal": "outcome:named",
}  # fmt: skip


def _before(day: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda contacts: contacts["day"] < pd.Timestamp(day)


def _from(day: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda contacts: contacts["day"] >= pd.Timestamp(day)


SHEETS: Mapping[str, Sheets] = {
    "durham": {
        "Group 1": (_DURHAM_1, lambda contacts: contacts["offence_group"] == "1"),
        "Group 2": (_DURHAM_2, lambda contacts: contacts["offence_group"] == "2"),
    },
    "thames-valley": {
        "Oct 21 - Mar 22": (_VALLEY_1, _before("2022-04-01")),
        "Apr 22 - Mar 23": (_VALLEY_2, _from("2022-04-01")),
    },
    "west-midlands": {
        "2021-22": (_MIDLANDS_1, _before("2022-04-01")),
        "2022-23": (_MIDLANDS_2, _from("2022-04-01")),
    },
}
"""Scheme to sheets: header to column (and its dress), and which contacts stand on the sheet."""


def write_workbook(
    path: Path, scheme: SchemePlan, contacts: pd.DataFrame, plan: Plan, rng: np.random.Generator
) -> None:
    """Write one force's workbook: a cover that says what it is, and its sheets."""
    import xlsxwriter

    known = contacts.assign(force=scheme.force, blank_outcome=_blank_outcome(contacts, rng), repeat=False)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": BANNER, "author": "fictional", "created": datetime(2023, 4, 3)})
        _cover(book, scheme)
        formats = {
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
            "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        }
        carried: list[pd.DataFrame] = []
        for name, (columns, belongs) in SHEETS[scheme.scheme].items():
            here = known[belongs(known)]
            rows = pd.concat([*carried, here])
            # The next sheet repeats some rows of this one: the periods overlap, or somebody copied them.
            carried = [here[rng.random(len(here)) < plan.repeated_rows].assign(repeat=True)]
            cells = {header: dress(rows, how, rng) for header, how in columns.items()}
            _fill(book.add_worksheet(name), cells, formats)


def _blank_outcome(contacts: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    open_ = contacts["day"] > pd.Timestamp(EXTRACT_DAY) - pd.Timedelta(days=30)
    return np.asarray((contacts["referred"] & (rng.random(len(contacts)) < 0.35)) | open_)


def _cover(book: Any, scheme: SchemePlan) -> None:
    sheet = book.add_worksheet("READ ME")
    lines = (BANNER, f"Extract of drug contacts, {scheme.force}", f"Extract made on {EXTRACT_DAY}")
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)


def _fill(sheet: Any, cells: Mapping[str, list[Any]], formats: Mapping[str, Any]) -> None:
    sheet.write_string(0, 0, BANNER)
    for column, header in enumerate(cells):
        sheet.write_string(1, column, header)
    for row, values in enumerate(zip(*cells.values(), strict=True), start=2):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, datetime):
                sheet.write_datetime(row, column, value, formats["day" if value.hour == 0 else "moment"])
            elif value is not None:
                sheet.write_number(row, column, value)
