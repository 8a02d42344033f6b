"""How agreement between coders is shown on a page: all codes first, and no number without its reason."""

from collections.abc import Iterable

import pandas as pd

from workbench.agreement.comparison import ALL_CODES, ALPHA
from workbench.agreement.passages import POOLED, U_ALPHA
from workbench.agreement.reliability_data import ALWAYS_THE_SAME, OFTEN_UNDEFINED
from workbench.agreement.sayings import SINGLE, written
from workbench.report.markup import Column
from workbench.report.wording import MINUS, MISSING, Names, is_missing, plain, share, whole

_PERCENT = "percent agreement"
_METHODS = {_PERCENT: "Agree", ALPHA: "Alpha", "Gwet's AC1": "AC1"}
_WHY_NONE = {OFTEN_UNDEFINED: "none: too rare", ALWAYS_THE_SAME: "none: no variation", SINGLE: "none: one transcript"}
"""Why there is no interval, in two words; the sentence is in the release file."""


def agreement_of_codes(table: pd.DataFrame, names: Names) -> list[Column]:
    """Return columns with a row a code, and coders where they are compared by twos."""
    kept = _everyone(table)
    alphas = kept[kept["method"] == ALPHA].reset_index(drop=True)
    columns = [*_who(alphas, names), *_counts(alphas, "Units")]
    for method, heading in _METHODS.items():
        rows = alphas[["code", "coder"]].merge(kept[kept["method"] == method], on=["code", "coder"], how="left")
        columns.append(_values(rows, heading))
        if method == ALPHA:
            columns.append(_intervals(rows))
    return [*columns, *_reasons(alphas)]


def agreement_on_passages(table: pd.DataFrame, names: Names) -> list[Column]:
    """Return columns with the unitizing alpha of every code on a continuum of its own."""
    kept = _everyone(table)
    told = kept[kept["method"].isin([POOLED, U_ALPHA])].drop_duplicates(["code", "coder"]).reset_index(drop=True)
    return [*_who(told, names), *_alphas(told, "Characters", "u-alpha")]


def agreement_within(table: pd.DataFrame, names: Names, *, heading: str) -> list[Column]:
    """Return columns with alpha over all codes in every group or month; the release file has every code."""
    kept = _everyone(table)
    kept = kept[(kept["method"] == ALPHA) & (kept["code"] == ALL_CODES)].reset_index(drop=True)
    places = kept["group"].where(kept["group"] != "", kept["period"])
    cells = [plain(names.schemes.get(place, place)) or "all of the study" for place in places]
    return [Column(heading=heading, cells=cells), *_coders(kept), *_alphas(kept, "Judgements", "Alpha")]


def _everyone(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of all coders together where there are any, all codes first."""
    kept = table[table["coder"] == "all"] if (table["coder"] == "all").any() else table
    return kept.sort_values("code", key=lambda code: code != ALL_CODES, kind="stable")


def _who(rows: pd.DataFrame, names: Names) -> list[Column]:
    return [Column(heading="Code", cells=[names.code(code) for code in rows["code"]]), *_coders(rows)]


def _coders(rows: pd.DataFrame) -> list[Column]:
    several = rows["coder"].nunique() > 1
    return [Column(heading="Coders", cells=[str(coder) for coder in rows["coder"]])] if several else []


def _counts(rows: pd.DataFrame, units: str) -> list[Column]:
    headings = {"n": units, "marked": "Marked", "marked_by_all": "by all"}
    return [_right(heading, (whole(cell) for cell in rows[name])) for name, heading in headings.items()]


def _alphas(rows: pd.DataFrame, units: str, heading: str) -> list[Column]:
    return [*_counts(rows, units), _values(rows, heading), _intervals(rows), *_reasons(rows)]


def _values(rows: pd.DataFrame, heading: str) -> Column:
    percent = (rows["method"] == _PERCENT).any()
    return _right(heading, ("undefined" if is_missing(v) else (_share if percent else _two)(v) for v in rows["value"]))


def _intervals(rows: pd.DataFrame) -> Column:
    cells = []
    for row in rows.to_dict(orient="records"):
        why = [short for reason, short in _WHY_NONE.items() if reason in str(row.get("note"))]
        told = not is_missing(row["low"])
        cells.append(f"{_two(row['low'])} to {_two(row['high'])}" if told else next(iter(why), MISSING))
    return _right("95% interval", cells)


def _reasons(rows: pd.DataFrame) -> list[Column]:
    """Return why alpha is undefined, where it is in any row."""
    undefined = rows["value"].isna()
    if not undefined.any():
        return []
    told = [str(note) if lacks else "" for note, lacks in zip(rows["note"], undefined, strict=True)]
    return [Column(heading="Why undefined", cells=told)]


def _right(heading: str, cells: Iterable[str]) -> Column:
    return Column(heading=heading, cells=list(cells), align="right")


def _two(value: float) -> str:
    return written(value).replace("-", MINUS)


def _share(value: float) -> str:
    """Return a percentage that does not round to all what is not all."""
    shown = share(value)
    return ">99.9%" if shown == "100.0%" and value < 1 - 1e-9 else shown
