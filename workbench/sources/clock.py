"""Times as formats write them."""

import re

CLOCK = r"-?\d{1,3}(?::-?\d{1,2}){1,2}(?:[.,]-?\d{1,7})?"
"""Minutes and seconds at least; hours and a fraction if wanted."""
_UNPADDED = re.compile(r"^\d+:\d:|:-?\d[.,]|[.,]-")


def to_seconds(clock: str, *, unpadded: bool | None = None) -> float:
    """Return seconds of `01:02.345`, `00:01:02,345` or Teams' unpadded and negative `0:0:-6.-820`.

    Parameters
    ----------
    clock : str
        The time.
    unpadded : bool, optional
        Whether the writer leaves out leading zeros, so that `.20` are 20 milliseconds (Teams until 2022), not two
        tenths. By default judged by this time alone.
    """
    if unpadded is None:
        unpadded = is_unpadded(clock)
    whole, _, fraction = clock.replace(",", ".").partition(".")
    parts = [int(part) for part in whole.split(":")]
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    if not fraction:
        return float(seconds)
    share = int(fraction.lstrip("-")) / 1000 if unpadded else float(f"0.{fraction.lstrip('-')}")
    return seconds - share if "-" in clock else seconds + share


def is_unpadded(clock: str) -> bool:
    """Tell whether minutes or seconds of a time lack their leading zero."""
    return _UNPADDED.search(clock) is not None
