"""The unitizing alphas against their definition, worked out character by character with plain loops."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from workbench.agreement import unitizing_alpha

Spans = list[tuple[str, str, int, int]]


def by_hand(spans: Spans, docs: dict[str, int], readers: dict[str, list[str]], form: str, code: str) -> float | None:
    """Pair every character of every coder with the same character of each other; passages stay whole by chance."""
    met: dict[tuple[Any, Any], float] = {}
    weight: dict[tuple[Any, Any], float] = {}
    offset = 0
    for name, length in docs.items():
        for place in range(offset, offset + length):
            said = {}
            for coder in readers[name]:
                here = [(n, s[1]) for n, s in enumerate(spans) if s[0] == coder and s[2] <= place < s[3]]
                said[coder] = here[0] if here else ((coder, place), None)
            for one, other in permutations(readers[name], 2):
                (passage, first), (_, second) = said[one], said[other]
                if form in ("cu", "ku") and (first is None or second is None):
                    continue
                if form == "|u":
                    first, second = first is not None, second is not None
                share = 1 / (len(readers[name]) - 1)
                met[first, second] = met.get((first, second), 0) + share
                weight[first, passage] = weight.get((first, passage), 0) + share
        offset += length
    return _alpha(met, weight, code if form == "ku" else None)


def _alpha(met: dict[tuple[Any, Any], float], weight: dict[tuple[Any, Any], float], code: str | None) -> float | None:
    """From what met and how long each passage is: 1 less observed over expected difference, of one value or of all."""
    counted = [value for value, _ in met] if code is None else [code]
    seen = sum(share for (first, _), share in met.items() if first in counted)
    differs = sum(share for (first, second), share in met.items() if first in counted and first != second)
    apart = alike = 0.0
    for (first, passage), one in weight.items():
        for (second, other), two in weight.items():
            if first in counted and first != second:
                apart += one * two
            elif first in counted and passage != other:
                alike += one * two
    return None if not seen or apart < 1e-12 else 1 - (differs / seen) / (apart / (apart + alike))


def drawn(rng: np.random.Generator) -> tuple[Spans, dict[str, int], dict[str, list[str]]]:
    coders = "abcd"[: rng.integers(2, 5)]
    docs = {f"d{number}": int(rng.integers(8, 16)) for number in range(rng.integers(1, 4))}
    readers = {name: [coder for coder in coders if rng.random() < 0.8] for name in docs}
    spans, offset = [], 0
    for name, length in docs.items():
        for coder in readers[name]:
            at = int(rng.integers(0, 4))
            while (end := at + int(rng.integers(1, 6))) <= length:
                spans.append((coder, "XYZ"[rng.integers(0, 3)], offset + at, offset + end))
                at = end + int(rng.integers(0, 4))
        offset += length
    return spans, docs, readers


@pytest.mark.parametrize("seed", range(25))
def test_each_form_is_what_its_definition_gives_with_any_readers(seed: int) -> None:
    spans, docs, readers = drawn(np.random.default_rng(seed))
    shared = {name: who if len(who) > 1 else [] for name, who in readers.items()}
    if len({coder for who in readers.values() for coder in who}) < 2:
        pytest.skip("a single reader")
    length = sum(docs.values())
    made: dict[str, Any] = {"documents": docs, "readers": readers}
    found = {form: unitizing_alpha(spans, length, form=form, **made) for form in ("u", "|u", "cu")}  # type: ignore[arg-type]
    for form, one in found.items():
        assert one.value == _near(by_hand(spans, docs, shared, form, "")), form
    for code, one in unitizing_alpha(spans, length, form="ku", **made).items():
        assert one.value == _near(by_hand(spans, docs, shared, "ku", code)), code


def _near(expected: float | None) -> Any:
    return expected if expected is None else pytest.approx(expected)


def test_the_drawn_continua_cover_all_forms_with_gaps_in_who_read() -> None:
    cases = [drawn(np.random.default_rng(seed)) for seed in range(25)]
    assert sum(any(1 < len(who) < 4 for who in readers.values()) for _, _, readers in cases) > 10
    values = [by_hand(spans, docs, readers, "ku", "X") for spans, docs, readers in cases
              if all(len(who) > 1 for who in readers.values())]  # fmt: skip
    assert sum(value is not None and value < 1 for value in values) > 3
