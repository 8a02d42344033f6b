"""GUIDs of other programs and what they gave, as rows of a store: added, joined with another store's, erased."""

import json
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.coding.schema import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

WORDS = ("name", "description", "text", "values")
"""Parts of what is carried that people wrote."""


class Known(NamedTuple):
    """What another program knows as `guid` is called `name` here; `kind` says what it is."""

    kind: str
    name: str
    guid: str


def known(connection: "Connection", kind: str | None = None) -> list[Known]:
    """Return the GUIDs of a kind, or all, in the order of their names."""
    guids = tables().guids
    asked = guids.select().order_by(guids.c.kind, guids.c.name)
    if kind is not None:
        asked = asked.where(guids.c.kind == kind)
    return [Known(row.kind, row.name, row.guid) for row in connection.execute(asked)]


def keep(connection: "Connection", rows: Iterable[Known]) -> int:
    """Add GUIDs; a name that has one keeps it, and a GUID that names something keeps its name. Return how many.

    Only selections share a GUID: it is kept by the codings that lie on one.
    """
    named, taken, new = set(), set(), []
    for each in known(connection):
        named.add(each[:2])
        taken.add((each.kind, each.guid))
    for each in rows:
        if each[:2] not in named and (each.kind == "selection" or (each.kind, each.guid) not in taken):
            named.add(each[:2])
            taken.add((each.kind, each.guid))
            new.append(each._asdict())
    if new:
        connection.execute(tables().guids.insert(), new)
    return len(new)


def carry(connection: "Connection", rows: Iterable[Mapping[str, Any]]) -> int:
    """Keep what has no place of its own here; the same GUID again replaces it. Return how many rows changed."""
    carried = tables().carried
    held = {row.guid: dict(row._mapping) for row in connection.execute(carried.select())}
    changed = {}
    for row in rows:
        before = held.get(str(row["guid"]))
        if before is None or any(before[name] != row[name] for name in ("kind", "content")):
            changed[str(row["guid"])] = dict(row)
    if changed:
        gone = sorted(set(changed) & set(held))
        for few in (gone[at : at + 500] for at in range(0, len(gone), 500)):
            connection.execute(carried.delete().where(carried.c.guid.in_(few)))
        connection.execute(carried.insert(), list(changed.values()))
    return len(changed)


def masked(value: Any, replaced: Callable[[str, str], str], about: Collection[str]) -> Any:
    """Return plain JSON with pseudonyms for names in what people wrote: names, descriptions, texts, values.

    Parameters
    ----------
    value : plain JSON
        The `data` of a carried row.
    replaced : callable
        Words and a document to the words with pseudonyms.
    about : collection of str
        The documents that it is about.
    """
    if isinstance(value, dict):
        return {key: masked(part, replaced, about) if key in WORDS else part for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [masked(part, replaced, about) for part in value]
    if isinstance(value, str) and value:
        for document in about or ("",):
            value = replaced(value, document)
    return value


def mask_carried(connection: "Connection", replaced: Callable[[str, str], str]) -> int:
    """Put pseudonyms into every carried row; return how many changed."""
    carried, changed = tables().carried, 0
    for row in connection.execute(carried.select()).all():
        content = row.content | {"data": masked(row.content["data"], replaced, row.content["documents"])}
        if content != row.content:
            connection.execute(carried.update().where(carried.c.guid == row.guid).values(content=content))
            changed += 1
    return changed


def erase_carried(connection: "Connection", document: str) -> int:
    """Erase all that other programs gave about a document; a withdrawal of it, or of a voice in it, calls this.

    Notes, comments and cases can hold anybody's words, so nothing that names the document stays.

    Returns
    -------
    int
        How many rows were erased.
    """
    carried = tables().carried
    about = [row.guid for row in connection.execute(carried.select()) if document in row.content.get("documents", ())]
    for few in (about[at : at + 500] for at in range(0, len(about), 500)):
        connection.execute(carried.delete().where(carried.c.guid.in_(few)))
    return len(about)


def join_exchanged(into: "Connection", other: "Connection", gone: Container[str]) -> None:
    """Add another store's GUIDs and what it carries; the result does not depend on which store is merged first.

    Parameters
    ----------
    into, other : sqlalchemy.Connection
        Of the writer, and of the store that is merged.
    gone : container of str
        Documents that either store withdrew: nothing about them comes in, and nothing stays.
    """
    guids, carried = tables().guids, tables().carried
    mine = {each[:2]: each.guid for each in known(into)}
    other_known = known(other)
    for each in other_known:
        if each[:2] not in mine:
            into.execute(guids.insert(), each._asdict())
        elif each.guid < mine[each[:2]]:  # both stores gave one: any rule will do that both follow
            into.execute(
                guids.update().where(guids.c.kind == each.kind, guids.c.name == each.name).values(guid=each.guid)
            )
    stay = {each.guid for each in known(into)}
    lost = {max(each.guid, mine.get(each[:2], each.guid)): min(each.guid, mine.get(each[:2], each.guid))
            for each in other_known}  # fmt: skip
    lost = {guid: stays for guid, stays in lost.items() if guid not in stay}
    held: dict[str, dict[str, Any]] = {}
    before = [dict(row._mapping) for row in into.execute(carried.select())]
    for row in (*before, *(dict(row._mapping) for row in other.execute(carried.select()))):
        if not any(document in gone for document in row["content"].get("documents", ())):
            now = row | {"guid": lost.get(row["guid"], row["guid"]), "content": _renamed(row["content"], lost)}
            there = held.get(now["guid"])
            held[now["guid"]] = now if there is None or _order(now) > _order(there) else there
    if list(held.values()) != before:
        into.execute(carried.delete())
        for row in held.values():
            into.execute(carried.insert(), row)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Return plain JSON in which a GUID that was given up is the one that stays."""
    if isinstance(value, dict):
        return {key: _renamed(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


def _order(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row["at"]), json.dumps([row["kind"], row["source"], row["content"]], sort_keys=True)
