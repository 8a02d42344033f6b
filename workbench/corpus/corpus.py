"""All transcripts of a study as tables, with their texts."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from workbench.corpus.document import Consent, Document, Withdrawal
from workbench.errors import InputError, Problem, did_you_mean

_QUOTES = {"'": "['‘’]", "‘": "['‘’]", "’": "['‘’]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}


class Corpus:
    """What was said, by whom, where.

    Parameters
    ----------
    documents : Sequence[Document]
        In the order in which they are shown.
    problems : Sequence[Problem or str]
        Files that could not be read, each with its remedy; the others are here.
    withdrawn : Sequence[Withdrawal]
        Who withdrew: their words are not here.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        *,
        problems: Sequence[Problem | str] = (),
        withdrawn: Sequence[Withdrawal] = (),
    ) -> None:
        self._documents = {document.id: document for document in documents}
        self.problems = list(problems)
        self.withdrawn = list(withdrawn)

    def __len__(self) -> int:
        return len(self._documents)

    def document(self, document: str) -> Document:
        """Return one document.

        Raises
        ------
        InputError
            If there is none of that id.
        """
        if document not in self._documents:
            remedy = did_you_mean(document, self._documents)
            raise InputError(
                Problem(
                    place="corpus",
                    what=f"there is no document {document!r}",
                    choices=list(self._documents),
                    remedy=remedy,
                )
            )
        return self._documents[document]

    def text(self, document: str) -> str:
        """Return a document's whole normalised text, to which all offsets refer."""
        return self.document(document).text

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row a document: document, title, scheme, role, wave, kind, fictional, words, turns, source, sha256."""
        counts = self.turns.groupby("document").agg(words=("words", "sum"), turns=("turn", "size"))
        rows = [_describe(document) for document in self._documents.values()]
        return pd.DataFrame(rows).join(counts, on="document").reset_index(drop=True)

    @cached_property
    def turns(self) -> pd.DataFrame:
        """One row a turn, in order.

        Columns: document, turn, speaker, person, role, scheme, wave, start, end, time, line, mark, quotation,
        archive, text, words. `quotation` and `archive` say whether the speaker consents: True, False, or None where
        nothing is recorded.
        """
        rows = [row for document in self._documents.values() for row in _turns(document)]
        columns = [
            "document",
            "turn",
            "speaker",
            "person",
            "role",
            "scheme",
            "wave",
            "start",
            "end",
            "time",
            "line",
            "mark",
            "quotation",
            "archive",
            "text",
        ]
        table = pd.DataFrame(rows, columns=columns)
        table["time"] = table["time"].astype(float)
        table["words"] = [len(text.split()) for text in table["text"]]
        return table

    @cached_property
    def doubts(self) -> pd.DataFrame:
        """What a person should look at: document, note."""
        rows = [(document.id, doubt) for document in self._documents.values() for doubt in document.doubts]
        return pd.DataFrame(rows, columns=["document", "note"])

    def search(self, phrase: str, *, context: int = 60) -> pd.DataFrame:
        """Find a phrase in the talk, whatever its case, quotes and white space.

        Parameters
        ----------
        phrase : str
            One or more words.
        context : int
            Characters shown on either side.

        Returns
        -------
        pandas.DataFrame
            document, turn, start, end, quote, left, right: offsets into `text(document)`.
        """
        words = ["".join(_QUOTES.get(sign, re.escape(sign)) for sign in word) for word in phrase.split()]
        if not words:
            raise InputError("search needs at least one word")
        pattern = re.compile(r"\s+".join(words), re.IGNORECASE)
        rows = []
        for document in self._documents.values():
            for turn in document.turns:
                for hit in pattern.finditer(document.text, turn.start, turn.end):
                    left = document.text[max(turn.start, hit.start() - context) : hit.start()]
                    right = document.text[hit.end() : min(turn.end, hit.end() + context)]
                    rows.append((document.id, turn.number, hit.start(), hit.end(), hit[0], left, right))
        return pd.DataFrame(rows, columns=["document", "turn", "start", "end", "quote", "left", "right"])


def _describe(document: Document) -> dict[str, Any]:
    given = document.attributes
    return {
        "document": document.id,
        "title": given.get("title") or document.id,
        "scheme": given.get("scheme") or None,
        "role": given.get("role") or None,
        "wave": given.get("wave") or None,
        "kind": given.get("kind") or "interview",
        "fictional": given.get("fictional", "").lower() in {"true", "yes", "1"},
        "source": document.source,
        "sha256": document.sha256,
    }


def _turns(document: Document) -> list[tuple[Any, ...]]:
    given = document.attributes
    return [
        (
            document.id,
            turn.number,
            turn.speaker,
            f"{document.id}:{turn.speaker}",
            document.roles.get(turn.speaker, "unknown"),
            given.get("scheme") or None,
            given.get("wave") or None,
            turn.start,
            turn.end,
            turn.seconds,
            turn.line,
            turn.mark,
            document.consent.get(turn.speaker, Consent()).quotation,
            document.consent.get(turn.speaker, Consent()).archive,
            document.text[turn.start : turn.end],
        )
        for turn in document.turns
    ]
