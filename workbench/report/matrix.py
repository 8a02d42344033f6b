"""The framework matrix on a page: passages by element and scheme, and the summaries that people wrote of them."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.language.counted import counted
from workbench.report.markup import Column, block, escape, join, table
from workbench.report.places import ELSEWHERE
from workbench.report.quotes import HELD_BACK, Quoting, written
from workbench.report.wording import FICTIONAL, Names, whole
from workbench.theory_testing.framework import Framework

if TYPE_CHECKING:
    from workbench.study import Study

ONE_TRANSCRIPT = "it is about one transcript"
TOO_FEW = "too few people were interviewed in its scheme"
UNREVIEWED = "it rests on transcripts that nobody has reviewed for names"
HELD = "it may tell who somebody is"
GONE = "its element or its case is not here any more"


def framework_page(
    study: "Study", counts: pd.DataFrame, matrices: Mapping[str, Framework], quoting: Quoting, names: Names
) -> str:
    """Return how many passages stand where, and under each element what people wrote of it.

    Parameters
    ----------
    study : Study
        Its store holds summaries and turns.
    counts : pandas.DataFrame
        element, name, scheme, n: by scheme, as they may be shown.
    matrices : Mapping[str, Framework]
        Exact, by scheme and by person: `scheme`, `person`.
    quoting : Quoting
        Every summary passes its gate.
    names : Names
        What schemes and elements are called.
    """
    shown, left_out = _summaries(study, matrices, quoting)
    spoken = counts[counts["n"] > 0]
    parts = [_left_out(len(shown), left_out)]
    for element in dict.fromkeys(each["element"] for each in shown):
        told = [each for each in shown if each["element"] == element]
        lines = [f"- **{escape(each['who'])}:** {escape(each['text'])} ({escape(each['by'])})\n" for each in told]
        parts.append(join(f"### {escape(names.code(element))}", "".join(lines)))
    mark = f" {FICTIONAL}." if study.settings.fictional else ""
    parts.append("### Passages by element and scheme" if shown else "")
    parts.append(_counts(spoken, mark, names) if len(spoken) else "No passage was coded to an element of the theory.")
    return join(*parts)


def _counts(spoken: pd.DataFrame, mark: str, names: Names) -> str:
    wide = spoken.pivot_table(index=["element", "name"], columns="scheme", values="n", aggfunc="sum", sort=False)
    wide = wide.fillna(0).reset_index()
    columns = [
        Column(heading="Element", cells=[f"{e} {n}" for e, n in zip(wide["element"], wide["name"], strict=True)])
    ]
    columns += [
        Column(heading=names.scheme(scheme), cells=[whole(n) for n in wide[scheme]], align="right")
        for scheme in wide.columns[2:]
    ]
    return block("wide", table(columns, f"Passages by element of the theory and scheme.{mark}"))


def _left_out(shown: int, left_out: "Counter[str]") -> str:
    if not shown and not left_out:
        return "Nobody has written a summary yet; the table counts passages alone."
    told = f"{counted(shown, 'written summary', 'written summaries')} can be shown."
    if left_out:
        why = "; ".join(f"{reason} ({number:,})" for reason, number in sorted(left_out.items()))
        told += f" {left_out.total():,} are left out: {why}."
    return escape(told)


def _summaries(
    study: "Study", matrices: Mapping[str, Framework], quoting: Quoting
) -> "tuple[list[dict[str, str]], Counter[str]]":
    """Return the summaries that may be shown, in the theory's order, and why how many others may not."""
    turns = study.store.turns()
    found: list[dict[str, str]] = []
    left_out = Counter[str]()
    cells = {
        (row["element"], row["case"]): row
        for matrix in matrices.values()
        for row in matrix.table[matrix.table["summary"] != ""].to_dict(orient="records")
    }
    for each in study.store.summaries().to_dict(orient="records"):
        key = (each["element"], each["case"])
        if not each["text"] or key in cells:
            continue
        left_out[ONE_TRANSCRIPT if str(each["case"]).startswith("document:") else GONE] += 1
    for key, row in cells.items():
        by_scheme = str(key[1]).startswith("scheme:")
        who = quoting.talk.places.label(row["scheme"]) if by_scheme else quoting.talk.speakers.label(row)
        if by_scheme and who == ELSEWHERE:
            left_out[TOO_FEW] += 1
            continue
        passages = matrices["scheme" if by_scheme else "person"].passages
        withheld = _withheld(row, passages, turns, quoting)
        said = written(str(row["summary"]), f"summary of {row['element']}, {who}", quoting, withheld=withheld)
        if said is None or said == HELD_BACK:
            left_out[withheld or HELD] += 1
            continue
        found.append({"element": str(row["element"]), "who": who, "text": said, "by": str(row["by"])})
    place = {element: at for at, element in enumerate((*study.theory.nodes, *study.theory.links))}
    # Sorted by their words: an order by person would tie one person's cells together.
    found.sort(key=lambda each: (place[each["element"]], each["who"], each["text"]))
    return found, left_out


def _withheld(row: Mapping[Hashable, Any], passages: pd.DataFrame, turns: pd.DataFrame, quoting: Quoting) -> str:
    """Return why a summary's words may not leave: what it rests on was not reviewed, or its person does not want it."""
    case = str(row["case"])
    here = passages[(passages["element"] == row["element"]) & (passages["case"] == case)]
    documents = set(here["document"])
    if not documents:  # written of a cell without a passage: it rests on all that the case said
        of_case = turns["scheme"].fillna("") == row["scheme"] if case.startswith("scheme:") else turns["person"] == case
        documents = set(turns.loc[of_case, "document"])
    if not documents.isdisjoint(quoting.talk.unreviewed):
        return UNREVIEWED
    if case.startswith("scheme:"):
        return ""
    asked: list[dict[Hashable, Any]] = [
        {"id": "", "quote": "", "person": case, "document": each} for each in sorted(documents)
    ]
    return next((why for why, _ in map(quoting.talk.permission, asked) if why), "")
