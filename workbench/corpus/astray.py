"""Withdrawals whose transcript is not there: a slip of the pen, or a file that is gone already."""

import re
from collections.abc import Collection

from workbench.corpus.consent import Row
from workbench.errors import Problem, Problems, did_you_mean
from workbench.sources import ENDINGS


def written_otherwise(name: str, documents: Collection[str]) -> str:
    """Return the transcript that a name means but for case, ending, leading zeros, blanks and dashes; else nothing.

    Examples
    --------
    >>> written_otherwise("WM_1.txt", ["wm-01", "wm-02"])
    'wm-01'
    """
    return next((one for one in documents if _parts(one) == _parts(name)), "")


def _parts(name: str) -> list[str]:
    stem, dot, ending = name.casefold().rpartition(".")
    found = re.findall(r"\d+|[^\W\d_]+", stem if stem and dot + ending in ENDINGS else name.casefold())
    return [part.lstrip("0") or "0" if part.isdecimal() else part for part in found]


def find_astray(rows: Collection[Row], documents: Collection[str]) -> tuple[list[Problem], list[Problem]]:
    """Tell of withdrawals that name no transcript, so that no words were taken out.

    Parameters
    ----------
    rows : Collection[Row]
        Of the file.
    documents : Collection[str]
        Every transcript that is or was there.

    Returns
    -------
    tuple of (list of Problem, list of Problem)
        Mistakes: the name of a transcript written otherwise, or with other letters where that one has no row. Then
        those that only a person can tell.
    """
    mistakes, unknown = Problems(), Problems()
    free = set(documents) - {row.document for row in rows}
    for row in rows:
        if not row.gone or row.document in documents:
            continue
        meant = written_otherwise(row.document, documents)
        numbers = [part for part in _parts(row.document) if part.isdecimal()]
        near = sorted(one for one in free if [part for part in _parts(one) if part.isdecimal()] == numbers)
        remedy = f"Did you mean {meant!r}?" if meant else did_you_mean(row.document, near)
        place = f"{row.place}, column document"
        if remedy:
            mistakes.add(place, f"there is no transcript {row.document!r}, so nobody was taken out", remedy=remedy)
            continue
        what = f"no transcript called {row.document!r} is or was here, so nothing was taken out"
        unknown.add(place, what, remedy="Check the spelling; a transcript that was never imported needs no row")
    return mistakes.found, unknown.found
