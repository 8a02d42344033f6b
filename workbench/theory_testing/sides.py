"""Settle what many codings say, side by side, as bits: fast enough to leave out each coder in turn."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from workbench.coding.settle import DIFFER

FOR, AGAINST, QUALIFIES, BOTH, SILENT = "for", "against", "qualifies", "both", "silent"
SIDES = (FOR, AGAINST, QUALIFIES, BOTH, SILENT, DIFFER)
"""In the order of their bits."""

Array = np.ndarray[Any, np.dtype[np.int64]]
_BIT = {side: 1 << place for place, side in enumerate(SIDES)}


def together(said: frozenset[str]) -> str:
    """Make one of what several passages say: both ways, or the side that is not plainly for; silence adds nothing."""
    spoken = said - {SILENT}
    if len(spoken) == 1:
        return next(iter(spoken))
    if BOTH in spoken or {FOR, AGAINST} <= spoken:
        return BOTH
    return AGAINST if AGAINST in spoken else QUALIFIES


def between(said: frozenset[str]) -> str:
    """Make one of two coders' views of a turn: a qualified one, or none while they differ."""
    return QUALIFIES if said == {FOR, QUALIFIES} else DIFFER


def settle_sides(rows: pd.DataFrame, who: list[str]) -> pd.DataFrame:
    """Reduce codings to one side for each of `who`, as `workbench.coding.settle.settle` does, in a tenth of the time.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns of `who`, and document, turn, coder and side; rows without a side are left out.
    who : list of str
        What is one, such as link and person.

    Returns
    -------
    pandas.DataFrame
        Columns of `who`, and side (one of `SIDES`).
    """
    stated = rows.dropna(subset=["side"])
    if stated.empty:
        return pd.DataFrame(
            {name: pd.Series(dtype=rows[name].dtype) for name in who} | {"side": pd.Series(dtype="str")}
        )
    codes = {name: pd.factorize(stated[name], use_na_sentinel=False)[0] for name in {*who, "document", "turn", "coder"}}
    whose = _joined([codes[name] for name in who])
    turn = _joined([whose, codes["document"], codes["turn"]])
    by_coder = _joined([turn, codes["coder"]])
    bits: Array = np.array([_BIT[side] for side in stated["side"].tolist()], dtype="int64")
    first, bits = _reduced(by_coder, bits, _TOGETHER)
    turn, whose = turn[first], whose[first]
    at, bits = _reduced(turn, bits, _BETWEEN)
    first, whose = first[at], whose[at]
    at, bits = _reduced(whose, bits, _TOGETHER)
    found = stated.iloc[first[at]][who].reset_index(drop=True)
    return found.assign(side=[SIDES[int(bit).bit_length() - 1] for bit in bits])


def _joined(keys: list[Array]) -> Array:
    """Return one number for each different row of keys."""
    found = keys[0].astype("int64")
    for key in keys[1:]:
        found = np.unique(found * (int(key.max()) + 1) + key, return_inverse=True)[1].astype("int64")
    return found


def _reduced(key: Array, bits: Array, rule: Array) -> tuple[Array, Array]:
    """Return where each key stands first, and what the rule makes of all its bits, in the order of the keys."""
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(key[order]) != 0])
    return order[starts], rule[np.bitwise_or.reduceat(bits[order], starts)]


def _table(rule: Callable[[frozenset[str]], str]) -> Array:
    """Return what a rule makes of each set of sides; differences say nothing unless there is nothing else."""
    made = [0]
    for bits in range(1, 1 << len(SIDES)):
        said = frozenset(side for side in SIDES if bits & _BIT[side]) - {DIFFER}
        made.append(_BIT[DIFFER if not said else next(iter(said)) if len(said) == 1 else rule(said)])
    return np.array(made, dtype="int64")


_TOGETHER, _BETWEEN = _table(together), _table(between)
