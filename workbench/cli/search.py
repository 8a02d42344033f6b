"""Search the talk on the command line: keywords in context, and coding what was found."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from workbench.cli.screen import MOST_ROWS, AsJson, StudyFolder, progress_bar
from workbench.errors import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from workbench.study import Study

Query = Annotated[str, typer.Argument(help='What to find: words, "exact words", crim*, rent NEAR/10 arrears, a OR b.')]
How = Annotated[str, typer.Option(help="words (any inflection and spelling), phrase, regex, or meaning.")]
Some = list[str] | None
ONE = {"hits": "hit", "people": "person", "transcripts": "transcript"}
NARROWEST = 60
"""Signs of a line; on a narrower screen lines break."""
INDENT = 2
"""Blanks before a hit, below its place and speaker."""


def search(
    query: Query,
    folder: StudyFolder = Path(),
    *,
    how: How = "words",
    role: Annotated[Some, typer.Option(help="Only this role; may be given several times, as the next five.")] = None,
    scheme: Annotated[Some, typer.Option(help="Only this scheme.")] = None,
    wave: Annotated[Some, typer.Option(help="Only this wave.")] = None,
    document: Annotated[Some, typer.Option(help="Only this transcript.")] = None,
    speaker: Annotated[Some, typer.Option(help="Only this speaker's label.")] = None,
    code: Annotated[Some, typer.Option(help="Only within passages with this code.")] = None,
    uncoded: Annotated[bool, typer.Option("--uncoded", help="Only where nothing (or not --code) is coded.")] = False,
    most: Annotated[int | None, typer.Option(min=1, help="Hits to show.", show_default="40; all as JSON")] = None,
    code_as: Annotated[str | None, typer.Option(help="Code all hits with this code; asks first.")] = None,
    coder: Annotated[str | None, typer.Option(help="Who codes.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Code without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find words in the talk, with their context; what is shown is people's words and stays inside the study.

    Searching by meaning ranks whole turns; its score says how near, not how likely.

    Example: workbench search "made me think" my-study --role service_user
    """
    from workbench.study import open_study
    from workbench.study.search import hint

    study = open_study(folder)
    if code_as is not None:
        _check_coding(study, code_as, coder, asks=not (yes or as_json))
    where = {"role": role, "scheme": scheme, "wave": wave, "document": document, "speaker": speaker}
    asked = {name: values or None for name, values in where.items()}
    if code or uncoded or code_as is not None:
        study.up_to_date()
    hits = _find(study, query, how, code=code or None, uncoded=uncoded, most=most or 50, **asked)
    _show(hits, {"query": query, "how": how}, most, as_json)
    if said := hint(study, hits):
        typer.echo(said, err=as_json)
    if code_as is not None and len(hits) and (yes or _agreed(hits, code_as, str(coder))):
        coded = study.store.code_many(hits, code=code_as, coder=coder)
        typer.echo(f"Coded as {code_as} by {coder}: {len(coded):,} passages.", err=as_json)


def _find(study: "Study", query: str, how: str, **asked: Any) -> "pd.DataFrame":
    from workbench.study.search import search as find

    if how != "meaning":
        return find(study, query, how=how, **asked)
    with progress_bar() as begin:
        return find(study, query, how=how, progress=begin("turns to vectors"), **asked)


def _check_coding(study: "Study", code: str, coder: str | None, *, asks: bool) -> None:
    problems = []
    if not coder:
        problems.append(Problem(place="--code-as", what="nobody is named who codes", remedy="Add --coder NAME"))
    if study.settings.codebook and not study.codebook.known(code):
        choices = list(study.codebook.codes)
        what, remedy = f"{code!r} is not in the codebook", did_you_mean(code, choices)
        problems.append(Problem(place="--code-as", what=what, choices=choices, remedy=remedy))
    if asks and not typer.get_text_stream("stdin").isatty():
        problems.append(Problem(place="--code-as", what="there is nobody to ask", remedy="Add --yes to code all hits"))
    if problems:
        raise InputError(problems)


def _agreed(hits: "pd.DataFrame", code: str, coder: str) -> bool:
    return typer.confirm(f"Code all {len(hits):,} hits as {code}, by {coder}?", err=True)


def _show(hits: "pd.DataFrame", asked: dict[str, str], most: int | None, as_json: bool) -> None:
    counts = {"hits": len(hits), "people": _people(hits), "transcripts": hits["document"].nunique()}
    if as_json:
        rows = json.loads(hits.head(most or len(hits)).to_json(orient="records", force_ascii=False))
        typer.echo(json.dumps(asked | counts | {"rows": rows}, ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False)
    shown = hits.head(most or MOST_ROWS)
    lines = _ranked(shown) if "score" in shown else _in_context(shown, max(console.width, NARROWEST))
    for line in lines:
        console.print(line)
    said = ", ".join(f"{count:,} {ONE[name] if count == 1 else name}" for name, count in counts.items())
    rest = len(hits) - len(shown)
    console.print(f"{said}; {rest:,} more with --most {len(hits)}." if rest else f"{said}.")


def _people(hits: "pd.DataFrame") -> int:
    """Count who said it; unknown and several voices are nobody in particular."""
    from workbench.corpus import SEVERAL, UNKNOWN

    return len({hit.person for hit in hits.itertuples() if _speaker(hit) not in (UNKNOWN, SEVERAL)})


def _in_context(hits: "pd.DataFrame", width: int) -> list[Text]:
    """Return place and speaker of each turn, below them a line a hit; the matches stand one below the other."""
    left = (width - INDENT) * 2 // 5
    lines, last = [], ""
    for hit in hits.itertuples():
        head = _head(hit)
        lines += [Text(head)] if head != last else []
        last = head
        before, match = _one_line(hit.left)[-left:], _one_line(hit.quote)
        line = Text(f"{'':{INDENT}}{before:>{left}}")
        line.append(f"[{match}]", style="bold")
        line.append(_one_line(hit.right)[: max(0, width - INDENT - left - len(match) - 2)])
        lines.append(line)
    return lines


def _ranked(hits: "pd.DataFrame") -> list[Text]:
    return [Text(f"{hit.score:.2f}  {_head(hit)}\n      {_one_line(hit.quote)}") for hit in hits.itertuples()]


def _head(hit: Any) -> str:
    speaker = _speaker(hit)
    return f"{hit.document} {hit.turn}  {speaker if hit.role in ('unknown', speaker) else f'{speaker}, {hit.role}'}"


def _speaker(hit: Any) -> str:
    return str(hit.person).removeprefix(f"{hit.document}:")


def _one_line(text: Any) -> str:
    return " ".join(str(text).split("\n"))
