"""What the people whose group is not stated could change: the worst cases."""

import pandas as pd

from workbench.equity.cells import NOT_STATED, Cells
from workbench.equity.disparity import Row, row_of
from workbench.estimates import Estimate, undefined

WORST_CASE = "worst case"


def worst_case_bounds(
    measure: str, group: tuple[int, int], reference: tuple[int, int], not_stated: tuple[int, int]
) -> Estimate:
    """Bound a gap or a ratio over every way in which the not stated could belong to the two groups.

    Parameters
    ----------
    measure : str
        "gap" or "ratio".
    group, reference, not_stated : tuple of (int, int)
        How many reached the stage, and of how many.

    Returns
    -------
    Estimate
        `value` is the complete case; `low` and `high` are bounds, not an interval: no
        assumption about the not stated can lead beyond them. Sampling error comes on top.
        Wider means that more hangs on people of whom it is not known.

    References
    ----------
    Manski (1989), Journal of Human Resources 24, 343-360; Horowitz and Manski
    (2000), JASA 95, 77-84.

    Examples
    --------
    >>> str(worst_case_bounds("ratio", (30, 100), (60, 200), (10, 20)))
    '1.000 (0.818 to 1.273, n=100)'
    """
    (x1, n1), (x0, n0), (reached, asked) = group, reference, not_stated
    failed = asked - reached
    if n1 == 0 or n0 == 0:
        return undefined("nobody is in one of the two bases", method=WORST_CASE, n=n1)
    # The extremes: everybody who helps one side belongs there, everybody who hurts the other belongs there.
    top1, bottom1 = (x1 + reached) / (n1 + reached), x1 / (n1 + failed)
    top0, bottom0 = (x0 + reached) / (n0 + reached), x0 / (n0 + failed)
    if measure == "gap":
        return Estimate(value=x1 / n1 - x0 / n0, low=bottom1 - top0, high=top1 - bottom0, n=n1, method=WORST_CASE)
    if x0 == 0:
        return undefined("the reference's share is 0, so there is nothing to divide by", method=WORST_CASE, n=n1)
    ratio = (x1 / n1) / (x0 / n0)
    return Estimate(value=ratio, low=bottom1 / top0, high=top1 / bottom0, n=n1, method=WORST_CASE)


def worst_case_rows(cells: Cells, stage: str, reference: str) -> list[Row]:
    """Return the bounds of gap and ratio for each stated group; nothing when all groups are stated."""
    counts = cells.counts(stage) if cells.is_observable(stage) else pd.DataFrame(columns=["n", "total"])
    if NOT_STATED not in counts.index or counts.at[NOT_STATED, "total"] == 0 or reference == NOT_STATED:
        return []
    pair = {str(group): (int(n), int(total)) for group, n, total in counts[["n", "total"]].itertuples()}
    rows = []
    for group in cells.groups(reference):
        if group in (reference, NOT_STATED):
            continue
        for measure in ("gap", "ratio"):
            found = worst_case_bounds(measure, pair[group], pair[reference], pair[NOT_STATED])
            row = row_of(cells, stage, measure, found, group=group, reference=reference)
            row |= {"n": pair[group][0], "total": pair[group][1], "rests_on": NOT_STATED}
            row["note"] = row["note"] or "bounds over every way in which the not stated could belong; not an interval"
            rows.append(row)
    return rows
