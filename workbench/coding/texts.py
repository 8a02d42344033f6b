"""The texts that codings rest on, kept beside them."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from workbench.coding.corrections import reanchor
from workbench.coding.database import acts_of, plain_rows
from workbench.coding.revisions import add_revision
from workbench.coding.schema import tables
from workbench.coding.view import withdrawn
from workbench.coding.withdrawal import DECISIONS, erase_voices
from workbench.corpus.document import WITHDRAWN
from workbench.errors import Problem, Problems, did_you_mean
from workbench.provenance import hash_text

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Texts(Protocol):
    """What a corpus must offer to be coded."""

    @property
    def documents(self) -> pd.DataFrame:
        """One row a document, with the column `document`."""

    @property
    def turns(self) -> pd.DataFrame:
        """One row a turn, with the columns `document`, `turn`, `start`, `end`."""

    def text(self, document: str) -> str:
        """Return one document's normalised text."""


TURN_COLUMNS = (
    "document", "turn", "speaker", "person", "role", "scheme", "wave", "start", "end", "time", "line",
    "mark", "quotation", "archive", "text", "words",
)  # fmt: skip
"""What a store without any text says that it would hold."""


def keep_texts(connection: "Connection", corpus: Texts, *, by: str) -> tuple[int, bool]:
    """Write the documents that are new or have changed, and bring their codings onto a changed text.

    Withdrawn documents stay out.

    Returns
    -------
    int, bool
        How many documents were written, and whether words were erased because a voice withdrew.

    Raises
    ------
    InputError
        If a turn lies outside its text; nothing is written then.
    """
    gone = withdrawn(acts_of(connection, kinds=DECISIONS))
    rows = [row for row in _document_rows(corpus) if row["document"] not in gone]
    turns = {str(document): _turn_rows(frame) for document, frame in corpus.turns.groupby("document", sort=False)}
    kept = {row.document: row for row in connection.execute(tables().documents.select())}
    kept_turns = _kept_turns(connection)
    problems = Problems()
    changed = []
    for row in rows:
        document, before = row["document"], kept.get(row["document"])
        now = turns.get(document, [])
        for turn in now:
            if not 0 <= turn["start"] <= turn["end"] <= len(row["text"]):
                problems.add(f"{document}, turn {turn['turn']}", "the turn lies outside the text")
        same = before is not None and all(getattr(before, name) == row[name] for name in row)
        if not (same and kept_turns.get(document, []) == now):
            changed.append(row)
    problems.raise_if_any()
    erased = False
    for row in changed:
        document, before = row["document"], kept.get(row["document"])
        replace_text(connection, row, turns.get(document, []), before)
        if before is None or before.sha256 != row["sha256"]:
            add_revision(connection, document, row["sha256"], former=before, turns=kept_turns.get(document, []), by=by)
        if before is not None and before.sha256 != row["sha256"]:
            reanchor(connection, document, by=by)
            if row["text"].count(WITHDRAWN) > before.text.count(WITHDRAWN):
                erased |= erase_voices(connection, document, by=by if before.sha256 else None)
    return len(changed), erased


def _document_rows(corpus: Texts) -> list[dict[str, Any]]:
    rows = []
    for position, attributes in enumerate(corpus.documents.to_dict(orient="records")):
        document = str(attributes["document"])
        text = corpus.text(document)
        rows.append(
            {
                "document": document,
                "position": position,
                "sha256": hash_text(text),
                "text": text,
                "attributes": _plain(attributes),
            }
        )
    return rows


def _turn_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = [_plain(row) for row in frame.to_dict(orient="records")]
    return [{name: row[name] for name in ("document", "turn", "start", "end")} | {"attributes": row} for row in rows]


def _plain(attributes: Mapping[Hashable, Any]) -> dict[str, Any]:
    return {str(name): _plain_value(value) for name, value in attributes.items()}


def _plain_value(value: Any) -> Any:
    if hasattr(value, "item"):  # numpy's own numbers and booleans are not JSON
        value = value.item()
    if value is None or (not isinstance(value, list | dict) and pd.isna(value)):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value


def _kept_turns(connection: "Connection") -> dict[str, list[dict[str, Any]]]:
    turns = tables().turns
    found: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(turns.select().order_by(turns.c.document, turns.c.turn)):
        found.setdefault(row.document, []).append(dict(row._mapping))
    return found


def replace_text(connection: "Connection", row: dict[str, Any], turns: list[dict[str, Any]], before: Any) -> None:
    """Put a document and its turns in the place of what stood there before."""
    here = tables()
    document = row["document"]
    if before is None:
        connection.execute(here.documents.insert(), row)
    else:
        connection.execute(here.documents.update().where(here.documents.c.document == document), row)
        connection.execute(here.turns.delete().where(here.turns.c.document == document))
        if before.sha256 != row["sha256"]:  # their offsets meant the former text
            connection.execute(here.suggestions.delete().where(here.suggestions.c.document == document))
    if turns:
        connection.execute(here.turns.insert(), turns)


