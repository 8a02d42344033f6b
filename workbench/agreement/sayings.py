"""Sentences about agreement: number, base and interval, and no verdict."""

from collections.abc import Sequence

from workbench.agreement.comparison import ALL_CODES, ALPHA, Comparison, Result
from workbench.agreement.passages import POOLED, U_ALPHA, PassageComparison
from workbench.agreement.reliability_data import ALWAYS_THE_SAME, Coefficient

GIST = (ALPHA, U_ALPHA, POOLED)
"""The coefficient that a sentence tells, by what is compared."""

SINGLE = "from a single document"
_COUNTED = {"passage": "character"}

One = Comparison | PassageComparison


def many(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def written(value: float) -> str:
    """Return a coefficient with two digits that never round to perfect, or to chance, what is not.

    Examples
    --------
    >>> written(0.998), written(1.0), written(0.002), written(-0.002)
    ('>0.99', '1.00', '<0.01', '-0.002')
    """
    text = f"{value:z.2f}"
    if text == "1.00" and value < 1 - 1e-9:
        return ">0.99"
    if text != "0.00" or abs(value) < 1e-9:
        return text
    return "<0.01" if value > 0 else f"{min(value, -0.001):.3f}"


def no_interval(found: "One", result: Result, unit: str) -> str:
    """Return why a coefficient that is defined has no interval, and what it rests on; "" where it has one."""
    one = result.estimate
    if one.value is None or one.low is not None:
        return ""
    if len(found.documents) < 2:
        return f"no interval {SINGLE}"
    because = one.no_interval if isinstance(one, Coefficient) else ""
    if because == ALWAYS_THE_SAME:
        counted = _COUNTED.get(unit, unit)
        because += f", from {many(result.marked, f'marked {counted}')} in {many(found.marked_in, 'document')}"
    return f"no interval, because {because}"


def sentence(found: One, result: Result, unit: str) -> str:
    """Say how far coders agree on one code, or on all, over the whole study."""
    one, documents = result.estimate, many(len(found.documents), "document")
    who = "both coders" if len(found.coders) == 2 else "all who read them"
    counted = _COUNTED.get(unit, unit)
    if found.code == ALL_CODES and one.method == POOLED:
        told = f"All codes together, over {one.n:,} characters (the talk once for each code) in {documents}"
    elif found.code == ALL_CODES:
        told = f"All codes together, over {one.n:,} judgements (every {unit} once for each code) in {documents}"
    else:
        were = f"{result.marked:,} {'was' if result.marked == 1 else 'were'} marked, {result.marked_by_all:,} of them"
        told = f"{found.code}: of {many(int(one.n), counted)} in {documents}, {were} by {who}"
    method = one.method.partition(",")[0]
    if one.value is None:
        return f"{told}. {method} is undefined: {one.undefined_because}."
    return f"{told}. {method} is {written(one.value)} ({_interval(found, result, unit)}; 1 is perfect, 0 is chance)."


def lowest(inside: Sequence[tuple[One, Result]], unit: str, by: str) -> list[str]:
    """Say in which role, scheme, wave or month agreement on a code is lowest, and how it moved over the months."""
    defined = [(one, result) for one, result in inside if result.estimate.value is not None]
    if not inside:
        return []
    code = inside[0][0].code
    name = "All codes together" if code == ALL_CODES else code
    if len(inside) == 1:
        part = inside[0][0].part
        only = f"All that two coders have read is of one {by}, {part.name}: there is none to compare."
        return [only.replace("_", " ")] if code == ALL_CODES else []
    if len(defined) < 2:
        because = "; ".join(
            dict.fromkeys(str(r.estimate.undefined_because) for _, r in inside if r.estimate.value is None)
        )
        why = f": {because}" if because else ""
        return [f"{name}: agreement can be worked out in {len(defined)} of {many(len(inside), by)}{why}."]
    found = min(defined, key=lambda pair: pair[1].estimate.value or 0.0)
    method = found[1].estimate.method.partition(",")[0]
    base = f"{name}: of the {len(defined)} {by}s in which {method} is defined, it is lowest in {_told(found, unit, by)}"
    if by != "month":
        return [f"{base}."]
    first, last = defined[0], defined[-1]
    moved = [_at(pair) for pair in (first, last) if pair is not found]
    return [f"{base}; it was {' and '.join(moved)}."]


def _told(pair: tuple[One, Result], unit: str, by: str) -> str:
    found, result = pair
    one = result.estimate
    counted = "judgement" if found.code == ALL_CODES and one.method == ALPHA else _COUNTED.get(unit, unit)
    place = f"the {by} {found.part.group or found.part.period}".replace("_", " ")
    where = f"{many(int(one.n), counted)} in {many(len(found.documents), 'document')}, {result.marked:,} marked"
    return f"{place}, at {written(one.value or 0.0)} ({_interval(found, result, unit)}; {where})"


def _at(pair: tuple[One, Result]) -> str:
    return f"{written(pair[1].estimate.value or 0.0)} in {pair[0].part.period}"


def _interval(found: One, result: Result, unit: str) -> str:
    one = result.estimate
    if one.low is not None and one.high is not None:
        return f"{one.level:.0%} interval {written(one.low)} to {written(one.high)}"
    return no_interval(found, result, unit)
