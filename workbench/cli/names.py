"""Commands that find names in transcripts and let a person decide on each: `workbench names …`.

All of them read the transcripts as they are, and the key: they are for whoever holds it.
"""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from workbench.cli.names_queue import (
    AS_KIND,
    answer_of,
    check_document,
    chosen_of,
    counted,
    keep,
    marked,
    open_register,
    places,
    print_queue,
    queue_of,
    read_talk,
    say_next,
    spared_of,
    tell_places,
    who_decides,
)
from workbench.cli.screen import GivenFolder, StudyOption, progress_bar, the_folder
from workbench.errors import InputError

app = typer.Typer(
    help=(
        "Find names and identifiers in transcripts, decide on each, and keep the key that leads back. "
        "What waits is replaced until somebody says otherwise; pseudonymised talk is still personal data."
    ),
    no_args_is_help=True,
)

Folder = Annotated[Path, typer.Option("--study", help="The study's folder.", show_default="the current folder")]
By = Annotated[str | None, typer.Option("--by", help="Who decides.", show_default="your login, unless root")]
Document = Annotated[str | None, typer.Option("--document", help="Only this transcript.", show_default="all")]
Kind = Annotated[str | None, typer.Option("--kind", help="person, place, organisation, phone, …", show_default="all")]
Json = Annotated[bool, typer.Option("--json", help="Print the queue as JSON, for other programs.")]
Which = Annotated[list[str] | None, typer.Argument(help="Ids from `names list`, or forms.")]


@app.command("find")
def find_(given: GivenFolder = None, option: StudyOption = None) -> None:
    """Search every transcript for names, places, organisations and identifiers; each then waits for a person.

    Example: workbench names find my-study
    """
    from workbench.language.names import names_model
    from workbench.pseudonymisation import find, pseudonymise
    from workbench.study.searched import note_searched

    study, register = open_register(folder := the_folder(given, option))
    with progress_bar() as begin:
        corpus = read_talk(study, begin("read the transcripts"))
        find(corpus, register, progress=begin("look for names"), spared=spared_of(study))
    register.save()
    note_searched(study, names_model())
    queue = [entry for entry in register.entries if entry.decision == "waiting"]
    talk = f"{len(corpus):,} transcript{'' if len(corpus) == 1 else 's'}"
    typer.echo(f"{counted(queue)} waiting, in {talk}. The key: {register.path}")
    for problem in [*corpus.problems, *pseudonymise(corpus, register).named]:
        typer.echo(f"  {problem}")
    if queue:
        typer.echo(f"Decide on each with: workbench names ask {folder}")
    say_next(folder)


@app.command("list")
def list_(
    folder: GivenFolder = None,
    document: Document = None,
    kind: Kind = None,
    everything: Annotated[bool, typer.Option("--all", help="Decided entries too.")] = False,
    option: StudyOption = None,
    as_json: Json = False,
) -> None:
    """Show what waits for a person, the most telling and most frequent first. Exit 1 while something waits.

    Example: workbench names list my-study --document wm-officer-01
    """
    study, register = open_register(the_folder(folder, option))
    queue = queue_of(study, register, document, kind, everything)
    if as_json:
        typer.echo(json.dumps(queue.to_dict("records"), ensure_ascii=False, indent=1))
    elif len(queue):
        print_queue(queue)
    else:
        typer.echo("Nothing waits." if not everything else "The register is empty.")
    raise typer.Exit(1 if (queue["decision"] == "waiting").any() else 0)


@app.command()
def accept(
    which: Which = None,
    everything: Annotated[bool, typer.Option("--all", help="All that wait, or all of a kind or transcript.")] = False,
    kind: Kind = None,
    document: Document = None,
    by: By = None,
    folder: Folder = Path(),
) -> None:
    """Decide that forms are names: they stay replaced.

    Example: workbench names accept 3 4 "Mr Miller" --study my-study
    """
    study, register = open_register(folder)
    chosen = chosen_of(study, register, which, everything, kind, document)
    decided = register.accept(chosen, by=who_decides(by))
    keep(register, decided, "accepted", folder)


@app.command()
def reject(
    which: Which = None,
    everything: Annotated[bool, typer.Option("--all", help="All that wait, or all of a kind or transcript.")] = False,
    kind: Kind = None,
    document: Document = None,
    by: By = None,
    folder: Folder = Path(),
) -> None:
    """Decide that forms are no names: they come back into the text and are not proposed again.

    Example: workbench names reject 7 Checkpoint --study my-study
    """
    study, register = open_register(folder)
    chosen = chosen_of(study, register, which, everything, kind, document)
    decided = register.reject(chosen, by=who_decides(by))
    keep(register, decided, "rejected", folder)


@app.command()
def add(
    form: Annotated[str, typer.Argument(help="The words as they stand in the talk.")],
    kind: Annotated[str, typer.Option(help="person, place, organisation, phone, …")],
    pseudonym: Annotated[
        str | None, typer.Option("--as", help="Pseudonym of somebody known.", show_default="a new one")
    ] = None,
    document: Document = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Add it though it stands nowhere yet.")] = False,
    by: By = None,
    folder: Folder = Path(),
) -> None:
    """Add a name that the search passed over, or give a form another kind.

    Example: workbench names add "Tash" --kind person --as "[Person 48]" --study my-study
    """
    study, register = open_register(folder)
    check_document(study, document)
    entry = register.add(form, kind, by=who_decides(by), pseudonym=pseudonym, document=document or "")
    if not tell_places(study, register, entry) and not anyway:
        raise InputError(f"{form!r} was not added. If it is to come in a later transcript: --anyway")
    keep(register, [entry], "added", folder)


