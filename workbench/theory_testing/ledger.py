"""The evidence ledger: who speaks for, against or qualifies each link."""

import pandas as pd

from workbench.coding.settle import DIFFER, CodedTalk, Decided, decided, settle, speakers
from workbench.theory import Theory

FOR, AGAINST, QUALIFIES, BOTH = "for", "against", "qualifies", "both"
_SIDES = {"supports": FOR, "contradicts": AGAINST, "qualifies": QUALIFIES}


def ledger(theory: Theory, store: CodedTalk, settled: Decided | None = None) -> pd.DataFrame:
    """Return one row a coding that people made of a link of the theory, in the talk of `speakers`.

    Where coders' differences were settled, the decision is what is said: see `settled`, by default
    `workbench.coding.settle.decided(store)`.

    Returns
    -------
    pandas.DataFrame
        link, side (for, against, qualifies; missing where no stance was given), person, role, scheme, document, turn,
        coder, id, quote.
    """
    codings = (settled or decided(store)).codings
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
    return _settle(rows, ["link", "person", "role", "scheme"])


def passages(rows: pd.DataFrame) -> pd.DataFrame:
    """Settle a ledger turn by turn: what the coders together make of each.

    Returns
    -------
    pandas.DataFrame
        link, person, passage (the turn), side (for, against, qualifies, both, coders differ).
    """
    return _settle(rows.assign(passage=rows["turn"]), ["link", "person", "passage"])


def _settle(rows: pd.DataFrame, who: list[str]) -> pd.DataFrame:
    sided = rows.drop(columns="stance", errors="ignore").rename(columns={"side": "stance"})
    return settle(sided, who, together=_together, between=_between).rename(columns={"stance": "side"})


def _between(said: frozenset[str]) -> str:
    """Make one of two coders' views of a turn: a qualified one, or none while they differ."""
    return QUALIFIES if said == {FOR, QUALIFIES} else DIFFER


def _together(said: frozenset[str]) -> str:
    """Make one of what several passages say: both ways, or the side that is not plainly for."""
    if BOTH in said or {FOR, AGAINST} <= said:
        return BOTH
    return AGAINST if AGAINST in said else QUALIFIES
