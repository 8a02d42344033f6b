"""From what coders did to what holds now. Pure: acts in, records out."""

from collections.abc import Iterable

from workbench.coding.acts import LASTING, Act
from workbench.coding.coding import Coding
from workbench.corpus.span import Span

Key = tuple[str, str, int, int, str, str]


def standing(acts: Iterable[Act]) -> list[Act]:
    """Return the acts that nobody has undone, in the order they were done.

    The order is that of their ids, so that it does not matter how or in what
    order acts reached the store.
    """
    ordered = sorted(acts, key=lambda act: act.id)
    undoing = [act for act in ordered if act.kind == "undo"]
    if not undoing:
        return ordered
    done_by = {act.id: act.coder for act in ordered}
    redone = {act.target for act in ordered if act.kind == "redo" and done_by.get(act.target or "") == act.coder}
    undone = {act.target for act in undoing if act.id not in redone and done_by.get(act.target or "") == act.coder}
    return [act for act in ordered if act.kind not in ("undo", "redo") and act.id not in undone]


def current(acts: Iterable[Act]) -> list[Act]:
    """Return the acts that made the codings in force, each with its latest place, stance and memo.

    Only the coder who made a coding can change it or take it away; a
    corrected transcript moves it with its words. The same passage marked
    twice with the same code by the same coder is one coding, also when it is
    a correction that brings the two together.
    """
    replay = _Replay(acts)
    return [act for act in replay.live.values() if act.id not in replay.waits]


def waiting(acts: Iterable[Act]) -> list[tuple[Act, Act]]:
    """Return the codings that a correction could not place, each with the act that set it aside."""
    replay = _Replay(acts)
    return [(replay.live[identity], act) for identity, act in replay.waits.items()]


class _Replay:
    """Codings in force or waiting, once all acts were gone through."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self.live: dict[str, Act] = {}
        self.waits: dict[str, Act] = {}
        self._keys: dict[Key, str] = {}
        self._same: dict[str, str] = {}  # codings that a correction brought onto the same passage as another
        accepted: dict[tuple[str, str], str] = {}
        for act in standing(acts):
            if act.kind in ("code", "accept"):
                if act.kind == "accept":
                    accepted[act.coder, act.target or ""] = act.id
                if self._keys.setdefault(key(act), act.id) == act.id:
                    self.live[act.id] = act
                continue
            target = accepted.get((act.coder, act.target or ""), "") if act.kind == "reject" else act.target or ""
            target = self._same.get(target, target)
            coding = self.live.get(target)
            if coding is not None:
                self._apply(act, coding)

    def _apply(self, act: Act, coding: Act) -> None:
        if act.kind in ("move", "place"):
            self._place(act, coding)
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

    def _place(self, act: Act, coding: Act) -> None:
        self._forget(coding)
        placed = coding._replace(start=act.start, end=act.end, quote=act.quote, revision=act.revision)
        there = self._keys.setdefault(key(placed), coding.id)
        if there == coding.id:
            self.live[coding.id] = placed
        else:
            self._same[coding.id] = there
            del self.live[coding.id]

    def _forget(self, coding: Act) -> None:
        self.waits.pop(coding.id, None)
        if self._keys.get(key(coding)) == coding.id:
            del self._keys[key(coding)]


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
    by_hand = (
        act
        for act in reversed(standing(acts))
        if act.kind not in LASTING and not (act.kind == "lift" and act.origin == "rule")
    )
    return next(by_hand, None)


def undone_last(acts: Iterable[Act]) -> Act | None:
    """Return the undo that a redo would take back: the coder's latest one, if nothing was done by hand since."""
    redone = set[str]()
    for act in sorted(acts, key=lambda act: act.id, reverse=True):
        if act.kind == "redo":
            redone.add(act.target or "")
        elif act.kind == "undo" and act.id not in redone:
            return act
        elif act.kind != "undo" and act.kind not in LASTING:
            return None
    return None
