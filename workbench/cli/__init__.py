"""The command line: each command parses, calls and prints; the work is done elsewhere."""

from workbench.cli.program import main

__all__ = ["main"]
