"""A codebook, read and checked."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.codebook.check import check_codebook
from workbench.codebook.colours import colour_at
from workbench.codebook.model import Code
from workbench.errors import InputError, Problem, did_you_mean
from workbench.theory.model import arrow

COLUMNS = (
    "code", "name", "kind", "node", "definition", "include", "exclude", "example", "near_miss", "patterns", "retired",
    "parent", "colour",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """The codes that may be given, and what each means.

    Parameters
    ----------
    title, version : str
        What it is, and which edition.
    date : date
        Of this version.
    codes : Mapping[str, Code]
        By id, in the file's order; retired codes stay.
    link_codes : Mapping[str, str]
        Links of the theory, which may be given as codes: id to name.
    components : Mapping[str, str]
        Components of the manuals, which may be given as codes: id to name.
    mechanisms : Mapping[str, str]
        Mechanisms of the theory: id to name. Talk is where they show.
    path : Path
        The file.
    sha256 : str
        Hash of the file's text.
    places : Mapping[str, str]
        Code to file and line.
    """

    title: str
    version: str
    date: datetime.date
    codes: Mapping[str, Code]
    link_codes: Mapping[str, str] = field(default_factory=dict)
    components: Mapping[str, str] = field(default_factory=dict)
    mechanisms: Mapping[str, str] = field(default_factory=dict)
    path: Path
    sha256: str
    places: Mapping[str, str] = field(default_factory=dict, repr=False)

    def known(self, code: str) -> bool:
        """Tell whether a code may stand in a coding: from the codebook, a link, or a component.

        Retired codes are known, since old codings hold them. Links may be written with `->`.
        """
        return code in self.codes or code in self.components or arrow(code) in self.link_codes

    def name(self, code: str) -> str:
        """Return the name of a code, a link or a component, for people.

        Raises
        ------
        InputError
            If it is not known.
        """
        self._needed(code)
        if code in self.codes:
            return self.codes[code].name
        return self.components[code] if code in self.components else self.link_codes[arrow(code)]

    def colour(self, code: str) -> str:
        """Return the colour of a code's stripe, `#RRGGBB`: as the file gives it, or one by its place in the file.

        It stays when codes are added at the end, or renamed. Links and components have theirs by their own places.

        Raises
        ------
        InputError
            If the code is not known.
        """
        self._needed(code)
        if code in self.codes:
            return self.codes[code].colour or colour_at(list(self.codes).index(code))
        others = self.components if code in self.components else self.link_codes
        return colour_at(list(others).index(code if code in self.components else arrow(code)))

    def children(self, code: str | None = None) -> list[str]:
        """Return the codes that lie right under a code, in the file's order; those under none, when none is given."""
        return [name for name, each in self.codes.items() if each.parent == code]

    def tree(self) -> list[tuple[int, str]]:
        """Return every code with its depth, from 0, each parent right before what lies under it."""

        def under(code: str | None, depth: int) -> list[tuple[int, str]]:
            return [row for child in self.children(code) for row in ((depth, child), *under(child, depth + 1))]

        return under(None, 0)

    def _needed(self, code: str) -> None:
        if not self.known(code):
            choices = [*self.codes, *self.components, *self.link_codes]
            what = f"there is no code {code!r}"
            raise InputError(Problem(place=self.path.name, what=what, remedy=did_you_mean(code, choices)))

    def to_table(self) -> pd.DataFrame:
        """Return the codes as a table, one a row.

        Returns
        -------
        DataFrame
            code, name, kind, node, definition, include, exclude, example,
            near_miss, patterns (joined by ` | `), retired (date or None),
            parent (code or None), colour (`#RRGGBB`, given or chosen).
        """
        rows = [
            {**code.model_dump(), "code": name, "colour": self.colour(name)}
            | {"patterns": " | ".join(_written(pattern) for pattern in code.patterns)}
            for name, code in self.codes.items()
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)

    def check(self) -> list[Problem]:
        """Return what a person should look at, although the file can be used.

        Codes without boundaries or examples, phrases that suggest two codes,
        names that stand twice, codes under a retired one, and mechanisms of
        the theory that have no code.
        """
        return check_codebook(self.codes, self.mechanisms, self.path.name, self.places)


def _written(pattern: Any) -> str:
    return pattern if isinstance(pattern, str) else json.dumps(pattern, ensure_ascii=False)
