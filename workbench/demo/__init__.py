"""A whole study of fictional data: transcripts, codings and records that nobody lived, said or did."""

from workbench.demo.make import make_demo

__all__ = ["make_demo"]
