"""Is every code given once, and tied to what it is said to be tied to?

Works on the plain data, so that these problems are told together with those
of the file's shape.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from workbench.codebook.patterns import pattern_fault
from workbench.definitions import Yaml
from workbench.errors import Problem, Problems, did_you_mean


def reference_problems(
    source: Yaml, nodes: Collection[str] | None, components: Collection[str] | None
) -> list[Problem]:
    """Return every repeated id, code without its node, component or parent, and pattern that cannot be matched.

    Parameters
    ----------
    source : Yaml
        The codebook's file.
    nodes, components : Collection[str] or None
        Ids that the theory and the manuals know; None when they were not given, and so are not checked.
    """
    problems = Problems()
    first: dict[str, int] = {}
    for position, code in _codes(source):
        name, where = str(code.get("id")), source.place("codes", position)
        if "id" in code and name in first:
            problems.add(
                where, f"the code {name} stands also on line {first[name]}", remedy="Give one of them a new id"
            )
        first.setdefault(name, source.line("codes", position))
        _check_tie(code, where, problems, nodes, components)
        patterns = code.get("patterns")
        for number, pattern in enumerate(patterns if isinstance(patterns, list) else []):
            if fault := pattern_fault(pattern):
                problems.add(source.place("codes", position, "patterns", number), f"a pattern of {name}: {fault}")
    _check_tree(source, problems)
    return problems.found


def _check_tree(source: Yaml, problems: Problems) -> None:
    """Note every code under a code that is not there, or under itself."""
    parents = {str(code.get("id")): str(code["parent"]) for _, code in _codes(source) if code.get("parent")}
    names = [str(code.get("id")) for _, code in _codes(source)]
    for position, code in _codes(source):
        name, where = str(code.get("id")), source.place("codes", position, "parent")
        parent = parents.get(name)
        if parent is not None and parent not in names:
            remedy = did_you_mean(parent, names) or "Add it to the codebook"
            problems.add(where, f"{name} lies under {parent!r}, which is no code", remedy=remedy)
        path = [name]
        while (above := parents.get(path[-1])) and above not in path:
            path.append(above)
        if above == name:
            loop = " under ".join([*path, name])
            problems.add(where, f"the code lies under itself: {loop}", remedy="Take one `parent` out")


def _check_tie(
    code: Mapping[str, Any],
    where: str,
    problems: Problems,
    nodes: Collection[str] | None,
    components: Collection[str] | None,
) -> None:
    name, node, kind = str(code.get("id")), code.get("node"), code.get("kind")
    if kind == "deductive":
        if not node:
            problems.add(where, f"the deductive code {name} names no node", remedy=f"Add `node: {name}`")
        elif node != name:
            problems.add(where, f"the code {name} names the node {node}", remedy="Give both the same id")
        elif nodes is not None and node not in nodes:
            problems.add(
                where,
                f"the theory has no node {node!r}",
                remedy=did_you_mean(str(node), nodes) or "Add it to the theory, or make the code inductive",
            )
        return
    if node:
        problems.add(where, f"the {kind} code {name} names a node", remedy="Take `node` out, or make it deductive")
    if kind == "fidelity" and components is not None and name not in components:
        problems.add(
            where, f"no manual has a component {name!r}", remedy=did_you_mean(name, components) or "Add it to a manual"
        )
    if kind == "inductive" and name in (nodes or ()):
        problems.add(where, f"the inductive code {name} has the id of a node", remedy="Take another id, such as I01")


def _codes(source: Yaml) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = source.data.get("codes") if isinstance(source.data, dict) else None
    for position, code in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(code, dict):
            yield position, code
