"""Undo and redo: the coder's latest act, found from the end of what they did."""

from typing import TYPE_CHECKING, Literal

from workbench.coding import view
from workbench.coding.acts import LASTING, Act
from workbench.coding.corrections import reanchor
from workbench.coding.database import acts_of, latest_acts
from workbench.coding.marking import record
from workbench.coding.schema import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIRST_LOOK = 64
_GOES_ON = ("undo", "redo", *LASTING)
"""Kinds that a redo looks behind."""


def take_back(connection: "Connection", kind: Literal["undo", "redo"], coder: str) -> Act | None:
    """Take back the coder's latest act (undo), or their latest undo (redo); return it, or None if there is none."""
    last = _last(connection, kind, coder)
    if last is not None:
        record(connection, coder, kind, target=last.id, document=last.document)
        if last.document is not None and _was_corrected(connection, last.document):  # it may mean a former text
            reanchor(connection, last.document, by=coder, retry=False)
    return last


def readings(connection: "Connection", document: str, coder: str) -> list[Act]:
    """Return the acts by which the coder has finished the document; none if they have not, or go on with it."""
    acts = acts_of(connection, document=document, coder=coder, kinds=("read", "undo", "redo"))
    return [act for act in view.standing(acts) if act.kind == "read"]


def _was_corrected(connection: "Connection", document: str) -> bool:
    """Whether the document is held, and had another text before."""
    import sqlalchemy as sa

    here = tables()
    both = here.revisions.c.document == here.documents.c.document
    asked = sa.select(sa.func.count()).select_from(here.revisions.join(here.documents, both))
    asked = asked.where(here.documents.c.document == document, here.documents.c.sha256 != "")
    return (connection.scalar(asked) or 0) > 1


def _last(connection: "Connection", kind: str, coder: str) -> Act | None:
    """Return what is to be taken back; what undoes an act comes after it, so a look at the end is mostly enough."""
    find, most = view.last_of if kind == "undo" else view.undone_last, _FIRST_LOOK
    while True:
        acts = latest_acts(connection, coder, most)
        found = find(acts)
        settled = kind == "redo" and any(
            act.kind not in _GOES_ON and not (act.kind == "lift" and act.origin == "rule") for act in acts
        )
        if found is not None or settled or len(acts) < most:
            return found
        most *= 8
