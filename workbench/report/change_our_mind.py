"""What would change our mind: which further case would move the verdict on a link, and which one holds it."""

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import pandas as pd

from workbench.language.counted import counted
from workbench.report.markup import anchor, block, escape, join
from workbench.report.wording import Names, is_missing


def change_our_mind(minds: pd.DataFrame, verdicts: pd.DataFrame, names: Names, told_on: Collection[str]) -> str:
    """Return a section per link that anybody spoke of, and the others together.

    Parameters
    ----------
    minds, verdicts : pandas.DataFrame
        Tables of the findings "change-our-mind" and "theory", as they may be shown.
    names : Names
        What links are called.
    told_on : Collection[str]
        Links that have a section on the page about the evidence.
    """
    weighed = {str(row["link"]): row for row in verdicts.to_dict(orient="records")}
    rows = minds.to_dict(orient="records")
    parts = [_section(row, weighed.get(str(row["link"]), {}), names) for row in rows if row["link"] in told_on]
    return join(*parts, _others([row for row in rows if row["link"] not in told_on], names))


def _section(row: Mapping[Hashable, Any], weighed: Mapping[Hashable, Any], names: Names) -> str:
    link, status = str(row["link"]), str(row["status"])
    to = f"[The evidence](05-theory-evidence.qmd#{anchor('link', link)})"
    lines = {
        "What would move it": row.get("note"),
        "What moves it when left out": weighed.get("sensitive"),
        "What we should see if it holds": row.get("expects"),
        "What would count against it": row.get("breaks"),
    }
    told = "".join(
        f"- **{name}:** {escape(said)}\n" for name, said in lines.items() if not is_missing(said) and str(said).strip()
    )
    head = block("verdict", f"[{status}]{{.{status}}} {to}.")
    return join(f"### {escape(names.code(link))}", head, told)


def _others(rows: "list[dict[Hashable, Any]]", names: Names) -> str:
    """Return the links that nobody spoke of, those together that the same would move."""
    if not rows:
        return ""
    same: dict[str, list[str]] = {}
    for row in rows:
        same.setdefault("" if is_missing(row.get("note")) else str(row["note"]), []).append(names.code(row["link"]))
    parts = [f"## {counted(len(rows), 'link')} that nobody spoke of"]
    for note, links in same.items():
        parts += [escape(note), "".join(f"- {escape(link)}\n" for link in links)]
    return join(*parts)
