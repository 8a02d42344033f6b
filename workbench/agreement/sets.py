"""How far two sets of codes are apart: MASI and Jaccard."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from workbench.agreement.reliability_data import Array
from workbench.errors import InputError

SETS = {"masi": "MASI", "jaccard": "Jaccard"}
"""Levels at which each value is a set of codes, and how they are named."""
BLOCK = 64
"""Rows worked on at once: few enough to stay near the processor."""


def as_set(value: Any) -> Any:
    """Return a value as a set that can be compared; what is not coded (None, NaN) stays as it is."""
    if value is None or isinstance(value, frozenset):
        return value
    if isinstance(value, set | list | tuple):
        return frozenset(value)
    if isinstance(value, float) and np.isnan(value):
        return None
    raise InputError(f"{value!r} is no set of codes: expected a set (empty for nothing coded), or None for not coded")


def set_distances(sets: Sequence[frozenset[Any]], level: str) -> Array:
    """Return the distance of every two sets, from 0 (the same) to 1 (nothing in common).

    Parameters
    ----------
    sets : sequence of frozenset
        May hold the empty set. Two empty sets are the same: distance 0.
    level : {"masi", "jaccard"}
        `jaccard`: 1 - J, where J is the share of their codes that two sets have in
        common. `masi`: 1 - J × M, where M is 1 for equal sets, 2/3 where one holds
        the other, 1/3 where they overlap, and 0 where they do not.

    Returns
    -------
    array, sets × sets

    References
    ----------
    Passonneau (2006), Measuring agreement on set-valued items (MASI), LREC. An
    earlier paper (2004) and other tools compute other distances under this name:
    {A} and {A, B} are 0.667 apart here and in NLTK, 0.333 in Passonneau (2004), 0.167 in DKPro.
    """
    distinct = {one: number for number, one in enumerate(dict.fromkeys(sets))}
    codes = {code: number for number, code in enumerate({code for one in distinct for code in one})}
    held = np.zeros((len(distinct), len(codes)))
    for row, one in enumerate(distinct):
        held[row, [codes[code] for code in one]] = 1
    apart = distances_of(held, level)
    places = [distinct[one] for one in sets]
    return apart if len(distinct) == len(sets) else apart[np.ix_(places, places)]


def distances_of(held: Array, level: str) -> Array:
    """Return the same of distinct sets, from which set (row) holds which code (column).

    A distance follows from three small numbers: both sets' sizes and how many
    codes they share. So codes become bits, and distances are looked up.
    """
    packed = np.packbits(held.astype(bool), axis=1)
    words = np.ascontiguousarray(np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))).view(np.uint64)
    sizes = held.sum(axis=1).astype(np.intp)
    most = int(sizes.max(initial=0)) + 1
    table = _by_size(most, level)
    apart = np.empty((len(held), len(held)))
    for first in range(0, len(held), BLOCK):
        here = slice(first, first + BLOCK)
        place = (sizes[here, None] * most + sizes) * most
        for word in range(words.shape[1]):
            place += np.bitwise_count(words[here, None, word] & words[None, :, word])
        np.take(table, place, out=apart[here])
    np.fill_diagonal(apart, 0)
    return apart


def _by_size(most: int, level: str) -> Array:
    """Return the distance of two different sets by the size of either and of what they share, all below `most`."""
    one, other, common = np.ogrid[:most, :most, :most]
    shared = common / np.maximum(one + other - common, 1)
    if level == "masi":
        shared = shared * np.where(common == np.minimum(one, other), 2 / 3, 1 / 3)
    return np.asarray(1 - shared).reshape(-1)
