"""What may be said of a passage: codes with their boundaries, read and checked."""

from workbench.codebook.codebook import Codebook
from workbench.codebook.model import Code
from workbench.codebook.patterns import pattern_fault
from workbench.codebook.read import read_codebook

__all__ = ["Code", "Codebook", "pattern_fault", "read_codebook"]
