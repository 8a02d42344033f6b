"""The evidence ledger: who speaks for, against or qualifies each link."""

import pandas as pd

from workbench.coding import Store
from workbench.theory import Theory

FOR, AGAINST, QUALIFIES, BOTH, DIFFER = "for", "against", "qualifies", "both", "coders differ"
_SIDES = {"supports": FOR, "contradicts": AGAINST, "qualifies": QUALIFIES}
_NOT_ASKED = ("interviewer", "unknown", "")


def speakers(store: Store) -> pd.DataFrame:
    """Return the people whose talk may count, one a row: person, role, scheme.

    Those of a known role, in transcripts that at least one coder has
    finished: numerator and denominator of every count are taken from them.
    """
    turns = store.turns()
    read = turns["document"].isin(set(store.read_by()["document"]))
    known = turns[read & ~turns["role"].fillna("").isin(_NOT_ASKED)]
    return known[["person", "role", "scheme"]].drop_duplicates("person").reset_index(drop=True)


def ledger(theory: Theory, store: Store) -> pd.DataFrame:
    """Return one row a coding that people made of a link of the theory, in the talk of `speakers`.

    Returns
    -------
    pandas.DataFrame
        link, side (for, against, qualifies; missing where no stance was given), person, role, scheme, document, turn,
        coder, id, quote.
    """
    codings = store.codings()
    counted = codings["code"].isin(list(theory.links)) & codings["person"].isin(set(speakers(store)["person"]))
    rows = codings[counted & (codings["origin"] == "human")]
    rows = rows.assign(link=rows["code"], side=rows["stance"].map(_SIDES))
    columns = ["link", "side", "person", "role", "scheme", "document", "turn", "coder", "id", "quote"]
    return rows[columns].reset_index(drop=True)


def people(rows: pd.DataFrame) -> pd.DataFrame:
    """Reduce a ledger to one row a person and link, however many passages and coders.

    What coders made of one turn is settled first: where their stances differ
    the turn says nothing until they have talked about it. A person whose
    turns point both ways is on both sides: saying more often is not more
    evidence, and an inner contradiction is kept as such.

    Returns
    -------
    pandas.DataFrame
        link, person, role, scheme, side (for, against, qualifies, both, coders differ).
    """
    stated = rows.dropna(subset=["side"])
    if stated.empty:
        return pd.DataFrame(columns=["link", "person", "role", "scheme", "side"])
    who = ["link", "person", "role", "scheme"]
    marks = stated.groupby([*who, "turn", "coder"], dropna=False)["side"].agg(_together).reset_index()
    turns = marks.groupby([*who, "turn"], dropna=False)["side"].agg(_settled).reset_index()
    return turns.groupby(who, dropna=False)["side"].agg(_together).reset_index()


def _settled(sides: "pd.Series[str]") -> str:
    """What coders make of one turn together: one view, a qualified one, or none while they differ."""
    said = set(sides)
    if len(said) == 1:
        return said.pop()
    return QUALIFIES if said == {FOR, QUALIFIES} else DIFFER


def _together(sides: "pd.Series[str]") -> str:
    """What several passages say together; a plain side needs every one of them to be plain, against outweighs doubt."""
    said = set(sides) - {DIFFER}
    if not said:
        return DIFFER
    if BOTH in said or {FOR, AGAINST} <= said:
        return BOTH
    return said.pop() if len(said) == 1 else (AGAINST if AGAINST in said else QUALIFIES)
