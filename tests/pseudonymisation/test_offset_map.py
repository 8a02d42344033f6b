"""Offsets between talk with names and talk without: laws that hold for any text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.pseudonymisation import OffsetMap, Replaced


@st.composite
def maps(draw: st.DrawFn) -> OffsetMap:
    text = draw(st.text(alphabet="ab 😀é\n", max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if start < end]
    return OffsetMap(text, [Replaced(*pair, draw(st.sampled_from(["[Person 8]", "[Place 123]"]))) for pair in pairs])


@given(maps())
def test_restoring_gives_the_original(there: OffsetMap) -> None:
    assert there.restore(there.text) == there.original


@given(maps())
def test_characters_outside_keep_their_place_both_ways(there: OffsetMap) -> None:
    inside = {position for each in there.replaced for position in range(each.start, each.end)}
    for position in set(range(len(there.original))) - inside:
        start, end = there.to_pseudonymised(position, position + 1)
        assert there.text[start:end] == there.original[position]
        assert there.to_original(start, end) == (position, position + 1)


@given(maps(), st.data())
def test_spans_grow_only_to_whole_replaced_stretches(there: OffsetMap, data: st.DataObject) -> None:
    length = len(there.original)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    back = there.to_original(*there.to_pseudonymised(start, end))
    cut = [each for each in there.replaced if each.start < end and start < each.end and start < end]
    if start < end:
        assert back == (min([start, *(each.start for each in cut)]), max([end, *(each.end for each in cut)]))
    assert there.to_original(*there.to_pseudonymised(*back)) == back


@given(maps())
def test_order_is_kept_and_pieces_tile_the_text(there: OffsetMap) -> None:
    edges = sorted({0, len(there.original), *(edge for each in there.replaced for edge in (each.start, each.end))})
    pieces = [there.to_pseudonymised(*pair) for pair in pairwise(edges)]
    assert [piece for piece in pieces if piece[0] > piece[1]] == []
    assert [first[1] for first in pieces[:-1]] == [second[0] for second in pieces[1:]]
    if pieces:
        assert (pieces[0][0], pieces[-1][1]) == (0, len(there.text))


def test_a_text_that_is_not_the_maps_own_is_not_restored() -> None:
    with pytest.raises(InputError, match="not the text for which"):
        OffsetMap("Ask Ann", [Replaced(4, 7, "[Person 8]")]).restore("Ask [Person 9]")


def test_stretches_that_overlap_are_refused() -> None:
    with pytest.raises(InputError, match="must be apart"):
        OffsetMap("Ask Ann", [Replaced(4, 7, "[Person 8]"), Replaced(5, 7, "[Person 9]")])
