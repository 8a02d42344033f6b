"""QCA against published results: Lipset's 18 states, and the prime implicant charts of two other published studies.

Memberships and raw data: Ragin (2009), ch. 5 of Rihoux & Ragin (eds), Configurational Comparative Methods,
after Lipset (1959); also the data sets LR, LC and LF of R's QCA. Results: as that package's
documentation and tests print them for these data (Dusa 2019, QCA with R).
"""

import io

import pandas as pd
import pytest

from workbench.theory_testing.lenses.qca import calibrate, crisp, minimise, necessity, truth_table

CONDITIONS = ["DEV", "URB", "LIT", "IND", "STB"]
ANCHORS = {
    "DEV": (400, 550, 900), "URB": (25, 50, 65), "LIT": (50, 75, 90), "IND": (20, 30, 40), "STB": (15, 9.5, 5),
    "SURV": (-9, 0, 10),
}  # fmt: skip
RAW = """\
id DEV URB LIT IND STB SURV
AU 720 33.4 98.0 33.4 10 -9
BE 1098 60.5 94.4 48.9 4 10
CZ 586 69.0 95.9 37.4 6 7
EE 468 28.5 95.0 14.0 6 -6
FI 590 22.0 99.1 22.0 9 4
FR 983 21.2 96.2 34.8 5 10
DE 795 56.5 98.0 40.4 11 -9
GR 390 31.1 59.2 28.1 10 -8
HU 424 36.3 85.0 21.6 13 -1
IE 662 25.0 95.0 14.5 5 8
IT 517 31.4 72.1 29.6 9 -9
NL 1008 78.8 99.9 39.3 2 10
PL 350 37.0 76.9 11.2 21 -6
PT 320 15.3 38.0 23.1 19 -9
RO 331 21.9 61.8 12.2 7 -4
ES 367 43.0 55.6 25.5 12 -8
SE 897 34.0 99.9 32.3 6 10
UK 1038 74.0 99.9 49.9 4 10
"""
FUZZY = """\
id DEV URB LIT IND STB SURV
AU 0.81 0.12 0.99 0.73 0.43 0.05
BE 0.99 0.89 0.98 1.00 0.98 0.95
CZ 0.58 0.98 0.98 0.90 0.91 0.89
EE 0.16 0.07 0.98 0.01 0.91 0.12
FI 0.58 0.03 0.99 0.08 0.58 0.77
FR 0.98 0.03 0.99 0.81 0.95 0.95
DE 0.89 0.79 0.99 0.96 0.31 0.05
GR 0.04 0.09 0.13 0.36 0.43 0.06
HU 0.07 0.16 0.88 0.07 0.13 0.42
IE 0.72 0.05 0.98 0.01 0.95 0.92
IT 0.34 0.10 0.41 0.47 0.58 0.05
NL 0.98 1.00 0.99 0.94 0.99 0.95
PL 0.02 0.17 0.59 0.00 0.00 0.12
PT 0.01 0.02 0.01 0.11 0.01 0.05
RO 0.01 0.03 0.17 0.00 0.84 0.21
ES 0.03 0.30 0.09 0.21 0.20 0.06
SE 0.95 0.13 0.99 0.67 0.91 0.95
UK 0.98 0.99 0.99 1.00 0.98 0.95
"""
TABLE = [
    ("11111", "BE; CZ; NL; UK", 0.904, 0.886), ("10101", "FI; IE", 0.804, 0.719), ("10111", "FR; SE", 0.709, 0.634),
    ("00101", "EE", 0.529, 0.228), ("00100", "HU; PL", 0.521, 0.113), ("11110", "DE", 0.445, 0.050),
    ("10110", "AU", 0.378, 0.040), ("00001", "IT; RO", 0.278, 0.000), ("00000", "GR; PT; ES", 0.216, 0.000),
]  # fmt: skip


def frame(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), sep=" ")


def told(cases: pd.DataFrame, outcome: str = "SURV", **rule: float | None) -> str:
    return "\n".join(truth_table(cases, outcome, CONDITIONS, **rule).statements)


@pytest.fixture
def lipset() -> pd.DataFrame:
    return frame(FUZZY)


