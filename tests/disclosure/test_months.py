"""Months of a fidelity table: what is withheld must not follow from the whole period less the other months."""

from time import perf_counter

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.disclosure import Rules, suppress, verify

EXACT = Rules(threshold=10, rounding=1)
Pairs = list[tuple[int, int]]


def monthly(months: Pairs, component: str = "DU-08") -> pd.DataFrame:
    """Return the row of the whole period, then one row a month, with n and total."""
    whole = (sum(n for n, _ in months), sum(total for _, total in months))
    rows = [
        {
            "component": component,
            "scheme": "durham",
            "period": period,
            "n": n,
            "total": total,
            "value": n / (total or 1),
        }
        for period, (n, total) in [("all", whole), *((f"2022-{at:02}", pair) for at, pair in enumerate(months, 1))]
    ]
    return pd.DataFrame(rows).assign(status="observed", method="wilson")


def withheld(table: pd.DataFrame) -> list[str]:
    return table.loc[table["status"].str.startswith("withheld"), "period"].tolist()


def test_a_lone_withheld_month_takes_a_second_one_with_it() -> None:
    safe = suppress(monthly([(40, 60), (6, 6), (35, 70), (20, 55)]), EXACT)
    assert safe["status"].tolist() == [
        "observed",
        "observed",
        "withheld (primary)",
        "observed",
        "withheld (secondary)",
    ]
    assert safe["n"].tolist() == [101, 40, pd.NA, 35, pd.NA]


def test_a_month_in_which_few_were_missed_is_not_had_by_subtraction_either() -> None:
    months = [(40, 60), (57, 58), (35, 70), (48, 55), (22, 80)]
    table = monthly(months)
    safe = suppress(table, EXACT)
    hidden = [row for row, status in enumerate(safe["status"]) if status.startswith("withheld")]
    missed = table["total"] - table["n"]
    assert 2 in hidden
    # All cases missed in the hidden months together: any of them could be those of the month with one.
    assert missed.iloc[0] - missed.drop([0, *hidden]).sum() >= EXACT.threshold - 1


def test_a_large_rest_in_no_month_is_no_secret_and_a_small_one_is() -> None:
    table = monthly([(40, 60), (30, 70), (22, 80), (35, 90)])
    assert withheld(suppress(table.drop(index=4), EXACT)) == []
    few_cases, few_missed = monthly([(40, 60), (30, 70), (6, 17)]), monthly([(40, 60), (30, 70), (50, 53)])
    assert withheld(suppress(few_cases.drop(index=3), EXACT)) == ["2022-02"]
    assert withheld(suppress(few_missed.drop(index=3), EXACT)) != []


def test_rows_without_a_period_are_no_month() -> None:
    table = monthly([(40, 60), (30, 70)])
    stray = table.iloc[[0]].assign(period=None, n=5, total=50)
    safe = suppress(pd.concat([table, stray], ignore_index=True), EXACT)
    assert safe["status"].tolist() == ["observed", "observed", "observed", "withheld (primary)"]


def test_a_table_of_the_usual_size_takes_no_time() -> None:
    random = np.random.default_rng(5)
    parts = []
    for at in range(15):
        totals = random.integers(0, int(random.choice([12, 60, 200])), size=18)
        parts.append(monthly([(int(random.integers(0, t + 1)), int(t)) for t in totals], f"DU-{at:02}"))
    started = perf_counter()
    suppress(pd.concat(parts, ignore_index=True), Rules())
    assert perf_counter() - started < 5


pairs = st.integers(0, 70).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@settings(max_examples=30, deadline=None)
@given(st.lists(pairs, min_size=2, max_size=8))
def test_law_no_withheld_month_can_be_had_from_the_whole_and_the_other_months(months: Pairs) -> None:
    table = monthly(months)
    safe = suppress(table, EXACT)
    if safe["n"].isna().iloc[0]:
        return  # the whole is withheld too: there is nothing to subtract from
    shown = safe["n"].notna().to_numpy()
    for counts in (table["n"], table["total"], table["total"] - table["n"]):
        known = counts.astype("Int64").where(shown)[1:]
        attacked = verify(pd.DataFrame({"n": known}), [(range(len(months)), int(counts.iloc[0]))], rules=EXACT)
        for row, low, high in zip(attacked["row"], attacked["low"], attacked["high"], strict=True):
            count = counts.iloc[row + 1]
            needed = EXACT.threshold if EXACT.is_small(count) else 2
            assert count == 0 or high - low + 1 >= needed
