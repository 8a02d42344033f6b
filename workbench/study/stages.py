"""Run every analysis of a study in order, and hand each what it needs of the others."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from workbench.finding import Finding
from workbench.study.describe import describe_coding, describe_corpus, describe_methods
from workbench.study.study import Study
from workbench.study.theory_stage import theory_evidence

Progress = Callable[[int, int], None]
"""Called with how much of a stage is done, and of how much."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of a study's analysis.

    Parameters
    ----------
    name : str
        Shown while it runs.
    run : Callable
        Study, findings so far, progress → new findings.
    talk, records : bool
        What must be there; the stage is left out otherwise.
    """

    name: str
    run: Callable[[Study, Mapping[str, Finding], Progress], list[Finding]]
    talk: bool = False
    records: bool = False

    def applies(self, study: Study) -> bool:
        """Tell whether the study has what this stage needs."""
        return (study.has_talk or not self.talk) and (study.has_records or not self.records)


def run_stages(study: Study, *, begin: Callable[[str], Progress] | None = None) -> dict[str, Finding]:
    """Run all stages that the study has data for.

    Parameters
    ----------
    study : Study
        From `open_study`.
    begin : callable, optional
        Called with each stage's name when it begins; returns what is called with its progress.

    Returns
    -------
    dict
        Finding's name to Finding, in the order of the report.
    """
    findings: dict[str, Finding] = {}
    for stage in stages():
        if stage.applies(study):
            progress = begin(stage.name) if begin else _silent
            findings |= {finding.name: finding for finding in stage.run(study, findings, progress)}
    return findings


def stages() -> Iterator[Stage]:
    """Yield the stages in order."""
    yield Stage(name="read transcripts", run=_corpus, talk=True)
    yield Stage(name="count codings", run=_coding, talk=True)
    yield Stage(name="suggest codes", run=suggestions, talk=True)
    yield Stage(name="find themes", run=_themes, talk=True)
    yield Stage(name="measure agreement", run=_agreement, talk=True)
    yield Stage(name="read records", run=_records, records=True)
    yield Stage(name="check fidelity", run=fidelity_findings, records=True)
    yield Stage(name="weigh the theory", run=theory_evidence, talk=True)
    yield Stage(name="compare groups", run=_equity, records=True)
    yield Stage(name="assemble EMMIE", run=_emmie)


def _silent(_done: int, _total: int) -> None:
    """Show nothing."""


def _corpus(study: Study, _findings: Mapping[str, Finding], progress: Progress) -> list[Finding]:
    study.take_in(progress)
    return [describe_corpus(study)] if study.has_talk else []


def _coding(study: Study, _findings: Mapping[str, Finding], _progress: Progress) -> list[Finding]:
    return [describe_coding(study)] if study.settings.codebook else []


def suggestions(study: Study, _findings: Mapping[str, Finding], progress: Progress) -> list[Finding]:
    """Suggest codes, where there is a codebook."""
    from workbench.suggestion import suggest

    if not study.settings.codebook:
        return []
    embedding = study.settings.embedding
    return [
        suggest(study.store, study.corpus, study.codebook, embedding=embedding, cache=study.vectors, progress=progress)
    ]


def _themes(study: Study, _findings: Mapping[str, Finding], progress: Progress) -> list[Finding]:
    from workbench.suggestion import find_themes

    embedding = study.settings.embedding
    return [find_themes(study.store, study.corpus, embedding=embedding, cache=study.vectors, progress=progress)]


def _agreement(study: Study, _findings: Mapping[str, Finding], _progress: Progress) -> list[Finding]:
    from workbench.agreement import agreement, disagreements

    if study.store.read_by()["coder"].nunique() < 2:
        return []
    ways = [("turn", None), ("passage", None), ("turn", "role"), ("turn", "scheme"), ("turn", "month")]
    return [*(agreement(study.store, unit=unit, by=by) for unit, by in ways), disagreements(study.store)]


def _records(study: Study, _findings: Mapping[str, Finding], _progress: Progress) -> list[Finding]:
    from workbench.study.describe_records import describe_records

    return [describe_records(study)]


def fidelity_findings(study: Study, _findings: Mapping[str, Finding], progress: Progress) -> list[Finding]:
    """Check each scheme that has a manual."""
    from workbench.fidelity import check_fidelity

    found = []
    store = study.store if study.has_talk else None
    for done, manual in enumerate(study.manuals.values(), 1):
        found.append(check_fidelity(study.records, manual, as_of=study.settings.as_of, store=store))
        progress(done, len(study.manuals))
    return found


def _equity(study: Study, _findings: Mapping[str, Finding], _progress: Progress) -> list[Finding]:
    from workbench.study.equity_findings import equity_findings

    return equity_findings(study)


def _emmie(study: Study, findings: Mapping[str, Finding], _progress: Progress) -> list[Finding]:
    from workbench.synthesis import synthesise

    emmie = synthesise(findings.values())
    return [emmie, describe_methods(study, {**findings, emmie.name: emmie})]
