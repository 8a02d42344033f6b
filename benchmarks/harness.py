"""Time a piece of work in a process of its own, so that its peak memory is its own."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measurement.

    Parameters
    ----------
    bench, name : str
        Which benchmark, and what of it.
    seconds, cpu_seconds : float
        Wall clock, and processor time of the process and its children.
    peak_mb : float
        Largest resident memory of the process, in megabytes.
    note : str
        Sizes, or what the figure is compared with.
    """

    bench: str
    name: str
    seconds: float
    cpu_seconds: float
    peak_mb: float
    note: str = ""


class Stopwatch:
    """Splits one process's work into named laps."""

    def __init__(self, bench: str) -> None:
        self.bench, self.figures = bench, list[Figure]()
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def lap(self, name: str, note: str = "") -> None:
        """End a lap."""
        wall, cpu = time.perf_counter(), time.process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figure = Figure(
            bench=self.bench, name=name, seconds=wall - self._wall, cpu_seconds=cpu - self._cpu, peak_mb=peak, note=note
        )
        self.figures.append(figure)
        self._wall, self._cpu = time.perf_counter(), time.process_time()


def measure(module: str) -> list[Figure]:
    """Run a benchmark module's `run(stopwatch)` in a fresh process and return its figures."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.harness", module], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise SystemExit(f"benchmark {module} failed")
    return [Figure(**figure) for figure in json.loads(done.stdout.splitlines()[-1])]


def _run(module: str) -> None:
    from importlib import import_module

    run: Callable[[Stopwatch], Any] = import_module(f"benchmarks.{module}").run
    stopwatch = Stopwatch(module)
    run(stopwatch)
    print(json.dumps([asdict(figure) for figure in stopwatch.figures]))


if __name__ == "__main__":
    _run(sys.argv[1])
