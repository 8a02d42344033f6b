"""fairlearn's view of a stage, beside ours: the same shares, computed by somebody else."""

from typing import Any

import numpy as np
import pandas as pd

from workbench.equity.cells import EVERYBODY, read_cells
from workbench.equity.comparison import check_stage
from workbench.errors import InputError
from workbench.estimates import wilson
from workbench.records import OUTCOMES


def metric_frame(records: Any, *, stage: str, by: str = "ethnicity") -> pd.DataFrame:
    """Return fairlearn's selection rate and count per group with our share and interval beside them.

    fairlearn is given counted cells with `sample_weight`: its group metrics are
    the same to the last digit as on single incidents, at a small part of the cost. Its bootstrap
    intervals are not asked for: they would resample cells, not incidents.

    Parameters
    ----------
    records : Records
        Its `stages` are counted in their engine.
    stage : str
        eligible, offered, accepted, referred, assessed or completed; or an outcome: diverted or criminalised.
    by : str
        The characteristic.

    Returns
    -------
    pandas.DataFrame
        One row per group and one for "All": characteristic, group, stage, n, total, selection_rate and
        weighted_count (fairlearn), value, low, high and method (ours). A higher rate means that
        the group reaches the stage more often. Groups with an empty base are left out.

    Raises
    ------
    InputError
        If the stage, the outcome or the characteristic is not known, or nobody is in the base.

    References
    ----------
    Weerts et al. (2023), Fairlearn: assessing and improving fairness of AI
    systems, JMLR 24(257), 1-8.
    """
    from fairlearn.metrics import MetricFrame, selection_rate

    check_stage(stage)
    cells = read_cells(records, by=by, outcome=stage if stage in OUTCOMES else None)
    base = cells.table[cells.in_base(stage)]
    if base.empty:
        raise InputError(f"stage={stage!r}: nobody is in its base, so there is nothing to compare")
    reached, weight = (base[stage] == 1).astype(int).to_numpy(), base["weight"].to_numpy()
    frame = MetricFrame(
        metrics={"selection_rate": selection_rate, "weighted_count": _weighted_count},
        y_true=reached,
        y_pred=reached,
        sensitive_features=base["group"].rename("group").reset_index(drop=True),
        sample_params={name: {"sample_weight": weight} for name in ("selection_rate", "weighted_count")},
    )
    counts = cells.counts(stage)
    rows = [_row(EVERYBODY, counts.sum(), frame.overall)]
    rows += [_row(str(group), counts.loc[group], found) for group, found in frame.by_group.iterrows()]
    table = pd.DataFrame(rows)
    table.insert(0, "characteristic", by)
    table.insert(2, "stage", stage)
    return table


def _weighted_count(_y_true: Any, _y_pred: Any, *, sample_weight: Any) -> float:
    """Return the number of incidents; fairlearn's own count would count cells."""
    return float(np.sum(sample_weight))


def _row(group: str, counts: Any, theirs: Any) -> dict[str, Any]:
    """Return one row with their numbers and ours."""
    n, total = int(counts["n"]), int(counts["total"])
    ours = wilson(n, total)
    return {
        "group": group,
        "n": n,
        "total": total,
        "selection_rate": float(theirs["selection_rate"]),
        "weighted_count": float(theirs["weighted_count"]),
        "value": ours.value,
        "low": ours.low,
        "high": ours.high,
        "method": ours.method,
    }
