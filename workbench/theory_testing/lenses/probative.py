"""What a clue can teach: Van Evera's four tests, decibels, Bayes' rule over ranges."""

import math
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from workbench.errors import InputError
from workbench.estimates.estimate import Estimate, undefined

METHOD = "Bayes' rule over ranges"
RATIO = 2.0
"""How many times likelier one side must make what was seen, for a clue to be more than a straw in the wind."""
STRAW, HOOP, SMOKING_GUN, DECISIVE = "straw in the wind", "hoop", "smoking gun", "doubly decisive"
KINDS = (STRAW, HOOP, SMOKING_GUN, DECISIVE)
_NEARLY = 1e-9

Range = tuple[float, float]


class Judged(NamedTuple):
    """A clue that was looked for, as one analyst judges it.

    Parameters
    ----------
    if_true, if_false : tuple of (float, float)
        Lowest and highest probability to find it if the link holds, and if it does not.
    found : bool
        What came of the search.
    """

    if_true: Range
    if_false: Range
    found: bool = True

    @property
    def middle(self) -> tuple[float, float]:
        """The middles of the two ranges."""
        return sum(self.if_true) / 2, sum(self.if_false) / 2


def van_evera(sensitivity: float, false_positive: float) -> str:
    """Return which of Van Evera's four tests a clue is.

    Finding a *smoking gun* teaches much and its absence little; of a *hoop* it is the other way round; a *doubly
    decisive* clue teaches much either way, a *straw in the wind* little. Much is taken as at least a doubling of the
    odds, so that the borders are the rays that Humphreys & Jacobs draw: what is found is a smoking gun or doubly
    decisive from `sensitivity / false_positive` of 2 on, what is not found a hoop or doubly decisive from
    `(1 - false_positive) / (1 - sensitivity)` of 2 on. Where `sensitivity` is the lower one, the clue speaks against
    the link, and its kind is the one that it is for the opposite claim.

    Parameters
    ----------
    sensitivity, false_positive : float
        Probability to find the clue if the link holds, and if it does not.

    References
    ----------
    Van Evera (1997), Guide to Methods for Students of Political Science, pp. 31-32; Humphreys & Jacobs (2023),
    Integrated Inferences, ch. 5, figure "A mapping from the probability of observing a clue …".

    Examples
    --------
    >>> van_evera(0.4, 0.05), van_evera(0.95, 0.6)
    ('smoking gun', 'hoop')
    """
    _check(sensitivity, false_positive)
    high, low = max(sensitivity, false_positive), min(sensitivity, false_positive)
    if high == low:
        return STRAW
    if_found = high >= RATIO * low - _NEARLY
    if_not_found = 1 - low >= RATIO * (1 - high) - _NEARLY
    if if_found and if_not_found:
        return DECISIVE
    return SMOKING_GUN if if_found else HOOP if if_not_found else STRAW


def kinds(if_true: Range, if_false: Range) -> tuple[str, ...]:
    """Return every kind of test that a clue may be within its ranges, that of their middles first."""
    middle = van_evera(*Judged(if_true, if_false).middle)
    others = {van_evera(*corner) for corner in product(if_true, if_false)} - {middle}
    return (middle, *(kind for kind in KINDS if kind in others))


def decibels(p_if_true: float, p_if_false: float) -> float:
    """Return the weight of what was seen, in decibels: 10 times the common logarithm of the likelihood ratio.

    Parameters
    ----------
    p_if_true, p_if_false : float
        Probability of what was seen if the link holds, and if it does not; of a clue that was not found, these are 1
        minus its own.

    Returns
    -------
    float
        0 teaches nothing, 3 doubles the odds, 10 multiplies them by ten; below 0 it speaks against the link; infinite
        where one side made it impossible.

    References
    ----------
    Good (1950), Probability and the Weighing of Evidence; Fairfield & Charman (2017), Political Analysis 25(3).

    Examples
    --------
    >>> round(decibels(0.4, 0.05), 2)
    9.03
    """
    _check(p_if_true, p_if_false)
    if p_if_true == p_if_false == 0:
        raise InputError("what was seen cannot be impossible both if the link holds and if it does not")
    if p_if_false == 0:
        return math.inf
    return 10 * math.log10(p_if_true / p_if_false) if p_if_true else -math.inf


def weight(clue: Judged) -> Range:
    """Return the lowest and the highest decibels over the corners of a clue's ranges.

    Raises
    ------
    InputError
        If the ranges make what was seen impossible both ways.
    """
    held, failed = clue.if_true, clue.if_false
    if not clue.found:
        held, failed = (1 - held[1], 1 - held[0]), (1 - failed[1], 1 - failed[0])
    decibels(held[1], failed[1])
    low = decibels(held[0], failed[1]) if held[0] else -math.inf
    high = decibels(held[1], failed[0]) if failed[0] else math.inf if held[1] else -math.inf
    return low, high


