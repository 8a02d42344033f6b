"""Suggestions by closeness in meaning to what the codebook says of a code; works before anything is coded."""

import numpy as np
import pandas as pd

from workbench.codebook import Codebook
from workbench.language import Embedder
from workbench.language.embedding import Vectors
from workbench.suggestion.by_pattern import COLUMNS

CLOSEST = 0.40
"""Least cosine that is shown. No embedding sees negation, so a person must read each."""
MOST = 50
"""Suggestions for one code: what a coder can go through in a sitting."""


def by_similarity(turns: pd.DataFrame, vectors: Vectors, codebook: Codebook, embedder: Embedder) -> pd.DataFrame:
    """Suggest for each code the turns nearest to its definition or example.

    A turn that is as near to the code's near miss is left out: that is what
    the near miss is for.

    Parameters
    ----------
    turns : pandas.DataFrame
        From `talk`.
    vectors : numpy.ndarray
        Shape (turns, dimension), rows of length 1.
    codebook : Codebook
        Codes with definition, example and near miss.
    embedder : Embedder
        The one that made `vectors`.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`; the score is a cosine from -1 to 1. Higher means nearer in meaning.
    """
    codes = [code for code in codebook.codes.values() if not code.retired]
    if not codes or turns.empty:
        return pd.DataFrame(columns=COLUMNS)
    meant = np.maximum(
        *(
            vectors @ _matrix(embedder, [str(getattr(code, part)) for code in codes])
            for part in ("definition", "example")
        )
    )
    missed = vectors @ _matrix(embedder, [str(code.near_miss) for code in codes])
    rows = []
    for column, code in enumerate(codes):
        scores = np.where(meant[:, column] > missed[:, column], meant[:, column], -1)
        for position in np.argsort(-scores, kind="stable")[:MOST]:
            if scores[position] < CLOSEST:
                break
            turn, score = turns.iloc[int(position)], float(scores[position])
            why = f"near in meaning to “{code.name}” (cosine {score:.2f}, {embedder.name})"
            rows.append((turn["document"], turn["turn"], turn["start"], turn["end"], code.id, score, why, None))
    return pd.DataFrame(rows, columns=COLUMNS)


def _matrix(embedder: Embedder, texts: list[str]) -> Vectors:
    return embedder.encode(texts).T
