"""What would change the verdict on each link, by the rule that gave it."""

from typing import Any

import pandas as pd

from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.provenance import Provenance
from workbench.theory import Theory
from workbench.theory_testing.verdict import Rule


def what_would_change(theory: Theory, weighed: Finding, *, rule: Rule | None = None) -> Finding:
    """Say for each link which evidence would move its verdict, and what was written beforehand to count against it.

    Parameters
    ----------
    theory : Theory
        Its links, with what they expect and what breaks them.
    weighed : Finding
        From `weigh_theory`.
    rule : Rule, optional
        The rule that was used.

    Returns
    -------
    Finding
        One row a link: link, status, n (people still needed for the nearest other verdict; 0 where none is),
        expects, breaks, sensitive (leave-one-outs that change it), note (what would move the verdict).
    """
    rule = rule or Rule()
    rows = []
    for row in weighed.table.to_dict(orient="records"):
        link = theory.links[row["link"]]
        number, note = _moves(row, rule)
        rows.append((row["link"], row["status"], number, link.expects, link.breaks, row["sensitive"], note))
    columns = ["link", "status", "n", "expects", "breaks", "sensitive", "note"]
    table = pd.DataFrame(rows, columns=columns)
    silent = int((table["breaks"] == "").sum())
    statements = [
        f"{int((table['sensitive'] != '').sum())} of {len(table)} verdicts change when one person, role, scheme, "
        "coder or dependence group, or all hearsay, is left out."
    ]
    if silent:
        statements.append(f"{counted(silent, 'link')} said nothing beforehand of what would count against them.")
    return Finding(
        name="change-our-mind",
        title="What would change our mind?",
        table=table,
        statements=statements,
        notes=[
            "The numbers follow from the rule alone: more evidence may also make coders differ, or wait for a decision."
        ],
        provenance=Provenance(
            call="what_would_change(theory, weighed)",
            inputs=dict(weighed.provenance.inputs),
            definitions={"theory": theory.version},
        ),
        evidence=weighed.trace,
    )


def _moves(row: dict[Any, Any], rule: Rule) -> tuple[int, str]:
    if row["status"] == "supported":
        return 1, "One person who speaks against it, and whose case is not explained, would make it contested."
    if row["status"] == "refuted":
        return 1, "One person who speaks for it would make it contested."
    against = row["against"] + row["both"]
    if row["status"] == "contested":
        if row["unresolved"]:
            cases = counted(row["unresolved"], "case")
            return (
                0,
                f"A decision on {cases} against it: errors and rival explanations do not count, limits qualify it.",
            )
        return 0, f"Nothing but new reading of {counted(against, 'person', 'people')} who speak against it."
    parts = [
        f"{need} more {what[need > 1]}"
        for need, what in (
            (rule.people - row["n"], ("person for it", "people for it")),
            (rule.roles - row["roles"], ("role", "roles")),
            (rule.schemes - row["schemes"], ("scheme", "schemes")),
            (rule.groups - row["groups"], ("independent group", "independent groups")),
        )
        if need > 0
    ]
    needed = max(rule.people - row["n"], 1)
    if against:
        sided = row["n"] + against
        short = max(rule.contested - sided, 1)
        who = "person" if short == 1 else "people"
        return short, f"{short} more {who} with a side would make it contested or refuted."
    return needed, f"{', '.join(parts)} would make it supported, with nobody against it." if parts else "A stance."
