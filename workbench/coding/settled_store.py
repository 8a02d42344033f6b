"""The part of a store that is about differences between coders, and how they were settled."""

from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.coding import texts as kept
from workbench.coding import view
from workbench.coding.acts import CODE_KINDS, Act, moment
from workbench.coding.adjudication import (
    DECISIONS,
    NOT_CODED,
    Page,
    Placed,
    Settled,
    decisions_on,
    with_split_codes,
    written,
)
from workbench.coding.base_store import BaseStore
from workbench.coding.chain import Chain
from workbench.coding.code_changes import present_codes
from workbench.coding.coding import STANCES
from workbench.coding.database import acts_of, acts_on_codes
from workbench.coding.marking import named
from workbench.coding.passages import check_passages
from workbench.coding.present_codes import PresentCodes
from workbench.coding.revisions import former_texts, revisions_of
from workbench.coding.schema import tables
from workbench.coding.view import CHANGING
from workbench.errors import InputError, Problem, Problems, did_you_mean

if TYPE_CHECKING:
    from sqlalchemy import Connection

ORDER = (
    "id", "document", "turn", "code", "start", "end", "quote", "decision", "stance", "by", "at", "why",
    "place_start", "place_end",
)  # fmt: skip


class SettledStore(BaseStore):
    """The part of a store that is about differences between coders, and how they were settled; use `open_store`."""

    def settle(
        self,
        document: str,
        start: int,
        end: int,
        code: str,
        *,
        by: str,
        decision: str,
        stance: str | None = None,
        why: str,
        place: tuple[int, int] | None = None,
    ) -> Settled:
        """Decide whether a code stands on a passage, where coders differ, and say why.

        Coders' codings stay as they are, and agreement is measured on them;
        analyses take the decision in their place. It bears on every coding of
        the code that shares a turn with its place (`coding.settle.borne`). A
        later decision on the same code whose place shares a turn with this
        one's replaces it.

        Parameters
        ----------
        document : str
            The transcript.
        start, end : int
            The passage: half-open, in code points of the text.
        code : str
            Code of the codebook, component of a manual, or link of the theory. One that was renamed or merged is
            followed, one that was split or retired refused.
        by : str
            Who decides.
        decision : {"coded", "not coded"}
            Whether the code stands there.
        stance : {"supports", "contradicts", "qualifies", "silent"}, optional
            What the passage says about the code; only with "coded".
        why : str
            The reason.
        place : (int, int), optional
            The words that were looked at, where they are more than the passage; by default the passage.

        Raises
        ------
        InputError
            With everything that is wrong; nothing is decided then.
        """
        by = named(by)
        wish = {"document": document, "start": start, "end": end, "code": code, "coder": by, "stance": stance}
        where = f"{document} from {start} to {end}"
        with self._database.writing() as connection:
            kept.check_known(connection, [document])
            _check_decision(where, decision, stance, why)
            texts = kept.texts(connection, [document])
            passage = check_passages([{**wish, "place": where}], texts, present_codes(acts_on_codes(connection)))[0]
            place = _check_place(where, place or (start, end), (start, end), len(texts[document]))
            act = Act(
                id="", coder=by, at=moment(), kind="settle", target=decision, document=passage.document,
                start=passage.start, end=passage.end, code=passage.code, stance=passage.stance, memo=why.strip(),
                quote=passage.quote, revision=passage.revision,
                origin=written(place) if place != (start, end) else None,
            )  # fmt: skip
            made = _add(connection, act)
            return Placed(act=made, place=place, turns=frozenset()).settled(_page(connection, document))

    def settled(self, as_of: str | date | None = None) -> pd.DataFrame:
        """Return the decisions that hold, the latest on each place, one a row, in the order they were made.

        Decisions follow corrections of a transcript while their words stay the
        same, and their codes unless these are split; the others are in
        `to_settle_again`. Those on withdrawn transcripts are gone.

        Parameters
        ----------
        as_of : str or date, optional
            As they stood at this time (UTC), on the text of that time; a day means its end.

        Returns
        -------
        pandas.DataFrame
            id, document, turn, code, start, end, quote, decision, stance, by, at, why; place_start and place_end, the
            words that it bears on. Where a correction left the place uncertain, that is the passage only.
        """
        limit = moment(as_of, end_of_day=True) if as_of is not None else None
        with self._database.reading() as connection:
            placed, pages = _decisions(connection, limit)
        return _table([each.settled(pages[each.act.document or ""]) for each in placed if not each.why])

    def to_settle_again(self) -> pd.DataFrame:
        """Return the decisions that a correction left without their words, or a split without their code.

        They are applied nowhere. `unsettle` sets one aside for good; a new
        decision on the place replaces it, on one of the parts where the code
        was split.

        Returns
        -------
        pandas.DataFrame
            Columns of `settled`, and `because`. `quote` is what it was decided on; `start` and `end` are the
            stretch of the present text to look in; `code` is the one that was split.
        """
        with self._database.reading() as connection:
            placed, pages = _decisions(connection, None)
        lost = [each for each in placed if each.why]
        table = _table([each.settled(pages[each.act.document or ""]) for each in lost])
        return table.assign(because=pd.Series([each.why for each in lost], dtype="str"))

    def unsettle(self, identity: str, *, by: str, why: str = "") -> None:
        """Reopen a decision, whoever made it: the coders' own codings count again there.

        Raises
        ------
        InputError
            If there is no such decision, or it does not hold any more.
        """
        with self._database.writing() as connection:
            placed, _ = _decisions(connection, None)
            held = {each.act.id: each.act for each in placed}
            if identity not in held:
                remedy = did_you_mean(identity, held) or "store.settled() lists those that do"
                raise InputError(
                    Problem(place=f"decision {identity}", what="no decision with this id holds now", remedy=remedy)
                )
            document, at, by = held[identity].document, moment(), named(by)
            act = Act(id="", coder=by, at=at, kind="settle", target=identity, document=document, memo=why.strip())
            _add(connection, act)


