"""Whose words may be quoted or deposited, and why those of the others may not."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.errors import Problem, Problems
from workbench.language.counted import counted
from workbench.study.quote_decisions import WITHHOLD, read_decisions, words_of

if TYPE_CHECKING:
    from workbench.corpus.consent import Row
    from workbench.corpus.document import Withdrawal
    from workbench.study.study import Study

UNREVIEWED = "nobody has reviewed this transcript for names"
RECORDED_BY = "consent.csv"
"""Stands as coder for withdrawals that the study's consent.csv records."""
REFUSED = "no consent to {use}"
UNRECORDED = "consent to {use} is not recorded"
USES = {"quotation": "quotation", "archive": "archiving"}
"""Column of the turns to what its consent is for."""

REMEDIES = {
    UNREVIEWED: "Once somebody has read a transcript for names, record it with: workbench names done.",
    UNRECORDED.format(use="quotation"): "What each participant allows belongs in transcripts/consent.csv.",
}
"""What can be done so that words may be quoted; a refused consent stands."""


def not_quotable(study: "Study") -> dict[str, str]:
    """Return whose words may not leave the study in quotes.

    Parameters
    ----------
    study : Study
        Its store is asked: run `study.take_in` before.

    Returns
    -------
    dict
        Document, or person as `document:speaker`, to the reason. What interviewers say follows the document.
    """
    return _unreviewed(study) | _without_consent(study, "quotation")


def not_archivable(study: "Study") -> dict[str, str]:
    """Return what may not go to an archive: as `not_quotable`, where consent must be recorded and given."""
    return _unreviewed(study) | _without_consent(study, "archive")


def _unreviewed(study: "Study") -> dict[str, str]:
    reviewed = study.store.reviewed()
    return {str(name): UNREVIEWED for name in study.store.documents()["document"] if name not in reviewed}


def _without_consent(study: "Study", use: str) -> dict[str, str]:
    turns = study.store.turns()
    if use not in turns.columns:
        turns = turns.assign(**{use: None})
    spoken = turns[turns["role"] != "interviewer"].drop_duplicates("person")
    recorded = use == "archive" or records_consent(study, turns)
    reasons = {str(person): _reason(said, use, recorded) for person, said in spoken[["person", use]].to_numpy()}
    return {person: why for person, why in reasons.items() if why}


def _reason(allowed: Any, use: str, recorded: bool) -> str:
    if allowed is None or pd.isna(allowed):
        return UNRECORDED.format(use=USES[use]) if recorded else ""
    return "" if allowed else REFUSED.format(use=USES[use])


def records_consent(study: "Study", turns: pd.DataFrame) -> bool:
    """Tell whether the study keeps consents: a consent.csv with a row in it, or consents in the store."""
    if "quotation" in turns.columns and turns.loc[turns["role"] != "interviewer", "quotation"].notna().any():
        return True
    return bool(consents(study))


def consents(study: "Study") -> "list[Row]":
    """Return the rows of a study's consent.csv; mistakes in it are left to `consent_problems`."""
    return _read(study, Problems())


def consent_problems(study: "Study") -> list[Problem]:
    """Return the mistakes in a study's consent.csv; while there are any, no withdrawal is carried out."""
    problems = Problems()
    _read(study, problems)
    return problems.found


def _read(study: "Study", problems: Problems) -> "list[Row]":
    from workbench.corpus.consent import read_consent

    folder = study.folder("transcripts")
    return read_consent(folder, problems) if folder and folder.is_dir() else []


def whole_withdrawals(study: "Study") -> "list[Withdrawal]":
    """Return the transcripts that are withdrawn in consent.csv, unless it has a mistake in it, or in the store."""
    from workbench.corpus.consent import withdrawn_whole
    from workbench.corpus.document import Withdrawal

    problems = Problems()
    said = withdrawn_whole(_read(study, problems))
    found = {} if problems.found else said
    gone = list(study.store.withdrawn()["document"]) if study.has_store else list[str]()
    return [*found.values(), *(Withdrawal(document=str(name)) for name in gone if name not in found)]


class QuotePermissions:
    """What is decided on single quotes before the gate looks at their words.

    Parameters
    ----------
    study : Study
        Its store and decisions are read once.
    """

    def __init__(self, study: "Study") -> None:
        self.unreviewed = frozenset(_unreviewed(study))
        self._reasons = not_quotable(study)
        self._decisions = read_decisions(study)

    def __call__(self, row: Mapping[Any, Any]) -> tuple[str, str]:
        """Return why a coding's words may not leave (else an empty text), and who let them go (else an empty text).

        Parameters
        ----------
        row : Mapping
            id, document, person and quote: a row of `store.codings()`.
        """
        why = self._reasons.get(str(row["document"])) or self._reasons.get(str(row["person"])) or ""
        decided = self._decisions.get(str(row["id"]))
        if decided is None or decided.words != words_of(str(row["quote"])):
            return why, ""
        if decided.decision == WITHHOLD:
            return why or "a person has withheld it", ""
        return why, decided.by

    def counts(self, codings: pd.DataFrame) -> "Counter[str]":
        """Return how many coded passages may be quoted (under an empty text), and how many not, by reason.

        Parameters
        ----------
        codings : pandas.DataFrame
            id, document, turn, person, quote.
        """
        passages = codings.drop_duplicates(["document", "turn", "quote"])
        return Counter(self(row)[0] for row in passages.to_dict(orient="records"))


def told_of_quotes(counts: Mapping[str, int]) -> list[str]:
    """Return sentences on how many passages may be quoted, why the others may not, and what can be done."""
    total = sum(counts.values())
    if not total:
        return []
    why = "; ".join(f"{reason} ({counts[reason]:,})" for reason in sorted(counts) if reason)
    why = f" The others may not: {why}." if why else ""
    passages = counted(total, "coded passage")
    told = [f"{counts.get('', 0):,} of {passages} may be quoted, where their words allow it.{why}"]
    return told + [remedy for reason, remedy in REMEDIES.items() if counts.get(reason)]
