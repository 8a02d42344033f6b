"""How far a coder is with each transcript."""

from typing import Any

from workbench.coding import Store


def document_rows(store: Store, coder: str) -> list[dict[str, Any]]:
    """Return one row a transcript: document, title, role, words, mine, suggestions, waiting, finished.

    `mine` counts the coder's codings, `suggestions` those that the coder has not decided on, `waiting` the coder's
    codings that a correction could not place.
    """
    codings, read, waiting = store.codings(coder=coder), store.read_by(), store.unplaced()
    mine = codings["document"].value_counts()
    own = waiting.loc[waiting["coder"] == coder, "document"].value_counts()
    suggested = store.suggestions()
    decided = [coder in f"{row.accepted_by}, {row.rejected_by}".split(", ") for row in suggested.itertuples()]
    undecided = suggested.loc[[not done for done in decided], "document"].value_counts()
    finished = set(read.loc[read["coder"] == coder, "document"])
    return [
        {
            "document": row["document"], "title": str(row.get("title") or row["document"]),
            "role": str(row.get("role") or ""), "words": int(row.get("words") or 0),
            "mine": int(mine.get(row["document"], 0)),
            "suggestions": int(undecided.get(row["document"], 0)), "waiting": int(own.get(row["document"], 0)),
            "finished": row["document"] in finished,
        }
        for row in store.documents().to_dict(orient="records")
    ]  # fmt: skip
