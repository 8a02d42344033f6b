"""A number with its uncertainty, or the reason why there is none."""

from dataclasses import dataclass

from workbench.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One number, its interval, and how it was made.

    Parameters
    ----------
    value, low, high : float or None
        The estimate and its interval. Shares run from 0 to 1. An interval may
        be open on one side (`low` or `high` infinite or None).
    n : int or float
        How many people, turns or events it rests on.
    method : str
        Named as in the literature: `wilson`, `newcombe`, ….
    level : float
        Coverage as a share: 0.95, not 95.
    undefined_because : str or None
        Given exactly when `value` is None.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: float
    method: str
    level: float = 0.95
    undefined_because: str | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.undefined_because is not None):
            raise InputError(f"{self.method}: a value is None exactly when undefined_because is given")

    def __str__(self) -> str:
        if self.value is None:
            return f"undefined: {self.undefined_because}"
        low = "…" if self.low is None else f"{self.low:.3f}"
        high = "…" if self.high is None else f"{self.high:.3f}"
        return f"{self.value:.3f} ({low} to {high}, n={self.n:g})"


def undefined(because: str, *, method: str, n: float = 0, level: float = 0.95) -> Estimate:
    """Return an estimate without a value, with its reason."""
    return Estimate(value=None, n=n, method=method, level=level, undefined_because=because)
