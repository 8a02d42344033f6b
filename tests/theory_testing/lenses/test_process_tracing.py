"""Clues and belief: published numbers, laws of Bayes over ranges, and what counts for nothing."""

import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.theory import Theory, read_theory
from workbench.theory_testing.lenses.clues import read_clues
from workbench.theory_testing.lenses.probative import (
    KINDS,
    Judged,
    decibels,
    expected_learning,
    together,
    total_weight,
    update,
    van_evera,
)
from workbench.theory_testing.lenses.tracing import trace_process

THEORY = """\
title: Tiny
version: "1"
date: 2026-01-01
status: Invented for a test.
nodes:
  - {id: A1, type: activity, name: Course, definition: d}
  - {id: M1, type: mechanism, name: Thinking, definition: d}
  - {id: O1, type: outcome, name: Less use, definition: d}
links:
  - {from: A1, to: M1, type: triggers, breaks: b}
  - {from: M1, to: O1, type: yields, breaks: b}
"""
ANA = "{by: Ana, date: 2026-01-02, if_true: [0.6, 0.8], if_false: [0.1, 0.2]}"
BEN = "{by: Ben, date: 2026-01-02, if_true: [0.5, 0.7], if_false: [0.1, 0.3]}"


@pytest.fixture
def theory(tmp_path: Path) -> Theory:
    (tmp_path / "theory.yaml").write_text(THEORY, encoding="utf-8")
    return read_theory(tmp_path / "theory.yaml")


def clues_of(theory: Theory, *clues: str):  # type: ignore[no-untyped-def]
    path = theory.path.with_name("tracing.yaml")
    path.write_text("clues:\n" + "".join(f"  - {clue}\n" for clue in clues), encoding="utf-8")
    return read_clues(path, theory)


def clue(name: str, analysts: str = f"[{ANA}, {BEN}]", more: str = "found: 'yes'", link: str = "A1→M1") -> str:
    return f"{{id: {name}, link: {link}, clue: c, {more}, analysts: {analysts}}}"


# Humphreys & Jacobs (2023), Integrated Inferences, ch. 5.


def test_a_smoking_gun_of_0_4_and_0_05_has_a_log10_ratio_of_0_90() -> None:
    assert van_evera(0.4, 0.05) == "smoking gun"
    assert decibels(0.4, 0.05) / 10 == pytest.approx(0.90, abs=0.005)


def test_a_failed_hoop_takes_0_74_down_to_0_26() -> None:
    assert van_evera(0.95, 0.6) == "hoop"
    assert update(0.74, [Judged((0.95, 0.95), (0.6, 0.6), found=False)]).value == pytest.approx(0.26, abs=0.005)


def test_the_same_ratio_teaches_95_or_5_per_cent() -> None:
    assert decibels(0.99, 0.01) == pytest.approx(decibels(0.099, 0.001))
    assert expected_learning(0.5, 0.99, 0.01) == pytest.approx(0.96, abs=0.011)
    assert expected_learning(0.5, 0.099, 0.001) == pytest.approx(0.05, abs=0.005)


def test_of_an_uncertain_kind_of_test_probabilities_are_averaged_not_beliefs() -> None:
    hoop, gun = Judged((1, 1), (0.5, 0.5)), Judged((0.5, 0.5), (0, 0))
    beliefs = [update(0.5, [one]).value for one in (hoop, gun)]
    assert sum(one for one in beliefs if one is not None) / 2 == pytest.approx(5 / 6)
    assert update(0.5, [together([hoop, gun])]).value == pytest.approx(3 / 4)


def test_the_four_kinds_and_their_mirror() -> None:
    corners = {(0.95, 0.05): "doubly decisive", (0.95, 0.6): "hoop", (0.4, 0.05): "smoking gun", (0.55, 0.45): KINDS[0]}
    assert {corner: van_evera(*corner) for corner in corners} == corners
    assert {corner: van_evera(*reversed(corner)) for corner in corners} == corners


share = st.floats(0.01, 0.99)
ranges = st.tuples(share, share).map(lambda pair: (min(pair), max(pair)))
judgements = st.builds(Judged, ranges, ranges, st.booleans())


@settings(deadline=None)
@given(share, st.lists(judgements, min_size=1, max_size=5))
def test_order_does_not_matter_decibels_add_and_the_range_holds_the_middle(prior: float, clues: list[Judged]) -> None:
    once, again = update(prior, clues), update(prior, clues[::-1])
    assert once.value == pytest.approx(again.value)
    assert once.low <= once.value + 1e-12 and once.value <= once.high + 1e-12  # type: ignore[operator]
    added = [sum(weights) for weights in zip(*(total_weight([one]) for one in clues), strict=True)]
    assert total_weight(clues) == pytest.approx(tuple(added))
    step = prior
    for one in clues:
        step = update(step, [one]).low  # type: ignore[assignment]
    assert step == pytest.approx(once.low)


@settings(deadline=None)
@given(share, judgements, share)
def test_a_wider_range_gives_a_wider_answer(prior: float, one: Judged, more: float) -> None:
    wide = one._replace(if_true=(min(one.if_true[0], more), max(one.if_true[1], more)))
    narrow, wider = update(prior, [one]), update(prior, [wide])
    assert wider.low <= narrow.low + 1e-12 and narrow.high <= wider.high + 1e-12  # type: ignore[operator]


