"""Events per person-time."""

from math import isfinite, sqrt

from workbench.errors import InputError
from workbench.estimates.estimate import Estimate, undefined
from workbench.estimates.proportions import critical_value


def byar_rate(events: float, person_time: float, *, level: float = 0.95) -> Estimate:
    """Rate of events with Byar's interval for a Poisson count.

    For counts of events, which one person can add to more than once. Higher means more events per person-time.

    Parameters
    ----------
    events : float
        How many events were counted.
    person_time : float
        Person-years (or any unit) in which they could happen. Zero is undefined.
    level : float
        Coverage as a share.

    Returns
    -------
    Estimate
        ``value``, ``low`` and ``high`` are events per unit of person-time; ``n`` is the number of events.

    Raises
    ------
    InputError
        If either number is negative.

    References
    ----------
    Breslow and Day (1987), Statistical Methods in Cancer Research II, IARC, p. 69.

    Examples
    --------
    >>> str(byar_rate(10, 100))
    '0.100 (0.048 to 0.184, n=10)'
    """
    if not (isfinite(events) and isfinite(person_time)) or events < 0 or person_time < 0:
        raise InputError(f"{events} events in {person_time} person-time is no rate: neither can be negative")
    z = critical_value(level)
    if person_time == 0:
        return undefined("there is no person-time", method="byar", n=events, level=level)
    low = 0.0
    if events > 0:
        # The cube goes below zero only for counts under one and a half at very high levels.
        low = events * max(0.0, 1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3
    one_more = events + 1
    high = one_more * (1 - 1 / (9 * one_more) + z / (3 * sqrt(one_more))) ** 3
    return Estimate(
        value=events / person_time,
        low=low / person_time,
        high=high / person_time,
        n=events,
        method="byar",
        level=level,
    )
