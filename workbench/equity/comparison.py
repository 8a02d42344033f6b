"""One stage, compared between groups, with what the not stated could change."""

from typing import Any

from workbench.equity.cells import read_cells
from workbench.equity.disparity import choose_reference, rows_at
from workbench.equity.funnel import finding
from workbench.equity.missing import worst_case_rows
from workbench.errors import InputError, Problem, did_you_mean
from workbench.finding import Finding
from workbench.records import STAGES


def check_stage(stage: str) -> None:
    """Refuse what is no stage, and the first stage, where there is nothing to compare."""
    if stage not in STAGES[1:]:
        what = "every incident is recorded, so there is no share to compare" if stage == STAGES[0] else "is no stage"
        remedy = did_you_mean(stage, STAGES[1:])
        raise InputError(Problem(place="stage", what=f"{stage!r}: {what}", choices=STAGES[1:], remedy=remedy))


def compare_groups(records: Any, *, stage: str, by: str = "ethnicity", reference: str | None = None) -> Finding:
    """Compare groups at one stage: shares, gaps, ratios, and worst cases for the not stated.

    Parameters
    ----------
    records : Records
        Its `stages` are counted in their engine; only counts are read from it.
    stage : str
        eligible, offered, accepted, referred, assessed or completed.
    by : str
        ethnicity, ethnicity_officer_group, ethnicity_self_then_officer, sex, age_band, force or scheme.
    reference : str or None
        The group that the others are compared with. None: the largest stated group.

    Returns
    -------
    Finding
        Name "equity-<by>". One row per group and measure. `method` says how: "wilson" (shares), "newcombe"
        (gaps) and "koopman" (ratios), with "(complete case)" where people of no stated group
        are left out; "worst case" rows bound gap and ratio over every way in which they could
        belong. The not stated are a group of their own as well. A gap above 0 and a ratio above 1
        mean that the group reaches the stage more often. `trace(row)` gives the incidents in the bases.

    Raises
    ------
    InputError
        If the stage, the characteristic or the reference is not known.
    """
    check_stage(stage)
    cells = read_cells(records, by=by)
    chosen = choose_reference(cells, reference)
    rows = rows_at(cells, stage, chosen) + worst_case_rows(cells, stage, chosen)
    call = f"compare_groups(records, stage={stage!r}, by={by!r}, reference={reference!r})"
    title = f"Who was {stage}, by {by.replace('_', ' ')}" if stage != "completed" else f"Who completed, by {by}"
    return finding(records, cells, rows, name=f"equity-{by}", title=title, call=call, reference=chosen)
