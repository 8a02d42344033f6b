"""Projects of other programs, by the REFI-QDA standard: read forgivingly, written strictly."""

from workbench.exchange.refi.description import describe, parts_of
from workbench.exchange.refi.guids import as_guid, new_guid
from workbench.exchange.refi.model import (
    WHOLE_PROJECT,
    Case,
    Link,
    Note,
    Project,
    Quoted,
    RefiCode,
    RefiCoding,
    Selection,
    Set,
    Source,
    User,
    Value,
    Variable,
)
from workbench.exchange.refi.positions import Normal, normalised
from workbench.exchange.refi.read_codebook_file import read_codebook_file
from workbench.exchange.refi.read_project import read_project
from workbench.exchange.refi.read_tagged_html import read_tagged_html
from workbench.exchange.refi.read_tagged_table import read_tagged
from workbench.exchange.refi.write_project import write_codebook_file, write_project

__all__ = [
    "WHOLE_PROJECT",
    "Case",
    "Link",
    "Normal",
    "Note",
    "Project",
    "Quoted",
    "RefiCode",
    "RefiCoding",
    "Selection",
    "Set",
    "Source",
    "User",
    "Value",
    "Variable",
    "as_guid",
    "describe",
    "new_guid",
    "normalised",
    "parts_of",
    "read_codebook_file",
    "read_project",
    "read_tagged",
    "read_tagged_html",
    "write_codebook_file",
    "write_project",
]
