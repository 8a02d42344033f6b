"""Who may be counted, and what each of them says once coders are settled."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from workbench.coding.store import Store

DIFFER = "coders differ"
"""Says nothing yet: coders must talk about it first."""

_NOT_ASKED = ("interviewer", "unknown", "")

Rule = Callable[[frozenset[str]], str]
"""Several different stances, and what they make together."""


def speakers(store: "Store") -> pd.DataFrame:
    """Return the people whose talk may count, one a row: person, role, scheme.

    Those of a known role, in transcripts that at least one coder has
    finished: numerator and denominator of every count are taken from them.
    """
    turns = store.turns()
    read = turns["document"].isin(set(store.read_by()["document"]))
    known = turns[read & ~turns["role"].fillna("").isin(_NOT_ASKED)]
    return known[["person", "role", "scheme"]].drop_duplicates("person").reset_index(drop=True)


def settle(codings: pd.DataFrame, who: Sequence[str], *, together: Rule, between: Rule) -> pd.DataFrame:
    """Reduce codings to one stance for each of `who`, however many passages and coders.

    What coders make of one turn is settled first. Turns on which they differ
    say nothing, unless there are no others.

    Parameters
    ----------
    codings : pandas.DataFrame
        Columns of `who`, and document, turn, coder and stance; rows without a
        stance are left out.
    who : Sequence[str]
        What is one, such as code and person.
    together : Rule
        What different stances of one coder in one turn make, and of one person
        in several turns. `DIFFER` never reaches it.
    between : Rule
        What different stances of several coders on one turn make; `DIFFER`
        where they must talk about it.

    Returns
    -------
    pandas.DataFrame
        Columns of `who`, and stance: as the rules give it, or `DIFFER`.
    """
    stated = codings.dropna(subset=["stance"])
    if stated.empty:
        return pd.DataFrame(columns=[*who, "stance"])
    turn = [*who, "document", "turn"]
    for by, rule in (([*turn, "coder"], together), (turn, between), (list(who), together)):
        stated = stated.groupby(by, dropna=False)["stance"].agg(_under(rule)).reset_index()
    return stated


def _under(rule: Rule) -> "Callable[[pd.Series[str]], str]":
    """Return the reduction of several stances to one; only different ones need a rule."""

    def one(stances: "pd.Series[str]") -> str:
        said = frozenset(stances) - {DIFFER}
        if not said:
            return DIFFER
        return next(iter(said)) if len(said) == 1 else rule(said)

    return one
