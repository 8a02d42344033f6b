"""Weigh what people said for and against each link of a theory of change."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from workbench.coding.settle import CodedTalk, Decided, decided, speakers
from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.theory import Theory
from workbench.theory_testing.ledger import RECORD, ledger
from workbench.theory_testing.negative_cases import against
from workbench.theory_testing.sensitivity import Sensitivity, leave_out
from workbench.theory_testing.sides import AGAINST, FOR, SILENT
from workbench.theory_testing.verdict import Rule, judge
from workbench.theory_testing.voices import Heard, hear

ROLES = ("officer", "provider", "service_user", "stakeholder")


def weigh_theory(
    theory: Theory,
    store: CodedTalk,
    *,
    rule: Rule | None = None,
    agreement: Finding | None = None,
    fidelity: Iterable[Finding] = (),
    saturation: Finding | None = None,
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
    fidelity : iterable of Finding
        From `check_fidelity`; each link then shows the results of the components that it names as its records.
    saturation : Finding, optional
        From `lenses.saturation`; each link then shows the state of the roles and schemes that speak to it.

    Returns
    -------
    Finding
        One row a link: link, type, from_type, to_type, status (the verdict), n (people for), against, qualifies,
        both (for in one place, against in another), coders_differ (people about whose talk the coders' views differ),
        silent (people who were asked and said nothing to it),
        total (people of a known role in transcripts that somebody has finished coding), roles, schemes, one column a
        role and side, groups (independent dependence groups among people for it), hearsay (people for it by hearsay
        alone), negative (passages against it, settled), unresolved (those that wait for a decision), limits, rivals
        (people whose cases were so decided), flips of tried (leave-one-outs that change the verdict), sensitive
        (which), records (results of records that bear on it), registered (when `expects` and `breaks` were sealed as
        they are written now; missing where never) and registered_before (whether before the first coding of it),
        saturation (of the roles and schemes that speak to it), agreement (Krippendorff's alpha of the link's own
        code), note (the reason).
        Where coders' differences were settled, the decision counts; the notes say how many were. `trace(row)` gives
        the coding ids, and those of the decisions with the codings in whose place they stand.

    References
    ----------
    Pawson & Tilley (1997), Realistic Evaluation, ch. 3; Mayne (2012), Evaluation 18(3), on contribution claims.
    """
    rule = rule or Rule()
    settled, fidelity = decided(store), list(fidelity)
    rows = ledger(theory, store, settled, fidelity)
    heard = hear(rows)
    swings = leave_out(rows, heard, rule)
    table = pd.DataFrame(
        [_row(theory, link, heard.get(link, Heard()), rule, swings.get(link)) for link in theory.links]
    )
    table.insert(4, "total", len(speakers(store)))
    table = _beside(table, theory, store, rows, saturation)
    table["agreement"] = table["link"].map(_alphas(agreement)).astype(float)
    return Finding(
        name="theory",
        title="Does the theory of change hold in practice?",
        table=table,
        statements=_statements(table, theory),
        notes=[*_notes(int(table["total"].iloc[0]) if len(table) else 0, rule), *settled.notes(theory.links)],
        provenance=Provenance(
            call="weigh_theory(theory, store)",
            inputs={"acts": store.fingerprint(), theory.path.name: theory.sha256},
            definitions={"theory": theory.version},
        ),
        evidence=lambda row: _evidence(rows, settled, str(table["link"][row])),
    )


def _notes(total: int, rule: Rule) -> list[str]:
    return [
        f"The {total} people are those of a known role in transcripts that at least one coder has finished.",
        "People were chosen for what they could tell, not drawn at random: counts describe these interviews only.",
        "Untested is the default. It says that these interviews do not show it, not that it does not hold.",
        rule.in_words(),
        "A case against that is found a coder's error, or has a rival explanation, is not counted against the link; "
        "one that limits the context qualifies it.",
    ]


