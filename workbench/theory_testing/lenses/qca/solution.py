"""Solutions of a truth table: the shortest expressions for its sufficient configurations, and how well they fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from workbench.theory_testing.lenses.qca.cases import Cases
from workbench.theory_testing.lenses.qca.fit import Fit, sufficiency
from workbench.theory_testing.lenses.qca.minimise import covers, minimise
from workbench.theory_testing.lenses.qca.observed import NOT_SUFFICIENT, SUFFICIENT, Row


@dataclass(frozen=True, kw_only=True)
class Term:
    """One combination of a model.

    Parameters
    ----------
    term : str
        `1-0`.
    fit : Fit
        Its coverage is the raw coverage.
    unique : float
        Coverage that the model would lose without it.
    """

    term: str
    fit: Fit
    unique: float


@dataclass(frozen=True, kw_only=True)
class Model:
    """One shortest expression.

    Parameters
    ----------
    terms : tuple of Term
        Its combinations; one of them is enough.
    fit : Fit
        Of the expression as a whole.
    assumed : tuple of str
        Configurations that nobody saw and that it takes as sufficient: its simplifying assumptions.
    """

    terms: tuple[Term, ...]
    fit: Fit
    assumed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Solution:
    """All shortest expressions, conservative or parsimonious.

    Parameters
    ----------
    models : tuple of Model
        None where no configuration is sufficient.
    more : bool
        There are more than are listed.
    """

    models: tuple[Model, ...]
    more: bool


def conservative(cases: Cases, rows: Sequence[Row]) -> Solution:
    """Return the shortest expressions for what was seen to be sufficient, and nothing else."""
    return _solve(cases, rows, ())


def parsimonious(cases: Cases, rows: Sequence[Row]) -> Solution:
    """Return the shortest expressions when configurations that nobody saw may be taken as sufficient."""
    return _solve(cases, rows, remainders(cases, rows))


def remainders(cases: Cases, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the configurations that no case, or too few cases, lie in."""
    seen = {row.row for row in rows if row.status in (SUFFICIENT, NOT_SUFFICIENT)}
    every = ("".join(digits) for digits in product("10", repeat=len(cases.conditions)))
    return tuple(row for row in every if row not in seen)


def _solve(cases: Cases, rows: Sequence[Row], unseen: Sequence[str]) -> Solution:
    found = minimise([row.row for row in rows if row.status == SUFFICIENT], unseen)
    return Solution(models=tuple(_model(cases, terms, unseen) for terms in found.models), more=found.more)


def _model(cases: Cases, terms: tuple[str, ...], unseen: Sequence[str]) -> Model:
    whole = sufficiency(cases.within_any(terms), cases.y)
    parts = []
    for term in terms:
        others = sufficiency(cases.within_any(other for other in terms if other != term), cases.y)
        # Never below nothing, where floats differ in the last digit.
        unique = max(whole.coverage - others.coverage, 0.0)
        parts.append(Term(term=term, fit=sufficiency(cases.within(term), cases.y), unique=unique))
    assumed = tuple(row for row in unseen if any(covers(term, row) for term in terms))
    return Model(terms=tuple(parts), fit=whole, assumed=assumed)
