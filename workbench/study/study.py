"""One study, its parts loaded when they are first asked for."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import InputError, Problem
from workbench.study.consent_state import QuotePermissions, not_quotable, whole_withdrawals
from workbench.study.settings import Settings, read_settings
from workbench.study.stored_corpus import has_pseudonyms, stored_corpus, without
from workbench.study.take_in import TakenIn, is_taken_in, take_in

if TYPE_CHECKING:
    import pandas as pd

    from workbench.codebook import Codebook
    from workbench.coding import Store
    from workbench.corpus import Corpus
    from workbench.manual import Manual
    from workbench.pseudonymisation import Register
    from workbench.records import Records
    from workbench.theory import Theory


def open_study(folder: Path | str = ".") -> "Study":
    """Open a study.

    Parameters
    ----------
    folder : Path or str
        Holds study.yaml.

    Returns
    -------
    Study
        Its parts are read when they are first asked for.

    Raises
    ------
    InputError
        If study.yaml is missing or has mistakes.
    """
    folder = Path(folder)
    return Study(folder, read_settings(folder))


class Study:
    """A study's folder and settings; see `open_study`.

    Parameters
    ----------
    path : Path
        The folder.
    settings : Settings
        From its study.yaml.
    """

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path.resolve()
        self.settings = settings

    def folder(self, part: str) -> Path | None:
        """Return where a part lies (`theory`, `records`, …), or None when the study leaves it out."""
        where = getattr(self.settings, part)
        return None if where is None else self.path / where

    def needed(self, part: str) -> Path:
        """Return where a part lies.

        Raises
        ------
        InputError
            If study.yaml leaves it out.
        """
        found = self.folder(part)
        if found is None:
            raise InputError(Problem(place="study.yaml", what=f"{part} is null", remedy=f"Name where the {part} lie"))
        return found

    @property
    def names_key(self) -> Path:
        """Where the register of names lies: who is who, outside the study."""
        return self.path / self.settings.keys / "names.csv"

    @cached_property
    def register(self) -> "Register":
        """The register of names and their pseudonyms; empty where there is none."""
        from workbench.pseudonymisation import Register

        return Register.read(self.names_key)

    @cached_property
    def raw_corpus(self) -> "Corpus":
        """The transcripts as their files have them, without those who withdrew."""
        from workbench.corpus import read_corpus

        return read_corpus(self.needed("transcripts"))

    @cached_property
    def corpus(self) -> "Corpus":
        """The transcripts to work on: pseudonymised by the register; from the store where there are no files.

        Raises
        ------
        InputError
            If the store holds pseudonyms and their register is not there: real names would come back.
        """
        if not self.has_transcripts:
            return stored_corpus(self.store)
        if not self.register.entries:
            self._refuse_names_again()
            return self._without_withdrawn(self.raw_corpus)
        from workbench.pseudonymisation import pseudonymise

        corpus = self._without_withdrawn(pseudonymise(self.raw_corpus, self.register).corpus)
        if len(corpus):
            corpus.documents = corpus.documents.assign(pseudonymised=True)
        return corpus

    def read(self, progress: Callable[[int, int], None] | None = None) -> "Corpus":
        """Return `corpus`, with progress told while the files are read."""
        from workbench.corpus import read_corpus

        if "raw_corpus" not in self.__dict__:
            self.raw_corpus = read_corpus(self.needed("transcripts"), progress=progress)
        return self.corpus

    def take_in(self, progress: Callable[[int, int], None] | None = None) -> TakenIn:
        """Bring the store up to date with transcripts, register and consents; see `take_in.take_in`."""
        return take_in(self, progress=progress)

    def up_to_date(self) -> None:
        """Take in, where transcripts, register, consents or the store's texts changed since it was done last."""
        if self.has_transcripts and not is_taken_in(self):
            self.take_in()

    def not_quotable(self) -> dict[str, str]:
        """Return whose words may not leave, and why: document, or person (`document:speaker`), to the reason."""
        return not_quotable(self)

    def quote_permissions(self) -> QuotePermissions:
        """Return what is decided on quotes: consent, review for names, and decisions on single quotes."""
        return QuotePermissions(self)

    def search(self, query: str, **options: Any) -> "pd.DataFrame":
        """Find words, a phrase, a regular expression, or turns near in meaning; see `workbench.study.search.search`."""
        from workbench.study.search import search

        return search(self, query, **options)

    def _without_withdrawn(self, corpus: "Corpus") -> "Corpus":
        """Leave out what was withdrawn in the store while its file is still there."""
        return without(corpus, self.store.withdrawn()) if self.has_store else corpus

    def _refuse_names_again(self) -> None:
        if self.has_store and has_pseudonyms(self.store, self.raw_corpus):
            raise InputError(
                Problem(
                    place=str(self.names_key),
                    what="the store holds pseudonyms, and their register is not there: real names would come back",
                    remedy="Name the folder of the register as keys in study.yaml; coders without it work on the "
                    "store alone, without the transcripts",
                )
            )

    @cached_property
    def theory(self) -> "Theory":
        """The theory of change."""
        from workbench.theory import read_theory

        return read_theory(self.needed("theory"))

    @cached_property
    def manuals(self) -> dict[str, "Manual"]:
        """The schemes' manuals, by scheme."""
        from workbench.manual import read_manual

        folder = self.folder("manuals")
        paths = sorted(folder.glob("*.yaml")) if folder else []
        found = {manual.scheme: manual for manual in map(read_manual, paths)}
        return {scheme: found[scheme] for scheme in self.settings.schemes if scheme in found}

    @cached_property
    def codebook(self) -> "Codebook":
        """The codes, with the theory's links and the manuals' components, which can be coded too."""
        from workbench.codebook import read_codebook

        theory = self.theory if self.settings.theory else None
        return read_codebook(self.needed("codebook"), theory=theory, manuals=tuple(self.manuals.values()))

    @cached_property
    def records(self) -> "Records":
        """The police and provider records, without names."""
        from workbench.records import read_records

        keys = self.path / self.settings.keys / "people.csv"
        return read_records(self.needed("records"), maps=self.folder("maps"), keys=keys)

    @cached_property
    def store(self) -> "Store":
        """The coding store; made when it is not there."""
        from workbench.coding import open_store

        where = self.settings.store
        if "://" in where and not where.startswith("sqlite:///"):
            return open_store(where)
        path = self.path / where.removeprefix("sqlite:///")
        path.parent.mkdir(parents=True, exist_ok=True)
        return open_store(path)

    @property
    def vectors(self) -> Path:
        """Where embeddings are cached."""
        return self.path / "store" / "vectors.sqlite"

    @property
    def has_transcripts(self) -> bool:
        """Whether there is the file of a transcript that is not withdrawn."""
        from workbench.corpus.load import transcript_paths

        folder = self.folder("transcripts")
        gone = {each.document for each in whole_withdrawals(self)}
        return folder is not None and any(path.stem not in gone for path in transcript_paths(folder))

    @property
    def has_store(self) -> bool:
        """Whether there is a coding store; asking makes none."""
        where = self.settings.store
        if "://" in where and not where.startswith("sqlite:///"):
            return True
        return (self.path / where.removeprefix("sqlite:///")).is_file()

    @property
    def has_talk(self) -> bool:
        """Whether there is a transcript, as a file or in the store."""
        if self.settings.transcripts is None:
            return False
        return self.has_transcripts or (self.has_store and not self.store.documents().empty)

    @property
    def has_records(self) -> bool:
        """Whether there is a record file."""
        folder = self.folder("records")
        return folder is not None and folder.is_dir() and any(folder.iterdir())
