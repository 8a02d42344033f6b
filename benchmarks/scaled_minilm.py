"""The scaled study with MiniLM instead of the static embedding: its own time, beside the other's."""

from benchmarks import scaled_study
from benchmarks.harness import Stopwatch


def run(stopwatch: Stopwatch) -> None:
    scaled_study.run(stopwatch, embedding="minilm")
