from hypothesis import given
from hypothesis import strategies as st

from workbench.report.figures.layers import lay_out


def test_causes_stand_left_of_effects() -> None:
    found = lay_out(["A", "B", "C"], [("A", "B"), ("B", "C")])

    assert found.layers == [["A"], ["B"], ["C"]]


def test_a_line_that_passes_a_layer_gets_a_bend_there() -> None:
    found = lay_out(["A", "B", "C"], [("A", "B"), ("B", "C"), ("A", "C")])

    assert found.bends == {("A", "C"): ["A to C at 1"]}
    assert sorted(found.layers[1]) == ["A to C at 1", "B"]


def test_a_moderator_stands_where_its_line_begins() -> None:
    found = lay_out(["A", "B", "C", "X"], [("A", "B"), ("B", "C")], beside={"X": ("B", "C")})

    assert "X" in found.layers[1]


def test_lines_that_need_not_cross_do_not() -> None:
    found = lay_out(["A", "B", "Y", "X"], [("A", "X"), ("B", "Y")])

    assert [pair[0] < pair[1] for pair in [(found.layers[0].index("A"), found.layers[0].index("B"))]] == [
        found.layers[1].index("X") < found.layers[1].index("Y")
    ]


NODES = "ABCDEFG"


@given(st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=14))
def test_every_node_is_placed_once_even_where_the_theory_goes_round_in_circles(edges: set[tuple[str, str]]) -> None:
    found = lay_out(list(NODES), sorted(edges))
    placed = [node for layer in found.layers for node in layer if node in NODES]

    assert sorted(placed) == list(NODES)
