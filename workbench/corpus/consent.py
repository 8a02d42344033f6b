"""What each participant allows, and what becomes of the words of those who withdrew."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from workbench.corpus.document import SEVERAL, UNKNOWN, WITHDRAWN, Consent, Document, Turn, Withdrawal, name_reasons
from workbench.corpus.labels import is_code, is_usual
from workbench.definitions import read_map
from workbench.errors import InputError, Problem, Problems, did_you_mean

CONSENT = "consent.csv"
"""Lies beside the transcripts; one row a participant, or one for everybody in a transcript."""
_ANSWERS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False, "": None}
_NO_ANALYSIS = "no consent to analysis"
_THEIRS = frozenset({"deleted", "comment", "footnote", "note", "table", "cue", "aside"})
"""Words set aside that may be those of whoever speaks around them."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the file: who it is about, and where it stands."""

    place: str
    document: str
    speaker: str
    consent: Consent

    @property
    def gone(self) -> bool:
        """Whether the words may not be used at all."""
        return bool(self.consent.withdrawn) or self.consent.analysis is False

    def withdrawal(self, speaker: str = "") -> Withdrawal:
        """Say who is gone and why."""
        why = [] if self.consent.withdrawn else [_NO_ANALYSIS]
        note = "; ".join([*why, *filter(None, [self.consent.note])])
        return Withdrawal(document=self.document, speaker=speaker, withdrawn=self.consent.withdrawn, note=note)


def read_consent(folder: Path, problems: Problems) -> list[Row]:
    """Read `consent.csv` of a transcripts folder, if there is one.

    Columns: document, speaker (blank: everybody in it but interviewers), analysis, quotation, archive (yes, no, or
    blank; y, n, true and false too, in any case), withdrawn (ISO day, or blank), note.

    Parameters
    ----------
    folder : Path
        The transcripts folder.
    problems : Problems
        Receives answers other than yes, no and blank, days that are none, and repeated rows.
    """
    path = folder / CONSENT
    columns = ["document", "speaker", "analysis", "quotation", "archive", "withdrawn"]
    try:
        found = read_map(path, columns) if path.exists() else []
    except InputError as error:
        problems.found += [problem for problem in error.problems if isinstance(problem, Problem)]
        return []
    rows: dict[tuple[str, str], Row] = {}
    for number, given in enumerate(found, 2):
        place = f"{CONSENT}, row {number}"
        document = unicodedata.normalize("NFC", given["document"])
        speaker = unicodedata.normalize("NFC", " ".join(given["speaker"].strip(" .:").split()))
        if not document:
            problems.add(f"{place}, column document", "is blank", remedy="Name the transcript, or remove the row")
        elif former := rows.get((document, speaker.casefold())):
            who = f"{speaker!r} of document {document!r}" if speaker else f"document {document!r}"
            problems.add(place, f"{who} stands twice", remedy=f"Keep one row; the other is {former.place}")
        else:
            consent = _consent(given, place, problems)
            rows[document, speaker.casefold()] = Row(place=place, document=document, speaker=speaker, consent=consent)
    return list(rows.values())


def _consent(given: Mapping[str, str], place: str, problems: Problems) -> Consent:
    answers = {}
    for column in ("analysis", "quotation", "archive"):
        value = given[column].casefold()
        if value not in _ANSWERS:
            what = f"{given[column]!r} is neither yes, no nor blank"
            problems.add(
                f"{place}, column {column}", what, remedy="Write yes or no; leave it blank if nothing is recorded"
            )
        answers[column] = _ANSWERS.get(value)
    withdrawn = given["withdrawn"]
    if withdrawn and not _is_day(withdrawn):
        problems.add(f"{place}, column withdrawn", f"{withdrawn!r} is not a day", remedy="Write it as 2024-03-31")
    return Consent(**answers, withdrawn=withdrawn, note=given.get("note", ""))


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def withdrawn_whole(rows: Collection[Row]) -> dict[str, Withdrawal]:
    """Return the transcripts of which nothing may be used, by document; their files need not be there, nor be read."""
    return {row.document: row.withdrawal() for row in rows if row.gone and not row.speaker}


def is_erased(text: str, speaker: str) -> bool:
    """Tell whether a text marks words under a label as withdrawn; of a name, only the mark is left in it."""
    if not (is_code(speaker) or is_usual(speaker)):
        return WITHDRAWN in text
    label = rf"(?<!\w){re.escape(speaker)}(?!\w)"
    return re.search(rf"{label}[^\n]*\n?[^\n]*{re.escape(WITHDRAWN)}", text, re.IGNORECASE) is not None


def nobody_left(roles: Mapping[str, str], leaving: Collection[str]) -> bool:
    """Tell whether none but interviewers is left in a transcript when these speakers are gone."""
    asked = {name for name, role in roles.items() if role != "interviewer"} - {UNKNOWN, SEVERAL}
    return not asked - set(leaving) and not (set(roles) & {UNKNOWN, SEVERAL} and len(asked) > 1)


