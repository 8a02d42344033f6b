"""Findings on the theory as they may be shown: without talk, and nobody by a group that is too small."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.report.aliases import Aliases
from workbench.report.masking import without_names
from workbench.report.places import ELSEWHERE
from workbench.report.quotes import EVERYBODY, Talk
from workbench.report.sentences import component_sentence
from workbench.report.wording import Names
from workbench.theory_testing.weigh import ROLES

KEPT: Mapping[str, tuple[str, ...]] = {
    "negative-cases": ("link", "case", "group", "source", "coder", "disposition", "by"),
    "configurations": (
        "configuration", "name", "part", "scheme", "nodes", "n", "total", "links", "linked", "against", "whole",
        "status", "note",
    ),
    "framework": ("element", "name", "scheme", "n"),
    "lens-tracing": (
        "link", "coder", "n", "total", "value", "low", "high", "decibels_low", "decibels_high", "clues", "method",
        "note",
    ),
    "lens-causal-map": (
        "link", "start", "end", "n", "against", "paths", "cross_source", "value", "pooled", "chain", "pieced", "capped",
        "method", "note",
    ),
    "lens-qca": ("configuration", "n", "with_outcome", "consistency", "pri", "status", "method", "note"),
    "cooccurrence": ("code", "other", "n", "expected", "low", "high", "lift", "level", "note"),
}  # fmt: skip
"""Columns of these findings that may leave; all others hold talk, coders' words, or lead to one person."""

SMALL_ROLE, SMALL_SCHEME = "a role of few people", "a scheme of few people"
_ROLE_OR_SCHEME = re.compile(r"\b(role|scheme) ([\w.-]+)")

_CODING = re.compile(r"\b[0-9a-f]{32}\b")
_WRITTEN = ("lens-tracing", "lens-qca")
"""Findings whose sentences hold words that people wrote down: a clue, or a case, may name who it is about."""

_SUMMED = ["n", "total", "linked", "against", "whole"]
_SILENT_HERE = "nothing was coded to it in this scheme"


def on_theory(finding: Finding, talk: Talk, aliases: Aliases) -> Finding:
    """Return a finding on the theory without what leads to one person or holds what somebody said.

    Parameters
    ----------
    finding : Finding
        Exact.
    talk : Talk
        Speakers' groups, and names of schemes that fit enough people.
    aliases : Aliases
        Stand for the ids of codings.
    """
    finding = _coarser(finding, talk, aliases)
    if finding.name == "saturation":
        return _large_groups(finding, talk)
    if finding.name not in KEPT:
        return finding
    make = _MAKERS.get(finding.name)
    table = make(finding.table, talk, aliases) if make else finding.table
    kept = [name for name in KEPT[finding.name] if name in table.columns]
    # Exact sentences on configurations name every scheme, however small; the table says the same.
    told = [] if finding.name == "configurations" else finding.statements
    # A summary without a cell is told by its case, which may be a person.
    notes = [note for note in finding.notes if not note.startswith("Summaries without a cell")]
    return replace(finding, table=table[kept].reset_index(drop=True), statements=told, notes=notes)


def _coarser(finding: Finding, talk: Talk, aliases: Aliases) -> Finding:
    """Return a finding whose words name no speaker, no coding, and no role or scheme of too few people."""

    def shown(cell: object) -> object:
        if not isinstance(cell, str):
            return cell
        said = without_names(cell, talk.names) if finding.name in _WRITTEN else cell
        return coarser(_CODING.sub(lambda found: aliases.of(found[0]), said), talk)

    table = finding.table.copy()
    for column in _WORDS:
        if column in table.columns:
            table[column] = table[column].map(shown)
    statements, notes = ([str(shown(text)) for text in told] for told in (finding.statements, finding.notes))
    return replace(finding, table=table, statements=statements, notes=notes)


_WORDS = ("sensitive", "saturation", "note", "clues")


def coarser(text: str, talk: Talk) -> str:
    """Return a text in which a role or a scheme is named only where enough people were interviewed in it.

    Examples
    --------
    >>> coarser("without role officer: untested", Talk())
    'without a role of few people: untested'
    """
    roles = {role for (role, _), label in talk.speakers.labels.items() if not label.startswith(EVERYBODY)}

    def named(found: re.Match[str]) -> str:
        kind, name = found.groups()
        if kind == "role":
            return f"role {name.replace('_', ' ')}" if name in roles else SMALL_ROLE if name in ROLES else found[0]
        if name not in talk.places.labels:
            return found[0]
        label = talk.places.label(name)
        return SMALL_SCHEME if label == ELSEWHERE else f"scheme {label}"

    return _ROLE_OR_SCHEME.sub(named, text)


