"""Time allowed: from an activation to the first instant that is out of time."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from workbench.fidelity.log import Times
from workbench.manual import Within

NEVER = np.datetime64("9999-12-31", "us")


def window_end(starts: Times, within: Within | None, holidays: Sequence[date] = ()) -> Times:
    """Return the first instant after each start that is out of time.

    Parameters
    ----------
    starts : array of datetime64[us]
        Times of the activations.
    within : Within or None
        The time allowed; None allows for ever.
    holidays : Sequence[date]
        Days that are not working days, besides weekends.

    Returns
    -------
    array of datetime64[us]
        An event is in time when it lies before this instant. Days run to
        midnight: a manual that says "within 14 days" does not mean the hour.
    """
    if within is None:
        return np.full(len(starts), NEVER)
    last = within.n + int(within.inclusive)
    if within.unit == "hours":
        edge = np.timedelta64(1 if within.inclusive else 0, "us")
        return starts + np.timedelta64(within.n, "h") + edge
    days = starts.astype("datetime64[D]")
    if within.unit == "days":
        return (days + np.timedelta64(last, "D")).astype("datetime64[us]")
    # From a Saturday, Monday is working day one: roll back to Friday, then count.
    out = np.busday_offset(days, last, roll="backward", holidays=np.array(holidays, dtype="datetime64[D]"))
    return out.astype("datetime64[us]")
