"""The configurations that cases show, and which of them are sufficient under the rule that is set."""

from dataclasses import dataclass, replace

from workbench.errors import Problems
from workbench.theory_testing.lenses.qca.cases import Cases, named
from workbench.theory_testing.lenses.qca.fit import Fit, sufficiency

SUFFICIENT, NOT_SUFFICIENT, TOO_FEW = "sufficient", "not sufficient", "too few cases"
_NEARLY = 1e-9
"""So that a consistency of 0.8 that floats write as 0.7999… reaches a cut of 0.8."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a configuration is called sufficient.

    Parameters
    ----------
    cut : float
        Lowest consistency.
    pri : float or None
        Lowest PRI; None asks for none.
    least : int
        Fewest cases; a configuration of fewer is taken as not seen.
    """

    cut: float
    pri: float | None
    least: int

    def check(self, problems: Problems) -> None:
        """Note what cannot be used."""
        if not 0 < self.cut <= 1:
            problems.add("cut", f"is {self.cut}", remedy="Give more than 0 and at most 1; 0.75 is the lowest in use")
        if self.pri is not None and not 0 <= self.pri <= 1:
            problems.add("pri", f"is {self.pri}", remedy="Give 0 to 1, or None for no such rule")
        if self.least < 1:
            problems.add("least", f"is {self.least}", remedy="Give 1 or more cases")

    def met(self, fit: Fit) -> bool:
        """Return whether a configuration fits well enough."""
        reached = fit.consistency >= self.cut - _NEARLY
        return reached and (self.pri is None or fit.pri >= self.pri - _NEARLY)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A configuration with the cases that are more in it than out.

    Parameters
    ----------
    row : str
        One digit a condition, `10101`.
    cases, with_outcome, without : tuple of str
        Cases of the row; those of them more in the outcome than out; those more out than in.
    fit : Fit
        Over all cases, each with its membership in the row.
    status : str
        SUFFICIENT, NOT_SUFFICIENT or TOO_FEW.
    note : str
        What must be read with it.
    """

    row: str
    cases: tuple[str, ...]
    with_outcome: tuple[str, ...]
    without: tuple[str, ...]
    fit: Fit
    status: str
    note: str

    @property
    def contradictory(self) -> bool:
        """Whether some of its cases are more in the outcome, and some more out of it."""
        return bool(self.with_outcome and self.without)


def observed(cases: Cases, rule: Rule) -> list[Row]:
    """Return every configuration that a case lies in, the sufficient first, then by consistency."""
    shows, lacks = frozenset(cases.inside(cases.y)), frozenset(cases.inside(1 - cases.y))
    rows = [_row(cases, digits, rule, shows, lacks) for digits in cases.rows()]
    order = (SUFFICIENT, NOT_SUFFICIENT, TOO_FEW)
    return sorted(rows, key=lambda row: (order.index(row.status), -row.fit.consistency))


def _row(cases: Cases, digits: str, rule: Rule, shows: frozenset[str], lacks: frozenset[str]) -> Row:
    membership = cases.within(digits)
    own = cases.inside(membership)
    fit = sufficiency(membership, cases.y)
    status = TOO_FEW if len(own) < rule.least else SUFFICIENT if rule.met(fit) else NOT_SUFFICIENT
    row = Row(
        row=digits,
        cases=own,
        with_outcome=tuple(case for case in own if case in shows),
        without=tuple(case for case in own if case in lacks),
        fit=fit,
        status=status,
        note="",
    )
    return replace(row, note=_note(cases, row, rule))


def _note(cases: Cases, row: Row, rule: Rule) -> str:
    said = []
    if row.status == TOO_FEW:
        said.append(f"fewer than {rule.least} cases: taken as not seen")
    if row.contradictory:
        said.append(
            f"contradictory: {cases.outcome} in {named(row.with_outcome)}, not in {named(row.without)}; see what they "
            "differ in"
        )
    elif row.status == SUFFICIENT and row.without:
        said.append(f"sufficient by its consistency, though more out of {cases.outcome} than in: {named(row.without)}")
    if row.status == NOT_SUFFICIENT and row.fit.consistency >= rule.cut - _NEARLY:
        said.append("consistent, but its PRI is too low: it goes with the absence nearly as much")
    return "; ".join(said)
