"""Codings in from other tools, and out to them."""

from workbench.exchange.export_codings import export_codings
from workbench.exchange.read_codings import read_codings

__all__ = ["export_codings", "read_codings"]
