"""How far coders agree, code by code, with intervals from resampling documents."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import pandas as pd

from workbench.agreement.comparison import ALL_CODES, Comparison, Result, compare
from workbench.agreement.groups import imported_together, parts_by
from workbench.agreement.passages import PassageComparison, compare_passages
from workbench.agreement.reliability_data import drawn
from workbench.agreement.sayings import GIST, lowest, many, no_interval, sentence
from workbench.coding.units import UNITS, Coded, UnitTable, unit_table
from workbench.errors import InputError
from workbench.finding import Finding
from workbench.provenance import Provenance

COLUMNS = (
    "code", "coder", "method", "n", "value", "low", "high", "status", "note", "marked", "marked_by_all", "documents",
    "group", "period", "coverage",
)  # fmt: skip
PASSAGE = "passage"

NOTES = (
    "Of kappa, alpha and AC1, 1 means that the coders always agree and 0 that they agree as often as chance would "
    "have it; below 0 they agree less often than that. Percent agreement does not allow for chance: of a rare code "
    "it is high even when the coders never mark the same passage.",
    "Kappa and alpha are strict where a code is rare or very common, AC1 is lenient there. Where they part, read the "
    "counts of marked units, and the passages themselves.",
    "Intervals come from resampling whole documents, because passages of one interview resemble each other. With a "
    "single document there is none, nor where all resamples give the same value: that would read as certainty. With "
    "few documents it is rough.",
    "No threshold is applied. How much agreement is enough depends on what the code is used for.",
)
SETS_NOTE = (
    "Where several codes may be given to one unit, alpha over sets compares all that each coder gave it: distances are "
    "MASI's (Passonneau 2006), and two units without a code are alike."
)
PASSAGES_NOTE = (
    "Passages are compared by where they begin and end (Krippendorff and others 2016), each code on its own: u-alpha "
    "counts passages and gaps; (k)u-alpha and cu-alpha count only what two coders marked, and the column coverage says "
    "what share of the marked length that is. Documents lie end to end, and no passage runs from one into the next."
)
MONTH_NOTE = "A document belongs to the month in which the last of the coders compared finished it."


class CodedStore(Coded, Protocol):
    """A coding store that can also say what it holds."""

    def acts(self) -> pd.DataFrame:
        """One row an act: when documents were finished."""

    def fingerprint(self) -> str:
        """One hash over all acts."""


def agreement(
    store: CodedStore,
    *,
    unit: str = "turn",
    by: str | None = None,
    rng: np.random.Generator | None = None,
    confidence: float = 0.95,
) -> Finding:
    """Compare coders on the documents that they have finished.

    Higher means more agreement: 1 is perfect, 0 is chance (percent agreement excepted).

    Parameters
    ----------
    store : Store
        The coding store, or a store as it stood on a day. Only documents that
        both coders of a pair have finished (`store.read`) are compared:
        elsewhere an unmarked unit says nothing.
    unit : {"turn", "sentence", "character", "passage"}
        What is compared. A turn, sentence or character counts as marked when a
        coding covers any part of it; `passage` compares where the coders' own
        passages begin and end.
    by : {"role", "scheme", "wave", "month"}, optional
        Also compare within each group of turns, or over time: a document
        belongs to the month in which the last of the coders compared finished it.
    rng : numpy.random.Generator, optional
        For resampling documents; by default the same data give the same interval.
    confidence : float
        Coverage of the intervals as a share.

    Returns
    -------
    Finding
        `agreement`, by parts `agreement-role` and so on, of passages
        `agreement-passage`. One row a code (and `all codes`: every unit judged
        once a code, pooled, and as sets), coders (two joined by ` + `, or `all`
        from three on), method, and `group` or `period` (both empty: all of the
        study). `n` counts the units compared (of passages: characters),
        `marked` those that at least one coder marked, `marked_by_all` those
        that all who read them marked, `documents` the documents. `status` is
        `defined` or `undefined`; `note` gives the reason, or why there is no
        interval. Groups and months in which two coders share no unit are left
        out; a note names them. `coverage`: share of
        the marked length that cu-alpha and (k)u-alpha rest on.
        Evidence: the codings compared.

    References
    ----------
    Krippendorff (2019), Content Analysis, 4th edition, chapter 12; Gwet (2014);
    Passonneau (2006); Krippendorff, Mathet, Bouvry and Widlöcher (2016).
    """
    if unit not in (*UNITS, PASSAGE):
        raise InputError(f"unit is {unit!r}: expected one of {', '.join((*UNITS, PASSAGE))}")
    table = unit_table(store, "turn" if unit == PASSAGE else unit)
    parts = parts_by(store, table, by)
    weights = drawn if rng is None else lru_cache(maxsize=64)(lambda documents: drawn(documents, rng))
    found: list[Comparison | PassageComparison] = []
    found.extend(compare_passages(table, parts) if unit == PASSAGE else compare(table, parts))
    empty = [one for one in found if one.part.name and not one.documents]
    found = [one for one in found if not one.part.name or one.documents]
    results = [one.results(confidence=confidence, weights=weights) for one in found]
    behind = [one for one, several in zip(found, results, strict=True) for _ in several]
    rows = [_row(one, row, table, unit) for one, several in zip(found, results, strict=True) for row in several]
    given = "".join(f", {name}={value!r}" for name, value in (("unit", unit), ("by", by)) if value is not None)
    return Finding(
        name="-".join(["agreement", *([PASSAGE] if unit == PASSAGE else []), *([by] if by else [])]),
        title=f"Agreement between coders, by {unit}{f', in each {by}' if by else ''}",
        table=_table(rows),
        statements=_statements(table, found, results, unit, by) or _why_nothing(table),
        notes=[
            *_notes(unit, by),
            *_overlaps(found),
            *_in_one_go(store, by),
            *_empty_parts(empty, found, by),
            *_left_out(store, table),
        ],
        provenance=Provenance(call=f"agreement(store{given})", inputs={"store": store.fingerprint()}),
        evidence=lambda row: _evidence(table, behind[row]),
    )


def _statements(
    table: UnitTable,
    found: Sequence[Comparison | PassageComparison],
    results: Sequence[list[Result]],
    unit: str,
    by: str | None,
) -> list[str]:
    """Return a sentence a code, each followed by where and when its agreement is lowest, of all coders together."""
    said = []
    everyone = [(one, r) for one, r in zip(found, results, strict=True) if len(one.coders) == len(table.coders)]
    gists = [(one, next(result for result in several if result.estimate.method in GIST)) for one, several in everyone]
    for one, result in gists:
        if not one.part.name:
            said.append(sentence(one, result, unit))
            inside = [pair for pair in gists if pair[0].code == one.code and pair[0] is not one]
            said.extend(lowest(inside, unit, by) if by else [])
    return said


def _notes(unit: str, by: str | None) -> list[str]:
    return [*NOTES, PASSAGES_NOTE if unit == PASSAGE else SETS_NOTE, *([MONTH_NOTE] if by == "month" else [])]


def _overlaps(found: Sequence[Comparison | PassageComparison]) -> list[str]:
    """Say why the measures over all codes on one continuum are undefined, where they are."""
    reasons = dict.fromkeys(one.overlap for one in found if isinstance(one, PassageComparison) and one.overlap)
    return [f"(k)u-alpha, and u-alpha, |u-alpha and cu-alpha over all codes, are undefined: {r}." for r in reasons]


def _in_one_go(store: CodedStore, by: str | None) -> list[str]:
    """Say how many documents were finished together with others, so that their month is not that of the coding."""
    finished, together = imported_together(store) if by == "month" else (0, 0)
    if not together:
        return []
    return [
        f"{together:,} of {many(finished, 'time')} that a coder finished a document, the same coder finished another "
        "within the same minute, as an import with --finished records it: there the month is that of the import, "
        "which says nothing of when they coded."
    ]


def _empty_parts(
    empty: Sequence[Comparison | PassageComparison], found: Sequence[Comparison | PassageComparison], by: str | None
) -> list[str]:
    """Say which groups or months were left out, for whom, because no unit in them was read by two coders compared."""
    kept = {one.part.name for one in found}
    names = [
        one.part.name if one.part.name not in kept else f"{one.part.name} ({' + '.join(one.coders)})" for one in empty
    ]
    told = ", ".join(dict.fromkeys(names)).replace("_", " ")
    return [f"Left out by {by}, because nothing there was read by two of the coders compared: {told}."] if told else []


def _row(found: Comparison | PassageComparison, result: Result, table: UnitTable, unit: str) -> dict[str, Any]:
    one = result.estimate
    everyone = len(table.coders) > 2 and len(found.coders) == len(table.coders)
    return {
        "code": found.code,
        "coder": "all" if everyone else " + ".join(found.coders),
        "method": one.method,
        "n": one.n,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "status": "undefined" if one.value is None else "defined",
        "note": one.undefined_because or no_interval(found, result, unit),
        "marked": result.marked,
        "marked_by_all": result.marked_by_all,
        "documents": len(found.documents),
        "group": found.part.group,
        "period": found.part.period,
        "coverage": result.coverage,
    }


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    kinds = dict.fromkeys(("code", "coder", "method", "status", "note", "group", "period"), "str")
    numbers = dict.fromkeys(("n", "marked", "marked_by_all", "documents"), "int64")
    shares = dict.fromkeys(("value", "low", "high", "coverage"), "float64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(kinds | numbers | shares)


def _why_nothing(table: UnitTable) -> list[str]:
    if not table.coders:
        return ["Agreement is undefined: no coder has recorded a document as finished; import codings with --finished."]
    return [f"Agreement is undefined: only {table.coders[0]} has recorded a document as finished."]


def _left_out(store: Coded, table: UnitTable) -> list[str]:
    everywhere = store.codings()
    kept = set(table.codings["id"])
    gone = everywhere[~everywhere["id"].isin(kept)]
    if gone.empty:
        return []
    return [
        f"Left out: {many(len(gone), 'coding')} in {many(gone['document'].nunique(), 'document')}, because "
        "the coder has not recorded the document as finished."
    ]


def _evidence(table: UnitTable, found: Comparison | PassageComparison) -> tuple[str, ...]:
    codings = table.codings
    before = np.concatenate([[0], np.cumsum(found.part.units)])
    first, after = table.runs().T
    inside = before[np.maximum(after, first)] > before[first]
    asked = codings["coder"].isin(found.coders) & codings["document"].isin(found.documents)
    if found.part.name:
        asked &= inside
    if found.code != ALL_CODES:
        asked &= codings["code"] == found.code
    return tuple(codings.loc[asked, "id"])
