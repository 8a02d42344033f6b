"""The chain of seals: adding to it, and finding where it was touched."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbench.coding.acts import NO_WORDS, Act, fingerprint, seal, words_digest
from workbench.coding.database import add_acts
from workbench.coding.identity import new_id
from workbench.coding.schema import tables
from workbench.errors import Problem

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection


class Chain:
    """Adds acts to their coders' chains within one transaction.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        A connection that holds the writer's lock.
    """

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._ends: dict[str, tuple[str, str]] = {}
        self._added: list[Act] = []
        self._latest = ""

    def add(self, draft: Act) -> Act:
        """Return the draft with an id and its seal, at the end of its coder's chain; `flush` writes it."""
        _, previous = self._end(draft.coder)
        # After everybody's acts, not only the coder's: whatever the clock says, what was done later comes later.
        self._latest = new_id(self._latest or self._last()[0])
        act = seal(draft._replace(id=self._latest), previous)
        self._ends[act.coder] = (act.id, act.hash)
        self._added.append(act)
        return act

    def flush(self) -> None:
        """Write the acts added since the last flush."""
        if self._added:
            add_acts(self._connection, self._added)
            self._added = []

    def _end(self, coder: str) -> tuple[str, str]:
        if coder not in self._ends:
            self._ends[coder] = self._last(tables().acts.c.coder == coder)
        return self._ends[coder]

    def _last(self, *where: "ColumnElement[bool]") -> tuple[str, str]:
        import sqlalchemy as sa

        acts = tables().acts
        last = sa.select(acts.c.id, acts.c.hash).where(*where).order_by(acts.c.id.desc()).limit(1)
        row = self._connection.execute(last).first()
        return (row.id, row.hash) if row else ("", "")


def broken_chains(acts: Iterable[Act]) -> list[Problem]:
    """Return the first act of each coder that was changed, or whose act before is gone.

    A coder who worked in two stores has two strands after a merge, which is
    sound: every act must follow some act of the same coder, not the nearest.
    What no chain can show: its last acts cut off, or every later seal made
    anew. Keep `Store.fingerprint()` elsewhere for that.
    """
    acts = sorted(acts, key=lambda act: act.id)
    erasable = {act.document for act in acts if act.kind == "withdraw"}
    problems: dict[str, Problem] = {}
    seen: dict[str, set[str]] = {}
    for act in acts:
        before = seen.setdefault(act.coder, {""})
        if act.coder not in problems:
            wrong = _what_is_wrong(act, before, act.document in erasable)
            if wrong:
                problems[act.coder] = Problem(
                    place=f"act {act.id}",
                    what=f"{act.coder}, {act.at}, {act.kind} {act.code or act.document or ''}".rstrip() + f": {wrong}",
                    remedy="Put back a copy of the store made before, and find out who wrote to the file",
                )
        before.add(act.hash)
    return list(problems.values())


def _what_is_wrong(act: Act, before: set[str], erasable: bool) -> str:
    erased = erasable and act.memo is None and act.quote is None
    # The seal of an act from before version 2 covers its words: once they are erased, only the acts after vouch for it.
    if fingerprint(act) != act.hash and not (erased and act.words is None):
        return "it was changed after it was written"
    if act.words is not None and not _as_sealed(act, erasable):
        return "its words were changed after it was written"
    if act.previous not in before:
        return "the act before it was removed or changed"
    return ""


def _as_sealed(act: Act, erasable: bool) -> bool:
    now, then, size = words_digest(act), act.words or "", len(NO_WORDS)
    pairs = ((act.memo, now[:size], then[:size]), (act.quote, now[size:], then[size:]))
    return all(one == other or (said is None and erasable) for said, one, other in pairs)
