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

    study = open_study(folder)
    found = audit_study(study)
    for line in (*found.problems, *found.told):
        typer.echo(str(line))
    if found.problems:
        raise typer.Exit(1)
    acts = len(study.store.acts())
    typer.echo(f"{acts:,} acts, none touched. Fingerprint to keep elsewhere: {study.store.fingerprint()}")
