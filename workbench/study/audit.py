"""What became of a study's talk: seals, withdrawals, codings that wait, reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import Problem
from workbench.study.consent_state import consents

if TYPE_CHECKING:
    from workbench.corpus.consent import Row
    from workbench.study.study import Study


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What an audit found.

    Parameters
    ----------
    problems : Sequence[Problem]
        A person must act: broken seals, codings that wait, withdrawals not carried out.
    told : Sequence[str]
        What is as it should be, and is to be known: who withdrew, what nobody has reviewed.
    """

    problems: Sequence[Problem]
    told: Sequence[str]


def audit_study(study: "Study") -> Audit:
    """Verify a study's store and say what became of its talk; nothing is changed.

    Parameters
    ----------
    study : Study
        From `open_study`.
    """
    problems = [*study.store.verify(), *_waiting(study), *_not_carried_out(study)]
    return Audit(problems=problems, told=[*_withdrawn(study), *_outside(study), *_unreviewed(study)])


def _waiting(study: "Study") -> list[Problem]:
    return [
        Problem(
            place=f"{row.document}, coding {row.id} of {row.coder} ({row.code})",
            what=f"it waits to be placed again: {row.why}",
            remedy="Settle it with: workbench corrections",
        )
        for row in study.store.unplaced().itertuples()
    ]


def _not_carried_out(study: "Study") -> list[Problem]:
    """Return withdrawals that consent.csv records while the store still has the words."""
    turns = study.store.turns()
    held = set(zip(turns["document"], turns["speaker"], strict=True)) | {(name, "") for name in turns["document"]}
    return [
        Problem(
            place=f"{row.place}, document {row.document}",
            what="a withdrawal is recorded, and the words are still in the store",
            remedy="Run: workbench import",
        )
        for row in consents(study)
        if row.gone and held & {(row.document, label) for label in _labels(study, row)}
    ]


def _labels(study: "Study", row: "Row") -> set[str]:
    """Return how the store may call the speaker of a row; a blank speaker stands for everybody."""
    return {row.speaker, study.register.forms.replaced(row.speaker, row.document, label=True) if row.speaker else ""}


def _withdrawn(study: "Study") -> list[str]:
    gone = study.store.withdrawn()
    allowed = {row.document: row.place for row in consents(study) if not row.gone}
    return [
        f"{row.document} was withdrawn: recorded {str(row.at)[:10]} by {row.by}{_in_brackets(row.why)}. "
        f"{row.codings:,} codings and {row.words:,} words are no longer there."
        + (f" {allowed[str(row.document)]} does not say so yet." if row.document in allowed else "")
        for row in gone.itertuples()
    ]


def _outside(study: "Study") -> list[str]:
    """Tell of withdrawals that took no coding out of the store: of one voice among several, or before any import."""
    gone, told = set(study.store.withdrawn()["document"]), list[str]()
    waiting = {problem.place.rpartition(", document")[0] for problem in _not_carried_out(study)}
    for row in consents(study):
        if row.gone and row.document not in gone and row.place not in waiting:
            who = "one of several people in it withdrew" if row.speaker else "was withdrawn"
            told.append(f"{row.document}: {who}{_in_brackets(row.consent.withdrawn)}; the words are not in the store.")
    return told


def _in_brackets(text: object) -> str:
    return f" ({text})" if text else ""


def _unreviewed(study: "Study") -> list[str]:
    documents = list(study.store.documents()["document"])
    reviewed = study.store.reviewed()
    left = [str(name) for name in documents if name not in reviewed]
    if not left:
        return []
    named = ", ".join(left[:12]) + (f" and {len(left) - 12:,} more" if len(left) > 12 else "")
    return [f"{len(left):,} of {len(documents):,} transcripts were not reviewed for names, and give no quote: {named}."]
