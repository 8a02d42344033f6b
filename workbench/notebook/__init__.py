"""What people use inside JupyterLab: JavaScript draws, Python decides and stores before the screen says so."""

from workbench.notebook.name_review import NameReview

__all__ = ["NameReview"]
