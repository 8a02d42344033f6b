"""The equity comparisons that a report holds."""

from typing import TYPE_CHECKING

from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.study.study import Study

if TYPE_CHECKING:
    from workbench.records import Records

STAGE = "referred"
"""Decided by the police for everybody on record: the stage that every extract can show."""


def equity_findings(study: Study) -> list[Finding]:
    """Return coverage, the funnel by ethnicity, one stage by ethnicity and sex, and fairlearn's view of it.

    Characteristics or stages that the extract does not hold are left out;
    the coverage finding says which.
    """
    from workbench.equity import compare_groups, coverage, funnel

    records, reference = study.records, study.settings.reference
    found = [coverage(records)]
    if _knows(records, "ethnicity", STAGE):
        chosen = reference.get("ethnicity")
        found.append(funnel(records, by="ethnicity", reference=chosen))
        found.append(compare_groups(records, stage=STAGE, by="ethnicity", reference=chosen))
        found.append(_fairlearn_view(study))
    if _knows(records, "sex", STAGE):
        found.append(compare_groups(records, stage=STAGE, by="sex", reference=reference.get("sex")))
    return found


def _knows(records: "Records", characteristic: str, stage: str) -> bool:
    """Tell whether two groups or more, and the stage, are recorded at all."""
    stages = records.stages
    counted = stages.aggregate(groups=stages[characteristic].nunique(), stated=stages[stage].count()).execute()
    return bool(counted["groups"].iloc[0] >= 2 and counted["stated"].iloc[0] > 0)


def _fairlearn_view(study: Study) -> Finding:
    from workbench.equity import metric_frame

    table = metric_frame(study.records, stage=STAGE, by="ethnicity")
    largest = float((table["selection_rate"] - table["value"]).abs().max())
    return Finding(
        name="equity-metricframe",
        title=f"The same shares by fairlearn, beside ours: {STAGE}",
        table=table.reset_index(drop=True),
        statements=[
            f"fairlearn's selection rate and our share differ by at most {largest:.1e} over {len(table)} rows."
        ],
        notes=[
            "fairlearn counts the same cells; the intervals are ours. Its bootstrap is not used: it resamples cells."
        ],
        provenance=Provenance(
            call=f"metric_frame(records, stage={STAGE!r}, by='ethnicity')",
            inputs=dict(study.records.sources),
            as_of=study.settings.as_of.isoformat(),
        ),
    )
