"""Which columns of a finding people read, under which headings; the release file has them all."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from workbench.finding import Finding
from workbench.report import lens_views
from workbench.report.agreement_views import agreement_of_codes, agreement_on_passages, agreement_within
from workbench.report.markup import Column
from workbench.report.wording import MISSING, Names, interval, is_missing, number, plain, share, whole

Show = Callable[[pd.DataFrame, Names], list[Column]]

HEADINGS: Mapping[str, str] = {
    "n": "Number", "total": "Of", "value": "Value", "low": "From", "high": "To", "code": "Code", "coder": "Coder",
    "scheme": "Scheme", "role": "Role", "people": "People", "documents": "Transcripts", "turns": "Turns",
    "words": "Words", "note": "Note", "status": "Status", "method": "Method", "finding": "Result", "call": "Call",
    "definitions": "Definitions", "period": "Cut-off", "dimension": "Dimension", "field": "Field",
    "characteristic": "Characteristic", "check": "Check", "place": "Place",
}  # fmt: skip
"""Headings of columns that are shown as they are."""


def view(finding: Finding, names: Names) -> list[Column]:
    """Return the columns of a finding's table as people see them.

    Parameters
    ----------
    finding : Finding
        Released.
    names : Names
        What ids are called.
    """
    table = finding.table
    for prefix, (needed, show) in VIEWS.items():
        if finding.name.startswith(prefix) and needed <= set(table.columns):
            return show(table.reset_index(drop=True), names)
    return [plain_column(table, name) for name in table.columns]


def plain_column(table: pd.DataFrame, name: str) -> Column:
    """Return a column as it is, with whole numbers and missing values written for people."""
    cells = table[name]
    numeric = pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells)
    heading = HEADINGS.get(name, plain(name).capitalize())
    if not numeric:
        return Column(heading=heading, cells=[MISSING if is_missing(cell) else plain(str(cell)) for cell in cells])
    counts = all(float(cell).is_integer() for cell in cells.dropna())
    return Column(heading=heading, cells=[whole(cell) if counts else number(cell, "") for cell in cells], align="right")


def _said(table: pd.DataFrame, name: str, heading: str, write: Callable[[object], str] | None = None) -> Column:
    written = write or (lambda cell: MISSING if is_missing(cell) else plain(str(cell)))
    return Column(heading=heading, cells=[written(cell) or MISSING for cell in table[name]])


def _as_is(cell: object) -> str:
    return MISSING if is_missing(cell) else str(cell)


def _counted(table: pd.DataFrame, name: str, heading: str) -> Column:
    return Column(heading=heading, cells=[whole(cell) for cell in table[name]], align="right")


def _value(row: Mapping[str, object], measure: str) -> str:
    """Return a value, or why there is none."""
    if not is_missing(row.get("value")):
        return number(row["value"], measure)
    status = "" if is_missing(row.get("status")) else str(row.get("status")).split(" (")[0]
    return status if status not in ("", "shown", "can be audited", "cannot be audited") else MISSING


def _base(row: Mapping[str, object]) -> str:
    if is_missing(row.get("n")):
        return MISSING
    return whole(row["n"]) if is_missing(row.get("total")) else f"{whole(row['n'])} of {whole(row['total'])}"


def _measured(table: pd.DataFrame, heading: str) -> list[Column]:
    """Return value, interval and base, each in the unit of the row's measure."""
    rows = [{str(name): cell for name, cell in row.items()} for row in table.to_dict(orient="records")]
    kinds = [str(row.get("measure", "share")) for row in rows]
    return [
        Column(
            heading=heading,
            cells=[_value(row, kind) for row, kind in zip(rows, kinds, strict=True)],
            align="right",
        ),
        Column(
            heading="95% interval",
            cells=[interval(row.get("low"), row.get("high"), kind) for row, kind in zip(rows, kinds, strict=True)],
            align="right",
        ),
        Column(heading="Base", cells=[_base(row) for row in rows], align="right"),
    ]


