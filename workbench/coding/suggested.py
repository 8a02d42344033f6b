"""Suggestions: what a rule or a model proposes. They become codings only when a person accepts them."""

import hashlib
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.coding.schema import tables
from workbench.coding.texts import texts
from workbench.errors import InputError, Problem, Problems, did_you_mean

if TYPE_CHECKING:
    from sqlalchemy import Connection

COLUMNS = ("id", "document", "start", "end", "turn", "code", "source", "score", "why", "model", "at")
NEEDED = ("document", "start", "end", "code")


def write_suggestions(connection: "Connection", frame: pd.DataFrame, *, source: str, at: str) -> int:
    """Put these suggestions in the place of all earlier ones of this source.

    A suggestion's id is made from its passage, code and source, so that the
    same suggestion made again keeps its decisions.
    """
    missing = [name for name in NEEDED if name not in frame]
    if missing:
        raise InputError(f"suggestions need the columns {', '.join(NEEDED)}; missing: {', '.join(missing)}")
    problems, known = Problems(), texts(connection)
    rows = {row["id"]: row for row in (_row(found, source, at) for found in frame.to_dict(orient="records"))}
    for row in rows.values():
        place = f"suggestion of {row['code']} in {row['document']}"
        if row["document"] not in known:
            problems.add(place, "the document is not in the store", remedy=did_you_mean(row["document"], known))
        elif not 0 <= row["start"] < row["end"] <= len(known[row["document"]]):
            problems.add(place, f"{row['start']} to {row['end']} lies outside the text")
    problems.raise_if_any()
    suggestions = tables().suggestions
    connection.execute(suggestions.delete().where(suggestions.c.source == source))
    if rows:
        connection.execute(suggestions.insert(), list(rows.values()))
    return len(rows)


def _row(found: Mapping[Hashable, Any], source: str, at: str) -> dict[str, Any]:
    row: dict[str, Any] = {name: None if pd.isna(found.get(name)) else found[name] for name in COLUMNS}
    row |= {"start": int(row["start"]), "end": int(row["end"])}
    row |= {"document": str(row["document"]), "code": str(row["code"]), "source": source, "at": str(row["at"] or at)}
    row["turn"] = None if row["turn"] is None else int(row["turn"])
    row["score"] = None if row["score"] is None else float(row["score"])
    return row | {"id": _identity(row)}


def _identity(row: Mapping[str, Any]) -> str:
    what = "\x1f".join(str(row[name]) for name in ("document", "start", "end", "code", "source"))
    return hashlib.sha256(what.encode()).hexdigest()[:32]


def read_suggestion(connection: "Connection", identity: str) -> Any:
    """Return one suggestion's row.

    Raises
    ------
    InputError
        If there is none with this id.
    """
    suggestions = tables().suggestions
    row = connection.execute(suggestions.select().where(suggestions.c.id == identity)).first()
    if row is None:
        raise InputError(
            Problem(
                place=f"suggestion {identity}", what="there is none with this id", remedy="It may have been replaced"
            )
        )
    return row


def suggestion_table(connection: "Connection", decisions: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Return the suggestions with their quotes and who accepted or rejected them (names joined by `, `)."""
    found = connection.execute(tables().suggestions.select()).all()
    known = texts(connection)
    position = {document: number for number, document in enumerate(known)}
    rows = [dict(row._mapping) for row in found]
    for row in rows:
        decided = decisions.get(row["id"], {})
        row["quote"] = known[row["document"]][row["start"] : row["end"]]
        row["accepted_by"] = ", ".join(sorted(coder for coder, what in decided.items() if what == "accept"))
        row["rejected_by"] = ", ".join(sorted(coder for coder, what in decided.items() if what == "reject"))
    rows.sort(key=lambda row: (position[row["document"]], row["start"], row["end"], row["code"], row["source"]))
    table = pd.DataFrame(rows, columns=[*COLUMNS, "quote", "accepted_by", "rejected_by"])
    kinds = {name: "str" for name in table.columns if name not in ("start", "end", "turn", "score")}
    return table.astype(kinds | {"start": "int64", "end": "int64", "turn": "Int64", "score": "float64"})
