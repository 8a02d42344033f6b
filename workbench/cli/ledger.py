"""Commands on the evidence ledger: what counts for and against each link, and what people decide on it."""

import json
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from workbench.cli.codes import By, Folder, who
from workbench.cli.screen import AsJson, GivenFolder, StudyOption, the_folder
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

    from workbench.study import Study
    from workbench.theory_testing.framework import Axis

app = typer.Typer(
    help="The evidence ledger: list it, decide on cases against, say what kind of source speaks, seal what was "
    "expected, confirm proposed evidence.",
    no_args_is_help=True,
)
CodingId = Annotated[str, typer.Argument(metavar="ID", help="Id of the coding, or its end.")]
Link = Annotated[str, typer.Option("--link", help="One link only, such as A11->M09.", show_default="all")]
LISTED = ("id", "link", "side", "role", "scheme", "source", "coder", "disposition")
"""Columns of the ledger that the screen shows."""
LONGEST = 300
"""Characters of a passage that the screen shows."""


@app.command("list")
def list_(folder: GivenFolder = None, link: Link = "", study: StudyOption = None, as_json: AsJson = False) -> None:
    """Show every passage that speaks to a link: side, role, scheme, kind of source, coder.

    Example: workbench ledger list --link "A11->M09" --study my-study
    """
    from workbench.theory_testing.ledger import ledger

    opened = _open(the_folder(folder, study))
    rows = _about(opened, ledger(opened.theory, opened.store), link)
    _show(rows, LISTED, "No passage was coded to a link.", as_json)


@app.command()
def register(by: By = "", study: Folder = Path()) -> None:
    """Seal what each link expects and what would count against it, with today's date: best before anybody codes.

    Clues of process tracing are sealed with them. What was sealed already and has not changed keeps its date.

    Example: workbench ledger register --by Kim --study my-study
    """
    from workbench.language.counted import counted
    from workbench.study.theory_stage import sealed

    opened = _open(study)
    entries = sealed(opened)
    made = opened.store.register(entries, by=who(opened, by))
    typer.echo(f"{counted(made, 'element')} sealed; {len(entries) - made} were sealed before and have not changed.")
    unwritten = [link for link, each in opened.theory.links.items() if not each.breaks]
    if unwritten:
        typer.echo(f"{counted(len(unwritten), 'link')} said nothing of what would count against them: workbench check")


@app.command()
def cases(folder: GivenFolder = None, link: Link = "", study: StudyOption = None, as_json: AsJson = False) -> None:
    """Show every case against a link and what was decided on it. Exit 1 while one waits or people differ.

    Example: workbench ledger cases --study my-study
    """
    from workbench.theory_testing import negative_cases

    opened = _open(the_folder(folder, study))
    rows = _about(opened, negative_cases(opened.theory, opened.store).table, link)
    heads = ("case", "link", "role", "scheme", "source", "coder", "disposition")
    _show(rows, heads, "No passage speaks against a link.", as_json)
    waiting = int(rows["disposition"].isin(["none yet", "disputed"]).sum()) if len(rows) else 0
    if waiting and not as_json:
        typer.echo(
            f"{waiting} of {len(rows)} wait for a decision: workbench ledger dispose ID --as … --why … --by NAME"
        )
    raise typer.Exit(1 if waiting else 0)


