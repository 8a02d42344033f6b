"""How many separate ways lead from one node to another, and which: maximum flow, reach and chains."""

from collections import deque
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Protocol

MOST_CHAINS = 500
"""Chains told apart between two nodes; of more, "at least" so many."""
MOST_STEPS = 4_000
"""Steps of the search for chains between two nodes: a dense map has more chains than anybody can wait for."""

Edge = tuple[str, str]


def maximum_flow(capacities: Mapping[Edge, int], start: str, end: str) -> int:
    """Return the maximum flow between two nodes, which is also the least that must be taken away to part them.

    Parameters
    ----------
    capacities : Mapping of (str, str) to int
        Edge to its capacity, 0 or more. With capacities of 1 the flow is the number of chains that share no edge.
    start, end : str
        Nodes. From a node to itself nothing flows.

    References
    ----------
    Edmonds & Karp (1972), Journal of the ACM 19(2): shortest augmenting paths, so that it ends on every network.

    Examples
    --------
    >>> maximum_flow({("A", "M"): 3, ("M", "O"): 2, ("A", "O"): 1}, "A", "O")
    3
    """
    left: dict[str, dict[str, int]] = {}
    for (tail, head), capacity in capacities.items():
        left.setdefault(tail, {}).setdefault(head, 0)
        left[tail][head] += capacity
        left.setdefault(head, {}).setdefault(tail, 0)
    total = 0
    while start != end and (way := _shortest(left, start, end)):
        least = min(left[tail][head] for tail, head in way)
        for tail, head in way:
            left[tail][head] -= least
            left[head][tail] += least
        total += least
    return total


def _shortest(left: Mapping[str, Mapping[str, int]], start: str, end: str) -> list[Edge]:
    """Return the edges of a shortest way with capacity left, or none."""
    before: dict[str, str] = {start: start}
    waiting = deque([start])
    while waiting and end not in before:
        tail = waiting.popleft()
        for head, capacity in left.get(tail, {}).items():
            if capacity > 0 and head not in before:
                before[head] = tail
                waiting.append(head)
    if end not in before:
        return []
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    way.reverse()
    return list(pairwise(way))


class Reach(Protocol):
    """What `reached` does."""

    def __call__(self, edges: frozenset[Edge], start: str, *, backwards: bool = False) -> set[str]:
        """Return the nodes that a node leads to."""


def reached(edges: Iterable[Edge], start: str, *, backwards: bool = False) -> set[str]:
    """Return the nodes that a node leads to or, backwards, that lead to it; with the node itself."""
    leads: dict[str, list[str]] = {}
    for tail, head in edges:
        leads.setdefault(head if backwards else tail, []).append(tail if backwards else head)
    seen, waiting = {start}, [start]
    while waiting:
        for node in leads.get(waiting.pop(), ()):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen


def between(edges: frozenset[Edge], start: str, end: str, reach: Reach = reached) -> frozenset[Edge]:
    """Return the edges that lie on some way from one node to the other; `reach` may be a `reached` that remembers."""
    after = reach(edges, start)
    if end not in after:
        return frozenset()
    before = reach(edges, end, backwards=True)
    return frozenset(edge for edge in edges if edge[0] in after and edge[1] in before)


def chains(
    edges: Iterable[Edge], start: str, end: str, *, most: int = MOST_CHAINS, steps: int = MOST_STEPS
) -> tuple[set[tuple[str, ...]], bool]:
    """Return the chains from one node to another that pass no node twice, and whether there may be more.

    Parameters
    ----------
    edges : iterable of (str, str)
        From which node to which.
    start, end : str
        Nodes.
    most, steps : int
        After so many chains, or steps of the search, it stops: loops and dense maps have more than can be listed.

    Returns
    -------
    tuple of (set, bool)
        Chains as tuples of nodes; True where the search stopped before its end.
    """
    leads: dict[str, dict[str, int]] = {}
    for tail, head in sorted(between(frozenset(edges), start, end)):
        leads.setdefault(tail, {})[head] = 1
    shortest = _shortest(leads, start, end) if start != end else []
    if not shortest:
        return set(), False
    found: set[tuple[str, ...]] = {(start, *(head for _, head in shortest))}
    waiting: deque[tuple[str, ...]] = deque([(start,)])
    while waiting and steps and len(found) < most:
        steps -= 1
        way = waiting.popleft()  # shortest first: of too many, those that people can follow
        found.update((*way, head) for head in leads.get(way[-1], ()) if head == end)
        waiting.extend((*way, head) for head in leads.get(way[-1], ()) if head != end and head not in way)
    return found, bool(waiting)
