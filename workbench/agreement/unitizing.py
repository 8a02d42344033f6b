"""Agreement on where passages begin and end and what they are: the unitizing alphas."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import numpy as np

from workbench.agreement.continua import Continua, LengthTables, binary, ku_formula, u_formula
from workbench.agreement.reliability_data import Array, drawn, with_interval
from workbench.errors import InputError, Problems
from workbench.estimates.estimate import Estimate, undefined

Unit = tuple[str, str, int, int]
FORMS = ("u", "|u", "cu", "ku")
NOTHING = "coders marked nothing, or all of it as one passage of one code"
UNPAIRED = "no passage was marked by two coders"
ONE_CODE = "only one code was used where two coders marked"


def unitizing_alpha(
    spans: Iterable[Unit],
    length: int,
    *,
    form: Literal["u", "|u", "cu", "ku"] = "u",
    coders: Sequence[str] | None = None,
    documents: Mapping[str, int] | None = None,
    readers: Mapping[str, Iterable[str]] | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Any:
    """Krippendorff's alpha for passages that coders cut out themselves.

    Higher means more agreement: 1 is perfect, 0 is chance.

    Parameters
    ----------
    spans : iterable of (coder, code, start, end)
        Half-open passages. One coder's passages may touch but not overlap.
    length : int
        Length of the continuum, in the unit of the offsets.
    form : {"u", "|u", "cu", "ku"}
        `u`: passages with their codes, gaps included. `|u`: passages or gaps,
        whatever the code. `cu`: the codes alone, where two coders or more
        marked something. `ku`: each code alone, there.
    coders : sequence of str, optional
        All coders, where some marked nothing.
    documents : mapping of name to length, optional
        The documents that the continuum consists of, in order; gives the
        interval. No passage runs from one into the next. Lengths of all
        documents are summed before chance is worked out, as for units: a
        passage of one interview could as well have stood in another.
    readers : mapping of document to coders, optional
        Who has read which document, where not all have read all. Documents
        that fewer than two have read are left out.
    confidence : float
        Coverage of the interval as a share.
    rng : numpy.random.Generator, optional
        For resampling documents.

    Returns
    -------
    Estimate, or dict of code to Estimate for `ku`
        `n` is the part of the continuum, summed over coders, that can be
        compared: coders × length for `u` and `|u`. For `ku`, `n` over the
        summed length of the code's passages is its coverage.

    Raises
    ------
    InputError
        If a passage lies outside the continuum or its document, or overlaps another of its coder.

    References
    ----------
    Krippendorff, Mathet, Bouvry and Widlöcher (2016), Quality & Quantity 50(6),
    2347-2364; Krippendorff (2019), Content Analysis, 4th edition, section 12.6.
    """
    if form not in FORMS:
        raise InputError(f"form is {form!r}: expected one of {', '.join(FORMS)}")
    units = sorted(spans, key=lambda unit: (unit[0], unit[2]))
    people = sorted(
        {unit[0] for unit in units} | set(coders or ()) | {c for who in (readers or {}).values() for c in who}
    )
    bounds = np.cumsum([0, *(documents or {"": length}).values()])
    _check(units, people, length, bounds)
    names = sorted({unit[1] for unit in units})
    code_of, coder_of = ({name: number for number, name in enumerate(which)} for which in (names, people))
    continua = Continua(
        coder=_column(coder_of[unit[0]] for unit in units),
        code=_column(code_of[unit[1]] + 1 for unit in units),
        start=_column(unit[2] for unit in units),
        end=_column(unit[3] for unit in units),
        bounds=bounds,
        read=np.array([[readers is None or who in set(readers[one]) for one in (documents or [""])] for who in people]),
        codes=max(len(names), 1),
    )
    tables = continua.tables(list(range(len(people))))
    weights = None if documents is None or len(documents) < 2 else drawn(len(documents), rng)
    found = family(tables, form, confidence=confidence, weights=weights)
    return dict(zip(names, found, strict=False)) if form == "ku" else found[0]


def family(tables: LengthTables, form: str, *, confidence: float, weights: Array | None) -> list[Estimate]:
    """Return one form of the unitizing alpha from the tables of each document; one estimate a code for `ku`.

    Parameters
    ----------
    tables : LengthTables
        One continuum a document.
    form : {"u", "|u", "cu", "ku"}
        As in `unitizing_alpha`.
    confidence : float
        Coverage of the interval as a share.
    weights : resamples × documents, optional
        How often each document comes in each resample; gives the interval.
    """
    inside = tables.observed[:, 1:, 1:]
    made: dict[str, Any] = {"confidence": confidence, "weights": weights}
    if form == "u":
        return [_estimate(tables.observed, tables.whole, u_formula, method="u-alpha", because=NOTHING, **made)]
    if form == "|u":
        sums = binary(tables.observed, tables.whole)
        return [_estimate(*sums, u_formula, method="|u-alpha", because=NOTHING, **made)]
    if form == "cu":
        because = ONE_CODE if inside.sum() else UNPAIRED
        return [_estimate(inside, tables.paired, u_formula, method="cu-alpha", because=because, **made)]
    found = []
    for code, paired in enumerate(inside.sum(axis=(0, 2))):
        formula = partial(_of_code, code)
        because = "only this code was used where two marked" if paired else "no other coder marked these passages"
        made |= {"method": "(k)u-alpha", "because": because, "n": float(paired)}
        found.append(_estimate(inside, tables.paired, formula, **made))
    return found


def _of_code(code: int, inside: Array, selves: Array) -> Array:
    return np.asarray(ku_formula(inside, selves)[..., code])


def _estimate(
    observed: Array,
    selves: Array,
    formula: Callable[[Array, Array], Array],
    *,
    method: str,
    because: str,
    confidence: float,
    weights: Array | None,
    n: float | None = None,
) -> Estimate:
    base = float(observed.sum()) if n is None else n
    value = float(formula(observed.sum(axis=0)[None], selves.sum(axis=0)[None])[0])
    if not np.isfinite(value):
        return undefined(because, method=method, n=base, level=confidence)
    resampled = None
    if weights is not None:
        resampled = formula(np.tensordot(weights, observed, axes=1), np.tensordot(weights, selves, axes=1))
    return with_interval(value, resampled, method=method, n=base, confidence=confidence)


def _check(units: Sequence[Unit], people: Sequence[str], length: int, bounds: Any) -> None:
    problems = Problems()
    if len(people) < 2:
        problems.add("unitizing_alpha", f"{len(people)} coder", remedy="Two or more are needed")
    if bounds[-1] != length:
        problems.add("unitizing_alpha", f"documents are {bounds[-1]} long together, the continuum is {length}")
    for before, unit in zip((None, *units), units, strict=False):
        coder, code, start, end = unit
        if not 0 <= start < end <= length:
            problems.add(f"{coder}, {code}", f"{start} to {end} lies outside the continuum of {length}")
        elif np.searchsorted(bounds, start, side="right") != np.searchsorted(bounds, end, side="left"):
            problems.add(f"{coder}, {code}", f"{start} to {end} runs from one document into the next")
        if before is not None and before[0] == coder and before[3] > start:
            problems.add(f"{coder}, {code}", f"{start} to {end} overlaps {before[1]} from {before[2]} to {before[3]}")
    problems.raise_if_any()


def _column(values: Iterable[int]) -> Any:
    return np.fromiter(values, dtype=np.int64)
