"""The command that tells all that is wrong or doubtful in a study, or in a folder of transcripts."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.screen import AsJson
from workbench.errors import Problem

if TYPE_CHECKING:
    from workbench.study.check import Report


def check(
    folder: Annotated[
        Path, typer.Argument(help="A study's folder, or one of transcripts.", show_default="the current folder")
    ] = Path(),
    as_json: AsJson = False,
) -> None:
    """Read every part of a study and tell all that is wrong or doubtful. Exit 2 when wrong, 1 when doubtful.

    A folder of transcripts alone is read too: every doubt with file and line, and counts by file.

    Example: workbench check my-study
    """
    from workbench.study.check import check_study, check_talk, holds_talk
    from workbench.study.study import open_study

    bare = holds_talk(folder)
    report = check_talk(folder) if bare else check_study(open_study(folder))
    if as_json:
        typer.echo(json.dumps(_to_json(report), ensure_ascii=False, indent=1))
    else:
        _show(report, files=bare)
    raise typer.Exit(2 if report.problems else 1 if report.doubts else 0)


def _to_json(report: "Report") -> dict[str, object]:
    return {
        "problems": [str(item) for item in report.problems],
        "doubts": [str(item) for item in report.doubts],
        "doubtful": {part: [str(item) for item in doubts] for part, doubts in report.doubtful.items() if doubts},
        "files": report.files,
        "withdrawn": [asdict(withdrawal) for withdrawal in report.withdrawn],
    }


def _show(report: "Report", *, files: bool) -> None:
    gone = [
        f"{one.document}{f', {one.speaker}' if one.speaker else ''}: {one.withdrawn or one.note}"
        for one in report.withdrawn
    ]
    if report.problems:
        _list(f"To put right ({len(report.problems)}):", _together(report.problems))
    if report.doubts:
        typer.echo(f"For a person to look at ({len(report.doubts)}):")
    for part, doubts in report.doubtful.items():
        if doubts:
            _list(f"  {part.capitalize()} ({len(doubts)}):", _together(doubts), indent=4)
    if gone:
        _list(f"Left out: withdrawn, or no consent ({len(gone)}):", gone)
    if not report.problems and not report.doubts:
        typer.echo("Nothing wrong, nothing doubtful.")
    if report.files and files:
        rows = [[value for name, value in one.items() if name != "aside"] for one in report.files]
        notes = ["", *(_why_aside(one["aside"]) for one in report.files)]
        typer.echo(_columns([[name for name in report.files[0] if name != "aside"], *rows], notes))
    if report.files:
        numbers = [name for name in report.files[0] if name not in ("file", "aside")]
        total = {name: sum(one[name] for one in report.files) for name in numbers}
        typer.echo(
            f"Transcripts: {len(report.files):,}, with {total['turns']:,} turns, {total['words']:,} words of talk, "
            f"{total['set_aside']:,} words set aside; crosstalk in {total['crosstalk']:,} turns, "
            f"words inaudible in {total['inaudible']:,}."
        )


def _list(heading: str, lines: Iterable[str], *, indent: int = 2) -> None:
    typer.echo("\n".join([heading, *(f"{' ' * indent}{line}" for line in lines)]))


def _together(items: Iterable[Problem | str]) -> list[str]:
    """Return a line for each thing that is told, with every place where it is the same."""
    places: dict[str, list[str]] = {}
    for item in items:
        place = item.place if isinstance(item, Problem) else ""
        places.setdefault(str(item).removeprefix(f"{place}: "), []).append(place)
    return [f"{_joined(where)}: {what}" if any(where) else what for what, where in places.items()]


def _joined(places: Sequence[str]) -> str:
    """Name several places as one where they differ in one part only: `consent.csv, row 2, row 3, column archive`."""
    if len(places) == 1:
        return places[0]
    parts = [place.split(", ") for place in places]
    differ = [at for at, alike in enumerate(zip(*parts, strict=False)) if len(set(alike)) > 1]
    count = f"({len(places)} times) "
    if len(differ) != 1 or len({len(part) for part in parts}) > 1:
        return count + "; ".join(places)
    at = differ[0]
    return count + ", ".join([*parts[0][:at], *(part[at] for part in parts), *parts[0][at + 1 :]])


def _why_aside(counts: dict[str, int]) -> str:
    """Say what was set aside, where it is more than speakers' labels."""
    if set(counts) <= {"label"}:
        return ""
    return f" (set aside: {', '.join(f'{why} {n:,}' for why, n in counts.items())})"


def _columns(rows: "list[list[object]]", notes: Sequence[str]) -> str:
    """Set numbers in columns and the files' names, however long, after them."""
    shown = [
        [f"{value:,}" if isinstance(value, int) else str(value).replace("_", " ") for value in row[1:]] for row in rows
    ]
    wide = [max(map(len, column)) + 2 for column in zip(*shown, strict=True)]
    lines = (
        "".join(value.rjust(width) for value, width in zip(cells, wide, strict=True)) + f"  {row[0]}{note}"
        for cells, row, note in zip(shown, rows, notes, strict=True)
    )
    return "\n".join(lines)
