"""Write codebook.yaml anew, and put it back where what belongs to it fails."""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.codebook import read_codebook
from workbench.codebook.edit import edited, with_codes
from workbench.coding.acts import moment
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from workbench.study.study import Study

CHANGES = "CHANGES.md"
"""Beside the codebook, where a team writes down what it decided."""


@contextmanager
def replaced(
    study: "Study",
    changes: Mapping[str, Mapping[str, str | None]],
    *,
    entry: str,
    by: str,
    codes: Sequence[Mapping[str, str]] = (),
) -> Iterator[tuple[str, ...]]:
    """Change the codebook, and add an entry to the list of changes beside it; put both back on any failure inside.

    Parameters
    ----------
    study : Study
        Its codebook is read again with its theory and manuals before it is put in place.
    changes : Mapping
        As `codebook.edit.edited` takes them; where there are none, only the entry is written.
    entry, by : str
        What was done and why, and who did it.
    codes : sequence of Mapping
        New codes for the end of the codebook, as `codebook.edit.with_codes` takes them.

    Yields
    ------
    tuple of str
        Names of the files that were changed.

    Raises
    ------
    InputError
        If the changed codebook would not be sound; nothing is written then.
    """
    path = study.needed("codebook").resolve()
    listed = path.with_name(CHANGES)
    try:
        before = {file: file.read_bytes() for file in (path, listed) if file.is_file()}
        after = {path: edited(_text(before[path]), changes)} if changes else {}
        if codes:
            after[path] = with_codes(after.get(path) or _text(before[path]), codes)
        if listed in before:
            after[listed] = _with_entry(_text(before[listed]), entry, by)
        # Beside it, so that it can be moved into place at once; under its own name, which problems tell.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".codebook-") as folder:
            for file, text in after.items():
                _write(Path(folder) / file.name, text.encode("utf-8", "surrogateescape"), like=file)
            if changes or codes:
                _check(study, path, Path(folder) / path.name)
            if any(file.read_bytes() != content for file, content in before.items()):
                raise InputError(Problem(place=path.name, what="somebody else changed it just now", remedy="Try again"))
            try:
                for file in after:
                    (Path(folder) / file.name).replace(file)
                yield tuple(file.name for file in after)
            except BaseException:
                for file in after:
                    _write(Path(folder) / file.name, before[file], like=file)
                    (Path(folder) / file.name).replace(file)
                raise
    except OSError as error:
        what = f"it cannot be changed ({error.strerror or error})"
        remedy = "See that the folder can be written to; nothing was changed"
        raise InputError(Problem(place=str(path), what=what, remedy=remedy)) from error
    study.__dict__.pop("codebook", None)  # read before the change


def _write(path: Path, content: bytes, *, like: Path) -> None:
    path.write_bytes(content)
    shutil.copymode(like, path)


def _check(study: "Study", old: Path, new: Path) -> None:
    """Refuse what the change makes unsound; what was so before is not its doing, as when several nodes were renamed."""
    told = {_what(problem) for problem in _problems(study, old)}
    added = [problem for problem in _problems(study, new) if _what(problem) not in told]
    if added:
        raise InputError(added)


def _problems(study: "Study", path: Path) -> Sequence[Problem | str]:
    theory = study.theory if study.settings.theory else None
    try:
        read_codebook(path, theory=theory, manuals=tuple(study.manuals.values()))
    except InputError as error:
        return error.problems
    return ()


def _what(problem: Problem | str) -> str:
    return problem.what if isinstance(problem, Problem) else problem


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")  # the list of changes may hold anything


def _with_entry(text: str, entry: str, by: str) -> str:
    """Return the list of changes with one more line, under today's heading: newest first."""
    end = "\r\n" if "\r\n" in text else "\n"
    heading = f"## {moment()[:10]} – {by}"
    line = f"- {entry}{'' if entry.endswith('.') else '.'}"
    first = re.search(r"^## .*$", text, re.MULTILINE)
    if first and first[0].strip() == heading:
        rest = text[first.end() :].lstrip("\r\n")
        return f"{text[: first.end()].rstrip()}{end}{end}{line}{end}{rest}"
    if first:
        return f"{text[: first.start()]}{heading}{end}{end}{line}{end}{end}{text[first.start() :]}"
    above = text.rstrip()
    return f"{above}{end + end if above else ''}{heading}{end}{end}{line}{end}"
