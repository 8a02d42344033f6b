"""New GUIDs throughout a project, so that nothing leads from one deposit to another, or to the team's file."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any
from uuid import uuid4

from workbench.exchange.refi.model import Project

_GUID = re.compile(r"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}")


def with_new_guids(project: Project) -> Project:
    """Return the project under random GUIDs, each in the place of one; everything refers to what it did."""
    changed: Project = _changed(project, defaultdict(lambda: str(uuid4()).upper()))
    return changed


def _changed(value: Any, new: Mapping[str, str]) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _changed(getattr(value, each.name), new) for each in fields(value)})
    if isinstance(value, tuple) and hasattr(value, "_fields"):  # a variable and its value
        return type(value)(*(_changed(part, new) for part in value))
    if isinstance(value, tuple | frozenset):
        return type(value)(_changed(part, new) for part in value)
    return new[value] if isinstance(value, str) and _GUID.fullmatch(value) else value
