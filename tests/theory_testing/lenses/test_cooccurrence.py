"""Codes together: what counts as together, what shuffles keep, and when nothing can be said."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom
from test_saturation import Coded

from workbench.errors import InputError
from workbench.finding import Finding
from workbench.theory_testing.lenses.cooccurrence import cooccurrence
from workbench.theory_testing.lenses.shuffles import shuffle_documents, shuffle_passages

CODINGS = st.lists(
    st.tuples(
        st.sampled_from(["d1", "d2", "d3"]), st.sampled_from("ABCD"), st.integers(0, 30), st.integers(1, 12),
        st.sampled_from(["anna", "ben"]),
    ).map(lambda each: (each[0], each[1], each[2], each[2] + each[3], each[4])),
    max_size=25,
)  # fmt: skip
TALK = Coded([
    ("d1", "A", 0, 10, "anna"), ("d1", "A", 3, 12, "ben"), ("d1", "A", 12, 20, "anna"), ("d1", "B", 8, 14, "anna"),
    ("d1", "C", 14, 15, "anna"), ("d2", "A", 0, 5, "anna"), ("d2", "B", 5, 9, "anna"), ("d2", "B", 90, 95, "ben"),
    ("d3", "C", 0, 9, "ben"),
])  # fmt: skip


def pairs(finding: Finding, *columns: str) -> dict[str, list[float]]:
    rows = finding.table.to_dict(orient="records")
    return {row["code"] + row["other"]: [row[name] for name in columns] for row in rows}


def test_passages_that_share_a_character_meet_and_two_coders_on_one_place_count_once() -> None:
    finding = cooccurrence(TALK)
    assert pairs(finding, "n", "documents") == {"AB": [2, 1], "AC": [1, 1]}  # d2 only touches; B and C touch
    assert finding.trace(0) == tuple(f"{number:032x}" for number in range(4))
    # d1 has 4 passages, 3 meetings, two of A, one of B: 3 · 2·2·1 / (4·3) = 1. In d2 nothing meets.
    assert pairs(finding, "expected", "lift")["AB"] == [1, 2]


def test_by_document_a_pair_counts_once_a_transcript() -> None:
    finding = cooccurrence(TALK, level="document")
    assert pairs(finding, "n", "documents") == {"AB": [2, 2], "AC": [1, 1], "BC": [1, 1]}
    assert finding.trace(1) == tuple(f"{number:032x}" for number in (0, 1, 2, 4))
    assert set(finding.table["window"]) == {"one transcript"}


@settings(deadline=None)
@given(CODINGS)
def test_meetings_are_what_comparing_all_passages_by_hand_gives(said: list[tuple[str, str, int, int, str]]) -> None:
    passages = set()
    for document, code in {each[:2] for each in said}:
        mine = [each for each in said if each[:2] == (document, code)]
        inside = {place for each in mine for place in range(each[2], each[3])}
        goes_on = {place for each in mine for place in range(each[2], each[3] - 1)}  # the next character too
        begins = sorted(place for place in inside if place - 1 not in goes_on)
        ends = sorted(place + 1 for place in inside if place not in goes_on)
        passages |= {(document, code, *span) for span in zip(begins, ends, strict=True)}
    met: dict[str, int] = {}
    for one, other in combinations(sorted(passages), 2):
        if one[0] == other[0] and one[1] != other[1] and one[2] < other[3] and other[2] < one[3]:
            pair = "".join(sorted((one[1], other[1])))
            met[pair] = met.get(pair, 0) + 1
    found = pairs(cooccurrence(Coded(said), permutations=40), "n")
    assert {pair: n for pair, (n,) in found.items() if n} == met


@settings(deadline=None, max_examples=40)
@given(CODINGS, st.sampled_from(["segment", "document"]), st.data())
def test_the_order_of_rows_changes_nothing_and_names_only_turn_pairs_round(
    said: list[tuple[str, str, int, int, str]], level: str, data: st.DataObject
) -> None:
    mixed = cooccurrence(Coded(data.draw(st.permutations(said))), level=level, permutations=40)
    plain = cooccurrence(Coded(said), level=level, permutations=40)
    pd.testing.assert_frame_equal(mixed.table, plain.table)
    turned = [(each[0], {"A": "Z", "Z": "A"}.get(each[1], each[1]), *each[2:]) for each in said]
    round_ = pairs(cooccurrence(Coded(turned), level=level, permutations=40), "n", "documents")
    kept = {pair: counts for pair, counts in pairs(plain, "n", "documents").items() if counts[0]}
    assert {pair.replace("A", "Z"): counts for pair, counts in kept.items()} == {
        "".join(sorted(pair, key="ZBCD".index)): counts for pair, counts in round_.items() if counts[0]
    }
    for row in range(len(plain.table)):
        assert bool(plain.trace(row)) == bool(plain.table["n"][row])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=30), st.integers(0, 9))
def test_shuffled_passages_keep_how_many_of_each_code_each_document_has(
    places: list[tuple[int, int]], seed: int
) -> None:
    document, code = np.array(places).T
    for drawn in shuffle_passages(document, code, 40, np.random.default_rng(seed)):
        assert sorted(zip(document, drawn.tolist(), strict=True)) == sorted(zip(document, code, strict=True))


@settings(deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=2, max_size=8), st.integers(0, 9))
def test_shuffled_transcripts_keep_all_codes_and_all_transcripts_in_number(has: list[list[bool]], seed: int) -> None:
    table = np.array(has)
    for drawn in shuffle_documents(table, 40, np.random.default_rng(seed)):
        assert (drawn.sum(axis=0) == table.sum(axis=0)).all()
        assert (drawn.sum(axis=1) == table.sum(axis=1)).all()


def test_shuffled_transcripts_reach_every_table_with_the_same_sums_equally_often() -> None:
    has = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 1]], dtype=bool)
    drawn = [each.tobytes() for each in shuffle_documents(has, 5000, np.random.default_rng(1))]
    shares = np.unique(drawn, return_counts=True)[1] / len(drawn)
    every = [np.array(bits).reshape(3, 3) for bits in np.ndindex(*[2] * 9)]
    alike = [each for each in every if (each.sum(0) == has.sum(0)).all() and (each.sum(1) == has.sum(1)).all()]
    assert len(shares) == len(alike) == 5
    np.testing.assert_allclose(shares, 1 / 5, atol=0.03)


def test_where_transcripts_are_alike_in_length_the_band_is_the_hypergeometric_one() -> None:
    rng = np.random.default_rng(5)
    said = [(f"d{n:03}", f"C{code:02}", 0, 9, "anna") for n in range(200) for code in rng.permutation(40)[:20]]
    row = cooccurrence(Coded(said), level="document", permutations=400).table.loc[0]
    of_code = pd.DataFrame(said)[1].value_counts()
    law = hypergeom(200, of_code[row["code"]], of_code[row["other"]])
    assert row["expected"] == pytest.approx(law.mean(), rel=0.05)
    assert abs(row["low"] - law.ppf(0.025)) <= 2 and abs(row["high"] - law.ppf(0.975)) <= 2


def test_bands_hold_95_per_cent_of_codes_that_are_set_at_random_also_where_some_talk_is_long() -> None:
    rng, said = np.random.default_rng(3), []
    for n in range(60):
        for _ in range(30 if n % 3 else 150):
            start = int(rng.integers(0, 3000))
            said.append((f"d{n}", f"C{rng.integers(20):02}", start, start + 40, "anna"))
    for level in ("segment", "document"):
        finding = cooccurrence(Coded(said), level=level)
        outside = (finding.table["n"] > finding.table["high"]) | (finding.table["n"] < finding.table["low"])
        assert outside.sum() <= 0.09 * 190
        assert "lie outside on average" in finding.statements[0]


def test_what_stands_together_by_design_lies_above_its_band_and_is_told() -> None:
    said = [
        ("d1", code, place, place + 5, "anna") for place in range(0, 400, 10) for code in ("AB" if place % 20 else "CD")
    ]
    finding = cooccurrence(Coded(said))
    assert finding.table.set_index(["code", "other"]).loc[("A", "B"), "note"] == "more often than chance"
    assert finding.table.set_index(["code", "other"]).loc[("A", "C"), "note"] == "less often than chance"
    assert "A and B stand together 20 times" in " ".join(finding.statements)


def test_a_single_place_is_no_pattern_however_unlikely() -> None:
    said = [("d1", f"C{n:02}", 20 * n, 20 * n + 9, "anna") for n in range(50)]
    finding = cooccurrence(Coded([*said, ("d1", "X", 0, 9, "ben")]))
    assert finding.table[["code", "other", "n", "high"]].to_numpy().tolist() == [["C00", "X", 1, 0]]
    assert finding.table["note"][0].startswith("once") and "0 do so more often" in finding.statements[0]


def test_a_link_and_its_end_are_told_apart_and_what_no_shuffle_changes_too() -> None:
    finding = cooccurrence(Coded([("d1", "M01→A06", 0, 9, "anna"), ("d1", "A06", 0, 9, "anna")]))
    assert finding.table.loc[0, ["n", "low", "high"]].tolist() == [1, 1, 1]
    assert finding.table["note"][0] == (
        "no shuffle can change it: nothing can be said; one is an end of the other, a link"
    )


def test_too_little_to_compare_is_said() -> None:
    one = Coded([("d1", "A", 0, 9, "anna")])
    for talk, level, told in (
        (Coded([]), "segment", "No talk in a finished transcript"), (one, "segment", "only 1 code"),
        (Coded([*one.said, ("d1", "B", 0, 9, "ben")]), "document", "only 1 transcript"),
        (Coded(TALK.said, finished=set()), "document", "No talk in a finished transcript"),
    ):  # fmt: skip
        finding = cooccurrence(talk, level=level)
        assert finding.table.empty and told in finding.statements[0]
    with pytest.raises(InputError, match=r"'turn'(?s:.*)Known: segment, document(?s:.*)40 or more"):
        cooccurrence(one, level="turn", permutations=1)