def apply_consent(
    document: Document, rows: Collection[Row], problems: Problems
) -> tuple[Document | None, list[Withdrawal]]:
    """Take out who withdrew, and note what the others allow.

    Parameters
    ----------
    document : Document
        As read.
    rows : Collection[Row]
        Of this document; empty where the file says nothing about it.
    problems : Problems
        Receives speakers who are not in the document.

    Returns
    -------
    tuple of (Document or None, list of Withdrawal)
        None where nobody's answers are left.
    """
    labels = {name.casefold(): name for name in document.roles}
    named = {row.speaker: row for row in (_with_label(row, document.roles, labels) for row in rows)}
    everybody = named.pop("", None)
    for row in named.values():
        # Whoever withdrew may have been taken out of the file by hand; a near-miss of a label without a row was meant.
        remedy = did_you_mean(row.speaker, [name for name in document.roles if name not in named or not row.gone])
        if row.speaker not in document.roles and (remedy or not row.gone):
            what = f"nobody is called {row.speaker!r} in document {document.id!r}"
            problems.add(f"{row.place}, column speaker", what, choices=list(document.roles), remedy=remedy)
    gone = [row for row in named.values() if row.gone]
    leaving = {row.speaker for row in gone}
    if gone and nobody_left(document.roles, leaving):
        return None, [gone[0].withdrawal()]
    absent = [row for row in gone if row.speaker not in document.roles and not is_erased(document.text, row.speaker)]
    if leaving:
        document = _without(document, leaving)
    document = replace(document, consent=_allowed(document, named, everybody, bool(leaving)))
    doubts = [*document.doubts, *(_not_here(row) for row in absent), *_unrecorded(document, leaving)]
    return replace(document, doubts=doubts), [row.withdrawal(row.speaker) for row in gone]


def _with_label(row: Row, roles: Collection[str], labels: Mapping[str, str]) -> Row:
    """Call the speaker of a row as the transcript does, where only the case differs."""
    return row if row.speaker in roles else replace(row, speaker=labels.get(row.speaker.casefold(), row.speaker))


def _not_here(row: Row) -> str:
    return (
        f"{row.place}: nobody is called {row.speaker!r} in it, and no words of theirs are marked as withdrawn. "
        f"Check the label; where their words were taken out by hand, put {WITHDRAWN} in their place"
    )


def _allowed(
    document: Document, named: Mapping[str, Row], everybody: Row | None, somebody_left: bool
) -> dict[str, Consent]:
    """Give each speaker's consent; whoever cannot be told apart has the strictest of all participants."""
    consent: dict[str, Consent] = {}
    for speaker, role in document.roles.items():
        if speaker in named:
            consent[speaker] = named[speaker].consent
        elif role == "interviewer":
            consent[speaker] = Consent(analysis=True, quotation=True, archive=True)
        else:
            consent[speaker] = everybody.consent if everybody else Consent()
    people = [consent[name] for name, role in document.roles.items() if role != "interviewer"]
    told = [
        consent[name] for name in consent if name not in (UNKNOWN, SEVERAL) and document.roles[name] != "interviewer"
    ]
    for speaker in {UNKNOWN, SEVERAL} & set(consent):
        among = told or people
        left = [False] if somebody_left else []
        consent[speaker] = Consent(
            analysis=_strictest([one.analysis for one in among]),
            quotation=_strictest([*(one.quotation for one in among), *left]),
            archive=_strictest([*(one.archive for one in among), *left]),
        )
    return consent


def _strictest(answers: Collection[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def _unrecorded(document: Document, leaving: Collection[str]) -> Iterator[str]:
    without = [
        repr(name)
        for name, consent in document.consent.items()
        if consent == Consent() and name not in (UNKNOWN, SEVERAL)
    ]
    if without:
        yield f"no consent is recorded for {', '.join(without)}. Add a row to {CONSENT}"
    mixed = [turn for turn in document.turns if turn.speaker in (UNKNOWN, SEVERAL)]
    if leaving and mixed:
        n = f"{len(mixed)} turns" if len(mixed) > 1 else "one turn"
        yield (
            f"line {mixed[0].line}: somebody withdrew who may be heard in {n} of unknown or several voices. "
            "Take those words out of the file"
        )


def _without(document: Document, leaving: Collection[str]) -> Document:
    """Replace the words of some speakers, and their labels where these are names, in the text."""
    named = {name for name in leaving if not (is_code(name) or is_usual(name))}
    turns = {turn.start: turn for turn in document.turns}
    spans = sorted([(turn.start, turn.end, "") for turn in document.turns] + document.set_aside)
    names = _any_of(named)
    text = ""
    kept: list[Turn] = []
    aside: list[tuple[int, int, str]] = []
    at, away = 0, False
    for start, end, why in spans:
        text += document.text[at:start]
        words, at = document.text[start:end], end
        turn = turns.get(start) if not why else None
        if why == "label":
            away = _any_of(leaving).search(words) is not None
        if turn is not None:
            away = turn.speaker in leaving or (turn.speaker == SEVERAL and away)
        if (turn is not None or why in _THEIRS) and away:
            words = WITHDRAWN
            turn, why = None, "withdrawn"
        elif why:
            words = names.sub(WITHDRAWN, words)
        if turn is not None:
            kept.append(replace(turn, number=len(kept) + 1, start=len(text), end=len(text) + len(words)))
        else:
            aside.append((len(text), len(text) + len(words), why))
        text += words
    text += document.text[at:]
    changed = replace(document, text=text, turns=kept, reasons=name_reasons(text, kept, aside))
    return _without_speakers(changed, leaving, named)


def _any_of(names: Collection[str]) -> re.Pattern[str]:
    """Find any of these labels as a whole; none, when there are none."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest) or r"(?!)")


def _without_speakers(document: Document, leaving: Collection[str], named: Collection[str]) -> Document:
    speakers = {turn.speaker for turn in document.turns}
    return replace(
        document,
        roles={name: role for name, role in document.roles.items() if name in speakers and name not in leaving},
        doubts=[doubt for doubt in document.doubts if not any(repr(name) in doubt for name in named)],
    )
