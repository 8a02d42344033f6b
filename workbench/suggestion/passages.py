"""Which turns suggestions are about, and what people have said of them."""

import pandas as pd

from workbench.coding import Store
from workbench.corpus import Corpus
from workbench.pseudonymisation import without_pseudonyms

SHORTEST = 5
"""Words; shorter turns ("yeah, definitely") carry no meaning of their own."""


def talk(corpus: Corpus) -> pd.DataFrame:
    """Return the turns that can be coded: all but the interviewers', of at least `SHORTEST` words, index 0..n-1.

    Their `text` is for machines to read, with plain words for pseudonyms; `start` and `end` mean the document's own.
    """
    turns = corpus.turns
    said = turns[(turns["role"] != "interviewer") & (turns["words"] >= SHORTEST)].reset_index(drop=True)
    return said.assign(text=said["text"].map(without_pseudonyms))


def labels(turns: pd.DataFrame, store: Store) -> pd.DataFrame:
    """Return what people's codings say of each turn that somebody has finished reading.

    Returns
    -------
    pandas.DataFrame
        Rows: turns of documents that at least one coder has finished (index
        as in `turns`); columns: codes; True where a person coded it. Turns
        that nobody has read are absent: unseen is not uncoded.
    """
    codings = store.codings()
    people = codings[codings["origin"] == "human"]
    read = set(store.read_by()["document"])
    seen = turns[turns["document"].isin(read)]
    coded = people.groupby(["document", "turn"])["code"].agg(set)
    marked = [coded.get((row.document, row.turn), set()) for row in seen.itertuples()]
    names = sorted(set().union(*marked)) if marked else []
    return pd.DataFrame(
        [[code in found for code in names] for found in marked], index=seen.index, columns=names, dtype=bool
    )
