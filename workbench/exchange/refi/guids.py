"""GUIDs: the names by which programs know a code or a passage again."""

import re
import uuid

_FORM = re.compile(r"\{?([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\}?")
_OWN = uuid.UUID("5d0c7a0e-5b1f-5a44-9f57-6f1f3f1f0b2e")
"""Space of names of this project: without it another program's uuid5 of the same words would be the same."""


def as_guid(written: str | None) -> str | None:
    """Return a GUID in upper case without braces, or None where it is none.

    Examples
    --------
    >>> as_guid("{0e7b1c52-0000-4000-8000-00000000000a}")
    '0E7B1C52-0000-4000-8000-00000000000A'
    """
    found = _FORM.fullmatch((written or "").strip())
    return found[1].upper() if found else None


def new_guid(*names: str) -> str:
    """Return the GUID that belongs to these names: the same for the same, at each call and on each machine."""
    return str(uuid.uuid5(_OWN, "\x1f".join(names))).upper()