def _corpus(table: pd.DataFrame, _names: Names) -> list[Column]:
    return [
        _said(table, "group", "Who", _as_is),
        *(_counted(table, *pair) for pair in (("n", "Transcripts"), ("people", "People"), ("words", "Words"))),
    ]  # fmt: skip


def _coding(table: pd.DataFrame, names: Names) -> list[Column]:
    coders = sorted(table["coder"].unique())
    wide = table.pivot_table(index="code", columns="coder", values="n", aggfunc="sum").reset_index()
    wide = wide.astype({"code": str}).sort_values("code", ignore_index=True)
    return [_said(wide, "code", "Code", names.code), *(_counted(wide.fillna(0), coder, str(coder)) for coder in coders)]


_SIDES = (
    ("n", "For"), ("against", "Against"), ("both", "Both ways"), ("qualifies", "Qualify"),
    ("coders_differ", "Coders differ"), ("silent", "Silent"),
)  # fmt: skip


def _theory(table: pd.DataFrame, names: Names) -> list[Column]:
    sides = [name for name, _ in _SIDES if name in table.columns]
    heard = table[table[sides].sum(axis=1) > 0].reset_index(drop=True)
    return [
        _said(heard, "link", "Link", names.code), _said(heard, "status", "Verdict"),
        *(_counted(heard, *pair) for pair in _SIDES if pair[0] in heard.columns),
        _counted(heard, "total", "Of"), _said(heard, "note", "Reason"),
    ]  # fmt: skip


def _fidelity(table: pd.DataFrame, names: Names) -> list[Column]:
    rows = table[table["period"] == "all"].reset_index(drop=True)
    said = [_people(row) for row in rows.to_dict(orient="records")]
    return [
        _said(rows, "component", "Component", names.code), *_measured(rows, "Met"),
        Column(heading="People say", cells=said), _said(rows, "agreement_of_streams", "Together"),
    ]  # fmt: skip


def _people(row: Mapping[object, object]) -> str:
    words = (
        ("delivered", "delivered"), ("adapted", "adapted"), ("not_delivered", "not delivered"), ("mixed", "said both"),
        ("coders_differ", "coders differ"),
    )  # fmt: skip
    counts = [f"{whole(row.get(name))} {word}" for name, word in words if row.get(name) and not is_missing(row[name])]
    return ", ".join(counts) or "nobody spoke of it"


def _equity(table: pd.DataFrame, _names: Names) -> list[Column]:
    """Show shares by stage, each with its gap; ratios and everything else stand in the release file."""
    shares = table[table["measure"] == "share"].reset_index(drop=True)
    gaps = table[table["measure"] == "gap"]
    worst = gaps["method"] == "worst case"
    columns = [
        _said(shares, "stage", "Stage"), _said(shares, "group", "Group"), *_measured(shares, "Share"),
        _beside(shares, gaps[~worst], "Gap in points"),
    ]  # fmt: skip
    return [*columns, _beside(shares, gaps[worst], "Worst cases", bounds=True)] if worst.any() else columns


def _beside(shares: pd.DataFrame, gaps: pd.DataFrame, heading: str, *, bounds: bool = False) -> Column:
    """Return the gap of each share's group at its stage; of worst cases the bounds only."""
    keys = ["stage", "group"]
    cells = []
    for row in shares[keys].merge(gaps, on=keys, how="left").itertuples():
        ends = interval(row.low, row.high, "gap").removesuffix(" points")
        told = ends if bounds else f"{number(row.value, 'gap').removesuffix(' points')} ({ends})"
        cells.append(MISSING if is_missing(row.value) else told)
    return Column(heading=heading, cells=cells, align="right")


def _metricframe(table: pd.DataFrame, _names: Names) -> list[Column]:
    stage = [_said(table, "stage", "Stage")] if table["stage"].nunique() > 1 else []
    theirs = [share(cell) for cell in table["selection_rate"]]
    return [
        *stage, _said(table, "group", "Group"), *_measured(table, "Share here"),
        Column(heading="fairlearn’s rate", cells=theirs, align="right"),
    ]  # fmt: skip


