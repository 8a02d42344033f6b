"""Coders compared on the passages that they cut out themselves."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.agreement.comparison import ALL_CODES, Result, Weights, coders_compared
from workbench.agreement.continua import Continua, LengthTables, Numbers
from workbench.agreement.groups import Part, Parts
from workbench.agreement.set_valued import NO_CODE, NOT_SHARED
from workbench.agreement.unitizing import family
from workbench.coding.units import UnitTable
from workbench.estimates.estimate import Estimate, undefined

U_ALPHA = "Krippendorff's u-alpha"
POOLED = f"{U_ALPHA}, codes pooled"
_FORMS = {"u": U_ALPHA, "|u": "Krippendorff's |u-alpha", "cu": "Krippendorff's cu-alpha"}
_KU = "Krippendorff's (k)u-alpha"


@dataclass(frozen=True, kw_only=True)
class PassageComparison:
    """How coders' passages of one code lie on each other.

    Parameters
    ----------
    code : str
        The code, or `ALL_CODES`.
    coders, documents : tuple of str
        Who is compared, and where.
    own : LengthTables
        Of the code on continua of its own, a row a document; of all codes, their continua end to end.
    shared : LengthTables, optional
        Of all codes on one continuum a document, where no coder's passages with different codes overlap.
    position : int, optional
        The code's place in `shared`.
    overlap : str
        Why there is no `shared`.
    part : Part
        All of the study, a group or a period.
    """

    code: str
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    own: LengthTables
    shared: LengthTables | None
    position: int | None
    overlap: str
    part: Part

    @property
    def marked_in(self) -> int:
        """Documents in which at least one of them marked something."""
        return int((self.own.by_any > 0).sum())

    def results(self, *, confidence: float, weights: Weights) -> list[Result]:
        """Return the unitizing alphas: of a code its own and (k)u; of all codes those pooled, u, |u and cu."""
        drawn = weights(len(self.documents)) if len(self.documents) > 1 else None
        made: dict[str, Any] = {"confidence": confidence, "weights": drawn}
        own = family(self.own, "u", **made)[0]
        if not self.documents or not self.own.marked.any():
            own = undefined(NO_CODE if self.documents else NOT_SHARED, method="", level=confidence)
        found = [self._result(own, U_ALPHA if self.position is not None else POOLED)]
        forms = dict.fromkeys(["ku"], _KU) if self.position is not None else _FORMS
        for form, method in forms.items():
            if self.shared is None:
                found.append(self._result(undefined(self.overlap, method=method, level=confidence), method))
                continue
            estimates = family(self.shared, form, **made)
            which = estimates[self.position or 0]
            found.append(self._result(which, method, self._coverage() if form in ("ku", "cu") else float("nan")))
        return found

    def _result(self, one: Estimate, method: str, coverage: float = float("nan")) -> Result:
        n = int(self.own.length.sum())
        marked, by_all = int(self.own.by_any.sum()), int(self.own.by_all.sum())
        return Result(replace(one, method=method, n=n), marked, by_all, coverage)

    def _coverage(self) -> float:
        if self.shared is None:
            return float("nan")
        which = slice(None) if self.position is None else slice(self.position, self.position + 1)
        marked = self.shared.marked[:, which].sum()
        return float(self.shared.observed[:, 1:, 1:][:, which].sum() / marked) if marked else float("nan")


def compare_passages(table: UnitTable, parts: Parts) -> Iterator[PassageComparison]:
    """Yield one comparison a code, coders compared and part, each part closing with all codes.

    Passages of one coder with the same code that overlap are one passage.
    Those with different codes may overlap, which the family does not allow:
    so each code has a continuum of its own, and measures over all codes are
    given only where nobody's passages overlap.
    """
    axes = lru_cache(maxsize=64)(lambda kept: _Axis.of(table, np.frombuffer(kept, dtype=bool)))
    for rows in coders_compared(table):
        used = axes(np.ones(len(table.units), dtype=bool).tobytes()).used(rows)
        for part in parts(rows):
            yield from axes(part.units.tobytes()).compared(rows, used, part)


@dataclass(frozen=True, kw_only=True)
class _Axis:
    """Passages on the documents' talk (or a part of it) end to end."""

    table: UnitTable
    documents: list[str]
    bounds: Numbers
    read: NDArray[np.bool_]
    passages: pd.DataFrame

    @classmethod
    def of(cls, table: UnitTable, kept: NDArray[np.bool_]) -> "_Axis":
        turns = table.units[kept]
        lengths = (turns["end"] - turns["start"]).to_numpy()
        numbers, documents = pd.factorize(turns["document"])
        bounds = np.concatenate([[0], np.cumsum(np.bincount(numbers, weights=lengths, minlength=len(documents)))])
        first = np.unique(numbers, return_index=True)[1]
        passages = _laid(table, turns, lengths, numbers, documents)
        return cls(
            table=table, documents=list(map(str, documents)), bounds=bounds.astype(np.int64),
            read=table.finished[:, np.flatnonzero(kept)[first]], passages=_merged(passages),
        )  # fmt: skip

    def used(self, rows: list[int]) -> list[int]:
        """Return the codes that any of the coders used in a document that two of them have read."""
        shared = self.read[rows].sum(axis=0) >= 2
        here = self.passages[self.passages["coder"].isin(rows) & shared[self.passages["document"].to_numpy()]]
        return sorted(set(here["code"]))

    def compared(self, rows: list[int], codes: list[int], part: Part) -> Iterator[PassageComparison]:
        shared = self.read[rows].sum(axis=0) >= 2
        size = max(len(codes), 1)
        passages = self.passages[self.passages["code"].isin(codes)]
        position = {code: number for number, code in enumerate(codes)}
        numbers = np.asarray(passages["code"].map(position), dtype=np.int64)
        own = self._own(passages, numbers, size).tables(rows)
        overlap = self._overlapping(passages, rows, shared)
        together = None if overlap else _only(self._together(passages, numbers, size).tables(rows), shared)
        coders = tuple(self.table.coders[row] for row in rows)
        documents = tuple(name for name, keep in zip(self.documents, shared, strict=True) if keep)
        names = [self.table.codes[code] for code in codes]
        each = [(name, own.each(size, place), place) for place, name in enumerate(names)]
        for name, tables, place in [*each, (ALL_CODES, own.grouped(size), None)]:
            yield PassageComparison(
                code=name, coders=coders, documents=documents, own=_only(tables, shared), shared=together,
                position=place, overlap=overlap, part=part,
            )  # fmt: skip

    def _own(self, passages: pd.DataFrame, numbers: Numbers, size: int) -> Continua:
        """Give every code of every document a continuum of its own."""
        bounds = np.concatenate([[0], np.cumsum(np.repeat(np.diff(self.bounds), size))])
        document = passages["document"].to_numpy()
        moved = bounds[document * size + numbers] - self.bounds[document]
        return self._continua(passages, np.ones_like(numbers), moved, bounds, np.repeat(self.read, size, axis=1), 1)

    def _together(self, passages: pd.DataFrame, numbers: Numbers, size: int) -> Continua:
        return self._continua(passages, numbers + 1, np.zeros_like(numbers), self.bounds, self.read, size)

    def _continua(
        self, passages: pd.DataFrame, numbers: Numbers, moved: Numbers, bounds: Numbers, read: NDArray[np.bool_],
        codes: int,
    ) -> Continua:  # fmt: skip
        start, end = (passages[name].to_numpy() + moved for name in ("start", "end"))
        coder = passages["coder"].to_numpy()
        return Continua(coder=coder, code=numbers, start=start, end=end, bounds=bounds, read=read, codes=codes)

    def _overlapping(self, passages: pd.DataFrame, rows: list[int], shared: NDArray[np.bool_]) -> str:
        """Return who marked the same words with different codes, as a reason; "" where nobody did."""
        here = passages[passages["coder"].isin(rows) & shared[passages["document"].to_numpy()]]
        ordered = here.sort_values(["coder", "start"])
        coder, start, end = (ordered[name].to_numpy() for name in ("coder", "start", "end"))
        who = sorted(set(coder[1:][(coder[1:] == coder[:-1]) & (start[1:] < end[:-1])]))
        names = " and ".join(self.table.coders[row] for row in who)
        return f"passages of {names} with different codes overlap; measures over all codes do not allow that" * bool(
            who
        )