def total_weight(clues: Iterable[Judged]) -> tuple[float, float, float]:
    """Return lowest, middle and highest decibels of independent clues together.

    The middle takes every range at its middle; it is NaN where that cannot be, and the ends then say all there is.
    """
    lows, middles, highs = [], [], []
    for clue in clues:
        low, high = weight(clue)
        held, failed = clue.middle if clue.found else tuple(1 - share for share in clue.middle)
        lows.append(low)
        highs.append(high)
        middles.append(decibels(held, failed))
    # One clue that settles it for, and one against, leave everything open: that is no number to be added up.
    low = -math.inf if -math.inf in lows else math.fsum(lows)
    high = math.inf if math.inf in highs else math.fsum(highs)
    both = -math.inf in middles and math.inf in middles
    return low, math.nan if both else sum(middles), high


def update(prior: float | Range, clues: Iterable[Judged]) -> Estimate:
    """Return the probability that a link holds after clues were looked for.

    Parameters
    ----------
    prior : float, or tuple of (float, float)
        Probability before, or its range; above 0 and below 1.
    clues : iterable of Judged
        Independent of each other: of clues that rest on the same words, give one.

    Returns
    -------
    Estimate
        `low` and `high` are the lowest and highest posterior over all corners of all ranges (so `level` is 1); `value`
        takes each range at its middle; `n` is the number of clues.

    Examples
    --------
    >>> round(update(0.74, [Judged((0.95, 0.95), (0.6, 0.6), found=False)]).value, 2)
    0.26
    """
    before = prior if isinstance(prior, tuple) else (prior, prior)
    if not 0 < before[0] <= before[1] < 1:
        raise InputError(f"prior is {prior}: a probability above 0 and below 1, as no evidence moves 0 or 1")
    clues = list(clues)
    try:
        low, middle, high = total_weight(clues)
    except InputError as error:
        return undefined(str(error), method=METHOD, n=len(clues), level=1.0)
    if math.isnan(middle):
        because = "one clue settles it for the link and another against it"
        return undefined(because, method=METHOD, n=len(clues), level=1.0)
    return Estimate(
        value=posterior(sum(before) / 2, middle), low=posterior(before[0], low), high=posterior(before[1], high),
        n=len(clues), method=METHOD, level=1.0,
    )  # fmt: skip


def posterior(prior: float, weighed: float) -> float:
    """Return the probability to which so many decibels move a prior."""
    if math.isinf(weighed):
        return 1.0 if weighed > 0 else 0.0
    odds = math.log(prior / (1 - prior)) + weighed / 10 * math.log(10)
    # Of the two forms, the one whose exponential cannot overflow.
    return 1 / (1 + math.exp(-odds)) if odds > 0 else math.exp(odds) / (1 + math.exp(odds))


def expected_learning(prior: float, if_true: float, if_false: float) -> float:
    """Return which share of the uncertainty (variance) a search for a clue is expected to take away.

    It tells apart what the likelihood ratio does not: a clue that is hardly ever there teaches little on average,
    however much it teaches once found.

    References
    ----------
    Humphreys & Jacobs (2023), Integrated Inferences, ch. 5 and 6: expected reduction in posterior variance.

    Examples
    --------
    >>> round(expected_learning(0.5, 0.099, 0.001), 2)
    0.05
    """
    _check(prior, if_true, if_false)
    found = prior * if_true + (1 - prior) * if_false
    if found in (0, 1) or prior in (0, 1):
        return 0.0
    return prior * (1 - prior) * (if_true - if_false) ** 2 / (found * (1 - found))


def together(judged: Iterable[Judged]) -> Judged:
    """Return one clue as several analysts judge it together: the average of their middles.

    Where it is not certain what kind of test a clue is, its probabilities are averaged, not the beliefs that each kind
    would lead to (Humphreys & Jacobs 2023, ch. 5: 3/4, not 5/6).
    """
    given = list(judged)
    held, failed = (math.fsum(one.middle[side] for one in given) / len(given) for side in (0, 1))
    return Judged((held, held), (failed, failed), given[0].found)


def _check(*probabilities: float) -> None:
    wrong = [str(one) for one in probabilities if not 0 <= one <= 1]
    if wrong:
        raise InputError(f"a probability lies between 0 and 1, not {', '.join(wrong)}")
