"""Wishes of coders, turned into the acts that they need."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.coding import view
from workbench.coding.acts import Act, moment
from workbench.coding.chain import Chain
from workbench.coding.database import act_with, acts_of
from workbench.coding.passages import Passage
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection


def mark(connection: "Connection", passages: Sequence[Passage], *, suggestion: str | None = None) -> list[Act]:
    """Mark passages with their codes; a passage that its coder has marked so already is not marked twice.

    Returns
    -------
    list of Act
        The acts that made the codings, one a passage, with the stance and memo that hold now.
    """
    known: dict[view.Key, Act] = {}
    for coder, document in sorted({(passage.coder, passage.document) for passage in passages}):
        acts = acts_of(connection, coder=coder, document=document, corrections=True)
        known |= {view.key(act): act for act in view.current(acts)}
    chain = Chain(connection)
    made = [_mark(passage, known, chain, suggestion) for passage in passages]
    chain.flush()
    return made


def _mark(passage: Passage, known: dict[view.Key, Act], chain: Chain, suggestion: str | None) -> Act:
    wish = Act(id="", kind="accept" if suggestion else "code", target=suggestion, **vars(passage))
    act = known.get(view.key(wish))
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
    known[view.key(wish)] = act
    return act


def change(connection: "Connection", identity: str, coder: str, kind: str, **what: Any) -> None:
    """Change or take away a coding of the coder's own.

    Raises
    ------
    InputError
        If there is no such coding in force, or another coder made it.
    """
    coder = named(coder)
    made = act_with(connection, identity)
    acts = acts_of(connection, coder=made.coder, document=made.document, corrections=True) if made else []
    decided = acts_of(connection, document=made.document, kinds=("withdraw", "restore")) if made else []
    here = [] if view.withdrawn(decided) else view.current(acts)
    if made is None or identity not in {act.id for act in here}:
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
