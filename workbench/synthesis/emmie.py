"""Assemble what was found into EMMIE's five dimensions; say “not assessed” where nothing was."""

from collections.abc import Iterable

import pandas as pd

from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.provenance import Provenance

DIMENSIONS = ("Effects", "Mechanisms", "Moderators", "Implementation", "Economics")
NOT_ASSESSED, NOT_OBSERVABLE, ASSESSED = "not assessed", "not observable", "assessed"
_SUPPORTING = ("equity-coverage", "equity-metricframe")
"""Equity findings that say what can be compared, and by whom else it was computed; they compare nothing themselves."""
_HOME = {"impact": "Effects", "equity": "Moderators", "fidelity": "Implementation", "economics": "Economics"}
"""How a finding's name begins, and the dimension that it speaks to."""


def synthesise(findings: Iterable[Finding]) -> Finding:
    """Sort findings into EMMIE's dimensions.

    Parameters
    ----------
    findings : iterable of Finding
        Whatever was made; absent analyses are said to be absent.

    Returns
    -------
    Finding
        One row a dimension and finding: dimension, status (`assessed`, `not observable` or `not assessed`), finding
        (its name), n (its rows), note (its first sentence, or why there is none).

    References
    ----------
    Johnson, Tilley & Bowers (2015), Journal of Experimental Criminology 11(3), 459-473.
    """
    given = list(findings)
    rows: list[tuple[str, str, str | None, int, str]] = []
    for dimension in DIMENSIONS:
        about = [(finding, told) for finding in given for told in _notes(finding) if told[0] == dimension]
        rows += [(dimension, told[1], finding.name, len(finding.table), told[2]) for finding, told in about]
        if not about:
            rows.append((dimension, NOT_ASSESSED, None, 0, f"{dimension} were not assessed in this study."))
    table = pd.DataFrame(rows, columns=["dimension", "status", "finding", "n", "note"])
    return Finding(
        name="emmie",
        title="Effects, mechanisms, moderators, implementation, economics",
        table=table,
        statements=[_sentence(dimension, table) for dimension in DIMENSIONS],
        notes=[
            "EMMIE was made to summarise reviews; using it for one study is an adaptation.",
            "Not assessed says that nothing was looked at, not that there is nothing.",
        ],
        provenance=Provenance(
            call=f"synthesise([{', '.join(finding.name for finding in given)}])",
            definitions={
                name: version for finding in given for name, version in finding.provenance.definitions.items()
            },
        ),
    )


def _notes(finding: Finding) -> list[tuple[str, str, str]]:
    """Return the dimensions that a finding speaks to, each with its status and the sentence that says it."""
    if finding.name == "theory":
        return _of_theory(finding.table)
    home = _HOME.get(finding.name.partition("-")[0])
    if home is None or finding.name in _SUPPORTING:
        return []
    first = finding.statements[0] if finding.statements else finding.title
    return [(home, NOT_OBSERVABLE if _saw_nothing(finding) else ASSESSED, first)]


def _saw_nothing(finding: Finding) -> bool:
    """Tell whether neither records nor people show any component of a manual."""
    table = finding.table
    if "component" not in table:
        return False
    said = [column for column in ("delivered", "adapted", "not_delivered", "mixed") if column in table]
    return bool((table["status"] != "observed").all() and table[said].fillna(0).to_numpy().sum() == 0)


def _of_theory(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    bears = table["type"] == "moderates"
    works = (table["from_type"] == "mechanism") | (table["to_type"] == "mechanism")
    return [
        ("Mechanisms", ASSESSED, _verdicts(table[works & ~bears], "mechanism")),
        ("Moderators", ASSESSED, _verdicts(table[bears], "moderator")),
    ]


def _verdicts(rows: pd.DataFrame, what: str) -> str:
    counts = rows["status"].value_counts()
    told = ", ".join(f"{counts.get(name, 0)} {name}" for name in ("supported", "contested", "refuted", "untested"))
    waiting = int(rows["unresolved"].sum()) if "unresolved" in rows else 0
    wait = f" {counted(waiting, 'passage')} against them await a disposition." if waiting else ""
    return f"Links of the theory that involve a {what}: {told}.{wait}"


def _sentence(dimension: str, table: pd.DataFrame) -> str:
    rows = table[table["dimension"] == dimension]
    if (rows["status"] == NOT_ASSESSED).all():
        return f"{dimension}: not assessed."
    return f"{dimension}: {' '.join(rows['note'])}"
