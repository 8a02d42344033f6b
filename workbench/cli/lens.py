"""Commands that look at the ledger through one lens each; none of them gives a verdict."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.screen import AsJson, GivenFolder, StudyOption, show, the_folder
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from workbench.study import Study

app = typer.Typer(
    help="Lenses over the evidence ledger: process tracing, causal maps, QCA, saturation, codes together. "
    "None of them gives a verdict.",
    no_args_is_help=True,
)


@app.command()
def tracing(folder: GivenFolder = None, study: StudyOption = None, as_json: AsJson = False) -> None:
    """Weigh clues by what analysts said beforehand of how likely each is, in decibels.

    Example: workbench lens tracing --study my-study
    """
    from workbench.study.theory_stage import clues_of
    from workbench.theory_testing.lenses.tracing import trace_process

    opened = _open(the_folder(folder, study))
    clues = clues_of(opened)
    if clues is None:
        what, remedy = "there are no clues", "Write them there, each with the ranges of two analysts or more"
        raise InputError(Problem(place=str(opened.settings.tracing), what=what, remedy=remedy))
    show([trace_process(clues, opened.theory, opened.store)], as_json)


@app.command()
def paths(folder: GivenFolder = None, study: StudyOption = None, as_json: AsJson = False) -> None:
    """Follow chains of links: those that one person asserts whole, and those pieced together from several.

    Example: workbench lens paths --study my-study
    """
    from workbench.theory_testing.ledger import ledger
    from workbench.theory_testing.lenses.causal_map import causal_map

    opened = _open(the_folder(folder, study))
    show([causal_map(opened.theory, ledger(opened.theory, opened.store))], as_json)


@app.command()
def qca(
    cases: Annotated[Path, typer.Argument(help="CSV: a row a case, its id first, memberships from 0 to 1.")],
    outcome: Annotated[str, typer.Option("--outcome", help="Column of the outcome.")],
    condition: Annotated[list[str], typer.Option("--condition", help="Column of a condition; again for more.")],
    cut: Annotated[float, typer.Option("--cut", help="Consistency from which a row is sufficient.")] = 0.8,
    as_json: AsJson = False,
) -> None:
    """Make a truth table of cases such as areas or teams, and minimise it. Few cases are refused.

    Example: workbench lens qca areas.csv --outcome engaged --condition trained --condition staffed
    """
    from workbench.study.compared_cases import read_cases
    from workbench.theory_testing.lenses.qca import truth_table

    show([truth_table(read_cases(cases), outcome, condition, cut=cut)], as_json)


@app.command()
def saturation(
    folder: GivenFolder = None,
    base: Annotated[int, typer.Option("--base", min=1, help="Interviews that the first themes are counted in.")] = 4,
    run: Annotated[int, typer.Option("--run", min=1, help="Interviews in which new themes are then counted.")] = 2,
    threshold: Annotated[float, typer.Option("--threshold", help="Share of new themes that counts as few.")] = 0.05,
    study: StudyOption = None,
    as_json: AsJson = False,
) -> None:
    """Ask in each role and scheme whether the last interviews still brought new codes, over shuffled orders.

    Example: workbench lens saturation --base 4 --run 2 --study my-study
    """
    from workbench.theory_testing.lenses.saturation import saturation as measured

    opened = _open(the_folder(folder, study))
    show([measured(opened.store, base=base, run=run, threshold=threshold)], as_json)


@app.command()
def together(
    folder: GivenFolder = None,
    level: Annotated[str, typer.Option("--level", help="segment or document.")] = "segment",
    study: StudyOption = None,
    as_json: AsJson = False,
) -> None:
    """Count which codes stand together, beside what chance would give.

    Example: workbench lens together --level document --study my-study
    """
    from workbench.theory_testing.lenses.cooccurrence import cooccurrence

    opened = _open(the_folder(folder, study))
    show([cooccurrence(opened.store, level=level)], as_json)


def _open(folder: Path) -> "Study":
    from workbench.study import open_study

    opened = open_study(folder)
    opened.needed("theory")
    opened.up_to_date()
    return opened
