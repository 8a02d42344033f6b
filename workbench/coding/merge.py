"""Two stores into one: the union of what was done in both."""

from typing import TYPE_CHECKING, Any

from workbench.coding.chain import broken_chains
from workbench.coding.database import acts_of
from workbench.coding.schema import tables
from workbench.errors import Problems

if TYPE_CHECKING:
    from sqlalchemy import Connection


def merge_acts(into: "Connection", other: "Connection") -> int:
    """Add the other store's documents and acts that are not here yet.

    Ids never meet and acts never change, so the result does not depend on the
    order of merging, and merging again adds nothing. Suggestions are made
    anew, not merged: an accepted one is an act and holds all that it needs.

    Returns
    -------
    int
        How many acts were added.

    Raises
    ------
    InputError
        If a document has another text here, or an act was touched; nothing is written then.
    """
    here = tables()
    problems = Problems()
    known = {row.document: row.sha256 for row in into.execute(here.documents.select())}
    theirs = other.execute(here.documents.select()).all()
    for row in theirs:
        if known.get(row.document, row.sha256) != row.sha256:
            problems.add(
                row.document,
                "the two stores hold different texts of this document",
                remedy="Code one version in both stores, or give one of them a file name of its own",
            )
    acts = acts_of(other)
    problems.found.extend(broken_chains(acts))
    seals = {row.id: row.hash for row in into.execute(here.acts.select())}
    for act in acts:
        if seals.get(act.id, act.hash) != act.hash:
            problems.add(f"act {act.id}", f"the two stores hold different versions of this act of {act.coder}")
    problems.raise_if_any()
    _add_documents(into, other, [row for row in theirs if row.document not in known])
    new = [act.to_row() for act in acts if act.id not in seals]
    if new:
        into.execute(here.acts.insert(), new)
    return len(new)


def _add_documents(into: "Connection", other: "Connection", rows: list[Any]) -> None:
    here = tables()
    if not rows:
        return
    names = {row.document for row in rows}
    into.execute(here.documents.insert(), [dict(row._mapping) for row in rows])
    turns = [dict(row._mapping) for row in other.execute(here.turns.select()) if row.document in names]
    if turns:
        into.execute(here.turns.insert(), turns)