def _check_decision(place: str, decision: str, stance: str | None, why: str) -> None:
    problems = Problems()
    if decision not in DECISIONS:
        remedy = did_you_mean(str(decision), DECISIONS)
        problems.add(place, f"the decision is {decision!r}", choices=DECISIONS, remedy=remedy)
    if decision == NOT_CODED and stance is not None:
        problems.add(place, f"a stance ({stance}) on what is not coded", remedy="Leave the stance out")
    if stance is not None and stance not in STANCES:
        problems.add(place, f"stance is {stance!r}", choices=STANCES, remedy=did_you_mean(str(stance), STANCES))
    if not isinstance(why, str) or not why.strip():
        problems.add(place, "the reason is missing", remedy="Say why: others will ask, and so will you")
    problems.raise_if_any()


def _check_place(where: str, place: tuple[int, int], passage: tuple[int, int], length: int) -> tuple[int, int]:
    if not (0 <= place[0] <= passage[0] and passage[1] <= place[1] <= length):
        what = f"the place from {place[0]} to {place[1]} does not hold the passage, or is outside the text"
        raise InputError(Problem(place=where, what=what, remedy=f"The text has {length:,} characters"))
    return place


def _add(connection: "Connection", act: Act) -> Act:
    chain = Chain(connection)
    made = chain.add(act)
    chain.flush()
    return made


def _decisions(connection: "Connection", limit: str | None) -> tuple[list[Placed], dict[str, Page]]:
    """Return the decisions that hold at a point in time (None is now), and the pages that they are on."""
    acts = acts_of(connection, kinds=("settle", *CHANGING))
    acts = [act for act in acts if limit is None or act.at <= limit]
    held = kept.held_documents(connection)
    about = {act.document for act in acts if act.kind == "settle" and act.document in held}
    if not about:
        return [], {}
    changes = [act for act in view.standing(acts) if act.kind in CODE_KINDS]
    now = PresentCodes(changes).now
    acts = [act._replace(code=now(act.code)) if act.kind == "settle" and act.code else act for act in acts]
    pages = {document: _page(connection, document, limit) for document in about if document}
    return with_split_codes(decisions_on(acts, pages), changes), pages


def _page(connection: "Connection", document: str, limit: str | None = None) -> Page:
    """Return the document's text at a point in time (None is now); the present one where that was erased."""
    import sqlalchemy as sa

    documents, turns = tables().documents, tables().turns
    row = connection.execute(documents.select().where(documents.c.document == document)).one()
    asked = sa.select(turns.c.turn, turns.c.start, turns.c.end).where(turns.c.document == document)
    spans = [(turn, start, end) for turn, start, end in connection.execute(asked.order_by(turns.c.end))]
    former = former_texts(connection, document)
    then = _text_then(revisions_of(connection, document), limit) if limit is not None else None
    if then is None:
        return Page(text=row.text, sha256=row.sha256, turns=spans, former=former)
    spans = sorted(((turn["turn"], turn["start"], turn["end"]) for turn in then["turns"] or ()), key=itemgetter(2))
    return Page(text=then["text"], sha256=then["sha256"], turns=spans, former={**former, row.sha256: row.text})


def _text_then(revisions: list[dict[str, Any]], limit: str) -> dict[str, Any] | None:
    """Return the former text that stood at a point in time; None where the present one did."""
    before = [row for row in revisions if row["at"] <= limit]
    return before[-1] if before and before[-1]["text"] is not None else None


def _table(settled: list[Settled]) -> pd.DataFrame:
    kinds = {"turn": "Int64", "start": "int64", "end": "int64", "stance": "object"} | dict.fromkeys(
        ("place_start", "place_end"), "int64"
    )
    columns = {name: [getattr(each, name) for each in settled] for name in ORDER}
    return pd.DataFrame({name: pd.Series(values, dtype=kinds.get(name, "str")) for name, values in columns.items()})
