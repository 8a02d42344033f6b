"""The rows of the codings in force: what the acts come to, written in the transaction that adds them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.coding import view
from workbench.coding.acts import SETTLING, Act
from workbench.coding.database import Pending, acts_of, acts_on_codes, insert_many, pending, plain_rows
from workbench.coding.schema import tables
from workbench.errors import Problem

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

_NO_CODINGS = ("read", "review", "settle", "weigh", "dispose", "register", "summarise")
"""Kinds that no coding comes from, and that change none."""

_ANYBODYS = (*SETTLING, "withdraw", "restore")
"""Kinds after which codings of others than who did it may be in force."""

_TAKING_BACK = ("undo", "redo")
_LINKING = ("rename-code", "merge-code", "split-code")


class Row(NamedTuple):
    """A coding in force, by the columns of its table; its quote is a slice of the text, and not kept twice."""

    id: str
    coder: str
    document: str
    code: str
    start: int
    end: int
    stance: str | None
    origin: str | None
    memo: str | None
    at: str


def keep_up(connection: "Connection") -> None:
    """Bring the codings in force up to date with what this transaction did so far."""
    todo = pending(connection)
    if not todo.acts and not todo.documents:
        return
    changes = acts_on_codes(connection)
    touched = _touched(connection, todo, changes)
    fresh = _all_new(connection, todo) if len(todo.acts) > len(touched) else {}
    held = _held(connection, touched)
    for document, coders in touched.items():
        coder = next(iter(coders)) if len(coders) == 1 else None
        now = []
        if document in held:
            acts = fresh.get(document) or acts_of(connection, document=document, coder=coder, corrections=True)
            now = replayed(acts, changes)
        _replace(connection, [row for row in now if coder in (None, row.coder)], document, coder)
    todo.acts.clear()
    todo.documents.clear()


def replayed(acts: Iterable[Act], changes: Iterable[Act]) -> list[Row]:
    """Return the codings that acts come to, in the order they were made; `changes` are those of codes."""
    return [Row._make([getattr(act, name) for name in Row._fields]) for act in view.current(acts, changes)]


def rebuild(connection: "Connection") -> None:
    """Write the codings in force anew, from all acts of the documents that are held."""
    connection.execute(tables().in_force.delete())
    rows = _from_all_acts(connection)
    if rows:
        insert_many(connection, tables().in_force, rows)


def rows_of(connection: "Connection", document: str, coder: str | None = None) -> list[Row]:
    """Return the codings in force on a document, of one coder or of all, as of what this transaction did so far."""
    keep_up(connection)
    return _select(connection, *_where(document, coder))


def all_rows(connection: "Connection", coder: str | None) -> Sequence[tuple[Any, ...]]:
    """Return all codings in force, of one coder or of all, in the order they were made: tuples as `Row`."""
    return plain_rows(connection, _asked(*([] if coder is None else [tables().in_force.c.coder == coder])))


def row_with(connection: "Connection", identity: str) -> Row | None:
    """Return the coding in force with this id, or None."""
    keep_up(connection)
    return next(iter(_select(connection, tables().in_force.c.id == identity)), None)


def wrong_rows(connection: "Connection") -> list[Problem]:
    """Return the documents whose codings in force are not what their acts come to."""
    kept, due = set(_select(connection)), set(_from_all_acts(connection))
    return [
        Problem(
            place=document,
            what="the table of codings in force is not what the acts come to",
            remedy="store.replay() writes it anew. A workbench before version 3 wrote to the store, or a person did",
        )
        for document in sorted({row.document for row in kept ^ due})
    ]


def _from_all_acts(connection: "Connection") -> list[Row]:
    changes, held = acts_on_codes(connection), _held(connection)
    found: list[Row] = []
    for document in sorted(held):
        found += replayed(acts_of(connection, document=document), changes)
    return found


def _touched(connection: "Connection", todo: Pending, changes: list[Act]) -> dict[str, set[str | None]]:
    """Return whose codings on which documents may have changed; several coders, or None, mean everybody's."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for document in todo.documents:
        found[document].add(None)
    moved = _moved(connection) if any(act.kind in _TAKING_BACK for act in todo.acts) else set()
    for act in todo.acts:
        if act.document is not None and act.kind not in _NO_CODINGS:
            others = act.kind in _ANYBODYS or (act.kind in _TAKING_BACK and act.document in moved)
            found[act.document].add(None if others else act.coder)
    codes = _linked_codes([act for act in todo.acts if act.document is None], changes)
    if codes:
        import sqlalchemy as sa

        # From the acts, not from the rows: a coding that was joined to another and taken away has no row.
        acts = tables().acts
        made = acts.c.document.is_not(None) & acts.c.code.in_(codes)
        for document in connection.scalars(sa.select(acts.c.document).where(made).distinct()):
            found[document].add(None)
    return found


