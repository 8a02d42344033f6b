"""A stretch of a document's text."""

from dataclasses import dataclass

from workbench.errors import InputError


@dataclass(frozen=True, order=True)
class Span:
    """Half-open stretch of a document: `text[start:end]`.

    Parameters
    ----------
    document : str
        Id of the document.
    start, end : int
        Unicode code points in the document's normalised text (NFC, line feeds), from 0; `end` is not included.
    """

    document: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InputError(f"{self.document}: a span from {self.start} to {self.end} holds no text")

    def overlaps(self, other: "Span") -> bool:
        """Tell whether two spans share at least one character."""
        return self.document == other.document and self.start < other.end and other.start < self.end
