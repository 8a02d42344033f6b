"""Necessity: whether an outcome is there only where a condition is, and whether that says anything."""

from collections.abc import Sequence

import pandas as pd

from workbench.errors import Problems
from workbench.theory_testing.lenses.qca.cases import FEWEST, NOT, Cases, read_cases
from workbench.theory_testing.lenses.qca.fit import relevance, sufficiency

COLUMNS = ("condition", "consistency", "coverage", "relevance", "note")
NECESSARY = 0.9
"""Consistency from which a condition is spoken of as necessary (Schneider & Wagemann 2012, ch. 5)."""
TRIVIAL = 0.5
"""Relevance below which a necessary condition says little: nearly every case has it, with or without the outcome."""


def necessity(cases: pd.DataFrame, outcome: str, conditions: Sequence[str]) -> pd.DataFrame:
    """Ask of each condition, and of its absence, whether the outcome is there only where it is.

    Parameters
    ----------
    cases : pandas.DataFrame
        As `truth_table` takes them; ten cases or more.
    outcome : str
        Column of the outcome; `~` before it asks about its absence.
    conditions : Sequence of str
        Columns of the conditions.

    Returns
    -------
    pandas.DataFrame
        One row a condition and one its absence (`~` before it): condition, consistency (share of the outcome that
        lies within the condition; high means that the outcome is hardly ever without it), coverage (share of the
        condition that lies within the outcome), relevance (RoN, 0 to 1; low means trivially necessary), note.

    Raises
    ------
    InputError
        As `truth_table`.

    References
    ----------
    Ragin (2008), Redesigning Social Inquiry, ch. 3; Schneider & Wagemann (2012), Set-Theoretic Methods, ch. 9.
    """
    return necessary(read_cases(cases, outcome, conditions, FEWEST, Problems()))


def necessary(cases: Cases) -> pd.DataFrame:
    """Return the table of `necessity` for cases that are read already."""
    found = []
    for place, name in enumerate(cases.conditions):
        for x, label in ((cases.x[:, place], name), (1 - cases.x[:, place], NOT + name)):
            # Necessary is the mirror of sufficient: the outcome within the condition.
            consistency, _, coverage = sufficiency(cases.y, x)
            found.append(
                (label, consistency, coverage, relevance(x, cases.y), _note(consistency, relevance(x, cases.y)))
            )
    return pd.DataFrame(found, columns=list(COLUMNS))


def _note(consistency: float, relevant: float) -> str:
    if consistency < NECESSARY:
        return ""
    return "necessary, but trivially: nearly every case has it" if relevant < TRIVIAL else "necessary"
