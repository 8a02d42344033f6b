"""Fictional police records: made by rule and chance, written as forces send them."""

from workbench.demo.records.plan import Plan, SchemePlan
from workbench.demo.records.write import write

__all__ = ["Plan", "SchemePlan", "write"]
