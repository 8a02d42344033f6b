"""What fictional people decided on the fictional evidence: kinds of source, cases against, summaries."""

from pathlib import Path

from workbench.definitions import read_map
from workbench.study import Study
from workbench.study.theory_stage import sealed

BY = "ash"


def seal(study: Study) -> None:
    """Seal what the theory expects before any fictional coding is imported."""
    study.store.register(sealed(study), by=BY)


def decide(study: Study, folder: Path) -> None:
    """Enter what was decided on single codings, and the summaries of the framework matrix."""
    store, codings = study.store, study.store.codings()
    for row in read_map(folder / "evidence.csv", ["act", "document", "turn", "link", "coder", "value", "why", "by"]):
        here = (codings["document"] == row["document"]) & (codings["turn"] == int(row["turn"]))
        meant = here & (codings["code"] == row["link"]) & (codings["coder"] == row["coder"])
        identity = str(codings.loc[meant, "id"].iloc[0])
        if row["act"] == "weigh":
            store.weigh(identity, by=row["by"], source=row["value"], why=row["why"])
        else:
            store.dispose(identity, row["value"], by=row["by"], why=row["why"])
    for row in read_map(folder / "summaries.csv", ["element", "case", "text", "by"]):
        store.summarise(row["element"], row["case"], row["text"], by=row["by"])
