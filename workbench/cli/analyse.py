"""Commands that answer one question each, on screen or as JSON."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.differences import of_code, show_agreement, show_disagreements
from workbench.cli.evidence import show_theory
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


UNIT_HELP = "What coders agree about: turn, sentence, character or passage (their own spans)."


def agree(
    folder: StudyFolder = Path(),
    unit: Annotated[str, typer.Option(help=UNIT_HELP)] = "turn",
    by: Annotated[
        str | None,
        typer.Option(help="Also within each role, scheme or wave, or by month.", show_default="all together"),
    ] = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Show every two coders, also where there are more.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure agreement between coders, code by code.

    Example: workbench agree my-study --unit turn --by role
    """
    from workbench.agreement import agreement
    from workbench.study import open_study

    study = open_study(folder)
    study.up_to_date()
    found = agreement(study.store, unit=unit, by=by)
    if as_json:
        show([found], as_json)
    else:
        show_agreement(found, pairs=pairs)


def disagreements(
    folder: StudyFolder = Path(),
    unit: Annotated[str, typer.Option(help=UNIT_HELP)] = "turn",
    code: Annotated[str | None, typer.Option(help="One code only.", show_default="all")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show; --json has all.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List where coders differ, what would raise agreement most when settled first.

    Example: workbench disagreements my-study --code M09 --limit 10
    """
    from workbench.agreement import disagreements
    from workbench.study import open_study

    study = open_study(folder)
    study.up_to_date()
    found = disagreements(study.store, unit=unit)
    if code is not None:
        found = of_code(found, code, study.store.codings()["code"])
    if as_json:
        show([found], as_json)
    else:
        show_disagreements(found, limit)


def theory(folder: StudyFolder = Path(), as_json: AsJson = False) -> None:
    """Weigh what people said for and against each link of the theory of change.

    Example: workbench theory my-study
    """
    from workbench.study import open_study
    from workbench.study.theory_stage import theory_evidence

    study = open_study(folder)
    study.up_to_date()
    found = theory_evidence(study, {}, lambda _done, _total: None)
    if as_json:
        show(found, as_json)
    elif found:
        show_theory(found[0])
    else:
        typer.echo("study.yaml names no theory, so there are no links to weigh.")


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
