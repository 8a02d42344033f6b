"""What the commands share on screen: tables, sentences, progress."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from workbench.finding import Finding

StudyFolder = Annotated[Path, typer.Argument(help="The study's folder.", show_default="the current folder")]
GivenFolder = Annotated[
    Path | None, typer.Argument(metavar="folder", help="The study's folder.", show_default="the current folder")
]
StudyOption = Annotated[Path | None, typer.Option("--study", help="The same, as an option.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print the finding as JSON, for other programs.")]
MOST_ROWS = 40
"""Rows shown on screen; the report and --json have them all."""
FIRST = (
    "document", "turn", "link", "component", "stage", "group", "measure", "dimension", "code", "other", "coder",
    "scheme", "period", "configuration", "status", "n", "against", "both", "total", "value", "consistency", "pri",
    "low", "high", "drift_p", "method", "note",
)  # fmt: skip
"""Columns that answer; the first of them that a finding has are shown."""
WIDEST = 8
"""Columns shown on screen."""


def the_folder(given: Path | None, option: Path | None) -> Path:
    """Return the study's folder of a command that takes it as an argument or as `--study`.

    Raises
    ------
    InputError
        If both are given and are not the same.
    """
    if given is not None and option is not None and given.resolve() != option.resolve():
        what = f"the folder is given twice, as {str(given)!r} and as {str(option)!r}"
        raise InputError(Problem(place="--study", what=what, remedy="Give one of them"))
    return given or option or Path()


def show(findings: "list[Finding]", as_json: bool) -> None:
    """Print findings: sentences, table, notes; or all of it as JSON."""
    if as_json:
        typer.echo(json.dumps([finding.to_dict() for finding in findings], ensure_ascii=False, default=str, indent=1))
        return
    console = Console()
    for finding in findings:
        console.print(f"\n[bold]{finding.title}[/bold]")
        for sentence in finding.statements:
            console.print(f"• {sentence}", markup=False, highlight=False)
        console.print(_table(finding))
        rows, columns = finding.table.shape
        console.print(f"{rows:,} rows of {columns} columns; --json shows them all.", highlight=False)
        for note in finding.notes:
            console.print(f"Note: {note}", markup=False, highlight=False)


def _table(finding: "Finding") -> Table:
    rows = finding.table.head(MOST_ROWS).dropna(axis="columns", how="all")
    says = [name for name in rows if rows[name].nunique() > 1 or rows[name].dtype.kind in "iuf" or len(rows) == 1]
    shown = [name for name in FIRST if name in says][:WIDEST] or list(rows.columns)[:WIDEST]
    table = Table(*map(str, shown), show_edge=False)
    for row in rows[shown].itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: Any) -> str:
    from pandas import isna

    if bool(isna(value)):
        return "–"
    return f"{value:.3f}" if isinstance(value, float) and not value.is_integer() else str(value)


@contextmanager
def progress_bar() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Show stages on standard error; yields what begins a stage and returns its progress callback."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        running: list[int] = []

        def finish() -> None:
            for task in running:
                total = progress.tasks[task].total or 1
                progress.update(progress.task_ids[task], total=total, completed=total)
                progress.stop_task(progress.task_ids[task])
            running.clear()

        def begin(name: str) -> Callable[[int, int], None]:
            finish()
            task = progress.add_task(name, total=None)
            running.append(int(task))

            def advance(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            return advance

        yield begin
        finish()
