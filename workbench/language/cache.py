"""Vectors are kept by the hash of their text: computed once, resumed where a run stopped."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from workbench.language.embedding import Embedder, Vectors
from workbench.provenance import hash_text

CHUNK = 512
"""Passages between two writes: what a stopped run can lose."""


def embed_cached(
    passages: Sequence[str],
    embedder: Embedder,
    cache: Path | None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Vectors:
    """Return one vector for each passage, computing only those not in the cache.

    Parameters
    ----------
    passages : Sequence[str]
        Texts, in order; repeats are computed once.
    embedder : Embedder
        From `load_embedder`.
    cache : Path or None
        SQLite file, made when it is not there; None keeps nothing.
    progress : callable, optional
        Called with how many vectors are ready, and of how many.

    Returns
    -------
    numpy.ndarray
        Shape (passages, dimension), float32, rows of length 1.
    """
    keys = [hash_text(passage) for passage in passages]
    texts = dict(zip(keys, passages, strict=True))
    known: dict[str, Vectors] = {}
    with closing(_open(cache)) as store:
        for key, raw in store.execute("SELECT text, vector FROM vectors WHERE weights = ?", (embedder.sha256,)):
            if key in texts:
                known[key] = np.frombuffer(raw, dtype=np.float32)
        missing = [key for key in texts if key not in known]
        for start in range(0, len(missing), CHUNK):
            chunk = missing[start : start + CHUNK]
            vectors = embedder.encode([texts[key] for key in chunk])
            known.update(zip(chunk, vectors, strict=True))
            rows = [(embedder.sha256, key, vector.tobytes()) for key, vector in zip(chunk, vectors, strict=True)]
            with store:
                store.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            if progress:
                progress(len(known), len(texts))
    if not keys:
        return np.zeros((0, embedder.dimension), dtype=np.float32)
    return np.stack([known[key] for key in keys])


def _open(cache: Path | None) -> sqlite3.Connection:
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
    store = sqlite3.connect(cache or ":memory:", timeout=30)
    store.execute(
        "CREATE TABLE IF NOT EXISTS vectors "
        "(weights TEXT, text TEXT, vector BLOB, PRIMARY KEY (weights, text)) WITHOUT ROWID"
    )
    return store
