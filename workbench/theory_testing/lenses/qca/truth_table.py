"""The truth table: every combination of conditions that cases show, and how consistently it goes with an outcome."""

from collections.abc import Sequence

import pandas as pd

from workbench.errors import Problems
from workbench.finding import Finding
from workbench.provenance import Provenance, hash_text
from workbench.theory_testing.lenses.qca.cases import Cases, fewest_cases, read_cases
from workbench.theory_testing.lenses.qca.necessity import necessary
from workbench.theory_testing.lenses.qca.observed import Row, Rule, observed
from workbench.theory_testing.lenses.qca.sentences import notes, statements

CUT, PRI, LEAST = 0.8, 0.5, 1
COLUMNS = (
    "configuration", "row", "n", "with_outcome", "cases", "consistency", "pri", "status", "method", "note",
)  # fmt: skip
METHOD = "fuzzy-set QCA"


def truth_table(
    cases: pd.DataFrame,
    outcome: str,
    conditions: Sequence[str],
    *,
    cut: float = CUT,
    pri: float | None = PRI,
    least: int = LEAST,
) -> Finding:
    """Make a truth table, put its sufficient rows in short, and ask which conditions are necessary.

    Cases are areas, teams or courses: a handful of schemes cannot carry QCA and is refused.

    Parameters
    ----------
    cases : pandas.DataFrame
        One row a case; memberships from 0 to 1, by judgement or from `calibrate`. Ids stand in the first column where
        it is neither outcome nor condition, or in the index where that holds text and the first column does not;
        without either, cases are numbered. Other columns are left alone.
    outcome : str
        Column of the outcome; `~` before it asks what goes with its absence.
    conditions : Sequence of str
        Columns of the conditions, eight at most.
    cut : float
        Consistency from which a row is sufficient.
    pri : float or None
        PRI that it must have besides. From 0.5 on no row goes with the outcome and with its absence alike, which
        consistency alone allows with fuzzy memberships. None asks for none.
    least : int
        Fewest cases of a row; one with fewer is taken as not seen.

    Returns
    -------
    Finding
        One row a configuration that some case lies in (membership above 0.5), the sufficient ones first, then by
        consistency: configuration (`trained*~staffed`), row (its digits), n (cases in it), with_outcome (those of
        them more in the outcome than out), cases, consistency (share of the row that lies within the outcome), pri,
        status (sufficient, not sufficient, too few cases), method, note. Statements give the conservative and the
        parsimonious solution with all equally short models, the fit of each term, the cases that no term explains,
        the assumptions made, whether another cut changes it, and necessity. `trace(row)` gives the case ids.

    Raises
    ------
    InputError
        Every problem at once: fewer cases than `fewest_cases` (half as many as configurations, ten at least);
        columns that are not there, given twice, text, constant, with missing values or outside 0 to 1; an outcome
        among the conditions; two cases of one name.

    References
    ----------
    Ragin (2008), Redesigning Social Inquiry, ch. 7; Schneider & Wagemann (2012), Set-Theoretic Methods; Dusa (2019),
    QCA with R.
    """
    problems = Problems()
    rule = Rule(cut=cut, pri=pri, least=least)
    rule.check(problems)
    number = 1 if isinstance(conditions, str) else len(conditions)
    given = read_cases(cases, outcome, conditions, fewest_cases(number), problems)
    rows = observed(given, rule)
    return Finding(
        name="lens-qca",
        title=f"Which combinations of conditions go with {given.outcome}?",
        table=pd.DataFrame([_line(given, row) for row in rows], columns=list(COLUMNS)),
        statements=statements(given, rows, rule, necessary(given)),
        notes=notes(given, rows, rule),
        provenance=Provenance(
            call=f"truth_table(cases, {outcome!r}, {list(given.conditions)!r}, cut={cut}, pri={pri}, least={least})",
            inputs={"cases": hash_text(_fingerprint(given))},
        ),
        evidence=lambda row: rows[row].cases,
    )


def _line(cases: Cases, row: Row) -> tuple[object, ...]:
    return (
        cases.words(row.row), row.row, len(row.cases), len(row.with_outcome), "; ".join(row.cases),
        row.fit.consistency, row.fit.pri, row.status, METHOD, row.note,
    )  # fmt: skip


def _fingerprint(cases: Cases) -> str:
    """Return what went in, the same in any order of cases."""
    values = zip(cases.ids, cases.x.tolist(), cases.y.tolist(), strict=True)
    return "\n".join(sorted(f"{case}\t{x}\t{y}" for case, x, y in values))
