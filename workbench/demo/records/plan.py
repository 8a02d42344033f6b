"""What is planted in the fictional records: every share, gap and delay, in one place.

No number here describes a real force. The volumes keep the proportions that
public sources give for the three schemes; all else is chosen so that a
reader can check whether an analysis finds what was put in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

FIRST_DAY = "2021-10-01"
COHORT_END = "2022-09-30"
EXTRACT_DAY = "2023-03-31"
"""Nothing after this day is known: late contacts are too recent to have come far."""

BANNER = "FICTIONAL DATA - made for demonstration; no real person, case or event"

ETHNIC_CODES: Mapping[str, tuple[tuple[str, ...], tuple[float, ...]]] = {
    "White": (("W1", "W2", "W3", "W9"), (0.87, 0.02, 0.01, 0.10)),
    "Mixed": (("M1", "M2", "M3", "M9"), (0.50, 0.12, 0.20, 0.18)),
    "Asian": (("A1", "A2", "A3", "A4", "A9"), (0.27, 0.40, 0.14, 0.04, 0.15)),
    "Black": (("B1", "B2", "B9"), (0.45, 0.35, 0.20)),
    "Other": (("O2", "O9"), (0.30, 0.70)),
}
"""18+1 codes in each group, and their shares."""

OFFICER_SEES: Mapping[str, Mapping[str, float]] = {
    "White": {"1": 0.90, "2": 0.07, "0": 0.03},
    "Mixed": {"3": 0.50, "1": 0.32, "4": 0.10, "6": 0.05, "0": 0.03},
    "Asian": {"4": 0.93, "6": 0.02, "5": 0.02, "0": 0.03},
    "Black": {"3": 0.95, "4": 0.02, "0": 0.03},
    "Other": {"6": 0.45, "5": 0.20, "4": 0.15, "1": 0.17, "0": 0.03},
}
"""Self-defined group, and the 6+1 code that the officer writes. The 6+1 codes have no mixed group."""


@dataclass(frozen=True, kw_only=True)
class SchemePlan:
    """One scheme.

    Parameters
    ----------
    offered, accepted, referred, assessed, completed : float
        Share of those who reached the stage before, for people without a planted gap.
    assessed_in_time : float
        Share of the assessments that take place within 14 days of the referral.
    """

    force: str
    scheme: str
    prefix: str
    share: float
    ethnicity: Mapping[str, float]
    group_2: float
    arrested: float
    offered: float
    accepted: float
    referred: float
    assessed: float
    completed: float
    assessed_in_time: float


DURHAM = SchemePlan(
    force="Durham", scheme="durham", prefix="DU", share=0.12,
    ethnicity={"White": 0.92, "Mixed": 0.02, "Asian": 0.03, "Black": 0.02, "Other": 0.01},
    group_2=0.40, arrested=0.75, offered=0.58, accepted=0.85, referred=0.97, assessed=0.80, completed=0.70,
    assessed_in_time=0.90,
)  # fmt: skip
THAMES_VALLEY = SchemePlan(
    force="Thames Valley", scheme="thames-valley", prefix="TV", share=0.28,
    ethnicity={"White": 0.70, "Mixed": 0.05, "Asian": 0.13, "Black": 0.10, "Other": 0.02},
    group_2=0.06, arrested=0.22, offered=0.62, accepted=0.88, referred=0.96, assessed=0.62, completed=0.74,
    assessed_in_time=0.55,
)  # fmt: skip
WEST_MIDLANDS = SchemePlan(
    force="West Midlands", scheme="west-midlands", prefix="WM", share=0.60,
    ethnicity={"White": 0.56, "Mixed": 0.06, "Asian": 0.19, "Black": 0.16, "Other": 0.03},
    group_2=0.0, arrested=0.10, offered=0.72, accepted=0.93, referred=0.97, assessed=0.72, completed=0.80,
    assessed_in_time=0.90,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is planted.

    Parameters
    ----------
    gaps : Mapping[str, Mapping[str, float]]
        Stage to ethnic group to the difference in its share, in parts of one; groups not named have none.
    not_stated_diverted, not_stated_others : float
        Share without a self-defined ethnicity among those diverted and the others.
    not_stated_black_factor : float
        How many times as often it is missing for people whom the officer wrote down as Black.
    advice_at_start, advice_at_end : float
        Share of West Midlands assessments with advice recorded, in the first and the last month of the cohort year.
    offered_under_bar : float
        Share offered again in the West Midlands within 12 months of not engaging, which the manual rules out.
    """

    schemes: tuple[SchemePlan, ...] = (DURHAM, THAMES_VALLEY, WEST_MIDLANDS)
    gaps: Mapping[str, Mapping[str, float]] = field(
        default_factory=lambda: {"offered": {"Black": -0.06}, "completed": {"Asian": -0.04}}
    )
    not_stated_diverted: float = 0.13
    not_stated_others: float = 0.26
    not_stated_black_factor: float = 1.6
    advice_at_start: float = 0.95
    advice_at_end: float = 0.70
    offered_under_bar: float = 0.08
    recent: float = 0.15
    repeats: float = 0.06
    under_18: float = 0.03
    short_sessions: float = 0.12
    repeated_rows: float = 0.015
