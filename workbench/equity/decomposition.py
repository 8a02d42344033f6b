"""Where along the stages a difference arises: log ratios that add up."""

from math import inf, isclose, log

from workbench.equity.cells import Cells
from workbench.equity.disparity import Row, row_of
from workbench.estimates import Estimate, koopman_ratio, undefined

ALL_STAGES = "all stages"
CONTRIBUTION = "contribution"
_METHOD = "log ratio (koopman)"


def contributions(cells: Cells, reference: str) -> list[Row]:
    """Return each stage's log ratio against the reference, and their sum over all stages.

    Computed on the incidents of schemes in which every stage is observable and
    of which every stage is known, so that a stage's base is exactly the stage before it.

    Parameters
    ----------
    cells : Cells
        The counted incidents.
    reference : str
        The group that the others are compared with.

    Returns
    -------
    list of dict
        Measure "contribution". 0 means no difference at that stage; above 0, the group gets
        further there than the reference. The value of "all stages" is the logarithm of the ratio of the
        shares that went all the way, and equals the sum of the others.

    References
    ----------
    Uhrig (2016), Black, Asian and Minority Ethnic disproportionality in the
    criminal justice system (Ministry of Justice): relative rates by stage.
    """
    stages = cells.stages
    if not stages:
        return []
    complete = cells.complete()
    rows: list[Row] = []
    for group in cells.groups(reference)[1:]:
        pairs = {
            stage: (*cells.pair(stage, group, complete), *cells.pair(stage, reference, complete)) for stage in stages
        }
        first, last = pairs[stages[0]], pairs[stages[-1]]
        pairs[ALL_STAGES] = (last[0], first[1], last[2], first[3])
        found = {stage: _log_ratio(*pair) for stage, pair in pairs.items()}
        _check_sum(found)
        for stage, estimate in found.items():
            n, total = pairs[stage][:2]
            row = row_of(cells, stage, CONTRIBUTION, estimate, group=group, reference=reference, n=n, total=total)
            rows.append(row | {"note": row["note"] or "on incidents of which every stage is known"})
    return rows


def _log_ratio(x1: int, n1: int, x0: int, n0: int) -> Estimate:
    """Return the logarithm of a ratio with its interval."""
    found = koopman_ratio(x1, n1, x0, n0)
    if found.value is None or found.value == 0:
        because = found.undefined_because or "nobody of the group reached it, so the logarithm has no value"
        return undefined(because, method=_METHOD, n=n1)
    low, high = (None if each is None else -inf if each == 0 else log(each) for each in (found.low, found.high))
    return Estimate(value=log(found.value), low=low, high=high, n=n1, method=_METHOD)


def _check_sum(found: dict[str, Estimate]) -> None:
    """Make sure that the stages add up to the whole: the bases must be nested."""
    whole = found[ALL_STAGES].value
    parts = [estimate.value for stage, estimate in found.items() if stage != ALL_STAGES]
    if whole is not None and all(part is not None for part in parts):
        total = sum(part for part in parts if part is not None)
        assert isclose(total, whole, abs_tol=1e-9), f"stages add up to {total}, not to {whole}"  # noqa: S101
