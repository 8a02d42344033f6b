"""What settling a difference would do to a code's agreement."""

import numpy as np
from numpy.typing import NDArray

from workbench.agreement.reliability_data import Array, divide


class Settling:
    """One code's agreement now, and after some units were settled.

    Parameters
    ----------
    marked, finished : coders × units
        Who marked what, and who read what.
    sizes : units
        How many units each stands for.
    """

    def __init__(self, marked: NDArray[np.bool_], finished: NDArray[np.bool_], sizes: NDArray[np.int64]) -> None:
        readers = finished.sum(axis=0)
        markers = (marked & finished).sum(axis=0)
        size = np.where(readers >= 2, sizes, 0)
        majority = np.where(2 * markers > readers, readers, 0)
        even = np.where(2 * markers == readers, readers, majority)
        self._total = _running(size * readers)
        self._ones = _running(size * markers)
        self._differing = _running(size * markers * (readers - markers) / np.maximum(readers - 1, 1))
        self._ways = [_running(size * (settled - markers)) for settled in (majority, even)]

    @property
    def value(self) -> float:
        """Return Krippendorff's alpha now, NaN where undefined."""
        return float(_alpha(self._total[-1], self._ones[-1], self._differing[-1]))

    def gains(self, runs: NDArray[np.intp]) -> tuple[Array, NDArray[np.bool_]]:
        """Return how much alpha would rise at least for each run of units (first, after last).

        Settled is: on each unit all who read it say what most of them said.
        Where they are even nobody knows the outcome beforehand, so it is the
        way that raises alpha less that counts: what is gained for certain. A
        way after which alpha is undefined, because nothing is left that could
        differ, gains nothing: it would take a code's agreement away, not
        raise it. So a code used once, by one of two coders, gains 0 and not
        the 1 that settling it as coded would give.

        Returns
        -------
        array
            Rise of alpha; NaN where alpha is undefined now.
        array of bool
            Whether alpha may be undefined afterwards.
        """
        differing = self._differing[-1] - _within(self._differing, runs)
        after = [_alpha(self._total[-1], self._ones[-1] + _within(way, runs), differing) for way in self._ways]
        rises = np.stack(after) - self.value
        lost = np.isnan(rises)
        least = np.where(lost, 0.0, rises).min(axis=0)
        return np.where(np.isnan(self.value), np.nan, least), np.asarray(lost.any(axis=0))


def _running(amounts: NDArray[np.number]) -> Array:
    return np.concatenate([[0.0], np.cumsum(amounts)])


def _within(running: Array, runs: NDArray[np.intp]) -> Array:
    return np.asarray(running[runs[:, 1]] - running[runs[:, 0]])


def _alpha(total: float, ones: Array | float, differing: Array | float) -> Array:
    by_chance = ones * (total - ones)
    return np.asarray(1 - divide((total - 1) * differing, np.where(by_chance > 1e-9, by_chance, 0)))
