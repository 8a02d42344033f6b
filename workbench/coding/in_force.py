"""The codings in force, now or at an earlier time, each beside the turn that it lay in then."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from workbench.coding import view
from workbench.coding.acts import Act
from workbench.coding.coding_table import coding_table, row_table
from workbench.coding.database import acts_of, acts_on_codes
from workbench.coding.revisions import former_turns
from workbench.coding.schema import tables
from workbench.coding.standing_rows import all_rows
from workbench.coding.texts import held_documents, texts, turn_places

if TYPE_CHECKING:
    from sqlalchemy import Connection


def codings_in_force(connection: "Connection", limit: str | None, coder: str | None) -> pd.DataFrame:
    """Return the codings in force at a point in time (None is now), of one coder or of all.

    Before a correction they are shown on the former text, in its turns.
    Withdrawn documents are gone at any time.
    """
    if limit is None:
        return row_table(all_rows(connection, coder), turn_places(connection), texts(connection))
    held = held_documents(connection)
    acts = [*acts_of(connection, coder=coder, corrections=True), *acts_on_codes(connection)]
    known = [act for act in acts if (act.document is None or act.document in held) and act.at <= limit]
    found = [act for act in view.current({act.id: act for act in known}.values()) if coder in (None, act.coder)]
    turns = turn_places(connection)
    then = {(act.document or "", act.revision or "") for act in found if act.revision != held[act.document or ""]}
    return _with_former_turns(connection, found, turns, then) if then else coding_table(found, turns)


def counts_in_force(connection: "Connection") -> pd.DataFrame:
    """Return how often each coder gave each code: code, coder, codings, documents."""
    import sqlalchemy as sa

    rows = tables().in_force
    number = sa.func.count()
    asked = sa.select(rows.c.code, rows.c.coder, number, sa.func.count(rows.c.document.distinct()))
    asked = asked.group_by(rows.c.code, rows.c.coder).order_by(rows.c.code, rows.c.coder)
    table = pd.DataFrame(list(map(tuple, connection.execute(asked))), columns=["code", "coder", "codings", "documents"])
    return table.astype({"code": "str", "coder": "str", "codings": "int64", "documents": "int64"})


def _with_former_turns(
    connection: "Connection", codings: Sequence[Act], turns: pd.DataFrame, then: set[tuple[str, str]]
) -> pd.DataFrame:
    """Place codings on former texts among the turns of those texts, each text under a name of its own."""
    former = former_turns(connection, then)
    frames = [pd.DataFrame(rows).assign(document="\0".join(text)) for text, rows in former.items() if rows]
    here = [(act.document or "", act.revision or "") for act in codings]
    renamed = [
        act._replace(document="\0".join(text)) if text in then else act for act, text in zip(codings, here, strict=True)
    ]
    table = coding_table(renamed, pd.concat([turns, *frames], ignore_index=True))
    return table.assign(document=table["document"].str.split("\0").str[0])