@pytest.fixture
def dichotomous(lipset: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([lipset["id"], (lipset.drop(columns="id") > 0.5).astype(int)], axis=1)


def test_the_published_memberships_come_from_the_published_measures_and_anchors(lipset: pd.DataFrame) -> None:
    raw = frame(RAW)
    for name, anchors in ANCHORS.items():
        assert (calibrate(raw[name], *anchors) - lipset[name]).abs().max() < 0.00501, name


def test_the_published_dichotomies_come_from_the_published_thresholds(dichotomous: pd.DataFrame) -> None:
    raw = frame(RAW)
    thresholds = {"DEV": 550, "URB": 50, "LIT": 75, "IND": 30, "SURV": 0}
    assert all(crisp(raw[name], at).tolist() == dichotomous[name].tolist() for name, at in thresholds.items())


def test_the_lipset_table_is_reproduced_to_three_digits(lipset: pd.DataFrame) -> None:
    finding = truth_table(lipset, "SURV", CONDITIONS)
    table = finding.table.round({"consistency": 3, "pri": 3})
    assert list(table[["row", "cases", "consistency", "pri"]].itertuples(index=False, name=None)) == TABLE
    assert table["status"].tolist() == ["sufficient"] * 2 + ["not sufficient"] * 7
    assert finding.trace(0) == ("BE", "CZ", "NL", "UK")


def test_the_solution_at_the_cut_of_eight_tenths_is_the_published_one(lipset: pd.DataFrame) -> None:
    assert (
        "DEV*URB*LIT*IND*STB + DEV*~URB*LIT*~IND*STB → SURV; consistency 0.870, PRI 0.843, coverage 0.658."
    ) in told(lipset)


def test_cases_that_no_term_explains_and_assumptions_against_necessity_are_told(lipset: pd.DataFrame) -> None:
    said = truth_table(lipset, "SURV", CONDITIONS).statements
    assert said.count("FR, SE show SURV and lie in none of these.") == 2
    assert (
        "7 of these 12 assumptions would have SURV without LIT, which the cases show as necessary: hard to believe."
        in said
    )
    assert (
        "4 of these 12 assumptions would have SURV without STB, which the cases show as necessary: hard to believe."
        in said
    )


def test_terms_and_both_solutions_at_the_cut_of_seven_tenths_are_the_published_ones(lipset: pd.DataFrame) -> None:
    said = told(lipset, cut=0.7, pri=None)
    for published in (
        "DEV*~URB*LIT*STB + DEV*LIT*IND*STB → SURV; consistency 0.871, PRI 0.851, coverage 0.818.",
        "consistency 0.809, PRI 0.761, raw coverage 0.433, unique coverage 0.196.",
        "consistency 0.843, PRI 0.821, raw coverage 0.622, unique coverage 0.385.",
        "(parsimonious solution): DEV*STB → SURV; consistency 0.869, PRI 0.848, coverage 0.824;",
    ):
        assert published in said


def test_the_dichotomous_solutions_and_their_assumptions_are_the_published_ones(dichotomous: pd.DataFrame) -> None:
    said = told(dichotomous)
    for published in (
        "DEV*~URB*LIT*STB + DEV*LIT*IND*STB → SURV; consistency 1.000, PRI 1.000, coverage 1.000.",
        "raw coverage 0.500, unique coverage 0.250.",
        "raw coverage 0.750, unique coverage 0.500.",
        "DEV*STB → SURV; consistency 1.000, PRI 1.000, coverage 1.000; it takes for granted 5 combinations",
        "DEV*URB*LIT*~IND*STB, DEV*URB*~LIT*IND*STB, DEV*URB*~LIT*~IND*STB, DEV*~URB*~LIT*IND*STB, "
        "DEV*~URB*~LIT*~IND*STB.",
    ):
        assert published in said


def test_the_absence_of_the_outcome_has_the_published_solutions_of_its_own(dichotomous: pd.DataFrame) -> None:
    said = told(dichotomous, "~SURV")
    assert "~DEV*~URB*~IND + DEV*LIT*IND*~STB → ~SURV; consistency 1.000" in said
    assert "~DEV + ~STB → ~SURV; consistency 1.000, PRI 1.000, coverage 1.000;" in said
    assert "raw coverage 0.800, unique coverage 0.300." in said
    assert "raw coverage 0.700, unique coverage 0.200." in said


def rows(*numbers: int) -> list[str]:
    """Configurations of five conditions by the number that R's QCA gives them."""
    return [format(number - 1, "05b") for number in numbers]


def rest(*seen: list[str]) -> list[str]:
    return sorted(set(rows(*range(1, 33))).difference(*seen))


def test_krook_2010_has_the_two_published_models() -> None:
    # Conditions ES, QU, WS, WM, LP; outcome women's representation.
    positive, negative = rows(4, 12, 21, 24, 26, 27, 28, 29, 32), rows(3, 9, 11, 18, 25)
    (plain,) = minimise(positive).models
    assert set(plain) == {"0-011", "1101-", "110-1", "1-100", "1-111"}
    found = minimise(positive, rest(positive, negative))
    assert set(found.primes) == {"--1--", "0---1", "1--1-", "-1--1", "---11", "10--0", "-0-00"}
    shared = frozenset({"--1--", "1--1-", "-1--1"})
    assert {frozenset(model) for model in found.models} == {shared | {"0---1"}, shared | {"---11"}}
    assert not found.more


def test_cebotari_and_vink_2013_has_the_four_published_models() -> None:
    # Conditions DEMOC, ETHFRACT, GEOCON, POLDIS, NATPRIDE; outcome protest.
    positive, negative = rows(5, 15, 16, 24, 27, 29, 30, 31, 32), rows(2, 6, 8, 10, 14, 20, 22, 28)
    found = minimise(positive, rest(positive, negative))
    shared = {"----0", "1-11-"}
    pairs = [("01-1-", "111--"), ("01-1-", "11-0-"), ("111--", "-111-"), ("11-0-", "-111-")]
    assert {frozenset(model) for model in found.models} == {frozenset(shared | set(pair)) for pair in pairs}
    assert set(found.primes) == shared | {"01-1-", "111--", "11-0-", "-111-"}


def test_equally_short_expressions_are_all_told_with_the_range_of_what_each_term_adds() -> None:
    # Invented memberships in the configurations of the study above. One area is nearly in ~ES*LP too, so that WS adds
    # less beside that term than beside the other.
    positive, negative = rows(4, 12, 21, 24, 26, 27, 28, 29, 32), rows(3, 9, 11, 18, 25)
    names = ["ES", "QU", "WS", "WM", "LP"]
    cases = []
    for place, row in enumerate([*positive, *positive[3:6], *negative]):
        degrees = {name: 0.9 if digit == "1" else 0.1 for name, digit in zip(names, row, strict=True)}
        between = {"ES": 0.6, "LP": 0.4} if row == "10100" else {}
        cases.append({"area": f"area {place}", **degrees, **between, "WNP": 0.95 if row in positive else 0.05})
    said = truth_table(pd.DataFrame(cases), "WNP", names).statements
    assert any("2 expressions are equally short, and nothing in the cases chooses between them" in one for one in said)
    for which, last in (("1", "~ES*LP"), ("2", "WM*LP")):
        (listed,) = [one for one in said if one.startswith(f"With assumptions (parsimonious solution), {which} of 2:")]
        assert {"WS", "ES*WM", "QU*LP", last} == set(listed.split(": ", 1)[1].split(" → ")[0].split(" + "))
    (term,) = [one for one in said if one.startswith("Cases with WS (")]
    low, high = map(float, term.removesuffix(".").split("unique coverage ")[1].split(" to "))
    assert low < high


def test_more_models_than_are_listed_are_told() -> None:
    positive, negative = rows(5, 15, 16, 24, 27, 29, 30, 31, 32), rows(2, 6, 8, 10, 14, 20, 22, 28)
    found = minimise(positive, rest(positive, negative), most=3)
    assert len(found.models) == 3 and found.more


def test_a_condition_that_all_survivors_share_is_told_as_necessary(lipset: pd.DataFrame) -> None:
    table = necessity(lipset, "SURV", CONDITIONS).set_index("condition")
    assert list(table.index) == [sign + name for name in CONDITIONS for sign in ("", "~")]
    x, y = lipset["DEV"], lipset["SURV"]
    both = x.where(x < y, y)
    assert table.loc["DEV", ["consistency", "coverage", "relevance"]].tolist() == pytest.approx(
        [both.sum() / y.sum(), both.sum() / x.sum(), (1 - x).sum() / (1 - both).sum()]
    )
    assert table.index[table["note"] == "necessary"].tolist() == ["LIT", "STB"]
