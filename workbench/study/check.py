"""Everything that is wrong or doubtful in a study, told at once."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from workbench.corpus import SEVERAL, UNKNOWN, Corpus, Document, Withdrawal
from workbench.corpus.attributes import METADATA
from workbench.corpus.consent import CONSENT
from workbench.corpus.load import read_despite_mistakes
from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.sources import ENDINGS
from workbench.study.code_check import code_doubts, unknown_codes
from workbench.study.settings import FILE
from workbench.study.study import Study
from workbench.study.theory_check import evidence_doubts, retired_codes, seal_doubts, unknown_records
from workbench.study.theory_stage import clues_of
from workbench.study.withdrawals import astray, taken_back

_PLACE = re.compile(r"((?:line|paragraph|cue|page|row)s? \d+(?:[–-]\d+)?(?:, \w+ \d+)*): ")
_ABOUT = re.compile(r"(?:readme|licen[cs]e|changelog|contributing|notes|fictional)\b", re.IGNORECASE)
"""Files that tell about a folder, and make it none of transcripts."""
PARTS = ("transcripts", "records", "coding", "manuals", "codebook", "theory")
"""In which order doubts are told: what only this study has comes before what came with the program."""


@dataclass(kw_only=True)
class Report:
    """What a check found.

    Parameters
    ----------
    problems : list of Problem or str
        Must be put right before the study can run.
    doubtful : dict of str to list of Problem or str
        By part of the study (`PARTS`), what a person should look at.
    files : list of dict
        One a transcript: file, turns, speakers, words, set_aside, crosstalk, inaudible, and aside: the words set
        aside by why they are no talk (`Document.set_aside`).
    withdrawn : list of Withdrawal
        Whose words are left out.
    """

    problems: list[Problem | str] = field(default_factory=list)
    doubtful: dict[str, list[Problem | str]] = field(default_factory=lambda: {part: [] for part in PARTS})
    files: list[dict[str, Any]] = field(default_factory=list)
    withdrawn: list[Withdrawal] = field(default_factory=list)

    @property
    def doubts(self) -> list[Problem | str]:
        """What a person should look at, the transcripts first."""
        return [doubt for doubts in self.doubtful.values() for doubt in doubts]

    def add(self, problems: Iterable[Problem | str]) -> None:
        """Note what is wrong, each once."""
        self.problems += [problem for problem in problems if problem not in self.problems]


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
    corpus = _try(report, lambda: _read(report, study)) if study.has_talk else None
    mistakes, unknown = astray(study)
    report.add(mistakes)
    report.doubtful["transcripts"] += [*unknown, *(taken_back(study) if study.has_store else ())]
    records = _try(report, lambda: study.records) if study.has_records else None
    for name, part in (("theory", theory), ("codebook", codebook)):
        report.doubtful[name] += part.check() if part is not None else []
    if corpus is not None:
        _talk(report, corpus, fictional=study.settings.fictional)
    if records is not None:
        doubtful = records.quality[records.quality["n"] > 0]
        for row in doubtful.itertuples():
            report.doubtful["records"].append(Problem(place=row.place, what=f"{row.check}: {row.note} ({row.n:,})"))
    if corpus is not None:
        report.add(_unknown_schemes(study, corpus) if len(corpus) else [])
    report.doubtful["manuals"] += _unmatched_manuals(study)
    if theory is not None:
        report.add(_try(report, lambda: unknown_records(study)) or ())
        _try(report, lambda: clues_of(study))
        report.doubtful["theory"] += seal_doubts(study)
        report.doubtful["coding"] += evidence_doubts(study)
    if codebook is not None:
        report.add(unknown_codes(study, codebook))
        report.doubtful["theory"] += retired_codes(study)
        report.doubtful["coding"] += [*_without_stance(study, codebook), *code_doubts(study, codebook)]
    return report


def check_talk(folder: Path) -> Report:
    """Read a folder of transcripts that belongs to no study, and collect what is wrong and what is doubtful.

    Parameters
    ----------
    folder : Path
        Holds transcripts, and perhaps metadata.csv and consent.csv.

    Returns
    -------
    Report
        Problems, doubts, and what was found in each file.
    """
    report = Report()
    corpus = _try(report, lambda: _read_folder(report, folder))
    if corpus is not None:
        _talk(report, corpus, fictional=True)
    return report


def _read_folder(report: Report, folder: Path) -> Corpus:
    """Read transcripts, and go on where their tables have mistakes, so that everything is told at once."""
    mistakes = Problems()
    corpus = read_despite_mistakes(folder, mistakes)
    report.add([*mistakes.found, *corpus.problems])
    if not len(corpus) and not corpus.withdrawn and not report.problems:
        what = "holds no transcript that can be read"
        report.add([Problem(place=str(folder), what=what, remedy="Put at least one there")])
    return corpus


def _read(report: Report, study: Study) -> Corpus:
    """Read a study's talk as it is worked on, on a copy: what is read despite mistakes must not be worked on."""
    if not study.has_transcripts:
        return study.corpus
    reading = copy(study)
    reading.raw_corpus = _read_folder(report, study.needed("transcripts"))
    return reading.corpus


