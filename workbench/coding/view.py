"""From what coders did to what holds now. Pure: acts in, records out."""

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from workbench.coding.acts import CODE_KINDS, LASTING, Act
from workbench.coding.coding import Coding
from workbench.coding.present_codes import PresentCodes
from workbench.corpus.span import Span

Key = tuple[str, str, int, int, str, str]
_BY_ID = attrgetter("id")

CHANGING = (*CODE_KINDS, "undo", "redo")
"""The kinds of acts that say what became of codes."""


def standing(acts: Iterable[Act], more: Iterable[Act] = ()) -> list[Act]:
    """Return the acts that nobody has undone, in the order they were done.

    The order is that of their ids, so that it does not matter how or in what
    order acts reached the store. Acts in both `acts` and `more` count once.
    """
    ordered = sorted({act.id: act for act in (*acts, *more)}.values() if more else acts, key=_BY_ID)
    undoing = [act for act in ordered if act.kind == "undo"]
    if not undoing:
        return ordered
    done_by = {act.id: act.coder for act in ordered}
    redone = {act.target for act in ordered if act.kind == "redo" and done_by.get(act.target or "") == act.coder}
    undone = {act.target for act in undoing if act.id not in redone and done_by.get(act.target or "") == act.coder}
    return [act for act in ordered if act.kind not in ("undo", "redo") and act.id not in undone]


def current(acts: Iterable[Act], changes: Iterable[Act] = ()) -> list[Act]:
    """Return the acts that made the codings in force, each with its latest place, code, stance and memo.

    Only the coder who made a coding can change it or take it away; a
    corrected transcript moves it with its words, and a change of codes gives
    it the code that its code has become. The same passage marked twice with
    the same code by the same coder is one coding, also when it is a
    correction or a merge of codes that brings the two together: the later
    one's stance replaces the earlier one's, and both memos are kept.

    Parameters
    ----------
    acts : iterable of Act
        All acts, or those on some documents, or of one coder with what others did to their codings.
    changes : iterable of Act
        The whole store's changes of codes, where `acts` lacks them; of kinds `CHANGING`.
    """
    replay = _Replay(acts, changes)
    return [act for act in replay.live.values() if act.id not in replay.waits]


def waiting(acts: Iterable[Act], changes: Iterable[Act] = ()) -> list[tuple[Act, Act]]:
    """Return the codings that a correction could not place, each with the act that set it aside."""
    replay = _Replay(acts, changes)
    return [(replay.live[identity], act) for identity, act in replay.waits.items()]


class _Replay:
    """Codings in force or waiting, once all acts were gone through."""

    def __init__(self, acts: Iterable[Act], changes: Iterable[Act] = ()) -> None:
        self.live: dict[str, Act] = {}
        self.waits: dict[str, Act] = {}
        self.codes = PresentCodes()
        self._keys: dict[Key, str] = {}
        self._same: dict[str, str] = {}  # codings that were brought together with another, and with which
        self._coded: dict[str, list[str]] = defaultdict(list)  # codings that had a code, where codes change
        self._undivided: dict[str, str] = {}  # codings of a part of a split code, and that code
        accepted: dict[tuple[str, str], str] = {}
        ordered = standing(acts, changes)
        codes_changed = [act for act in ordered if act.kind in CODE_KINDS]
        # A clock may put a decision before the split that it is about, so decisions know all changes.
        self._in_the_end = PresentCodes(codes_changed) if codes_changed else self.codes
        for act in ordered:
            if act.kind in ("code", "accept"):
                if act.kind == "accept":
                    accepted[act.coder, act.target or ""] = act.id
                code = self.codes.now(act.code or "") if codes_changed else act.code
                made = act if code == act.code else act._replace(code=code)
                if self._keys.setdefault(key(made), act.id) == act.id:
                    self.live[act.id] = made
                    if codes_changed:
                        self._coded[code or ""].append(act.id)
                continue
            if act.kind in CODE_KINDS:
                self._change_codes(act)
                continue
            target = accepted.get((act.coder, act.target or ""), "") if act.kind == "reject" else act.target or ""
            while target in self._same:
                target = self._same[target]
            coding = self.live.get(target)
            if coding is not None:
                self._apply(act, coding)

    def _apply(self, act: Act, coding: Act) -> None:
        if act.kind in ("move", "place"):
            placed = coding._replace(start=act.start, end=act.end, quote=act.quote, revision=act.revision)
            self._forget(coding)
            self._put(placed)
        elif act.kind == "recode":
            self._recode(act, coding)
        elif act.kind == "lift":
            self._forget(coding)
            if act.waits:
                self.waits[coding.id] = act
            else:
                del self.live[coding.id]
        elif act.coder != coding.coder:
            return
        elif act.kind in ("uncode", "reject"):
            self._forget(coding)
            del self.live[coding.id]
        elif act.kind == "stance":
            self.live[coding.id] = coding._replace(stance=act.stance)
        elif act.kind == "memo":
            self.live[coding.id] = coding._replace(memo=act.memo)

    def _change_codes(self, act: Act) -> None:
        self.codes.add(act)
        names = {name for code in (act.code or "").split("\n") for name in self.codes.names(code)}
        former = {name for name in names if self.codes.now(name) != name}
        for identity in sorted({identity for name in former for identity in self._coded.pop(name, ())}):
            coding = self.live.get(identity)
            if coding is not None and coding.code in former:
                self._put_under(coding, self.codes.now(coding.code or ""))

    def _recode(self, act: Act, coding: Act) -> None:
        undivided = self._undivided.get(coding.id, coding.code or "")
        if self._in_the_end.may_become(undivided, act.code or ""):
            self._undivided[coding.id] = undivided
            self._put_under(coding, self.codes.now(act.code or ""))

    def _put_under(self, coding: Act, code: str) -> None:
        self._coded[code].append(coding.id)
        if coding.id in self.waits:
            self.live[coding.id] = coding._replace(code=code)
        else:
            self._forget(coding)
            self._put(coding._replace(code=code))

    def _put(self, coding: Act) -> None:
        there = self._keys.setdefault(key(coding), coding.id)
        if there == coding.id:
            self.live[coding.id] = coding
        else:
            self._same[coding.id] = there
            self.live[there] = _together(self.live[there], coding)
            del self.live[coding.id]

    def _forget(self, coding: Act) -> None:
        self.waits.pop(coding.id, None)
        if self._keys.get(key(coding)) == coding.id:
            del self._keys[key(coding)]


