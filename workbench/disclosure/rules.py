"""What may leave, as a value that is passed in: nothing here is a global setting."""

from dataclasses import asdict, dataclass
from typing import Any

from workbench.errors import Problems


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The disclosure rules of one release.

    Parameters
    ----------
    threshold : int
        Counts from 1 to threshold - 1 are withheld. A true zero is shown.
    rounding : int
        Shown counts are rounded to the nearest multiple. 1 leaves them as they are.
    quote_group : int
        A quote is attributed to a group of people only if the group has at least this many.
    margin : str
        Name of the group that holds everybody; its row is a published total.

    Raises
    ------
    InputError
        If the numbers cannot work together: a rounding above the threshold
        could turn a shown count into zero.

    References
    ----------
    Griffiths et al. (2019), Handbook on Statistical Disclosure Control for
    Outputs (SDAP): a threshold of 10 is usual.
    """

    threshold: int = 10
    rounding: int = 5
    quote_group: int = 3
    margin: str = "All"

    def __post_init__(self) -> None:
        problems = Problems()
        if self.threshold < 2:
            problems.add("rules", f"threshold={self.threshold} protects nobody", remedy="Use 2 or more; 10 is usual")
        if not 1 <= self.rounding <= max(self.threshold, 1):
            problems.add("rules", f"rounding={self.rounding} is not between 1 and the threshold {self.threshold}")
        if self.quote_group < 2:
            problems.add("rules", f"quote_group={self.quote_group} would name a single person", remedy="Use 2 or more")
        problems.raise_if_any()

    def is_small(self, count: float) -> bool:
        """Return whether a count is neither zero nor at the threshold or above it."""
        return 0 < count < self.threshold

    def rounded(self, count: float) -> int:
        """Return a count rounded to the nearest multiple; a half goes up."""
        return int((count + self.rounding / 2) // self.rounding * self.rounding)

    def to_dict(self) -> dict[str, Any]:
        """Return plain types, for the record beside the files."""
        return asdict(self)
