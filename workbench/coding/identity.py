"""Ids that sort by time and never meet: UUID version 7, as 32 hexadecimal digits."""

import os
import secrets
import time
from threading import Lock

_RANDOM_BITS = 74
_STEP_BITS = 40  # so that two copies of a store, whose clocks both run behind it, do not step onto the same id
_lock = Lock()
_last: tuple[int, int] = (0, 0)  # process, 122 bits of time and counter


def new_id(after: str = "") -> str:
    """Return a new id, greater than every id this process has made and than `after`.

    Parameters
    ----------
    after : str
        An id that the new one must follow, for clocks that run behind.

    Returns
    -------
    str
        32 hexadecimal digits: 48 bits of milliseconds, then a random start that counts up.

    References
    ----------
    RFC 9562, section 5.7 and section 6.2, method 2 (monotonic random).
    """
    global _last  # the order within a process is exactly what must be remembered
    now = (time.time_ns() // 1_000_000) << _RANDOM_BITS
    fresh = now | secrets.randbits(_RANDOM_BITS - 1)
    with _lock:
        process, last = _last
        # A forked child must not count on from its parent's number, or twins would meet.
        floor = max(last if process == os.getpid() else 0, _number(after) if after else 0)
        number = fresh if fresh > floor else floor + 1 + secrets.randbits(_STEP_BITS)
        _last = (os.getpid(), number)
    return _hexadecimal(number)


def _hexadecimal(number: int) -> str:
    time_ms, high, low = number >> 74, (number >> 62) & 0xFFF, number & (1 << 62) - 1
    return f"{time_ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low:032x}"


def _number(identity: str) -> int:
    whole = int(identity, 16)
    return (whole >> 80) << 74 | (whole >> 64 & 0xFFF) << 62 | whole & (1 << 62) - 1
