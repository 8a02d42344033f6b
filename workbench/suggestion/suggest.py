"""The three sources of suggestions, side by side."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from workbench.codebook import Codebook
from workbench.coding import Store
from workbench.corpus import Corpus
from workbench.finding import Finding
from workbench.language import embed_cached, load_embedder
from workbench.provenance import Provenance
from workbench.suggestion.by_model import by_model
from workbench.suggestion.by_pattern import by_pattern
from workbench.suggestion.by_similarity import by_similarity
from workbench.suggestion.passages import labels, talk


def suggest(
    store: Store,
    corpus: Corpus,
    codebook: Codebook,
    *,
    embedding: str = "minilm",
    cache: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Finding:
    """Suggest codes for turns, and keep the suggestions in the store, apart from codings.

    Parameters
    ----------
    store : Store
        Holds the codings to learn from; earlier suggestions are replaced.
    corpus : Corpus
        The talk.
    codebook : Codebook
        Patterns, definitions, examples, near misses.
    embedding : str
        `minilm` or `static`.
    cache : Path, optional
        SQLite file that keeps vectors between runs.
    progress : callable, optional
        Called while vectors are computed.

    Returns
    -------
    Finding
        One row a suggestion: document, turn, code, method (pattern, similarity, model), value (score, not
        comparable between methods), note (the reason). The score is not the chance of being right.
    """
    turns = talk(corpus)
    embedder = load_embedder(embedding)
    vectors = embed_cached(turns["text"].tolist(), embedder, cache, progress=progress)
    marked = labels(turns, store)
    found = {
        "pattern": by_pattern(turns, codebook),
        "similarity": by_similarity(turns, vectors, codebook, embedder),
        "model": by_model(turns, vectors, marked),
    }
    for source, table in found.items():
        store.replace_suggestions(table, source=source)
    table = pd.concat([part.assign(method=source) for source, part in found.items() if len(part)] or [found["pattern"]])
    table = table.rename(columns={"score": "value", "why": "note"}).reset_index(drop=True)
    if "method" not in table:
        table["method"] = pd.Series(dtype=str)
    return Finding(
        name="suggestions",
        title="Suggested codes, for a person to accept or reject",
        table=table[["document", "turn", "code", "method", "value", "note"]],
        statements=[_count(source, part, len(turns)) for source, part in found.items()],
        notes=[
            "Suggestions are not codings and count nowhere as evidence.",
            "No embedding sees negation: “it helped” and “it did not help” look alike to it.",
        ],
        provenance=Provenance(
            call=f"suggest(store, corpus, codebook, embedding={embedding!r})",
            inputs={f"weights {embedder.name}": embedder.sha256},
            definitions={"codebook": codebook.version},
        ),
    )


def _count(source: str, found: pd.DataFrame, turns: int) -> str:
    if found.empty:
        reason = " No code has enough coded turns yet, or every turn has been read." if source == "model" else ""
        return f"By {source}: no suggestion.{reason}"
    places = found[["document", "turn"]].drop_duplicates()
    codes = found["code"].nunique()
    return f"By {source}: {len(found):,} suggestions of {codes} codes, in {len(places):,} of {turns:,} turns."
