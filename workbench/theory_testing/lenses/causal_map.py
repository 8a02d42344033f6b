"""Causal maps: which chains of links one person asserts whole, and which are only pieced together from several."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd

from workbench.errors import Problems, did_you_mean
from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.provenance import Provenance, hash_text
from workbench.theory import Theory
from workbench.theory.model import ARROW
from workbench.theory_testing.lenses.flow import MOST_STEPS, Edge, Reach, between, chains, maximum_flow, reached

METHOD = "maximum flow"
MOST_SHOWN = 3
"""Chains written out in a row of the table."""
MOST_TOLD = 12
"""Pairs told in sentences; the table has them all."""
COLUMNS = (
    "link", "start", "end", "n", "against", "paths", "cross_source", "value", "pooled", "chain", "pieced", "capped",
    "method", "note",
)  # fmt: skip
_NOT_COUNTED = ("error", "rival")
_HINDERS = "some pass a link that hinders: "


@dataclass(frozen=True, kw_only=True)
class _Map:
    """Who asserts which edge, and who speaks against which."""

    people: Mapping[Edge, set[str]]
    edges: Mapping[str, frozenset[Edge]]
    denied: Mapping[str, frozenset[Edge]]
    every: frozenset[Edge]
    reach: Reach


def causal_map(
    theory: Theory,
    rows: pd.DataFrame,
    *,
    starts: Collection[str] | None = None,
    ends: Collection[str] | None = None,
) -> Finding:
    """Follow the chains of links that people assert, from activities to outcomes.

    A chain counts only where one person asserts every link of it. That one person says A leads to B, and another that
    B leads to C, does not show that anybody saw A lead to C: such chains stand apart.

    Parameters
    ----------
    theory : Theory
        Its links are the edges. Moderators bear on a link and are no step of a chain.
    rows : pandas.DataFrame
        From `ledger`. An edge is asserted by a person with a passage for it, however many; cases put down to a
        coder's error or a rival explanation, and records, are none.
    starts, ends : Collection of str, optional
        Nodes; activities and outcomes by default.

    Returns
    -------
    Finding
        One row a pair of nodes that some chain joins: link (the pair by its ends), start, end, n (people who assert a
        whole chain), against (those of them who elsewhere speak against a link of theirs), paths (different chains
        that somebody asserts whole), cross_source (chains that nobody asserts whole), value (whole chains of one
        person each that share no assertion, which is one person's word on one link), pooled (the same where a chain
        may pass from person to person: so many assertions must fall before no chain at all is left), chain and pieced
        (some of either, written out), capped (there may be more chains than were told apart), method, note.
        `trace(row)` gives the codings of the whole chains or, where there are none, of the pieced ones.

    Raises
    ------
    InputError
        If the theory has no such node.

    References
    ----------
    Powell, Copestake & Remnant (2024), Evaluation 30(1), on causal mapping, transitivity and robustness; Ford &
    Fulkerson (1956), Canadian Journal of Mathematics 8: maximum flow is minimum cut.
    """
    begin, finish = _nodes(theory, starts, "activity"), _nodes(theory, ends, "outcome")
    told = _talk(theory, rows, "for")
    asserted = _map(told, _talk(theory, rows, "against"))
    found, behind = [], []
    for start in begin:
        for end in (node for node in finish if node != start):
            on_way = between(asserted.every, start, end, asserted.reach)
            if on_way:
                row, steps = _row(theory, asserted, start, end)
                found.append(row)
                behind.append((steps, on_way))
    table = pd.DataFrame(found, columns=list(COLUMNS))
    return Finding(
        name="lens-causal-map",
        title="Which chains of links does one person assert whole?",
        table=table,
        statements=_statements(theory, table, begin, finish),
        notes=_notes(theory, told),
        provenance=Provenance(
            call="causal_map(theory, rows)",
            inputs={"ledger": hash_text("\n".join(sorted(map(str, rows["id"])))), theory.path.name: theory.sha256},
            definitions={"theory": theory.version},
        ),
        evidence=lambda row: _ids(told, *behind[row]),
    )


def _nodes(theory: Theory, given: Collection[str] | None, kind: str) -> list[str]:
    problems = Problems()
    for node in given or ():
        if node not in theory.nodes:
            remedy = did_you_mean(node, theory.nodes) or f"By default every {kind} is taken"
            problems.add("causal_map", f"the theory has no node {node!r}", remedy=remedy)
    problems.raise_if_any()
    return [name for name, node in theory.nodes.items() if (node.type == kind if given is None else name in given)]


def _talk(theory: Theory, rows: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return what people say for, or against, links between two nodes: edge, person, id."""
    edges = {name: (link.from_, link.to) for name, link in theory.links.items() if link.target is None}
    counts = (rows["side"] == side) & rows["person"].notna() & rows["link"].isin(list(edges))
    if "stream" in rows:
        counts &= rows["stream"] == "talk"
    if "disposition" in rows:
        counts &= ~rows["disposition"].isin(_NOT_COUNTED)
    kept = rows.loc[counts, ["link", "person", "id"]].astype(str)
    return kept.assign(edge=kept["link"].map(edges))


def _map(told: pd.DataFrame, denied: pd.DataFrame) -> _Map:
    edges = {str(person): frozenset(own) for person, own in told.groupby("person")["edge"]}
    people: dict[Edge, set[str]] = {}
    for person, edge in ((person, edge) for person, own in edges.items() for edge in own):
        people.setdefault(edge, set()).add(person)
    return _Map(
        people=people,
        edges=edges,
        denied={str(person): frozenset(edges) for person, edges in denied.groupby("person")["edge"]},
        every=frozenset(told["edge"]),
        reach=cache(reached),
    )


