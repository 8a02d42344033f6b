"""`make bench`: every benchmark, or those named, as a table and as build/benchmarks.json."""

import json
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.harness import measure

BENCHES = (
    "demo_path",
    "coding_store",
    "agreement",
    "equity_cells",
    "scaled_study",
    "search",
    "names",
    "scaled_minilm",
    "theory",
)
OUT = Path("build/benchmarks.json")


def main() -> None:
    """Run the benchmarks named on the command line, or all."""
    chosen = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in chosen if name not in BENCHES]
    if unknown:
        raise SystemExit(f"no benchmark is called {', '.join(unknown)}. Known: {', '.join(BENCHES)}.")
    table = Table("benchmark", "part", "seconds", "CPU s", "peak MB", "note")
    figures = []
    for name in chosen:
        for figure in measure(name):
            figures.append(figure)
            cells = (f"{figure.seconds:.2f}", f"{figure.cpu_seconds:.2f}", f"{figure.peak_mb:.0f}")
            table.add_row(figure.bench, figure.name, *cells, figure.note)
    OUT.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}
    OUT.write_text(json.dumps({"machine": machine, "figures": [asdict(figure) for figure in figures]}, indent=1))
    Console(width=140).print(table)
    print(OUT)


if __name__ == "__main__":
    main()
