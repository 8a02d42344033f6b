"""What was said: documents, turns, speakers with roles, and search."""

from workbench.corpus.corpus import Corpus
from workbench.corpus.document import SEVERAL, UNKNOWN, WITHDRAWN, Consent, Document, Turn, Withdrawal
from workbench.corpus.load import read_corpus, read_document
from workbench.corpus.span import Span

__all__ = [
    "SEVERAL",
    "UNKNOWN",
    "WITHDRAWN",
    "Consent",
    "Corpus",
    "Document",
    "Span",
    "Turn",
    "Withdrawal",
    "read_corpus",
    "read_document",
]
