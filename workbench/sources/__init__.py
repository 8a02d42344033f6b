"""Outside files become plain lines that know their place; no word of the domain here."""

from workbench.sources.line import Line, Reading
from workbench.sources.transcript import ENDINGS, read_transcript

__all__ = ["ENDINGS", "Line", "Reading", "read_transcript"]
