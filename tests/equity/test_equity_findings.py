"""Which comparisons a report holds, from what the records hold."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pytest

from workbench.finding import Finding
from workbench.records import Records
from workbench.study.equity_findings import equity_findings
from workbench.study.settings import Settings


@dataclass(frozen=True)
class Study:
    """As much of a study as the comparisons need."""

    records: Records
    settings: Settings


def findings(rows: list[dict[str, Any]], events: pd.DataFrame | None = None, **settings: Any) -> dict[str, Finding]:
    table = pd.DataFrame([{"incident": f"i{n:04d}", "place": f"f||{n}", **row} for n, row in enumerate(rows)])
    chosen = Settings(title="Made up", as_of=date(2022, 9, 30), schemes={"durham": "Durham"}, **settings)
    study = Study(Records.from_frames(table if rows else None, events), chosen)
    return {finding.name: finding for finding in equity_findings(study)}  # type: ignore[arg-type]


def people(size: int, own: str | None, officer: str | None, sex: str = "Male", **more: Any) -> list[dict[str, Any]]:
    return [{"ethnicity": own, "ethnicity_officer_group": officer, "sex": sex, **more}] * size


NFA = {"outcome_group": "no further action"}
CHARGED = {"outcome": "1", "outcome_group": "charge or summons"}
OPEN_DATA = [
    *people(60, "White", "White", **NFA), *people(20, "White", "White", **CHARGED),
    *people(30, "Black", "Black", "Female", **NFA), *people(20, "Black", "Black", **CHARGED),
    *people(10, "Not stated", "Black", outcome_group="arrest, outcome not known"),
]  # fmt: skip


def test_open_data_without_stages_are_compared_by_outcome() -> None:
    found = findings(OPEN_DATA)
    assert list(found) == [
        "equity-coverage",
        "equity-criminalised-ethnicity",
        "equity-criminalised-officer",
        "equity-criminalised-sex",
        "equity-metricframe",
    ]
    assert found["equity-criminalised-ethnicity"].statements[:2] == (
        "All incidents: 40 of 130 were criminalised (30.8%, 23.5 to 39.2).",
        "White: 20 of 80 were criminalised (25.0%, 16.8 to 35.5).",
    )
    assert found["equity-metricframe"].table["stage"].unique().tolist() == ["criminalised"]
    assert found["equity-criminalised-officer"].table["reference"].dropna().unique().tolist() == ["White"]


def test_records_with_stages_have_both_funnels_and_the_outcome_by_both_views() -> None:
    known = {"age": 30, "offence_group": "1", "was_diverted": True}
    found = findings([row | known for row in OPEN_DATA])
    assert list(found) == [
        "equity-coverage",
        "equity-funnel",
        "equity-funnel-officer",
        "equity-ethnicity",
        "equity-sex",
        "equity-criminalised-ethnicity",
        "equity-criminalised-officer",
        "equity-metricframe",
    ]
    assert found["equity-funnel-officer"].table["characteristic"].unique().tolist() == ["ethnicity_officer_group"]
    assert found["equity-funnel-officer"].title == "From record to completion, by officer-defined ethnicity"
    assert found["equity-metricframe"].table["stage"].unique().tolist() == ["referred"]


def test_the_first_notes_say_where_the_two_views_differ() -> None:
    yes, no = ({"age": 30, "offence_group": "1", "was_diverted": flag} for flag in (True, False))
    found = findings(
        [
            *people(700, "White", "White", **yes),
            *people(300, "White", "White", **no),
            *people(600, "Black", "Black", **yes),
            *people(260, "Black", "Black", **no),
            *people(140, "Not stated", "Black", **no),
        ]
    )
    assert (
        found["equity-funnel"].notes[0].startswith("Black against White at the stage “referred”: officer-defined, the")
    )
    assert not found["equity-funnel-officer"].notes[0].startswith("Black against White")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ["equity-coverage"]),
        (people(20, "White", "White", **CHARGED), ["equity-coverage"]),
        (people(20, None, None, **CHARGED), ["equity-coverage"]),
        (people(20, "White", "White") + people(20, "Black", "Black"), ["equity-coverage"]),
        (
            people(20, None, "White", **NFA) + people(20, None, "Black", **NFA),
            ["equity-coverage", "equity-criminalised-officer"],
        ),
    ],
    ids=["events only", "one group", "no ethnicity", "nothing known of stages or outcome", "officer-defined only"],
)
def test_what_cannot_be_made_is_left_out(rows: list[dict[str, Any]], expected: list[str]) -> None:
    events = pd.DataFrame({"case": ["c1"], "activity": ["offer"], "at": ["2022-01-01"], "scheme": ["durham"]})
    assert list(findings(rows, events if not rows else None)) == expected


def test_where_nobody_is_in_the_base_of_a_stage_fairlearn_looks_at_the_outcome() -> None:
    rows = people(20, "White", "White", **NFA) + people(20, "Black", "Black", **NFA)
    found = findings([row | {"age": 30, "offence_group": "9", "was_diverted": False} for row in rows])
    assert found["equity-ethnicity"].statements == ()
    assert found["equity-metricframe"].table["stage"].unique().tolist() == ["criminalised"]


def test_a_reference_group_without_incidents_is_replaced_and_said() -> None:
    found = findings(people(20, "Asian", "Asian", **NFA) + people(30, "Black", "Black", **CHARGED))
    finding = found["equity-criminalised-ethnicity"]
    assert finding.table["reference"].dropna().unique().tolist() == ["Black"]
    assert finding.notes[0] == (
        "The study's reference group, White, has no incidents here; the largest stated group stands in for it."
    )


def test_officer_defined_groups_take_the_reference_of_self_defined_ones_unless_they_have_their_own() -> None:
    by_settings = [
        findings(OPEN_DATA, reference=reference)["equity-criminalised-officer"]
        for reference in ({"ethnicity": "Black"}, {"ethnicity": "Black", "ethnicity_officer_group": "White"})
    ]
    assert [each.table["reference"].dropna().unique().tolist() for each in by_settings] == [["Black"], ["White"]]
