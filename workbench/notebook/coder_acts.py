"""What a coder can do at the desk, each carried out by the store before anything is said."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from workbench.coding.coding import STANCES
from workbench.corpus import Span
from workbench.errors import InputError, Problem
from workbench.notebook.coder_codes import check_code
from workbench.notebook.coder_desk import Desk, Row

Asked = Mapping[str, Any]


class Told(NamedTuple):
    """What the screen says, and whether something was written."""

    words: str
    saved: bool = True


Done = tuple[Told, str | None]
"""What is told, and the coding that is selected then."""


def _word(asked: Asked, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or not value.strip():
        raise InputError(
            Problem(place="screen", what=f"{name} is {value!r}", remedy="Select it again and repeat the act")
        )
    return value


def _place(asked: Asked, name: str) -> int:
    value = asked.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(
            Problem(place="screen", what=f"{name} is {value!r}, not a place in the text", remedy="Select it again")
        )
    return value


def _memo(asked: Asked) -> str:
    value = asked.get("memo", "")
    if not isinstance(value, str):
        raise InputError(Problem(place="screen", what=f"the memo is {value!r}, not words"))
    return value


def _span(document: str, asked: Asked) -> Span:
    start, end = _place(asked, "start"), _place(asked, "end")
    if start >= end:
        raise InputError(Problem(place=document, what="nothing is selected", remedy="Select words first"))
    return Span(document, start, end)


def _own(desk: Desk, document: str, asked: Asked) -> Row:
    """Return the coder's coding that the screen means."""
    identity = _word(asked, "coding")
    found = next((row for row in desk.coded(document).codings if row["id"] == identity), None)
    if found is None or (found["coder"] != desk.coder and desk.hides_others(desk.coded(document).finished)):
        raise InputError(
            Problem(
                place="coding",
                what="it is not there any more",
                remedy="It was taken away elsewhere; undo brings your own back",
            )
        )
    if found["coder"] != desk.coder:
        remedy = "Code the passage as your own: both views are kept"
        raise InputError(Problem(place="coding", what=f"{found['coder']} made it", remedy=remedy))
    return found


def _code(desk: Desk, document: str, asked: Asked) -> Done:
    code = check_code(desk.codes, _word(asked, "code"))
    made = desk.study.store.code(
        _span(document, asked), code, coder=desk.coder, stance=asked.get("stance"), memo=_memo(asked)
    )
    return Told(f"Coded with {made.code}."), made.id


def _change(desk: Desk, document: str, asked: Asked) -> Done:
    """Give a coding another code or other boundaries: a new coding in the place of the old one."""
    old = _own(desk, document, asked)
    code = check_code(desk.codes, _word(asked, "code")) if "code" in asked else old["code"]
    span = _span(document, {"start": old["start"], "end": old["end"], **asked})
    if (code, span.start, span.end) == (old["code"], old["start"], old["end"]):
        return Told("Nothing was changed.", saved=False), old["id"]
    known = {row["id"] for row in desk.coded(document).codings}
    stance = old["stance"] if isinstance(old["stance"], str) else None
    made = desk.study.store.code(
        span, code, coder=desk.coder, stance=stance, memo=old["memo"] or "", origin=old["origin"]
    )
    if made.id == old["id"]:
        return Told("Nothing was changed.", saved=False), old["id"]
    desk.study.store.uncode(old["id"], coder=desk.coder)  # after the new one: nothing is lost if this fails
    if made.id not in known:
        desk.replaced[old["id"]] = made.id
    return Told(f"Changed: {code}." if code != old["code"] else f"Boundaries of {code} changed."), made.id


def _uncode(desk: Desk, document: str, asked: Asked) -> Done:
    old = _own(desk, document, asked)
    desk.study.store.uncode(old["id"], coder=desk.coder)
    return Told(f"{old['code']} taken away; undo brings it back."), None


