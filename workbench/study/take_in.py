"""Transcripts into the coding store, and withdrawals out of it."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import InputError, Problem
from workbench.provenance import hash_file, package_version
from workbench.study.consent_state import RECORDED_BY, consent_problems, whole_withdrawals
from workbench.study.withdrawals import astray, nobody_left_in, taken_back, voices_back

if TYPE_CHECKING:
    from workbench.corpus.document import Withdrawal
    from workbench.study.study import Study


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """What taking in a study's transcripts changed.

    Parameters
    ----------
    documents : int
        Transcripts that the study has now.
    changed : int
        Of these, new in the store or changed there.
    withdrawn : tuple of str
        Transcripts whose words and codings were taken out of the store by this call.
    waiting : int
        Codings whose words a correction has lost: a person must place or lift them.
    doubtful : tuple of Problem
        Withdrawals that name no transcript, or that consent.csv no longer records: a person must look.
    """

    documents: int
    changed: int
    withdrawn: tuple[str, ...]
    waiting: int
    doubtful: tuple[Problem, ...] = ()


def take_in(study: "Study", *, progress: Callable[[int, int], None] | None = None) -> TakenIn:
    """Bring a study's store up to date with its transcripts, its register of names and its consents.

    Parameters
    ----------
    study : Study
        From `open_study`.
    progress : callable, optional
        Called with how many files are read, and of how many.

    Returns
    -------
    TakenIn

    Raises
    ------
    InputError
        If no transcript can be read, the store holds pseudonyms whose register is not there, consent.csv has a
        mistake or names a transcript almost right, or words of a voice that withdrew would come back without
        anybody's say. Nothing is written but withdrawals that are certain.

    Notes
    -----
    A study that was handed over as a store alone has nothing to take in.
    """
    store = study.store
    # First, so that no other mistake in the folder keeps a withdrawn transcript in the store.
    gone = _withdraw(study, whole_withdrawals(study))
    mistakes, doubtful = astray(study)
    changed, corpus = 0, None
    if study.has_transcripts:
        try:
            corpus = study.read(progress)
        except InputError as error:
            gone += _withdraw(study, nobody_left_in(study, ()))
            if mistakes or study.has_transcripts:  # more is wrong than that everybody withdrew
                raise InputError([*mistakes, *(one for one in error.problems if one not in mistakes)]) from error
    else:
        mistakes = [*consent_problems(study), *mistakes]
    if corpus is not None and len(corpus):
        gone += _withdraw(study, [*corpus.withdrawn, *nobody_left_in(study, set(corpus.documents["document"]))])
        mistakes += voices_back(study, corpus)
    if mistakes:
        raise InputError(mistakes)
    if corpus is not None:
        changed = store.add_corpus(corpus) if len(corpus) else 0
        store.mask_carried(study.register.replaced)
        _stamp(study).parent.mkdir(parents=True, exist_ok=True)
        _stamp(study).write_text(_state(study), encoding="utf-8")
    return TakenIn(
        documents=len(corpus if corpus is not None else study.corpus),
        changed=changed,
        withdrawn=gone,
        waiting=len(store.unplaced()),
        doubtful=(*doubtful, *taken_back(study)),
    )


def _withdraw(study: "Study", withdrawals: "Iterable[Withdrawal]") -> tuple[str, ...]:
    """Carry out the withdrawals of whole transcripts that the store does not know yet."""
    store = study.store
    held, already = set(store.documents()["document"]), set(store.withdrawn()["document"])
    gone = []
    for each in withdrawals:
        if not each.speaker and each.document in held - already:
            why = "; ".join(part for part in (each.withdrawn and f"withdrawn on {each.withdrawn}", each.note) if part)
            store.withdraw(each.document, coder=RECORDED_BY, why=why)
            gone.append(each.document)
    if gone:
        study.vectors.unlink(missing_ok=True)  # made from words, and quickly made again without theirs
    return tuple(gone)


def is_taken_in(study: "Study") -> bool:
    """Tell whether nothing that `take_in` reads, and no text in the store, changed since it ran last."""
    stamp = _stamp(study)
    return stamp.is_file() and study.has_store and stamp.read_text(encoding="utf-8") == _state(study)


def _stamp(study: "Study") -> Path:
    return study.path / "store" / "taken_in.sha256"


def _state(study: "Study") -> str:
    """Return one SHA-256 over the files of the transcripts, the register, and which texts the store holds."""
    found = hashlib.sha256(package_version().encode())
    folder = study.needed("transcripts")
    for path in [*sorted(path for path in folder.rglob("*") if path.is_file()), study.names_key]:
        found.update(f"\n{path.name} {hash_file(path) if path.is_file() else ''}".encode())
    documents = study.store.documents()
    if not documents.empty:
        found.update(documents[["document", "sha256"]].to_csv(index=False).encode())
    return found.hexdigest()
