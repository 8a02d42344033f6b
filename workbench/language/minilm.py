"""all-MiniLM-L6-v2 as a short NumPy forward pass: no torch, the same vectors to seven digits.

Architecture: BERT encoder (Devlin et al. 2019), six layers, twelve heads;
mean pooling over word pieces (Reimers & Gurevych 2019, sec. 3).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
HEADS = 12
LAYERS = 6
MOST_PIECES = 256
MOST_AT_ONCE = 2048
"""Word pieces that are multiplied together: enough to fill a processor, few enough for its cache."""
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

        Word pieces of many passages are multiplied together, without padding;
        only attention runs passage by passage.
        """
        pieces = [tokens.ids for tokens in self._tokenizer.encode_batch(list(passages))]
        order = sorted(range(len(pieces)), key=lambda row: len(pieces[row]))
        vectors = np.empty((len(passages), 384), dtype=np.float32)
        batch: list[int] = []
        for row in order:
            batch.append(row)
            if sum(len(pieces[other]) for other in batch) >= MOST_AT_ONCE or row == order[-1]:
                vectors[batch] = self._forward([pieces[other] for other in batch])
                batch = []
        return vectors

    def _forward(self, passages: Sequence[Sequence[int]]) -> Array:
        weights = self._weights
        ends = np.cumsum([len(ids) for ids in passages])
        cuts = [slice(end - len(ids), end) for ids, end in zip(passages, ends.tolist(), strict=True)]
        places = np.concatenate([np.arange(len(ids)) for ids in passages])
        hidden = weights["embeddings.word_embeddings.weight"][np.concatenate([np.array(ids) for ids in passages])]
        hidden = hidden + weights["embeddings.position_embeddings.weight"][places]
        hidden = hidden + weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normalise(hidden, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}."
            hidden = self._normalise(hidden + self._attend(hidden, at, cuts), f"{at}attention.output.LayerNorm")
            inner = _gelu(self._dense(hidden, f"{at}intermediate.dense"))
            hidden = self._normalise(hidden + self._dense(inner, f"{at}output.dense"), f"{at}output.LayerNorm")
        means = np.stack([hidden[cut].mean(axis=0) for cut in cuts])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)

    def _attend(self, hidden: Array, at: str, cuts: Sequence[slice]) -> Array:
        width = hidden.shape[1]
        parts = [self._dense(hidden, f"{at}attention.self.{part}") for part in ("query", "key", "value")]
        mixed = np.empty_like(hidden)
        for cut in cuts:
            query, key, value = (part[cut].reshape(-1, HEADS, width // HEADS).transpose(1, 0, 2) for part in parts)
            scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(width // HEADS))
            scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
            scores /= scores.sum(axis=-1, keepdims=True)
            mixed[cut] = (scores @ value).transpose(1, 0, 2).reshape(-1, width)
        return self._dense(mixed, f"{at}attention.output.dense")

    def _dense(self, hidden: Array, name: str) -> Array:
        return np.asarray(hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"], dtype=np.float32)

    def _normalise(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + TINY)
        return np.asarray(centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def _gelu(hidden: Array) -> Array:
    from scipy.special import erf

    return np.asarray(hidden * 0.5 * (1 + erf(hidden / np.float32(np.sqrt(2)))), dtype=np.float32)
