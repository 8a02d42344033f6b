"""What changed between two versions of a theory, in words and as a picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.theory.diagram import SHAPES
from workbench.theory.model import Change, Configuration, Link, Node
from workbench.theory.theory import Theory

COLUMNS = ("element", "kind", "change", "before", "after", "because", "by")
STRENGTHS = (None, "weak", "moderate", "strong")
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_STYLES = {
    ADDED: "stroke:#1b7837,stroke-width:4px", REMOVED: "stroke:#b2182b,stroke-width:3px,stroke-dasharray:2 3",
    CHANGED: "stroke:#b35806,stroke-width:3px,stroke-dasharray:10 4",
}  # fmt: skip

Element = Node | Link | Configuration


@dataclass(frozen=True, kw_only=True)
class TheoryChange:
    """The change from one version of a theory to another.

    Parameters
    ----------
    old, new : Theory
        The two versions.
    table : pandas.DataFrame
        One row a change: element, kind (node, link, configuration), change (added, removed, strengthened, weakened, or
        the key that reads otherwise), before, after, because, by.
    sentences : list of str
        The same in words, with the reason that the newer file gives, or that it gives none.
    """

    old: Theory
    new: Theory
    table: pd.DataFrame
    sentences: list[str]

    def diagram(self) -> str:
        """Return the links that changed as a Mermaid flowchart: added, removed, changed, by word and by pattern."""
        told = {
            row["element"]: _drawn(row["change"]) for row in self.table[self.table["kind"] == "link"].to_dict("records")
        }
        links = {**self.old.links, **self.new.links}
        shown = {name: what for name, what in told.items() if links[name].target is None}
        ends = dict.fromkeys(end for name in shown for end in (links[name].from_, links[name].to))
        nodes = {**self.old.nodes, **self.new.nodes}
        lines = ["flowchart LR"]
        for end in ends:
            node = nodes[end]
            label = node.name.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
            lines.append(f'  {end}{SHAPES[node.type][0]}"{end}: {label}"{SHAPES[node.type][1]}')
        lines += [f'  {links[name].from_} -->|"{what}"| {links[name].to}' for name, what in shown.items()]
        for what, style in _STYLES.items():
            numbers = [str(number) for number, each in enumerate(shown.values()) if each == what]
            lines += [f"  linkStyle {','.join(numbers)} {style}"] if numbers else []
        return "\n".join(lines) + "\n"


def compare_theories(old: Theory, new: Theory) -> TheoryChange:
    """Compare two versions of a theory, element by element.

    Parameters
    ----------
    old, new : Theory
        From `read_theory`. Reasons are taken from the `changes` of the newer one.

    Returns
    -------
    TheoryChange
        Nodes first, then links, then configurations; in each, what was removed comes last.
    """
    reasons = {change.element: change for change in new.changes if change not in old.changes}
    rows = []
    for kind, before, after in (
        ("node", old.nodes, new.nodes), ("link", old.links, new.links),
        ("configuration", old.configurations, new.configurations),
    ):  # fmt: skip
        for element, what, was, now in _differences(before, after):
            reason = reasons.get(element)
            rows.append((element, kind, what, was, now, reason.because if reason else "", reason.by if reason else ""))
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    sentences = [_sentence(row, reasons.get(row["element"])) for row in table.to_dict(orient="records")]
    return TheoryChange(old=old, new=new, table=table, sentences=sentences)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for name, element in after.items():
        if name not in before:
            yield name, ADDED, "", _short(element)
            continue
        was, now = (each.model_dump(by_alias=True) for each in (before[name], element))
        for key in now:
            if was[key] != now[key]:
                yield name, _named(key, was[key], now[key]), _written(was[key]), _written(now[key])
    for name, element in before.items():
        if name not in after:
            yield name, REMOVED, _short(element), ""


def _named(key: str, was: Any, now: Any) -> str:
    """Return what a change is called: a strength that is given first, or no more, is a change like others."""
    if key == "strength" and was and now:
        return "strengthened" if STRENGTHS.index(now) > STRENGTHS.index(was) else "weakened"
    return key


def _sentence(row: Mapping[Any, Any], reason: Change | None) -> str:
    what = f"{row['kind']} {row['element']}"
    if row["change"] in (ADDED, REMOVED):
        said = f"{what} {row['change']}: {row['after'] or row['before']}"
    elif row["change"] in ("strengthened", "weakened"):
        said = f"{what} {row['change']} ({row['before']} → {row['after']})"
    elif not row["before"]:
        said = f"{what}: {row['change']} was not given, is “{row['after']}”"
    elif not row["after"]:
        said = f"{what}: {row['change']} was “{row['before']}”, is taken out"
    else:
        said = f"{what}: {row['change']} was “{row['before']}”, is “{row['after']}”"
    who = f" ({reason.by})" if reason and reason.by else ""
    return f"{said}, because {reason.because}{who}" if reason else f"{said}; no reason is given"


def _short(element: Element) -> str:
    return f"{element.type}" if isinstance(element, Link) else element.name


def _written(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)


def _drawn(change: str) -> str:
    return change if change in (ADDED, REMOVED) else CHANGED
