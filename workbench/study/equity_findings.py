"""The equity comparisons that a report holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.study.study import Study

STAGE = "referred"
"""Decided by the police for everybody on record: the stage that every force's extract can show."""

OUTCOME = "criminalised"
"""What open data can show too."""

SELF, OFFICER, SEX = "ethnicity", "ethnicity_officer_group", "sex"


@dataclass(frozen=True, kw_only=True)
class _Held:
    """What the records hold.

    Parameters
    ----------
    groups : Mapping[str, frozenset[str]]
        Characteristic to its stated groups.
    known : frozenset[str]
        Stages after the first, and the outcome, that are known for anybody.
    """

    groups: Mapping[str, frozenset[str]]
    known: frozenset[str]


def equity_findings(study: Study) -> list[Finding]:
    """Return coverage, the funnels, a stage and an outcome by group, and fairlearn's view of one of them.

    Officer-defined ethnicity stands beside self-defined. What the extract does not hold is left out: a stage, the
    outcome, a characteristic with fewer than two stated groups; the coverage finding counts what is stated.
    """
    from workbench.equity import coverage

    held = _held(study)
    plans: list[tuple[str | None, Sequence[str]]] = []
    if held.known - {OUTCOME}:
        plans.append((None, (SELF, OFFICER)))
    if STAGE in held.known:
        plans.append((STAGE, (SELF, SEX)))
    if OUTCOME in held.known:
        # Without a stage to compare, the outcome is all there is, so sex is compared by it too.
        plans.append((OUTCOME, (SELF, OFFICER) if STAGE in held.known else (SELF, OFFICER, SEX)))
    found = [coverage(study.records)]
    for stage, characteristics in plans:
        found += _comparisons(study, held, stage, characteristics)
    return [*found, *_fairlearn_view(study, found)]


def _held(study: Study) -> _Held:
    """Ask the engine what the records hold."""
    from workbench.records import STAGES

    stages = study.records.stages
    flags = [*STAGES[1:], OUTCOME]
    counts = stages.aggregate(**{flag: stages[flag].count() for flag in flags}).to_pyarrow().to_pylist()[0]
    return _Held(
        groups={by: groups_held(study, by) for by in (SELF, OFFICER, SEX)},
        known=frozenset(flag for flag in flags if counts[flag]),
    )


def groups_held(study: Study, by: str) -> frozenset[str]:
    """Return the stated groups of a characteristic that the records hold; none for one that they do not know."""
    stages = study.records.stages
    found = stages.select(by).distinct().to_pyarrow()[by].to_pylist() if by in stages.columns else []
    return frozenset(map(str, found)) - {"None", "Not stated"}


def _comparisons(study: Study, held: _Held, stage: str | None, characteristics: Sequence[str]) -> list[Finding]:
    """Return one comparison per characteristic of which two groups are stated; what both views of race tell beside."""
    from workbench.equity import compare_perceptions

    made = {by: compare(study, held.groups[by], stage, by) for by in characteristics if len(held.groups[by]) >= 2}
    if SELF in made and OFFICER in made:
        least = study.settings.threshold
        told = compare_perceptions(made[SELF].table, made[OFFICER].table, least=least)
        made[SELF] = replace(made[SELF], notes=(*told, *made[SELF].notes))
    return list(made.values())


def compare(study: Study, groups: Collection[str], stage: str | None, by: str) -> Finding:
    """Return the funnel, or the comparison at a stage or by an outcome, against the study's reference group.

    Parameters
    ----------
    study : Study
        Its settings name the reference groups.
    groups : collection of str
        Groups that the records hold; where the reference is not among them the largest stands in, and a note says so.
    stage : str or None
        A stage or outcome; None for the whole funnel.
    by : str
        The characteristic.
    """
    from workbench.equity import compare_groups, funnel

    references = study.settings.reference
    wanted = references.get(by, references.get(SELF) if by == OFFICER else None)
    chosen = wanted if wanted in groups else None
    if stage is None:
        found = funnel(study.records, by=by, reference=chosen)
    else:
        found = compare_groups(study.records, stage=stage, by=by, reference=chosen)
    if by == OFFICER:
        what = "funnel" if stage is None else stage
        found = replace(found, name=f"equity-{what}-officer")
    if wanted == chosen:
        return found
    note = f"The study's reference group, {wanted}, has no incidents here; the largest stated group stands in for it."
    return replace(found, notes=(note, *found.notes))


def _fairlearn_view(study: Study, found: Sequence[Finding]) -> list[Finding]:
    """Return fairlearn's shares beside ours, for the first comparison by self-defined ethnicity that has a base."""
    from workbench.equity import metric_frame

    names = {f"equity-{SELF}": STAGE, f"equity-{OUTCOME}-{SELF}": OUTCOME}
    based = [names[each.name] for each in found if each.name in names and (each.table["total"] > 0).any()]
    if not based:
        return []
    table = metric_frame(study.records, stage=based[0], by=SELF)
    largest = float((table["selection_rate"] - table["value"]).abs().max())
    agreed = "are equal" if largest == 0 else f"differ by at most {largest:.1e}"
    return [
        Finding(
            name="equity-metricframe",
            title=f"The same shares by fairlearn, beside ours: {based[0]}",
            table=table.reset_index(drop=True),
            statements=[
                f"fairlearn's selection rate and our share {agreed}, in {len(table) - 1} groups and for everybody."
            ],
            notes=[
                "fairlearn counts the same cells; the intervals are ours. Its bootstrap is not used: "
                "it resamples cells."
            ],
            provenance=Provenance(
                call=f"metric_frame(records, stage={based[0]!r}, by={SELF!r})",
                inputs=dict(study.records.sources),
                as_of=study.settings.as_of.isoformat(),
            ),
        )
    ]
