"""What is meant to lead to what: the theory of change, read, checked and drawn."""

from workbench.theory.compare import TheoryChange, compare_theories
from workbench.theory.model import Configuration, Link, Node
from workbench.theory.read import read_theory
from workbench.theory.theory import Theory

__all__ = ["Configuration", "Link", "Node", "Theory", "TheoryChange", "compare_theories", "read_theory"]
