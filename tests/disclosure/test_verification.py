"""The attacker: what can be known of a withheld count."""

from math import inf

import pandas as pd
import pytest

from workbench.disclosure import Rules, suppress, verify
from workbench.errors import InputError

# Stops by group (rows) and result (columns), laid out row by row: 3 of 32 is the cell to protect.
CELLS = {"Mixed": (3, 29), "Black": (44, 120), "White": (240, 650)}


def layout(hidden: set[int]) -> pd.DataFrame:
    flat = [count for row in CELLS.values() for count in row]
    known = [None if at in hidden else count for at, count in enumerate(flat)]
    return pd.DataFrame({"n": pd.array(known, dtype="Int64"), "status": "withheld (primary)"})


ROWS = [((0, 1), 32), ((2, 3), 164), ((4, 5), 890)]
COLUMNS = [((0, 2, 4), 287), ((1, 3, 5), 799)]


def test_primary_suppression_with_true_margins_gives_the_cell_away() -> None:
    found = verify(layout({0}), [*ROWS, *COLUMNS]).to_dict("records")
    assert found == [{"row": 0, "low": 3, "high": 3, "width": 0, "status": "fail", "note": "it is 3 exactly"}]


def test_one_published_row_total_is_enough() -> None:
    assert verify(layout({0}), [ROWS[0]])["note"].tolist() == ["it is 3 exactly"]


def test_a_secondary_rectangle_leaves_everything_from_none_to_the_row_total() -> None:
    found = verify(layout({0, 1, 2, 3}), [*ROWS, *COLUMNS])
    assert found.loc[0, ["low", "high", "status"]].tolist() == [0, 32, "pass"]


def test_an_attacker_who_knows_the_rule_is_left_with_zero_to_nine() -> None:
    table = layout({0, 1, 2, 3}).assign(status=["withheld (primary)", *["withheld (secondary)"] * 5])
    found = verify(table, [*ROWS, *COLUMNS], knows_rule=True)
    assert found.loc[0, ["low", "high", "status"]].tolist() == [0, 9, "fail" if Rules().threshold > 11 else "pass"]


def test_rounding_cells_and_totals_by_themselves_leaves_two_candidates() -> None:
    table = pd.DataFrame({"n": [5, 30]})
    found = verify(table, [((0, 1), 30)], rounded=True, cells=[0]).to_dict("records")[0]
    assert (found["low"], found["high"], found["status"]) == (3, 4, "fail")


def test_without_a_published_total_a_count_is_open_above() -> None:
    assert verify(layout({0}), [])[["low", "high", "status"]].to_numpy().tolist() == [[0, inf, "pass"]]


def test_a_shown_total_bounds_a_withheld_count() -> None:
    table = pd.DataFrame({"n": pd.array([None, None], "Int64"), "total": [6, 40]})
    assert verify(table, [((0, 1), 20)])[["low", "high"]].to_numpy().tolist() == [[0, 6], [14, 20]]


def test_what_suppress_lets_out_passes_the_attack() -> None:
    table = pd.DataFrame({"group": list(CELLS), "n": [3, 44, 240], "total": [32, 164, 890]})
    safe = suppress(table, Rules(rounding=1))
    assert verify(safe, [(range(3), 287)])["status"].tolist() == ["pass", "pass"]


def test_numbers_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(InputError, match="contradict each other"):
        verify(pd.DataFrame({"n": pd.array([None, 50], "Int64")}), [((0, 1), 20)])


def test_a_margin_of_rows_that_do_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="a margin names row 7; the table has rows 0 to 5"):
        verify(layout({0}), [((0, 7), 20)])
