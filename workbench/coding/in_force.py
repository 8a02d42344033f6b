"""The codings in force, now or at an earlier time, each beside the turn that it lay in then."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from workbench.coding import view
from workbench.coding.acts import Act
from workbench.coding.coding_table import coding_table
from workbench.coding.database import acts_of
from workbench.coding.revisions import former_turns
from workbench.coding.texts import held_documents, turn_table

if TYPE_CHECKING:
    from sqlalchemy import Connection


def codings_in_force(connection: "Connection", limit: str | None, coder: str | None) -> pd.DataFrame:
    """Return the codings in force at a point in time (None is now), of one coder or of all.

    Before a correction they are shown on the former text, in its turns.
    Withdrawn documents are gone at any time.
    """
    held = held_documents(connection)
    acts = acts_of(connection, coder=coder, corrections=True)
    known = [act for act in acts if act.document in held and (limit is None or act.at <= limit)]
    found = [act for act in view.current(known) if coder is None or act.coder == coder]
    turns = turn_table(connection)
    then = {(act.document or "", act.revision or "") for act in found if act.revision != held[act.document or ""]}
    return _with_former_turns(connection, found, turns, then) if then else coding_table(found, turns)


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
