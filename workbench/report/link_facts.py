"""What stands beside the verdict on a link: what it rests on, and what would shake it."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

from workbench.language.counted import counted
from workbench.report.markup import escape
from workbench.report.wording import day, decimal, is_missing

Row = Mapping[Hashable, Any]

CASES = "05a-cases-against.qmd"
_EARLY = {
    True: "before its first coding",
    False: "not before its first coding, or changed since: what was heard may have shaped it",
}


def facts(row: Row) -> str:
    """Return the facts about one link as a list.

    Parameters
    ----------
    row : Mapping
        A row of the finding "theory" as it may be shown. Facts whose columns it lacks are left out.
    """
    told = {
        "If left out": _sensitivity(row),
        "Asked, and silent": _silent(row),
        "Independent of each other": _groups(row),
        "Passages against": _negative(row),
        "Hearsay": _hearsay(row),
        "Records": _text(row, "records", "No component of a manual is named to bear on it."),
        "Written down beforehand": _registered(row),
        "Agreement of coders": _agreement(row),
        "Saturation": _text(row, "saturation", ""),
    }
    return "".join(f"- **{name}:** {said}\n" for name, said in told.items() if said)


def _whole(row: Row, name: str) -> int | None:
    return None if is_missing(row.get(name)) else int(row[name])


def _text(row: Row, name: str, otherwise: str) -> str:
    if name not in row:
        return ""
    said = "" if is_missing(row[name]) else str(row[name]).strip()
    return escape(_ended(said)) if said else otherwise


def _ended(said: str) -> str:
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _sensitivity(row: Row) -> str:
    tried, flips = _whole(row, "tried"), _whole(row, "flips")
    if tried is None or flips is None:
        return ""
    what = "persons, roles, schemes, dependence groups, coders and all hearsay"
    if not tried:
        return f"there is nothing to leave out ({what})."
    if not flips:
        return f"leaving out each of {what} in turn ({tried:,} in all) never changes the verdict."
    which = "" if is_missing(row.get("sensitive")) or not str(row["sensitive"]) else f" ({escape(row['sensitive'])})"
    changes = "changes" if flips == 1 else "change"
    return f"of {what}, left out one at a time, {flips:,} of {tried:,} {changes} the verdict{which}."


def _silent(row: Row) -> str:
    silent, total = _whole(row, "silent"), _whole(row, "total")
    if silent is None:
        return ""
    of = f" of {total:,} who could have spoken to it" if total else ""
    return f"{counted(silent, 'person', 'people')}{of}."


def _groups(row: Row) -> str:
    groups = _whole(row, "groups")
    if groups is None or not _whole(row, "n"):
        return ""
    rest = "rest on one source" if groups == 1 else f"come from {groups:,} groups that do not rest on each other"
    return f"the people for it {rest}."


def _negative(row: Row) -> str:
    negative, waiting = _whole(row, "negative"), _whole(row, "unresolved")
    if negative is None:
        return ""
    if not negative:
        return "none."
    wait = f"{waiting:,} without an agreed disposition" if waiting else "each with a disposition"
    limits, rivals = _whole(row, "limits") or 0, _whole(row, "rivals") or 0
    people = "".join(
        f"; {counted(number, 'person', 'people')} {what}"
        for number, what in ((limits, "with one that limits where it holds"), (rivals, "with a rival explanation"))
        if number
    )
    return f"{negative:,} in all, {wait}{people}. [In full]({CASES})."


def _hearsay(row: Row) -> str:
    hearsay = _whole(row, "hearsay")
    return f"{counted(hearsay, 'person', 'people')} for it by hearsay alone." if hearsay else ""


def _registered(row: Row) -> str:
    if "registered" not in row:
        return ""
    if is_missing(row["registered"]):
        return "what would count for and against it, as it is written now, was not registered."
    when = day(date.fromisoformat(str(row["registered"])[:10]))
    early = row.get("registered_before")
    return f"{when}{'' if is_missing(early) else f', {_EARLY[bool(early)]}'}."


def _agreement(row: Row) -> str:
    if "agreement" not in row:
        return ""
    if is_missing(row["agreement"]):
        return "not measured on this link: too few passages, or one coder."
    return f"Krippendorff’s alpha {decimal(row['agreement'])} on the link’s own code."
