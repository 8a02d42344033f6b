"""Wishes of coders, turned into the acts that they need."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.coding.acts import Act, moment
from workbench.coding.chain import Chain
from workbench.coding.passages import Passage
from workbench.coding.standing_rows import Row, row_with, rows_of
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection

_Place = tuple[str, str, int, int, str]
"""What makes a coding the same coding, in the present text."""


def mark(connection: "Connection", passages: Sequence[Passage], *, suggestion: str | None = None) -> list[Act]:
    """Mark passages with their codes; a passage that its coder has marked so already is not marked twice.

    Returns
    -------
    list of Act
        The acts that made the codings, one a passage, with the stance and memo that hold now.
    """
    known: dict[_Place, Row | Act] = {}
    for coder, document in sorted({(passage.coder, passage.document) for passage in passages}):
        known |= {_place(row): row for row in rows_of(connection, document, coder)}
    chain = Chain(connection)
    made = [_mark(passage, known, chain, suggestion) for passage in passages]
    chain.flush()
    return made


def _place(what: Passage | Row | Act) -> _Place:
    return (what.coder, what.document or "", what.start or 0, what.end or 0, what.code or "")


def _mark(passage: Passage, known: dict[_Place, Row | Act], chain: Chain, suggestion: str | None) -> Act:
    wish = Act(id="", kind="accept" if suggestion else "code", target=suggestion, **vars(passage))
    there = known.get(_place(wish))
    act = there if isinstance(there, Act) or there is None else wish._replace(**there._asdict())
    if act is None or suggestion:
        added = chain.add(wish)
        act = act or added
    about = Act(id="", kind="", coder=wish.coder, at=wish.at, target=act.id, document=wish.document)
    if passage.stance not in (None, act.stance):
        chain.add(about._replace(kind="stance", stance=passage.stance))
        act = act._replace(stance=passage.stance)
    if passage.memo not in ("", act.memo):
        chain.add(about._replace(kind="memo", memo=passage.memo))
        act = act._replace(memo=passage.memo)
    known[_place(wish)] = act
    return act


def change(connection: "Connection", identity: str, coder: str, kind: str, **what: Any) -> None:
    """Change or take away a coding of the coder's own.

    Raises
    ------
    InputError
        If there is no such coding in force, or another coder made it.
    """
    coder = named(coder)
    made = row_with(connection, identity)
    if made is None:
        raise InputError(Problem(place=f"coding {identity}", what="there is no such coding in force"))
    if made.coder != coder:
        raise InputError(
            Problem(
                place=f"coding {identity}",
                what=f"{made.coder} made it, so {coder} cannot change it",
                remedy="Add a coding of your own; where two coders differ, both views are kept",
            )
        )
    record(connection, coder, kind, target=identity, document=made.document, **what)


def record(connection: "Connection", coder: str, kind: str, *, at: str | None = None, **what: Any) -> None:
    """Write one act, dated now unless `at` is given."""
    chain = Chain(connection)
    chain.add(Act(id="", coder=named(coder), at=at or moment(), kind=kind, **what))
    chain.flush()


def named(coder: str) -> str:
    """Return the coder's name without blanks around it.

    Raises
    ------
    InputError
        If there is no name.
    """
    if not isinstance(coder, str) or not coder.strip():
        raise InputError("an act needs the name of its coder")
    return coder.strip()
