"""What follows on Effects, Mechanisms, Moderators, Implementation and Economics (EMMIE)."""

from workbench.synthesis.emmie import DIMENSIONS, synthesise

__all__ = ["DIMENSIONS", "synthesise"]
