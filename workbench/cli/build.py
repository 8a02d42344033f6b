"""Commands that make something: a study, the demonstration, an import, a report."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.screen import StudyFolder, progress_bar
from workbench.errors import InputError

if TYPE_CHECKING:
    from workbench.study import Study
    from workbench.study.take_in import TakenIn

Day = Annotated[
    datetime,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Cut-off date of the records; never today's by default."),
]


def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make; must not exist, or be empty.")],
    as_of: Day,
    title: Annotated[str | None, typer.Option(help="Heads every page.", show_default="the folder's name")] = None,
) -> None:
    """Make an empty study, with the diversion study's theory, codebook and manuals to start from.

    Example: workbench new my-study --as-of 2023-03-31
    """
    from workbench.study import new_study, read_settings

    made = new_study(folder, title=title or folder.resolve().name, as_of=as_of.date())
    typer.echo(f"Made {made}. Put transcripts and extracts into its folders transcripts and records, then run:")
    typer.echo(f"  workbench check {made}")
    typer.echo("Who took part and what they consent to: transcripts/metadata.csv and transcripts/consent.csv.")
    keys = (made / read_settings(made).keys).resolve()
    typer.echo(f"Keys (which name has which pseudonym) will lie outside it, in {keys}: keep them apart.")


def demo(
    folder: Annotated[Path, typer.Argument(help="Folder to make; one made by this command before is replaced.")],
    suspects: Annotated[int, typer.Option(min=500, help="People in the fictional police records.")] = 40_000,
) -> None:
    """Make a study filled with fictional data, run every stage, and write its report.

    Example: workbench demo build/demo
    """
    from workbench.demo import make_demo
    from workbench.report import write_report
    from workbench.study import open_study, run_stages

    with progress_bar() as begin:
        make_demo(folder, suspects=suspects, begin=begin)
        study = open_study(folder)
        findings = run_stages(study, begin=begin)
        page = write_report(study, findings, progress=begin("write the report"))
    typer.echo("Everything in this study is fictional. The report:")
    typer.echo(str(page))


def import_(
    folder: StudyFolder = Path(),
    codings: Annotated[
        list[Path] | None,
        typer.Option(help="CSV of codings made elsewhere: document, quote, code, coder; also stance, memo, turn."),
    ] = None,
    finished: Annotated[
        bool,
        typer.Option(
            help="Each coder has finished the transcripts in which the file has their codings: for agreement."
        ),
    ] = False,
    project: Annotated[
        list[Path] | None,
        typer.Option(help="REFI-QDA project (.qdpx) of NVivo, ATLAS.ti, MAXQDA …, or Taguette's .html, .csv, .xlsx."),
    ] = None,
    codebook: Annotated[
        list[Path] | None, typer.Option(help="REFI-QDA codebook (.qdc): its codes join the study's codebook.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Who imports, for the comment above new codes; whose a table of Taguette is.")
    ] = None,
) -> None:
    """Read transcripts into the coding store; codings, projects and codebooks of other programs too.

    All codings of a file come in, or none. A transcript that cannot be read is told first, and the others are read:
    exit 2. What of a project needs a person, or cannot come in, is listed: exit 1. The same file again adds nothing.

    Example: workbench import my-study --project interviews.qdpx
    """
    from workbench.study import open_study

    study = open_study(folder)
    given = [*(codebook or []), *(project or [])]
    _refuse_unused(finished=finished and not (codings or project), by=by is not None and not given)
    if codings and not study.has_talk and not project:
        raise InputError(f"{study.path}: there are no transcripts for the codings of {codings[0].name}")
    if not study.has_talk and not given:
        raise InputError(f"{study.path}: there are no transcripts to import")
    doubtful = sum(_take_in_project(study, path, by, finished=finished) for path in given) > 0
    if not study.has_talk:
        raise typer.Exit(int(doubtful))
    _take_in_talk(study, codings or [], finished=finished)
    raise typer.Exit(InputError.exit_code if study.corpus.problems else int(doubtful))


def _take_in_talk(study: "Study", codings: list[Path], *, finished: bool) -> None:
    """Take in transcripts and tables of codings, and tell what came of it."""
    from workbench.study import import_codings
    from workbench.study.audit import told_of_unsearched
    from workbench.study.documents import orphans

    with progress_bar() as begin:
        taken = study.take_in(begin("read transcripts"))
    _tell_unread(study)
    _tell_taken_in(study, taken)
    for path in codings:
        added = import_codings(study, path, finished=finished)
        typer.echo(f"{path.name}: codings new to the store: {added:,}")
    for line in (*orphans(study), *told_of_unsearched(study)):
        typer.echo(str(line))


def _refuse_unused(*, finished: bool, by: bool) -> None:
    """Refuse options that nothing given here would heed."""
    from workbench.errors import Problems

    problems = Problems()
    if finished:
        problems.add("--finished", "there are no codings to finish", remedy="Give it with --codings or --project")
    if by:
        what = "a CSV of codings names its coders itself" if not finished else "nothing here is anybody's"
        problems.add("--by", what, remedy="Give it with --project or --codebook, or leave it out")
    problems.raise_if_any()


def _take_in_project(study: "Study", path: Path, by: str | None, *, finished: bool) -> bool:
    """Take in a project and tell what came of it; return whether something needs a person."""
    from workbench.study.projects import take_in_project
    from workbench.study.projects.report import together

    with progress_bar() as begin:
        found = take_in_project(study, path, by=by, finished=finished, progress=begin("read transcripts"))
    for line in found.sentences():
        typer.echo(line)
    for heading, items in (("To be known", found.told), ("For a person to look at", found.doubtful)):
        if items:
            typer.echo("\n".join([f"  {heading} ({len(items)}):", *(f"    {line}" for line in together(items))]))
    if found.texts_new:
        typer.echo("  Texts came in as they are, with the names that are said in them: run workbench names find.")
    if found.undescribed:
        typer.echo(f"  Scheme, role and wave of {len(found.undescribed):,} of them are for transcripts/metadata.csv.")
    if found.unrecorded:
        documents = f"{len(found.unrecorded):,} of them" if found.unrecorded != found.texts_new else "them"
        typer.echo(f"  Nothing is recorded on consent for {documents}: write transcripts/consent.csv.")
    return bool(found.doubtful)


def report(folder: StudyFolder = Path()) -> None:
    """Run every analysis that the study has data for, and write the report.

    Example: workbench report my-study
    """
    from workbench.report import write_report
    from workbench.study import open_study, run_stages

    study = open_study(folder)
    with progress_bar() as begin:
        findings = run_stages(study, begin=begin)
        page = write_report(study, findings, progress=begin("write the report"))
    if study.has_talk:
        _tell_unread(study)
    typer.echo(str(page))


def _tell_taken_in(study: "Study", taken: "TakenIn") -> None:
    typer.echo(f"Transcripts: {taken.documents}, new or changed: {taken.changed}")
    if taken.withdrawn:
        typer.echo(f"Withdrawn, and taken out of the store: {', '.join(taken.withdrawn)}")
        typer.echo("Their files, and copies elsewhere, are for a person to delete.")
        if study.register.entries:
            typer.echo(f"Their names stay in the key, {study.names_key.resolve()}, until somebody removes them there.")
    for problem in taken.doubtful:
        typer.echo(str(problem))
    if taken.waiting:
        typer.echo(
            f"Codings whose words a correction changed, to be settled with workbench corrections: {taken.waiting:,}"
        )


def _tell_unread(study: "Study") -> None:
    """Print on standard error which transcripts could not be read, with what to do about each."""
    from workbench.language.counted import counted

    for problem in study.corpus.problems:
        typer.echo(str(problem), err=True)
    if study.corpus.problems:
        read = counted(len(study.corpus), "other transcript")
        typer.echo(f"{read} {'was' if len(study.corpus) == 1 else 'were'} read.", err=True)
