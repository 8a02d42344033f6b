"""all-MiniLM-L6-v2 as a short NumPy forward pass: no torch, the same vectors to seven digits.

Architecture: BERT encoder (Devlin et al. 2019), six layers, twelve heads;
mean pooling over word pieces (Reimers & Gurevych 2019, sec. 3).
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
HEADS = 12
LAYERS = 6
MOST_PIECES = 256
BATCH = 64
TINY = 1e-12


class MiniLM:
    """The encoder with its weights.

    Parameters
    ----------
    folder : Path
        Holds `model.safetensors` and `tokenizer.json`.
    """

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._weights: dict[str, Array] = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_PIECES)

    def encode(self, passages: Sequence[str]) -> Array:
        """Return one vector of length 1 for each passage (passages × 384).

        Passages of equal length are computed together, so that a vector
        never depends on its neighbours and can be cached.
        """
        pieces = [tokens.ids for tokens in self._tokenizer.encode_batch(list(passages))]
        by_length: dict[int, list[int]] = defaultdict(list)
        for row, ids in enumerate(pieces):
            by_length[len(ids)].append(row)
        vectors = np.empty((len(passages), 384), dtype=np.float32)
        for rows in by_length.values():
            for start in range(0, len(rows), BATCH):
                batch = rows[start : start + BATCH]
                vectors[batch] = self._forward(np.array([pieces[row] for row in batch]))
        return vectors

    def _forward(self, ids: npt.NDArray[np.int64]) -> Array:
        weights, length = self._weights, ids.shape[1]
        hidden = weights["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + weights["embeddings.position_embeddings.weight"][:length]
        hidden = hidden + weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normalise(hidden, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}."
            hidden = self._normalise(hidden + self._attend(hidden, at), f"{at}attention.output.LayerNorm")
            inner = _gelu(self._dense(hidden, f"{at}intermediate.dense"))
            hidden = self._normalise(hidden + self._dense(inner, f"{at}output.dense"), f"{at}output.LayerNorm")
        mean = hidden.mean(axis=1)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)

    def _attend(self, hidden: Array, at: str) -> Array:
        batch, length, width = hidden.shape
        shape = (batch, length, HEADS, width // HEADS)
        query, key, value = (
            self._dense(hidden, f"{at}attention.self.{part}").reshape(shape).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // HEADS))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        return self._dense(mixed.transpose(0, 2, 1, 3).reshape(batch, length, width), f"{at}attention.output.dense")

    def _dense(self, hidden: Array, name: str) -> Array:
        return np.asarray(hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"], dtype=np.float32)

    def _normalise(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + TINY)
        return np.asarray(centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def _gelu(hidden: Array) -> Array:
    from scipy.special import erf

    return np.asarray(hidden * 0.5 * (1 + erf(hidden / np.float32(np.sqrt(2)))), dtype=np.float32)
