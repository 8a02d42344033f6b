"""Place the nodes of a theory in layers, so that causes stand left of effects and few lines cross."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[str, str]
SWEEPS = 12


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where nodes and the bends of long lines stand.

    Parameters
    ----------
    layers : list of list of str
        From causes to effects, each in drawing order; bends among the nodes.
    bends : Mapping of (str, str) to list of str
        The bends of a line that passes over layers, in order.
    """

    layers: list[list[str]]
    bends: Mapping[Edge, list[str]]


def lay_out(nodes: Collection[str], edges: Collection[Edge], *, beside: Mapping[str, Edge] | None = None) -> Layout:
    """Return nodes by layer, with a bend in every layer that a line passes.

    Layers by longest path; order within a layer by the mean place of the
    neighbours, swept back and forth. Loops are cut where they close.

    Parameters
    ----------
    nodes : Collection[str]
        In the file's order, which breaks ties.
    edges : Collection of (str, str)
        From cause to effect.
    beside : Mapping of str to (str, str), optional
        Nodes that bear on a line: they stand in the layer where it begins.

    References
    ----------
    Sugiyama, Tagawa & Toda (1981), IEEE Transactions on Systems, Man, and Cybernetics 11(2), 109-125.
    """
    beside = beside or {}
    order = list(nodes)
    forward = _without_loops(order, edges)
    depth = _depths(order, forward)
    tied = {end for edge in forward for end in edge}
    depth |= {node: depth[line[0]] for node, line in beside.items() if node not in tied}
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in order:
        found[depth[node]].append(node)
    bends, pieces = _bends(forward, depth, found)
    pieces += [(node, bends.get(line, [line[1]])[0]) for node, line in beside.items()]
    for sweep in range(SWEEPS):
        _order(found, pieces, downward=sweep % 2 == 0)
    return Layout(layers=found, bends=bends)


def _bends(
    edges: list[Edge], depth: Mapping[str, int], found: list[list[str]]
) -> tuple[dict[Edge, list[str]], list[Edge]]:
    """Put a bend into every layer between the ends of a line; return them, and the lines in pieces."""
    bends: dict[Edge, list[str]] = {}
    pieces: list[Edge] = []
    for start, end in edges:
        between = range(depth[start] + 1, depth[end])
        names = [f"{start} to {end} at {layer}" for layer in between]
        for layer, name in zip(between, names, strict=True):
            found[layer].append(name)
        if names:
            bends[start, end] = names
        chain = [start, *names, end]
        pieces += list(pairwise(chain))
    return bends, pieces


def _without_loops(nodes: list[str], edges: Collection[Edge]) -> list[Edge]:
    """Return the edges without those that lead back to a node on the way to them."""
    targets: Mapping[str, list[str]] = {node: [end for start, end in edges if start == node] for node in nodes}
    state = dict.fromkeys(nodes, 0)
    kept: list[Edge] = []

    def visit(node: str) -> None:
        state[node] = 1
        for end in targets[node]:
            if state[end] != 1:
                kept.append((node, end))
                if state[end] == 0:
                    visit(end)
        state[node] = 2

    for node in nodes:
        if state[node] == 0:
            visit(node)
    return kept


def _depths(nodes: list[str], edges: list[Edge]) -> dict[str, int]:
    depth = dict.fromkeys(nodes, 0)
    for _ in nodes:
        before = dict(depth)
        for start, end in edges:
            depth[end] = max(depth[end], depth[start] + 1)
        if depth == before:
            break
    led_to = {end for _, end in edges}
    for node in nodes:
        # A first cause stands right before its nearest effect, not far away from it.
        after = [depth[end] for start, end in edges if start == node]
        if node not in led_to and after:
            depth[node] = min(after) - 1
    return depth


def _order(found: list[list[str]], edges: list[Edge], *, downward: bool) -> None:
    """Sort each layer by the mean place of its neighbours in the other layers."""
    place = {node: _middle(layer, node) for layer in found for node in layer}
    for layer in found if downward else reversed(found):
        mean = {}
        for node in layer:
            near = [place[start] for start, end in edges if end == node and downward]
            near += [place[end] for start, end in edges if start == node and not downward]
            mean[node] = sum(near) / len(near) if near else place[node]
        layer.sort(key=lambda node: mean[node])
        place |= {node: _middle(layer, node) for node in layer}


def _middle(layer: list[str], node: str) -> float:
    return layer.index(node) - (len(layer) - 1) / 2