def _evidence(rows: pd.DataFrame, settled: Decided, link: str) -> tuple[str, ...]:
    talk = rows[(rows["link"] == link) & (rows["stream"] != RECORD)]
    return tuple(dict.fromkeys((*talk["id"], *settled.evidence(link))))


def _row(theory: Theory, link: str, heard: Heard, rule: Rule, swings: Sensitivity | None) -> dict[str, Any]:
    counts = heard.counts()
    verdict, why = judge(counts, rule)
    ends = theory.links[link]
    sides = {side: [voice for voice in heard.voices if voice.side == side] for side in (FOR, AGAINST, SILENT)}
    row: dict[str, Any] = {
        "link": link,
        "type": ends.type,
        "status": verdict,
        "n": counts.for_,
        "against": counts.against,
        "qualifies": counts.qualifies,
        "both": counts.both,
        "coders_differ": counts.differ,
        "silent": len(sides[SILENT]),
        "from_type": theory.nodes[ends.from_].type,
        "to_type": "link" if ends.target else theory.nodes[ends.to].type,
        "roles": counts.roles,
        "schemes": counts.schemes,
        "groups": counts.groups,
        "hearsay": sum(voice.hearsay for voice in sides[FOR]),
        "unresolved": counts.unresolved,
        "limits": counts.limits,
        "rivals": counts.rivals,
        "flips": swings.flips if swings else 0,
        "tried": swings.tried if swings else 0,
        "sensitive": swings.in_words() if swings else "",
    }
    for role in ROLES:
        for side in (FOR, AGAINST):
            row[f"{side}_{role}"] = sum(voice.role == role for voice in sides[side])
    return row | {"note": why}


def _beside(
    table: pd.DataFrame, theory: Theory, store: CodedTalk, rows: pd.DataFrame, saturation: Finding | None
) -> pd.DataFrame:
    """Add what stands beside a verdict: cases, records, when it was sealed, saturation."""
    links = table["link"]
    cases = against(rows).groupby("link").size()
    records = rows[rows["stream"] == RECORD].groupby("link")["quote"].agg("; ".join)
    sealed = _sealed(theory, store)
    first = store.codings().groupby("code")["at"].min()
    before = [sealed[link] <= first[link] if link in sealed and link in first else None for link in links]
    return table.assign(
        negative=links.map(cases).fillna(0).astype("int64"),
        records=links.map(records).astype("object").fillna(""),
        registered=pd.Series([sealed.get(link) for link in links], dtype="object"),
        registered_before=pd.Series(before, dtype="object"),
        saturation=_saturation(rows, links, saturation),
    )


def _sealed(theory: Theory, store: CodedTalk) -> dict[str, str]:
    """Return when each link was sealed as it is written now: the first time of the latest unbroken run."""
    ask = getattr(store, "registered", None)
    found: dict[str, tuple[str, str]] = {}
    for row in (ask() if ask else pd.DataFrame()).to_dict(orient="records"):
        if found.get(row["element"], ("", ""))[0] != row["sha256"]:
            found[row["element"]] = (row["sha256"], row["at"])
    return {link: found[link][1] for link, each in theory.links.items() if found.get(link, ("",))[0] == each.sealed}


def _saturation(rows: pd.DataFrame, links: "pd.Series[str]", saturation: Finding | None) -> list[str]:
    """Return the state of the roles and schemes that speak to each link, or why it is not known."""
    if saturation is None:
        return ["not assessed"] * len(links)
    states = {(row["role"], row["scheme"]): row["status"] for row in saturation.table.to_dict(orient="records")}
    spoken = rows[rows["stream"] != RECORD]
    pairs = {link: set(zip(each["role"], each["scheme"], strict=True)) for link, each in spoken.groupby("link")}
    return ["; ".join(_states(pairs.get(link, set()), states)) for link in links]


def _states(pairs: set[tuple[str, str]], states: dict[tuple[Any, Any], Any]) -> list[str]:
    counts = Counter(str(states[pair]) for pair in pairs if pair in states)
    groups = sum(counts.values())
    return [f"{state} in {number} of {groups} groups of role and scheme" for state, number in sorted(counts.items())]


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