def _moved(connection: "Connection") -> set[str]:
    """Return the documents on which somebody's coding was placed by a correction, or by another person."""
    import sqlalchemy as sa

    acts = tables().acts
    return set(connection.scalars(sa.select(acts.c.document).where(acts.c.kind.in_(SETTLING)).distinct()))


def _linked_codes(new: list[Act], changes: list[Act]) -> set[str]:
    """Return every code that a new change of codes, or its being taken back, can reach through other changes."""
    by_id = {act.id: act for act in changes}
    found = set[str]()
    for act in new:
        while act.kind in ("undo", "redo") and act.target in by_id:
            act = by_id[act.target or ""]
        if act.kind in _LINKING:
            found |= _codes(act)
    linked, size = [_codes(act) for act in changes if act.kind in _LINKING], -1
    while len(found) > size:
        size = len(found)
        found = found.union(*(codes for codes in linked if codes & found))
    return found


def _codes(act: Act) -> set[str]:
    return {*(act.code or "").split("\n"), *(act.target or "").split("\n")} - {""}


def _all_new(connection: "Connection", todo: Pending) -> dict[str, list[Act]]:
    """Return the acts on documents that had none before this transaction, so that they need not be read again."""
    import sqlalchemy as sa

    acts = tables().acts
    found: dict[str, list[Act]] = defaultdict(list)
    for act in todo.acts:
        if act.document is not None and act.document not in todo.documents:
            found[act.document].append(act)
    asked = sa.select(acts.c.document, sa.func.count()).group_by(acts.c.document)
    standing = Counter({document: count for document, count in connection.execute(asked) if document})
    return {document: new for document, new in found.items() if len(new) == standing[document]}


def _held(connection: "Connection", only: Iterable[str] = ()) -> set[str]:
    import sqlalchemy as sa

    documents = tables().documents
    asked = sa.select(documents.c.document).where(documents.c.sha256 != "")
    names = sorted(only)
    return set(connection.scalars(asked.where(documents.c.document.in_(names)) if names else asked))


def _replace(connection: "Connection", now: list[Row], document: str, coder: str | None) -> None:
    """Write only what differs: a coding more is one row more, however many there are."""
    import sqlalchemy as sa

    table = tables().in_force
    before = set(_select(connection, *_where(document, coder)))
    gone = [{"identity": row.id} for row in sorted(before.difference(now))]
    if gone:
        connection.execute(table.delete().where(table.c.id == sa.bindparam("identity")), gone)
    new = [row for row in now if row not in before]
    if new:
        insert_many(connection, table, new)


def _where(document: str, coder: str | None) -> list["ColumnElement[bool]"]:
    rows = tables().in_force
    whose: list[Any] = [] if coder is None else [rows.c.coder == coder]
    return [rows.c.document == document, *whose]


def _select(connection: "Connection", *where: "ColumnElement[bool]") -> list[Row]:
    return list(map(Row._make, plain_rows(connection, _asked(*where))))


def _asked(*where: "ColumnElement[bool]") -> "Select[Any]":
    import sqlalchemy as sa

    rows = tables().in_force
    return sa.select(*(rows.c[name] for name in Row._fields)).where(*where).order_by(rows.c.id)
