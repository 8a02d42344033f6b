"""What fictional people decided on the fictional evidence: kinds of source, cases against, summaries, clues."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from workbench.definitions import read_map
from workbench.study import Study
from workbench.study.theory_stage import sealed

BY = "ash"


def seal(study: Study, folder: Path) -> None:
    """Seal what the theory expects, and the clues to look for, before any fictional coding is imported."""
    shutil.copy(folder / "tracing.yaml", study.path / "codebooks" / "tracing.yaml")
    study.store.register(sealed(study), by=BY)


def decide(study: Study, folder: Path) -> None:
    """Enter what was decided on single codings, the summaries of the framework matrix, and which clues were found."""
    store = study.store
    for row in read_map(folder / "evidence.csv", ["act", "document", "turn", "link", "coder", "value", "why", "by"]):
        identity = _coding(study, row)
        if row["act"] == "weigh":
            store.weigh(identity, by=row["by"], source=row["value"], why=row["why"])
        else:
            store.dispose(identity, row["value"], by=row["by"], why=row["why"])
    for row in read_map(folder / "summaries.csv", ["element", "case", "text", "by"]):
        store.summarise(row["element"], row["case"], row["text"], by=row["by"])
    path = study.path / "codebooks" / "tracing.yaml"
    text = path.read_text(encoding="utf-8")
    for row in read_map(folder / "clues.csv", ["clue", "found", "document", "turn", "link", "coder"]):
        head = f"  - id: {row['clue']}\n"
        codings = f"    codings: [{_coding(study, row)}]\n" if row["document"] else ""
        text = text.replace(head, f"{head}    found: {row['found']}\n{codings}")
    path.write_text(text, encoding="utf-8")


def _coding(study: Study, row: Mapping[str, str]) -> str:
    """Return the id of the coding of a link by a coder that begins in a turn."""
    codings = study.store.codings()
    here = (codings["document"] == row["document"]) & (codings["turn"] == int(row["turn"]))
    meant = here & (codings["code"] == row["link"]) & (codings["coder"] == row["coder"])
    return str(codings.loc[meant, "id"].iloc[0])
