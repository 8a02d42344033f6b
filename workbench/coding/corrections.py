"""Codings on a corrected transcript: moved with their words, or set aside until a person settles them."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from workbench.coding import view
from workbench.coding.acts import VOICE, Act, moment
from workbench.coding.anchor import Anchored, anchor
from workbench.coding.chain import Chain
from workbench.coding.database import act_with, acts_of
from workbench.coding.marking import named, record
from workbench.coding.revisions import former_texts
from workbench.coding.schema import tables
from workbench.corpus.document import WITHDRAWN
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection

TEXT_ERASED = "the text that it was on was erased"
COLUMNS = ("id", "coder", "document", "code", "quote", "start", "end", "why")


def reanchor(
    connection: "Connection", document: str, *, by: str, elsewhere: Mapping[str, str] | None = None, retry: bool = True
) -> None:
    """Bring every coding of a document onto its present text.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        Of the writer.
    document : str
        A document whose present text is held.
    by : str
        Who corrected it.
    elsewhere : Mapping of str to str, optional
        Former texts by their hash that this store does not keep.
    retry : bool
        Try again those that an earlier correction could not place: the words may be back.
    """
    documents, acts = tables().documents, acts_of(connection, document=document)
    now = connection.execute(documents.select().where(documents.c.document == document)).one()
    held = [act for act in view.current(acts) if act.revision != now.sha256 or act.quote is None]
    waits = [act for act, _ in view.waiting(acts)] if retry else []
    if not held and not waits:
        return
    texts = {**(elsewhere or {}), **former_texts(connection, document), now.sha256: now.text}
    chain, settled, at = Chain(connection), {act.id for act in held}, moment()
    for revision in sorted({act.revision or "" for act in (*held, *waits)}):
        here = [act for act in (*held, *waits) if act.revision == revision]
        for coding, found in zip(here, _found(texts.get(revision), now.text, here), strict=True):
            if found.why is None or coding.id in settled:
                chain.add(_consequence(coding, found, now.text)._replace(coder=by, at=at, revision=now.sha256))
    chain.flush()


def _found(old: str | None, new: str, codings: list[Act]) -> list[Anchored]:
    if old is None:
        return [Anchored(0, 0, TEXT_ERASED)] * len(codings)
    return anchor(old, new, [(act.start or 0, act.end or 0) for act in codings])


def _consequence(coding: Act, found: Anchored, text: str) -> Act:
    what = Act("", "", "", "lift", coding.id, coding.document, found.start, found.end, origin="rule")
    said = text[found.start : found.end]
    if WITHDRAWN in said and not re.search(r"\w", said.replace(WITHDRAWN, "")):
        return what._replace(memo=VOICE)
    if found.why is not None:
        return what._replace(memo=found.why)
    return what._replace(kind="move", quote=said)


def place(connection: "Connection", identity: str, start: int, end: int, *, coder: str) -> None:
    """Say where a coding that waits belongs in the present text.

    Raises
    ------
    InputError
        If it does not wait, or the passage is not in the text.
    """
    (coding, _), start, end = _waiting(connection, identity), int(start), int(end)
    documents = tables().documents
    now = connection.execute(documents.select().where(documents.c.document == coding.document)).one()
    if not 0 <= start < end <= len(now.text):
        raise InputError(
            f"{coding.document} from {start} to {end} is outside its text, which runs from 0 to {len(now.text)}"
        )
    what = {"document": coding.document, "start": start, "end": end, "quote": now.text[start:end]}
    record(connection, coder, "place", target=coding.id, revision=now.sha256, **what)


def lift(connection: "Connection", identity: str, *, coder: str, why: str) -> None:
    """Drop a coding that waits; the acts keep that it was there, and why it went."""
    coding, _ = _waiting(connection, identity)
    if not why.strip():
        raise InputError(f"coding {identity}: say why it is dropped")
    record(connection, named(coder), "lift", target=coding.id, document=coding.document, memo=why, origin="human")


def _waiting(connection: "Connection", identity: str) -> tuple[Act, Act]:
    made = act_with(connection, identity)
    acts = acts_of(connection, document=made.document) if made and made.document else []
    found = next((pair for pair in view.waiting(acts) if pair[0].id == identity), None)
    if found is None or made is None or made.document in view.withdrawn(acts):
        raise InputError(
            Problem(
                place=f"coding {identity}",
                what="no coding with this id waits for a person",
                remedy="workbench corrections lists those that do",
            )
        )
    return found


def unplaced_table(acts: list[Act], changes: list[Act]) -> pd.DataFrame:
    """Return the codings that wait, with their former words and the stretch of the present text to look in.

    Parameters
    ----------
    acts : list of Act
        Of the documents that are held.
    changes : list of Act
        What was done to codes.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`; `quote` is empty where the words were erased.
    """
    rows = [
        (act.id, act.coder, act.document, act.code, act.quote or "", why.start or 0, why.end or 0, why.memo or "")
        for act, why in view.waiting(acts, changes)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({name: "int64" if name in ("start", "end") else "str" for name in COLUMNS})
