"""What a cell of the matrix's workbook says, and what tells two versions of it apart."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

MATRIX, PASSAGES, ABOUT, VERSIONS = "Matrix", "Passages", "About", "Versions"
"""Sheets. `Versions` is hidden: it says what each cell held when the file was written."""

ELEMENT, NAME = "Element", "Name"
WHO = "(role, scheme)"
"""What stands in the first column of the row that tells who each case is."""

HEADINGS_ROW, FIRST_ROW = 2, 4
"""Row of the headings and first row of the elements, from 1, as Excel counts."""

LONGEST = 32_767
"""UTF-16 units that Excel keeps in a cell."""

INSIDE = (
    "STAYS INSIDE: this file holds what named or pseudonymised people said, word for word. It identifies them. It is "
    "for the team, not for publication, and does not go by e-mail."
)
NOT_WHOLE = "[The summary is not whole here ({why}): read and edit it in the notebook.] "
FORMAT = "workbench framework matrix 1"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What is put into one cell in the place of a text, and why it is not the whole of it.

    Parameters
    ----------
    said : str
        What the cell says.
    why : str
        Why it is not the text; empty where it is.
    """

    said: str
    why: str = ""


def plain(text: str) -> str:
    """Return a text as it is compared: composed (NFC), each line ended by a line feed, no space around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def version(text: str) -> str:
    """Return what tells two versions of a text apart: a hash, the same for texts that are compared as one."""
    return hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()


def records(table: pd.DataFrame) -> Iterator[Any]:
    """Go through a table's rows, each with its columns as attributes."""
    yield from table.itertuples(index=False)


def units(text: str) -> int:
    """Return how many UTF-16 units a text has, which is what Excel counts: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cell_of(text: str) -> Cell:
    """Return what a cell says for a text: the text, or as much of it as Excel keeps, and that it is not whole."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    why = []
    if units(whole) > LONGEST:
        why.append(f"it has {units(whole):,} characters and a cell {LONGEST:,}")
    if _UNWRITABLE.search(whole):
        why.append("it has control characters, which Excel refuses")
    if not why:
        return Cell(said=whole)
    said = NOT_WHOLE.format(why="; ".join(why)) + _UNWRITABLE.sub("\ufffd", whole)
    while units(said) > LONGEST:
        said = said[: -max(1, (units(said) - LONGEST) // 2)]
    return Cell(said=said, why="; ".join(why))
