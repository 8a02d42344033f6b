"""What a released table must guarantee."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.disclosure import Rules, suppress, suppress_together, verify
from workbench.errors import InputError

RULES = Rules(threshold=10, rounding=5)


def line(counts: dict[str, tuple[int, int]], **more: object) -> pd.DataFrame:
    rows = [
        {"characteristic": "ethnicity", "group": name, "n": n, "total": total} for name, (n, total) in counts.items()
    ]
    table = pd.DataFrame(rows).assign(stage="referred", measure="share", **more)
    table["value"] = table["n"] / table["total"]
    return table


def with_all(counts: dict[str, tuple[int, int]]) -> pd.DataFrame:
    return line(counts | {"All": (sum(n for n, _ in counts.values()), sum(total for _, total in counts.values()))})


def test_a_small_count_is_withheld_and_the_smallest_other_with_it() -> None:
    safe = suppress(with_all({"White": (400, 1000), "Black": (80, 200), "Mixed": (3, 32)}), RULES)
    assert safe["status"].tolist() == ["shown", "withheld (secondary)", "withheld (primary)", "shown"]
    assert safe["n"].tolist() == [400, pd.NA, pd.NA, 485]
    assert safe.loc[1:2, ["n", "total", "value"]].isna().all(axis=None)
    assert safe["note"].tolist() == [
        "",
        "withheld: it would give back another withheld number by subtraction",
        "withheld: a count behind it is from 1 to 9",
        "",
    ]


def test_a_small_complement_is_as_telling_as_a_small_count() -> None:
    safe = suppress(with_all({"White": (400, 1000), "Black": (80, 200), "Mixed": (29, 32)}), RULES)
    assert safe["status"].tolist()[2] == "withheld (primary)"


def test_a_true_zero_is_shown_and_called_so() -> None:
    safe = suppress(with_all({"White": (400, 1000), "Black": (0, 200)}), RULES)
    assert safe[["n", "status"]].to_dict("records")[1] == {"n": 0, "status": "true zero"}


def test_shares_come_from_rounded_counts_so_that_no_rate_returns_the_numerator() -> None:
    safe = suppress(line({"White": (402, 1003), "Black": (13, 42)}), RULES)
    assert safe[["n", "total", "value"]].to_dict("records") == [
        {"n": 400, "total": 1005, "value": 400 / 1005},
        {"n": 15, "total": 40, "value": 15 / 40},
    ]


def test_gap_and_ratio_go_with_a_withheld_group_and_with_a_withheld_reference() -> None:
    shares = with_all({"White": (400, 1000), "Asian": (90, 210), "Black": (80, 200), "Mixed": (3, 32)})
    derived = [
        {"group": group, "reference": reference, "measure": measure, "n": n, "total": total, "value": 0.5}
        for group, reference, n, total in (
            ("Mixed", "White", 3, 32),
            ("Asian", "Mixed", 90, 210),
            ("Asian", "White", 90, 210),
        )
        for measure in ("gap", "ratio")
    ]
    table = pd.concat(
        [shares, pd.DataFrame(derived).assign(characteristic="ethnicity", stage="referred")], ignore_index=True
    )
    safe = suppress(table, RULES).iloc[5:]
    assert safe["status"].tolist() == ["withheld (primary)"] * 4 + ["shown"] * 2
    assert safe["value"].tolist()[4:] == [90 / 210 - 400 / 1000, pytest.approx((90 / 210) / (400 / 1000))]


def test_what_one_stage_withholds_the_next_stage_does_not_give_back_as_its_total() -> None:
    offered = line({"White": (400, 1000), "Black": (80, 200), "Mixed": (29, 32)})
    accepted = line({"White": (300, 400), "Black": (60, 80), "Mixed": (14, 29)}).assign(stage="accepted")
    safe = suppress(pd.concat([offered, accepted], ignore_index=True), RULES)
    mixed = safe[safe["group"] == "Mixed"]
    assert mixed["total"].isna().tolist() == [True, True]


def test_a_second_table_of_the_same_people_does_not_restore_the_cell() -> None:
    # The probe that defeats primary suppression: 32 in one table, 18 and 14 in another.
    tables = {
        "whole": line({"White": (400, 1000), "Black": (80, 200), "Mixed": (18, 32)}),
        "later": line({"White": (300, 1000), "Black": (60, 200), "Mixed": (15, 32)}),
    }
    alone = {name: suppress(table, RULES) for name, table in tables.items()}
    assert [alone[name]["status"].tolist()[2] for name in tables] == ["shown", "shown"]
    together = suppress_together(tables, RULES)
    assert [together[name]["status"].tolist()[2].startswith("withheld") for name in tables] == [True, True]


def test_one_force_and_all_forces_do_not_leave_a_small_rest() -> None:
    everywhere = line({"White": (400, 1000), "Black": (80, 200), "Asian": (90, 180)}).assign(force=None)
    one = line({"White": (200, 500), "Black": (76, 150), "Asian": (40, 80)}).assign(force="force-a")
    safe = suppress_together({"everywhere": everywhere, "one": one}, RULES)["one"]
    assert safe["status"].tolist()[1].startswith("withheld")


def test_worst_cases_go_with_the_withheld_not_stated_they_rest_on() -> None:
    shares = with_all({"White": (400, 1000), "Black": (80, 200), "Asian": (50, 100), "Not stated": (4, 30)})
    bounds = pd.DataFrame(
        [{"group": "Black", "reference": "White", "measure": "ratio", "n": 80, "total": 200, "value": 1.0,
          "low": 0.9, "high": 1.1, "rests_on": "Not stated", "characteristic": "ethnicity", "stage": "referred"}]
    )  # fmt: skip
    safe = suppress(pd.concat([shares, bounds], ignore_index=True), RULES)
    assert safe["status"].tolist()[-1] == "withheld (primary)"


def test_other_numbers_of_a_withheld_row_go_too_and_repeated_counts_are_rounded() -> None:
    table = with_all({"White": (402, 1003), "Black": (80, 200), "Mixed": (3, 32)}).assign(
        again=lambda each: each["total"] * 1.0
    )
    assert suppress(table, RULES)["again"].fillna(-1).tolist() == [1005, -1, -1, 1235]


def test_a_table_without_counts_is_returned_as_it_is() -> None:
    table = pd.DataFrame({"node": ["M01"], "value": [0.3]})
    pd.testing.assert_frame_equal(suppress(table, RULES), table)


def test_an_earlier_status_stays_unless_the_row_is_withheld() -> None:
    table = line({"White": (400, 1000), "Black": (3, 200), "Asian": (50, 100)}, status="not observable")
    assert suppress(table, RULES)["status"].tolist() == ["not observable", "withheld (primary)", "withheld (secondary)"]


def test_rules_that_protect_nobody_are_refused_all_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Rules(threshold=1, rounding=9, quote_group=1)
    assert len(caught.value.problems) == 3


groups = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6)


@settings(max_examples=40, deadline=None)
@given(groups)
def test_law_no_withheld_count_can_be_had_by_subtraction_from_the_totals(pairs: list[tuple[int, int]]) -> None:
    table = with_all({f"G{at}": (n, n + rest) for at, (n, rest) in enumerate(pairs)})
    safe = suppress(table, RULES)
    shown = ~safe["status"].str.startswith("withheld")
    if not shown.iloc[-1]:
        return  # the total is withheld too: there is nothing to subtract from
    for counts in (table["n"], table["total"], table["total"] - table["n"]):
        # The attacker is even given the exact numbers of what is shown.
        known = counts.astype("Int64").where(shown)
        # A true zero of a withheld row cannot be hidden from somebody who knows that it is zero; it counts as withheld.
        attacked = verify(
            pd.DataFrame({"n": known, "status": safe["status"]}), [(range(len(pairs)), int(counts.iloc[-1]))]
        )
        bounds = zip(attacked["row"], attacked["low"], attacked["high"], strict=True)
        assert all(low < high for row, low, high in bounds if counts.iloc[row] > 0)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=2, max_size=5))
def test_law_small_steps_of_a_funnel_keep_as_many_candidates_as_the_threshold(drops: list[list[int]]) -> None:
    levels = [list(np.cumsum(row[::-1])[::-1]) for row in drops]  # nested: each stage holds the next
    levels.append([int(sum(column)) for column in zip(*levels, strict=True)])
    names = [f"G{at}" for at in range(len(drops))] + ["All"]
    rows = [
        {"characteristic": "ethnicity", "group": name, "stage": f"stage {at}", "n": int(after), "total": int(before)}
        for name, counts in zip(names, levels, strict=True)
        for at, (before, after) in enumerate(pairwise(counts))
    ]
    safe = suppress(pd.DataFrame(rows), RULES)
    for row, status in zip(rows, safe["status"], strict=True):
        if not status.startswith("withheld"):
            assert not any(RULES.is_small(count) for count in (row["n"], row["total"], row["total"] - row["n"]))
    for name in names:
        shown = [
            row
            for row, status in zip(rows, safe["status"], strict=True)
            if row["group"] == name and "with" not in status
        ]
        counts = sorted({row[kind] for row in shown for kind in ("n", "total")})
        assert not any(RULES.is_small(high - low) for low, high in pairwise(counts))
