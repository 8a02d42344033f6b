"""One study, its parts loaded when they are first asked for."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import InputError, Problem
from workbench.study.settings import Settings, read_settings

if TYPE_CHECKING:
    from workbench.codebook import Codebook
    from workbench.coding import Store
    from workbench.corpus import Corpus
    from workbench.manual import Manual
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

    @cached_property
    def corpus(self) -> "Corpus":
        """The transcripts."""
        from workbench.corpus import read_corpus

        return read_corpus(self.needed("transcripts"))

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
    def has_talk(self) -> bool:
        """Whether there is a transcript."""
        folder = self.folder("transcripts")
        return folder is not None and folder.is_dir() and any(folder.iterdir())

    @property
    def has_records(self) -> bool:
        """Whether there is a record file."""
        folder = self.folder("records")
        return folder is not None and folder.is_dir() and any(folder.iterdir())
