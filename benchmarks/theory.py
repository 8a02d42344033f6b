"""Does the theory hold: ledger, verdicts with every leave-one-out, cases against, codes together, from SQLite.

The goal is five seconds together for 20,000 codings, 120 codes, 90 links and 300 people; transcripts are an hour long.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.harness import Figure, Stopwatch
from workbench.coding import Store, open_store
from workbench.coding.one_moment import at_one_moment
from workbench.corpus import read_corpus
from workbench.demo.scale import write_talk
from workbench.theory import Theory, read_theory
from workbench.theory_testing import negative_cases, weigh_theory
from workbench.theory_testing.ledger import ledger
from workbench.theory_testing.lenses.cooccurrence import cooccurrence
from workbench.theory_testing.lenses.saturation import saturation

CODINGS, CODES, LINKS, PEOPLE, CODERS, GOAL = 20_000, 120, 90, 300, 8, 5.0
STANCES, SHARES = ("supports", "contradicts", "qualifies", "silent"), (0.78, 0.05, 0.14, 0.03)


def run(stopwatch: Stopwatch) -> None:
    with TemporaryDirectory() as name:
        store, theory = make(Path(name))
        stopwatch.lap("set up", f"{len(store.turns()):,} turns of {PEOPLE} interviews")
        _measure(stopwatch, theory, at_one_moment(store))
        store.close()


def make(folder: Path) -> tuple[Store, Theory]:
    """Write fictional interviews, a theory and codings of half links and half codes; return them opened."""
    write_talk(folder / "transcripts", interviews=PEOPLE, focus_groups=0)
    store = open_store(folder / "codings.sqlite")
    store.add_corpus(read_corpus(folder / "transcripts"))
    (folder / "theory.yaml").write_text(_written(), encoding="utf-8")
    theory = read_theory(folder / "theory.yaml")
    store.code_many(codings(store.turns(), [*theory.nodes], [*theory.links]))
    for number, document in enumerate(store.documents()["document"]):
        store.read(document, coder=f"coder {number % CODERS}")
    return store, theory


def codings(turns: pd.DataFrame, nodes: list[str], links: list[str]) -> list[dict[str, Any]]:
    """Return codings of answers, each of some words that another may share."""
    rng = np.random.default_rng(CODINGS)
    said = turns[turns["role"] != "interviewer"]
    chosen = said.iloc[rng.integers(len(said), size=CODINGS)]
    begins, ends = chosen["start"].to_numpy(), chosen["end"].to_numpy()
    starts = begins + ((ends - begins) * 0.6 * rng.random(CODINGS)).astype(int)
    stops = np.maximum(starts + 1, np.minimum(ends, starts + rng.integers(20, 200, size=CODINGS)))
    rows = []
    for number, (document, start, stop) in enumerate(zip(chosen["document"], starts, stops, strict=True)):
        codes = links if number % 2 else nodes
        row = {"document": document, "start": int(start), "end": int(stop), "coder": f"coder {rng.integers(CODERS)}"}
        row["code"] = codes[int(rng.integers(len(codes)))]
        rows.append(row | ({"stance": str(rng.choice(STANCES, p=SHARES))} if number % 2 else {}))
    return rows


def _written() -> str:
    nodes = [f"  - {{id: N{n}, type: mechanism, name: N{n}, definition: N{n}}}" for n in range(CODES)]
    links = [f"  - {{from: N{n}, to: N{(n * 7 + 1) % CODES}, type: triggers}}" for n in range(LINKS)]
    head = ["title: Fictional", "version: '1'", "date: 2026-01-01", "status: made up", "nodes:"]
    return "\n".join([*head, *nodes, "links:", *links, ""])


def _measure(stopwatch: Stopwatch, theory: Theory, store: Store) -> None:
    """Time each part by itself, as a study's run does: what one has read the next need not read."""
    parts: list[tuple[str, Callable[[], str]]] = [
        ("ledger", lambda: f"{len(ledger(theory, store)):,} rows"),
        ("verdicts", lambda: f"{weigh_theory(theory, store).table['tried'].sum():,} leave-one-outs of {LINKS} links"),
        ("cases against", lambda: f"{len(negative_cases(theory, store).table):,} cases"),
        ("together by segment", lambda: _pairs(store, "segment")),
        ("together by document", lambda: _pairs(store, "document")),
        ("saturation", lambda: f"{len(saturation(store).table)} groups, 200 orders"),
    ]
    first = len(stopwatch.figures)
    for name, part in parts:
        stopwatch.lap(name, part())
    measured = stopwatch.figures[first:]
    seconds, cpu = sum(each.seconds for each in measured), sum(each.cpu_seconds for each in measured)
    note = f"goal {GOAL:.0f} s: {'met' if max(seconds, cpu) <= GOAL else 'missed'}"
    peak = max(each.peak_mb for each in measured)
    total = Figure(bench="theory", name="together", seconds=seconds, cpu_seconds=cpu, peak_mb=peak, note=note)
    stopwatch.figures.append(total)


def _pairs(store: Store, level: str) -> str:
    found = cooccurrence(store, level=level)
    return f"{len(found.table):,} pairs of {CODES} codes and {LINKS} links, 200 shuffles"
