"""How agreement, and where coders differ, looks on a screen of 80 columns."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

    from workbench.finding import Finding

LONGEST = 120
"""Characters of a quote on screen."""
SHORT = {
    "percent agreement": "agree", "Cohen's kappa": "kappa", "Krippendorff's alpha": "alpha", "Gwet's AC1": "AC1",
    "Krippendorff's u-alpha": "u", "Krippendorff's u-alpha, codes pooled": "u", "Krippendorff's |u-alpha": "|u",
    "Krippendorff's cu-alpha": "cu", "Krippendorff's (k)u-alpha": "(k)u",
}  # fmt: skip
"""Headings of coefficients; alpha over sets has a sentence of its own."""
TOLD = ("Krippendorff's alpha", "Krippendorff's u-alpha", "Krippendorff's u-alpha, codes pooled")
"""Coefficients whose interval is shown."""
INTERVAL = "interval"
ALL, BESIDE = "all codes", "Krippendorff's u-alpha"
"""Over all codes, u-alpha on one continuum is in --json only: its column holds that of the codes pooled."""
SETS = "Krippendorff's alpha, sets (MASI)"
OVERALL = ("All codes", "All that", "Agreement is undefined")
LOWEST = 5
"""Codes that sentences are shown of; all are in the Finding."""


def show_agreement(finding: "Finding", *, pairs: bool) -> None:
    """Print agreement: one row a code (and coders, group or month), what is said of all codes and the lowest, notes."""
    console = Console()
    console.print(f"\n[bold]{finding.title}[/bold]")
    rows = finding.table
    together = rows["coder"] == "all"
    rows = rows if pairs or not together.any() else rows[together]
    places = [key for key in ("group", "period", "coder") if rows[key].nunique() > 1]
    for place, part in rows[rows["method"] != SETS].groupby(places or ["coder"], sort=False):
        heading = ", ".join(str(one) for one in place if one) or "all together"
        console.print(f"\n{heading.replace('_', ' ')}" if places else "", markup=False, highlight=False)
        console.print(_coefficients(part))
    _bullets(console, [*_told(finding), *_of_sets(rows)])
    more = len(finding.statements) - len(_told(finding))
    rest = f" and {more:,} more sentences" if more else ""
    console.print(
        f"{len(finding.table):,} rows{rest}: --json shows them all, with intervals and reasons.", highlight=False
    )
    _notes(console, finding)


def _told(finding: "Finding") -> list[str]:
    """Return what is said of all codes together and, of the others, of those with the lowest agreement."""
    rows = finding.table
    told = rows[rows["method"].isin(TOLD) & (rows["group"] == "") & (rows["period"] == "") & rows["value"].notna()]
    everyone = told[told["coder"] == "all"] if (rows["coder"] == "all").any() else told
    worst = everyone[everyone["code"] != ALL].sort_values(["value", "marked"], ascending=[True, False], kind="stable")
    starts = [f"{code}:" for code in worst["code"].head(LOWEST)]
    of_lowest = [said for start in starts for said in finding.statements if said.startswith(start)]
    overall = [said for said in finding.statements if said.startswith(OVERALL)]
    return [*overall, *of_lowest] or list(finding.statements[:LOWEST])


def _of_sets(rows: "pd.DataFrame") -> list[str]:
    said = []
    sets = rows[rows["method"] == SETS]
    for row in sets[(sets["group"] == "") & (sets["period"] == "")].to_dict(orient="records"):
        ends = _ends(row) or row["note"]
        told = f"undefined: {row['note']}" if row["status"] == "undefined" else f"{_two(row['value'])} ({ends})"
        base = f"{row['n']:,} units in {row['documents']:,} documents"
        said.append(f"{row['coder']}: alpha over sets of codes (MASI) is {told}, {base}.")
    return said


def _coefficients(rows: "pd.DataFrame") -> Table:
    methods = [method for method in SHORT if method in set(rows["method"])]
    names = list(dict.fromkeys(SHORT[method] for method in methods))
    names.insert(1 + next(place for place, name in enumerate(names) if name in ("alpha", "u")), INTERVAL)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("code", overflow="fold")
    for heading in ("units", "marked", "by all", *names):
        table.add_column(heading, justify="right", no_wrap=True)
    for code, several in rows.groupby("code", sort=False):
        cells = dict.fromkeys(names, "")
        for row in several[~several["method"].eq(BESIDE) | several["code"].ne(ALL)].to_dict(orient="records"):
            cells[SHORT[str(row["method"])]] = "–" if row["status"] == "undefined" else _two(row["value"])
            if row["method"] in TOLD:
                cells[INTERVAL] = _ends(row)
        first = several.iloc[0]
        counts = (f"{first[name]:,}" for name in ("n", "marked", "marked_by_all"))
        table.add_row(Text(str(code)), *counts, *cells.values())
    return table


def show_disagreements(finding: "Finding", limit: int) -> None:
    """Print the worklist: passages with what was said, by gain, counts by code, what gain means."""
    console = Console()
    console.print(f"\n[bold]{finding.title}[/bold]")
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in ("gain", "where", "code", "marked", "not marked", "passage"):
        table.add_column(heading, overflow="fold", ratio=2 if heading == "passage" else None)
    for row in finding.table.head(limit).to_dict(orient="records"):
        gain = "–" if row["gain"] != row["gain"] else f"{row['gain']:+.3f}"
        turn = "" if row["turn"] != row["turn"] else f", turn {int(row['turn'])}"
        stance = row["kind"] == "stance"
        quote = f"{row['note']}: {row['quote']}" if stance else str(row["quote"])
        marked = f"{row['coder']}, {row['coder_without']}" if stance else row["coder"]
        without = "stances differ" if stance else row["coder_without"]
        shown = quote if len(quote) <= LONGEST else f"{quote[: LONGEST - 1]}…"
        cells = (gain, f"{row['document']}{turn}", row["code"], marked, without, shown)
        table.add_row(*map(Text, cells))  # plain: what was said may hold square brackets
    if len(finding.table):
        console.print(table)
    count = min(limit, len(finding.table))
    console.print(f"{count:,} of {len(finding.table):,} shown; --limit shows more, --json all.", highlight=False)
    _bullets(console, finding.statements[:LOWEST])
    if len(finding.statements) > LOWEST:
        console.print(f"--json counts {len(finding.statements) - LOWEST:,} more codes.", highlight=False)
    _notes(console, finding)


def of_code(finding: "Finding", code: str, used: Iterable[str]) -> "Finding":
    """Return the rows of one code; a code that nobody used is refused with those that are in use."""
    choices = sorted(set(used))
    if code not in choices:
        raise InputError(Problem(place="--code", what=f"no coding has the code {code!r}", choices=choices))
    kept = [number for number, name in enumerate(finding.table["code"]) if name == code]
    trace = finding.evidence
    return replace(
        finding,
        table=finding.table.iloc[kept].reset_index(drop=True),
        statements=[said for said in finding.statements if said.startswith(f"{code}:")],
        evidence=lambda row: trace(kept[row]),
    )


def _bullets(console: Console, sentences: Iterable[str]) -> None:
    for said in sentences:
        console.print(f"• {said}", markup=False, highlight=False)


def _notes(console: Console, finding: "Finding") -> None:
    for note in finding.notes:
        console.print(f"Note: {note}", markup=False, highlight=False)


def _ends(row: dict[Any, Any]) -> str:
    return "" if row["low"] != row["low"] else f"{_two(row['low'])} to {_two(row['high'])}"


def _two(value: float) -> str:
    from workbench.agreement.sayings import written

    return written(value)
