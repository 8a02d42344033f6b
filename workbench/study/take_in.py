"""Transcripts into the coding store, and withdrawals out of it."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.provenance import hash_file, package_version
from workbench.study.consent_state import whole_withdrawals

if TYPE_CHECKING:
    from workbench.corpus.document import Withdrawal
    from workbench.study.study import Study

RECORDED_BY = "consent.csv"
"""Stands as coder for withdrawals that the study's consent.csv records."""


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
    """

    documents: int
    changed: int
    withdrawn: tuple[str, ...]
    waiting: int


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
        If no transcript can be read, or the store holds pseudonyms whose register is not there; nothing is written.

    Notes
    -----
    A study that was handed over as a store alone has nothing to take in.
    """
    store = study.store
    # First, so that no other mistake in the folder keeps a withdrawn transcript in the store.
    gone = _withdraw(study, whole_withdrawals(study))
    if not study.has_transcripts:
        return TakenIn(documents=len(study.corpus), changed=0, withdrawn=gone, waiting=len(store.unplaced()))
    corpus = study.read(progress)
    gone += _withdraw(study, corpus.withdrawn)
    changed = store.add_corpus(corpus) if len(corpus) else 0
    _stamp(study).parent.mkdir(parents=True, exist_ok=True)
    _stamp(study).write_text(_state(study), encoding="utf-8")
    return TakenIn(documents=len(corpus), changed=changed, withdrawn=gone, waiting=len(store.unplaced()))


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
    for path in [*sorted(path for path in folder.iterdir() if path.is_file()), study.names_key]:
        found.update(f"\n{path.name} {hash_file(path) if path.is_file() else ''}".encode())
    documents = study.store.documents()
    if not documents.empty:
        found.update(documents[["document", "sha256"]].to_csv(index=False).encode())
    return found.hexdigest()