def _cases(table: pd.DataFrame, talk: Talk, aliases: Aliases) -> pd.DataFrame:
    """Return cases under their aliases, sorted by them: an order by time would tie one person's together."""
    shown = table.assign(
        group=[talk.speakers.label(row) for row in table.to_dict(orient="records")],
        case=[aliases.of(str(case)) for case in table["case"]],
    )
    return shown.sort_values(["link", "case"], kind="stable")


def _large_groups(finding: Finding, talk: Talk) -> Finding:
    """Return rows by role and scheme under the names that quotes have, without those of groups that are too small.

    A name that stands for several roles or schemes is left out too: their rows cannot be added up.
    """
    table = finding.table
    labels = [talk.speakers.label(row) for row in table.to_dict(orient="records")]
    alone = Counter(talk.speakers.labels.values())
    kept = [alone[label] == 1 and label != EVERYBODY for label in labels]
    shown = table.assign(group=labels)[kept].drop(columns=["role", "scheme"])
    shown = shown[["group", *(name for name in shown.columns if name != "group")]].reset_index(drop=True)
    left_out = len(table) - len(shown)
    rest = [f"{counted(left_out, 'group')} of too few people are left out."] if left_out else []
    told = Counter(str(status) for status in shown["status"])
    states = ", ".join(f"{state} {number}" for state, number in sorted(told.items()))
    said = [f"Of {counted(len(shown), 'group')} of role and scheme that can be shown: {states}."] if states else []
    return replace(finding, table=shown, statements=said, notes=[*finding.notes, *rest])


def _by_place(table: pd.DataFrame, talk: Talk, _aliases: Aliases) -> pd.DataFrame:
    """Return configurations with small schemes counted together."""
    keys = ["configuration", "name", "part", "scheme", "nodes", "links", "status"]
    named = table.assign(scheme=[talk.places.label(scheme) for scheme in table["scheme"]])
    if named.empty:
        return named
    grouped = named.groupby(keys, sort=False, dropna=False)
    summed = grouped[_SUMMED].sum()
    notes = grouped["note"].agg(lambda said: "; ".join(dict.fromkeys("; ".join(filter(None, said)).split("; "))))
    found = summed.join(notes).reset_index()
    found["note"] = [_spoken_to(note, n) for note, n in zip(found["note"], found["n"], strict=True)]
    return found


def _spoken_to(note: str, n: int) -> str:
    """Return a note without what is true of only some of the schemes that are counted together."""
    return "; ".join(part for part in note.split("; ") if part and not (n and part == _SILENT_HERE))


def _matrix(table: pd.DataFrame, talk: Talk, _aliases: Aliases) -> pd.DataFrame:
    """Return how many passages stand where, with small schemes counted together."""
    if "," in "".join(table["scheme"]):  # a transcript may hold people of several schemes
        table = table[~table["scheme"].str.contains(",")]
    named = table.assign(scheme=[talk.places.label(scheme) for scheme in table["scheme"]])
    return named.groupby(["element", "name", "scheme"], sort=False)["n"].sum().reset_index()


_MAKERS: Mapping[str, Callable[[pd.DataFrame, Talk, Aliases], pd.DataFrame]] = {
    "negative-cases": _cases, "configurations": _by_place, "framework": _matrix,
}  # fmt: skip


def with_records(theory: Finding, shown: Mapping[str, Finding], names: Names) -> Finding:
    """Return the verdicts with the records that bear on each link as they may be shown.

    The exact finding tells counts of people on record; each is said again from the released table of its scheme.

    Parameters
    ----------
    theory : Finding
        Its `records` names components of manuals.
    shown : Mapping[str, Finding]
        Released, among them those on fidelity.
    names : Names
        What components and schemes are called.
    """
    if "records" not in theory.table.columns:
        return theory
    told = {
        (str(row["component"]), name): _of_component(row, names)
        for name, finding in shown.items()
        if name.startswith("fidelity-")
        for row in finding.table.to_dict(orient="records")
        if row.get("period", "all") == "all"
    }
    again = []
    for text in theory.table["records"]:
        named = set(re.findall(r"[\w-]+", text)) if isinstance(text, str) else set()
        again.append(" ".join(said for (component, _), said in told.items() if component in named))
    return replace(theory, table=theory.table.assign(records=again))


def _of_component(row: "dict[Hashable, Any]", names: Names) -> str:
    if pd.isna(row.get("value")) or pd.isna(row.get("n")):
        why = str(row.get("status", "withheld")).split(" (")[0]
        said = f"{names.code(row['component'])}: {why}."
    else:
        said = component_sentence(row, names)
    return f"{names.scheme(row['scheme'])}, {said}"
