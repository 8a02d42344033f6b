"""Negative cases in full: every passage that speaks against a link, with what was decided on it and by whom."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from workbench.language.counted import counted
from workbench.report.markup import anchor, block, escape, join
from workbench.report.quotes import HELD_BACK, Quoting, passed, quote, written
from workbench.report.wording import Names, is_missing
from workbench.theory_testing.ledger import NOT_STATED

WAITING = ("none yet", "disputed")
"""What stands in the place of a disposition while the case waits for one."""

_MEANS = {
    "limits": "limits where or for whom the link holds",
    "refutes": "refutes the link here",
    "error": "the coders were wrong",
    "rival": "another explanation fits",
    "disputed": "people decided differently",
    "none yet": "nobody has decided what it means",
}
_FAR = 100_000
"""Characters: a negative case is not cut."""


def cases_against(cases: pd.DataFrame, rows: pd.DataFrame, quoting: Quoting, names: Names) -> str:
    """Return every negative case, those that wait for a disposition first.

    Parameters
    ----------
    cases : pandas.DataFrame
        Table of `negative_cases`, exact.
    rows : pandas.DataFrame
        From `talk_on_links`: whose passages they are. Each link in it has a section on the page about the evidence.
    quoting : Quoting
        Every quote and every reason passes its gate.
    names : Names
        What links are called.
    """
    if cases.empty:
        return "No passage speaks against a link of the theory.\n"
    where = rows.drop_duplicates("id").set_index("id")
    told_on = set(rows["link"])
    found = [_with_place(row, where) for row in cases.to_dict(orient="records")]
    # Sorted by alias: an order by time would tie one person's cases together.
    found.sort(key=lambda row: (str(row["link"]), quoting.aliases.of(str(row["case"]))))
    waiting = [row for row in found if row["disposition"] in WAITING]
    settled = [row for row in found if row["disposition"] not in WAITING]
    parts = ["No link is called supported while one of its cases waits."] if waiting else []
    hidden = 0
    for head, some in (("Waiting for a disposition", waiting), ("With a disposition", settled)):
        shown = []
        for link in dict.fromkeys(str(row["link"]) for row in some):
            made = [_case(row, quoting) for row in some if str(row["link"]) == link]
            hidden += sum(not open_ for _, open_ in made)
            name = escape(names.code(link))
            to = f"[{name}](05-theory-evidence.qmd#{anchor('link', link)})" if link in told_on else name
            shown += [f"**{to}**", *(text for text, _ in made)]
        parts += [f"## {head}", *shown] if shown else []
    if hidden:
        parts.insert(0, f"Words of {counted(hidden, 'case')} are not shown; the line in their place says why.")
    return join(*parts)


def _with_place(row: Mapping[Hashable, Any], where: pd.DataFrame) -> dict[Hashable, Any]:
    """Return a case with the person and transcript that its permission depends on."""
    found: dict[Hashable, Any] = {**row, "id": row["case"], "person": "", "document": "", "turn": None}
    if row["case"] in where.index:
        found |= where.loc[row["case"], ["person", "document", "turn"]].to_dict()
    return found


def _case(row: Mapping[Hashable, Any], quoting: Quoting) -> tuple[str, bool]:
    """Return a case, and whether its words are shown."""
    alias = quoting.aliases.of(str(row["case"]))
    who = quoting.talk.speakers.label(row)
    source = "" if is_missing(row.get("source")) or row["source"] == NOT_STATED else str(row["source"])
    about = f"{who} · {source}" if source else who
    said = passed(row, quoting)
    if said is None:
        why = "; ".join(quoting.reasons(str(row["id"])))
        shown = block(
            "quote", f"> {escape(f'[not shown: {why}]')}", block("source", f"{escape(about)} · quote `{alias}`")
        )
    else:
        shown = quote(said, about, alias, longest=_FAR)
    coder = "" if is_missing(row.get("coder")) else f" Coded by {escape(row['coder'])}."
    return join(shown, block("notes", f"{_decision(row, alias, quoting)}{coder}")), said not in (None, HELD_BACK)


def _decision(row: Mapping[Hashable, Any], alias: str, quoting: Quoting) -> str:
    """Return what was decided on a case, by whom and why; the reasons begin with the names of those who gave them."""
    disposition = str(row["disposition"])
    told = f"**{escape(disposition.capitalize())}:** {_MEANS.get(disposition, '')}"
    by = "" if is_missing(row.get("by")) or not row["by"] else f", decided by {escape(row['by'])}"
    why = "" if is_missing(row.get("why")) else str(row["why"]).strip()
    if not why:
        return f"{told}{by}."
    withheld, _ = quoting.talk.permission(row)
    said = written(why, f"reason on {alias}", quoting, withheld=withheld)
    hidden = said is None or said == HELD_BACK
    return f"{told}{by}. The reason is not shown here." if hidden else f"{told}. {escape(str(said).rstrip('.'))}."
