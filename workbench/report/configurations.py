"""Configurations of context, resource, reasoning and outcome, scheme by scheme."""

import pandas as pd

from workbench.report.markup import Column, block, bullets, escape, join, table
from workbench.report.wording import Names, plain, whole


def configurations(rows: pd.DataFrame, names: Names, mark: str) -> str:
    """Return a section per configuration: who spoke to which part, in which scheme.

    Parameters
    ----------
    rows : pandas.DataFrame
        Table of the finding "configurations", as it may be shown.
    names : Names
        What nodes are called.
    mark : str
        Ends each caption; says so when the data are made up.
    """
    if rows.empty:
        return "The theory names no configuration, or nobody of a known role was heard.\n"
    parts = []
    for (identity, name), about in rows.groupby(["configuration", "name"], sort=False):
        parts.append(join(f"### {escape(f'{identity} {name}')}", _table(about, f"{identity}, by scheme.{mark}", names)))
    return join(*parts)


def _table(about: pd.DataFrame, caption: str, names: Names) -> str:
    """Return people by part and scheme, with the verdicts of the links that start in each part."""
    first = about.drop_duplicates("part").set_index("part")
    columns = [
        Column(heading="Part", cells=[plain(part).capitalize() for part in first.index]),
        Column(heading="What it is", cells=["; ".join(_named(ids, names)) or "–" for ids in first["nodes"]]),
    ]
    for scheme, there in about.groupby("scheme", sort=False):
        by_part = there.set_index("part")
        heading = f"{names.scheme(scheme)} (of {whole(there['total'].iloc[0])})"
        cells = [whole(by_part["n"].get(part, 0)) for part in first.index]
        columns.append(Column(heading=heading, cells=cells, align="right"))
    against = about.groupby("part")["against"].sum()
    columns += [
        Column(heading="Links that start here", cells=[status or "–" for status in first["status"]]),
        Column(heading="Against them", cells=[whole(against[part]) for part in first.index], align="right"),
    ]
    every = "; ".join(
        f"{names.scheme(scheme)} {whole(there['whole'].iloc[0])}"
        for scheme, there in about.groupby("scheme", sort=False)
    )
    about_all = {str(part).capitalize(): note for part, note in first["note"].items() if _of_all(note)}
    notes = [f"{part}: {note.rstrip('.')}." for part, note in about_all.items()]
    told = bullets([f"People who spoke to all of its parts: {every}.", *notes])
    return join(block("wide", table(columns, f"People who spoke to each part of {caption}")), told)


def _of_all(note: str) -> bool:
    """Tell whether a note is about the configuration, not about one scheme."""
    return bool(note) and "in this scheme" not in note


def _named(ids: object, names: Names) -> list[str]:
    return [names.code(each) for each in str(ids).split(", ") if each]