@app.command()
def join(
    form: Annotated[str, typer.Argument(help="The form whose meaning is settled.")],
    pseudonym: Annotated[str, typer.Argument(help="Whom it means, e.g. “[Person 48]”.")],
    document: Document = None,
    by: By = None,
    folder: Folder = Path(),
) -> None:
    """Decide whom a form means: it gets that person's pseudonym.

    Example: workbench names join Dave "[Person 48]" --study my-study
    """
    study, register = open_register(folder)
    check_document(study, document)
    entry = register.join(form, pseudonym, by=who_decides(by), document=document or "")
    tell_places(study, register, entry)
    keep(register, [entry], "joined", folder)


@app.command()
def split(
    form: Annotated[str, typer.Argument(help="A form that means somebody else in one transcript.")],
    document: Annotated[str, typer.Option("--document", help="That transcript.")],
    by: By = None,
    folder: Folder = Path(),
) -> None:
    """Give a form a pseudonym of its own in one transcript: another David.

    Example: workbench names split David --document wm-user-01 --study my-study
    """
    study, register = open_register(folder)
    check_document(study, document)
    before = register.entry(form, document)
    entry = register.split(form, document, by=who_decides(by))
    tell_places(study, register, entry)
    keep(register, [entry], "split", folder)
    others = [
        each.form
        for each in register.entries
        if before and each.pseudonym == before.pseudonym and each.key != entry.key
    ]
    if before and others:
        typer.echo(f"Still {before.pseudonym}, there as elsewhere: {', '.join(dict.fromkeys(others))}.")


@app.command()
def ask(
    given: GivenFolder = None,
    document: Document = None,
    kind: Kind = None,
    by: By = None,
    option: StudyOption = None,
) -> None:
    """Show one form at a time in its context and ask; each answer is kept before the next is shown. Exit 1 if cut off.

    Example: workbench names ask my-study --document wm-officer-01
    """
    study, register = open_register(folder := the_folder(given, option))
    queue = queue_of(study, register, document, kind, everything=False)
    who, console, answered, answer = who_decides(by), Console(highlight=False), 0, ""
    for number, row in enumerate(queue.to_dict("records"), 1):
        console.print(f"\n{number} of {len(queue)} · {row['kind']} → {row['pseudonym']}", markup=False)
        console.print(f"{places(row)}; {row['why']}", markup=False, style="dim")
        console.print(marked(row))
        answer = answer_of()
        if answer in ("", "q"):
            break
        if answer in AS_KIND:
            register.add(row["form"], AS_KIND[answer], by=who, document=row["scope"], why=row["why"])
        elif answer != "s":
            decide = register.accept if answer == "a" else register.reject
            decide([int(row["id"])], by=who)
        register.save()
        answered += answer != "s"
    cut_off = bool(len(queue)) and not answer
    if cut_off:
        typer.echo("\nThe input ended: what was decided is saved.")
    typer.echo(f"Decided: {answered}; waiting: {sum(entry.decision == 'waiting' for entry in register.entries)}.")
    if answered:
        say_next(folder)
    raise typer.Exit(1 if cut_off else 0)


@app.command()
def done(
    documents: Annotated[list[str], typer.Argument(help="Transcripts that you read for names.")],
    by: By = None,
    folder: Folder = Path(),
) -> None:
    """Say that somebody read transcripts for names. Exit 1, and nothing is noted, while a form in them waits.

    Example: workbench names done wm-officer-01 --by Anna --study my-study
    """
    from workbench.study.review import note_review

    study, register = open_register(folder)
    for name in documents:
        check_document(study, name)  # all are known before anything is shown
    left = {name: queue_of(study, register, name, None, everything=False) for name in documents}
    for name, queue in left.items():
        if len(queue):
            print_queue(queue)
            typer.echo(f"{name}: {len(queue)} forms wait. Decide with: workbench names ask {folder} --document {name}")
    if any(map(len, left.values())):
        raise typer.Exit(1)
    who = who_decides(by)
    note_review(study, documents, by=who)
    typer.echo(f"Noted as read for names by {who}: {', '.join(documents)}.")


@app.command()
def read(
    document: Annotated[str, typer.Argument(help="The transcript.")],
    folder: Folder = Path(),
) -> None:
    """Print a transcript as coders and quotes will have it, with pseudonyms, to be read for names.

    Example: workbench names read wm-officer-01 --study my-study
    """
    study, _ = open_register(folder)
    typer.echo(study.corpus.text(document))


@app.command()
def reveal(
    pseudonym: Annotated[str, typer.Argument(help="E.g. “[Person 48]”.")],
    folder: Folder = Path(),
) -> None:
    """Print the forms behind a pseudonym, from the key.

    Example: workbench names reveal "[Person 48]" --study my-study
    """
    _, register = open_register(folder)
    typer.echo("What follows identifies somebody: keep it out of notes, e-mails and reports.", err=True)
    typer.echo("\n".join(register.original(pseudonym)))
