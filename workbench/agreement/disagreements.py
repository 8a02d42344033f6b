"""Where coders differ, passage by passage: a list to work through, what matters most first."""

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.agreement.agreement import PASSAGE, CodedStore
from workbench.agreement.gain import Settling
from workbench.coding.units import UNITS, UnitTable, unit_table
from workbench.errors import InputError
from workbench.finding import Finding
from workbench.provenance import Provenance

COLUMNS = (
    "document", "turn", "code", "coder", "coder_without", "quote", "note", "value", "gain", "kind",
)  # fmt: skip
LONGEST = 300
"""Characters of a quote in the list; the whole of it is behind the coding's id."""
MARKED, STANCE = "marked", "stance"

NOTES = (
    "A difference is not an error: it may be the code's definition that needs work.",
    "Gains do not add up: each is worked out as if that passage alone were settled. For differences in stance there "
    "is none.",
)
GAIN = (
    "Gain is how much Krippendorff's alpha of the code, over all its coders, would rise for certain if this passage "
    "were settled: as most of those who read it have it or, where they are even, the way that raises alpha less. "
    "A way after which alpha could not be worked out, as when a code's only passage is dropped, counts as no gain; "
    "such passages stand after the others."
)


def disagreements(store: CodedStore, *, unit: str = "turn") -> Finding:
    """List the codings that another coder, who has finished the document too, does not have.

    First those that raise agreement on their code most when settled, whichever
    way coders who are even decide; last those that may leave nothing to measure.

    Parameters
    ----------
    store : Store
        The coding store.
    unit : {"turn", "sentence", "character", "passage"}
        How near two codings must be to count as the same: in one turn, one
        sentence, or overlapping (`character` and `passage`).

    Returns
    -------
    Finding
        `disagreements`: document, turn, code, `coder` (who marked it),
        `coder_without` (who did not), `quote` (what the first marked), note
        (the first coder's memo), `value` (Krippendorff's alpha of the code now,
        over all coders), `gain` (how much it would rise at least if the passage
        were settled as most have it or, where they are even, either way; a way
        after which alpha is undefined counts as no gain), `kind` (`marked`; or
        `stance`, where both marked it and say different things of the code: the
        note tells what). By gain, then document and turn; those after which
        alpha may be undefined come behind the others, differences in stance last.
        Evidence: the coding, of a difference in stance both.
    """
    if unit not in (*UNITS, PASSAGE):
        raise InputError(f"unit is {unit!r}: expected one of {', '.join((*UNITS, PASSAGE))}")
    table = unit_table(store, "character" if unit == PASSAGE else unit)
    runs = table.runs()
    found = _ordered(pd.concat([_unmarked(table, runs), _stances(table, runs)], ignore_index=True), table)
    behind = list(zip(found.pop("row"), found.pop("other"), strict=True))
    ids = table.codings["id"]
    return Finding(
        name="disagreements",
        title="Passages that one coder marked and another did not",
        table=found,
        statements=_statements(found),
        notes=(GAIN, *NOTES),
        provenance=Provenance(call=f"disagreements(store, unit={unit!r})", inputs={"store": store.fingerprint()}),
        evidence=lambda row: tuple(str(ids[one]) for one in behind[row] if one >= 0),
    )


def _unmarked(table: UnitTable, runs: NDArray[np.intp]) -> pd.DataFrame:
    """Return a row for each coding and each coder who has read its place and marked no part of it with its code."""
    rows, others, values, gains, lost = [], [], [], [], []
    codes = table.codings["code"].to_numpy()
    for code in table.codes:
        of_code = np.flatnonzero((codes == code) & (runs[:, 0] < runs[:, 1]))
        first, after = runs[of_code].T
        marked = table.marked(code)
        settling = Settling(marked, table.finished, table.sizes)
        covered = np.cumsum(np.pad(marked, ((0, 0), (1, 0))), axis=1, dtype=np.int64)
        without = table.finished[:, first] & (covered[:, after] == covered[:, first])
        other, which = np.nonzero(without)
        rows.append(of_code[which])
        others.append(other)
        values.append(np.full(len(which), settling.value))
        gain, undefined_after = settling.gains(runs[of_code])
        gains.append(gain[which])
        lost.append(undefined_after[which])
    if not rows:
        return _rows(table, np.array([], dtype=np.intp), np.array([], dtype=np.intp))
    found = _rows(table, np.concatenate(rows), np.concatenate(others))
    return found.assign(value=np.concatenate(values), gain=np.concatenate(gains), lost=np.concatenate(lost))


