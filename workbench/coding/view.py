"""From what coders did to what holds now. Pure: acts in, records out."""

from collections.abc import Iterable
from dataclasses import replace

from workbench.coding.acts import Act
from workbench.coding.coding import Coding
from workbench.corpus.span import Span

Key = tuple[str, str, int, int, str]


def standing(acts: Iterable[Act]) -> list[Act]:
    """Return the acts that nobody has undone, in the order they were done.

    The order is that of their ids, so that it does not matter how or in what
    order acts reached the store.
    """
    ordered = sorted(acts, key=lambda act: act.id)
    done_by = {act.id: act.coder for act in ordered}
    undone = {act.target for act in ordered if act.kind == "undo" and done_by.get(act.target or "") == act.coder}
    return [act for act in ordered if act.kind != "undo" and act.id not in undone]


def current(acts: Iterable[Act]) -> list[Act]:
    """Return the acts that made the codings in force, each with its latest stance and memo.

    Only the coder who made a coding can change it or take it away. The same
    passage marked twice with the same code by the same coder is one coding.
    """
    live: dict[str, Act] = {}
    keys: dict[Key, str] = {}
    accepted: dict[tuple[str, str], str] = {}
    for act in standing(acts):
        if act.kind in ("code", "accept"):
            if act.kind == "accept":
                accepted[act.coder, act.target or ""] = act.id
            if keys.setdefault(key(act), act.id) == act.id:
                live[act.id] = act
            continue
        target = accepted.get((act.coder, act.target or ""), "") if act.kind == "reject" else act.target or ""
        coding = live.get(target)
        if coding is None or coding.coder != act.coder:
            continue
        if act.kind in ("uncode", "reject"):
            del live[target], keys[key(coding)]
        elif act.kind == "stance":
            live[target] = replace(coding, stance=act.stance)
        elif act.kind == "memo":
            live[target] = replace(coding, memo=act.memo)
    return list(live.values())


def key(act: Act) -> Key:
    """Return what makes a coding the same coding: who, where, and which code."""
    return (act.coder, act.document or "", act.start or 0, act.end or 0, act.code or "")


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


def decisions(acts: Iterable[Act]) -> dict[str, dict[str, str]]:
    """Return each suggestion's decisions: suggestion id to coder to "accept" or "reject"."""
    found: dict[str, dict[str, str]] = {}
    for act in standing(acts):
        if act.kind in ("accept", "reject"):
            found.setdefault(act.target or "", {})[act.coder] = act.kind
    return found


def last_of(acts: Iterable[Act]) -> Act | None:
    """Return the latest act that is not undone, or None."""
    return next(reversed(standing(acts)), None)
