"""The part of a store that is about codes: what was renamed, merged, split, moved, retired, and what follows."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.coding import view
from workbench.coding.acts import Act, moment
from workbench.coding.base_store import BaseStore
from workbench.coding.chain import Chain
from workbench.coding.code_changes import CodeChange, checked_change, code_change_table, present_codes
from workbench.coding.coding import arrow
from workbench.coding.database import act_with, acts_of, acts_on_codes
from workbench.coding.in_force import codings_in_force
from workbench.coding.marking import named, record
from workbench.coding.present_codes import PresentCodes
from workbench.coding.schema import tables
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.coding.store_as_of import StoreAsOf


class CodeStore(BaseStore):
    """The part of a store that is about codes; use `open_store`.

    A change of codes is an act: whoever made a coding and whenever, also in a
    store that is merged in later, it follows. Its maker can `undo` it; then
    codings are as if it had never been made. A code's id is never used again
    for something else. Each verb takes `known`: codes that are there although
    no coding has them, such as those of a codebook.
    """

    def rename_code(self, code: str, to: str, *, by: str, why: str = "", known: Collection[str] = ()) -> CodeChange:
        """Give a code another id: every coding of `code` is one of `to`.

        Only this very code: links that carry its name, such as `A11→M09`, are
        codes of their own and are named in the answer.

        Raises
        ------
        InputError
            If there is no such code, or `to` is or was another one: that is a merge.
        """
        return self._change("rename", [code], [to], by=by, why=why, known=known)

    def merge_codes(
        self, codes: Sequence[str], into: str, *, by: str, why: str = "", known: Collection[str] = ()
    ) -> CodeChange:
        """Make several codes one.

        The same passage that one coder marked with two of them is one coding
        then: the later stance stands, both memos are kept.

        Raises
        ------
        InputError
            If a code is not there, or `into` is split or retired.
        """
        given = [codes] if isinstance(codes, str) else list(codes)
        return self._change("merge", given, [into], by=by, why=why, known=known)

    def split_code(
        self, code: str, into: Sequence[str], *, by: str, why: str = "", known: Collection[str] = ()
    ) -> CodeChange:
        """Replace a code by narrower ones. Its codings wait in `to_recode`, and stay under it until `recode`.

        Raises
        ------
        InputError
            If the code is not there, or the parts are fewer than two, the code itself, or former names.
        """
        given = [into] if isinstance(into, str) else list(into)
        return self._change("split", [code], given, by=by, why=why, known=known)

    def move_code(
        self, code: str, under: str | None, *, by: str, why: str = "", known: Collection[str] = ()
    ) -> CodeChange:
        """Put a code under another one, or under none. Codings stay as they are.

        Raises
        ------
        InputError
            If either is not there, or the code would lie under itself.
        """
        return self._change("move", [code], [under] if under else [], by=by, why=why, known=known)

    def retire_code(self, code: str, *, by: str, why: str = "", known: Collection[str] = ()) -> CodeChange:
        """Let no new coding have a code. Its codings stay.

        Raises
        ------
        InputError
            If the code is not there, or retired already.
        """
        return self._change("retire", [code], [], by=by, why=why, known=known)

    def to_recode(self, coder: str | None = None) -> pd.DataFrame:
        """Return the codings under a split code: the columns of `codings`, and choices (list of str)."""
        with self._database.reading() as connection:
            codes = present_codes(acts_on_codes(connection))
            codings = codings_in_force(connection, None, coder)
        choices = [list(codes.parts(code)) for code in codings["code"]]
        codings = codings.assign(choices=pd.Series(choices, index=codings.index, dtype=object))
        return codings[codings["choices"].map(bool).astype(bool)].reset_index(drop=True)

    def recode(self, identity: str, code: str, *, coder: str) -> None:
        """Say which part of a split code a coding is; whoever made it, it stays theirs.

        Raises
        ------
        InputError
            If the coding does not wait for that, or the code is none of the parts.
        """
        with self._database.writing() as connection:
            made = act_with(connection, identity)
            changes = acts_on_codes(connection)
            acts = acts_of(connection, document=made.document) if made and made.document else []
            found = next((act for act in view.current(acts, changes) if act.id == identity), None)
            codes = present_codes(changes)
            parts = codes.parts(found.code or "") if found else ()
            place = f"coding {identity}"
            if found is None or not parts or view.withdrawn(acts):
                what = "no coding with this id waits to be given a part of a split code"
                raise InputError(Problem(place=place, what=what, remedy="store.to_recode() lists those that do"))
            new = codes.now(arrow(code.strip()))
            if new not in parts:
                what = f"{code!r} is no part of {found.code}"
                raise InputError(Problem(place=place, what=what, choices=parts))
            record(connection, coder, "recode", target=identity, document=found.document, code=new)

    def code_changes(self, as_of: str | date | None = None) -> pd.DataFrame:
        """Return the changes of codes that stand, now or at a time: id, kind, code, to (list of str), by, at, why.

        `kind` is rename, merge, split, move or retire; codes merged at once share an id.
        """
        limit = moment(as_of, end_of_day=True) if as_of is not None else None
        with self._database.reading() as connection:
            acts = acts_on_codes(connection)
        return code_change_table([act for act in acts if limit is None or act.at <= limit])

    def present_codes(self) -> PresentCodes:
        """Return what became of codes: `now(code)`, `parts(code)` of a split one, `retired(code)`, `under(code)`."""
        with self._database.reading() as connection:
            return present_codes(acts_on_codes(connection))

    def as_of(self, day: str | date) -> "StoreAsOf":
        """Return the store as it stood at a time (UTC; a day means its end), to read and to analyse."""
        from workbench.coding.store_as_of import StoreAsOf

        return StoreAsOf(self._database.engine, moment(day, end_of_day=True))

    def _change(
        self, kind: str, codes: Sequence[str], to: Sequence[str], *, by: str, why: str, known: Collection[str]
    ) -> CodeChange:
        with self._database.writing() as connection:
            present, used = present_codes(acts_on_codes(connection)), _used(connection)
            codes, to = checked_change(kind, codes, to, present, {*used, *known})
            places = _places(connection, {*codes, *to} if kind == "merge" else codes)
            chain = Chain(connection)
            wish = Act(id="", coder=named(by), at=moment(), kind=f"{kind}-code", memo=why.strip())
            act = chain.add(wish._replace(code="\n".join(codes), target="\n".join(to)))
            chain.flush()
        return CodeChange(
            id=act.id,
            kind=kind,
            codes=tuple(codes),
            to=tuple(to),
            codings=sum(code in codes for code, _ in places),
            joined=len(places) - len({place for _, place in places}) if kind == "merge" else 0,
            also=_carrying(codes, {present.now(code) for code in used}),
        )


def _used(connection: "Connection") -> set[str]:
    """Return every code that a coding ever had, as it was called then."""
    import sqlalchemy as sa

    acts = tables().acts
    asked = sa.select(acts.c.code).where(acts.c.kind.in_(("code", "accept", "recode"))).distinct()
    return {str(code) for code in connection.scalars(asked) if code}


def _places(connection: "Connection", codes: Collection[str]) -> list[tuple[str, tuple[Any, ...]]]:
    """Return where these codes are in force, and who gave them there."""
    import sqlalchemy as sa

    rows = tables().in_force.c
    asked = sa.select(rows.code, rows.coder, rows.document, rows.start, rows.end).where(rows.code.in_(sorted(codes)))
    return [(row[0], tuple(row[1:])) for row in connection.execute(asked)]


def _carrying(codes: Collection[str], used: Collection[str]) -> tuple[str, ...]:
    """Return the links in use that have one of the codes at an end."""
    return tuple(sorted(link for link in used if "→" in link and set(re.split("[→()]", link)) & set(codes)))
