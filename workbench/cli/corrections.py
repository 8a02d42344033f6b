"""The command that shows what corrected transcripts did to codings, and settles those that wait."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.screen import AsJson, StudyFolder
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from workbench.coding import Store

CONTEXT = 200
"""Most characters shown of the stretch to look in."""


def corrections(
    folder: StudyFolder = Path(),
    place: Annotated[
        str, typer.Option(help="Id of a coding that waits, or its end; goes onto --quote or --from and --to.")
    ] = "",
    quote: Annotated[str, typer.Option(help="Its words now; they must stand once in the transcript.")] = "",
    start: Annotated[int | None, typer.Option("--from", help="Offset of its first character.")] = None,
    end: Annotated[int | None, typer.Option("--to", help="Offset after its last character.")] = None,
    drop: Annotated[str, typer.Option(help="Id, or its end, of one that no longer applies.")] = "",
    why: Annotated[str, typer.Option(help="Why it is dropped.")] = "",
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show corrected transcripts and the codings that wait for a person, or settle one. Exit 1 while one waits.

    Example: workbench corrections my-study --place 65371e3 --quote "made me stop and think" --by Anna
    """
    from workbench.study import open_study

    store, settled = open_study(folder).store, ""
    if place and drop:
        raise InputError("give --place or --drop, not both")
    if (place or drop) and not by.strip():
        raise InputError("say who decides: --by NAME")
    if place:
        identity = _full_id(store, place)
        _place(store, identity, (start, end), quote, by)
        settled = f"Placed, by {by}: {identity}.\n"
    if drop:
        identity = _full_id(store, drop)
        store.lift(identity, coder=by, why=why)
        settled = f"Dropped, by {by}: {identity}.\n"
    shown = {"corrected": _corrected(store), "waiting": _waiting(store)}
    typer.echo(
        json.dumps(shown, ensure_ascii=False, indent=1)
        if as_json
        else settled + _told(**shown, only_waiting=bool(settled))
    )
    raise typer.Exit(1 if shown["waiting"] else 0)


def _place(store: "Store", identity: str, span: tuple[int | None, int | None], quote: str, by: str) -> None:
    start, end = span
    if quote:
        waiting = store.unplaced()
        document = str(waiting.loc[waiting["id"] == identity, "document"].iloc[0])
        text = store.text(document)
        start, times = text.find(quote), text.count(quote)
        if times != 1:
            what = f"“{quote}” stands there {times} times" if times else f"“{quote}” does not stand there"
            remedy = (
                "Quote more words, or give --from and --to" if times else "Quote the words as the transcript has them"
            )
            raise InputError(Problem(place=document, what=what, remedy=remedy))
        end = start + len(quote)
    if start is None or end is None:
        raise InputError("say where it belongs: --quote, or --from and --to")
    store.place(identity, start, end, coder=by)


def _full_id(store: "Store", given: str) -> str:
    """Return the one waiting coding whose id begins or ends so."""
    ids = [str(identity) for identity in store.unplaced()["id"]]
    found = [identity for identity in ids if identity.startswith(given) or identity.endswith(given)]
    if len(found) != 1:
        what = "several codings that wait have such an id" if found else "no coding with this id waits for a person"
        raise InputError(Problem(place=f"coding {given}", what=what, choices=found or ids))
    return found[0]


def _corrected(store: "Store") -> list[dict[str, Any]]:
    table = store.revisions()
    later = table[table["revision"] > 1]
    return [{str(name): value for name, value in row.items()} for row in later.to_dict(orient="records")]


def _waiting(store: "Store") -> list[dict[str, Any]]:
    rows = []
    for row in store.unplaced().to_dict(orient="records"):
        now = store.text(row["document"])[row["start"] : row["end"]]
        shown = now if len(now) <= CONTEXT else f"{now[: CONTEXT // 2]} … {now[-CONTEXT // 2 :]}"
        rows.append({str(name): value for name, value in row.items()} | {"now": shown})
    return rows


def _told(corrected: list[dict[str, Any]], waiting: list[dict[str, Any]], *, only_waiting: bool) -> str:
    lines = [] if only_waiting else _told_of_corrected(corrected)
    if not waiting:
        return "\n".join([*lines, "No coding waits for a person."])
    lines.append(f"{'Still waiting' if only_waiting else 'Codings that wait for a person'} ({len(waiting)}):")
    for row in waiting:
        lines += [
            f"  {row['id']}: {row['document']}, {row['code']}, {row['coder']}: {row['why']}",
            f"    was: {_one_line(row['quote']) or 'words that were erased'}",
            f"    {_now(row)}",
        ]
    return "\n".join(
        [*lines, 'Settle each: --place ID --quote "the words now" --by NAME, or --drop ID --why … --by NAME']
    )


def _told_of_corrected(corrected: list[dict[str, Any]]) -> list[str]:
    if not corrected:
        return ["No transcript was corrected."]
    lines = [f"Corrected transcripts ({len({row['document'] for row in corrected})}):"]
    return lines + [
        f"  {row['document']}, revision {row['revision']}: {row['at'][:10]}, {row['by']}" for row in corrected
    ]


def _now(row: dict[str, Any]) -> str:
    """Return what stands in the stretch to look in; where the passage was cut out, it is empty."""
    if words := _one_line(row["now"]):
        return f"now, from {row['start']} to {row['end']}: {words}"
    return f"now: the passage is gone; nothing stands in its place, at {row['start']}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
