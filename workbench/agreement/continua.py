"""Passages on continua laid end to end, and the tables of lengths that the unitizing alphas are made of."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from workbench.agreement.reliability_data import Array, divide

Numbers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Continua:
    """What coders cut out of several continua, one after the other on one axis.

    Parameters
    ----------
    coder, code, start, end : passages
        Number of the coder (from 0) and of the code (from 1), and the place on
        the axis. No passage crosses from one continuum into the next, and no
        coder's passages on a continuum overlap.
    bounds : continua + 1
        Where the continua begin, and the end of the last.
    read : coders × continua
        Who has read which.
    codes : int
        How many codes there are.
    """

    coder: Numbers
    code: Numbers
    start: Numbers
    end: Numbers
    bounds: Numbers
    read: NDArray[np.bool_]
    codes: int

    def tables(self, rows: list[int]) -> "LengthTables":
        """Return the tables of some coders; continua that fewer than two of them have read are all zero."""
        readers = self.read[rows].sum(axis=0)
        compared = readers >= 2
        of = np.searchsorted(self.bounds, self.start, side="right") - 1
        place = np.full(len(self.read), -1)
        place[rows] = np.arange(len(rows))
        kept = (place[self.coder] >= 0) & compared[of] & self.read[self.coder, of]
        coder, code, start, end, of = (x[kept] for x in (place[self.coder], self.code, self.start, self.end, of))
        cuts = np.unique(np.concatenate([start, end, self.bounds]))
        where = np.searchsorted(self.bounds, cuts[:-1], side="right") - 1
        widths = np.diff(cuts) * compared[where]
        first, after = np.searchsorted(cuts, start), np.searchsorted(cuts, end)
        marks = np.zeros((len(rows), len(cuts)), dtype=np.int64)
        np.add.at(marks, (coder, first), code)
        np.add.at(marks, (coder, after), -code)
        marks = np.cumsum(marks, axis=1)[:, :-1]
        lengths, others = end - start, np.maximum(readers[of] - 1, 1)
        depth = (marks > 0).sum(axis=0)
        beside = np.concatenate(
            [[0], np.cumsum((depth - 1) * widths)]
        )  # only inside passages, where it is not negative
        paired = (beside[after] - beside[first]) / others
        marked = self._by_code(of, code, lengths)
        whole = np.column_stack(
            [readers * compared * np.diff(self.bounds) - marked.sum(axis=1), self._by_code(of, code, lengths**2)]
        )
        count = len(compared)
        return LengthTables(
            observed=self._observed(
                marks, self.read[rows][:, where], widths / np.maximum(readers[where] - 1, 1), where
            ),
            whole=whole,
            paired=self._by_code(of, code, paired**2),
            marked=marked,
            length=(np.diff(self.bounds) * compared).astype(float),
            by_any=np.bincount(where, weights=widths * (depth > 0), minlength=count).astype(float),
            by_all=np.bincount(where, weights=widths * (depth == readers[where]), minlength=count).astype(float),
        )

    def _by_code(self, of: Numbers, code: Numbers, amounts: Numbers | Array) -> Array:
        count = len(self.bounds) - 1
        summed = np.bincount(of * self.codes + code - 1, weights=amounts, minlength=count * self.codes)
        return np.asarray(summed.reshape(count, self.codes))

    def _observed(self, marks: Numbers, read: NDArray[np.bool_], share: Array, where: Numbers) -> Array:
        count, size = len(self.bounds) - 1, self.codes + 1
        found = np.zeros(count * size * size)
        for one, other in combinations(range(len(marks)), 2):
            cells = (where * size + marks[one]) * size + marks[other]
            found += np.bincount(cells, weights=share * (read[one] & read[other]), minlength=len(found))
        table = found.reshape(count, size, size)
        return np.asarray(table + table.transpose(0, 2, 1))


@dataclass(frozen=True, kw_only=True)
class LengthTables:
    """Lengths that each continuum (first axis) adds to the sums of the unitizing alphas.

    Parameters
    ----------
    observed : continua × (gap and codes) × (gap and codes)
        How much of the continuum was marked with one code by one coder and with the other by another.
    whole : continua × (gap and codes)
        What passages paired with themselves would add: their lengths squared; a gap has no inner bond.
    paired : continua × codes
        The same for the part of each passage that the others marked too, on average over the others.
    marked : continua × codes
        Length of all passages.
    length, by_any, by_all : continua
        Of the continuum; of what somebody marked, and of what all who read it marked.
    """

    observed: Array
    whole: Array
    paired: Array
    marked: Array
    length: Array
    by_any: Array
    by_all: Array

    def grouped(self, size: int) -> "LengthTables":
        """Return the tables with every `size` neighbouring continua summed into one."""
        return LengthTables(**{n: t.reshape(-1, size, *t.shape[1:]).sum(axis=1) for n, t in vars(self).items()})

    def each(self, size: int, position: int) -> "LengthTables":
        """Return one continuum of every `size`."""
        return LengthTables(**{name: table[position::size] for name, table in vars(self).items()})


def u_formula(observed: Array, selves: Array) -> Array:
    """From summed tables (…, values, values) and what values paired with themselves add (…, values) to alpha."""
    margins, total = observed.sum(axis=-1), observed.sum(axis=(-2, -1))
    differing = total - np.trace(observed, axis1=-2, axis2=-1)
    room = total**2 - selves.sum(axis=-1)
    alike = total * divide(((margins**2) - selves).sum(axis=-1), np.where(room > 0, room, 0))
    by_chance = total - alike
    return np.asarray(1 - divide(differing, np.where(by_chance > 1e-12 * np.maximum(total, 1), by_chance, 0)))


def binary(observed: Array, selves: Array) -> tuple[Array, Array]:
    """Return the same tables for passage or gap, whatever the code."""
    gap, codes = observed[..., 0, 0], observed[..., 1:, 1:].sum(axis=(-2, -1))
    across = observed[..., 0, 1:].sum(axis=-1)
    table = np.stack([np.stack([gap, across], axis=-1), np.stack([across, codes], axis=-1)], axis=-2)
    return table, np.stack([selves[..., 0], selves[..., 1:].sum(axis=-1)], axis=-1)


def ku_formula(inside: Array, selves: Array) -> Array:
    """From summed tables of codes (…, codes, codes) to the alpha of each code (…, codes)."""
    marked = inside.sum(axis=-1)
    total = marked.sum(axis=-1)[..., None]
    alike = np.diagonal(inside, axis1=-2, axis2=-1)
    by_chance = divide(marked**2 - selves, marked * total - selves)  # share of the code's own chance that is alike
    return np.asarray(1 - divide(divide(marked - alike, marked), np.where(1 - by_chance > 1e-12, 1 - by_chance, 0)))
