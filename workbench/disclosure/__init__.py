"""The one way out: what may be shown, to whom a quote may be given, and the record of both."""

from workbench.disclosure.gate import Entry, Release
from workbench.disclosure.quotes import Permission, attribution, people_per_group, unasked
from workbench.disclosure.rules import Rules
from workbench.disclosure.suppression import suppress, suppress_together
from workbench.disclosure.verification import verify
from workbench.language.identifiers import identifiers

__all__ = [
    "Entry",
    "Permission",
    "Release",
    "Rules",
    "attribution",
    "identifiers",
    "people_per_group",
    "suppress",
    "suppress_together",
    "unasked",
    "verify",
]