def _coverage(table: pd.DataFrame, _names: Names) -> list[Column]:
    return [
        _said(table, "characteristic", "Characteristic"), _said(table, "field", "Field"),
        *_measured(table, "Recorded")[::2], _said(table, "status", "Audit"),
    ]  # fmt: skip


def _emmie(table: pd.DataFrame, _names: Names) -> list[Column]:
    return [
        _said(table, "dimension", "Dimension"), _said(table, "status", "Status"),
        _said(table, "finding", "Result", _as_is),
        _said(table, "note", "What it says", str),
    ]  # fmt: skip


def _coded_counts(table: pd.DataFrame, names: Names) -> list[Column]:
    method = [_said(table, "method", "Source")] if "method" in table.columns else []
    return [_said(table, "code", "Code", names.code), *method, _counted(table, "n", "Passages")]


def _themes(table: pd.DataFrame, _names: Names) -> list[Column]:
    return [
        _said(table, "code", "Theme"), _counted(table, "n", "Turns"),
        Column(heading="Share of uncoded", cells=[share(cell) for cell in table["value"]], align="right"),
        _counted(table, "people", "People"), _said(table, "note", "Words", str),
    ]  # fmt: skip


def _records(table: pd.DataFrame, _names: Names) -> list[Column]:
    counts = ["withheld" if is_missing(count) else whole(count) for count in table["n"]]
    return [
        _said(table, "method", "Check"), _said(table, "note", "What was done", str),
        _said(table, "place", "Where", str), Column(heading="Number", cells=counts, align="right"),
    ]  # fmt: skip


def _methods(table: pd.DataFrame, _names: Names) -> list[Column]:
    headings = {"finding": "Result", "call": "Call", "definitions": "Definitions", "note": "Inputs"}
    return [_said(table, name, heading, _as_is) for name, heading in headings.items()]


_COMPARED = {"code", "coder", "method", "n", "value", "low", "note", "marked", "marked_by_all", "group", "period"}

VIEWS: Mapping[str, tuple[set[str], Show]] = {
    "corpus": ({"group", "n", "people", "words"}, _corpus),
    "coding": ({"code", "coder", "n"}, _coding),
    "agreement-passage": (_COMPARED, agreement_on_passages),
    **{
        f"agreement-{by}": (_COMPARED, partial(agreement_within, heading=by.capitalize()))
        for by in ("role", "scheme", "wave", "month")
    },
    "agreement": (_COMPARED, agreement_of_codes),
    "disagreements": ({"code", "n"}, _coded_counts),
    "suggestions": ({"code", "n"}, _coded_counts),
    "theory": ({"link", "status", "n", "against", "qualifies", "total", "note"}, _theory),
    "fidelity-": ({"component", "period", "n", "total", "value", "agreement_of_streams"}, _fidelity),
    "equity-coverage": ({"characteristic", "field", "n", "total", "status"}, _coverage),
    "equity-metricframe": ({"stage", "group", "selection_rate", "n", "total"}, _metricframe),
    "equity-": ({"stage", "group", "measure", "n", "total", "method"}, _equity),
    "emmie": ({"dimension", "status", "finding", "note"}, _emmie),
    "themes": ({"code", "n", "value", "people", "note"}, _themes),
    "lens-tracing": ({"link", "coder", "n", "low", "high", "decibels_low", "clues", "note"}, lens_views.tracing),
    "saturation": ({"group", "n", "status"}, lens_views.saturation),
    "cooccurrence": ({"code", "other", "n"}, lens_views.cooccurrence),
    "lens-causal-map": ({"start", "end", "n", "value", "cross_source", "chain"}, lens_views.causal_map),
    "lens-qca": ({"configuration", "n", "consistency", "pri", "status"}, lens_views.comparison),
    "records": ({"method", "note", "place", "n"}, _records),
    "methods": ({"finding", "call", "definitions", "note"}, _methods),
}
"""Finding's name, or how it begins, to the columns that its view needs, and the view."""
