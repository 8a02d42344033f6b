"""How numbers and names are written for people: one way, on every page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf

import pandas as pd

MISSING = "–"
MINUS = "−"
FICTIONAL = "Fictional data"


def is_missing(value: object) -> bool:
    """Return whether a cell holds nothing."""
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]


def whole(value: object) -> str:
    """Return a count with thousands marked; a dash where there is none.

    Examples
    --------
    >>> whole(1240.0)
    '1,240'
    """
    return MISSING if is_missing(value) else f"{float(str(value)):,.0f}".replace("-", MINUS)


def share(value: object, *, digits: int = 1) -> str:
    """Return a share from 0 to 1 as a percentage.

    Examples
    --------
    >>> share(0.615)
    '61.5%'
    """
    return MISSING if is_missing(value) else f"{100 * float(str(value)):.{digits}f}%".replace("-", MINUS)


def points(value: object) -> str:
    """Return a difference of two shares in percentage points, always with its sign.

    Examples
    --------
    >>> points(-0.061)
    '−6.1 points'
    """
    if is_missing(value):
        return MISSING
    text = f"{100 * float(str(value)):+.1f}"
    return f"{'0.0' if text in ('+0.0', '-0.0') else text.replace('-', MINUS)} points"


def decimal(value: object, *, digits: int = 2) -> str:
    """Return a plain number; an endless one in words."""
    if is_missing(value):
        return MISSING
    number = float(str(value))
    if number == inf:
        return "no upper limit"
    text = f"{number:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", MINUS)


WRITERS = {"share": share, "gap": points, "ratio": decimal}
"""How a value of each measure is written."""


def number(value: object, measure: str) -> str:
    """Return a value in the unit of its measure."""
    return WRITERS.get(measure, decimal)(value)


def interval(low: object, high: object, measure: str) -> str:
    """Return both ends of an interval, with the unit once.

    Examples
    --------
    >>> interval(-0.084, -0.038, "gap")
    '−8.4 to −3.8 points'
    """
    if is_missing(low) and is_missing(high):
        return MISSING
    start, end = number(low, measure), number(high, measure)
    return f"{start.removesuffix(' points')} to {end}"


def day(when: date) -> str:
    """Return a date in words.

    Examples
    --------
    >>> from datetime import date
    >>> day(date(2023, 3, 1))
    '1 March 2023'
    """
    return f"{when.day} {when:%B %Y}"


def plain(text: str) -> str:
    """Return an id or column name as words: `service_user` becomes `service user`."""
    return text.replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class Names:
    """What ids are called, for people.

    Parameters
    ----------
    schemes, codes : Mapping[str, str]
        Id to name; codes hold nodes, links and components too. An unknown id names itself.
    """

    schemes: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)

    def scheme(self, scheme: object) -> str:
        """Return the name of a scheme."""
        return MISSING if is_missing(scheme) else self.schemes.get(str(scheme), str(scheme))

    def code(self, code: object) -> str:
        """Return id and name of a code, a link or a component."""
        if is_missing(code):
            return MISSING
        name = self.codes.get(str(code))
        return f"{code} {name}" if name else str(code)
