"""Agreement beside NLTK and pygamma-agreement, each in the same process on the same codings.

pygamma-agreement is MIT but needs GPL packages, so it is never installed here: name a folder that holds it in
WORKBENCH_PEERS. What it computes, gamma, is another statistic than Krippendorff's unitizing alphas: both say how far
coders agree on passages that they cut out themselves.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.harness import Stopwatch
from workbench.agreement import agreement, cohen_kappa, disagreements, krippendorff_alpha, unitizing_alpha

UNITS, CODERS, CODES, DOCUMENTS = 8_000, 3, 30, 20
TEAM, INTERVIEWS, CODINGS = 8, 225, 20_000


def run(stopwatch: Stopwatch) -> None:
    rng = np.random.default_rng(2006)
    marked = _marks(rng, 1)[:, :, 0].astype(int)
    sets = [[frozenset(np.flatnonzero(unit).tolist()) for unit in row] for row in _marks(rng, CODES)]
    coded = [[one or frozenset([-1]) for one in row] for row in sets]  # NLTK cannot take the empty set
    documents = np.repeat(np.arange(DOCUMENTS), UNITS // DOCUMENTS)
    stopwatch.lap("set up", f"{UNITS:,} units, {CODERS} coders, {CODES} codes")
    _beside_nltk(stopwatch, marked, coded)
    krippendorff_alpha(coded, level="masi", documents=documents)
    stopwatch.lap("alpha over sets with interval", "2,000 resamples of 20 documents")
    _beside_pygamma(stopwatch, rng)
    store = _team(rng)
    stopwatch.lap("team set up", f"{len(store.codings()):,} codings, {TEAM} coders, {INTERVIEWS} interviews")
    for unit in ("turn", "character", "passage"):
        rows = len(agreement(store, unit=unit).table)
        stopwatch.lap(f"agreement by {unit}", f"{rows:,} coefficients with intervals: every pair, all, every code")
    stopwatch.lap("disagreements", f"{len(disagreements(store).table):,} rows with their gain")


def _beside_nltk(stopwatch: Stopwatch, marked: Any, sets: Any) -> None:
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import masi_distance

    binary, several = _triples(marked.tolist()), _triples(sets)
    cases: list[tuple[str, Callable[[], Any], Callable[[], Any]]] = [
        ("alpha, one code", lambda: krippendorff_alpha(marked).value, lambda: AnnotationTask(binary).alpha()),
        (
            "kappa, one code",
            lambda: np.mean([cohen_kappa(marked[a], marked[b]).value for a, b in ((0, 1), (0, 2), (1, 2))]),
            lambda: AnnotationTask(binary).kappa(),
        ),
        (
            "alpha over sets (MASI)",
            lambda: krippendorff_alpha(sets, level="masi").value,
            lambda: AnnotationTask(several, masi_distance).alpha(),
        ),
    ]
    for name, ours, theirs in cases:
        assert abs(ours() - theirs()) < 1e-9, name  # noqa: S101
        mine = _cpu(ours, 20)
        stopwatch.lap(f"{name}, ours", f"{1000 * mine:.2f} ms a time")
        peer = _cpu(theirs, 2)
        stopwatch.lap(f"{name}, NLTK", f"{1000 * peer:.0f} ms a time: {peer / mine:.0f} times our CPU; equal values")


def _beside_pygamma(stopwatch: Stopwatch, rng: np.random.Generator) -> None:
    """Time all forms of the unitizing alpha with intervals beside gamma, on one document's passages."""
    spans = _spans(rng, 8_000, 40)
    documents = {f"part {number}": 800 for number in range(10)}
    forms = ("u", "|u", "cu", "ku")

    def ours() -> None:
        for form in forms:
            unitizing_alpha(spans, 8_000, form=form, documents=documents)  # type: ignore[arg-type]

    mine = _cpu(ours, 5)
    stopwatch.lap(
        "unitizing alphas, ours", f"{len(spans)} passages, 3 coders, 4 forms with interval: {1000 * mine:.1f} ms"
    )
    sys.path.append(os.environ.get("WORKBENCH_PEERS", ""))
    try:
        from pyannote.core import Segment
        from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
    except ImportError as error:
        stopwatch.figures[-1] = replace(
            stopwatch.figures[-1], note=f"{stopwatch.figures[-1].note}; no pygamma: {error}"
        )
        return
    continuum = Continuum()
    for coder, code, start, end in spans:
        continuum.add(coder, Segment(start, end), code)
    dissimilarity = CombinedCategoricalDissimilarity()
    continuum.compute_gamma(dissimilarity, n_samples=2)  # compiles
    stopwatch.lap("pygamma, first call")
    peer = _cpu(lambda: continuum.compute_gamma(dissimilarity, n_samples=30), 1)
    stopwatch.lap("gamma, pygamma", f"{peer:.2f} s: {peer / mine:.0f} times our CPU; another statistic")