def holds_talk(folder: Path) -> bool:
    """Tell whether a folder that is no study holds transcripts, itself or in the folders in it."""
    if not folder.is_dir() or any((inner / FILE).is_file() for inner in (folder, *folder.iterdir())):
        return False
    found = [*folder.glob("*"), *folder.glob("*/*")]
    return any(path.suffix.lower() in ENDINGS and path.is_file() and not _ABOUT.match(path.name) for path in found)


def _talk(report: Report, corpus: Corpus, *, fictional: bool) -> None:
    """Note what is wrong, doubtful and left out in the transcripts, and count each file."""
    report.add(corpus.problems)
    report.withdrawn += corpus.withdrawn
    documents = [corpus.document(name) for name in corpus.documents["document"]] if len(corpus) else []
    doubts = report.doubtful["transcripts"]
    wrong = " ".join(map(str, report.problems))
    if METADATA not in wrong and documents and not any(document.attributes for document in documents):
        what = "describes no transcript, so nobody but interviewers has a role"
        remedy = "Describe each: document, role, speakers, …"
        doubts.append(Problem(place=METADATA, what=what, remedy=remedy))
    recorded = corpus.withdrawn or any(document.consent for document in documents)
    if CONSENT not in wrong and documents and not fictional and not recorded:
        what = "records no consent, so nothing says whose words may be quoted and deposited"
        remedy = "Record it: document, speaker, analysis, quotation, archive, withdrawn, note"
        doubts.append(Problem(place=CONSENT, what=what, remedy=remedy))
    doubts += _odd_dates(documents)
    for document in documents:
        doubts += [_doubt(document.source, note) for note in document.doubts]
        report.files.append(_counts(document))


def _odd_dates(documents: Sequence[Document]) -> list[Problem]:
    given = [(document.id, document.attributes.get("date", "")) for document in documents]
    odd = [(name, day) for name, day in given if day and not _is_iso(day)]
    if not odd:
        return []
    first = f"{odd[0][1]!r} of document {odd[0][0]!r}"
    what = f"{first} is" if len(odd) == 1 else f"{len(odd):,} dates, the first of them {first}, are"
    what, remedy = f"{what} not written as ISO 8601 has it", "Write year, month, day: 2023-03-14"
    return [Problem(place=f"{METADATA}, column date", what=what, remedy=remedy)]


def _is_iso(day: str) -> bool:
    """Tell whether a date is a year, a month or a day of ISO 8601."""
    try:
        return bool(date.fromisoformat(f"{day}-01-01"[:10] if re.fullmatch(r"\d{4}(?:-\d\d)?", day) else day))
    except ValueError:
        return False


def _doubt(source: str, note: str) -> Problem:
    """Give a doubt its file, its line, and apart from these what to do."""
    where = _PLACE.match(note)
    place = f"{source}, {where[1]}" if where else source
    what, _, remedy = note[where.end() if where else 0 :].rpartition(". ")
    return Problem(place=place, what=what, remedy=remedy) if what else Problem(place=place, what=remedy)


def _counts(document: Document) -> dict[str, Any]:
    marks = [turn.mark for turn in document.turns]
    aside: Counter[str] = Counter()
    for start, end, why in document.set_aside:
        aside[why] += len(document.text[start:end].split())
    return {
        "file": document.source,
        "turns": len(marks),
        "speakers": len({turn.speaker for turn in document.turns} - {UNKNOWN, SEVERAL}),
        "words": sum(len(document.text[turn.start : turn.end].split()) for turn in document.turns),
        "set_aside": aside.total(),
        "crosstalk": marks.count("crosstalk"),
        "inaudible": marks.count("inaudible"),
        "aside": dict(aside.most_common()),
    }


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
        report.add(error.problems)
        return None
