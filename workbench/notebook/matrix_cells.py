"""What the matrix's screen shows: the cells of one element or of one case, and what there is to choose from."""

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd

from workbench.exchange.matrix_cell import version
from workbench.study import Study
from workbench.theory_testing.framework import Axis, Framework, framework_matrix

Across = Literal["element", "case"]
Summary = Mapping[str, Any]
NONE: Summary = {"text": "", "by": "", "at": "", "earlier": 0}
EMPTY = version("")


def matrix_of(study: Study, by: Axis) -> Framework:
    """Return the study's framework matrix as the store has it now."""
    codebook = study.codebook if study.settings.codebook else None
    return framework_matrix(study.theory, study.store, by=by, codebook=codebook)


def summaries_of(study: Study) -> dict[tuple[str, str], Summary]:
    """Return the latest summary of each cell that has, or had, one."""
    rows = study.store.summaries().to_dict(orient="records")
    return {
        (str(row["element"]), str(row["case"])): {
            "text": str(row["text"]), "by": str(row["by"]), "at": str(row["at"]), "earlier": int(row["earlier"]),
        }
        for row in rows
    }  # fmt: skip


def choices(
    matrix: Framework, summaries: Mapping[tuple[str, str], Summary], study: Study, across: Across
) -> list[dict[str, Any]]:
    """Return the elements, or the cases, with what there is of each: id, name, kind, cells with passages, summaries."""
    table = matrix.table
    pairs = zip(table["element"], table["case"], strict=True)
    written = pd.Series([bool(summaries.get(pair, NONE)["text"]) for pair in pairs], index=table.index, dtype="bool")
    spoken = table["n"] > 0
    counts = pd.DataFrame({"spoken": spoken, "written": spoken & written, "n": table["n"], across: table[across]})
    summed = counts.groupby(across, sort=False).sum().to_dict(orient="index")
    sums = {case: {str(name): number for name, number in row.items()} for case, row in summed.items()}
    known = table.drop_duplicates(across).to_dict(orient="records")
    return [{"id": row[across], **_called(row, study, across), **sums[row[across]]} for row in known]


def cells(
    matrix: Framework, summaries: Mapping[tuple[str, str], Summary], across: Across, focus: str
) -> list[dict[str, Any]]:
    """Return the cells of one element, or of one case, in the matrix's order, each with its passages and summary."""
    here = matrix.passages[matrix.passages[across] == focus]
    said: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in here.to_dict(orient="records"):
        turn = None if pd.isna(row["turn"]) else int(row["turn"])
        shown = {name: row[name] for name in ("document", "stance", "coder", "quote")}
        said.setdefault((row["element"], row["case"]), []).append(shown | {"turn": turn})
    rows = matrix.table[matrix.table[across] == focus].to_dict(orient="records")
    return [
        _cell(row, said.get((row["element"], row["case"]), []), summaries.get((row["element"], row["case"]), NONE))
        for row in rows
    ]


def key(element: str, case: str) -> str:
    """Return how the screen calls a cell."""
    return f"{element}\n{case}"


def _cell(row: Mapping[Any, Any], passages: list[dict[str, Any]], summary: Summary) -> dict[str, Any]:
    who = {name: str(row[name]) for name in ("element", "name", "case", "role", "scheme")}
    return {
        "key": key(who["element"], who["case"]), **who, "passages": passages, "summary": summary["text"],
        **{name: summary[name] for name in ("by", "at", "earlier")}, "version": version(summary["text"]),
    }  # fmt: skip


def _called(row: Mapping[Any, Any], study: Study, across: Across) -> dict[str, str]:
    if across == "case":
        said = ", ".join(filter(None, (str(row["role"]), str(row["scheme"]))))
        return {"name": said, "kind": str(row["scheme"]) or "no scheme"}
    node = study.theory.nodes.get(row["element"])
    return {"name": str(row["name"]), "kind": "link" if node is None else node.type}
