"""Commands that carry codings between people and programs."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.screen import StudyFolder


def export(
    out: Annotated[Path, typer.Argument(help="Folder for the files.")],
    folder: Annotated[
        Path, typer.Option("--study", help="The study's folder.", show_default="the current folder")
    ] = Path(),
) -> None:
    """Write the codings as CSV and Parquet, without quotes, for R and other programs.

    Example: workbench export out --study my-study
    """
    from workbench.exchange import export_codings
    from workbench.study import open_study

    study = open_study(folder)
    for path in export_codings(study.store, out, codebook=study.codebook):
        typer.echo(str(path))


def merge(
    other: Annotated[Path, typer.Argument(help="Another coder's store, e.g. theirs.sqlite.")],
    folder: StudyFolder = Path(),
) -> None:
    """Add another store's acts to this study's; doing it twice changes nothing.

    Example: workbench merge theirs.sqlite my-study
    """
    from workbench.study import open_study

    added = open_study(folder).store.merge(other)
    typer.echo(f"{added:,} acts added.")
