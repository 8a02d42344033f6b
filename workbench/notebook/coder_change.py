"""Another code or other boundaries for a coding: two acts in one transaction, undone and redone as one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.coding import Store, view
from workbench.coding.acts import moment
from workbench.coding.code_changes import present_codes
from workbench.coding.coding import Coding
from workbench.coding.database import acts_of, acts_on_codes
from workbench.coding.marking import mark, record
from workbench.coding.passages import as_rows, check_passages
from workbench.coding.standing_rows import row_with, rows_of
from workbench.coding.texts import texts
from workbench.corpus import Span
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection


def replace_coding(store: Store, old: Mapping[str, Any], span: Span, code: str) -> Coding:
    """Put a coding of this code and these boundaries in the place of an old one, with its stance and memo.

    The new coding and the end of the old one are neighbours in their coder's chain and have the same time: that is
    how undo and redo know, also in another kernel, that they belong together.

    Raises
    ------
    InputError
        If the old coding is not there any more, or the coder has that code on those words already.
    """
    coder, at = old["coder"], moment()
    stance = old["stance"] if isinstance(old["stance"], str) else None
    row = {"document": span.document, "start": span.start, "end": span.end, "code": code, "coder": coder,
           "stance": stance, "memo": old["memo"] or "", "origin": old["origin"], "at": at}  # fmt: skip
    with store._database.writing() as connection:
        codes = present_codes(acts_on_codes(connection))
        passages = check_passages(as_rows([row], {}), texts(connection, {span.document}), codes)
        if row_with(connection, old["id"]) is None:
            remedy = "It was taken away elsewhere; undo brings your own back"
            raise InputError(Problem(place="coding", what="it is not there any more", remedy=remedy))
        _check_free(connection, passages[0].code, old, span)
        made = mark(connection, passages)[0]
        if made.id == old["id"]:  # its code was renamed to this one meanwhile
            return view.coding(made)
        record(connection, coder, "uncode", target=old["id"], document=span.document, at=at)
    return view.coding(made)


def _check_free(connection: "Connection", code: str, old: Mapping[str, Any], span: Span) -> None:
    for row in rows_of(connection, span.document, old["coder"]):
        if (row.code, row.start, row.end) == (code, span.start, span.end) and row.id != old["id"]:
            remedy = f"Remove {old['code']} with Delete, or keep both; each has a stance and a memo of its own"
            what = f"{code} is on these words already, as a coding of its own"
            raise InputError(Problem(place="coding", what=what, remedy=remedy))


def was_finished(store: Store, document: str, coder: str) -> bool:
    """Whether the coder had ever finished a document: others' codings could be seen then."""
    with store._database.reading() as connection:
        return bool(acts_of(connection, document=document, coder=coder, kinds=("read",)))
