"""Everything that is wrong or doubtful in a study, told at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import InputError, Problem, did_you_mean
from workbench.study.study import Study


@dataclass(kw_only=True)
class Report:
    """What a check found.

    Parameters
    ----------
    problems : list of Problem or str
        Must be put right before the study can run.
    doubts : list of Problem or str
        A person should look at them.
    """

    problems: list[Problem | str] = field(default_factory=list)
    doubts: list[Problem | str] = field(default_factory=list)


def check_study(study: Study) -> Report:
    """Read every part of a study and collect what is wrong, and what is doubtful.

    Parameters
    ----------
    study : Study
        From `open_study`.

    Returns
    -------
    Report
        Problems of all parts together, then doubts.
    """
    report = Report()
    theory = _try(report, lambda: study.theory) if study.settings.theory else None
    _try(report, lambda: study.manuals)
    codebook = _try(report, lambda: study.codebook) if study.settings.codebook and theory else None
    corpus = _try(report, lambda: study.corpus) if study.has_talk else None
    records = _try(report, lambda: study.records) if study.has_records else None
    for part in (theory, codebook):
        report.doubts += part.check() if part is not None else []
    if corpus is not None:
        for row in corpus.doubts.itertuples():
            report.doubts.append(Problem(place=row.document, what=row.note))
    if records is not None:
        doubtful = records.quality[records.quality["n"] > 0]
        for row in doubtful.itertuples():
            report.doubts.append(Problem(place=row.place, what=f"{row.check}: {row.note} ({row.n:,})"))
    if corpus is not None:
        report.problems += _unknown_schemes(study, corpus)
    report.doubts += _unmatched_manuals(study)
    if codebook is not None:
        report.problems += _unknown_codes(study, codebook)
        report.doubts += _without_stance(study, codebook)
    return report


def _unknown_schemes(study: Study, corpus: Any) -> list[Problem]:
    known = study.settings.schemes
    return [
        Problem(
            place=f"metadata.csv, document {row.document}, column scheme",
            what=f"{row.scheme!r} is no scheme of this study",
            choices=list(known),
            remedy=did_you_mean(str(row.scheme), known) or "Add it to study.yaml",
        )
        for row in corpus.documents.itertuples()
        if row.scheme and row.scheme not in known
    ]


def _unmatched_manuals(study: Study) -> list[Problem]:
    folder = study.folder("manuals")
    if folder is None:
        return []
    with_manual = {path.stem for path in folder.glob("*.yaml")}
    return [
        Problem(
            place="study.yaml, schemes",
            what=f"there is no manual {scheme}.yaml",
            remedy=did_you_mean(scheme, with_manual),
        )
        for scheme in study.settings.schemes
        if scheme not in with_manual
    ]


def _without_stance(study: Study, codebook: Any) -> list[Problem]:
    codings = study.store.codings()
    told = codings["code"].isin([*codebook.link_codes, *codebook.components]) & codings["stance"].isna()
    if not told.any():
        return []
    what = f"{int(told.sum()):,} codings of links or components say neither for nor against, and count for nothing"
    return [Problem(place="store", what=what, remedy="Give each a stance: supports, contradicts or qualifies")]


def _try(report: Report, load: Callable[[], Any]) -> Any:
    try:
        return load()
    except InputError as error:
        report.problems += [problem for problem in error.problems if problem not in report.problems]
        return None


def _unknown_codes(study: Study, codebook: Any) -> list[Problem]:
    codings = study.store.codings()
    unknown = codings[[not codebook.known(code) for code in codings["code"]]]
    return [
        Problem(
            place=f"store, coding {row.id} of {row.coder} in {row.document}",
            what=f"the code {row.code!r} is not in the codebook",
            remedy=did_you_mean(str(row.code), codebook.codes) or "Add it to codebook.yaml",
        )
        for row in unknown.itertuples()
    ]
