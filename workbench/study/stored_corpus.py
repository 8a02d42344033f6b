"""A corpus from the coding store, for coders who were given the store and no transcripts."""

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from workbench.coding import Store
    from workbench.corpus import Corpus

ATTRIBUTES = ("title", "scheme", "role", "wave", "kind", "fictional")


def stored_corpus(store: "Store") -> "Corpus":
    """Return the transcripts that a store holds, as they stand there: pseudonyms stay, withdrawn ones are absent.

    Parameters
    ----------
    store : Store
        The coding store.
    """
    from workbench.corpus import Corpus
    from workbench.corpus.document import Document

    turns = {str(name): rows for name, rows in store.turns().groupby("document", sort=False)}
    documents = []
    for row in store.documents().to_dict(orient="records"):
        name = str(row["document"])
        said = turns[name].to_dict(orient="records") if name in turns else []
        documents.append(
            Document(
                id=name,
                text=store.text(name),
                turns=[_turn(each) for each in said],
                source=str(row.get("source") or name),
                sha256=str(row.get("sha256") or ""),
                attributes={key: str(row[key]) for key in ATTRIBUTES if _given(row.get(key))},
                roles={str(each["speaker"]): str(each["role"]) for each in said},
                consent={str(each["speaker"]): _consent(each) for each in said if "quotation" in each},
            )
        )
    return Corpus(documents)


def _turn(row: dict[Any, Any]) -> Any:
    from workbench.corpus.document import Turn

    seconds = float(row["time"]) if _given(row.get("time")) else None
    line = int(row["line"]) if _given(row.get("line")) else 0
    return Turn(
        number=int(row["turn"]), speaker=str(row["speaker"]), start=int(row["start"]), end=int(row["end"]),
        line=line, seconds=seconds, mark=str(row.get("mark") or ""),
    )  # fmt: skip


def _consent(row: dict[Any, Any]) -> Any:
    from workbench.corpus.document import Consent

    quotation, archive = (bool(row[name]) if _given(row.get(name)) else None for name in ("quotation", "archive"))
    return Consent(quotation=quotation, archive=archive)


def _given(cell: Any) -> bool:
    return cell is not None and not pd.isna(cell)


def without(corpus: "Corpus", gone: pd.DataFrame) -> "Corpus":
    """Return a corpus without the documents that a store says were withdrawn; they stand among its withdrawals.

    Parameters
    ----------
    corpus : Corpus
        As read.
    gone : pandas.DataFrame
        As `store.withdrawn()` gives it.
    """
    from workbench.corpus import Corpus
    from workbench.corpus.document import Withdrawal

    read = list(corpus.documents["document"]) if len(corpus) else []
    said = [
        Withdrawal(document=str(row.document), withdrawn=str(row.at)[:10], note=str(row.why))
        for row in gone.itertuples()
        if row.document in read
    ]
    if not said:
        return corpus
    left = {each.document for each in said}
    kept = [corpus.document(name) for name in read if name not in left]
    return Corpus(kept, problems=corpus.problems, withdrawn=[*corpus.withdrawn, *said])


def has_pseudonyms(store: "Store", corpus: "Corpus") -> bool:
    """Tell whether the store's texts hold pseudonyms that the transcripts, as read, do not.

    Parameters
    ----------
    store : Store
        The coding store.
    corpus : Corpus
        As its files have it.
    """
    from workbench.pseudonymisation.entry import PSEUDONYM

    documents = store.documents()
    if documents.get("pseudonymised", pd.Series(dtype=object)).eq(True).any():
        return True
    read = set(corpus.documents["document"]) if len(corpus) else set()
    return any(
        set(PSEUDONYM.findall(store.text(name))) - set(PSEUDONYM.findall(corpus.text(name)))
        for name in documents["document"]
        if name in read
    )
