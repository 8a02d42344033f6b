"""Parts of a study that agreement is looked at in: roles, schemes, waves, months."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.coding.units import UnitTable
from workbench.errors import InputError

if TYPE_CHECKING:
    from workbench.agreement.agreement import CodedStore

BY = ("role", "scheme", "wave", "month")
NOT_STATED = "not stated"


class Part(NamedTuple):
    """Some of the units, and what they are called: all have neither group nor period."""

    group: str
    period: str
    units: NDArray[np.bool_]

    @property
    def name(self) -> str:
        """The group or the period; "" for all of the study."""
        return self.group or self.period


Parts = Callable[[Sequence[int]], Iterator[Part]]
"""From coders (rows of a table) to the parts in which they are compared, all of the study first."""


def parts_by(store: "CodedStore", table: UnitTable, by: str | None) -> Parts:
    """Return what cuts a study into parts.

    Parameters
    ----------
    store : Store
        Says when documents were finished.
    table : UnitTable
        Of all documents.
    by : {"role", "scheme", "wave", "month"}, optional
        `role`, `scheme` and `wave` are those of the turn. `month` is that in
        which the last of the coders compared finished the document: from then
        on their work on it could differ no more.

    Raises
    ------
    InputError
        If it is none of these.
    """
    if by is not None and by not in BY:
        raise InputError(f"by is {by!r}: expected one of {', '.join(BY)}")
    finished = _months(store, table) if by == "month" else None
    document = pd.Categorical(table.units["document"]).codes
    everything = np.ones(len(table.units), dtype=bool)

    def parts(coders: Sequence[int]) -> Iterator[Part]:
        yield Part("", "", everything)
        if finished is not None:
            last = finished[list(coders)].max(axis=0)[document]
            for month in sorted(set(last.tolist()) - {0}):
                yield Part("", f"{month // 100}-{month % 100:02}", np.asarray(last == month))
        elif by is not None:
            names = table.units[by].fillna("").astype(str).replace("", NOT_STATED).to_numpy()
            for name in sorted(set(names)):
                yield Part(name, "", np.asarray(names == name))

    return parts


def imported_together(store: "CodedStore") -> tuple[int, int]:
    """Return how many acts of finishing a document stand, and how many of these came with another one.

    Nobody reads two transcripts to the end within the same minute: where one
    coder finished several then, they were recorded in one go, as by an import
    with `--finished`.
    """
    acts = store.acts()
    last = acts[acts["kind"] == "read"].groupby(["coder", "document"], as_index=False)["at"].max()
    standing = last.merge(store.read_by()[["coder", "document"]].drop_duplicates())
    minute = standing["at"].astype(str).str[:16]
    return len(standing), int(standing.assign(minute=minute).duplicated(["coder", "minute"], keep=False).sum())


def _months(store: "CodedStore", table: UnitTable) -> NDArray[np.int64]:
    """Return the month in which each coder finished each document (202403), 0 where not: coders × documents."""
    documents = pd.Categorical(table.units["document"]).categories
    acts = store.acts()
    read = acts[acts["kind"] == "read"].groupby(["coder", "document"])["at"].max()
    months = np.zeros((len(table.coders), len(documents)), dtype=np.int64)
    for coder, document in store.read_by()[["coder", "document"]].itertuples(index=False):
        if document in documents and (coder, document) in read.index:
            months[table.coders.index(coder), documents.get_loc(document)] = int(
                str(read[coder, document])[:7].replace("-", "")
            )
    return months
