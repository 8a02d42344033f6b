"""The review queue: what waits for a person, with an example in its context."""

from collections import Counter
from typing import TYPE_CHECKING

from workbench.corpus import Corpus
from workbench.pseudonymisation.entry import Entry
from workbench.pseudonymisation.forms import Place
from workbench.pseudonymisation.pseudonymise import setting
from workbench.pseudonymisation.register import Register

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 60
"""Characters shown on either side of an example."""
COLUMNS = [
    "id", "kind", "form", "pseudonym", "decision", "n", "documents", "scope", "why",
    "document", "left", "match", "right",
]  # fmt: skip


def waiting(
    corpus: Corpus, register: Register, *, document: str | None = None, decided: bool = False
) -> "pd.DataFrame":
    """Return the entries on which a person has to decide, the most identifying and most frequent first.

    Parameters
    ----------
    corpus : Corpus
        The transcripts as they are, with names: the table shows them, so it is for the key's holder only.
    register : Register
        The study's.
    document : str, optional
        Only entries whose forms stand in this transcript, with its counts and examples.
    decided : bool
        Whether accepted and rejected entries are shown too.

    Returns
    -------
    pandas.DataFrame
        One row an entry: id, kind, form, pseudonym, decision, n (places where it stands, longer forms apart),
        documents (in how many transcripts), scope (the one transcript in which it holds, or empty), why, and one
        example: document, left, match, right. Direct identifiers come first, then whole names, then the others; an
        entry that stands nowhere any more has n 0.
    """
    import pandas as pd

    names = [document] if document is not None else list(corpus.documents["document"])
    forms = register.forms_of_all() if decided else register.forms
    counts: Counter[int] = Counter()
    documents: Counter[int] = Counter()
    example: dict[int, tuple[str, str, str, str]] = {}
    for name in names:
        text = corpus.text(name)
        places = forms.places(text, setting(corpus.document(name)))
        counts.update(place.entry.id for place in places)
        documents.update({place.entry.id for place in places})
        for place in places:
            example.setdefault(place.entry.id, (name, *_context(text, place)))
    shown = [
        entry
        for entry in register.entries
        if (decided or entry.decision == "waiting") and (document is None or counts[entry.id])
    ]
    shown.sort(key=lambda entry: (_rank(entry), -counts[entry.id], entry.id))
    rows = [
        (entry.id, entry.kind, entry.form, entry.pseudonym, entry.decision, counts[entry.id], documents[entry.id],
         entry.document, entry.why, *example.get(entry.id, ("", "", "", "")))
        for entry in shown
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def _context(text: str, place: Place) -> tuple[str, str, str]:
    left = text[max(0, place.start - CONTEXT) : place.start]
    right = text[place.end : place.end + CONTEXT]
    return left.replace("\n", " "), text[place.start : place.end], right.replace("\n", " ")


def _rank(entry: Entry) -> int:
    """Return how much a form tells of a person: identifiers 0, whole names 1, everything else 2."""
    if entry.kind not in ("person", "place", "organisation"):
        return 0
    return 1 if entry.kind == "person" and " " in entry.key else 2
