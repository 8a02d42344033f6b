"""The codebook as a table for people outside the team: boundaries, examples, and what became of each code."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from workbench.study.codes import said

if TYPE_CHECKING:
    from workbench.study.study import Study


def codebook_for_readers(study: "Study") -> tuple[pd.DataFrame, list[str]]:
    """Return the codebook as it may be published, and which codes held a name of the register.

    Parameters
    ----------
    study : Study
        Its codebook, the history of its codes, and how often each was coded.

    Returns
    -------
    table : pandas.DataFrame
        One row a code, each parent before what lies under it: the columns of `exchange.codebook_book.HEADINGS`.
        `history` says in words what was done to it, when and why; who did it stays in the study.
    named : list of str
        Codes in whose texts pseudonyms stand for names.
    """
    codebook, replaced = study.codebook, study.register.replaced
    counts = study.store.codings()["code"].value_counts() if study.has_store else pd.Series(dtype="int64")
    history = _history(study) if study.has_store else {}
    texts = codebook.to_table().set_index("code")
    rows, named = [], []
    for _, code in codebook.tree():
        row = texts.loc[code]
        told = {
            "code": code, "name": row["name"], "kind": row["kind"], "parent": row["parent"], "node": row["node"],
            "definition": row["definition"], "include": row["include"], "exclude": row["exclude"],
            "example": row["example"], "near_miss": row["near_miss"], "retired": row["retired"],
            "history": "; ".join(history.get(code, ())),
        }  # fmt: skip
        plain = {name: "" if cell is None else str(cell) for name, cell in told.items()}
        masked = {name: cell if name == "code" else replaced(cell) for name, cell in plain.items()}
        if masked != plain:
            named.append(code)
        rows.append({**masked, "codings": int(counts.get(code, 0))})
    return pd.DataFrame(rows), named


def _history(study: "Study") -> dict[str, list[str]]:
    """Return what was done to each code and, for what became of others, which it came from."""
    found: dict[str, list[str]] = {}
    changes = study.store.code_changes()
    for change in changes.to_dict(orient="records"):
        for code, what in _told(str(change["kind"]), str(change["code"]), list(change["to"])):
            why = f" ({change['why']})" if change["why"] else ""
            found.setdefault(code, []).append(f"{str(change['at'])[:10]}: {what}{why}")
    return found


def _told(kind: str, code: str, to: list[str]) -> Iterator[tuple[str, str]]:
    yield code, said(kind, to)
    if kind in ("rename", "merge", "split"):
        was = {"rename": "was", "merge": "took in", "split": "part of"}[kind]
        yield from ((each, f"{was} {code}") for each in to)
