"""Suggestions from a model that learns from the team's own codings."""

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.language.embedding import Vectors
from workbench.suggestion.by_pattern import COLUMNS

FEWEST = 8
"""Coded turns a code needs before a model is trained on it."""
THRESHOLD = 0.5
"""Least estimated probability that is shown."""


def by_model(turns: pd.DataFrame, vectors: Vectors, marked: pd.DataFrame) -> pd.DataFrame:
    """Suggest codes for turns that nobody has read, by a model of the turns that people have read.

    TF-IDF of words and word pairs joined to the turn's embedding and that of
    the turn before; one logistic regression a code.

    Parameters
    ----------
    turns : pandas.DataFrame
        From `talk`, index 0..n-1.
    vectors : numpy.ndarray
        Shape (turns, dimension).
    marked : pandas.DataFrame
        From `labels`: rows are turns that were read, columns codes.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`; the score is the model's probability, 0 to 1. Higher means
        more like what the team coded so far. Empty when no code has `FEWEST`
        examples.
    """
    codes = [code for code in marked if FEWEST <= int(marked[code].sum()) < len(marked)]
    unseen = turns.index.difference(marked.index)
    if not codes or unseen.empty:
        return pd.DataFrame(columns=COLUMNS)
    features, words = _features(turns, vectors, marked.index)
    version = _version(turns, marked[codes])
    rows: list[tuple[Any, ...]] = []
    for code in codes:
        model = _train(features[marked.index.to_numpy()], marked[code].to_numpy())
        chances = model.predict_proba(features[unseen.to_numpy()])[:, 1]
        for position in np.flatnonzero(chances >= THRESHOLD):
            at = int(unseen.to_numpy()[position])
            turn, chance = turns.iloc[at], float(chances[position])
            known, weighed = int(marked[code].sum()), _reasons(model, features[at], words)
            why = f"like {known} coded turns (probability {chance:.2f}{weighed})"
            rows.append((turn["document"], turn["turn"], turn["start"], turn["end"], code, chance, why, version))
    return pd.DataFrame(rows, columns=COLUMNS)


def _features(turns: pd.DataFrame, vectors: Vectors, seen: "pd.Index[Any]") -> tuple[Any, npt.NDArray[np.object_]]:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    tfidf = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, max_features=50_000)
    tfidf.fit(turns.loc[seen, "text"])
    before = np.vstack([np.zeros_like(vectors[:1]), vectors[:-1]])
    before[(turns["document"] != turns["document"].shift()).to_numpy()] = 0
    joined = hstack([tfidf.transform(turns["text"]), csr_matrix(vectors), csr_matrix(0.5 * before)]).tocsr()
    return joined, tfidf.get_feature_names_out()


def _train(features: Any, marked: npt.NDArray[np.bool_]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=4.0, class_weight="balanced", max_iter=500).fit(features, marked)


def _reasons(model: Any, features: Any, words: npt.NDArray[np.object_]) -> str:
    """Name the words of the turn that weighed most."""
    weights = features[:, : len(words)].multiply(model.coef_[:, : len(words)]).toarray()[0]
    best = [str(words[position]) for position in np.argsort(-weights)[:3] if weights[position] > 0]
    return "; words: " + ", ".join(best) if best else ""


def _version(turns: pd.DataFrame, marked: pd.DataFrame) -> str:
    """Name a model by what it was trained on, so that an accepted suggestion can say which one made it."""
    digest = hashlib.sha256()
    for text in turns.loc[marked.index, "text"]:
        digest.update(text.encode())
    digest.update(",".join(map(str, marked.columns)).encode() + np.packbits(marked.to_numpy()).tobytes())
    return f"tfidf+embedding-{digest.hexdigest()[:12]}"
