"""Commands that look for what is wrong."""

import json
from pathlib import Path

import typer

from workbench.cli.screen import AsJson, StudyFolder


def check(folder: StudyFolder = Path(), as_json: AsJson = False) -> None:
    """Read every part of a study and tell all that is wrong or doubtful. Exit 2 when wrong, 1 when doubtful.

    Example: workbench check my-study
    """
    from workbench.study import check_study, open_study

    report = check_study(open_study(folder))
    problems, doubts = [str(item) for item in report.problems], [str(item) for item in report.doubts]
    if as_json:
        typer.echo(json.dumps({"problems": problems, "doubts": doubts}, ensure_ascii=False, indent=1))
    else:
        for heading, lines in (("To put right", problems), ("For a person to look at", doubts)):
            if lines:
                typer.echo(f"{heading} ({len(lines)}):")
                typer.echo("\n".join(f"  {line}" for line in lines))
        if not problems and not doubts:
            typer.echo("Nothing wrong, nothing doubtful.")
    raise typer.Exit(2 if problems else 1 if doubts else 0)


def audit(folder: StudyFolder = Path()) -> None:
    """Verify that no act in the coding store was changed after it was written. Exit 1 when one was.

    Example: workbench audit my-study
    """
    from workbench.study import open_study

    store = open_study(folder).store
    broken = store.verify()
    for problem in broken:
        typer.echo(str(problem))
    if broken:
        raise typer.Exit(1)
    typer.echo(f"{len(store.acts()):,} acts, none touched. Fingerprint to keep elsewhere: {store.fingerprint()}")
