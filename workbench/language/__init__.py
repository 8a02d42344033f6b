"""Words and vectors: embeddings that come inside packages, their cache, and patterns. No word of the domain here."""

from workbench.language.cache import embed_cached
from workbench.language.embedding import EMBEDDINGS, Embedder, load_embedder
from workbench.language.patterns import Hit, find_patterns

__all__ = ["EMBEDDINGS", "Embedder", "Hit", "embed_cached", "find_patterns", "load_embedder"]
