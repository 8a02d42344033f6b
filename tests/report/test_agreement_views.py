"""Agreement on a page: what is shown of each code, group and month."""

import pandas as pd
import pytest

from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.report.views import view
from workbench.report.wording import Names

ALPHA = "Krippendorff's alpha"
SAME = "no interval, because every resampled set of documents gives the same value, from 3 marked turns in 2 documents"
NAMES = Names(codes={"M01": "Trust"}, schemes={"durham": "Durham Checkpoint"})


def row(code: str, method: str, value: float | None, low: float | None = None, **more: object) -> dict[str, object]:
    return {
        "code": code, "coder": "a + b", "method": method, "n": 420, "value": value, "low": low,
        "high": None if low is None else 0.999, "status": "", "note": "", "marked": 3, "marked_by_all": 1,
        "documents": 2, "group": "", "period": "", "coverage": None,
    } | more  # fmt: skip


def shown(name: str, *rows: dict[str, object]) -> dict[str, list[str]]:
    table = pd.DataFrame(list(rows)).astype(dict.fromkeys(("value", "low", "high", "coverage"), float))
    found = Finding(name=name, title="Agreement", table=table, provenance=Provenance(call="agreement(store)"))
    return {column.heading: list(column.cells) for column in view(found, NAMES)}


def three(code: str, value: float | None, low: float | None = None, **more: object) -> list[dict[str, object]]:
    methods = ("percent agreement", ALPHA, "Gwet's AC1")
    values = (419.8 / 420, value, 419 / 420)
    return [row(code, method, one, low, **more) for method, one in zip(methods, values, strict=True)]


def test_nothing_rounds_to_perfect_and_all_codes_come_first() -> None:
    told = shown("agreement", *three("M01", 0.5, -0.0004), *three("all codes", 0.9971, 0.004))
    assert told["Code"] == ["all codes", "M01 Trust"]
    assert told["Agree"] == [">99.9%", ">99.9%"]
    assert told["Alpha"] == [">0.99", "0.50"]
    assert told["AC1"] == [">0.99", ">0.99"]
    assert told["95% interval"] == ["<0.01 to >0.99", "−0.001 to >0.99"]


@pytest.mark.parametrize(
    ("note", "short"),
    [
        (SAME, "none: no variation"),
        ("no interval, because it is undefined in many of the resampled sets of documents", "none: too rare"),
        ("no interval from a single document", "none: one transcript"),
    ],
)
def test_a_missing_interval_says_why_in_its_place(note: str, short: str) -> None:
    assert shown("agreement", *three("M01", 1.0, note=note))["95% interval"] == [short]


def test_what_is_undefined_says_so_with_its_reason_beside() -> None:
    because = "every unit was marked by none of them"
    rows = [row("all codes", ALPHA, 0.4, 0.3), row("all codes", ALPHA, None, group="unknown", note=because)]
    told = shown("agreement-role", *rows)
    assert told["Role"] == ["all of the study", "unknown"]
    assert told["Alpha"] == ["0.40", "undefined"]
    assert told["Why undefined"] == ["", because]


def test_schemes_have_their_names_and_months_their_heading() -> None:
    assert shown("agreement-scheme", row("all codes", ALPHA, 0.4, group="durham"))["Scheme"] == ["Durham Checkpoint"]
    assert shown("agreement-month", row("all codes", ALPHA, 0.4, period="2024-03"))["Month"] == ["2024-03"]


def test_passages_count_characters_once_a_code() -> None:
    rows = [row("M01", "Krippendorff's u-alpha", 0.2, 0.1), row("M01", "Krippendorff's (k)u-alpha", 0.9),
            row("all codes", "Krippendorff's u-alpha, codes pooled", 0.3, 0.1),
            row("all codes", "Krippendorff's u-alpha", None, note="passages overlap")]  # fmt: skip
    told = shown("agreement-passage", *rows)
    assert told["Code"] == ["all codes", "M01 Trust"]
    assert told["u-alpha"] == ["0.30", "0.20"]
    assert told["Characters"] == ["420", "420"]
    assert "Why undefined" not in told
