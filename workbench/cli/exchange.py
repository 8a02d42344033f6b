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
    out: Annotated[
        Path, typer.Argument(help="Folder for tables; or a file: .qdpx for a whole project, .qdc for the codes.")
    ],
    folder: Annotated[
        Path, typer.Option("--study", help="The study's folder.", show_default="the current folder")
    ] = Path(),
    audience: Annotated[
        Audience, typer.Option("--for", help="An archive gets only what people consented to have archived.")
    ] = Audience.team,
    quotes: Annotated[bool, typer.Option("--quotes", help="With the words of passages that may be quoted.")] = False,
) -> None:
    """Write the codings as tables for R and other programs, or all as a REFI-QDA project for NVivo, ATLAS.ti, MAXQDA.

    Tables (CSV and Parquet) have no quotes unless asked; columns.csv explains each column. Speakers leave as random
    codes, and for an archive the names of transcripts too. A project holds whole transcripts: only those that
    somebody has reviewed for names and that hold no raw identifier leave.

    Example: workbench export out --study my-study --for archive --quotes
    Example: workbench export out.qdpx --study my-study
    """
    if out.suffix.lower() in (".qdpx", ".qde", ".qdc"):
        _export_project(out, folder, audience, quotes=quotes)
    else:
        _export_tables(out, folder, audience, quotes=quotes)


def _export_tables(out: Path, folder: Path, audience: Audience, *, quotes: bool) -> None:
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


def _export_project(out: Path, folder: Path, audience: Audience, *, quotes: bool) -> None:
    from workbench.errors import InputError, Problem
    from workbench.exchange.refi.write_project import write_codebook_file, write_project
    from workbench.language.counted import counted
    from workbench.study import open_study
    from workbench.study.exports import record_export
    from workbench.study.projects import codebook_of, project_of
    from workbench.study.projects.report import together

    if quotes or out.suffix.lower() == ".qde":
        what = "--quotes is for tables" if quotes else "a .qde is the inside of a project"
        raise InputError(Problem(place=str(out), what=what, remedy="A .qdpx holds whole transcripts and their codings"))
    study = open_study(folder)
    study.up_to_date()
    if out.suffix.lower() == ".qdc":
        codes = codebook_of(study)
        told = write_codebook_file(codes, out)
        typer.echo(f"{out}: {counted(len(codes.codes), 'code')}")
        for line in together(told):
            typer.echo(line)
        return
    given = project_of(study, archive=audience is Audience.archive)
    told = write_project(given.project, out)
    record_export(study, out, audience.value, documents=given.documents)
    project = given.project
    codings = sum(len(each.codings) for source in project.sources for each in source.selections)
    counts = [counted(len(given.documents), "transcript"), counted(len(project.codes), "code")]
    typer.echo(f"{out}: {', '.join([*counts, counted(codings, 'coding'), counted(len(project.users), 'coder')])}")
    if given.left_out:
        away = f", with {counted(given.codings_left, 'coding')}" if given.codings_left else ""
        typer.echo(f"Left behind: {counted(len(given.left_out), 'transcript')}{away}:")
        typer.echo("\n".join(f"  {line}" for line in together(given.withheld())))
    for line in together([*given.told, *told]):
        typer.echo(line)


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
