"""A codebook, read and checked."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.codebook.check import check_codebook
from workbench.codebook.model import Code
from workbench.errors import InputError, Problem, did_you_mean
from workbench.theory.model import arrow

COLUMNS = (
    "code", "name", "kind", "node", "definition", "include", "exclude", "example", "near_miss", "patterns", "retired",
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
        if code in self.codes:
            return self.codes[code].name
        if code in self.components:
            return self.components[code]
        if arrow(code) in self.link_codes:
            return self.link_codes[arrow(code)]
        choices = [*self.codes, *self.components, *self.link_codes]
        raise InputError(
            Problem(place=self.path.name, what=f"there is no code {code!r}", remedy=did_you_mean(code, choices))
        )

    def to_table(self) -> pd.DataFrame:
        """Return the codes as a table, one a row.

        Returns
        -------
        DataFrame
            code, name, kind, node, definition, include, exclude, example,
            near_miss, patterns (joined by ` | `), retired (date or None).
        """
        rows = [
            {**code.model_dump(), "code": code.id, "patterns": " | ".join(_written(p) for p in code.patterns)}
            for code in self.codes.values()
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)

    def check(self) -> list[Problem]:
        """Return what a person should look at, although the file can be used.

        Codes without boundaries or examples, phrases that suggest two codes,
        names that stand twice, and mechanisms of the theory that have no code.
        """
        return check_codebook(self.codes, self.mechanisms, self.path.name, self.places)


def _written(pattern: Any) -> str:
    return pattern if isinstance(pattern, str) else json.dumps(pattern, ensure_ascii=False)
