"""Saturation after Guest, Namey and Chen (2020): their example, its rules, and what may not change the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.coding import Store
from workbench.corpus.span import Span
from workbench.errors import InputError
from workbench.theory_testing.lenses.saturation import new_information, saturation


@dataclass
class Coded:
    """Talk of one person a transcript, coded: (document, code, start, end, coder) a coding."""

    said: Sequence[tuple[str, str, int, int, str]]
    documents: Iterable[str] = ()
    finished: set[str] | None = None
    scheme_of: dict[str, str] = field(default_factory=dict)
    stance: str | None = None
    role: str = "officer"

    def turns(self) -> pd.DataFrame:
        names = sorted({each[0] for each in self.said} | set(self.documents))
        rows = [(name, f"{name}:P", self.role, self.scheme_of.get(name, "sea"), 1, 0, 1000) for name in names]
        return pd.DataFrame(rows, columns=["document", "person", "role", "scheme", "turn", "start", "end"])

    def codings(self) -> pd.DataFrame:
        rows = pd.DataFrame(list(self.said), columns=["document", "code", "start", "end", "coder"])
        ids = [f"{number:032x}" for number in range(len(rows))]
        kept = rows.assign(id=ids, turn=1, stance=self.stance, origin="human", quote="words", at="2024-01-01")
        kept = kept.astype({"stance": "object", "document": "str", "code": "str"})
        return kept.merge(self.turns()[["document", "person", "role", "scheme"]], on="document")

    def read_by(self) -> pd.DataFrame:
        names = self.turns()["document"] if self.finished is None else sorted(self.finished)
        return pd.DataFrame({"coder": "anna", "document": names}, dtype="object")

    def fingerprint(self) -> str:
        return "fictional"


def of(interviews: Sequence[Iterable[str]], **more: object) -> Coded:
    said = [(f"d{n:02}", code, 0, 9, "anna") for n, codes in enumerate(interviews) for code in codes]
    return Coded(said, [f"d{n:02}" for n in range(len(interviews))], **more)  # type: ignore[arg-type]


def themes(*counts: int) -> list[set[str]]:
    """Interviews that each bring so many new themes, and repeat the first one."""
    return [{"T0.0"} | {f"T{n}.{i}" for i in range(count)} for n, count in enumerate(counts)]


def test_the_example_of_the_paper_gives_19_per_cent() -> None:
    paper = themes(20, 9, 5, 3, 4, 3)
    assert len(set.union(*paper[:4])) == 37
    assert new_information(paper, base=4, run=2) == [pytest.approx(7 / 37)]
    assert round(7 / 37, 2) == 0.19


def test_runs_overlap_and_each_is_measured_against_the_base_alone() -> None:
    assert new_information(themes(2, 2, 1, 0, 3), base=2, run=2) == [1 / 4, 3 / 4]
    assert new_information(themes(4, 1, 1, 0), base=1, run=2) == [2 / 4, 1 / 4]
    assert new_information(themes(4, 1), base=4, run=2) == []
    assert np.isnan(new_information([set(), {"a"}, {"b"}], base=1, run=2)).all()


@settings(deadline=None)
@given(st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=2, max_size=7), st.integers(1, 3), st.integers(1, 3))
def test_new_information_is_what_counting_by_hand_gives(codes: list[frozenset[str]], base: int, run: int) -> None:
    found = new_information(codes, base=base, run=run)
    measure = len(frozenset().union(*codes[:base]))
    by_hand = []
    for end in range(base + run, len(codes) + 1):
        known, after = (len(frozenset().union(*codes[:stop])) for stop in (end - run, end))
        by_hand.append((after - known) / measure if measure else np.nan)
    np.testing.assert_array_equal(found, by_hand)


def test_the_median_over_shuffles_is_that_over_all_orders() -> None:
    interviews = [{"a"}, {"a", "b"}, {"a", "b", "c"}, {"a"}, {"a"}]
    after = []
    for order in permutations(interviews):
        met = [n for n, share in enumerate(new_information(order, base=2, run=1)) if share <= 0.05]
        after.append(met[0] + 3 if met else np.inf)
    row = saturation(of(interviews), base=2, run=1, orders=4000).table.loc[0]
    assert row["value"] == np.median(after)
    assert row["share_reached"] == pytest.approx(np.mean(np.isfinite(after)), abs=0.03)
    last = np.mean([new_information(order, base=2, run=1)[-1] for order in permutations(interviews)])
    assert row["new_information"] == pytest.approx(last, abs=0.03)


def test_each_group_has_its_state_and_says_why_it_has_no_number() -> None:
    interviews = [*[{"a", "b"}] * 8, *[{f"c{n}"} for n in range(8)], *[{"a"}] * 3, *[set()] * 6]
    schemes = ["sea"] * 8 + ["hill"] * 8 + ["few"] * 3 + ["mute"] * 6
    finding = saturation(of(interviews, scheme_of={f"d{n:02}": name for n, name in enumerate(schemes)}))
    table = finding.table.set_index("scheme")
    assert table["status"].to_dict() == {
        "sea": "reached", "hill": "not reached", "few": "too few interviews", "mute": "not reached",
    }  # fmt: skip
    assert table.loc["sea", ["n", "value", "low", "high", "new_information"]].tolist() == [8, 6, 6, 6, 0]
    assert table.loc["sea", "share_seen"] == 1
    assert table.loc["hill", "new_information"] == 0.5
    assert table.loc["hill", ["value", "low", "high"]].isna().all()
    assert "met in 0% of the orders" in table.loc["hill", "note"]
    assert "3 interviews short" in table.loc["few", "note"]
    assert "nothing is coded" in table.loc["mute", "note"]
    assert any("not of meaning" in note for note in finding.notes)


@settings(deadline=None)
@given(st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=4, max_size=9), st.data())
def test_neither_more_quotes_of_a_person_nor_the_order_of_rows_change_it(
    interviews: list[frozenset[str]], data: st.DataObject
) -> None:
    coded = of(interviews)
    again = data.draw(st.lists(st.sampled_from(list(coded.said)), max_size=6)) if coded.said else []
    more = [(document, code, start + 10, end + 10, "ben") for document, code, start, end, _ in again]
    mixed = data.draw(st.permutations([*coded.said, *more]))
    before, after = (saturation(each, base=2, run=1, orders=40) for each in (coded, Coded(mixed, coded.documents)))
    pd.testing.assert_frame_equal(before.table, after.table)
    assert sum(len(after.trace(row)) for row in range(len(after.table))) == len(mixed)


def test_a_poor_run_before_most_codes_have_come_is_told() -> None:
    late = [{"a"}] * 12 + [{"a", *(f"l{n}" for n in range(9))}]
    row = saturation(of(late)).table.loc[0]
    assert row[["status", "value", "share_seen"]].tolist() == ["reached", 6, 0.1]


def test_unfinished_transcripts_silences_and_interviewers_do_not_count(store: Store) -> None:
    assert saturation(store).table.empty
    assert "nothing can be said" in saturation(store).statements[0]
    for document, start in (("wm-officer-01", 22), ("wm-officer-01", 5), ("wm-user-01", 15)):
        store.code(Span(document, start, start + 5), f"C{start}", coder="anna")
    store.read("wm-officer-01", coder="anna")
    finding = saturation(store, base=1, run=1)
    assert finding.table[["group", "n", "codes"]].to_numpy().tolist() == [["officer, west-midlands", 1, 1]]
    assert finding.trace(0) == tuple(store.codings().query("code == 'C22'")["id"])
    assert saturation(of([{"a"}] * 3, stance="silent")).table["codes"].tolist() == [0]


def test_numbers_out_of_range_are_all_told_at_once() -> None:
    with pytest.raises(InputError) as told:
        saturation(of([{"a"}]), base=0, run=0, threshold=5, orders=1)
    assert len(told.value.problems) == 4
    assert "0.05 is 5 %" in str(told.value)
