"""How far coders agree, code by code, with intervals from resampling documents."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from workbench.agreement.comparison import ALL_CODES, METHODS, Comparison, compare
from workbench.coding.units import Coded, UnitTable, unit_table
from workbench.estimates.estimate import Estimate
from workbench.finding import Finding
from workbench.provenance import Provenance

COLUMNS = (
    "code",
    "coder",
    "method",
    "n",
    "value",
    "low",
    "high",
    "status",
    "note",
    "marked",
    "marked_by_all",
    "documents",
)

NOTES = (
    "Of kappa, alpha and AC1, 1 means that the coders always agree and 0 that they agree as often as chance would "
    "have it; below 0 they agree less often than that. Percent agreement does not allow for chance: of a rare code "
    "it is high even when the coders never mark the same passage.",
    "Kappa and alpha are strict where a code is rare or very common, AC1 is lenient there. Where they part, read the "
    "counts of marked units, and the passages themselves.",
    "Intervals come from resampling whole documents, because passages of one interview resemble each other. With a "
    "single document there is none; with few documents it is rough.",
    "No threshold is applied. How much agreement is enough depends on what the code is used for.",
)


class CodedStore(Coded, Protocol):
    """A coding store that can also say what it holds."""

    def fingerprint(self) -> str:
        """One hash over all acts."""


def agreement(
    store: CodedStore, *, unit: str = "turn", rng: np.random.Generator | None = None, confidence: float = 0.95
) -> Finding:
    """Compare coders on the documents that they have finished.

    Higher means more agreement: 1 is perfect, 0 is chance (percent agreement excepted).

    Parameters
    ----------
    store : Store
        The coding store. Only documents that both coders of a pair have
        finished (`store.read`) are compared: elsewhere an unmarked unit says nothing.
    unit : {"turn", "sentence", "character"}
        What is compared. A unit counts as marked when a coding covers any part of it.
    rng : numpy.random.Generator, optional
        For resampling documents; by default the same data give the same interval.
    confidence : float
        Coverage of the intervals as a share.

    Returns
    -------
    Finding
        `agreement`. One row a code (and `all codes`: every unit judged once a
        code, pooled), coders (two joined by ` + `, or `all` from three on) and
        method. `n` counts the units compared, `marked` those that at least one
        coder marked, `marked_by_all` those that all marked, `documents` the
        documents. `status` is `defined` or `undefined`; `note` gives the reason.
        Evidence: the codings compared.

    References
    ----------
    Krippendorff (2019), Content Analysis, 4th edition, chapter 12; Gwet (2014).
    """
    table = unit_table(store, unit)
    comparisons = compare(table)
    rows: list[dict[str, Any]] = []
    behind: list[Comparison] = []
    sentences: list[str] = []
    for found in comparisons:
        estimates = found.estimates(confidence=confidence, rng=rng)
        rows.extend(_row(found, one, len(table.coders)) for one in estimates)
        behind.extend([found] * len(estimates))
        if len(found.coders) == len(table.coders):
            sentences.append(_sentence(found, estimates, unit))
    return Finding(
        name="agreement",
        title=f"Agreement between coders, by {unit}",
        table=_table(rows),
        statements=sentences or _why_nothing(table),
        notes=[*NOTES, *_left_out(store, table)],
        provenance=Provenance(call=f"agreement(store, unit={unit!r})", inputs={"store": store.fingerprint()}),
        evidence=lambda row: _evidence(table, behind[row]),
    )


def _row(found: Comparison, one: Estimate, coders: int) -> dict[str, Any]:
    everyone = coders > 2 and len(found.coders) == coders
    return {
        "code": found.code,
        "coder": "all" if everyone else " + ".join(found.coders),
        "method": one.method,
        "n": found.n,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "status": "undefined" if one.value is None else "defined",
        "note": one.undefined_because or "",
        "marked": found.marked,
        "marked_by_all": found.marked_by_all,
        "documents": len(found.documents),
    }


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    kinds = dict.fromkeys(("code", "coder", "method", "status", "note"), "str")
    numbers = dict.fromkeys(("n", "marked", "marked_by_all", "documents"), "int64")
    shares = dict.fromkeys(("value", "low", "high"), "float64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(kinds | numbers | shares)


def _sentence(found: Comparison, estimates: Sequence[Estimate], unit: str) -> str:
    alpha = next(one for one in estimates if one.method == METHODS[2])
    who = "both coders" if len(found.coders) == 2 else "all who read them"
    base = f"{found.n:,} {unit}s in {_many(len(found.documents), 'document')}"
    if found.code == ALL_CODES:
        documents = _many(len(found.documents), "document")
        counted = f"All codes together, over {found.n:,} judgements (every {unit} once for each code) in {documents}"
    else:
        counted = f"{found.code}: of {base}, {_were(found.marked)} marked, {found.marked_by_all} of them by {who}"
    if alpha.value is None:
        return f"{counted}. Krippendorff's alpha is undefined: {alpha.undefined_because}."
    interval = "no interval from a single document"
    if alpha.low is not None and alpha.high is not None:
        interval = f"{alpha.level:.0%} interval {alpha.low:.2f} to {alpha.high:.2f}"
    elif len(found.documents) > 1:
        interval = "no interval, because it is undefined in many of the resampled sets of documents"
    return f"{counted}. Krippendorff's alpha is {alpha.value:.2f} ({interval}; 1 is perfect, 0 is chance)."


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _were(count: int) -> str:
    return f"{count} was" if count == 1 else f"{count} were"


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
        f"Left out: {_many(len(gone), 'coding')} in {_many(gone['document'].nunique(), 'document')}, because "
        "the coder has not recorded the document as finished."
    ]


def _evidence(table: UnitTable, found: Comparison) -> tuple[str, ...]:
    codings = table.codings
    asked = codings["coder"].isin(found.coders) & codings["document"].isin(found.documents)
    if found.code != ALL_CODES:
        asked &= codings["code"] == found.code
    return tuple(codings.loc[asked, "id"])
