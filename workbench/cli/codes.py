"""Commands on codes: what there is, and what becomes of them over months of coding."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from workbench.cli.screen import AsJson, GivenFolder, StudyOption, the_folder
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from workbench.study.codes import Changed
    from workbench.study.study import Study

app = typer.Typer(
    help="Codes: list them, and rename, merge, split, move or retire them. Old codings follow; nothing is lost.",
    no_args_is_help=True,
)

REQUIRED = "Who decides. Required, unless the store is a team's server, which knows you."
Folder = Annotated[Path, typer.Option("--study", help="The study's folder.", show_default="the current folder")]
By = Annotated[str, typer.Option("--by", help=REQUIRED)]
Why = Annotated[str, typer.Option("--why", help="The reason, for those who come later.")]
CodeArgument = Annotated[str, typer.Argument(help="Id of the code.")]


@app.command("list")
def list_(folder: GivenFolder = None, study: StudyOption = None, as_json: AsJson = False) -> None:
    """Show every code with its codings: how many, of how many coders, and since when.

    Example: workbench codes list --study my-study
    """
    from workbench.study import open_study
    from workbench.study.code_list import list_codes

    rows = list_codes(open_study(the_folder(folder, study)))
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for line in _columns(rows, Console().width):
        typer.echo(line)
    used = sum(1 for row in rows if row["codings"])
    typer.echo(f"{len(rows)} codes, {used} of them in use, {sum(row['codings'] for row in rows):,} codings.")
    if waiting := sum(row["waiting"] for row in rows):
        wait = "coding of a split code waits" if waiting == 1 else "codings of split codes wait"
        typer.echo(f"{waiting:,} {wait} for a person: workbench codes waiting")


@app.command("from-theory")
def from_theory(
    node: Annotated[list[str], typer.Option("--node", help="Id of a node; again for more. [default: all]")] = [],  # noqa: B006
    by: By = "",
    study: Folder = Path(),
) -> None:
    """Add a deductive code to codebook.yaml for each node of the theory that has none.

    Name and definition are the node's; what to include and exclude is for people to write, and check lists it.

    Example: workbench codes from-theory --node M09 --by Kim --study my-study
    """
    from workbench.language.counted import counted
    from workbench.study.theory_codes import add_theory_codes

    opened = _open(study)
    added = add_theory_codes(opened, node, by=who(opened, by))
    typer.echo(f"{counted(len(added), 'code')} added{': ' + ', '.join(added) if added else ''}.")
    if added:
        typer.echo("Write what each includes and excludes, an example and a near miss: workbench check")


@app.command("export")
def export_(
    out: Annotated[Path, typer.Argument(help="File to write: .docx, .xlsx, .csv or .md.")],
    study: Folder = Path(),
) -> None:
    """Write the codebook for readers: what each code means, includes and excludes, examples, and its history.

    Names of the register leave as pseudonyms; nothing is written where a text holds a raw identifier.

    Example: workbench codes export codebook.docx --study my-study
    """
    from workbench.exchange.codebook_book import write_codebook_book
    from workbench.language.counted import counted
    from workbench.study.codebook_export import codebook_for_readers

    opened = _open(study)
    table, named = codebook_for_readers(opened)
    codebook = opened.codebook
    about = f"Version {codebook.version}, {codebook.date}.{' Fictional data.' * opened.settings.fictional}"
    write_codebook_book(table, out, title=codebook.title, about=about)
    typer.echo(f"{out}: {counted(len(table), 'code')}")
    for code in named:
        typer.echo(f"{code}: a pseudonym stands for a name of the register. Correct it in the codebook.")


@app.command()
def rename(
    code: CodeArgument,
    to: Annotated[
        str, typer.Argument(help="Its new id, written into codebook.yaml for you; never one that another code had.")
    ],
    by: By = "",
    why: Why = "",
    study: Folder = Path(),
) -> None:
    """Give a code another id, in the store and in codebook.yaml: every coding of it follows.

    Example: workbench codes rename I02 I02b --by Kim --why "clearer beside I07" --study my-study
    """
    from workbench.study.codes import rename_code

    opened = _open(study)
    _tell(rename_code(opened, code, to, by=who(opened, by), why=why), by)


@app.command()
def merge(
    codes: Annotated[list[str], typer.Argument(help="Ids of the codes that go.")],
    into: Annotated[str, typer.Option("--into", help="Id of the code that they become; codebook.yaml must have it.")],
    by: By = "",
    why: Why = "",
    study: Folder = Path(),
) -> None:
    """Make several codes one; those that go are retired in codebook.yaml.

    A passage that one coder marked with two of them has one coding then, with the later stance and both memos.

    Example: workbench codes merge I03 I04 --into I07 --by Kim --why "nobody could tell them apart" --study my-study
    """
    from workbench.study.codes import merge_codes

    opened = _open(study)
    _tell(merge_codes(opened, codes, into, by=who(opened, by), why=why), by)


@app.command()
def split(
    code: CodeArgument,
    into: Annotated[list[str], typer.Option("--into", help="Id of a narrower code; give it twice or more.")],
    by: By = "",
    why: Why = "",
    study: Folder = Path(),
) -> None:
    """Replace a code by narrower ones, which codebook.yaml must have. Its codings wait to be given one of them.

    Example: workbench codes split I02 --into I08 --into I09 --by Kim --why "own shifts or others'" --study my-study
    """
    from workbench.study.codes import split_code

    opened = _open(study)
    _tell(split_code(opened, code, into, by=who(opened, by), why=why), by)


@app.command()
def move(
    code: CodeArgument,
    under: Annotated[str, typer.Option("--under", help="Id of the code that it goes under.")] = "",
    top: Annotated[bool, typer.Option("--top", help="Put it under none.")] = False,
    by: By = "",
    why: Why = "",
    study: Folder = Path(),
) -> None:
    """Put a code under another one in codebook.yaml. Codings stay as they are.

    Example: workbench codes move I02 --under I01 --by Kim --study my-study
    """
    from workbench.study.codes import move_code

    if bool(under) == top:
        raise InputError("say where it goes: --under CODE, or --top")
    opened = _open(study)
    _tell(move_code(opened, code, under or None, by=who(opened, by), why=why), by)


@app.command()
def retire(code: CodeArgument, by: By = "", why: Why = "", study: Folder = Path()) -> None:
    """Let no new coding have a code. Its codings stay.

    Example: workbench codes retire I05 --by Kim --why "not what we ask about" --study my-study
    """
    from workbench.study.codes import retire_code

    opened = _open(study)
    _tell(retire_code(opened, code, by=who(opened, by), why=why), by)


@app.command()
def waiting(
    folder: GivenFolder = None,
    coder: Annotated[str, typer.Option("--coder", help="Codings of this coder only.")] = "",
    study: StudyOption = None,
    as_json: AsJson = False,
) -> None:
    """Show the codings of split codes that wait for a person. Exit 1 while one waits.

    Example: workbench codes waiting --coder Anna --study my-study
    """
    rows = _waiting(_open(the_folder(folder, study)), coder)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        typer.echo(_list(rows))
    raise typer.Exit(1 if rows else 0)


@app.command()
def recode(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Id of a coding that waits, or its end.")],
    code: Annotated[str, typer.Argument(help="Which of the narrower codes it is.")],
    by: By = "",
    study: Folder = Path(),
) -> None:
    """Give a coding of a split code one of the narrower codes. It stays its coder's. Exit 1 while others wait.

    Example: workbench codes recode 65371e3 I08 --by Anna --study my-study
    """
    opened = _open(study)
    ids = [str(row["id"]) for row in _waiting(opened, "")]
    found = [each for each in ids if each.startswith(identity) or each.endswith(identity)]
    if len(found) != 1:
        what = "several codings that wait have such an id" if found else "no coding with this id waits for a code"
        raise InputError(Problem(place=f"coding {identity}", what=what, choices=found or ids))
    name = who(opened, by)
    opened.store.recode(found[0], code, coder=name)
    left = len(ids) - 1
    still = f"{left:,} still {'waits' if left == 1 else 'wait'}." if left else "No coding waits for a person."
    typer.echo(f"{code}, by {name}: {found[0]}.\n{still}")
    raise typer.Exit(1 if left else 0)


def _open(folder: Path) -> "Study":
    from workbench.study import open_study

    return open_study(folder)


def who(study: "Study", by: str) -> str:
    """Return who decides: the one who is named, or as whom the database knows its user."""
    me = getattr(study.store, "me", lambda: None)
    found = by.strip() or me() or ""
    if not found:
        raise InputError("say who decides: --by NAME")
    return str(found)


def _tell(changed: "Changed", by: str) -> None:
    from workbench.study.codes import said

    change = changed.change
    lines = [f"{', '.join(change.codes)}: {said(change.kind, change.to)}{f', by {by}' if by else ''}."]
    lines += changed.told
    lines.append(f"Changed: {', '.join(changed.edited)}." if changed.edited else "codebook.yaml needed no change.")
    typer.echo("\n".join(lines))


def _waiting(study: "Study", coder: str) -> list[dict[str, Any]]:
    table = study.store.to_recode(coder or None)
    columns = ["id", "document", "turn", "coder", "code", "choices", "quote", "memo"]
    return [{str(name): value for name, value in row.items()} for row in table[columns].to_dict(orient="records")]


def _list(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "No coding waits for a person."
    lines = [f"Codings of split codes that wait for a person ({len(rows):,}):"]
    for row in rows:
        where = f"{row['document']}, turn {row['turn']}" if row["turn"] == row["turn"] else row["document"]
        lines.append(f"  {row['id']}: {where}, {row['code']}, {row['coder']}")
        lines.append(f"    {' '.join(str(row['quote']).split())}")
        lines += [f"    memo: {' '.join(str(row['memo']).split())}"] if row["memo"] else []
        lines.append(f"    now: {' or '.join(row['choices'])}")
    return "\n".join([*lines, "Settle each: workbench codes recode ID CODE --by NAME"])


def _columns(rows: list[dict[str, Any]], width: int) -> list[str]:
    """Return a line a code, its name last and cut to the width of the screen."""
    cells = [["code", "kind", "codings", "coders", "since"]]
    for row in rows:
        numbers = [f"{row['codings']:,}" if row["codings"] else "–", str(row["coders"] or "–"), row["since"] or "–"]
        cells.append(["  " * row["depth"] + row["code"], row["kind"], *numbers])
    wide = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = []
    for values, name in zip(cells, ["name", *map(_name, rows)], strict=True):
        code, kind, codings, coders, since = values
        start = f"{code:{wide[0]}}  {kind:{wide[1]}}  {codings:>{wide[2]}}  {coders:>{wide[3]}}  {since:{wide[4]}}  "
        room = max(width - len(start), 12)
        lines.append(start + (name if len(name) <= room else f"{name[: room - 1].rstrip()}…"))
    return lines


def _name(row: dict[str, Any]) -> str:
    notes = ["retired"] if row["retired"] else []
    notes += [f"{row['waiting']:,} waiting"] if row["waiting"] else []
    return " ".join([*(f"({note})" for note in notes), row["name"] or "not in the codebook"])
