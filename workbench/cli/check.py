"""The command that tells all that is wrong or doubtful in a study, or in a folder of transcripts."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.screen import AsJson

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
        "files": report.files,
        "withdrawn": [asdict(withdrawal) for withdrawal in report.withdrawn],
    }


def _show(report: "Report", *, files: bool) -> None:
    gone = [
        f"{one.document}{f', {one.speaker}' if one.speaker else ''}: {one.withdrawn or one.note}"
        for one in report.withdrawn
    ]
    parts = (
        ("To put right", report.problems),
        ("For a person to look at", report.doubts),
        ("Left out: withdrawn, or no consent", gone),
    )
    for heading, lines in parts:
        if lines:
            typer.echo(f"{heading} ({len(lines)}):")
            typer.echo("\n".join(f"  {line}" for line in lines))
    if not report.problems and not report.doubts:
        typer.echo("Nothing wrong, nothing doubtful.")
    if report.files and files:
        typer.echo(_columns([list(report.files[0]), *(list(one.values()) for one in report.files)]))
    if report.files:
        total = {name: sum(one[name] for one in report.files) for name in report.files[0] if name != "file"}
        typer.echo(
            f"Transcripts: {len(report.files):,}, with {total['turns']:,} turns, {total['words']:,} words of talk, "
            f"{total['set_aside']:,} words set aside; crosstalk in {total['crosstalk']:,} turns, "
            f"words inaudible in {total['inaudible']:,}."
        )


def _columns(rows: "list[list[object]]") -> str:
    """Set numbers in columns and the files' names, however long, after them."""
    shown = [
        [f"{value:,}" if isinstance(value, int) else str(value).replace("_", " ") for value in row[1:]] for row in rows
    ]
    wide = [max(map(len, column)) + 2 for column in zip(*shown, strict=True)]
    lines = (
        "".join(value.rjust(width) for value, width in zip(cells, wide, strict=True)) + f"  {row[0]}"
        for cells, row in zip(shown, rows, strict=True)
    )
    return "\n".join(lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value).replace("_", " ")
