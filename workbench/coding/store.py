"""The coding store: every act is written before the call returns, and nothing is ever overwritten."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.coding import texts as kept
from workbench.coding import view
from workbench.coding.acts import Act, moment
from workbench.coding.code_changes import present_codes
from workbench.coding.code_store import CodeStore
from workbench.coding.coded_document import CodedDocument, read_coded_document
from workbench.coding.coding import STANCES, Coding
from workbench.coding.database import acts_of, acts_on_codes, latest_id
from workbench.coding.evidence_store import EvidenceStore
from workbench.coding.exchange_store import ExchangeStore
from workbench.coding.in_force import codings_in_force, counts_in_force
from workbench.coding.marking import change, mark, named, record
from workbench.coding.passages import as_rows, check_passages
from workbench.coding.schema import open_engine
from workbench.coding.settled_store import SettledStore
from workbench.coding.suggested import read_suggestion, suggestion_table, write_suggestions
from workbench.coding.taking_back import readings, take_back
from workbench.coding.team_store import TeamStore
from workbench.coding.transcript_store import TranscriptStore
from workbench.coding.trust_store import TrustStore
from workbench.corpus.span import Span
from workbench.errors import InputError, Problem


def open_store(where: str | Path) -> "Store":
    """Open a coding store, or make an empty one.

    Parameters
    ----------
    where : str or Path
        A path, `sqlite:///store/codings.sqlite`, or `postgresql+psycopg://user@host/database` for a team.
        Keep a SQLite file on a local disk: on network drives its locks do not hold.

    Returns
    -------
    Store
        Several processes may open the same store and write to it.

    Raises
    ------
    InputError
        If it cannot be opened, or is no coding store.
    """
    return Store(open_engine(where))


class Store(TranscriptStore, CodeStore, SettledStore, EvidenceStore, ExchangeStore, TeamStore, TrustStore):
    """Acts of coders, the texts they rest on, and the codings that follow from them.

    Use `open_store`.
    """

    # Coding

    def code(
        self,
        span: Span,
        code: str,
        *,
        coder: str,
        stance: str | None = None,
        memo: str = "",
        origin: str = "human",
        at: str | date | None = None,
        quote: str | None = None,
    ) -> Coding:
        """Mark a passage with a code.

        The same passage marked again with the same code by the same coder is
        one coding: a new stance or memo replaces the former one.

        Parameters
        ----------
        span : Span
            The passage.
        code : str
            Code of the codebook, component of a manual, or link of the theory.
        coder : str
            Who codes.
        stance : {"supports", "contradicts", "qualifies", "silent"}, optional
            What the passage says about the code.
        memo : str
            A note.
        origin : {"human", "rule", "model"}
            Who proposed it.
        at : str or date, optional
            When, for codings made elsewhere; now by default.
        quote : str, optional
            The passage's words, to be checked against the text.

        Raises
        ------
        InputError
            If the passage is not in the text, or reads otherwise than `quote`.
        """
        row = {"document": span.document, "start": span.start, "end": span.end, "code": code, "coder": coder}
        return self.code_many([row | {"stance": stance, "memo": memo, "origin": origin, "at": at, "quote": quote}])[0]

    def code_many(self, rows: Iterable[Mapping[str, Any]] | pd.DataFrame, **common: Any) -> list[Coding]:
        """Mark many passages at once: all of them, or none.

        Parameters
        ----------
        rows : iterable of mappings, or pandas.DataFrame
            document, start, end, code, coder; optionally stance, memo, origin, at, quote. A table of spans, such
            as search gives, may have further columns.
        **common
            Any of these for all rows that leave it open: `store.code_many(hits, code="M09", coder="anna")`.

        Returns
        -------
        list of Coding
            One a row, in the order of the rows.

        Raises
        ------
        InputError
            With every problem of every row.
        """
        found = as_rows(rows, common)
        with self._database.writing() as connection:
            texts = kept.texts(connection, {str(row.get("document")) for row in found})
            passages = check_passages(found, texts, present_codes(acts_on_codes(connection)))
            return [view.coding(act) for act in mark(connection, passages)]

    def uncode(self, identity: str, *, coder: str) -> None:
        """Take a coding away. The acts keep that it was there."""
        with self._database.writing() as connection:
            change(connection, identity, coder, "uncode")

    def set_stance(self, identity: str, stance: str | None, *, coder: str) -> None:
        """Change what a coding says about its code."""
        if stance is not None and stance not in STANCES:
            raise InputError(Problem(place=f"coding {identity}", what=f"stance is {stance!r}", choices=STANCES))
        with self._database.writing() as connection:
            change(connection, identity, coder, "stance", stance=stance)

    def set_memo(self, identity: str, memo: str, *, coder: str) -> None:
        """Change a coding's note."""
        with self._database.writing() as connection:
            change(connection, identity, coder, "memo", memo=memo)

    def read(self, document: str, *, coder: str, at: str | date | None = None) -> None:
        """Record that the coder has finished a document: what is uncoded there was left uncoded on purpose."""
        with self._database.writing() as connection:
            kept.check_known(connection, [document])
            if not readings(connection, document, named(coder)):
                record(connection, coder, "read", document=document, at=moment(at))

    def unread(self, document: str, *, coder: str) -> None:
        """Take back that the coder has finished a document: they go on coding it. Undone by `redo` or `read`."""
        with self._database.writing() as connection:
            kept.check_known(connection, [document])
            for act in readings(connection, document, named(coder)):
                record(connection, coder, "undo", target=act.id, document=document)

    def undo(self, coder: str) -> Act | None:
        """Take back the coder's latest act that is not undone yet; return it, or None when nothing is left."""
        with self._database.writing() as connection:
            return take_back(connection, "undo", named(coder))

    def redo(self, coder: str) -> Act | None:
        """Take back the coder's latest undo, if nothing was done by hand since; return it, or None."""
        with self._database.writing() as connection:
            return take_back(connection, "redo", named(coder))

    # Suggestions

    def replace_suggestions(self, suggestions: pd.DataFrame, *, source: str) -> int:
        """Put these suggestions in the place of all earlier ones of this source; return how many there are.

        Parameters
        ----------
        suggestions : pandas.DataFrame
            Columns document, start, end, code; optionally turn, score, why, model, at. Ids are made here.
        source : str
            What made them. `model` in the name, or a `model` given, makes an accepted one's origin `model`,
            otherwise it is `rule`.
        """
        with self._database.writing() as connection:
            return write_suggestions(connection, suggestions, source=source, at=moment())

    def suggestions(self) -> pd.DataFrame:
        """Return all suggestions, with `quote`, `accepted_by` and `rejected_by`."""
        with self._database.reading() as connection:
            return suggestion_table(
                connection, view.decisions(acts_of(connection, kinds=("accept", "reject", "undo", "redo")))
            )

    def accept(self, suggestion: str, *, coder: str, **corrected: Any) -> Coding:
        """Make a suggestion the coder's own coding, as it is or corrected: another code, start, end; stance, memo."""
        with self._database.writing() as connection:
            found = read_suggestion(connection, suggestion)
            origin = "model" if found.model or "model" in found.source else "rule"
            own = {"document": found.document, "coder": coder, "origin": origin, "at": None}
            given = {name: value for name, value in corrected.items() if value is not None}
            rows = as_rows([{**dict(found._mapping), **given, **own}], {})
            codes = present_codes(acts_on_codes(connection))
            passages = check_passages(rows, kept.texts(connection, [found.document]), codes)
            return view.coding(mark(connection, passages, suggestion=suggestion)[0])

    def reject(self, suggestion: str, *, coder: str) -> None:
        """Set a suggestion aside for this coder; if it was accepted before, its coding goes."""
        with self._database.writing() as connection:
            found = read_suggestion(connection, suggestion)
            what = {name: getattr(found, name) for name in ("document", "start", "end", "code")}
            record(connection, coder, "reject", target=suggestion, **what)

    # What holds

    def codings(self, as_of: str | date | None = None, coder: str | None = None) -> pd.DataFrame:
        """Return the codings in force, one a row.

        Parameters
        ----------
        as_of : str or date, optional
            As they stood at this time (UTC), by the clocks of those who coded; a day means its end.
        coder : str, optional
            Of this coder only.

        Returns
        -------
        pandas.DataFrame
            id, coder, document, turn, person, role, scheme, code, start, end, quote, stance, origin, memo, at.
        """
        limit = moment(as_of, end_of_day=True) if as_of is not None else None
        with self._database.reading() as connection:
            return codings_in_force(connection, limit, coder)

    def counts(self) -> pd.DataFrame:
        """Return how often each coder gave each code, of the codings in force: code, coder, codings, documents."""
        with self._database.reading() as connection:
            return counts_in_force(connection)

    def coded_document(self, document: str) -> CodedDocument:
        """Return a transcript with its turns, codings, suggestions and decisions, as they are at one moment.

        Raises
        ------
        InputError
            If the store does not hold it.
        """
        with self._database.reading() as connection:
            return read_coded_document(connection, document)

    def latest(self) -> str:
        """Return the id of the act that was written last, or "": another one means that somebody did something."""
        with self._database.reading() as connection:
            return latest_id(connection)

    def acts(self) -> pd.DataFrame:
        """Return everything that was ever done, in order: the audit trail."""
        with self._database.reading() as connection:
            return pd.DataFrame([act.to_row() for act in acts_of(connection)], columns=list(Act._fields))

    def read_by(self) -> pd.DataFrame:
        """Return who has finished which document: columns coder, document."""
        with self._database.reading() as connection:
            held = kept.held_documents(connection)
            read = [
                pair for pair in view.finished(acts_of(connection, kinds=("read", "undo", "redo"))) if pair[1] in held
            ]
        return pd.DataFrame(read, columns=["coder", "document"], dtype="str")
