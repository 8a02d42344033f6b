"""What a person should look at in a theory that can be read."""

from collections.abc import Mapping

from workbench.errors import Problem, Problems
from workbench.theory.model import ARROW, Link, Node

MOST_NAMED = 12
"""Links named in one message; more would not be read."""


def check_theory(
    nodes: Mapping[str, Node], links: Mapping[str, Link], file: str, places: Mapping[str, str]
) -> list[Problem]:
    """Return what is worth a look, each with file and line where it has one."""
    problems = Problems()
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
            problems.add(
                where, f"no activity leads to {name} ({node.name})", remedy="Say which activity starts the way"
            )
    for loop in _loops(leads):
        way = ARROW.join([*loop, loop[0]])
        problems.add(file, f"{way} is a loop", remedy="Say in a note that it is meant, or cut it")
    silent = [name for name, link in links.items() if not link.breaks]
    if silent:
        more = f" and {len(silent) - MOST_NAMED} more" if len(silent) > MOST_NAMED else ""
        problems.add(
            file,
            f"{len(silent)} of {len(links)} links do not say what would count against them: "
            f"{', '.join(silent[:MOST_NAMED])}{more}",
            remedy="Write `breaks` before anybody codes",
        )
    return problems.found


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
