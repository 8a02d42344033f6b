"""Whole projects of other programs into a study, and out of it."""

from workbench.study.projects.give_out import GivenOut, codebook_of, project_of
from workbench.study.projects.report import TakenProject
from workbench.study.projects.take_in import take_in_project

__all__ = ["GivenOut", "TakenProject", "codebook_of", "project_of", "take_in_project"]
