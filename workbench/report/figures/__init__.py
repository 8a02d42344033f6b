"""Findings as figures: SVG and PNG, each with what it shows in words."""

from workbench.report.figures.drift import draw_drift
from workbench.report.figures.fidelity import draw_fidelity
from workbench.report.figures.gaps import draw_gaps
from workbench.report.figures.saving import Drawn, save
from workbench.report.figures.theory import Told, draw_theory

__all__ = ["Drawn", "Told", "draw_drift", "draw_fidelity", "draw_gaps", "draw_theory", "save"]
