"""Context, resource, reasoning and outcome of each configuration, scheme by scheme: who spoke to which part."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.codebook import Codebook
from workbench.coding.settle import CodedTalk, decided, speakers
from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.provenance import Provenance
from workbench.theory import Configuration, Theory
from workbench.theory_testing.framework import SILENT, element_of

PARTS = ("context", "resource", "reasoning", "outcome")
COLUMNS = (
    "configuration", "name", "part", "scheme", "nodes", "n", "total", "links", "linked", "against", "whole", "status",
    "note",
)  # fmt: skip


def cmo_table(theory: Theory, weighed: Finding, store: CodedTalk, *, codebook: Codebook | None = None) -> Finding:
    """Return who spoke to each part of each configuration, scheme by scheme, and how its links fared.

    A configuration (Pawson & Tilley 1997; resource and reasoning apart as in Dalkin et al. 2015) is a claim about
    parts that belong together. That people spoke to each part does not show that the parts worked together: `whole`
    counts those who spoke to all four.

    Parameters
    ----------
    theory : Theory
        Its configurations.
    weighed : Finding
        From `weigh_theory`: the verdict on each link.
    store : Store
        Holds the codings. Counted are people of a known role in transcripts that somebody has finished.
    codebook : Codebook, optional
        Codes whose `node` is of a part count for it. A code with the id of a node always does.

    Returns
    -------
    Finding
        One row a configuration, part and scheme: configuration, name, part, scheme, nodes (of the part), n (people who
        spoke to one of them), total (people who could have), links (of the configuration, that start in this part),
        linked (people who spoke to one of these links), against (those of them who spoke against one), whole (people
        who spoke to all four parts), status (verdict on each link, over all schemes), note. `trace(row)` gives the
        coding ids.

    References
    ----------
    Pawson & Tilley (1997), Realistic Evaluation; Dalkin et al. (2015), Implementation Science 10:49.
    """
    people = speakers(store)
    people = people.assign(scheme=_stated(people["scheme"]))
    codings = decided(store).codings
    codings = codings.assign(scheme=_stated(codings["scheme"]))
    counted_rows = codings["person"].isin(set(people["person"])) & (codings["origin"] == "human")
    codings = codings[counted_rows & (codings["stance"] != SILENT)]
    codings = codings.assign(element=codings["code"].map(element_of(theory, codebook))).dropna(subset=["element"])
    verdicts = dict(zip(weighed.table["link"], weighed.table["status"], strict=True))
    rows, evidence = [], []
    for configuration in theory.configurations.values():
        for scheme, total in people.groupby("scheme")["person"].size().items():
            for row, ids in _parts(theory, configuration, codings[codings["scheme"] == scheme], verdicts):
                rows.append(row | {"scheme": scheme, "total": int(total)})
                evidence.append(ids)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return Finding(
        name="configurations",
        title="What was said of each configuration of context, mechanism and outcome, scheme by scheme",
        table=table,
        statements=_statements(theory, table),
        notes=[
            "Counts are of people, each once a row, whatever they said of it; `against` counts those who spoke against "
            "a link. Verdicts are those of the links over all schemes: a configuration has none of its own.",
            "That each part was spoken to does not show that the parts worked together.",
        ],
        provenance=Provenance(
            call="cmo_table(theory, weighed, store)",
            inputs={"acts": store.fingerprint(), theory.path.name: theory.sha256},
            definitions={"theory": theory.version},
        ),
        evidence=lambda row: evidence[row],
    )


def _stated(schemes: "pd.Series[str]") -> "pd.Series[str]":
    return schemes.fillna("").replace("", "not stated")


def links_of(theory: Theory, configuration: Configuration) -> dict[str, list[str]]:
    """Return the links of the theory that run inside a configuration, by the part in which they start.

    A link runs inside it when both its ends are nodes of the configuration, or the link on which it bears does.
    """
    parts = {part: set(getattr(configuration, part)) for part in PARTS}
    nodes = set().union(*parts.values())

    def inside(link: str) -> bool:
        each = theory.links[link]
        if each.from_ not in nodes:
            return False
        return each.to in nodes if each.target is None else _ends(theory, each.target) <= nodes

    return {part: [link for link, each in theory.links.items() if each.from_ in own and inside(link)]
            for part, own in parts.items()}  # fmt: skip


def _ends(theory: Theory, link: str) -> set[str]:
    each = theory.links[link]
    return {each.from_} | ({each.to} if each.target is None else _ends(theory, each.target))


def _parts(
    theory: Theory, configuration: Configuration, here: pd.DataFrame, verdicts: Mapping[str, str]
) -> list[tuple[dict[str, Any], tuple[str, ...]]]:
    """Return the four rows of one configuration in one scheme, each with the codings behind it."""
    links, spoke = links_of(theory, configuration), {}
    for part in PARTS:
        spoke[part] = here[here["element"].isin(getattr(configuration, part))]
    whole = set.intersection(*(set(rows["person"]) for rows in spoke.values()))
    found = []
    for part in PARTS:
        on_links = here[here["element"].isin(links[part])]
        row = {
            "configuration": configuration.id, "name": configuration.name, "part": part,
            "nodes": ", ".join(getattr(configuration, part)), "n": spoke[part]["person"].nunique(),
            "links": ", ".join(links[part]), "linked": on_links["person"].nunique(),
            "against": on_links.loc[on_links["stance"] == "contradicts", "person"].nunique(), "whole": len(whole),
            "status": "; ".join(f"{link} {verdicts.get(link, 'untested')}" for link in links[part]),
            "note": _note(spoke, part, links[part], configuration),
        }  # fmt: skip
        found.append((row, tuple(dict.fromkeys((*spoke[part]["id"], *on_links["id"])))))
    return found


def _note(spoke: Mapping[str, pd.DataFrame], part: str, links: list[str], configuration: Configuration) -> str:
    said = []
    if spoke[part].empty:
        said.append("nothing was coded to it in this scheme")
    if not links and part != "outcome":
        said.append("the theory has no link from here to another part of the configuration")
    if part == PARTS[0] and configuration.note:
        said.append(configuration.note)
    return "; ".join(said)


def _statements(theory: Theory, table: pd.DataFrame) -> list[str]:
    """Say of each configuration, in each scheme, how many spoke to each part and how many to all."""
    sentences = []
    for (identity, scheme), rows in table.groupby(["configuration", "scheme"], sort=False):
        total, whole = int(rows["total"].iloc[0]), int(rows["whole"].iloc[0])
        parts = ", ".join(f"{n} to its {part}" for part, n in zip(rows["part"], rows["n"], strict=True))
        name, people = theory.configurations[str(identity)].name, counted(total, "person", "people")
        sentences.append(f"{identity} ({name}) in {scheme}: of {people}, {parts}; {whole} to all four.")
    return sentences
