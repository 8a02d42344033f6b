"""Two stores into one: the union of what was done in both."""

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

from workbench.coding import view
from workbench.coding.acts import VOICE, Act
from workbench.coding.chain import broken_chains
from workbench.coding.corrections import reanchor
from workbench.coding.database import acts_of, add_acts
from workbench.coding.exchanged import join_exchanged
from workbench.coding.revisions import former_texts, replace_revisions, revisions_of
from workbench.coding.schema import tables
from workbench.coding.texts import held_documents, replace_text
from workbench.coding.withdrawal import erase_document, erase_voices
from workbench.errors import Problems

if TYPE_CHECKING:
    from sqlalchemy import Connection

BY = "merge"
"""Who moves codings onto the corrected text of the other store."""


def merge_acts(into: "Connection", other: "Connection") -> tuple[int, bool]:
    """Add the other store's documents and acts that are not here yet.

    Ids never meet and acts never change, so the result does not depend on the
    order of merging, and merging again adds nothing. Suggestions are made
    anew, not merged: an accepted one is an act and holds all that it needs.

    Returns
    -------
    int, bool
        How many acts were added, and whether words were erased.

    Raises
    ------
    InputError
        If neither store's text of a document is a former text of the other, or an act was touched; nothing is
        written then.
    """
    problems, mine, acts = Problems(), acts_of(into), acts_of(other)
    problems.found.extend(broken_chains(acts))
    seals = {act.id: act.hash for act in mine}
    for act in acts:
        if seals.get(act.id, act.hash) != act.hash:
            problems.add(f"act {act.id}", f"the two stores hold different versions of this act of {act.coder}")
    new = [act for act in acts if act.id not in seals]
    gone = view.withdrawn([*mine, *new])
    former = _add_texts(into, other, gone, problems)
    _add_acts(into, new, gone)
    held = held_documents(into)
    for document in sorted({*former, *_on_former_texts(new, held)}):
        texts = former_texts(other, document) | _present(other, document) | former.get(document, {})
        reanchor(into, document, by=BY, elsewhere=texts, retry=True)
    join_exchanged(into, other, gone)
    return len(new), _erase(into, gone, held)


def _add_texts(
    into: "Connection", other: "Connection", gone: Container[str], problems: Problems
) -> dict[str, dict[str, str]]:
    """Take over what is new or a correction; return the former texts, by hash, of documents that got another."""
    documents = tables().documents.select()
    ours = {row.document: row for row in into.execute(documents)}
    theirs = other.execute(documents).all()
    wanted = [(row, _correction(into, other, ours.get(row.document), row, gone, problems)) for row in theirs]
    problems.raise_if_any()
    former = {}
    for row, wins in wanted:
        document, mine = row.document, ours.get(row.document)
        if document in gone:
            if mine is None:
                into.execute(tables().documents.insert(), _tombstone(row))
            continue
        if wins and mine is not None and mine.sha256:
            former[document] = {**former_texts(into, document), mine.sha256: mine.text}
        revisions = _joined_revisions(into, other, document, theirs_last=wins)
        if wins:
            replace_text(into, dict(row._mapping), _turns(other, document), mine)
        if revisions != revisions_of(into, document):  # a coder may merge, and may not touch texts
            replace_revisions(into, document, revisions)
    return former


def _correction(
    into: "Connection", other: "Connection", mine: Any, row: Any, gone: Container[str], problems: Problems
) -> bool:
    """Return whether the other store's text stands: it is new here, or a correction of ours."""
    if mine is None or not mine.sha256:
        return True
    if row.document in gone or row.sha256 in ("", mine.sha256):
        return False
    ours, theirs = revisions_of(into, row.document), revisions_of(other, row.document)
    newer = mine.sha256 in {revision["sha256"] for revision in theirs}
    older = row.sha256 in {revision["sha256"] for revision in ours}
    if not newer and not older:
        problems.add(
            row.document,
            "the two stores hold different texts of this document, and neither corrects the other",
            remedy="Code one version in both stores, or give one of them a file name of its own",
        )
    if newer and older:
        return bool((theirs[-1]["at"], row.sha256) > (ours[-1]["at"], mine.sha256))
    return newer


def _joined_revisions(
    into: "Connection", other: "Connection", document: str, *, theirs_last: bool
) -> list[dict[str, Any]]:
    """Return the texts of both stores: those that only the former text's store had come first."""
    earlier, later = (_with_present(store, document) for store in ((into, other) if theirs_last else (other, into)))
    known = {row["sha256"] for row in later}
    rows = [*(row for row in earlier if row["sha256"] not in known), *later]
    if rows:
        rows[-1] |= {"text": None, "turns": None}
    return rows


def _with_present(store: "Connection", document: str) -> list[dict[str, Any]]:
    """Return the revisions, the last one with the text and turns that it has as the present one."""
    rows, present = revisions_of(store, document), _present(store, document)
    if rows and rows[-1]["sha256"] in present:
        turns = [turn["attributes"] for turn in _turns(store, document)]
        rows[-1] |= {"text": present[rows[-1]["sha256"]], "turns": turns}
    return rows


def _present(store: "Connection", document: str) -> dict[str, str]:
    documents = tables().documents
    row = store.execute(documents.select().where(documents.c.document == document)).first()
    return {row.sha256: row.text} if row is not None and row.sha256 else {}


def _turns(store: "Connection", document: str) -> list[dict[str, Any]]:
    turns = tables().turns
    return [dict(row._mapping) for row in store.execute(turns.select().where(turns.c.document == document))]


def _tombstone(row: Any) -> dict[str, Any]:
    words = row.attributes.get("words") or len(row.text.split())
    attributes = {"document": row.document, "words": words}
    return {"document": row.document, "position": row.position, "sha256": "", "text": "", "attributes": attributes}


def _add_acts(into: "Connection", new: list[Act], gone: Container[str]) -> None:
    """Write the acts; the words of withdrawn documents do not come back, whoever kept them."""
    kept = ("withdraw", "restore")
    rows = [
        act
        if act.document not in gone or act.kind in kept or (act.kind == "lift" and act.origin == "rule")
        else act._replace(memo=None, quote=None)
        for act in new
    ]
    add_acts(into, rows)


def _on_former_texts(acts: list[Act], held: Mapping[str, str]) -> set[str]:
    return {
        act.document
        for act in acts
        if act.document is not None and act.revision not in (None, held.get(act.document, act.revision))
    }


def _erase(into: "Connection", gone: Container[str], held: Mapping[str, str]) -> bool:
    """Erase what either store withdrew, also where the other store still had it."""
    withdrawals = acts_of(into, kinds=("withdraw",))
    whole = [document for document in held if document in gone]
    voices = {act.document for act in withdrawals if act.target == VOICE}
    for document in whole:
        erase_document(into, document)
    erased = [erase_voices(into, document) for document in held if document in voices and document not in whole]
    return bool(whole) or any(erased)
