"""All transcripts of a study as tables, with their texts."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from workbench.corpus.document import Consent, Document, Withdrawal
from workbench.corpus.filters import OneOrMore
from workbench.corpus.search import TalkSearch, among_coded
from workbench.errors import InputError, Problem, did_you_mean


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

    @cached_property
    def _talk(self) -> TalkSearch:
        return TalkSearch(self.turns)

    def search(
        self,
        query: str,
        *,
        how: str = "words",
        role: OneOrMore = None,
        scheme: OneOrMore = None,
        wave: OneOrMore = None,
        document: OneOrMore = None,
        speaker: OneOrMore = None,
        codings: pd.DataFrame | None = None,
        code: OneOrMore = None,
        uncoded: bool = False,
        context: int = 60,
    ) -> pd.DataFrame:
        r"""Find words, a phrase or a regular expression in the talk.

        The first search for words indexes the talk; the index stays in memory
        and is written nowhere. No hit runs from one turn into the next.

        Parameters
        ----------
        query : str
            What to find.
        how : {"words", "phrase", "regex"}
            `words`: every word in any inflection and in British or American spelling, one after the other, whatever
            stands between them that is no word; `"exact words"` in quotation marks, `crim*`, `housing NEAR/10 arrears`
            (at most ten words on, either way), `job OR work`. Words without accents find those with accents too.
            `phrase`: these signs, as whole words, whatever their case, quotes and white space.
            `regex`: as Python's `re`, so with case unless it begins with `(?i)`.
        role, scheme, wave, document, speaker : str or collection of str, optional
            Only turns with one of these values.
        codings : pandas.DataFrame, optional
            As from `store.codings()`: only hits that lie within a coded passage.
        code : str or collection of str, optional
            Only passages with one of these codes.
        uncoded : bool
            Instead, only hits that touch no passage coded so.
        context : int
            Characters shown on either side, within the turn.

        Returns
        -------
        pandas.DataFrame
            document, turn, start, end, quote, left, right, person, role, scheme, wave: one row a hit, in the order
            of the talk; offsets into `text(document)`, ready for `store.code_many`.

        Raises
        ------
        InputError
            For a query that cannot be read or takes too long, or a value that no turn has.
        """
        hits = self._talk.find(
            query, how, context=context, role=role, scheme=scheme, wave=wave, document=document, speaker=speaker
        )
        return among_coded(hits, codings, code=code, uncoded=uncoded, documents=list(self._documents))


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
