"""The command by which a person decides on quotes that the gate holds back."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.screen import AsJson, StudyFolder
from workbench.errors import InputError


def quotes(
    folder: StudyFolder = Path(),
    release: Annotated[
        list[str] | None, typer.Option("--release", help="Id of a coding, or of a report's quote: let it go.")
    ] = None,
    withhold: Annotated[
        list[str] | None, typer.Option("--withhold", help="Id of a coding, or of a report's quote: keep it in.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who decides.")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason; it stays in the study.")] = "",
    as_json: AsJson = False,
) -> None:
    """List quotes that are held back, each with the reason, or decide on them.

    Example: workbench quotes my-study --release Q-7f3a90c2 --by Anna --why "only says that somebody has a mother"
    """
    from workbench.report.held_back import decide, held_back
    from workbench.study import open_study
    from workbench.study.quote_decisions import RELEASE, WITHHOLD

    study = open_study(folder)
    study.up_to_date()
    decisions = dict.fromkeys(release or [], RELEASE) | dict.fromkeys(withhold or [], WITHHOLD)
    if decisions and not by.strip():
        raise InputError("--by is missing: a decision on a quote needs the name of who takes it")
    if decisions:
        about = decide(study, decisions, by=by, why=why)
        typer.echo(f"Decisions kept: {len(decisions)}; codings of these words: {about}")
        return
    waiting = held_back(study)
    if as_json:
        typer.echo(waiting.to_json(orient="records", force_ascii=False, indent=1))
    elif waiting.empty:
        typer.echo("No quote is held back.")
    for row in () if as_json else waiting.itertuples():
        typer.echo(f"{row.id}  {row.document}, turn {row.turn}, {row.code}: {row.reasons}")
        typer.echo(f"    {' '.join(str(row.quote).split())}")
