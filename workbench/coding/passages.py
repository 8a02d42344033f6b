"""Are these codings possible on these texts? Checked together before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from workbench.coding.acts import moment
from workbench.coding.coding import ORIGINS, STANCES, arrow
from workbench.coding.present_codes import PresentCodes
from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.provenance import hash_text

FIELDS = ("document", "start", "end", "code", "coder", "stance", "memo", "origin", "at", "quote", "place")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A checked wish to mark a passage with a code, in the text with the hash `revision`."""

    document: str
    start: int
    end: int
    code: str
    coder: str
    stance: str | None
    memo: str
    origin: str
    at: str
    quote: str
    revision: str


def check_passages(
    rows: Sequence[Mapping[str, Any]], texts: Mapping[str, str], codes: PresentCodes | None = None
) -> list[Passage]:
    """Return the rows as passages with their quotes, each with the code that its code has become.

    Parameters
    ----------
    rows : Sequence[Mapping]
        document, start, end, code, coder; optionally stance, memo, origin, at, quote, and place (where it was read).
    texts : Mapping[str, str]
        Text of every document that may be coded.
    codes : PresentCodes, optional
        What became of codes: renamed and merged ones are followed, split and retired ones refused.

    Raises
    ------
    InputError
        With everything that is wrong in all rows.
    """
    problems, present = Problems(), codes or PresentCodes()
    found = [
        _passage(dict(row), f"coding {number}", texts, present, problems) for number, row in enumerate(rows, start=1)
    ]
    problems.raise_if_any()
    revisions = {document: hash_text(text) for document, text in texts.items()}
    return [replace(passage, revision=revisions[passage.document]) for passage in found if passage]


def open_code(given: str, codes: PresentCodes, place: str, problems: Problems) -> str:
    """Return the code that a given one has become; note where it is split or retired, and so open to nobody."""
    code = codes.now(arrow(given.strip()))
    if parts := codes.parts(code):
        problems.add(place, f"the code {code!r} was split", choices=parts, remedy="Say which of them it is")
    elif codes.retired(code):
        problems.add(place, f"the code {code!r} was retired: no new coding has it", remedy="Take another code")
    return code


def as_rows(given: Iterable[Mapping[str, Any]] | pd.DataFrame, common: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what may be a table of spans as rows; `common` fills in what a row leaves open.

    Raises
    ------
    InputError
        If `common` names something that a coding does not have.
    """
    unknown = [name for name in common if name not in FIELDS]
    if unknown:
        raise InputError([Problem(place=name, what="a coding has no such field", choices=FIELDS) for name in unknown])
    if isinstance(given, pd.DataFrame):
        return [
            {**common, **{name: row[name] for name in FIELDS if name in row and not _blank(row[name])}}
            for row in given.to_dict(orient="records")
        ]
    return [{**common, **{name: value for name, value in row.items() if not _blank(value)}} for row in given]


def _passage(
    row: dict[str, Any], where: str, texts: Mapping[str, str], codes: PresentCodes, problems: Problems
) -> Passage | None:
    row = {name: None if _blank(value) else value for name, value in row.items()}
    place, before = str(row.get("place") or where), len(problems.found)
    for name in ("document", "start", "end", "code", "coder"):
        if row.get(name) is None or str(row[name]).strip() == "":
            problems.add(place, f"{name} is missing")
    _closed(place, "stance", row.get("stance"), STANCES, problems)
    _closed(place, "origin", row.get("origin"), ORIGINS, problems)
    if len(problems.found) == before:
        _check_span(place, row, texts, problems)
    code = open_code(str(row["code"]), codes, place, problems) if row.get("code") is not None else ""
    at = ""
    try:
        at = moment(row.get("at"))
    except InputError as error:
        problems.add(place, str(error))
    if len(problems.found) > before:
        return None
    start, end = int(row["start"]), int(row["end"])
    return Passage(
        document=str(row["document"]),
        start=start,
        end=end,
        code=code,
        coder=str(row["coder"]).strip(),
        stance=row.get("stance"),
        memo=str(row.get("memo") or ""),
        origin=str(row.get("origin") or "human"),
        at=at,
        quote=texts[str(row["document"])][start:end],
        revision="",
    )


def _blank(value: Any) -> bool:
    return (
        value is None or (isinstance(value, float) and value != value) or type(value).__name__ in ("NAType", "NaTType")
    )


def _closed(place: str, name: str, value: Any, choices: tuple[str, ...], problems: Problems) -> None:
    if value is not None and value not in choices:
        problems.add(place, f"{name} is {value!r}", choices=choices, remedy=did_you_mean(str(value), choices))


def _check_span(place: str, row: Mapping[str, Any], texts: Mapping[str, str], problems: Problems) -> None:
    document, start, end = str(row["document"]), row["start"], row["end"]
    text = texts.get(document)
    if text is None:
        problems.add(place, f"the store holds no document {document!r}", remedy="Add it with store.add_corpus(corpus)")
    elif int(start) != start or int(end) != end:
        problems.add(place, f"start {start!r} and end {end!r} must be whole numbers")
    elif not 0 <= start < end <= len(text):
        problems.add(place, f"{document} from {start} to {end} is outside its text, which runs from 0 to {len(text)}")
    elif row.get("quote") is not None and row["quote"] != text[int(start) : int(end)]:
        problems.add(
            place,
            f"{document} from {start} to {end} reads {text[int(start) : int(end)]!r}, not {row['quote']!r}",
            remedy="Offsets count Unicode code points of the normalised text; the transcript may have changed",
        )
