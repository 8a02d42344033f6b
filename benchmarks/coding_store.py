"""A store of 250,000 acts by 8 coders on 225 interviews: each thing a coder or an analysis asks, beside plain ways."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.harness import Figure, Stopwatch
from workbench.coding import Store, open_store
from workbench.coding.in_force import codings_in_force
from workbench.corpus import read_corpus
from workbench.corpus.span import Span
from workbench.demo.scale import write_talk

ACTS, CODERS, CODES, INTERVIEWS, TIMES = 250_000, 8, 120, 225, 5
_PLAIN = """
CREATE TABLE plain AS SELECT id, coder, document, code, start, "end", quote, stance, origin, memo, at FROM acts;
"""


def run(stopwatch: Stopwatch) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        words = write_talk(folder / "transcripts", interviews=INTERVIEWS, focus_groups=0)
        corpus = read_corpus(folder / "transcripts")
        store = open_store(folder / "codings.sqlite")
        store.add_corpus(corpus)
        rows = _rows(store.turns())
        stopwatch.lap("write, read and keep the texts", f"{words:,} words, {len(corpus.turns):,} turns")
        store.code_many(rows)
        stopwatch.lap("code_many", f"{ACTS:,} codings in one transaction")
        store.close()
        _read(stopwatch, folder / "codings.sqlite")
        _write(stopwatch, folder / "codings.sqlite")


def _rows(turns: pd.DataFrame) -> list[dict[str, Any]]:
    rng = np.random.default_rng(ACTS)
    chosen = turns.iloc[rng.integers(len(turns), size=ACTS)]
    begins, ends = chosen["start"].to_numpy(), chosen["end"].to_numpy()
    starts = begins + ((ends - begins) * 0.6 * rng.random(ACTS)).astype(int)
    stops = np.maximum(starts + 1, np.minimum(ends, starts + rng.integers(1, 80, size=ACTS)))
    numbers = zip(rng.integers(CODES, size=ACTS), rng.integers(CODERS, size=ACTS), strict=True)
    return [
        {"document": document, "start": int(start), "end": int(stop), "code": f"C{code:03d}", "coder": f"coder {coder}"}
        for document, start, stop, (code, coder) in zip(chosen["document"], starts, stops, numbers, strict=True)
    ]


def _read(stopwatch: Stopwatch, path: Path) -> None:
    """Time what is read, each beside what a script would do: pandas on a table of codings, or a replay of all acts."""
    plain = sqlite3.connect(path.with_name("plain.sqlite"))
    plain.execute("ATTACH ? AS store", [str(path)])
    plain.executescript(_PLAIN.replace("FROM acts", "FROM store.acts"))
    with open_store(path) as store:
        document = str(store.documents()["document"].iloc[7])
        at_once = _each(stopwatch, "counts, right after opening", lambda: len(store.counts()), times=1)
        ours = _each(stopwatch, "counts", lambda: len(store.counts()))
        theirs = _each(stopwatch, "  beside: pandas on a plain table", lambda: _counted(plain))
        _ratio(stopwatch, theirs / max(ours, at_once))
        ours = _each(stopwatch, "coded_document", lambda: len(store.coded_document(document).codings))
        theirs = _each(
            stopwatch, "  beside: a replay of all acts, as before", lambda: _replayed(store, document), times=1
        )
        _ratio(stopwatch, theirs / ours)
        ours = _each(stopwatch, "codings", lambda: len(store.codings()))
        floor = _each(stopwatch, "  beside: pandas.read_sql of a plain table", lambda: len(_frame(plain)))
        _ratio(stopwatch, floor / ours)
        theirs = _each(stopwatch, "  beside: a replay of all acts, as before", lambda: _replayed(store, None), times=1)
        _ratio(stopwatch, theirs / ours)
        _each(stopwatch, "latest", lambda: len(store.latest()), times=100)
        _each(stopwatch, "read_by", lambda: len(store.read_by()))
        _each(stopwatch, "unplaced", lambda: len(store.unplaced()))
        _each(stopwatch, "verify", lambda: len(store.verify()), times=1)
        _each(stopwatch, "backup", lambda: store.backup(path.with_name("copy.sqlite")).stat().st_size, times=1)
    plain.close()


def _write(stopwatch: Stopwatch, path: Path) -> None:
    """Time one act with its commit, and what waiting for the disk costs."""
    with open_store(path) as store:
        document, numbers = str(store.documents()["document"].iloc[7]), iter(range(10_000))

        def code() -> int:
            return len(store.code(Span(document, next(numbers), 2000), "C001", coder="coder 1").id)

        _wait_for_the_disk(store, "NORMAL")
        hasty = _each(stopwatch, "code, if it did not wait for the disk", code, times=50)
        _wait_for_the_disk(store, "FULL")
        safe = _each(stopwatch, "code, one act that outlives a power cut", code, times=50)
        _note(stopwatch, f"{1000 * (safe - hasty):.1f} ms for the disk")
        _each(stopwatch, "undo", lambda: len(store.undo("coder 1") or ""), times=20)
        _each(stopwatch, "redo", lambda: len(store.redo("coder 1") or ""), times=20)
        one = store.codings(coder="coder 2")["id"].iloc[0]

        def memo() -> int:
            store.set_memo(one, str(next(numbers)), coder="coder 2")
            return 1

        _each(stopwatch, "set_memo", memo, times=20)
        _each(
            stopwatch,
            "rename_code, in all documents",
            lambda: store.rename_code("C001", "X001", by="lead").codings,
            times=1,
        )
    shutil.rmtree(path.parent, ignore_errors=True)


def _counted(plain: sqlite3.Connection) -> int:
    by = pd.read_sql("SELECT code, coder, document FROM plain", plain).groupby(["code", "coder"])
    return len(by.agg(codings=("document", "size"), documents=("document", "nunique")))


def _frame(plain: sqlite3.Connection) -> pd.DataFrame:
    return pd.read_sql("SELECT * FROM plain ORDER BY id", plain)


def _replayed(store: Store, document: str | None) -> int:
    """Return how many codings a replay of all acts finds, as a table, as every question was answered before."""
    with store._database.reading() as connection:
        found = codings_in_force(connection, "9999-12-31T00:00:00.000Z", None)
    return len(found if document is None else found[found["document"] == document])


def _wait_for_the_disk(store: Store, level: str) -> None:
    connection = store._database.engine.raw_connection()
    connection.cursor().execute(f"PRAGMA synchronous = {level}")
    connection.close()


def _each(stopwatch: Stopwatch, name: str, ask: Callable[[], int], *, times: int = TIMES) -> float:
    """Record the middle of several times; return its seconds."""
    seconds, cpu, found = [], [], 0
    for _ in range(times):
        wall, processor = time.perf_counter(), time.process_time()
        found = ask()
        seconds.append(time.perf_counter() - wall)
        cpu.append(time.process_time() - processor)
    stopwatch.lap(name)
    middle = {"seconds": float(np.median(seconds)), "cpu_seconds": float(np.median(cpu))}
    note = f"{1000 * middle['seconds']:.2f} ms, worst {1000 * max(seconds):.2f} ms; {found:,}"
    stopwatch.figures.append(Figure(**(vars(stopwatch.figures.pop()) | middle | {"note": note})))
    return middle["cpu_seconds"] if not name.startswith("code,") else middle["seconds"]


def _ratio(stopwatch: Stopwatch, ratio: float) -> None:
    _note(stopwatch, f"{ratio:.1f} times our CPU")


def _note(stopwatch: Stopwatch, more: str) -> None:
    taken = vars(stopwatch.figures.pop())
    stopwatch.figures.append(Figure(**(taken | {"note": f"{taken['note']}; {more}"})))
