"""225 interviews and 6 focus groups, two million words: import, index, suggest with the static embedding."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harness import Stopwatch
from workbench.codebook import read_codebook
from workbench.coding import open_store
from workbench.corpus import read_corpus
from workbench.definitions import shipped
from workbench.demo.scale import write_talk
from workbench.suggestion import suggest
from workbench.theory import read_theory


def run(stopwatch: Stopwatch, embedding: str = "static") -> None:
    definitions = shipped("codebooks/diversion")
    with TemporaryDirectory() as name:
        folder = Path(name)
        words = write_talk(folder / "transcripts")
        stopwatch.lap("write", f"{words:,} words")
        corpus = read_corpus(folder / "transcripts")
        turns = len(corpus.turns)
        stopwatch.lap("import", f"{turns:,} turns")
        store = open_store(folder / "codings.sqlite")
        store.add_corpus(corpus)
        stopwatch.lap("index", "texts and turns in the store")
        hits = len(corpus.search("made me think"))
        stopwatch.lap("search", f"{hits} hits")
        codebook = read_codebook(definitions / "codebook.yaml", theory=read_theory(definitions / "theory.yaml"))
        found = suggest(store, corpus, codebook, embedding=embedding, cache=folder / "vectors.sqlite")
        stopwatch.lap(f"suggest ({embedding})", f"{len(found.table):,} suggestions")
        store.close()
