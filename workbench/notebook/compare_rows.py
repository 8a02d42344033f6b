"""What a comparison shows beside the places: decisions and what they bear on, reasons, names of codes."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.coding.settle import borne
from workbench.errors import WorkbenchError
from workbench.notebook.compare_places import Compared, Place
from workbench.study import Study

REASONS = 12
"""Reasons given before that are offered again."""


def borne_on(decisions: pd.DataFrame, compared: Compared) -> dict[str, set[str]]:
    """Return the codings that each decision bears on, by the rule that analyses have (`coding.settle.borne`)."""
    codings = compared.codings()
    ids = codings["id"].tolist()
    bears = borne(decisions, codings, compared.turns()) if len(decisions) else {}
    return {identity: {ids[row] for row in rows} for identity, rows in bears.items()}


def is_settled(place: Place, bears: Mapping[str, set[str]]) -> bool:
    """Tell whether decisions bear on every coding of a place: analyses wait for nothing there."""
    return {row["id"] for row in place.codings} <= set[str]().union(*bears.values())


def in_part(place: Place, decisions: Sequence[Mapping[str, Any]], bears: Mapping[str, set[str]]) -> list[str]:
    """Say which decisions bear on some of a place's codings."""
    here = {row["id"] for row in place.codings}
    return [
        f"{each['by']}: {said(each)}, in turn {each['turn']} (“{each['why']}”)"
        for each in decisions
        if bears[each["id"]] & here
    ]


def said(decision: Mapping[str, Any]) -> str:
    """Return what was decided: coded or not, and the stance."""
    return f"{decision['decision']}{', ' + decision['stance'] if decision['stance'] else ''}"


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as JSON has them."""
    return [{str(name): plain(it) for name, it in row.items()} for row in table.to_dict(orient="records")]


def reasons(settled: pd.DataFrame, by: str) -> list[str]:
    """Return the reasons given last, one's own first."""
    latest = settled.iloc[::-1]
    own = latest["by"] == by
    return list(dict.fromkeys([*latest.loc[own, "why"], *latest.loc[~own, "why"]]))[:REASONS]


def names(study: Study) -> dict[str, dict[str, str]]:
    """Return what codes are called and what they mean, where the codebook can be read."""
    if not study.settings.codebook:
        return {}
    try:
        book = study.codebook
    except WorkbenchError:
        return {}
    named = {code: {"name": name, "means": ""} for code, name in {**book.link_codes, **book.components}.items()}
    for code, entry in book.codes.items():
        means = [entry.definition, entry.include and f"Include: {entry.include}"]
        means += [entry.exclude and f"Exclude: {entry.exclude}"]
        named[code] = {"name": entry.name, "means": " ".join(" ".join(filter(None, means)).split())}
    return named


def plain(value: Any) -> Any:
    """Return a value of a table as JSON has it."""
    return None if value is None or pd.isna(value) else value.item() if hasattr(value, "item") else value
