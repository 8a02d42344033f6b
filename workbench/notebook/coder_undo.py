"""Undo and redo at the coding desk: what was done at a desk, and nothing that is for the whole study."""

from typing import TYPE_CHECKING

from workbench.coding import Store, view
from workbench.coding.acts import CODE_KINDS, Act
from workbench.coding.database import act_with, acts_of, latest_acts
from workbench.coding.taking_back import take_back
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection

DESK_KINDS = ("code", "accept", "uncode", "stance", "memo", "read", "reject", "place", "lift", "recode")
"""What a coder does to their own reading; the other kinds are for everybody's."""

_ELSEWHERE = {
    **dict.fromkeys(CODE_KINDS, "Codes are changed with `workbench codes …`, which keeps codebook.yaml in step"),
    "settle": "Decisions are set aside in wb.Compare",
    "review": "Review the names again with `workbench names …`",
}
_LOOK = 64


def undo(store: Store, coder: str) -> tuple[Act, Act | None] | None:
    """Take back the coder's latest act; of a change both. Return it, and the coding that a change had made.

    Raises
    ------
    InputError
        If the act was not done at a coding desk; nothing is taken back.
    """
    with store._database.writing() as connection:
        act = take_back(connection, "undo", coder)
        if act is None:
            return None
        _check_desk(act)  # which rolls back
        made = next((each for each in _acts_near(connection, act) if _one_change(each, act)), None)
        if made is not None:
            take_back(connection, "undo", coder)
        return act, made


def redo(store: Store, coder: str) -> tuple[Act, str | None] | None:
    """Take back the coder's latest undo; of a change both. Return the act that holds again, and its coding.

    Raises
    ------
    InputError
        If what had been undone was not done at a coding desk; nothing is done again.
    """
    with store._database.writing() as connection:
        undone = take_back(connection, "redo", coder)
        if undone is None:
            return None
        again = act_with(connection, undone.target or "") or undone
        _check_desk(again)
        acts = acts_of(connection, document=undone.document, coder=coder)
        ended = next((each for each in acts if _one_change(again, each)), None)
        if ended is not None and ended not in view.standing(acts):
            take_back(connection, "redo", coder)
        return again, again.id if again.kind in ("code", "accept") else again.target


def last_act(store: Store, coder: str) -> str:
    """Return the id of what the coder did last, undoing included; "" if nothing."""
    with store._database.reading() as connection:
        return next((act.id for act in latest_acts(connection, coder, 1)), "")


def gone_on_with(store: Store, coder: str, remembered: str) -> str | None:
    """Return the document that the coder took back from finished with their last act, or None.

    To the store that is an undo, as the undo of having finished is. It is the former if a desk remembers it so, or if
    having finished was not the latest act then.
    """
    with store._database.reading() as connection:
        acts = latest_acts(connection, coder, _LOOK)
        last = acts[-1] if acts else None
        if last is None or last.kind != "undo":
            return None
        finished = act_with(connection, last.target or "")
    if finished is None or finished.kind != "read":
        return None
    then = view.last_of(acts[:-1])
    return last.document if last.id == remembered or (then is not None and then.id != finished.id) else None


def _check_desk(act: Act) -> None:
    if act.kind in DESK_KINDS:
        return
    about = act.code.replace("\n", ", ") if act.code else act.document or "the study"
    where = _ELSEWHERE.get(act.kind, "Take it back where it was done")
    raise InputError(
        Problem(
            place="undo",
            what=f"the latest act is not a coding but {act.kind} ({about}, {act.at[:10]}), for every coder",
            remedy=f"{where}. What you have coded stays; single codings are removed with Delete",
        )
    )


def _acts_near(connection: "Connection", act: Act) -> list[Act]:
    """Return the acts of the same coder on the same document that stand."""
    return view.standing(acts_of(connection, document=act.document, coder=act.coder)) if act.document else []


def _one_change(made: Act, ended: Act) -> bool:
    """Whether one wish made a coding and ended another."""
    return (made.kind, ended.kind) == ("code", "uncode") and (made.hash, made.at) == (ended.previous, ended.at)