def _row(theory: Theory, asserted: _Map, start: str, end: str) -> tuple[dict[str, Any], dict[str, frozenset[Edge]]]:
    """Return one row of the table, and which edges of whole chains each person asserts."""
    steps = {person: between(own, start, end, asserted.reach) for person, own in asserted.edges.items()}
    steps = {person: own for person, own in steps.items() if own}
    whole, capped, separate = Counter[tuple[str, ...]](), False, 0
    # People who assert the same links assert the same chains: a dense map is searched once for all of them.
    alike = Counter(steps.values())
    for own, people in alike.items():
        ways, more = chains(own, start, end, steps=max(MOST_STEPS // len(alike), 20))
        capped |= more
        whole.update(dict.fromkeys(ways, people))
        separate += people * maximum_flow(dict.fromkeys(own, 1), start, end)
    every, more = chains(asserted.every, start, end)
    pieced = sorted(every.difference(whole), key=lambda way: (len(way), way))
    shown = sorted(whole, key=lambda way: (-whole[way], len(way), way))[:MOST_SHOWN]
    row = {
        "link": f"{start}{ARROW}{end}", "start": start, "end": end, "n": len(steps),
        "against": sum(not own.isdisjoint(asserted.denied.get(person, ())) for person, own in steps.items()),
        "paths": len(whole), "cross_source": len(pieced), "value": separate,
        "pooled": maximum_flow({edge: len(who) for edge, who in asserted.people.items()}, start, end),
        "chain": "; ".join(f"{ARROW.join(way)} ({counted(whole[way], 'person', 'people')})" for way in shown),
        "pieced": "; ".join(ARROW.join(way) for way in pieced[:MOST_SHOWN]), "capped": capped or more,
        "method": METHOD, "note": _note(theory, len(steps), [*whole, *pieced], capped or more),
    }  # fmt: skip
    return row, steps


def _note(theory: Theory, people: int, ways: list[tuple[str, ...]], capped: bool) -> str:
    steps = {edge for way in ways for edge in pairwise(way)}
    hindering = [
        link for link, each in theory.links.items() if each.type == "inhibits" and (each.from_, each.to) in steps
    ]
    said = [] if people else ["pieced together from several people; nobody asserts a whole chain"]
    if capped:
        said.append("there are more chains than were told apart: their counts are the least there are")
    if hindering:
        said.append(f"{_HINDERS}{', '.join(hindering)}")
    return "; ".join(said)


def _ids(told: pd.DataFrame, steps: Mapping[str, frozenset[Edge]], on_way: frozenset[Edge]) -> tuple[str, ...]:
    """Return the codings behind whole chains or, where nobody asserts one, behind the pieced ones."""
    said = zip(told["edge"], told["person"], told["id"], strict=True)
    kept = (identity for edge, person, identity in said if edge in (steps.get(person, ()) if steps else on_way))
    return tuple(dict.fromkeys(kept))


def _statements(theory: Theory, table: pd.DataFrame, begin: list[str], finish: list[str]) -> list[str]:
    edges = [(link.from_, link.to) for link in theory.links.values() if link.target is None]
    meant = sum(end != start and end in reached(edges, start) for start in begin for end in finish)
    whole = table[table["n"] > 0].sort_values(["n", "value"], ascending=False, kind="stable")
    sentences = [
        f"Of {counted(meant, 'pair')} of nodes that the theory joins by a chain, {len(table)} are joined by links that "
        f"people spoke for, and {len(whole)} by a whole chain of one person."
    ]
    sentences += [_sentence(theory, row) for row in whole.head(MOST_TOLD).to_dict(orient="records")]
    if len(whole) > MOST_TOLD:
        sentences.append(f"{len(whole) - MOST_TOLD} more pairs with a whole chain stand in the table.")
    return sentences


def _sentence(theory: Theory, row: Mapping[Any, Any]) -> str:
    least, one = "at least " if row["capped"] else "", row["n"] == 1
    said = f"{row['link']} ({theory.name(row['start'])} → {theory.name(row['end'])}): "
    said += f"{counted(row['n'], 'person asserts', 'people assert')} a whole chain"
    if row["against"]:
        whom = "who also speaks" if one else f"of whom {counted(row['against'], 'also speaks', 'also speak')}"
        said += f", {whom} against a link of it"
    said += f"; {least}{counted(row['paths'], 'way')}, {counted(row['value'], 'chain')} with no assertion in common"
    if row["cross_source"]:
        said += f"; {least}{counted(row['cross_source'], 'more way')} only pieced together from several people"
    hindering = row["note"].rpartition(_HINDERS)
    return f"{said}; {_HINDERS}{hindering[2]}." if hindering[1] else f"{said}."


def _notes(theory: Theory, told: pd.DataFrame) -> list[str]:
    bearing = sum(link.target is not None for link in theory.links.values())
    order = sum(link.type == "precedes" for link in theory.links.values())
    return [
        "A lens, not a verdict: that people assert a chain does not show that it holds. Verdicts are in `theory`.",
        f"Edges are the assertions of {counted(told['person'].nunique(), 'person', 'people')}; more quotes of one "
        "person are one assertion. One coding for a link is enough here, also where coders differ about it.",
        "A chain counts only where one person asserts every link of it. `value` is the number of such chains that "
        "share no assertion (maximum flow through each person's own links, summed); `pooled` lets chains pass from "
        "person to person, so it is never lower.",
        f"Left out: {counted(bearing, 'link')} that bear on a link. {counted(order, 'link')} of type `precedes` say "
        "what comes first, not what brings it about; chains may pass them.",
    ]
