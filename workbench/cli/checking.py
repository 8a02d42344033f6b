"""Commands that look for what is wrong."""

from pathlib import Path

import typer

from workbench.cli.check import check
from workbench.cli.screen import StudyFolder

__all__ = ["audit", "check"]


def audit(folder: StudyFolder = Path()) -> None:
    """Verify the coding store, and tell who withdrew, what waits, and whose file is gone.

    Exit 1 when something needs a person: also while names wait, or transcripts were not reviewed for names.

    Example: workbench audit my-study
    """
    from workbench.study import open_study
    from workbench.study.audit import audit_study

    found = audit_study(open_study(folder))
    for line in (found.seals, *found.problems, *found.told):
        typer.echo(str(line))
    raise typer.Exit(1 if found.problems else 0)
