"""The part of a store that is about evidence: kinds of source, cases against, what was sealed, written summaries."""

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.coding import texts as kept
from workbench.coding import view
from workbench.coding.acts import Act, moment
from workbench.coding.base_store import BaseStore
from workbench.coding.chain import Chain
from workbench.coding.database import acts_of
from workbench.coding.in_force import codings_in_force
from workbench.coding.marking import named, record
from workbench.coding.standing_rows import row_with
from workbench.errors import InputError, Problem, Problems, did_you_mean

if TYPE_CHECKING:
    from sqlalchemy import Connection

SOURCES = ("own experience", "hearsay", "opinion", "document", "record")
"""What a passage rests on: seen or done by who says it, heard from others, thought, read, or looked up."""

DISPOSITIONS = ("limits", "refutes", "error", "rival")
"""What a case against a link means: it limits the context, refutes the link, is a coder's error, or has a rival
explanation."""

WEIGHED = ("coding", "source", "group", "by", "at")
DISPOSED = ("coding", "code", "document", "start", "end", "disposition", "by", "at", "why")
REGISTERED = ("element", "sha256", "at", "by")
SUMMARIES = ("element", "case", "text", "by", "at", "earlier")


class EvidenceStore(BaseStore):
    """The part of a store that is about evidence on a theory; use `open_store`.

    Everything here is an act: nothing is overwritten, a merge is a union, and
    the latest word counts. `undo` passes over these acts, so that a slip while
    coding takes none of them back: say another thing, or take back a decision.
    """

    def weigh(
        self, coding: str, *, by: str, source: str | None = None, group: str | None = None, why: str = ""
    ) -> None:
        """Say what kind of source a coded passage is, and which dependence group it belongs to.

        Parameters
        ----------
        coding : str
            Id of a coding in force, whoever made it.
        by : str
            Who says so.
        source : str, optional
            One of `SOURCES`; None leaves what was said before.
        group : str, optional
            A name for those whose words are not independent of each other; None leaves what was said before.
        why : str
            The reason.

        Raises
        ------
        InputError
            If there is no such coding, the source is another one, or nothing is said.
        """
        problems, place = Problems(), f"coding {coding}"
        if source is not None and source not in SOURCES:
            problems.add(place, f"the source is {source!r}", choices=SOURCES, remedy=did_you_mean(str(source), SOURCES))
        if group is not None and not group.strip():
            problems.add(place, "the dependence group has no name", remedy="Name it, or leave it out")
        if source is None and group is None:
            problems.add(place, "nothing is said of it", remedy="Give source, group, or both")
        problems.raise_if_any()
        said = {"source": source, "group": group.strip() if group else None}
        origin = json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False)
        self._about(coding, "weigh", by=by, origin=origin, memo=why.strip())

    def dispose(self, coding: str, disposition: str, *, by: str, why: str) -> None:
        """Decide what a case against a link means: one's later decision replaces one's earlier one.

        Parameters
        ----------
        coding : str
            Id of the coding that speaks against the link.
        disposition : {"limits", "refutes", "error", "rival"}
            It limits the context, refutes the link, is a coder's error, or has a rival explanation.
        by, why : str
            Who decides, and the reason.

        Raises
        ------
        InputError
            With everything that is wrong; nothing is decided then.
        """
        problems, place = Problems(), f"coding {coding}"
        if disposition not in DISPOSITIONS:
            remedy = did_you_mean(str(disposition), DISPOSITIONS)
            problems.add(place, f"the disposition is {disposition!r}", choices=DISPOSITIONS, remedy=remedy)
        if not isinstance(why, str) or not why.strip():
            problems.add(place, "the reason is missing", remedy="Say why: others will ask, and so will you")
        problems.raise_if_any()
        self._about(coding, "dispose", by=by, origin=disposition, memo=why.strip())

    def take_back_disposition(self, coding: str, *, by: str) -> None:
        """Take one's own decision on a case back.

        Raises
        ------
        InputError
            If `by` has none on it.
        """
        held = self.dispositions()
        mine = held[(held["coding"] == coding) & (held["by"] == named(by))]
        if mine.empty:
            others = sorted(set(held.loc[held["coding"] == coding, "by"]))
            what = f"{by} has decided nothing on it" + (f"; {', '.join(others)} did" if others else "")
            raise InputError(Problem(place=f"coding {coding}", what=what, remedy="Only one's own can be taken back"))
        self._about(coding, "dispose", by=by, origin="")

    def register(self, entries: Mapping[str, str], *, by: str) -> int:
        """Seal what was written, with the moment: only what is new or differs from what was sealed last.

        Parameters
        ----------
        entries : Mapping of str to str
            Id of a link or clue, to the SHA-256 of what is written about it.
        by : str
            Who seals it.

        Returns
        -------
        int
            How many were sealed now.
        """
        by = named(by)
        with self._database.writing() as connection:
            last = {act.code: act.origin for act in _standing(connection, "register")}
            new = {element: sha256 for element, sha256 in entries.items() if last.get(element) != sha256}
            chain, at = Chain(connection), moment()
            for element, sha256 in new.items():
                chain.add(Act(id="", coder=by, at=at, kind="register", code=element, origin=sha256))
            chain.flush()
        return len(new)

    def summarise(self, element: str, case: str, text: str, *, by: str) -> None:
        """Write the summary of a cell of the framework matrix; the earlier ones are kept.

        Parameters
        ----------
        element : str
            A node or link of the theory.
        case : str
            A person, `scheme:<id>` or `document:<id>`.
        text : str
            The summary; an empty one clears the cell.
        by : str
            Who writes it.
        """
        if not element.strip() or not case.strip():
            raise InputError("a summary needs its element and its case")
        with self._database.writing() as connection:
            document = _document_of(connection, case)
            record(connection, by, "summarise", code=element, target=case, memo=text.strip(), document=document)

    def weighed(self, as_of: str | date | None = None) -> pd.DataFrame:
        """Return the latest word on each coding in force: coding, source, group, by, at; None where nothing was said.

        Source and group are each the latest that was said; `by` and `at` are of the later of the two.
        """
        with self._database.reading() as connection:
            acts = _standing(connection, "weigh", as_of)
            live = set(_codings(connection, as_of)["id"]) if acts else set()
            found: dict[str, dict[str, Any]] = {}
            for act in acts:
                if act.target is not None and act.target in live:
                    row = found.setdefault(act.target, {"coding": act.target, "source": None, "group": None})
                    row |= {**json.loads(act.origin or "{}"), "by": act.coder, "at": act.at}
        return pd.DataFrame(list(found.values()), columns=list(WEIGHED), dtype="object")

    def dispositions(self, as_of: str | date | None = None) -> pd.DataFrame:
        """Return what people decided on cases against links: one row a coding and person, the latest of each.

        Those on codings that are gone have lapsed.

        Returns
        -------
        pandas.DataFrame
            coding, code (as it is called now), document, start, end, disposition, by, at, why.
        """
        with self._database.reading() as connection:
            latest = {(act.target, act.coder): act for act in _standing(connection, "dispose", as_of)}
            table = _codings(connection, as_of) if latest else pd.DataFrame(columns=["id"])
            rows_of = table[table["id"].isin({target for target, _ in latest})].to_dict(orient="records")
            codings = {str(row["id"]): row for row in rows_of}
        rows = []
        for act in sorted(latest.values(), key=lambda act: act.id):
            at = codings.get(act.target or "")
            if act.origin and at is not None:
                place = (at["code"], at["document"], at["start"], at["end"])
                rows.append((act.target, *place, act.origin, act.coder, act.at, act.memo or ""))
        return pd.DataFrame(rows, columns=list(DISPOSED)).astype({"start": "int64", "end": "int64"})

    def registered(self, as_of: str | date | None = None) -> pd.DataFrame:
        """Return everything that was sealed, in order of time: element, sha256, at, by."""
        with self._database.reading() as connection:
            acts = _standing(connection, "register", as_of)
        rows = [(act.code, act.origin, act.at, act.coder) for act in acts]
        return pd.DataFrame(rows, columns=list(REGISTERED), dtype="str")

    def summaries(self, as_of: str | date | None = None) -> pd.DataFrame:
        """Return the latest summary of each cell: element, case, text, by, at, earlier (versions before it)."""
        with self._database.reading() as connection:
            acts = [act for act in _standing(connection, "summarise", as_of) if act.memo is not None]
        versions: dict[tuple[str | None, str | None], list[Act]] = {}
        for act in acts:
            versions.setdefault((act.code, act.target), []).append(act)
        rows = [
            (element, case, each[-1].memo, each[-1].coder, each[-1].at, len(each) - 1)
            for (element, case), each in versions.items()
            if each[-1].memo
        ]
        return pd.DataFrame(rows, columns=list(SUMMARIES)).astype({"earlier": "int64"})

    def _about(self, coding: str, kind: str, *, by: str, **what: Any) -> None:
        with self._database.writing() as connection:
            made = row_with(connection, coding)
            if made is None:
                remedy = "store.codings() lists those in force"
                raise InputError(Problem(place=f"coding {coding}", what="there is no such coding", remedy=remedy))
            record(connection, by, kind, target=coding, document=made.document, code=made.code, **what)


def _standing(connection: "Connection", kind: str, as_of: str | date | None = None) -> list[Act]:
    """Return the acts of a kind that nobody has undone, now or at a time, in the order of their ids."""
    limit = moment(as_of, end_of_day=True) if as_of is not None else None
    acts = acts_of(connection, kinds=(kind, "undo", "redo"))
    return [act for act in view.standing(act for act in acts if limit is None or act.at <= limit) if act.kind == kind]


def _codings(connection: "Connection", as_of: str | date | None) -> pd.DataFrame:
    return codings_in_force(connection, moment(as_of, end_of_day=True) if as_of is not None else None, None)


def _document_of(connection: "Connection", case: str) -> str | None:
    """Return the transcript that a case is one of, or in which it speaks first; withdrawal erases by it."""
    kind, _, name = case.partition(":")
    if kind == "scheme":
        return None
    turns = kept.speaking(connection)
    found = turns["document"] == name if kind == "document" else turns["person"] == case
    if not found.any():
        what = "there is no such person or transcript"
        raise InputError(Problem(place=f"case {case}", what=what, remedy="Write scheme:ID, document:ID or a person"))
    return str(turns.loc[found, "document"].iloc[0])
