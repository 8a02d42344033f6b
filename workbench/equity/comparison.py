"""One stage or outcome, compared between groups, with what the not stated could change."""

from typing import Any

from workbench.equity.cells import read_cells
from workbench.equity.disparity import choose_reference, known_rows, rows_at
from workbench.equity.funnel import finding
from workbench.equity.missing import worst_case_rows
from workbench.equity.statements import named
from workbench.errors import InputError, Problem, did_you_mean
from workbench.finding import Finding
from workbench.records import OUTCOMES, STAGES


def check_stage(stage: str) -> None:
    """Refuse what is neither stage nor outcome, and the first stage, where there is nothing to compare."""
    choices = (*STAGES[1:], *OUTCOMES)
    if stage not in choices:
        first = stage == STAGES[0]
        what = "every incident is recorded, so there is no share to compare" if first else "is no stage and no outcome"
        remedy = did_you_mean(stage, choices)
        raise InputError(Problem(place="stage", what=f"{stage!r}: {what}", choices=choices, remedy=remedy))


def compare_groups(records: Any, *, stage: str, by: str = "ethnicity", reference: str | None = None) -> Finding:
    """Compare groups at one stage, or by one outcome: shares, gaps, ratios, and worst cases for the not stated.

    Parameters
    ----------
    records : Records
        Its `stages` are counted in their engine; only counts are read from it.
    stage : str
        eligible, offered, accepted, referred, assessed or completed; or an outcome: diverted or criminalised.
    by : str
        ethnicity, ethnicity_officer_group, ethnicity_self_then_officer, sex, age_band, force or scheme.
    reference : str or None
        The group that the others are compared with. None: the largest stated group.

    Returns
    -------
    Finding
        Name "equity-<by>", for an outcome "equity-<outcome>-<by>", with hyphens. One row per group and measure.
        `method` says how: "wilson" (shares), "newcombe"
        (gaps) and "koopman" (ratios), with "(complete case)" where people of no stated group
        are left out; "worst case" rows bound gap and ratio over every way in which they could
        belong. The not stated are a group of their own as well. A gap above 0 and a ratio above 1
        mean that the group reaches the stage more often. `trace(row)` gives the incidents in the bases.
        The base of an outcome are all recorded incidents of which it is known, whatever stages they reached;
        rows of the stage "outcome known" give the share of which it is.

    Raises
    ------
    InputError
        If the stage, the characteristic or the reference is not known.
    """
    check_stage(stage)
    outcome = stage if stage in OUTCOMES else None
    cells = read_cells(records, by=by, outcome=outcome)
    chosen = choose_reference(cells, reference)
    rows = rows_at(cells, stage, chosen) + worst_case_rows(cells, stage, chosen)
    rows += known_rows(cells, outcome, chosen) if outcome else []
    call = f"compare_groups(records, stage={stage!r}, by={by!r}, reference={reference!r})"
    title = f"Who {'' if stage in ('accepted', 'completed') else 'was '}{stage}, by {named(by)}"
    name = "-".join(["equity", *([outcome] if outcome else []), by.replace("_", "-")])
    return finding(records, cells, rows, name=name, title=title, call=call, reference=chosen)
