"""What became of a study's talk: seals, withdrawals, codings that wait, reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.corpus.consent import CONSENT
from workbench.errors import InputError, Problem
from workbench.language.counted import counted
from workbench.study.code_check import codings_waiting, told_of_changes
from workbench.study.consent_state import consent_problems
from workbench.study.documents import orphans
from workbench.study.exports import copies_before
from workbench.study.withdrawals import astray, not_carried_out, taken_back, told_of_withdrawn, unmarked_voices

if TYPE_CHECKING:
    from workbench.study.study import Study


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What an audit found.

    Parameters
    ----------
    seals : str
        What the audit is for: how many acts there are, whether all is as it was written, and the fingerprint.
    problems : Sequence[Problem or str]
        A person must act: broken seals, codings and names that wait, withdrawals not carried out, named wrongly or
        taken back, copies made before them, documents without a file, transcripts that nobody has reviewed for names.
    told : Sequence[str]
        What is to be known beside: who withdrew, what was done to codes, what was not searched for names.
    """

    seals: str
    problems: Sequence[Problem | str]
    told: Sequence[str]


def audit_study(study: "Study") -> Audit:
    """Verify a study's store and say what became of its talk; nothing is changed.

    Parameters
    ----------
    study : Study
        From `open_study`.
    """
    mistakes, unknown = astray(study)
    touched = study.store.verify()
    problems: list[Problem | str] = [
        *touched,
        *_waiting(study),
        *codings_waiting(study),
        *_unreadable(study),
        *mistakes,
        *unknown,
    ]
    problems += [*not_carried_out(study), *unmarked_voices(study), *taken_back(study), *copies_before(study)]
    told = [*told_of_withdrawn(study), *told_of_changes(study)]
    try:
        problems += orphans(study)
        told += told_of_unsearched(study)
    except InputError as error:  # the folder cannot be read: what the store says is told all the same
        problems += [problem for problem in error.problems if problem not in problems]
    problems += [*_names_waiting(study), *_unreviewed(study)]
    return Audit(seals=_seals(study, len(touched)), problems=problems, told=told)


def _seals(study: "Study", touched: int) -> str:
    """Say what the store's seals say; of a damaged store what can still be read."""
    if touched:
        return f"The store is not as it was written: {counted(touched, 'problem')}, told first below."
    acts = len(study.store.acts())
    return f"{acts:,} acts, none touched. Fingerprint to keep elsewhere: {study.store.fingerprint()}"


def _unreadable(study: "Study") -> list[Problem]:
    """Return the mistakes in consent.csv, and that withdrawals wait because of them."""
    found = consent_problems(study)
    if not found:
        return []
    what = "it has mistakes, so no withdrawal in it is carried out, and nothing says who withdrew since"
    return [*found, Problem(place=CONSENT, what=what, remedy="Put them right, and run: workbench import")]


def _waiting(study: "Study") -> list[Problem]:
    return [
        Problem(
            place=f"{row.document}, coding {row.id} of {row.coder} ({row.code})",
            what=f"it waits to be placed again: {row.why}",
            remedy="Settle it with: workbench corrections",
        )
        for row in study.store.unplaced().itertuples()
    ]


def told_of_unsearched(study: "Study") -> list[str]:
    """Return a sentence on transcripts that no search for names has seen as they now are; none where all were."""
    from workbench.study.searched import unsearched

    left = len(unsearched(study))
    if not left:
        return []
    were = "was" if left == 1 else "were"
    said = f"{counted(left, 'transcript')} {were} not searched for names since {'it' if left == 1 else 'they'} came in"
    return [f"{said} or changed: run workbench names find."]


def _names_waiting(study: "Study") -> list[Problem]:
    left = sum(entry.decision == "waiting" for entry in study.register.entries)
    what = f"{counted(left, 'name')} {'waits' if left == 1 else 'wait'} for a person's decision"
    return [Problem(place="names", what=what, remedy="Decide on each with: workbench names ask")] if left else []


def _unreviewed(study: "Study") -> list[Problem]:
    documents = list(study.store.documents()["document"])
    reviewed = study.store.reviewed()
    left = [str(name) for name in documents if name not in reviewed]
    if not left:
        return []
    named = ", ".join(left[:12]) + (f" and {len(left) - 12:,} more" if len(left) > 12 else "")
    were = "was" if len(left) == 1 else "were"
    what = f"{len(left):,} of {counted(len(documents), 'transcript')} {were} not reviewed for names: {named}"
    remedy = "Nothing of theirs is quoted until somebody has read them and said: workbench names done"
    return [Problem(place="names", what=what, remedy=remedy)]
