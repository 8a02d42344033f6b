"""Commands that carry codings between people and programs."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.screen import StudyFolder

PROJECTS = (".qdpx", ".qde", ".qdc")
FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,7}")
"""What looks like the ending of a file, and not like a part of a folder's name, as in `out.2` or `v1.a`."""


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
    if out.suffix.lower() in PROJECTS:
        _export_project(out, folder, audience, quotes=quotes)
    elif FILE.fullmatch(out.suffix) and not out.is_dir():
        from workbench.errors import InputError, Problem

        what = f"the ending {out.suffix!r} is not one that is written"
        choices = [".qdpx (a whole project)", ".qdc (its codes)", "a folder's name without an ending (tables as CSV)"]
        raise InputError(Problem(place=str(out), what=what, choices=choices))
    else:
        _export_tables(out, folder, audience, quotes=quotes)


def _export_tables(out: Path, folder: Path, audience: Audience, *, quotes: bool) -> None:
    from workbench.exchange import export_codings
    from workbench.study import open_study
    from workbench.study.consent_state import not_archivable
    from workbench.study.documents import named_documents
    from workbench.study.exports import record_export
    from workbench.study.projects.code_tree import named_codes
    from workbench.study.projects.report import together

    study = open_study(folder)
    study.up_to_date()
    left_out = not_archivable(study) if audience is Audience.archive else None
    codebook = study.codebook if study.settings.codebook else None
    permission = study.quote_permissions()
    named = named_documents(study)
    for path in export_codings(
        study.store, out, codebook=codebook, quotes=quotes, permission=permission, left_out=left_out, named=named,
        replaced=study.register.replaced,
    ):  # fmt: skip
        typer.echo(str(path))
    record_export(study, out, audience.value, left_out)
    for line in together(named_codes(study)):
        typer.echo(line)
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
        for line in together([*codes.problems, *told]):
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
    other: Annotated[Path, typer.Argument(help="Another coder's store, e.g. theirs.sqlite, or their study's folder.")],
    folder: StudyFolder = Path(),
) -> None:
    """Add another store's acts to this study's; doing it twice changes nothing.

    Exit 1 where codings wait for a person, under a code that was split or on words that a correction changed, and
    where a decision between coders waits to be settled again.

    Example: workbench merge theirs.sqlite my-study
    """
    from workbench.language.counted import counted
    from workbench.study import open_study

    store = open_study(folder).store
    before = set(store.acts()["id"])
    added = store.merge(_store_of(other))
    typer.echo(f"{counted(added, 'act')} added.")
    now, acts = store.present_codes().now, store.acts()
    made = acts[~acts["id"].isin(before) & acts["kind"].isin(("code", "accept"))]
    if followed := sum(now(str(code)) != code for code in made["code"].dropna()):
        typer.echo(f"{counted(followed, 'coding')} among them stand under the present name of a code that was changed.")
    waiting = {
        f"under codes that were split: workbench codes waiting {folder}": len(store.to_recode()),
        f"on words that a correction changed: workbench corrections {folder}": len(store.unplaced()),
    }
    for what, number in waiting.items():
        if number:
            typer.echo(f"{counted(number, 'coding waits', 'codings wait')} for a person, {what}")
    if again := len(store.to_settle_again()):
        decisions = counted(again, "decision between coders waits", "decisions between coders wait")
        typer.echo(f"{decisions} to be settled again, as codings or the code changed: open wb.Compare")
    raise typer.Exit(int(any(waiting.values()) or again > 0))


def _store_of(path: Path) -> Path:
    """Return the store of a study's folder; a store itself as it is."""
    from workbench.errors import InputError, Problem
    from workbench.study import read_settings

    if not path.is_dir():
        return path
    where = read_settings(path).store
    store = path / where.removeprefix("sqlite:///")
    if ("://" in where and not where.startswith("sqlite:///")) or not store.is_file():
        what = "this study's store is no file here"
        raise InputError(Problem(place=str(path), what=what, remedy="Give the coder's .sqlite file"))
    return store
