"""Themes that the codebook does not have, in the talk that no code covers."""

import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from workbench.coding import Store
from workbench.corpus import Corpus
from workbench.errors import MissingPart
from workbench.finding import Finding
from workbench.language import embed_cached, load_embedder
from workbench.language.embedding import Vectors
from workbench.provenance import Provenance
from workbench.suggestion.passages import talk

FEWEST = 40
"""Uncoded turns below which clusters would be noise."""
FEWEST_PEOPLE = 3
"""People who must use a word before it may name a theme: rarer words point at somebody."""


def find_themes(
    store: Store,
    corpus: Corpus,
    *,
    embedding: str = "minilm",
    cache: Path | None = None,
    seed: int = 20,
    progress: Callable[[int, int], None] | None = None,
) -> Finding:
    """Group the turns that no person coded into themes, by BERTopic on cached embeddings.

    Parameters
    ----------
    store : Store
        Its codings say which turns are covered.
    corpus : Corpus
        The talk.
    embedding : str
        `minilm` or `static`.
    cache : Path, optional
        SQLite file that keeps vectors between runs.
    seed : int
        Of UMAP; the same seed gives the same themes with the same versions of Python and its packages.
    progress : callable, optional
        Called while vectors are computed.

    Returns
    -------
    Finding
        One row a theme: code (`T00`…), n (turns), total (uncoded turns), value (share), people, note (words, and the
        most central passage's place). `trace(row)` gives `document:turn` ids. Empty, with the reason, below `FEWEST`.

    References
    ----------
    Grootendorst (2022), BERTopic, arXiv:2203.05794.
    """
    turns = talk(corpus)
    codings = store.codings()
    coded = set(zip(codings["document"], codings["turn"], strict=True))
    places = list(zip(turns["document"], turns["turn"], strict=True))
    open_turns = turns[[place not in coded for place in places]].reset_index(drop=True)
    embedder = load_embedder(embedding)
    provenance = Provenance(
        call=f"find_themes(store, corpus, embedding={embedding!r}, seed={seed})",
        inputs={f"weights {embedder.name}": embedder.sha256},
    )
    if len(open_turns) < FEWEST:
        empty = pd.DataFrame(columns=["code", "n", "total", "value", "people", "note"])
        why = f"No themes: {len(open_turns)} turns are uncoded, and fewer than {FEWEST} would give noise."
        return Finding(
            name="themes", title=_TITLE, table=empty, statements=[why], notes=[_CAUTION], provenance=provenance
        )
    vectors = embed_cached(open_turns["text"].tolist(), embedder, cache, progress=progress)
    topics, words = _cluster(open_turns["text"].tolist(), vectors, seed)
    known = _common_words(turns)
    words = {topic: [word for word in found if word in known] for topic, found in words.items()}
    return _finding(open_turns, vectors, topics, words, provenance)


_TITLE = "Themes in the talk that no code covers"
_CAUTION = (
    "A theme is a prompt to read: it becomes a code only when a person defines one. "
    "Its words are those most particular to it that at least three people use."
)


def _cluster(texts: list[str], vectors: Vectors, seed: int) -> tuple[Any, dict[int, list[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # these libraries warn of their own imports and defaults, not of our input
        try:
            from bertopic import BERTopic
            from bertopic.backend import BaseEmbedder
            from hdbscan import HDBSCAN
            from sklearn.feature_extraction.text import CountVectorizer
            from umap import UMAP
        except ImportError as error:
            raise MissingPart("bertopic", "topics") from error
        smallest = max(5, len(texts) // 60)
        model = BERTopic(
            embedding_model=BaseEmbedder(),  # without it a hub would be asked
            umap_model=UMAP(n_neighbors=10, n_components=5, min_dist=0.0, metric="cosine", random_state=seed, n_jobs=1),
            hdbscan_model=HDBSCAN(min_cluster_size=smallest, prediction_data=False),
            vectorizer_model=CountVectorizer(stop_words=_stop_words(), ngram_range=(1, 1)),
        )
        topics, _ = model.fit_transform(texts, embeddings=vectors)
    words = {
        topic: [word for word, weight in found if word and weight > 0] for topic, found in model.get_topics().items()
    }
    return np.array(topics), words


def _common_words(turns: pd.DataFrame) -> set[str]:
    """Return the words that several people use, in lower case as the themes have them."""
    people: dict[str, set[str]] = {}
    for person, text in zip(turns["person"], turns["text"], strict=True):
        for word in set(re.findall(r"\w\w+", str(text).lower())):
            people.setdefault(word, set()).add(str(person))
    return {word for word, speakers in people.items() if len(speakers) >= FEWEST_PEOPLE}


def _stop_words() -> list[str]:
    """English stop words, and the sounds of talk, which are no theme."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    talk_sounds = (
        "yeah erm um er uh mm mhm know like just think thing things really got get gets getting said say says going go "
        "goes mean right kind sort bit lot don didn doesn isn wasn couldn wouldn ve ll re gonna cause cos okay ok well "
        "actually stuff want sure honest"
    )
    return sorted(ENGLISH_STOP_WORDS | set(talk_sounds.split()))


def _finding(
    turns: pd.DataFrame, vectors: Vectors, topics: Any, words: dict[int, list[str]], provenance: Provenance
) -> Finding:
    rows, members = [], []
    for topic in sorted(set(topics.tolist()) - {-1}):
        inside = np.flatnonzero(topics == topic)
        centre = vectors[inside].mean(axis=0)
        best = turns.iloc[int(inside[np.argmax(vectors[inside] @ centre)])]
        people = turns.iloc[inside]["person"].nunique()
        note = f"{', '.join(words[topic][:8])}; most central: {best['document']}, turn {best['turn']}"
        rows.append((f"T{topic:02d}", len(inside), len(turns), len(inside) / len(turns), people, note))
        members.append([f"{turns.iloc[at]['document']}:{turns.iloc[at]['turn']}" for at in inside.tolist()])
    table = pd.DataFrame(rows, columns=["code", "n", "total", "value", "people", "note"])
    alone = int((topics == -1).sum())
    found = f"{len(table)} themes in {len(turns):,} uncoded turns; {alone:,} turns belong to none."
    return Finding(
        name="themes",
        title=_TITLE,
        table=table,
        statements=[found],
        notes=[_CAUTION],
        provenance=provenance,
        evidence=lambda row: tuple(members[row]),
    )
