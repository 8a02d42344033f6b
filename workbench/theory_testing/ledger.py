"""The evidence ledger: who speaks for, against or qualifies each link."""

import pandas as pd

from workbench.coding import Store
from workbench.theory import Theory

FOR, AGAINST, QUALIFIES = "for", "against", "qualifies"
_SIDES = {"supports": FOR, "contradicts": AGAINST, "qualifies": QUALIFIES}


def ledger(theory: Theory, store: Store) -> pd.DataFrame:
    """Return one row a coding that people made of a link of the theory.

    Returns
    -------
    pandas.DataFrame
        link, side (for, against, qualifies; missing where no stance was given), person, role, scheme, document, turn,
        coder, id, quote.
    """
    codings = store.codings()
    links = codings["code"].isin(list(theory.links))
    rows = codings[links & (codings["origin"] == "human") & (codings["role"] != "interviewer")]
    rows = rows.assign(link=rows["code"], side=rows["stance"].map(_SIDES))
    columns = ["link", "side", "person", "role", "scheme", "document", "turn", "coder", "id", "quote"]
    return rows[columns].reset_index(drop=True)


def people(rows: pd.DataFrame) -> pd.DataFrame:
    """Reduce a ledger to one row a person and link, however many passages and coders.

    A person whose passages point both ways qualifies the link: saying more
    often is not more evidence, and an inner contradiction is kept as such.

    Returns
    -------
    pandas.DataFrame
        link, person, role, scheme, side.
    """
    stated = rows.dropna(subset=["side"])
    if stated.empty:
        return pd.DataFrame(columns=["link", "person", "role", "scheme", "side"])
    groups = stated.groupby(["link", "person", "role", "scheme"], dropna=False)["side"]
    return groups.agg(_one_side).reset_index()


def _one_side(sides: "pd.Series[str]") -> str:
    said = set(sides)
    return said.pop() if len(said) == 1 else QUALIFIES
