"""Laws of QCA, and a second implementation by brute force: the same table, the same shortest expressions."""

from itertools import combinations, product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.theory_testing.lenses.qca import calibrate, minimise, necessity, truth_table
from workbench.theory_testing.lenses.qca.fit import sufficiency
from workbench.theory_testing.lenses.qca.minimise import covers, prime_implicants

NAMES = ("trained", "staffed", "supervised")
degrees = st.integers(0, 100).map(lambda percent: percent / 100)


@st.composite
def configurations(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Sufficient configurations and remainders, of up to four conditions."""
    every = ["".join(digits) for digits in product("01", repeat=draw(st.integers(1, 4)))]
    kinds = draw(st.lists(st.sampled_from("+-?"), min_size=len(every), max_size=len(every)))
    return tuple([row for row, kind in zip(every, kinds, strict=True) if kind == wanted] for wanted in "+?")  # type: ignore[return-value]


@st.composite
def areas(draw: st.DrawFn, fewest: int = 10) -> pd.DataFrame:
    """Areas with memberships that vary in every column."""
    number = draw(st.integers(fewest, fewest + 6))
    columns = {"area": [f"area {n}" for n in range(number)]}
    for name in (*NAMES, "engaged"):
        varied = st.lists(degrees, min_size=number, max_size=number).filter(lambda values: len(set(values)) > 1)
        columns[name] = draw(varied)
    return pd.DataFrame(columns)


def brute_primes(rows: set[str]) -> set[str]:
    length = len(next(iter(rows), ""))
    terms = ["".join(term) for term in product("01-", repeat=length)]
    every = ["".join(digits) for digits in product("01", repeat=length)]
    names = {term: {row for row in every if covers(term, row)} for term in terms}
    good = [term for term in terms if names[term] and names[term] <= rows]
    return {term for term in good if not any(names[term] < names[other] for other in good)}


def brute_models(sufficient: list[str], primes: list[str]) -> set[frozenset[str]]:
    for size in range(len(primes) + 1):
        found = {
            frozenset(chosen)
            for chosen in combinations(primes, size)
            if all(any(covers(term, row) for term in chosen) for row in sufficient)
        }
        if found:
            return found
    return set()


@given(configurations())
@settings(deadline=None, max_examples=150)
def test_an_expression_says_yes_to_all_that_is_sufficient_and_no_to_all_that_is_not(
    given_rows: tuple[list[str], list[str]],
) -> None:
    sufficient, remainders = given_rows
    every = ["".join(digits) for digits in product("01", repeat=len((sufficient + remainders or ["0"])[0]))]
    for model in minimise(sufficient, remainders).models:
        for row in every:
            yes = any(covers(term, row) for term in model)
            assert yes or row not in sufficient
            assert not yes or row in sufficient or row in remainders


@given(configurations())
@settings(deadline=None, max_examples=150)
def test_primes_and_models_are_those_that_brute_force_finds(given_rows: tuple[list[str], list[str]]) -> None:
    sufficient, remainders = given_rows
    allowed = {*sufficient, *remainders}
    assert set(prime_implicants(allowed)) == (brute_primes(allowed) if allowed else set())
    found = minimise(sufficient, remainders, most=200)
    assert all(any(covers(prime, row) for row in sufficient) for prime in found.primes)
    models = {frozenset(model) for model in found.models}
    assert len(models) == len(found.models)
    assert models == (brute_models(sufficient, list(found.primes)) if sufficient else set())


def naive_table(cases: pd.DataFrame, outcome: str) -> dict[str, tuple[int, float, float]]:
    """Return n, consistency and PRI of every configuration that a case lies in, case by case."""
    found = {}
    for digits in product("10", repeat=len(NAMES)):
        n, total, both, either = 0, 0.0, 0.0, 0.0
        for _, case in cases.iterrows():
            x = min(case[name] if digit == "1" else 1 - case[name] for name, digit in zip(NAMES, digits, strict=True))
            n += x > 0.5
            total += x
            both += min(x, case[outcome])
            either += min(x, case[outcome], 1 - case[outcome])
        if n:
            found["".join(digits)] = (n, both / total, (both - either) / (total - either))
    return found


@given(areas())
@settings(deadline=None, max_examples=60)
def test_the_table_is_the_one_that_counting_case_by_case_gives(cases: pd.DataFrame) -> None:
    table = truth_table(cases, "engaged", NAMES).table.set_index("row")
    naive = naive_table(cases, "engaged")
    assert set(table.index) == set(naive)
    for row, (n, consistency, pri) in naive.items():
        assert table.loc[row, "n"] == n
        assert np.isclose(table.loc[row, "consistency"], consistency)
        assert np.isclose(table.loc[row, "pri"], pri)


@given(areas(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_cases_and_of_columns_does_not_matter(cases: pd.DataFrame, random: object) -> None:
    order = list(range(len(cases)))
    random.shuffle(order)  # type: ignore[attr-defined]
    first, second = truth_table(cases, "engaged", NAMES), truth_table(cases.iloc[order], "engaged", NAMES)
    numbers = ["row", "n", "with_outcome", "consistency", "pri", "status"]
    assert first.table[numbers].equals(second.table[numbers])
    assert first.provenance == second.provenance
    assert [set(first.trace(row)) for row in range(len(first.table))] == [
        set(second.trace(row)) for row in range(len(second.table))
    ]


@given(areas())
@settings(deadline=None, max_examples=40)
def test_a_second_copy_of_every_case_changes_no_share(cases: pd.DataFrame) -> None:
    twice = pd.concat([cases, cases.assign(area=cases["area"] + " again")])
    once, double = truth_table(cases, "engaged", NAMES).table, truth_table(twice, "engaged", NAMES).table
    assert once[["row", "consistency", "pri", "status"]].equals(double[["row", "consistency", "pri", "status"]])
    assert (double["n"] == 2 * once["n"]).all()


@given(areas())
@settings(deadline=None, max_examples=40)
def test_necessity_is_sufficiency_with_the_roles_swapped(cases: pd.DataFrame) -> None:
    table = necessity(cases, "engaged", NAMES).set_index("condition")
    y = cases["engaged"].to_numpy()
    for name in NAMES:
        x = cases[name].to_numpy()
        for label, side in ((name, x), (f"~{name}", 1 - x)):
            swapped = sufficiency(y, side)
            assert table.loc[label, "consistency"] == swapped.consistency
            assert table.loc[label, "coverage"] == swapped.coverage


@given(areas())
@settings(deadline=None, max_examples=40)
def test_no_row_goes_with_the_outcome_and_with_its_absence(cases: pd.DataFrame) -> None:
    both = [truth_table(cases, side, NAMES, pri=0.51).table for side in ("engaged", "~engaged")]
    good = [set(table.loc[table["status"] == "sufficient", "row"]) for table in both]
    assert not good[0] & good[1]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
@settings(deadline=None)
def test_calibration_keeps_the_order_and_descending_anchors_turn_it(values: list[float]) -> None:
    up, down = calibrate(values, 10, 20, 50), calibrate(values, 50, 20, 10)
    measure = pd.Series(values)
    assert ((up >= 0) & (up <= 1)).all()
    assert (up.iloc[measure.argsort()].diff().dropna() >= 0).all()
    assert np.allclose(up + down, 1)
