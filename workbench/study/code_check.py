"""Where codebook.yaml and what was done to codes in the store do not say the same."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbench.errors import Problem, did_you_mean
from workbench.language.counted import counted

if TYPE_CHECKING:
    from workbench.codebook import Codebook
    from workbench.coding.present_codes import PresentCodes
    from workbench.study.study import Study

WORDS = {"rename": "renamed", "merge": "merged into", "split": "split into", "move": "moved", "retire": "retired"}
TAKE_OVER = "or take over the codebook.yaml of whoever changed it"


def unknown_codes(study: "Study", codebook: "Codebook") -> list[Problem]:
    """Return the codings whose code no definition has, and no change of codes explains."""
    codings, explained = study.store.codings(), _made_by_changes(study)
    unknown = codings[[not codebook.known(code) and code not in explained for code in codings["code"]]]
    return [
        Problem(
            place=f"store, coding {row.id} of {row.coder} in {row.document}",
            what=f"the code {row.code!r} is not in the codebook",
            remedy=did_you_mean(str(row.code), codebook.codes) or "Add it to codebook.yaml",
        )
        for row in unknown.itertuples()
    ]


def code_doubts(study: "Study", codebook: "Codebook") -> list[Problem]:
    """Return where a person must bring codebook and store together, or give codings a narrower code."""
    present, changes = study.store.present_codes(), _changes(study)
    doubts = [doubt for name in codebook.codes for doubt in _disagreements(codebook, name, present, changes)]
    explained = _made_by_changes(study)
    for code, number in Counter(study.store.codings()["code"]).items():
        if not codebook.known(code) and code in explained:
            have = f"{counted(number, 'coding')} {'has' if number == 1 else 'have'} {code}"
            what = f"{have}, which {explained[code]} became, and the file lacks it"
            doubts.append(Problem(place=codebook.path.name, what=what, remedy=f"Write it there, {TAKE_OVER}"))
    return [*doubts, *codings_waiting(study)]


def codings_waiting(study: "Study") -> list[Problem]:
    """Return the split codes whose codings wait to be given a narrower one, each with how many."""
    waiting = study.store.to_recode()
    return [
        Problem(
            place=f"code {code}",
            what=f"it was split into {', '.join(rows['choices'].iloc[0])}, and {counted(len(rows), 'coding')} "
            f"{'waits' if len(rows) == 1 else 'wait'} to be given one of them",
            remedy="Settle them with: workbench codes waiting",
        )
        for code, rows in waiting.groupby("code")
    ]


def told_of_changes(study: "Study") -> list[str]:
    """Return a sentence on each change of codes that stands: what, when, who, why."""
    return [f"Code {_said(change)}." for change in _changes(study)]


def _changes(study: "Study") -> list[dict[str, Any]]:
    table = study.store.code_changes()
    return [{str(name): value for name, value in row.items()} for row in table.to_dict(orient="records")]


def _made_by_changes(study: "Study") -> dict[str, str]:
    """Return the codes that renames and merges brought about, each with one that it came from."""
    changes = [change for change in _changes(study) if change["kind"] != "move"]
    changes.sort(key=lambda change: change["kind"] != "split")  # a part may be what another code is called now
    return {target: change["code"] for change in changes for target in change["to"]}


def _said(change: dict[str, Any]) -> str:
    to = ", ".join(change["to"])
    where = (f"under {to}" if to else "to the top") if change["kind"] == "move" else to
    why = f": {change['why']}" if change["why"] else ""
    return (
        f"{change['code']} was {WORDS[change['kind']]} {where}".rstrip()
        + f" ({change['at'][:10]}, {change['by']}{why})"
    )


def _disagreements(
    codebook: "Codebook", name: str, present: "PresentCodes", changes: list[dict[str, Any]]
) -> Iterator[Problem]:
    """Yield what the file does not say of a code and the store does, or the other way round."""
    code, place, gone = codebook.codes[name], codebook.places.get(name, codebook.path.name), present.now(name) != name
    own = {name} if gone else present.former_names(name)
    last = {change["kind"]: change for change in changes if change["code"] in own}
    closed = present.retired(name) or bool(present.parts(name))
    if code.retired:
        if not gone and not closed:
            what = f"{name} is retired in the file only, so it can still be given"
            yield Problem(place=place, what=what, remedy=f"Tell the store: workbench codes retire {name} --by NAME")
        return
    if gone or closed:
        kinds = ("merge", "rename") if gone else ("split", "retire")
        change = next((last[kind] for kind in kinds if kind in last), None)
        closing = change is not None and change["kind"] != "rename"
        value = f"retired: {change['at'][:10]}" if change and closing else f"id: {present.now(name)}"
        what = f"{_said(change) if change else f'{name} is {present.now(name)} now'}, and the file has it still"
        yield Problem(place=place, what=what, remedy=f"Write `{value}` there, {TAKE_OVER}")
    elif (under := present.under(name)) is not None and (code.parent or "") != under:
        what = f"{_said(last['move'])}, and the file has it elsewhere"
        yield Problem(place=place, what=what, remedy=f"Write `parent: {under or 'null'}` there, {TAKE_OVER}")
