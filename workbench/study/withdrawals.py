"""What became of withdrawals: carried out, still to be carried out, named wrongly, or taken back."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from unicodedata import normalize

from workbench.errors import Problem
from workbench.language.counted import counted
from workbench.study.consent_state import RECORDED_BY, consent_problems, consents

if TYPE_CHECKING:
    from workbench.corpus import Corpus
    from workbench.corpus.consent import Row
    from workbench.corpus.document import Withdrawal
    from workbench.study.study import Study


def astray(study: "Study") -> tuple[list[Problem], list[Problem]]:
    """Return the withdrawals that name no transcript: mistakes, and those that only a person can tell.

    Parameters
    ----------
    study : Study
        Its files and its store are asked; what was withdrawn before counts as known.
    """
    from workbench.corpus.astray import find_astray
    from workbench.corpus.load import transcript_paths

    folder = study.folder("transcripts")
    paths = transcript_paths(folder) if folder and folder.is_dir() else []
    known = {normalize("NFC", path.stem) for path in paths}
    if study.has_store:
        known |= set(study.store.documents()["document"]) | set(study.store.withdrawn()["document"])
    return find_astray(consents(study), known)


def not_carried_out(study: "Study") -> list[Problem]:
    """Return withdrawals that consent.csv records while the store still has the words."""
    return [
        Problem(
            place=f"{row.place}, document {row.document}",
            what="a withdrawal is recorded, and the words are still in the store",
            remedy="Run: workbench import",
        )
        for row in _still_there(study)
    ]


def _still_there(study: "Study") -> list["Row"]:
    turns = study.store.turns()
    speakers = turns["speaker"].astype(str).str.casefold()
    held = set(zip(turns["document"], speakers, strict=True)) | {(name, "") for name in turns["document"]}
    return [
        row
        for row in consents(study)
        if row.gone and held & {(row.document, label.casefold()) for label in _labels(study, row)}
    ]


def _labels(study: "Study", row: "Row") -> set[str]:
    """Return how the store may call the speaker of a row; a blank speaker stands for everybody."""
    return {row.speaker, study.register.forms.replaced(row.speaker, row.document, label=True) if row.speaker else ""}


def unmarked_voices(study: "Study") -> list[Problem]:
    """Return withdrawals of a voice that the store neither holds nor shows to be erased: a person must look."""
    return [
        Problem(
            place=f"{row.place}, document {row.document}",
            what=f"nobody is called {row.speaker!r} there, and no words of theirs are marked as withdrawn",
            remedy="Check the label; where their words were taken out by hand, put [withdrawn] in their place",
        )
        for row, erased in _voices(study)
        if not erased
    ]


def _voices(study: "Study") -> list[tuple["Row", bool]]:
    """Return the voices that withdrew from transcripts in the store and are not in its turns; and if it shows that."""
    from workbench.corpus.consent import is_erased

    held, waiting = set(study.store.documents()["document"]), {row.place for row in _still_there(study)}
    rows = [row for row in consents(study) if row.gone and row.speaker and row.document in held]
    return [
        (row, any(is_erased(study.store.text(row.document), label) for label in _labels(study, row)))
        for row in rows
        if row.place not in waiting
    ]


def told_of_withdrawn(study: "Study") -> list[str]:
    """Return a sentence on each withdrawal that was carried out, or that came before any import."""
    gone, rows = study.store.withdrawn(), consents(study)
    allowed = {row.document: row.place for row in rows if not row.gone}
    told = [
        f"{row.document} was withdrawn: recorded {str(row.at)[:10]} by {row.by}{_in_brackets(row.why)}. "
        f"{counted(int(str(row.codings)), 'coding')} and {counted(int(str(row.words)), 'word')} went with it."
        + (f" {allowed[str(row.document)]} does not say so yet." if row.document in allowed else "")
        for row in gone.itertuples()
    ]
    told += [
        f"{row.document}: one of several people in it withdrew{_in_brackets(row.consent.withdrawn)}; "
        "the words are not in the store."
        for row, erased in _voices(study)
        if erased
    ]
    lost = {problem.place.partition(", column")[0] for problems in astray(study) for problem in problems}
    elsewhere = lost | set(gone["document"]) | set(study.store.documents()["document"])
    return told + [
        f"{row.document}: {'somebody in it' if row.speaker else 'it'} was withdrawn"
        f"{_in_brackets(row.consent.withdrawn)}; nothing of it is in the store."
        for row in rows
        if row.gone and not elsewhere & {row.document, row.place}
    ]


def _in_brackets(text: object) -> str:
    return f" ({text})" if text else ""


def taken_back(study: "Study") -> list[Problem]:
    """Return transcripts whose withdrawal consent.csv no longer records: they stay withdrawn, for a row may slip."""
    from workbench.corpus.consent import CONSENT

    folder = study.folder("transcripts")
    if not (folder and (folder / CONSENT).is_file()) or consent_problems(study):
        return []
    said = {row.document for row in consents(study) if row.gone}
    return [
        Problem(
            place=f"{CONSENT}, document {row.document}",
            what="its withdrawal no longer stands there; the transcript stays withdrawn",
            remedy=f"Put the row back; if consent was given again, run in Python: open_study({str(study.path)!r}).store"
            f".restore({str(row.document)!r}, coder=…, why=…), and then: workbench import",
        )
        for row in study.store.withdrawn().itertuples()
        if row.by == RECORDED_BY and row.document not in said
    ]


def voices_back(study: "Study", corpus: "Corpus") -> list[Problem]:
    """Return transcripts into which the words of a voice that withdrew would come back without anybody's say.

    Parameters
    ----------
    study : Study
        Its store holds the texts as they were taken in before.
    corpus : Corpus
        As it would be taken in now.
    """
    from workbench.corpus.consent import CONSENT
    from workbench.corpus.document import WITHDRAWN

    held = {str(name): set(said["speaker"]) for name, said in study.store.turns().groupby("document")}
    found = []
    for name in sorted(set(held) & set(corpus.documents["document"])):
        document = corpus.document(name)
        if study.store.text(name).count(WITHDRAWN) <= document.text.count(WITHDRAWN):
            continue
        rows = [row for row in consents(study) if row.document == name and row.consent.analysis]
        allowed = {label.casefold() for row in rows if row.speaker for label in _labels(study, row)}
        back = [label for label in document.roles if label not in held[name] and label.casefold() not in allowed]
        if back:
            what = f"somebody in it withdrew, and words of {', '.join(map(repr, back))} would come back"
            remedy = "Put the row of the withdrawal back; if consent was given again, give them a row with analysis yes"
            found.append(Problem(place=f"{CONSENT}, document {name}", what=what, remedy=remedy))
    return found


def nobody_left_in(study: "Study", read: Collection[str]) -> "list[Withdrawal]":
    """Return the transcripts in the store from which everybody withdrew by name, and whose files were not read.

    Parameters
    ----------
    study : Study
        From `open_study`.
    read : Collection[str]
        Transcripts whose file was read, and of which the reader says who is left.
    """
    from workbench.corpus.consent import nobody_left

    named = [row for row in consents(study) if row.gone and row.speaker and row.document not in read]
    if not named or consent_problems(study):
        return []
    found = {}
    for name, said in study.store.turns().groupby("document"):
        roles = {str(turn.speaker).casefold(): str(turn.role) for turn in said.itertuples()}
        rows = [row for row in named if row.document == name]
        if rows and nobody_left(roles, {label.casefold() for row in rows for label in _labels(study, row)}):
            found[str(name)] = rows[0].withdrawal()
    return list(found.values())
