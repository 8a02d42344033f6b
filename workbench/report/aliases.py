"""Names for codings outside the study: drawn at random for each release, and led back by a list inside the study."""

import csv
import secrets
from collections.abc import Iterable
from pathlib import Path

FILE = "aliases.csv"
_RANDOM = secrets.SystemRandom()


class Aliases:
    """Draws an alias for each coding that a release names.

    A coding's own id is ordered by time, so that ids next to each other come
    from one transcript and coder: they would tie one person's quotes together.

    Parameters
    ----------
    taken : Iterable[str]
        Aliases of earlier releases, which are not given again.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._drawn: dict[str, str] = {}

    def of(self, coding: str) -> str:
        """Return the alias of a coding, the same each time within this release: `Q-7f3a90c2`."""
        if coding not in self._drawn:
            alias = _draw()
            while alias in self._taken:
                alias = _draw()
            self._taken.add(alias)
            self._drawn[coding] = alias
        return self._drawn[coding]

    def shuffled(self, codings: Iterable[str]) -> list[str]:
        """Return the aliases of codings in random order."""
        found = [self.of(coding) for coding in codings]
        _RANDOM.shuffle(found)
        return found

    def keep(self, folder: Path) -> None:
        """Add each alias and its coding to the list inside the study, in `aliases.csv` of a folder."""
        if not self._drawn:
            return
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE
        begun = path.is_file()
        with path.open("a", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream)
            if not begun:
                rows.writerow(["alias", "coding"])
            rows.writerows([alias, coding] for coding, alias in self._drawn.items())


def _draw() -> str:
    return f"Q-{secrets.token_hex(4)}"


def kept_in(folder: Path) -> dict[str, str]:
    """Return the aliases of all releases so far, each with its coding."""
    path = folder / FILE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["alias"]: row["coding"] for row in csv.DictReader(stream)}