def _together(stays: Act, goes: Act) -> Act:
    """Return the coding that stays, with what was said in both: the later stance, and every memo."""
    first, last = sorted((stays, goes), key=lambda act: act.id)
    memos = dict.fromkeys(memo for memo in (first.memo, last.memo) if memo)
    return stays._replace(stance=last.stance or first.stance, memo="\n\n".join(memos) or stays.memo)


def key(act: Act) -> Key:
    """Return what makes a coding the same coding: who, where (in which text), and which code."""
    return (act.coder, act.document or "", act.start or 0, act.end or 0, act.code or "", act.revision or "")


def coding(act: Act) -> Coding:
    """Return the coding that an act made."""
    return Coding(
        id=act.id,
        coder=act.coder,
        code=act.code or "",
        span=Span(act.document or "", act.start or 0, act.end or 0),
        stance=act.stance,
        origin=act.origin or "human",
        memo=act.memo or "",
        at=act.at,
    )


def finished(acts: Iterable[Act]) -> list[tuple[str, str]]:
    """Return who has finished which document, as (coder, document), sorted."""
    return sorted({(act.coder, act.document or "") for act in standing(acts) if act.kind == "read"})


def reviewed(acts: Iterable[Act]) -> set[tuple[str, str]]:
    """Return the source files that somebody reviewed for names, as (document, SHA-256)."""
    return {(act.document or "", act.target or "") for act in standing(acts) if act.kind == "review"}


def withdrawn(acts: Iterable[Act]) -> dict[str, Act]:
    """Return the documents that are withdrawn and not restored since, each with the act that withdrew it."""
    found: dict[str, Act] = {}
    for act in sorted(acts, key=lambda act: act.id):
        if act.kind == "withdraw" and act.target is None:
            found[act.document or ""] = act
        elif act.kind == "restore":
            found.pop(act.document or "", None)
    return found


def decisions(acts: Iterable[Act]) -> dict[str, dict[str, str]]:
    """Return each suggestion's decisions: suggestion id to coder to "accept" or "reject"."""
    found: dict[str, dict[str, str]] = {}
    for act in standing(acts):
        if act.kind in ("accept", "reject"):
            found.setdefault(act.target or "", {})[act.coder] = act.kind
    return found


def last_of(acts: Iterable[Act]) -> Act | None:
    """Return the latest act that is not undone and that its coder did by hand, or None."""
    return next((act for act in reversed(standing(acts)) if _by_hand(act)), None)


def undone_last(acts: Iterable[Act]) -> Act | None:
    """Return the undo that a redo would take back: the coder's latest one, if nothing was done by hand since."""
    redone = set[str]()
    for act in sorted(acts, key=_BY_ID, reverse=True):
        if act.kind == "redo":
            redone.add(act.target or "")
        elif act.kind == "undo":
            if act.id not in redone:
                return act
        elif _by_hand(act):
            return None
    return None


def _by_hand(act: Act) -> bool:
    return act.kind not in LASTING and not (act.kind == "lift" and act.origin == "rule")
