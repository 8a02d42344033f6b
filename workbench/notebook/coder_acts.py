"""What a coder can do at the desk, each carried out by the store before anything is said."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from workbench.coding.acts import Act
from workbench.coding.coding import STANCES
from workbench.corpus import Span
from workbench.errors import InputError, Problem
from workbench.notebook.coder_change import replace_coding
from workbench.notebook.coder_codes import check_code
from workbench.notebook.coder_desk import NOT_BLIND, Desk, Row
from workbench.notebook.coder_undo import gone_on_with, last_act, redo, undo

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
    return _kept(value)


def _kept(words: str) -> str:
    """Return words without what no store keeps: NUL, and halves of characters that a paste has cut."""
    return words.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _cleaned(asked: Asked, name: str) -> str:
    return "" if _kept(asked[name]) == asked[name] else " Characters in it that cannot be kept were taken out."


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
    made = replace_coding(desk.study.store, old, span, code)
    if made.id == old["id"]:
        return Told("Nothing was changed.", saved=False), old["id"]
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
    return Told(f"Memo on {old['code']}.{_cleaned(asked, 'memo')}"), None


def _undo(desk: Desk, document: str, _asked: Asked) -> Done:
    gone_on = gone_on_with(desk.study.store, desk.coder, desk.unfinished)
    if gone_on is not None:
        desk.study.store.read(gone_on, coder=desk.coder)
        return Told(f"Undone: going on with {gone_on}. It is finished again."), None
    undone = undo(desk.study.store, desk.coder)
    if undone is None:
        return Told("Nothing is left to undo.", saved=False), None
    act, changed = undone
    what = "a change" if changed else f"{NAMES.get(act.kind, act.kind)}{f' with {act.code}' if act.code else ''}"
    return Told(f"Undone: {what}{_where(act, document)}"), act.target if act.kind != "code" else None


def _redo(desk: Desk, document: str, _asked: Asked) -> Done:
    redone = redo(desk.study.store, desk.coder)
    if redone is None:
        return Told("Nothing is left to redo.", saved=False), None
    act, coding = redone
    return Told(f"Done again{_where(act, document)}"), coding


NAMES = {
    "code": "coding", "uncode": "taking a coding away", "read": "having finished", "accept": "accepting",
    "reject": "rejecting",
}  # fmt: skip


def _where(act: Act, document: str) -> str:
    return "." if act.document in (None, document) else f", in {act.document}: open it to see."


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


def _finish(desk: Desk, document: str, asked: Asked) -> Done:
    if desk.is_blind(desk.coded(document)) and asked.get("sure") is not True:
        words = "Not finished yet. Finishing shows what others coded, and this document cannot be read blind again"
        return Told(f"{words}: press the button once more to finish.", saved=False), None
    desk.study.store.read(document, coder=desk.coder)
    return Told(f"{document} is finished: what is uncoded in it was left so on purpose."), None


def _unfinish(desk: Desk, document: str, _asked: Asked) -> Done:
    desk.study.store.unread(document, coder=desk.coder)
    desk.unfinished = last_act(desk.study.store, desk.coder)
    seen = f" {NOT_BLIND}" if desk.blind else ""
    return Told(f"{document} is not finished any more.{seen}"), None


def _settle_place(desk: Desk, document: str, asked: Asked) -> Done:
    span = _span(document, asked)
    desk.study.store.place(_word(asked, "coding"), span.start, span.end, coder=desk.coder)
    return Told("The coding is placed."), _word(asked, "coding")


def _drop(desk: Desk, _document: str, asked: Asked) -> Done:
    desk.study.store.lift(_word(asked, "coding"), coder=desk.coder, why=_kept(_word(asked, "why")))
    return Told("The coding is dropped; the acts keep that it was there."), None


ACTS: Mapping[str, Callable[[Desk, str, Asked], Done]] = {
    "code": _code, "change": _change, "uncode": _uncode, "stance": _stance, "memo": _set_memo,
    "undo": _undo, "redo": _redo, "accept": _accept, "reject": _reject,
    "finish": _finish, "unfinish": _unfinish, "place": _settle_place, "drop": _drop,
}  # fmt: skip
"""What the screen may ask for in an open document."""
