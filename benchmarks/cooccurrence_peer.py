"""Codes together beside the `qc` command line (qualitative-coding, AGPL), on the same fictional interviews and codings.

qc is never installed here: name its program in WORKBENCH_QC, or have it on the path. Interviews come in by its own
command; codings go straight into its database, since its own way takes minutes. It counts lines, here turns, where
we count passages, and has no band of chance. Run: `python -m benchmarks.cooccurrence_peer [seconds it may take]`.
"""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.theory import make
from workbench.coding import Store
from workbench.theory_testing.lenses.cooccurrence import cooccurrence

PATIENCE = 300.0
LEVELS = {"segment": "line", "document": "document"}


def main() -> None:
    qc = os.environ.get("WORKBENCH_QC") or shutil.which("qc")
    if not qc:
        print("qc is not installed here (pip package qualitative-coding): nothing to compare with.")
        return
    patience = float(sys.argv[1]) if len(sys.argv) > 1 else PATIENCE
    with TemporaryDirectory() as name:
        folder = Path(name)
        store, _ = make(folder)
        project = folder / "qc"
        _fill(qc, project, store)
        for level, unit in LEVELS.items():
            begun = time.process_time()
            pairs = len(cooccurrence(store, level=level).table)
            ours = time.process_time() - begun
            theirs, done = _asked([qc, "codes", "crosstab", "--unit", unit, "--outfile", "out.csv"], project, patience)
            said = f"{theirs:.1f} s CPU" if done else f"not done after {patience:.0f} s ({theirs:.1f} s CPU)"
            ratio = f"{'' if done else 'more than '}{theirs / ours:.0f} times our CPU"
            print(f"{level}: ours {ours:.2f} s CPU, {pairs:,} pairs with 200 shuffles; qc by {unit}: {said}; {ratio}")
        store.close()


def _fill(qc: str, project: Path, store: Store) -> None:
    texts = {name: store.text(name) for name in store.documents()["document"]}
    (project / "in").mkdir(parents=True)
    for name, text in texts.items():
        (project / "in" / f"{name}.txt").write_text(text.replace("\n", "\n\n"), encoding="utf-8")  # a turn a paragraph
    for command in (["init", "-w"], ["init"], ["corpus", "import", "in", "-r", "-i", "verbatim"]):
        subprocess.run([qc, *command], cwd=project, check=True, capture_output=True)
    with sqlite3.connect(project / "qualitative_coding.sqlite3") as database:
        codings = store.codings().to_dict(orient="records")
        for kind, column in (("coder", "coder"), ("code", "code")):
            names = sorted({(_plain(row[column]),) for row in codings})
            database.executemany(f"INSERT INTO {kind} (name) VALUES (?)", names)  # noqa: S608
        for number, row in enumerate(codings, start=1):
            line = 2 * texts[row["document"]].count("\n", 0, row["start"])
            values = (number, line, row["coder"], _plain(row["code"]))
            database.execute("INSERT INTO coded_line (id, line, coder_id, code_id) VALUES (?, ?, ?, ?)", values)
            database.execute(_PLACE, (number, f"{row['document']}.txt", line, line))
    subprocess.run([qc, "codebook"], cwd=project, check=True, capture_output=True)


_PLACE = """
INSERT INTO coded_line_location_association SELECT ?, location.id FROM location
JOIN document_index ON document_index.id = document_index_id
WHERE document_id = ? AND start_line <= ? AND ? < end_line LIMIT 1
"""


def _plain(code: str) -> str:
    return code.replace("→", "_to_")


def _asked(command: list[str], folder: Path, patience: float) -> tuple[float, bool]:
    """Return the CPU seconds of a command, and whether it came to its end in time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=patience)
        done = True
    except subprocess.TimeoutExpired:
        done = False
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done


if __name__ == "__main__":
    main()
