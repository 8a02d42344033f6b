"""Commands that carry codings between people and programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.screen import StudyFolder


class Audience(StrEnum):
    """Who gets an export."""

    team = "team"
    archive = "archive"


def export(
    out: Annotated[Path, typer.Argument(help="Folder for the files.")],
    folder: Annotated[
        Path, typer.Option("--study", help="The study's folder.", show_default="the current folder")
    ] = Path(),
    audience: Annotated[
        Audience, typer.Option("--for", help="An archive gets only what people consented to have archived.")
    ] = Audience.team,
    quotes: Annotated[bool, typer.Option("--quotes", help="With the words of passages that may be quoted.")] = False,
) -> None:
    """Write the codings as CSV and Parquet, without quotes unless asked, for R and other programs, or for an archive.

    Speakers leave as random codes, and for an archive the names of transcripts too; columns.csv explains each column.

    Example: workbench export out --study my-study --for archive --quotes
    """
    from workbench.exchange import export_codings
    from workbench.study import open_study
    from workbench.study.consent_state import not_archivable
    from workbench.study.documents import named_documents
    from workbench.study.exports import record_export

    study = open_study(folder)
    study.up_to_date()
    left_out = not_archivable(study) if audience is Audience.archive else None
    codebook = study.codebook if study.settings.codebook else None
    permission = study.quote_permissions()
    named = named_documents(study)
    for path in export_codings(
        study.store, out, codebook=codebook, quotes=quotes, permission=permission, left_out=left_out, named=named
    ):
        typer.echo(str(path))
    record_export(study, out, audience.value, left_out)
    for name in named if left_out is None else ():
        typer.echo(f"{name}: the register replaces a name in this file name, so it stands as a code. Rename the file.")
    if left_out is not None:
        typer.echo((out / "left_out.csv").read_text(encoding="utf-8-sig").strip())


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
