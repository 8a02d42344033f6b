"""Search over two million words: each way to ask, beside a loop over all turns and beside pandas, in one run."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.harness import Figure, Stopwatch
from workbench.corpus import Corpus, read_corpus
from workbench.demo.scale import write_talk
from workbench.study import new_study, open_study
from workbench.study.search import search

TIMES = 5
ASKED = (
    ("words", "made me think"), ("words", "police"), ("words", "the"), ("words", '"the police"'), ("words", "crim*"),
    ("words", "drug NEAR/10 police"), ("words", "job OR work"),
    ("phrase", "made me think"), ("phrase", "police"),
    ("regex", r"\bwarn\w*"), ("regex", "(job|work)s?"), ("regex", "didn.t"), ("regex", "police.{0,30}trust"),
    ("regex", "[A-Z]{3,}"), ("regex", r"(?i)\bpolic\w+"), ("regex", r"\b\w+ing\b"),
)  # fmt: skip


def run(stopwatch: Stopwatch) -> None:
    with TemporaryDirectory() as name:
        folder = new_study(Path(name) / "study", as_of="2023-03-31")
        settings = (folder / "study.yaml").read_text(encoding="utf-8")
        (folder / "study.yaml").write_text(re.sub("embedding: .*", "embedding: static", settings), encoding="utf-8")
        words = write_talk(folder / "transcripts")
        study = open_study(folder)
        corpus = read_corpus(folder / "transcripts")
        stopwatch.lap("write and read", f"{words:,} words, {len(corpus.turns):,} turns")
        corpus.search("police")
        stopwatch.lap("index", "first search for words: done once, kept in memory")
        for how, query in ASKED:
            _each(stopwatch, f"{how}: {query}", lambda how=how, query=query: len(corpus.search(query, how=how)))
        _each(stopwatch, "words: police, officers of one scheme", lambda: _filtered(corpus))
        ours = next(figure.cpu_seconds for figure in stopwatch.figures if figure.name == r"regex: \bwarn\w*")
        _peer(stopwatch, "a loop over all turns", ours, lambda: _loop(corpus, r"\bwarn\w*"))
        _peer(stopwatch, "pandas str.contains", ours, lambda: _contains(corpus, r"\bwarn\w*"))
        search(study, "I lost trust in the police", how="meaning")
        stopwatch.lap("meaning, first time (static)", "vectors of all turns, then kept beside the study")
        _each(stopwatch, "meaning (static)", lambda: len(search(study, "They treated me with respect", how="meaning")))


def _each(stopwatch: Stopwatch, name: str, ask: Callable[[], int], note: str = "") -> float:
    """Record the middle of several times."""
    seconds, cpu, hits = [], [], 0
    for _ in range(TIMES):
        wall, processor = time.perf_counter(), time.process_time()
        hits = ask()
        seconds.append(time.perf_counter() - wall)
        cpu.append(time.process_time() - processor)
    stopwatch.lap(name)
    taken = vars(stopwatch.figures.pop())
    middle = {"seconds": float(np.median(seconds)), "cpu_seconds": float(np.median(cpu))}
    note = f"{np.median(cpu) * 1000:.0f} ms CPU; {hits:,} hits{note}"
    stopwatch.figures.append(Figure(**(taken | middle | {"note": note})))
    return middle["cpu_seconds"]


def _peer(stopwatch: Stopwatch, name: str, ours: float, ask: Callable[[], int]) -> None:
    theirs = _each(stopwatch, rf"{name}: \bwarn\w*", ask)
    taken = vars(stopwatch.figures.pop())
    note = f"{taken['note']}; {theirs / ours:.1f} times our CPU"
    stopwatch.figures.append(Figure(**(taken | {"note": note})))


def _filtered(corpus: Corpus) -> int:
    return len(corpus.search("police", role="officer", scheme="durham"))


def _loop(corpus: Corpus, pattern: str) -> int:
    compiled = re.compile(pattern)
    return sum(1 for text in corpus.turns["text"] for _ in compiled.finditer(text))


def _contains(corpus: Corpus, pattern: str) -> int:
    return int(corpus.turns["text"].str.contains(pattern, regex=True).sum())
