"""Boolean minimisation: the shortest expressions that say which configurations are sufficient."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from workbench.errors import InputError, Problem

ANY = "-"
MOST_MODELS = 12
"""Equally short models that are listed; that there are more is told."""


@dataclass(frozen=True, kw_only=True)
class Minimised:
    """The shortest expressions for some configurations.

    Parameters
    ----------
    primes : tuple of str
        Every prime implicant that covers a configuration given as sufficient: `1` with a condition, `0` without it,
        `-` either way.
    models : tuple of tuple of str
        Each a way to cover all of them with the fewest primes; more than one is model ambiguity. None where there is
        nothing to cover.
    more : bool
        There are more models than are listed.
    """

    primes: tuple[str, ...]
    models: tuple[tuple[str, ...], ...]
    more: bool = False


def minimise(sufficient: Collection[str], remainders: Collection[str] = (), *, most: int = MOST_MODELS) -> Minimised:
    """Return the shortest expressions that cover all sufficient configurations and none that is neither given.

    Parameters
    ----------
    sufficient : Collection of str
        Configurations to cover, one digit a condition: `10101`.
    remainders : Collection of str
        Configurations that may be covered where it makes the expression shorter. None gives the conservative
        solution, all that nobody saw the parsimonious one.
    most : int
        Models that are listed at most.

    Returns
    -------
    Minimised
        Primes by the Quine-McCluskey procedure; of the prime implicant chart, all covers with the fewest primes.

    Raises
    ------
    InputError
        If configurations differ in length, have other digits, or are given as both.

    References
    ----------
    McCluskey (1956), Bell System Technical Journal 35; Ragin (1987), The Comparative Method, ch. 6; Dusa (2019), QCA
    with R, ch. 8; Baumgartner & Thiem (2017), Sociological Methods & Research 46, on ambiguity.

    Examples
    --------
    >>> minimise(["11", "10"]).models
    (('1-',),)
    """
    _check(sufficient, remainders)
    found = prime_implicants([*sufficient, *remainders])
    primes = [prime for prime in found if any(covers(prime, row) for row in sufficient)]
    models, more = _covers(primes, sorted(set(sufficient)), most) if sufficient else ([], False)
    return Minimised(primes=tuple(primes), models=tuple(sorted(models, key=_by_length)), more=more)


def covers(term: str, row: str) -> bool:
    """Return whether a configuration is one of those that the term names."""
    return all(wanted in (ANY, digit) for wanted, digit in zip(term, row, strict=True))


def prime_implicants(rows: Iterable[str]) -> list[str]:
    """Return the terms that cover only these configurations and cannot be shortened, those of few conditions first."""
    level, primes = set(rows), set[str]()
    while level:
        merged, used = set[str](), set[str]()
        for term in level:
            for place, digit in enumerate(term):
                other = f"{term[:place]}1{term[place + 1 :]}"
                if digit == "0" and other in level:
                    merged.add(f"{term[:place]}{ANY}{term[place + 1 :]}")
                    used |= {term, other}
        primes |= level - used
        level = merged
    return sorted(primes, key=_term_order)


def _check(sufficient: Collection[str], remainders: Collection[str]) -> None:
    rows = [*sufficient, *remainders]
    odd = sorted({row for row in rows if set(row) - {"0", "1"} or len(row) != len(rows[0])})
    if odd:
        what, remedy = f"{odd[0]!r} is no configuration", "Write one digit, 0 or 1, for each condition: 10101"
        raise InputError(Problem(place="minimise", what=what, remedy=remedy))
    both = sorted(set(sufficient) & set(remainders))
    if both:
        what, remedy = f"{both[0]!r} is given as sufficient and as remainder", "Give each configuration once"
        raise InputError(Problem(place="minimise", what=what, remedy=remedy))


def _covers(primes: Sequence[str], rows: Sequence[str], most: int) -> tuple[list[tuple[str, ...]], bool]:
    """Return the smallest sets of primes that cover every row, and whether there are more of them."""
    chart = np.array([[covers(prime, row) for prime in primes] for row in rows])
    needed = chart[chart.sum(axis=1) == 1].any(axis=0)
    left, free = ~chart[:, needed].any(axis=1), np.flatnonzero(~needed).tolist()
    kept = [primes[place] for place in np.flatnonzero(needed).tolist()]
    if not left.any():
        return [tuple(kept)], False
    sets, more = _smallest(chart[left][:, free], most)
    return [tuple(sorted(chain(kept, (primes[free[i]] for i in one)), key=_term_order)) for one in sets], more


def _smallest(chart: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]", most: int) -> tuple[list[list[int]], bool]:
    """Return the smallest sets of columns that cover every row: each once, until the next would be larger."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    count = chart.shape[1]
    found: list[list[int]] = []
    limits = [LinearConstraint(chart.astype(float), lb=1)]
    while True:
        solved = milp(np.ones(count), integrality=np.ones(count, dtype=int), bounds=Bounds(0, 1), constraints=limits)
        chosen = [] if solved.x is None else np.flatnonzero(np.asarray(solved.x) > 0.5).tolist()
        if not chosen or (found and len(chosen) > len(found[0])):
            return found, False
        if len(found) == most:
            return found, True
        found.append(chosen)
        # Once more, without this set.
        limits.append(LinearConstraint(np.isin(np.arange(count), chosen).astype(float), ub=len(chosen) - 1))


def _term_order(term: str) -> tuple[int, list[int]]:
    return -term.count(ANY), ["10-".index(digit) for digit in term]


def _by_length(model: tuple[str, ...]) -> tuple[int, list[tuple[int, list[int]]]]:
    return sum(len(term) - term.count(ANY) for term in model), [_term_order(term) for term in model]
