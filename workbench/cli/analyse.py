"""Commands that answer one question each, on screen or as JSON."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.screen import AsJson, StudyFolder, progress_bar, show


def suggest(folder: StudyFolder = Path(), as_json: AsJson = False) -> None:
    """Suggest codes for a person to accept or reject; suggestions are never codings.

    Example: workbench suggest my-study
    """
    from workbench.study import open_study
    from workbench.study.stages import suggestions

    study = open_study(folder)
    with progress_bar() as begin:
        study.take_in(begin("read transcripts"))
        found = suggestions(study, {}, begin("suggest codes"))
    show(found, as_json)


def agree(
    folder: StudyFolder = Path(),
    unit: Annotated[str, typer.Option(help="What coders agree about: turn, sentence or character.")] = "turn",
    as_json: AsJson = False,
) -> None:
    """Measure agreement between coders, code by code.

    Example: workbench agree my-study --unit turn
    """
    from workbench.agreement import agreement
    from workbench.study import open_study

    study = open_study(folder)
    study.up_to_date()
    show([agreement(study.store, unit=unit)], as_json)


def theory(folder: StudyFolder = Path(), as_json: AsJson = False) -> None:
    """Weigh what people said for and against each link of the theory of change.

    Example: workbench theory my-study
    """
    from workbench.study import open_study
    from workbench.study.stages import theory_evidence

    study = open_study(folder)
    study.up_to_date()
    show(theory_evidence(study, {}, lambda _done, _total: None), as_json)


def fidelity(folder: StudyFolder = Path(), as_json: AsJson = False) -> None:
    """Check whether each scheme is delivered as its manual says, in records and in talk.

    Example: workbench fidelity my-study
    """
    from workbench.study import open_study
    from workbench.study.stages import fidelity_findings

    study = open_study(folder)
    study.up_to_date()
    with progress_bar() as begin:
        found = fidelity_findings(study, {}, begin("check fidelity"))
    show(found, as_json)


def equity(
    folder: StudyFolder = Path(),
    stage: Annotated[
        str | None,
        typer.Option(help="One stage of the funnel, or an outcome: diverted, criminalised.", show_default="all"),
    ] = None,
    by: Annotated[str, typer.Option(help="Characteristic to compare by.")] = "ethnicity",
    as_json: AsJson = False,
) -> None:
    """Compare groups at each stage of the decision funnel.

    Example: workbench equity my-study --stage referred --by sex
    """
    from workbench.study import open_study
    from workbench.study.equity_findings import compare, groups_held

    study = open_study(folder)
    show([compare(study, groups_held(study, by), stage, by)], as_json)