def _stance(desk: Desk, document: str, asked: Asked) -> Done:
    old, stance = _own(desk, document, asked), asked.get("stance")
    if stance is not None and stance not in STANCES:
        raise InputError(Problem(place="screen", what=f"stance is {stance!r}", choices=STANCES))
    desk.study.store.set_stance(old["id"], stance, coder=desk.coder)
    return Told(f"{old['code']}: {stance or 'no stance'}."), old["id"]


def _set_memo(desk: Desk, document: str, asked: Asked) -> Done:
    old = _own(desk, document, asked)
    desk.study.store.set_memo(old["id"], _memo(asked), coder=desk.coder)
    return Told(f"Memo on {old['code']}."), None


def _undo(desk: Desk, document: str, _asked: Asked) -> Done:
    act = desk.study.store.undo(desk.coder)
    if act is None:
        return Told("Nothing is left to undo.", saved=False), None
    if act.kind == "uncode" and act.target in desk.replaced:
        desk.study.store.undo(desk.coder)  # a change was two acts: the new coding, and the end of the old one
    return Told(f"Undone: {_said(act, document)}"), act.target if act.kind != "code" else None


def _redo(desk: Desk, document: str, _asked: Asked) -> Done:
    act = desk.study.store.redo(desk.coder)
    if act is None:
        return Told("Nothing is left to redo.", saved=False), None
    if act.target in desk.replaced.values():  # what is given back is an undo, and a change was undone by two
        desk.study.store.redo(desk.coder)
    elsewhere = "" if act.document in (None, document) else f" It was in {act.document}: open it to see."
    return Told(f"Done again.{elsewhere}"), act.target


def _said(act: Any, document: str) -> str:
    names = {
        "code": "coding",
        "uncode": "taking a coding away",
        "read": "having finished",
        "accept": "accepting",
        "reject": "rejecting",
    }
    what = f"{names.get(act.kind, act.kind)}{f' with {act.code}' if act.code else ''}"
    return f"{what}." if act.document in (None, document) else f"{what}, in {act.document}: open it to see."


def _accept(desk: Desk, document: str, asked: Asked) -> Done:
    corrected: dict[str, Any] = {}
    if "code" in asked:
        corrected["code"] = check_code(desk.codes, _word(asked, "code"))
    if "start" in asked or "end" in asked:
        span = _span(document, asked)
        corrected |= {"start": span.start, "end": span.end}
    made = desk.study.store.accept(_word(asked, "suggestion"), coder=desk.coder, **corrected)
    return Told(f"Accepted{', corrected' if corrected else ''}: {made.code}."), made.id


def _reject(desk: Desk, _document: str, asked: Asked) -> Done:
    desk.study.store.reject(_word(asked, "suggestion"), coder=desk.coder)
    return Told("Suggestion rejected."), None


def _finish(desk: Desk, document: str, _asked: Asked) -> Done:
    desk.study.store.read(document, coder=desk.coder)
    return Told(f"{document} is finished: what is uncoded in it was left so on purpose."), None


def _unfinish(desk: Desk, document: str, _asked: Asked) -> Done:
    desk.study.store.unread(document, coder=desk.coder)
    return Told(f"{document} is not finished any more."), None


def _settle_place(desk: Desk, document: str, asked: Asked) -> Done:
    span = _span(document, asked)
    desk.study.store.place(_word(asked, "coding"), span.start, span.end, coder=desk.coder)
    return Told("The coding is placed."), _word(asked, "coding")


def _drop(desk: Desk, _document: str, asked: Asked) -> Done:
    desk.study.store.lift(_word(asked, "coding"), coder=desk.coder, why=_word(asked, "why"))
    return Told("The coding is dropped; the acts keep that it was there."), None


ACTS: Mapping[str, Callable[[Desk, str, Asked], Done]] = {
    "code": _code, "change": _change, "uncode": _uncode, "stance": _stance, "memo": _set_memo,
    "undo": _undo, "redo": _redo, "accept": _accept, "reject": _reject,
    "finish": _finish, "unfinish": _unfinish, "place": _settle_place, "drop": _drop,
}  # fmt: skip
"""What the screen may ask for in an open document."""
