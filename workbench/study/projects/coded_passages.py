"""Codings in force as selections with codes, and their memos and stances as notes."""

import uuid
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbench.exchange.refi.model import Note, RefiCoding, Selection
from workbench.study.projects.memos import note_of

if TYPE_CHECKING:
    import pandas as pd

    from workbench.coding import Store
    from workbench.study.study import Study


def selections_of(
    store: "Store", codings: "pd.DataFrame", *, codes: Mapping[str, str], coders: Mapping[str, str]
) -> dict[str, list[Selection]]:
    """Return the passages of each document with their codes.

    Codings of one coder on one passage share a selection; those of two coders have one each, since some programs
    ascribe all codes of a selection to whoever made it. What came in as one selection leaves as one.
    """
    guids = store.guids("coding", codings["id"])
    came = {name: guid for name, guid in store.selections_of_codings().items() if name in guids}
    groups: dict[tuple[str, int, int, str], list[dict[str, str]]] = {}
    for row in codings.to_dict(orient="records"):
        mine = came.get(row["id"], f"by {row['coder']}")
        groups.setdefault((str(row["document"]), int(row["start"]), int(row["end"]), mine), []).append(
            {str(name): value for name, value in row.items()}
        )
    found: dict[str, list[Selection]] = {}
    given: set[str] = set()
    for (document, start, end, mine), rows in sorted(groups.items(), key=lambda group: group[0][:3]):
        first = rows[0]
        own = str(uuid.uuid5(uuid.UUID(guids[first["id"]]), "selection")).upper()
        guid = mine if mine in came.values() and mine not in given else own
        given.add(guid)
        found.setdefault(document, []).append(
            Selection(
                guid=guid,
                start=start,
                end=end,
                user=coders[first["coder"]],
                at=min(row["at"] for row in rows),
                codings=tuple(
                    RefiCoding(guid=guids[row["id"]], code=codes[row["code"]], user=coders[row["coder"]], at=row["at"])
                    for row in rows
                ),
            )
        )
    return found


def notes_of(
    study: "Study", codings: "pd.DataFrame", *, coders: Mapping[str, str], stance_only: bool
) -> Iterator[Note]:
    """Give a note for each coding that has a memo or a stance, or was proposed by a rule or a model."""
    guids = study.store.guids("coding", codings["id"])
    for row in codings.to_dict(orient="records"):
        said = str(row["memo"] or "") if not stance_only else ""
        stance = row["stance"] if isinstance(row["stance"], str) and row["stance"] else None
        text = note_of(stance, str(row["origin"] or "human"), study.register.replaced(said, str(row["document"])))
        if text:
            guid = str(uuid.uuid5(uuid.UUID(guids[row["id"]]), "note")).upper()
            yield Note(
                guid=guid, text=text, user=coders[row["coder"]], at=row["at"], about=frozenset([guids[row["id"]]])
            )