def texts(connection: "Connection", only: Iterable[str] | None = None) -> dict[str, str]:
    """Return the text of every document, or of these, in the corpus's order; unknown ones are left out."""
    import sqlalchemy as sa

    documents = tables().documents
    asked = sa.select(documents.c.document, documents.c.text).where(documents.c.sha256 != "")
    asked = asked.order_by(documents.c.position, documents.c.document)
    if only is not None:
        asked = asked.where(documents.c.document.in_(sorted(set(only))))
    return {row.document: row.text for row in connection.execute(asked)}


def check_known(connection: "Connection", names: Iterable[str]) -> None:
    """Refuse documents that the store does not hold.

    Raises
    ------
    InputError
        With every unknown name.
    """
    import sqlalchemy as sa

    documents = tables().documents
    held = {
        row.document: row.sha256 != ""
        for row in connection.execute(sa.select(documents.c.document, documents.c.sha256))
    }
    known = [name for name, there in held.items() if there]
    problems = Problems()
    for name in sorted(set(names) - set(known)):
        if name in held:
            remedy = "store.restore(document) and a new import bring it back"
            problems.add("store", f"{name} was withdrawn, and its words are erased", remedy=remedy)
            continue
        remedy = did_you_mean(name, sorted(known)) or "Add it with store.add_corpus(corpus)"
        problems.add("store", f"it holds no document {name!r}", remedy=remedy)
    problems.raise_if_any()


def document_table(connection: "Connection") -> pd.DataFrame:
    """Return the documents with the columns that the corpus gave them."""
    documents = tables().documents
    asked = documents.select().where(documents.c.sha256 != "")
    found = connection.execute(asked.order_by(documents.c.position, documents.c.document))
    rows = [row.attributes for row in found]
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=["document"])


def turn_table(connection: "Connection") -> pd.DataFrame:
    """Return the turns with the columns that the corpus gave them, by document in its order."""
    import sqlalchemy as sa

    here = tables()
    found = connection.execute(
        sa.select(here.turns.c.attributes)
        .join(here.documents, here.turns.c.document == here.documents.c.document)
        .order_by(here.documents.c.position, here.documents.c.document, here.turns.c.turn)
    )
    rows = [row.attributes for row in found]
    if not rows:
        return pd.DataFrame(columns=list(TURN_COLUMNS))
    table = pd.DataFrame(rows)
    if "time" in table:
        table["time"] = pd.to_numeric(table["time"])
    return table


def turn_places(connection: "Connection") -> pd.DataFrame:
    """Return where each turn lies and who speaks in it: document, turn, start, end, person, role, scheme.

    The rest of a turn's columns, its words among them, is not read: that would take longer than all else.
    """
    import sqlalchemy as sa

    here, said = tables(), ("person", "role", "scheme")
    asked = sa.select(
        *(here.turns.c[name] for name in ("document", "turn", "start", "end")),
        *(here.turns.c.attributes[name].as_string() for name in said),
    )
    rows = plain_rows(connection, asked.order_by(here.turns.c.document, here.turns.c.turn))
    return pd.DataFrame(rows, columns=["document", "turn", "start", "end", *said])


def speaking(connection: "Connection") -> pd.DataFrame:
    """Return who speaks in each document, once each: document, person, role, scheme, in the order of documents."""
    import sqlalchemy as sa

    here, said = tables(), ("person", "role", "scheme")
    asked = sa.select(
        here.turns.c.document, *(here.turns.c.attributes[name].as_string().label(name) for name in said)
    ).join(here.documents, here.turns.c.document == here.documents.c.document)
    asked = asked.group_by(here.documents.c.position, *asked.selected_columns)
    rows = plain_rows(
        connection, asked.order_by(here.documents.c.position, here.turns.c.document, sa.func.min(here.turns.c.turn))
    )
    return pd.DataFrame(rows, columns=["document", *said])


def held_documents(connection: "Connection") -> dict[str, str]:
    """Return the hash of the present text of every document that is held; withdrawn ones are not."""
    import sqlalchemy as sa

    documents = tables().documents
    asked = sa.select(documents.c.document, documents.c.sha256).where(documents.c.sha256 != "")
    return {row.document: row.sha256 for row in connection.execute(asked)}


def source_hashes(connection: "Connection") -> dict[str, str]:
    """Return the hash of the file that each document was read from; of its text where the corpus names no file."""
    documents = tables().documents
    found = connection.execute(documents.select().where(documents.c.sha256 != ""))
    return {row.document: row.attributes.get("sha256") or row.sha256 for row in found}


def changed_texts(connection: "Connection") -> list[Problem]:
    """Return the documents one of whose kept texts, present or former, is not the one that was hashed."""
    here = tables()
    documents = here.documents.select().where(here.documents.c.sha256 != "")
    revisions = here.revisions.select().where(here.revisions.c.text.is_not(None))
    present = connection.execute(documents.order_by(here.documents.c.position, here.documents.c.document))
    former = connection.execute(revisions.order_by(here.revisions.c.document, here.revisions.c.revision))
    wrong = [row.document for row in present if hash_text(row.text) != row.sha256]
    wrong += [f"{row.document}, revision {row.revision}" for row in former if hash_text(row.text) != row.sha256]
    remedy = "Put back a copy of the store made before"
    return [Problem(place=place, what="the text kept in the store was changed", remedy=remedy) for place in wrong]