@app.command()
def dispose(
    identity: CodingId,
    as_: Annotated[str, typer.Option("--as", help="limits (the context), refutes, error (of a coder) or rival.")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason; it stays in the study.")] = "",
    take_back: Annotated[bool, typer.Option("--take-back", help="Take back your own decision.")] = False,
    by: By = "",
    study: Folder = Path(),
) -> None:
    """Decide what a case against a link means.

    Example: workbench ledger dispose 65371e3 --as limits --why "night shifts only" --by Kim --study my-study
    """
    opened = _open(study)
    identity, name = _full_id(opened, identity), who(opened, by)
    if take_back:
        opened.store.take_back_disposition(identity, by=name)
        typer.echo(f"Taken back, by {name}: {identity}.")
        return
    opened.store.dispose(identity, as_, by=name, why=why)
    typer.echo(f"{as_}, by {name}: {identity}.")


@app.command()
def weigh(
    identity: CodingId,
    source: Annotated[str, typer.Option("--source", help="own experience, hearsay, opinion, document or record.")] = "",
    group: Annotated[
        str, typer.Option("--group", help="Dependence group: those whose words are not independent share one.")
    ] = "",
    why: Annotated[str, typer.Option("--why", help="The reason; it stays in the study.")] = "",
    by: By = "",
    study: Folder = Path(),
) -> None:
    """Say what kind of source a passage is, and whose words it depends on.

    Example: workbench ledger weigh 65371e3 --source hearsay --by Kim --study my-study
    """
    opened = _open(study)
    if not source and not group:
        raise InputError("say --source, --group, or both")
    identity, name = _full_id(opened, identity), who(opened, by)
    opened.store.weigh(identity, by=name, source=source or None, group=group or None, why=why)
    told = [f"source {source}"] * bool(source) + [f"dependence group {group}"] * bool(group)
    typer.echo(f"{', '.join(told)}, by {name}: {identity}.")


@app.command()
def propose(folder: GivenFolder = None, link: Link = "", study: StudyOption = None, as_json: AsJson = False) -> None:
    """List passages where two nodes of a link stand close together with a word such as “because”.

    They are proposals, and count for nothing until somebody confirms one.

    Example: workbench ledger propose --link "A11->M09" --study my-study
    """
    from workbench.theory_testing.proposals import propose_links

    opened = _open(the_folder(folder, study))
    rows = _about(opened, propose_links(opened.theory, opened.store), link)
    _show(rows, ("proposal", "link", "document", "cue", "coder"), "Nothing is proposed.", as_json)


@app.command()
def confirm(
    proposal: Annotated[str, typer.Argument(help="Id of the proposal, or its end.")],
    stance: Annotated[str, typer.Option("--stance", help="supports, contradicts, qualifies or silent.")],
    by: By = "",
    study: Folder = Path(),
) -> None:
    """Make a proposal a coding of yours: from then on it counts.

    Example: workbench ledger confirm 4f2a --stance supports --by Kim --study my-study
    """
    from workbench.theory_testing import proposals

    opened = _open(study)
    rows = proposals.propose_links(opened.theory, opened.store)
    found = _one([str(each) for each in rows["proposal"]], proposal, "proposal")
    made = proposals.confirm(opened.store, rows, found, by=who(opened, by), stance=stance)
    typer.echo(f"{made.code} {stance}: coding {made.id}.")


@app.command()
def matrix(
    out: Annotated[Path | None, typer.Option("--out", help="Excel file to write: elements by cases.")] = None,
    read: Annotated[Path | None, typer.Option("--read", help="Excel file whose changed summaries come in.")] = None,
    cases: Annotated[str, typer.Option("--cases", help="Columns: person, scheme or document.")] = "person",
    by: By = "",
    study: Folder = Path(),
) -> None:
    """Write the framework matrix as an Excel file, or read summaries back from one.

    It holds what people said: it stays inside the study.

    Example: workbench ledger matrix --out matrix.xlsx --cases scheme --study my-study
    """
    from workbench.exchange.matrix import write_matrix
    from workbench.exchange.matrix_take_in import take_in_matrix
    from workbench.theory_testing.framework import framework_matrix

    if (out is None) == (read is None):
        raise InputError("give --out to write a file, or --read to take one in")
    opened = _open(study)
    codebook = opened.codebook if opened.settings.codebook else None
    made = framework_matrix(opened.theory, opened.store, by=_axis(cases), codebook=codebook)
    if out is not None:
        for line in [str(out), *write_matrix(made, out)]:
            typer.echo(line)
    if read is not None:
        taken = take_in_matrix(read, made, opened.store, by=who(opened, by))
        typer.echo(f"{len(taken)} {'summary' if len(taken) == 1 else 'summaries'} changed.")


def _axis(cases: str) -> "Axis":
    from workbench.theory_testing.framework import AXES

    found: Axis | None = next((each for each in AXES if each == cases), None)
    if found is None:
        raise InputError(Problem(place="--cases", what=f"there are no {cases!r}", choices=AXES))
    return found


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="theory.yaml as it was.")],
    new: Annotated[Path, typer.Argument(help="theory.yaml as it is.")],
    mermaid: Annotated[Path | None, typer.Option("--mermaid", help="Also draw the change into this file.")] = None,
) -> None:
    """Say in words what changed between two versions of a theory, and why.

    Example: workbench ledger diff theory-2025.yaml codebooks/theory.yaml
    """
    from workbench.theory import read_theory
    from workbench.theory.compare import compare_theories

    change = compare_theories(read_theory(old), read_theory(new))
    for sentence in change.sentences or ["Nothing changed."]:
        typer.echo(sentence)
    if mermaid is not None:
        mermaid.write_text(change.diagram(), encoding="utf-8")
        typer.echo(str(mermaid))


def _open(folder: Path) -> "Study":
    from workbench.study import open_study

    opened = open_study(folder)
    opened.needed("theory")
    opened.up_to_date()
    return opened


def _about(study: "Study", rows: "pd.DataFrame", link: str) -> "pd.DataFrame":
    return rows[rows["link"] == study.theory.link_id(link)] if link else rows


def _full_id(study: "Study", given: str) -> str:
    return _one([str(identity) for identity in study.store.codings()["id"]], given, "coding")


def _one(ids: list[str], given: str, noun: str) -> str:
    """Return the one id that begins or ends so."""
    found = [each for each in dict.fromkeys(ids) if given and (each.startswith(given) or each.endswith(given))]
    if len(found) != 1:
        what = f"several {noun}s have such an id" if found else f"no {noun} has this id"
        raise InputError(Problem(place=f"{noun} {given}", what=what, choices=found[:12]))
    return found[0]


def _show(rows: "pd.DataFrame", heads: tuple[str, ...], nothing: str, as_json: bool) -> None:
    """Print each row as a line of facts, the words below it, and what was said of it below these."""
    if as_json:
        plain = rows.astype(object).where(rows.notna(), None)
        typer.echo(json.dumps(plain.to_dict(orient="records"), ensure_ascii=False, default=str, indent=1))
        return
    if rows.empty:
        typer.echo(nothing)
        return
    wide = max(Console().width, 40)
    for row in rows.to_dict(orient="records"):
        facts = [_cell(row[name], name) for name in heads if _cell(row[name], name)]
        typer.echo(fill(", ".join(facts), wide, subsequent_indent="    "))
        typer.echo(fill(f"“{_cell(row['quote'], 'quote')}”", wide, initial_indent="    ", subsequent_indent="    "))
        if row.get("why"):
            typer.echo(fill(f"→ {row['why']}", wide, initial_indent="    ", subsequent_indent="    "))
    typer.echo(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}; --json has every column.")


def _cell(value: Any, name: str) -> str:
    from pandas import isna

    if value is None or bool(isna(value)):
        return ""
    words = " ".join(str(value).split())
    if name in ("id", "case", "proposal"):
        return words[-8:]
    if name == "disposition":
        return f"decision: {words}"
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