def _laid(
    table: UnitTable, turns: pd.DataFrame, lengths: Numbers, numbers: Numbers, documents: "pd.Index[str]"
) -> pd.DataFrame:
    """Return the codings' places on the turns end to end; what lies between turns falls away."""
    codings = table.codings
    before = np.concatenate([[0], np.cumsum(lengths)])
    longest = 1 + max((int(one["end"].max()) for one in (turns, codings) if len(one)), default=0)
    begins = numbers * longest + turns["start"].to_numpy()
    where = pd.Index(documents).get_indexer(pd.Index(codings["document"]))

    def place(name: str, side: Literal["left", "right"]) -> Numbers:
        points = where * longest + codings[name].to_numpy(dtype=np.int64)
        turn = np.searchsorted(begins, points, side=side) - 1
        within = np.minimum(points - begins[turn], lengths[turn]) if len(turns) else points
        return np.where(turn < 0, 0, before[turn] + within)

    found = pd.DataFrame(
        {
            "coder": pd.Index(table.coders).get_indexer(pd.Index(codings["coder"])),
            "code": pd.Index(table.codes).get_indexer(pd.Index(codings["code"])),
            "document": where, "start": place("start", "right"), "end": place("end", "left"),
        }
    )  # fmt: skip
    return found[(found["document"] >= 0) & (found["start"] < found["end"])]


def _merged(passages: pd.DataFrame) -> pd.DataFrame:
    """Make one passage of those of a coder and code that overlap; passages that only touch stay two."""
    if passages.empty:
        return passages
    ordered = passages.sort_values(["coder", "code", "start"], ignore_index=True)
    group = ordered.groupby(["coder", "code"]).ngroup().to_numpy() * (int(ordered["end"].max()) + 1)
    reached = np.maximum.accumulate(group + ordered["end"].to_numpy())
    fresh = np.concatenate([[True], (group + ordered["start"].to_numpy())[1:] >= reached[:-1]])
    ordered["passage"] = np.cumsum(fresh)
    kinds = {"coder": "first", "code": "first", "document": "first", "start": "min", "end": "max"}
    return ordered.groupby("passage", as_index=False).agg(kinds)


def _only(tables: LengthTables, documents: NDArray[np.bool_]) -> LengthTables:
    return LengthTables(**{name: table[documents] for name, table in vars(tables).items()})
