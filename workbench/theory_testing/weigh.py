"""Weigh what people said for and against each link of a theory of change."""

from typing import Any

import pandas as pd

from workbench.coding.settle import DIFFER, CodedTalk, Decided, decided, speakers
from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.theory import Theory
from workbench.theory_testing.ledger import AGAINST, BOTH, FOR, QUALIFIES, ledger, people
from workbench.theory_testing.verdict import Counts, Rule, judge

ROLES = ("officer", "provider", "service_user", "stakeholder")


def weigh_theory(
    theory: Theory, store: CodedTalk, *, rule: Rule | None = None, agreement: Finding | None = None
) -> Finding:
    """Weigh the coded evidence on every link of a theory.

    A link has evidence where a person coded a passage to the link itself
    (`A11→M09`) with a stance. Counts are of people, not of quotes.

    Parameters
    ----------
    theory : Theory
        The theory of change.
    store : Store
        Holds the codings; also one as it stood on a day (`store.as_of`).
    rule : Rule, optional
        When a verdict may be given.
    agreement : Finding, optional
        From `workbench.agreement`; each link then shows its own alpha.

    Returns
    -------
    Finding
        One row a link: link, type, from_type, to_type, status (the verdict), n (people for), against, qualifies,
        both (for in one place, against in another), coders_differ (people about whose talk the coders' views differ),
        total (people of a known role in transcripts that somebody has finished coding), roles, schemes, one column a
        role and side, agreement (Krippendorff's alpha of the link's own code), note (the reason).
        Where coders' differences were settled, the decision counts; the notes say how many were. `trace(row)` gives
        the coding ids, and those of the decisions with the codings in whose place they stand.

    References
    ----------
    Pawson & Tilley (1997), Realistic Evaluation, ch. 3; Mayne (2012), Evaluation 18(3), on contribution claims.
    """
    rule = rule or Rule()
    settled = decided(store)
    rows = ledger(theory, store, settled)
    persons = people(rows)
    total = len(speakers(store))
    alphas = _alphas(agreement)
    coded = rows["link"].value_counts()
    table = pd.DataFrame(
        [_row(theory, link, persons[persons["link"] == link], int(coded.get(link, 0)), rule) for link in theory.links]
    )
    table.insert(4, "total", total)
    table["agreement"] = table["link"].map(alphas).astype(float)
    return Finding(
        name="theory",
        title="Does the theory of change hold in practice?",
        table=table,
        statements=_statements(table, theory),
        notes=[
            f"The {total} people are those of a known role in transcripts that at least one coder has finished.",
            "People were chosen for what they could tell, not drawn at random: counts describe these interviews only.",
            "Untested is the default. It says that these interviews do not show it, not that it does not hold.",
            f"Rule: supported needs {rule.people} people of {rule.roles} roles and {rule.schemes} schemes for it and "
            f"nobody against it; refuted needs {rule.against} against it, of several roles or schemes, nobody for it.",
            *settled.notes(theory.links),
        ],
        provenance=Provenance(
            call="weigh_theory(theory, store)",
            inputs={"acts": store.fingerprint(), theory.path.name: theory.sha256},
            definitions={"theory": theory.version},
        ),
        evidence=lambda row: _evidence(rows, settled, str(table["link"][row])),
    )


def _evidence(rows: pd.DataFrame, settled: Decided, link: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*rows.loc[rows["link"] == link, "id"], *settled.evidence(link))))


def _row(theory: Theory, link: str, persons: pd.DataFrame, coded: int, rule: Rule) -> dict[str, Any]:
    sides = {side: persons[persons["side"] == side] for side in (FOR, AGAINST, QUALIFIES, BOTH, DIFFER)}
    verdict, why = judge(
        Counts(
            for_=len(sides[FOR]),
            against=len(sides[AGAINST]),
            qualifies=len(sides[QUALIFIES]),
            both=len(sides[BOTH]),
            differ=len(sides[DIFFER]),
            coded=coded,
            roles=_kinds(sides[FOR]["role"]),
            schemes=_kinds(sides[FOR]["scheme"]),
            against_roles=_kinds(sides[AGAINST]["role"]),
            against_schemes=_kinds(sides[AGAINST]["scheme"]),
        ),
        rule,
    )
    ends = theory.links[link]
    target = ends.target
    row: dict[str, Any] = {
        "link": link,
        "type": ends.type,
        "status": verdict,
        "n": len(sides[FOR]),
        "against": len(sides[AGAINST]),
        "qualifies": len(sides[QUALIFIES]),
        "both": len(sides[BOTH]),
        "coders_differ": len(sides[DIFFER]),
        "from_type": theory.nodes[ends.from_].type,
        "to_type": "link" if target else theory.nodes[ends.to].type,
        "roles": _kinds(sides[FOR]["role"]),
        "schemes": _kinds(sides[FOR]["scheme"]),
    }
    for role in ROLES:
        for side in (FOR, AGAINST):
            row[f"{side}_{role}"] = int((sides[side]["role"] == role).sum())
    return row | {"note": why}


def _kinds(named: "pd.Series[str]") -> int:
    """Count roles or schemes; one that is not given is none."""
    return int(named[named.fillna("") != ""].nunique())


def _alphas(agreement: Finding | None) -> dict[str, float]:
    if agreement is None:
        return {}
    table = agreement.table
    rows = table[table["method"].str.contains("Krippendorff")].dropna(subset=["value"])
    together = rows[rows["coder"] == "all"] if (rows["coder"] == "all").any() else rows  # two coders are one pair
    return dict(zip(together["code"], together["value"], strict=True))


def _statements(table: pd.DataFrame, theory: Theory) -> list[str]:
    counts = table["status"].value_counts()
    parts = [f"{counts.get(verdict, 0)} {verdict}" for verdict in ("supported", "contested", "refuted", "untested")]
    sentences = [f"Of {len(table)} links of the theory, {', '.join(parts[:3])} and {parts[3]}."]
    told = table[table["status"] != "untested"].sort_values(["status", "n"], ascending=[True, False])
    for row in told.itertuples():
        name = _name(theory, str(row.link))
        sentences.append(
            f"{row.link} ({name}) is {row.status}: {row.n} of {row.total} people speak for it, {row.against} against "
            f"it, {row.both} both ways, and {row.qualifies} qualify it."
        )
    return sentences


def _name(theory: Theory, link: str) -> str:
    ends = theory.links[link]
    start = theory.nodes[ends.from_].name
    if ends.target:
        return f"{start} bears on {_name(theory, ends.target)}"
    return f"{start} → {theory.nodes[ends.to].name}"