def test_what_is_impossible_both_ways_or_settled_both_ways_has_no_number() -> None:
    assert "impossible" in str(update(0.5, [Judged((0, 0), (0, 0))]).undefined_because)
    both = [Judged((0.5, 0.5), (0, 0)), Judged((0, 0), (0.5, 0.5))]
    assert "settles it for the link and another against" in str(update(0.5, both).undefined_because)
    assert update(0.5, both[:1]).value == 1
    assert math.isinf(decibels(0.5, 0))
    for wrong in (0, 1, 1.2):
        with pytest.raises(InputError, match="prior is"):
            update(wrong, [])
    with pytest.raises(InputError, match=r"not 1\.2"):
        van_evera(1.2, 0.1)


def test_one_row_for_all_then_one_an_analyst_and_the_widest_range_for_all(theory: Theory) -> None:
    table = trace_process(clues_of(theory, clue("C1")), theory).table
    assert table["coder"].tolist() == ["all", "Ana", "Ben"]
    every, ana, ben = table.to_dict(orient="records")
    assert (every["low"], every["high"]) == (min(ana["low"], ben["low"]), max(ana["high"], ben["high"]))
    assert ana["low"] == pytest.approx(0.6 / (0.6 + 0.2))
    assert ana["high"] == pytest.approx(0.8 / (0.8 + 0.1))
    assert ana["decibels_low"] == pytest.approx(10 * math.log10(3))


def test_one_analyst_is_not_enough_and_nobody_looked_is_no_absence(theory: Theory) -> None:
    found = trace_process(clues_of(theory, clue("C1", f"[{ANA}]"), clue("C2", more="found: not looked")), theory)
    [row] = found.table.to_dict(orient="records")
    assert (row["n"], row["total"], row["value"] == row["value"]) == (0, 2, False)
    assert "C1 has 1 analyst of the 2 that are needed" in row["note"]
    assert "C2 was not looked for" in row["note"]
    assert found.statements[0].startswith("A1→M1 (Course → Thinking): not computed")


def test_of_one_dependence_group_only_the_strongest_clue_counts(theory: Theory) -> None:
    weak = "[{by: Ana, date: 2026-01-02, if_true: [0.5, 0.6], if_false: [0.4, 0.5]}, " + BEN.replace("0.7", "0.6") + "]"
    strong, weaker = clue("C1", more="found: 'yes', group: one"), clue("C2", weak, more="found: 'yes', group: one")
    alone = trace_process(clues_of(theory, clue("C1")), theory).table
    both = trace_process(clues_of(theory, weaker, strong), theory).table
    assert both["value"].tolist() == alone["value"].tolist()
    assert "C2 is of one dependence group with C1, the stronger, which alone counts" in both["note"][0]
    assert "(one)" not in both["note"][0]  # its name may be that of a transcript, and the note leaves the study


def test_a_clue_that_was_not_found_counts_the_other_way(theory: Theory) -> None:
    value = {found: trace_process(clues_of(theory, clue("C1", more=f"found: '{found}'")), theory).table["value"][0]
             for found in ("yes", "no")}  # fmt: skip
    assert value["yes"] > 0.5 > value["no"]


class Dated:
    """Stands in for a store: two codings, the first made on 5 January; the clue sealed on the 4th or not."""

    def __init__(self, sealed: str = "", first: str = "2026-01-05T10:00:00Z") -> None:
        import pandas as pd

        self._codings = pd.DataFrame({"id": ["c1", "c2"], "document": ["d1", "d2"], "at": [first, first]})
        self._acts = pd.DataFrame({"id": ["c1", "c2"], "target": [None, None], "at": [first, first]})
        rows = [("C1", sealed, "2026-01-04T10:00:00Z")] if sealed else []
        self._registered = pd.DataFrame(rows, columns=["element", "sha256", "at"])

    def codings(self):  # type: ignore[no-untyped-def]
        return self._codings

    def acts(self):  # type: ignore[no-untyped-def]
        return self._acts

    def registered(self):  # type: ignore[no-untyped-def]
        return self._registered

    def fingerprint(self) -> str:
        return "0"


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("2026-01-05T10:00:00Z", ""), ("2026-01-02T10:00:00Z", "given on the day on which"),
        ("2026-01-01T10:00:00Z", "given after the segment was coded: C1 by Ana, C1 by Ben"),
    ],
)  # fmt: skip
def test_ranges_that_were_given_after_the_segment_was_coded_are_told(theory: Theory, first: str, said: str) -> None:
    clues = clues_of(theory, clue("C1", more="found: 'yes', codings: [c1]"))
    note = trace_process(clues, theory, Dated(first=first)).table["note"][0]
    assert said in note
    assert bool(said) == ("given" in note)


def test_a_clue_that_changed_after_sealing_and_a_coding_that_is_gone_are_told(theory: Theory) -> None:
    clues = clues_of(theory, clue("C1", more="found: 'yes', codings: [c1, c9]"))
    kept = trace_process(clues, theory, Dated(clues.clues["C1"].sealed))
    assert "1 were sealed in the store" in kept.notes[-1]
    assert "no longer in force: coding c9 of C1" in kept.table["note"][0]
    assert kept.trace(0) == ("c1", "c9")
    assert "changed since it was sealed: C1" in trace_process(clues, theory, Dated("otherwise")).table["note"][0]


def test_two_clues_of_one_transcript_in_different_groups_are_told(theory: Theory) -> None:
    clues = [clue(name, more="found: 'yes', codings: [c1]") for name in ("C1", "C2")]
    note = trace_process(clues_of(theory, *clues), theory, Dated()).table["note"][0]
    assert "in the same transcript, yet of different dependence groups: C1 and C2" in note


def test_a_date_is_a_date(theory: Theory) -> None:
    assert clues_of(theory, clue("C1")).clues["C1"].analysts[0].date == date(2026, 1, 2)