def _rows(table: UnitTable, rows: NDArray[np.intp], others: NDArray[np.intp]) -> pd.DataFrame:
    codings = table.codings.iloc[rows].reset_index(drop=True)
    quotes = [" ".join(str(quote).split()) for quote in codings["quote"]]
    found = codings.reindex(columns=["document", "turn", "code", "coder"])
    return found.assign(
        coder_without=np.array(table.coders, dtype=object)[others],
        quote=[quote if len(quote) <= LONGEST else quote[: LONGEST - 1] + "…" for quote in quotes],
        note=codings["memo"], value=np.nan, gain=np.nan, lost=False, kind=MARKED, row=rows, other=-1,
    )  # fmt: skip


def _stances(table: UnitTable, runs: NDArray[np.intp]) -> pd.DataFrame:
    """Return a row for every two codings of one place and code by two coders that say different things of the code."""
    stated = table.codings[(runs[:, 0] < runs[:, 1]) & table.codings["stance"].notna().to_numpy()]
    pairs: list[tuple[int, int]] = []
    for _, group in stated.groupby(["document", "code"], sort=False):
        if group["coder"].nunique() > 1 and group["stance"].nunique() > 1:
            pairs.extend(_differing(group, runs))
    one, other = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    places = pd.Index(table.coders).get_indexer(pd.Index(table.codings["coder"].iloc[other]))
    said = [f"{row.coder}: {row.stance}" for row in table.codings[["coder", "stance"]].itertuples(index=False)]
    notes = [f"{said[first]}; {said[second]}" for first, second in pairs]
    return _rows(table, one, places).assign(note=notes, kind=STANCE, other=other)


def _differing(group: pd.DataFrame, runs: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the codings of one document and code that lie together and differ, unless each finds its like there."""
    rows = sorted(group.index, key=lambda row: (group["coder"][row], row))
    coder, stance = group["coder"].to_dict(), group["stance"].to_dict()
    meet = [
        (one, other)
        for one, other in combinations(rows, 2)
        if coder[one] != coder[other] and runs[one, 0] < runs[other, 1] and runs[other, 0] < runs[one, 1]
    ]
    alike = {(row, coder[there]) for one, other in meet for row, there in ((one, other), (other, one))
             if stance[one] == stance[other]}  # fmt: skip
    return [
        (one, other)
        for one, other in meet
        if stance[one] != stance[other] and not ((one, coder[other]) in alike and (other, coder[one]) in alike)
    ]


def _ordered(found: pd.DataFrame, table: UnitTable) -> pd.DataFrame:
    position = {document: number for number, document in enumerate(pd.unique(table.units["document"]))}
    keys = found.assign(
        last=found["kind"] == STANCE, place=found["document"].map(position), rise=-found["gain"].round(12)
    )
    order = keys.sort_values(
        ["last", "lost", "rise", "place", "turn", "code", "coder", "coder_without"], kind="stable"
    ).index
    kinds = {"value": "float64", "gain": "float64"}
    return found.loc[order, [*COLUMNS, "row", "other"]].reset_index(drop=True).astype(kinds)


def _statements(found: pd.DataFrame) -> list[str]:
    counts = (
        found.groupby(["code", "kind"]).size().unstack(fill_value=0).reindex(columns=[MARKED, STANCE], fill_value=0)
    )
    said = []
    for code, marked, stance in counts.sort_values([MARKED, STANCE], ascending=False, kind="stable").itertuples():
        more = f" On {stance:,} more they differ in stance." if stance and marked else ""
        said.append(
            f"{code}: {marked:,} to talk about.{more}" if marked else f"{code}: on {stance:,} they differ in stance."
        )
    return said