def _cpu(work: Callable[[], Any], times: int) -> float:
    begun = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - begun) / times


def _marks(rng: np.random.Generator, codes: int) -> Any:
    """Who marked what: coders × units × codes; what is there is mostly seen, and some of what is not."""
    there = rng.random((UNITS, codes)) < (0.2 if codes == 1 else 0.04)
    return np.where(rng.random((CODERS, UNITS, codes)) < 0.85, there, rng.random((CODERS, UNITS, codes)) < 0.04)


def _triples(rows: Any) -> list[tuple[int, int, Any]]:
    return [(coder, unit, value) for coder, row in enumerate(rows) for unit, value in enumerate(row)]


def _spans(rng: np.random.Generator, length: int, count: int) -> list[tuple[str, str, int, int]]:
    """Passages of three coders that mostly meet, none across a tenth of the continuum."""
    found = []
    for number, start in enumerate(np.linspace(0, length, count, endpoint=False).astype(int)):
        for coder in "abc":
            begin, end = start + int(rng.integers(0, 40)), start + int(rng.integers(60, 150))
            if rng.random() < 0.85:
                found.append((coder, f"M{number % 6}", int(begin), int(end)))
    return found


class _Team:
    """A coding store in memory: what is timed is agreement, not the database."""

    def __init__(self, turns: pd.DataFrame, codings: pd.DataFrame, read: pd.DataFrame) -> None:
        self.turns, self.codings, self.read_by = (lambda: turns), (lambda: codings), (lambda: read)
        self.acts = lambda: read.assign(kind="read", at="2024-01-01T00:00:00")

    def text(self, document: str) -> str:
        raise NotImplementedError(document)

    def fingerprint(self) -> str:
        return "benchmark"


def _team(rng: np.random.Generator) -> _Team:
    """Eight coders who have all finished 225 interviews of 120 turns, and marked 20,000 passages in them."""
    documents = [f"interview {number:03}" for number in range(INTERVIEWS)]
    size, each = 300, 120
    number = np.arange(INTERVIEWS * each)
    turns = pd.DataFrame({"document": np.repeat(documents, each), "turn": number % each + 1})
    turns = turns.assign(start=(number % each) * size, role="officer", scheme="a", wave="1")
    turns["end"] = turns["start"] + size - 10
    there = int(CODINGS / TEAM / 0.8)
    place, code = rng.integers(0, len(turns), there), rng.integers(0, CODES, there)
    coder, which = np.nonzero(rng.random((TEAM, there)) < 0.8)
    at = turns.iloc[place[which]].reset_index(drop=True)
    start = at["start"] + rng.integers(0, 100, len(at))
    codings = pd.DataFrame(
        {
            "id": np.arange(len(at)).astype(str), "coder": [f"coder {n}" for n in coder], "document": at["document"],
            "turn": at["turn"], "code": [f"M{n:02}" for n in code[which]], "start": start,
            "end": start + rng.integers(20, 190, len(at)), "quote": "said", "memo": "", "stance": None,
        }
    )  # fmt: skip
    read = pd.DataFrame(
        [(f"coder {n}", name) for n in range(TEAM) for name in documents], columns=["coder", "document"]
    )
    return _Team(turns, codings, read)
