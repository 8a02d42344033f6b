"""Causal maps: a chain counts only where one person asserts all of it; flow against other implementations."""

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.theory import Theory, read_theory
from workbench.theory_testing.lenses.causal_map import causal_map
from workbench.theory_testing.lenses.flow import Edge, chains, maximum_flow, reached

NODES = "\n".join(
    f"  - {{id: {name}, type: {kind}, name: N{name}, definition: d}}"
    for name, kind in {
        "A1": "activity",
        "M1": "mechanism",
        "M2": "mechanism",
        "O1": "outcome",
        "X1": "moderator",
    }.items()
)
LINKS = "\n".join(
    f"  - {{from: {start}, to: {end}, type: {kind}, breaks: b}}"
    for start, end, kind in (
        ("A1", "M1", "triggers"), ("A1", "M2", "triggers"), ("M1", "O1", "yields"), ("M2", "O1", "inhibits"),
        ("M1", "M2", "precedes"), ("M2", "M1", "precedes"), ("X1", "A1->M1", "moderates"),
    )
)  # fmt: skip
HEAD = 'title: T\nversion: "1"\ndate: 2026-01-01\nstatus: Invented for a test.\n'


@pytest.fixture(scope="module")
def theory(tmp_path_factory: pytest.TempPathFactory) -> Theory:
    path: Path = tmp_path_factory.mktemp("theory") / "theory.yaml"
    path.write_text(f"{HEAD}nodes:\n{NODES}\nlinks:\n{LINKS}\n", encoding="utf-8")
    return read_theory(path)


def rows(*said: str) -> pd.DataFrame:
    """Make a ledger of words such as `p A1→M1` or `p A1→M1 against error`."""
    cells = [([*each.split(), "for", ""])[:4] if len(each.split()) == 2 else [*each.split(), ""][:4] for each in said]
    table = pd.DataFrame(cells, columns=["person", "link", "side", "disposition"])
    return table.assign(id=[f"c{number}" for number in range(len(table))], stream="talk")


def one(theory: Theory, *said: str) -> dict[str, object]:
    [row] = causal_map(theory, rows(*said)).table.to_dict(orient="records")
    return dict(row)


def test_a_chain_of_one_person_is_whole_and_one_of_two_people_is_pieced(theory: Theory) -> None:
    whole = one(theory, "p A1→M1", "p M1→O1")
    assert (whole["n"], whole["paths"], whole["cross_source"], whole["value"]) == (1, 1, 0, 1)
    pieced = one(theory, "p A1→M1", "q M1→O1")
    assert (pieced["n"], pieced["paths"], pieced["cross_source"], pieced["value"], pieced["pooled"]) == (0, 0, 1, 0, 1)
    assert "nobody asserts a whole chain" in str(pieced["note"])


def test_whole_chains_that_share_no_assertion_are_added_up_over_people(theory: Theory) -> None:
    row = one(theory, "p A1→M1", "p M1→O1", "q A1→M1", "q M1→O1", "q A1→M2", "q M2→O1")
    assert (row["n"], row["value"], row["paths"]) == (2, 3, 2)
    assert "some pass a link that hinders: M2→O1" in str(row["note"])
    assert row["chain"] == "A1→M1→O1 (2 people); A1→M2→O1 (1 person)"


def test_errors_rivals_records_and_moderators_are_no_edges(theory: Theory) -> None:
    table = rows("p A1→M1", "p M1→O1 for error", "p X1→(A1→M1)")
    assert causal_map(theory, table).table.empty
    assert causal_map(theory, rows("p A1→M1", "p M1→O1").assign(stream="record")).table.empty


def test_who_also_speaks_against_a_link_of_the_chain_is_counted(theory: Theory) -> None:
    assert one(theory, "p A1→M1", "p M1→O1", "p M1→O1 against")["against"] == 1


def test_the_trace_of_a_whole_chain_leaves_out_who_asserts_a_part(theory: Theory) -> None:
    found = causal_map(theory, rows("p A1→M1", "p M1→O1", "q A1→M1"))
    assert found.trace(0) == ("c0", "c1")


def test_a_node_that_is_not_there_is_told_with_what_is_near(theory: Theory) -> None:
    with pytest.raises(InputError, match="no node 'M3'"):
        causal_map(theory, rows("p A1→M1"), starts=["M3"])


links = st.sampled_from(["A1→M1", "A1→M2", "M1→O1", "M2→O1", "M1→M2", "M2→M1"])
talk = st.lists(st.tuples(st.sampled_from("pqr"), links).map(" ".join), max_size=10)


@settings(deadline=None)
@given(talk, st.randoms(use_true_random=False))
def test_repeating_a_person_or_another_order_changes_nothing(theory: Theory, said: list[str], random) -> None:  # type: ignore[no-untyped-def]
    again = [*said, *said]
    random.shuffle(again)
    pd.testing.assert_frame_equal(causal_map(theory, rows(*said)).table, causal_map(theory, rows(*again)).table)


edges = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")).filter(lambda edge: edge[0] != edge[1]),
    st.integers(0, 4), max_size=8,
)  # fmt: skip


def cut(capacities: dict[Edge, int]) -> int:
    """Return the least capacity over all ways to part a from d: the definition, tried out."""
    inner = [{"a", *some} for size in range(3) for some in combinations("bc", size)]
    return min(sum(c for (tail, head), c in capacities.items() if tail in s and head not in s) for s in inner)


@settings(deadline=None)
@given(edges)
def test_the_flow_is_the_least_cut_and_that_of_scipy(capacities: dict[Edge, int]) -> None:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow as of_scipy

    graph = np.zeros((4, 4), dtype=np.int32)
    for (tail, head), capacity in capacities.items():
        graph["abcd".index(tail), "abcd".index(head)] = capacity
    assert maximum_flow(capacities, "a", "d") == cut(capacities) == of_scipy(csr_array(graph), 0, 3).flow_value


@settings(deadline=None)
@given(edges)
def test_chains_pass_no_node_twice_and_none_is_missed(capacities: dict[Edge, int]) -> None:
    found, more = chains(capacities, "a", "d")
    ways = {("a", *mid, "d") for size in range(3) for some in combinations("bc", size) for mid in {some, some[::-1]}}
    assert not more
    assert found == {way for way in ways if all(step in capacities for step in pairwise(way))}
    assert bool(found) == ("d" in reached(capacities, "a"))


def test_a_dense_map_stops_and_says_that_there_may_be_more(theory: Theory) -> None:
    names = [f"N{number}" for number in range(12)]
    every = {(start, end) for start in names for end in names if start != end}
    found, more = chains(every, "N0", "N11", most=50)
    assert more
    assert len(found) >= 50
    assert ("N0", "N11") in found
