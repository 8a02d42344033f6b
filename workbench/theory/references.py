"""Does everything that a theory names exist, and only once?

Works on the plain data, so that these problems are told together with those
of the file's shape.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workbench.definitions import Yaml
from workbench.errors import Problem, Problems, did_you_mean
from workbench.theory.model import ARROW, arrow

PARTS = ("context", "resource", "reasoning", "outcome")


def reference_problems(source: Yaml) -> list[Problem]:
    """Return every id that is unknown, repeated or of the wrong kind, with file and line."""
    problems = Problems()
    kinds = {str(node["id"]): str(node.get("type")) for _, node in _entries(source, "nodes") if "id" in node}
    _check_repeats(source, "nodes", "node", problems)
    _check_repeats(source, "configurations", "configuration", problems)
    _check_links(source, kinds, problems)
    for position, configuration in _entries(source, "configurations"):
        for part in PARTS:
            for place, node in enumerate(_list(configuration.get(part))):
                if node not in kinds:
                    where = source.place("configurations", position, part, place)
                    problems.add(where, f"{part} names {node!r}, which is no node", remedy=_remedy(node, kinds))
    return problems.found


def _check_links(source: Yaml, kinds: Mapping[str, str], problems: Problems) -> None:
    links = [(position, link) for position, link in _entries(source, "links") if "from" in link and "to" in link]
    ids = [arrow(f"{link['from']}{ARROW}{link['to']}") for _, link in links]
    first: dict[str, int] = {}
    for (position, link), name in zip(links, ids, strict=True):
        where = source.place("links", position)
        if name in first:
            problems.add(
                where, f"the link {name} stands also on line {first[name]}", remedy="Keep one, or join the two"
            )
        first.setdefault(name, source.line("links", position))
        _check_ends(link, kinds, ids, source.place("links", position, "from"), problems)
        for guard in _list(link.get("guards")):
            _check_guard(guard, kinds, source.place("links", position, "guards"), problems)


def _check_ends(
    link: Mapping[str, Any], kinds: Mapping[str, str], ids: list[str], where: str, problems: Problems
) -> None:
    start, end = str(link["from"]), arrow(str(link["to"]))
    if start not in kinds:
        problems.add(where, f"a link starts at {start!r}, which is no node", remedy=_remedy(start, kinds))
    if start == end:
        problems.add(where, f"a link leads from {start} to itself", remedy="Name another node")
    if ARROW not in end:
        if end not in kinds:
            problems.add(where, f"a link ends at {end!r}, which is no node", remedy=_remedy(end, kinds))
        return
    if link.get("type") != "moderates":
        problems.add(where, f"{link.get('type')!r} leads to a link", choices=["moderates"], remedy="Or name a node")
    if end not in ids or "(" in end:
        known = [name for name in ids if "(" not in name]
        problems.add(
            where, f"{start} bears on {end}, which is no link between two nodes", remedy=did_you_mean(end, known)
        )


def _check_guard(guard: str, kinds: Mapping[str, str], where: str, problems: Problems) -> None:
    assumptions = [node for node, kind in kinds.items() if kind == "assumption"]
    if guard not in kinds:
        problems.add(where, f"the guard {guard!r} is no node", choices=assumptions)
    elif guard not in assumptions:
        problems.add(where, f"the guard {guard} is of type {kinds[guard]}", choices=assumptions)


def _check_repeats(source: Yaml, key: str, noun: str, problems: Problems) -> None:
    first: dict[str, int] = {}
    for position, entry in _entries(source, key):
        name, line = str(entry.get("id")), source.line(key, position)
        if "id" in entry and name in first:
            problems.add(
                source.place(key, position, "id"),
                f"the {noun} {name} stands also on line {first[name]}",
                remedy="Give one of them a new id",
            )
        first.setdefault(name, line)


def _remedy(node: str, known: Iterable[str]) -> str:
    return did_you_mean(node, known) or "Add it under `nodes`, or correct the id"


def _entries(source: Yaml, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = source.data.get(key) if isinstance(source.data, dict) else None
    for position, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, dict):
            yield position, entry


def _list(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
