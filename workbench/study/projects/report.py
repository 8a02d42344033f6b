"""What came of taking in another program's project: counts, and everything that did not come in, with its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.errors import Problem
from workbench.language.counted import counted


@dataclass(frozen=True, kw_only=True)
class TakenProject:
    """What a project of another program brought into a study.

    Parameters
    ----------
    name, origin : str
        What the project is called, and the program that wrote the file.
    coders : tuple of str
        Its users, as coders.
    texts, texts_new : tuple of str
        Transcripts that hold its texts, and those of them that were written into transcripts/.
    sources : int
        Documents that the file has.
    codes, codes_new : int, tuple of str
        Codes that the file has, and those that were added to the codebook.
    codings, codings_new, codings_known : int
        Codings of passages that the file has; those added; those that the study had.
    carried : dict of str to int
        What has no place here and is kept to be given back, by kind.
    described : tuple of str
        What was written into metadata.csv.
    unrecorded : tuple of str
        New transcripts of which the file says nothing on consent.
    finished : int
        Marks that a coder has read a transcript to the end, new by this.
    told : tuple of Problem
        To be known; nothing is lost by it.
    doubtful : tuple of Problem
        What did not come in, or may be meant otherwise: a person must look.
    """

    name: str
    origin: str
    coders: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    texts_new: tuple[str, ...] = ()
    sources: int = 0
    codes: int = 0
    codes_new: tuple[str, ...] = ()
    codings: int = 0
    codings_new: int = 0
    codings_known: int = 0
    carried: dict[str, int]
    described: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()
    finished: int = 0
    told: tuple[Problem, ...] = ()
    doubtful: tuple[Problem, ...] = ()

    @property
    def undescribed(self) -> list[str]:
        """New transcripts of which the file says neither scheme nor role nor wave."""
        return [name for name in self.texts_new if name not in self.described]

    def sentences(self) -> list[str]:
        """Return what happened, one sentence a line."""
        lines = [f"{self.name or 'The project'}{f', written by {self.origin}' if self.origin else ''}:"]
        left = self.sources - len(self.texts)
        if self.sources:
            lines.append(f"  Documents: {self.sources:,}; new transcripts: {len(self.texts_new):,}{_left(left)}")
        lines.append(f"  Codes: {self.codes:,}; added to the codebook: {len(self.codes_new):,}")
        away = self.codings - self.codings_new - self.codings_known
        if self.codings:
            lines.append(
                f"  Codings: {self.codings:,}; new: {self.codings_new:,}; known: {self.codings_known:,}{_left(away)}"
            )
            if self.codes_new and not self.codings_new + self.codings_known:
                lines.append("  No coding came in; the new codes stand in the codebook all the same.")
            lines.append(f"  Coders: {', '.join(self.coders)}")
        if self.finished:
            lines.append(f"  Transcripts marked as finished by a coder: {self.finished:,}")
        kept = [counted(number, kind) for kind, number in sorted(self.carried.items()) if number]
        if kept:
            lines.append(f"  Kept to be given back, and not used here: {', '.join(kept)}")
        return lines


def _left(number: int) -> str:
    return f"; left out: {number:,}" if number else ""


def together(problems: Iterable[Problem], most: int = 12) -> list[str]:
    """Return a line for each thing that is told, with the places where it is the same; of more than `most`, so many."""
    places: dict[str, list[str]] = {}
    for each in problems:
        places.setdefault(str(each).removeprefix(f"{each.place}: "), []).append(each.place)
    return [
        f"{'; '.join(where[:most])}{f' and {len(where) - most:,} more' if len(where) > most else ''}: {what}"
        for what, where in places.items()
    ]
