"""What a person should look at in a theory that can be read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.errors import Problem, Problems, did_you_mean
from workbench.theory.model import ARROW, Link, Node

if TYPE_CHECKING:
    from workbench.theory.theory import Theory

MOST_APART = 12
"""Links without `breaks` that are told one by one; more are told together, each with its line."""
PARTS: Mapping[str, tuple[str, ...]] = {
    "context": ("context", "moderator"), "resource": ("activity", "context"), "reasoning": ("mechanism",),
    "outcome": ("outcome", "activity"),
}  # fmt: skip
"""What a part of a configuration may be made of. An activity is the outcome of a configuration about delivery."""


def check_theory(theory: "Theory") -> list[Problem]:
    """Return what is worth a look, each with file and line where it has one."""
    problems = Problems()
    leads = _leads(theory.links)
    _check_nodes(theory.nodes, theory.links, theory.path.name, theory.places, problems)
    for loop in _loops(leads):
        way = [*loop, loop[0]]
        where = theory.places.get(ARROW.join(way[:2]), theory.path.name)
        problems.add(where, f"{ARROW.join(way)} is a loop", remedy="Say in a note that it is meant, or cut it")
    _check_breaks(theory, problems)
    _check_configurations(theory, leads, problems)
    _check_changes(theory, problems)
    return problems.found


def _check_nodes(
    nodes: Mapping[str, Node], links: Mapping[str, Link], file: str, places: Mapping[str, str], problems: Problems
) -> None:
    leads = _leads(links)
    reached = _reached([name for name, node in nodes.items() if node.type == "activity"], leads)
    led_to = {end for ends in leads.values() for end in ends}
    used = {end for link in links.values() for end in (link.from_, link.to, *link.guards)}
    for name, node in nodes.items():
        where = places.get(name, file)
        if name not in used:
            problems.add(where, f"{name} ({node.name}) is in no link", remedy="Link it, or take it out")
        elif node.type == "mechanism" and name not in led_to:
            problems.add(where, f"nothing leads to {name} ({node.name})", remedy="Say which resource triggers it")
        elif node.type == "outcome" and name not in led_to:
            problems.add(where, f"nothing leads to {name} ({node.name})", remedy="Say what yields it")
        elif node.type == "outcome" and name not in reached:
            what = f"no activity leads to {name} ({node.name})"
            problems.add(where, what, remedy="Say which activity starts the way")


def _check_breaks(theory: "Theory", problems: Problems) -> None:
    silent = [name for name, link in theory.links.items() if not link.breaks]
    remedy = "Write `breaks` before anybody codes"
    if len(silent) <= MOST_APART:
        for name in silent:
            where = theory.places.get(name, theory.path.name)
            problems.add(where, f"{name} does not say what would count against it", remedy=remedy)
        return
    lines = [f"{name} ({theory.places.get(name, '').rpartition(', ')[2] or 'no line'})" for name in silent]
    what = f"{len(silent)} of {len(theory.links)} links do not say what would count against them: {', '.join(lines)}"
    problems.add(theory.path.name, what, remedy=remedy)


def _check_configurations(theory: "Theory", leads: Mapping[str, list[str]], problems: Problems) -> None:
    for name, each in theory.configurations.items():
        where = theory.places.get(name, theory.path.name)
        for part, kinds in PARTS.items():
            members = getattr(each, part)
            if not members:
                problems.add(where, f"{name} ({each.name}) has no {part}", remedy=f"Name its {part}, or drop it")
            for node in members:
                kind = theory.nodes[node].type
                if kind not in kinds:
                    what = f"the {part} of {name} is {node} ({theory.nodes[node].name}), a node of type {kind}"
                    problems.add(where, what, choices=kinds, remedy="Name another node, or put it in another part")
        for start, end in (("resource", "reasoning"), ("reasoning", "outcome")):
            ends = set(getattr(each, end))
            if ends and getattr(each, start) and not ends & _reached(list(getattr(each, start)), leads):
                what = f"in {name} ({each.name}) no link leads from its {start} to its {end}"
                problems.add(where, what, remedy="Add the links, or name other nodes")


def _check_changes(theory: "Theory", problems: Problems) -> None:
    known = [*theory.nodes, *theory.links, *theory.configurations]
    for position, change in enumerate(theory.changes):
        where = theory.places.get(f"changes.{position}", theory.path.name)
        near = did_you_mean(change.element, known)
        if change.element not in known and near:
            what = f"a change is about {change.about!r}, which this version has not"
            problems.add(where, what, remedy=f"{near} If it was taken out, leave it")
        if change.date > theory.date:
            what = f"a change of {change.date} is later than this version ({theory.date})"
            problems.add(where, what, remedy="Correct one of the dates")


def _leads(links: Mapping[str, Link]) -> dict[str, list[str]]:
    """Node to the nodes it leads to; moderation is no way from one to the other."""
    leads: dict[str, list[str]] = {}
    for link in links.values():
        if link.type != "moderates":
            leads.setdefault(link.from_, []).append(link.to)
    return leads


def _reached(starts: list[str], leads: Mapping[str, list[str]]) -> set[str]:
    seen, waiting = set(starts), list(starts)
    while waiting:
        for end in leads.get(waiting.pop(), ()):
            if end not in seen:
                seen.add(end)
                waiting.append(end)
    return seen


def _loops(leads: Mapping[str, list[str]]) -> list[list[str]]:
    """Loops that share no node: one is enough to show a person where to look."""
    loops: list[list[str]] = []
    left = _circular(leads, set())
    while left:
        way = [min(left)]
        while (after := next(end for end in leads[way[-1]] if end in left)) not in way:
            way.append(after)
        loop = way[way.index(after) :]
        loops.append(loop)
        left = _circular(leads, {node for found in loops for node in found})
    return loops


def _circular(leads: Mapping[str, list[str]], without: set[str]) -> set[str]:
    """Nodes that still lead somewhere when all that leads nowhere is taken away, again and again."""
    left = set(leads) - without
    while True:
        kept = {node for node in left if any(end in left for end in leads[node])}
        if kept == left:
            return left
        left = kept
