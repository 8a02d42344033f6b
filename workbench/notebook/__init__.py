"""What people use inside JupyterLab: JavaScript draws, Python decides and stores before the screen says so."""

from workbench.notebook.coder import Coder
from workbench.notebook.compare import Compare
from workbench.notebook.matrix import Matrix
from workbench.notebook.name_review import NameReview

__all__ = ["Coder", "Compare", "Matrix", "NameReview"]
