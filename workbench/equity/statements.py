"""Sentences from an equity table: number, base, interval, gap and ratio."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.equity.cells import EVERYBODY, Cells
from workbench.equity.disparity import OUTCOME_KNOWN
from workbench.equity.missing import WORST_CASE

_REACHED = {
    "eligible": "were eligible", "offered": "were offered it", "accepted": "accepted",
    "referred": "were referred", "assessed": "were assessed", "completed": "completed",
    "diverted": "were diverted", "criminalised": "were criminalised", OUTCOME_KNOWN: "have a known outcome",
}  # fmt: skip

_NAMES = {
    "ethnicity_officer_group": "officer-defined ethnicity",
    "ethnicity_self_then_officer": "self-defined ethnicity, filled up with the officer's view",
}

_MEANT = {
    "diverted": "Diverted: the police's own flag, or outcome 22. Where one of the two is not known, the other decides.",
    "criminalised": "Criminalised: outcome 1, 1A, 3 or 3A (charge, summons or adult caution). Youth cautions and "
    "penalty notices do not count as it.",
}


def named(by: str) -> str:
    """Return a characteristic in words."""
    return _NAMES.get(by, by.replace("_", " "))


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _defined(table: pd.DataFrame, measure: str, *, worst_case: bool = False) -> dict[tuple[str, str], Any]:
    """Return the rows of a measure that have a value, by stage and group."""
    kept = table[(table["measure"] == measure) & table["value"].notna()]
    kept = kept[(kept["method"] == WORST_CASE) == worst_case]
    return {(str(row["stage"]), str(row["group"])): row for _, row in kept.iterrows()}


def _signed(points: float) -> str:
    """Return points with a true minus sign; what rounds to nothing has no sign."""
    text = f"{points:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def _comparison(gap: Mapping[str, Any], ratio: Mapping[str, Any] | None) -> str:
    """Return the part of a sentence that compares a group with its reference."""
    points = 100 * float(gap["value"])
    size = (
        "as many in 100 as"
        if abs(points) < 0.05
        else f"{abs(points):.1f} points {'more' if points > 0 else 'less'} than"
    )
    text = (
        f"{size} {gap['reference']} (gap {_signed(points)}, {_signed(100 * gap['low'])} to {_signed(100 * gap['high'])}"
    )
    if ratio is not None:
        text += f"; ratio {ratio['value']:.2f}, {ratio['low']:.2f} to {ratio['high']:.2f}"
    return f"{text})"


def sentences(table: pd.DataFrame) -> tuple[str, ...]:
    """Return one sentence per stage and group, and one per worst case.

    Works on the exact table and on the one that disclosure control returns: a
    row without a value gets no sentence, so withheld numbers stay out.

    Parameters
    ----------
    table : pandas.DataFrame
        As `funnel` and `compare_groups` return it.
    """
    shares, gaps, ratios = (_defined(table, measure) for measure in ("share", "gap", "ratio"))
    worst = _defined(table, "ratio", worst_case=True)
    found = []
    for (stage, group), row in shares.items():
        who = "All incidents" if group == EVERYBODY else group
        text = (
            f"{who}: {row['n']:,} of {row['total']:,} {_REACHED.get(stage, f'reached {stage}')} "
            f"({_percent(row['value'])}%, {_percent(row['low'])} to {_percent(row['high'])})"
        )
        if (stage, group) in gaps:
            text += f", {_comparison(gaps[stage, group], ratios.get((stage, group)))}"
        found.append(f"{text}.")
        if (stage, group) in worst:
            bounds = worst[stage, group]
            found.append(
                f"{who}: if those whose group is not stated belong wherever they move it most, the ratio to "
                f"{bounds['reference']} lies anywhere from {bounds['low']:.2f} to {bounds['high']:.2f}."
            )
    return tuple(found)


def limits(cells: Cells, reference: str) -> tuple[str, ...]:
    """Return what must be read with the numbers of a comparison.

    Parameters
    ----------
    cells : Cells
        What was counted.
    reference : str
        The reference group.
    """
    notes = [
        f"Reference group: {reference}. A difference between groups asks for an explanation; it does not give one.",
        *_base(cells),
        "All of them had contact with the police first, so differences in who has contact are not in these numbers.",
        _persons(cells),
        "Intervals are at 95% and not adjusted for the number of comparisons. Nothing is adjusted for age, offence "
        "or force.",
    ]
    if cells.by == "ethnicity_self_then_officer":
        notes.append(
            "Self-defined ethnicity, filled up with the officer's view: two different questions in one column."
        )
    if cells.by == "ethnicity_officer_group":
        notes.append("Ethnicity as the officer saw it. These codes have no mixed group.")
    if cells.fictional:
        notes.append("Fictional data: these numbers describe nobody.")
    return tuple(notes)


def _base(cells: Cells) -> tuple[str, ...]:
    """Return what the bases hold, and what is missing in those of an outcome."""
    if cells.outcome is None:
        return ("Each base holds those who reached every earlier stage that can be observed.",)
    unknown = cells.incidents - cells.pair(cells.outcome, EVERYBODY)[1]
    return (
        _MEANT[cells.outcome],
        "The base of an outcome holds all recorded incidents of which it is known; no earlier stage is asked for.",
        f"It is not known for {unknown:,} incidents: blank, not yet decided, or decided after an arrest. They are left "
        "out, which can move a comparison either way; the share of each group whose outcome is known is in the table.",
    )


def _persons(cells: Cells) -> str:
    """Return how many persons the incidents belong to, and what that does to intervals."""
    if not cells.persons:
        return (
            f"One row per incident: {cells.incidents:,} incidents. Nothing tells which of them are of one person, so "
            "intervals take them as independent; where persons return, they are too narrow."
        )
    return (
        f"One row per incident: {cells.incidents:,} incidents of {cells.persons:,} persons. Intervals take incidents "
        "as independent; where persons return, they are too narrow."
    )
