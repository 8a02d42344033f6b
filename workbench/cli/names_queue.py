"""What the commands of `workbench names` share: the study, its register, the queue, and how it is shown."""

import getpass
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.text import Text

from workbench.errors import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from workbench.corpus import Corpus
    from workbench.pseudonymisation import Entry, Register
    from workbench.study import Study

MOST_ROWS = 40
"""Entries shown on screen; --json has them all."""
AS_KIND = {"p": "person", "l": "place", "o": "organisation"}
ANSWERS = "a accept, r reject, or accept as: p person, l place, o organisation; s skip, q quit"


def open_register(folder: Path) -> "tuple[Study, Register]":
    """Open a study and its register."""
    from workbench.pseudonymisation import Register
    from workbench.study import open_study

    study = open_study(folder)
    return study, Register.read((study.path / study.settings.keys / "names.csv").resolve())


def read_talk(study: "Study", progress: Any = None) -> "Corpus":
    """Read the transcripts as they are, with names."""
    from workbench.corpus import read_corpus

    return read_corpus(study.needed("transcripts"), progress=progress)


def spared_of(study: "Study") -> list[str]:
    """Return the ids and names of the study's schemes: they stand on every page, and name nobody."""
    spoken = [re.sub("[-_]", " ", scheme) for scheme in study.settings.schemes]
    return [*study.settings.schemes, *spoken, *study.settings.schemes.values()]


def queue_of(
    study: "Study", register: "Register", document: str | None, kind: str | None, everything: bool
) -> "pd.DataFrame":
    """Return what waits, of one transcript or kind, or all entries."""
    from workbench.pseudonymisation import LABELS, waiting

    if kind is not None and kind not in LABELS:
        near = did_you_mean(kind, LABELS)
        raise InputError(Problem(place="--kind", what=f"{kind!r} is not known", choices=list(LABELS), remedy=near))
    queue = waiting(read_talk(study), register, document=document, decided=everything)
    return queue if kind is None else queue[queue["kind"] == kind]


def chosen_of(
    study: "Study", register: "Register", which: list[str] | None, everything: bool, kind: str | None,
    document: str | None,
) -> list[int | str]:  # fmt: skip
    """Return what the user named, or the waiting entries of a kind or transcript."""
    if which and not (everything or kind or document):
        return list(which)
    if which or not (everything or kind or document):
        what = "names forms and a choice of many" if which else "names nothing to decide on"
        raise InputError(
            Problem(
                place="the command",
                what=what,
                remedy="Give ids or forms, or --all, --kind, --document. To change a kind: names add FORM --kind KIND",
            )
        )
    return [int(each) for each in queue_of(study, register, document, kind, everything=False)["id"]]


def check_document(study: "Study", document: str | None) -> None:
    """Raise if there is no such transcript."""
    if document is not None:
        read_talk(study).document(document)


def who_decides(by: str | None) -> str:
    """Return who decides; a login name is told, so that nobody decides unseen, and root is nobody."""
    if by is not None and by.strip():
        return by.strip()
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # no name for this user number, as in a container
        name = ""
    if name in ("", "root"):
        why = (
            "the computer knows you as root, who is nobody in particular"
            if name
            else "the computer has no name for you"
        )
        raise InputError(f"say who decides: --by NAME ({why})")
    typer.echo(f"Signed {name!r}, the name of your login on this computer; --by NAME signs otherwise.", err=True)
    return name


def answer_of() -> str:
    """Ask what becomes of a form until one of the answers is given; "" where the input ends."""
    while True:
        try:
            said = str(typer.prompt(ANSWERS, default="", show_default=False, prompt_suffix=": ")).strip()
        except typer.Abort:
            return ""
        if (answer := said.lower()[:1]) in ("a", "r", "s", "q", *AS_KIND):
            return answer
        what = f"{said!r} is none of the answers." if said else "No answer was given."
        typer.echo(f"{what} Type one letter of these; nothing is decided until then.")


def keep(register: "Register", entries: "list[Entry]", what: str, folder: Path) -> None:
    """Save the register and say what became of the entries."""
    register.save()
    for entry in entries[:MOST_ROWS]:
        where = f" in {entry.document}" if entry.document else ""
        now = register.entry(entry.form, entry.document) or entry
        typer.echo(
            f"{what}: {now.form} → {now.pseudonym}{where}" if what != "rejected" else f"{what}: {now.form}{where}"
        )
    if len(entries) > MOST_ROWS:
        typer.echo(f"… and {len(entries) - MOST_ROWS:,} more.")
    typer.echo(f"{len(entries):,} {what}." if entries else "Nothing waits there: nothing was changed.")
    if entries:
        say_next(folder)


def tell_places(study: "Study", register: "Register", entry: "Entry") -> bool:
    """Say where the form of an entry stands, so that a slip of the pen shows; return whether it stands anywhere."""
    from workbench.pseudonymisation import waiting

    known = waiting(read_talk(study), register, decided=True)
    rows = known[known["id"] == entry.id].to_dict("records")
    for row in rows:
        typer.echo(places(row) if row["n"] else f"{row['form']} stands nowhere there: check how the talk spells it.")
    return any(row["n"] for row in rows)


def say_next(folder: Path) -> None:
    """Say which command brings the decisions into the coding store, where the store does not have them yet."""
    from workbench.study import open_study
    from workbench.study.take_in import is_taken_in

    if is_taken_in(open_study(folder)):
        return
    typer.echo(f"The coding store gets the new text with: workbench import {folder}")


def counted(entries: "list[Entry]") -> str:
    """Return how many entries there are of each kind."""
    kinds = Counter(entry.kind for entry in entries)
    return ", ".join(f"{kind} {n:,}" for kind, n in kinds.most_common()) or "No form"


def places(row: dict[Any, Any]) -> str:
    """Return how often and where a form stands."""
    scope = f", holds in {row['scope']} only" if row["scope"] else ""
    many = "transcript" if row["documents"] == 1 else "transcripts"
    return f"{row['form']}: {row['n']} × in {row['documents']} {many}{scope}"


def marked(row: dict[Any, Any]) -> Any:
    """Return an example in its context."""
    if not row["match"]:
        return Text("stands nowhere by itself: in a longer form, or as an ordinary word", style="italic")
    return Text.assemble(
        f"{row['document']}: …{row['left']}", (f"⟦{row['match']}⟧", "bold reverse"), f"{row['right']}…"
    )


def print_queue(queue: "pd.DataFrame") -> None:
    """Show the queue, two lines an entry, so that a narrow screen cuts nothing."""
    console = Console(highlight=False, soft_wrap=True)
    for row in queue.head(MOST_ROWS).to_dict("records"):
        why = row["why"] if row["decision"] == "waiting" else f"{row['decision']}; {row['why']}"
        head = f"{row['id']:>4}  {row['kind']}  "
        told = f" → {row['pseudonym']}  {row['n']} × in {row['documents']}  ({why})"
        console.print(Text.assemble(head, (str(row["form"]), "bold"), told))
        if row["match"]:
            console.print(Text(f"      …{row['left'][-28:]}⟦{row['match']}⟧{row['right'][:28]}…", style="dim"))
    if len(queue) > MOST_ROWS:
        console.print(f"{len(queue):,} entries, the first {MOST_ROWS} shown; --json shows them all.", highlight=False)
