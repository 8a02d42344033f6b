"""The coding store: every act is written before the call returns, and nothing is ever overwritten."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.coding import texts as kept
from workbench.coding import view
from workbench.coding.acts import Act, moment
from workbench.coding.chain import broken_chains
from workbench.coding.code_store import CodeStore
from workbench.coding.coding import STANCES, Coding
from workbench.coding.corrections import reanchor
from workbench.coding.database import acts_of
from workbench.coding.exchange_store import ExchangeStore
from workbench.coding.in_force import codings_in_force
from workbench.coding.marking import change, mark, named, record
from workbench.coding.merge import merge_acts
from workbench.coding.passages import as_rows, check_passages
from workbench.coding.schema import open_engine
from workbench.coding.settled_store import SettledStore
from workbench.coding.suggested import read_suggestion, suggestion_table, write_suggestions
from workbench.coding.transcript_store import TranscriptStore
from workbench.coding.withdrawal import compact
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


class Store(TranscriptStore, CodeStore, SettledStore, ExchangeStore):
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
        stance : {"supports", "contradicts", "qualifies"}, optional
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
            return [view.coding(act) for act in mark(connection, check_passages(found, texts))]

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
            if (named(coder), document) not in view.finished(acts_of(connection, coder=named(coder))):
                record(connection, coder, "read", document=document, at=moment(at))

    def undo(self, coder: str) -> Act | None:
        """Take back the coder's latest act that is not undone yet; return it, or None when nothing is left."""
        with self._database.writing() as connection:
            last = view.last_of(acts_of(connection, coder=named(coder)))
            if last is not None:
                record(connection, coder, "undo", target=last.id, document=last.document)
                if last.document in kept.held_documents(connection):  # what comes back may mean a former text
                    reanchor(connection, last.document, by=named(coder), retry=False)
            return last

    def redo(self, coder: str) -> Act | None:
        """Take back the coder's latest undo, if nothing was done by hand since; return it, or None."""
        with self._database.writing() as connection:
            last = view.undone_last(acts_of(connection, coder=named(coder)))
            if last is not None:
                record(connection, coder, "redo", target=last.id, document=last.document)
                if last.document in kept.held_documents(connection):
                    reanchor(connection, last.document, by=named(coder), retry=False)
            return last

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
            return suggestion_table(connection, view.decisions(acts_of(connection)))

    def accept(self, suggestion: str, *, coder: str, **corrected: Any) -> Coding:
        """Make a suggestion the coder's own coding, as it is or corrected: another code, start, end; stance, memo."""
        with self._database.writing() as connection:
            found = read_suggestion(connection, suggestion)
            origin = "model" if found.model or "model" in found.source else "rule"
            own = {"document": found.document, "coder": coder, "origin": origin, "at": None}
            given = {name: value for name, value in corrected.items() if value is not None}
            rows = as_rows([{**dict(found._mapping), **given, **own}], {})
            passages = check_passages(rows, kept.texts(connection, [found.document]))
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
            As they stood at this time (UTC); a day means its end.
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

    def acts(self) -> pd.DataFrame:
        """Return everything that was ever done, in order: the audit trail."""
        with self._database.reading() as connection:
            return pd.DataFrame([act.to_row() for act in acts_of(connection)], columns=list(Act._fields))

    def read_by(self) -> pd.DataFrame:
        """Return who has finished which document: columns coder, document."""
        with self._database.reading() as connection:
            held = kept.held_documents(connection)
            read = [pair for pair in view.finished(acts_of(connection, kinds=("read", "undo"))) if pair[1] in held]
        return pd.DataFrame(read, columns=["coder", "document"], dtype="str")

    # Trust

    def verify(self) -> list[Problem]:
        """Return the first touched act of each coder and every touched text; nothing when all is as written."""
        with self._database.reading() as connection:
            return [*broken_chains(acts_of(connection)), *kept.changed_texts(connection)]

    def fingerprint(self) -> str:
        """Return one SHA-256 over all acts, to be kept elsewhere: it shows even what a chain cannot."""
        with self._database.reading() as connection:
            seals = "\n".join(f"{act.id} {act.hash}" for act in acts_of(connection))
        return hashlib.sha256(seals.encode()).hexdigest()

    def merge(self, other: "Store | str | Path") -> int:
        """Add another store's acts and documents; return how many acts were new.

        Where one store holds a correction of the other's text, the corrected
        text stands, and codings on the former one are moved. A document that
        either store withdrew is withdrawn here, and its words are erased.

        Raises
        ------
        InputError
            If the stores hold texts of a document neither of which corrects the other, or an act was touched.
        """
        if isinstance(other, Store):
            with self._database.writing() as connection, other._database.reading() as theirs:
                added, erased = merge_acts(connection, theirs)
            if erased:
                compact(self._database.engine)
            return added
        if "://" not in str(other) and not Path(other).is_file():
            raise InputError(Problem(place=str(other), what="there is no such file"))
        with open_store(other) as opened:
            return self.merge(opened)
