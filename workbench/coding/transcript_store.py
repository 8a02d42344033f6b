"""What a coding store keeps of transcripts: texts, corrections, reviews, withdrawals."""

import pandas as pd

from workbench.coding import corrections, revisions, view, withdrawal
from workbench.coding import texts as kept
from workbench.coding.base_store import BaseStore
from workbench.coding.database import acts_of, acts_on_codes
from workbench.coding.marking import named, record


class TranscriptStore(BaseStore):
    """The part of a store that is about texts; use `open_store`."""

    # Texts

    def add_corpus(self, corpus: kept.Texts, *, by: str = "import") -> int:
        """Keep the corpus's documents and turns; return how many documents were new or changed.

        A changed text is a new revision of its document. Codings follow their
        words; those whose words cannot be found for certain wait in
        `unplaced` for a person. Withdrawn documents stay out.

        Parameters
        ----------
        corpus : Corpus
            All transcripts of the study, or some.
        by : str
            Who corrected them.
        """
        with self._database.writing() as connection:
            changed, erased = kept.keep_texts(connection, corpus, by=named(by))
        if erased:
            withdrawal.compact(self._database.engine)
        return changed

    def documents(self) -> pd.DataFrame:
        """Return one row a document, with the corpus's columns."""
        with self._database.reading() as connection:
            return kept.document_table(connection)

    def turns(self) -> pd.DataFrame:
        """Return one row a turn, with the corpus's columns."""
        with self._database.reading() as connection:
            return kept.turn_table(connection)

    def speaking(self) -> pd.DataFrame:
        """Return who speaks in each document, once each, without reading a word: document, person, role, scheme."""
        with self._database.reading() as connection:
            return kept.speaking(connection)

    def text(self, document: str, revision: int | None = None) -> str:
        """Return one document's normalised text, as it is or as it was in a revision; unknown names are refused."""
        with self._database.reading() as connection:
            kept.check_known(connection, [document])
            present = kept.texts(connection, [document])[document]
            if revision is None:
                return present
            return revisions.text_of_revision(connection, document, revision, present)

    def revisions(self, document: str | None = None) -> pd.DataFrame:
        """Return every text that documents had: document, revision (from 1), sha256, at, by, note (why erased)."""
        with self._database.reading() as connection:
            if document is not None:
                kept.check_known(connection, [document])
            return revisions.revision_table(connection, document)

    # Codings that a correction could not place

    def unplaced(self) -> pd.DataFrame:
        """Return the codings that wait for a person: id, coder, document, code, quote, start, end, why.

        `quote` is what they were on; `start` and `end` are the stretch of the
        present text to look in. They are not among `codings`.
        """
        with self._database.reading() as connection:
            held = kept.held_documents(connection)
            lifts = acts_of(connection, kinds=("lift",))
            where = sorted({act.document for act in lifts if act.document in held and act.waits})
            acts = [act for document in where for act in acts_of(connection, document=document)]
            return corrections.unplaced_table(acts, acts_on_codes(connection))

    def place(self, identity: str, start: int, end: int, *, coder: str) -> None:
        """Say where a coding that waits belongs in the present text; whoever made it, it stays theirs."""
        with self._database.writing() as connection:
            corrections.place(connection, identity, start, end, coder=coder)

    def lift(self, identity: str, *, coder: str, why: str) -> None:
        """Drop a coding that waits, and say why. The acts keep that it was there."""
        with self._database.writing() as connection:
            corrections.lift(connection, identity, coder=coder, why=why)

    # Review for names

    def review(self, document: str, *, coder: str) -> None:
        """Record that the coder looked through a transcript for names that pseudonyms missed.

        It holds for the source file as it is: a corrected file needs a new
        review; pseudonyms that change in its text do not.
        """
        with self._database.writing() as connection:
            kept.check_known(connection, [document])
            source = kept.source_hashes(connection)[document]
            if not any(
                (act.document, act.target) == (document, source)
                for act in view.standing(acts_of(connection, coder=named(coder), kinds=("review", "undo", "redo")))
            ):
                record(connection, coder, "review", document=document, target=source)

    def reviewed(self) -> set[str]:
        """Return the documents whose present source file somebody reviewed."""
        with self._database.reading() as connection:
            seen = view.reviewed(acts_of(connection, kinds=("review", "undo", "redo")))
            return {
                document for document, source in kept.source_hashes(connection).items() if (document, source) in seen
            }

    # Withdrawal

    def withdraw(self, document: str, *, coder: str, why: str = "") -> None:
        """Take a transcript out, and erase its words from the store; what was done, when and by whom stays.

        It is gone from documents, turns, texts, codings and suggestions, and
        no import or merge brings it back, only `restore`. Copies of the
        store and of the transcript lie elsewhere: erase those too.

        Raises
        ------
        InputError
            If the store does not know it, or another program holds the erased words in its log.
        """
        with self._database.writing() as connection:
            if not acts_of(connection, document=document, kinds=withdrawal.DECISIONS):
                kept.check_known(connection, [document])
            withdrawal.withdraw(connection, document, coder=coder, why=why)
        withdrawal.compact(self._database.engine)

    def restore(self, document: str, *, coder: str, why: str = "") -> None:
        """Let a withdrawn transcript in again: the next `add_corpus` that has it brings its words back."""
        with self._database.writing() as connection:
            withdrawal.restore(connection, document, coder=coder, why=why)

    def withdrawn(self) -> pd.DataFrame:
        """Return the withdrawn transcripts: document, by, at, why, and how many codings and words they had."""
        with self._database.reading() as connection:
            return withdrawal.withdrawn_table(connection)
