"""What was said: documents, turns, speakers with roles, and search."""

from workbench.corpus.corpus import Corpus
from workbench.corpus.document import Document, Turn
from workbench.corpus.load import read_corpus, read_document
from workbench.corpus.span import Span

__all__ = ["Corpus", "Document", "Span", "Turn", "read_corpus", "read_document"]
