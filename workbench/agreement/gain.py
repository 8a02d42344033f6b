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

    def gains(self, runs: NDArray[np.intp]) -> Array:
        """Return how much alpha would rise for each run of units (first, after last).

        Settled is: on each unit all who read it say what most of them said.
        Where they are even, they all say what raises alpha more. NaN where
        alpha is undefined now, or would be afterwards.
        """
        differing = self._differing[-1] - _within(self._differing, runs)
        after = [_alpha(self._total[-1], self._ones[-1] + _within(way, runs), differing) for way in self._ways]
        return np.asarray(np.fmax(*after) - self.value)  # one way may leave nothing that could differ


def _running(amounts: NDArray[np.number]) -> Array:
    return np.concatenate([[0.0], np.cumsum(amounts)])


def _within(running: Array, runs: NDArray[np.intp]) -> Array:
    return np.asarray(running[runs[:, 1]] - running[runs[:, 0]])


def _alpha(total: float, ones: Array | float, differing: Array | float) -> Array:
    by_chance = ones * (total - ones)
    return np.asarray(1 - divide((total - 1) * differing, np.where(by_chance > 1e-9, by_chance, 0)))
