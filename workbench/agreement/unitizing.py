"""Agreement on where passages begin and end and what they are: the unitizing alphas."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np

from workbench.agreement.reliability_data import Array
from workbench.errors import InputError, Problems
from workbench.estimates.estimate import Estimate, undefined

Unit = tuple[str, str, int, int]
FORMS = ("u", "|u", "cu", "ku")


def unitizing_alpha(
    spans: Iterable[Unit],
    length: int,
    *,
    form: Literal["u", "|u", "cu", "ku"] = "u",
    coders: Sequence[str] | None = None,
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

    Returns
    -------
    Estimate, or dict of code to Estimate for `ku`
        `n` is the part of the continuum, summed over coders, that can be
        compared: coders × length for `u` and `|u`.

    Raises
    ------
    InputError
        If a passage lies outside the continuum or overlaps another of its coder.

    References
    ----------
    Krippendorff, Mathet, Bouvry and Widlöcher (2016), Quality & Quantity 50(6),
    2347-2364; Krippendorff (2019), Content Analysis, 4th edition, section 12.6.
    """
    if form not in FORMS:
        raise InputError(f"form is {form!r}: expected one of {', '.join(FORMS)}")
    units = sorted(spans, key=lambda unit: (unit[0], unit[2]))
    people = sorted({unit[0] for unit in units} | set(coders or ()))
    _check(units, people, length)
    codes = sorted({unit[1] for unit in units})
    observed = _observed(units, people, codes, length)
    if form in ("u", "|u"):
        corrections = _whole_lengths(units, people, codes, length)
        return _with_gaps(observed, corrections, form)
    inside = observed[1:, 1:]
    expected = _expected(inside, _paired_lengths(units, people, codes, length))
    if form == "cu":
        return _of_codes(inside, expected)
    return {code: _of_one_code(inside, expected, position) for position, code in enumerate(codes)}


def _check(units: Sequence[Unit], people: Sequence[str], length: int) -> None:
    problems = Problems()
    if len(people) < 2:
        problems.add("unitizing_alpha", f"{len(people)} coder", remedy="Two or more are needed")
    for before, unit in zip((None, *units), units, strict=False):
        coder, code, start, end = unit
        if not 0 <= start < end <= length:
            problems.add(f"{coder}, {code}", f"{start} to {end} lies outside the continuum of {length}")
        if before is not None and before[0] == coder and before[3] > start:
            problems.add(f"{coder}, {code}", f"{start} to {end} overlaps {before[1]} from {before[2]} to {before[3]}")
    problems.raise_if_any()


def _marked(units: Sequence[Unit], coder: str, codes: Sequence[str], length: int) -> np.ndarray[Any, Any]:
    """Return the code at each point of the continuum, 0 for a gap."""
    marked = np.zeros(length, dtype=np.intp)
    for who, code, start, end in units:
        if who == coder:
            marked[start:end] = codes.index(code) + 1
    return marked


def _observed(units: Sequence[Unit], people: Sequence[str], codes: Sequence[str], length: int) -> Array:
    counts = np.zeros((length, len(codes) + 1))
    for coder in people:
        counts[np.arange(length), _marked(units, coder, codes, length)] += 1
    pairs = counts.T @ counts - np.diag(counts.sum(axis=0))
    return np.asarray(pairs / (len(people) - 1))


def _whole_lengths(units: Sequence[Unit], people: Sequence[str], codes: Sequence[str], length: int) -> Array:
    """Return what a unit paired with itself would add: its length squared; gaps have no inner bond."""
    found = np.zeros(len(codes) + 1)
    found[0] = len(people) * length - sum(end - start for _, _, start, end in units)
    for _, code, start, end in units:
        found[codes.index(code) + 1] += (end - start) ** 2
    return found


def _paired_lengths(units: Sequence[Unit], people: Sequence[str], codes: Sequence[str], length: int) -> Array:
    """Return the same for the part of each unit that the others marked too, on average over the others."""
    depth = np.zeros(length)
    for _, _, start, end in units:
        depth[start:end] += 1
    found = np.zeros(len(codes))
    for _, code, start, end in units:
        found[codes.index(code)] += ((depth[start:end] - 1).sum() / (len(people) - 1)) ** 2
    return found


def _expected(observed: Array, corrections: Array) -> Array:
    margins, total = observed.sum(axis=1), observed.sum()
    room = total**2 - corrections.sum()
    if total == 0 or room == 0:
        return np.zeros_like(observed)
    return np.asarray(total * (np.outer(margins, margins) - np.diag(corrections)) / room)


def _with_gaps(observed: Array, corrections: Array, form: str) -> Estimate:
    expected = _expected(observed, corrections)
    if form == "|u":
        observed, expected = _binary(observed), _binary(expected)
    because = "coders marked nothing, or all of it as one passage of one code"
    return _alpha(observed, expected, f"{form}-alpha", because)


def _binary(table: Array) -> Array:
    return np.array([[table[0, 0], table[0, 1:].sum()], [table[1:, 0].sum(), table[1:, 1:].sum()]])


def _of_codes(inside: Array, expected: Array) -> Estimate:
    used = int((inside.sum(axis=1) > 0).sum())
    because = "no passage was marked by two coders" if used == 0 else "only one code was used where two coders marked"
    return _alpha(inside, expected, "cu-alpha", because)


def _alpha(observed: Array, expected: Array, method: str, because: str) -> Estimate:
    total = float(observed.sum())
    differing, by_chance = total - np.trace(observed), expected.sum() - np.trace(expected)
    if by_chance <= 1e-12 * max(total, 1):
        return undefined(because, method=method, n=total)
    return Estimate(value=float(1 - differing / by_chance), n=total, method=method)


def _of_one_code(inside: Array, expected: Array, position: int) -> Estimate:
    marked, by_chance = inside[position].sum(), expected[position].sum()
    differing = marked - inside[position, position]
    differing_by_chance = by_chance - expected[position, position]
    if marked == 0 or differing_by_chance <= 1e-12:
        because = "no other coder marked these passages" if marked == 0 else "only this code was used where two marked"
        return undefined(because, method="(k)u-alpha", n=float(marked))
    value = 1 - (differing / marked) / (differing_by_chance / by_chance)
    return Estimate(value=float(value), n=float(marked), method="(k)u-alpha")
