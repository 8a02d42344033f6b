"""A whole funnel under attack: everything shown is known exactly, every total too, and stages are nested."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from workbench.disclosure import Rules, suppress

RULES = Rules(rounding=1)
STAGES = 4


def funnel_with_small_numbers(rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return groups and, last, everybody × levels; each level holds the next."""
    drops = rng.integers(0, int(rng.choice([8, 25, 60])), size=(int(rng.integers(3, 6)), STAGES + 1))
    groups = np.cumsum(drops[:, ::-1], axis=1)[:, ::-1]
    return np.vstack([groups, groups.sum(axis=0)])


def known_after_suppression(levels: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    names = [*(f"G{at}" for at in range(len(levels) - 1)), "All"]
    table = pd.DataFrame(
        [
            {"characteristic": "c", "group": name, "stage": stage, "n": counts[stage + 1], "total": counts[stage]}
            for stage in range(STAGES)
            for name, counts in zip(names, levels.tolist(), strict=True)
        ]
    )
    known = np.zeros(levels.shape, dtype=bool)
    for row in suppress(table, RULES).dropna(subset="n").itertuples():
        known[names.index(row.group), [row.stage, row.stage + 1]] = True
    return known


class Attacker:
    def __init__(self, levels: npt.NDArray[np.int64], known: npt.NDArray[np.bool_]) -> None:
        self.at = np.arange(levels.size).reshape(levels.shape)
        nested = [self.sum_of((row[stage], 1), (row[stage + 1], -1)) for row in self.at for stage in range(STAGES)]
        totals = [self.sum_of(*((at, 1) for at in column[:-1]), (column[-1], -1)) for column in self.at.T]
        self.laws = [LinearConstraint(np.array(nested), 0, np.inf), LinearConstraint(np.array(totals), 0, 0)]
        flat, open_ = levels.ravel().astype(float), ~known.ravel()
        self.bounds = Bounds(np.where(open_, 0, flat), np.where(open_, 5000, flat))

    def sum_of(self, *terms: tuple[int, int]) -> npt.NDArray[np.float64]:
        found = np.zeros(self.at.size)
        for at, sign in terms:
            found[at] += sign
        return found

    def candidates(self, target: npt.NDArray[np.float64]) -> int:
        ends = []
        for sign in (1, -1):
            options = {"presolve": False}
            whole = np.ones(self.at.size, dtype=int)
            found = milp(sign * target, constraints=self.laws, bounds=self.bounds, integrality=whole, options=options)
            ends.append(round(sign * found.fun))
        return ends[1] - ends[0] + 1


@pytest.mark.parametrize("seed", range(8))
def test_every_small_count_and_every_small_drop_keeps_as_many_candidates_as_the_threshold(seed: int) -> None:
    levels = funnel_with_small_numbers(np.random.default_rng(seed))
    attacker = Attacker(levels, known_after_suppression(levels))
    for group, counts in enumerate(levels):
        for level, count in enumerate(counts):
            if RULES.is_small(count):
                target = attacker.sum_of((attacker.at[group, level], 1))
                assert attacker.candidates(target) >= RULES.threshold
            if level and RULES.is_small(counts[level - 1] - count):
                target = attacker.sum_of((attacker.at[group, level - 1], 1), (attacker.at[group, level], -1))
                assert attacker.candidates(target) >= RULES.threshold
