"""Codings made by hand elsewhere, found again in the texts by their words."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from workbench.coding import STANCES
from workbench.coding.coding import arrow
from workbench.definitions import read_text
from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.exchange.export_codings import FORMULA_SIGNS

NEEDED = ("document", "quote", "code", "coder")
Replaced = Callable[[str, str], str]
QUOTATION_MARKS = ("'‘’", '"“”')
"""Word and Excel bend these by themselves, so either form finds the other."""


def as_it_is(quote: str, _document: str) -> str:
    """Return the quote."""
    return quote


class Texts(Protocol):
    """A corpus or a coding store: its `documents` and `turns` may be tables or methods that return them."""

    @property
    def documents(self) -> Any:
        """One row a document."""

    @property
    def turns(self) -> Any:
        """One row a turn."""

    def text(self, document: str) -> str:
        """One document's text."""


class KnownCodes(Protocol):
    """What a codebook offers here."""

    @property
    def codes(self) -> Any:
        """The codes by their ids."""

    def known(self, code: str) -> bool:
        """Whether the code may be used."""


def read_codings(
    path: str | Path,
    texts: Texts,
    *,
    codebook: KnownCodes | None = None,
    replaced: Replaced = as_it_is,
    now: Callable[[str], str] = str,
) -> list[dict[str, Any]]:
    """Read codings from a CSV file and find their quotes.

    Parameters
    ----------
    path : str or Path
        CSV in UTF-8 with the columns document, quote, code, coder and, where wanted, stance, memo and turn.
        A quote may differ from the text in blanks, line breaks and the form of quotation marks.
    texts : Corpus or Store
        Where to find them.
    codebook : Codebook, optional
        Refuses codes that it does not know.
    replaced : callable
        Quote and document to the quote with pseudonyms for names: tried where the quote as it is does not stand in
        the text, because it was copied before the names were replaced.
    now : callable
        Code to the code that it is now, for codes that were renamed since (`store.present_codes().now`).

    Returns
    -------
    list of dict
        Rows for `store.code_many`, in the order of the file.

    Raises
    ------
    InputError
        With file and line of everything that is wrong: an unknown document, code or stance, a quote that is
        not in the text, or one that occurs more than once and has no `turn`.
    """
    path = Path(path)
    documents, turns = _table(texts.documents), _table(texts.turns)
    spans = zip(turns["document"], turns["turn"], turns["start"], turns["end"], strict=True)
    places = {(str(document), str(turn)): (int(start), int(end)) for document, turn, start, end in spans}
    known = [str(document) for document in documents["document"]]
    problems = Problems()
    rows = []
    for place, cells in _lines(path):
        before = len(problems.found)
        cells["code"] = now(cells["code"])
        _check(place, cells, known, codebook, problems)
        if len(problems.found) == before:
            found = _find(place, cells, texts.text(cells["document"]), places, problems, replaced=replaced)
            if found:
                rows.append(_row(place, cells, found))
    problems.raise_if_any()
    return rows


def _table(given: Any) -> pd.DataFrame:
    return pd.DataFrame(given() if callable(given) else given)


def _lines(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    reader = csv.reader(io.StringIO(read_text(path), newline=""))
    header = [name.strip() for name in next(reader)]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise InputError(
            Problem(place=f"{path.name}, line 1", what=f"missing columns: {', '.join(missing)}", choices=header)
        )
    first = reader.line_num + 1
    for values in reader:
        if any(value.strip() for value in values):
            cells = dict(zip(header, [*values, *[""] * len(header)], strict=False))
            read = {name: _cell(value) for name, value in cells.items()}
            yield f"{path.name}, line {first}", read | {"code": arrow(read["code"])}
        first = reader.line_num + 1


def _cell(value: str) -> str:
    """Take off blanks, and the apostrophe that an export puts before what looks like a formula."""
    value = value.strip()
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA_SIGNS) else value


def _check(
    place: str, cells: dict[str, str], known: list[str], codebook: KnownCodes | None, problems: Problems
) -> None:
    for name in NEEDED:
        if not cells[name]:
            problems.add(place, f"{name} is missing")
    if cells["document"] and cells["document"] not in known:
        remedy = did_you_mean(cells["document"], known) or "Check the file name of the transcript"
        problems.add(place, f"there is no document {cells['document']!r}", remedy=remedy)
    stance = cells.get("stance", "").lower()
    if stance and stance not in STANCES:
        problems.add(place, f"stance is {cells['stance']!r}", choices=STANCES, remedy=did_you_mean(stance, STANCES))
    if codebook is not None and cells["code"] and not codebook.known(cells["code"]):
        names = [str(name) for kind in ("codes", "link_codes", "components") for name in getattr(codebook, kind, ())]
        remedy = did_you_mean(cells["code"], names) or "Add it to the codebook, or correct it"
        problems.add(place, f"the codebook has no code {cells['code']!r}", remedy=remedy)


def _find(
    place: str,
    cells: dict[str, str],
    text: str,
    places: dict[tuple[str, str], tuple[int, int]],
    problems: Problems,
    *,
    replaced: Replaced,
) -> tuple[int, int] | None:
    document, turn, quote = cells["document"], cells.get("turn", ""), _shown(cells["quote"])
    start, end, where = 0, len(text), document
    if turn:
        if (document, turn) not in places:
            problems.add(place, f"{document} has no turn {turn!r}")
            return None
        (start, end), where = places[document, turn], f"turn {turn} of {document}"
    found = occurrences(cells["quote"], text, start, end)
    if not found and (again := replaced(cells["quote"], document)) != cells["quote"]:
        found = occurrences(again, text, start, end)
    if not found:
        remedy = "Copy it from the transcript as it stands, without words left out"
        problems.add(place, f"the quote {quote!r} is not in {where}", remedy=remedy)
        return None
    if len(found) > 1:
        remedy = "Quote more words" if turn else "Quote more words, or add its turn in a column named turn"
        problems.add(place, f"the quote {quote!r} occurs {len(found)} times in {where}", remedy=remedy)
        return None
    return found[0]


def occurrences(quote: str, text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""Return where a quote stands in `text[start:end]`, as (start, end); overlapping ones too.

    Blanks and line breaks count as one blank, and straight quotation marks as curved ones.

    Examples
    --------
    >>> occurrences("it's  fine", "Well, it’s\nfine.", 0, 16)
    [(6, 15)]
    """
    words = unicodedata.normalize("NFC", quote).split()
    pattern = re.compile(r"\s+".join("".join(_either(sign) for sign in word) for word in words))
    found = []
    match = pattern.search(text, start, end)
    while match:
        found.append(match.span())
        match = pattern.search(text, match.start() + 1, end)
    return found


def _either(sign: str) -> str:
    for marks in QUOTATION_MARKS:
        if sign in marks:
            return f"[{marks}]"
    return re.escape(sign)


def _shown(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 60 else words[:59] + "…"


def _row(place: str, cells: dict[str, str], found: tuple[int, int]) -> dict[str, Any]:
    return {
        "document": cells["document"],
        "start": found[0],
        "end": found[1],
        "code": cells["code"],
        "coder": cells["coder"],
        "stance": cells.get("stance", "").lower() or None,
        "memo": cells.get("memo", ""),
        "place": place,
    }
