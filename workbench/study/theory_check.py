"""What a person should look at between theory, manuals and the evidence that was coded: seals, cases, records."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.errors import Problem, did_you_mean
from workbench.language.counted import counted

if TYPE_CHECKING:
    from workbench.study.study import Study

MOST_NAMED = 12
"""Links named in one message; more would not be read."""


def unknown_records(study: "Study") -> list[Problem]:
    """Return the components that links name as their records and no manual of the study has."""
    theory = study.theory
    known = [name for manual in study.manuals.values() for name in manual.components]
    return [
        Problem(
            place=theory.places.get(link, theory.path.name),
            what=f"{link} names the records of {component!r}, which no manual has",
            remedy=did_you_mean(component, known) or "Name a component of a manual, or take it out",
        )
        for link, each in (theory.links.items() if known else ())
        for component in each.records
        if component not in known
    ]


def retired_codes(study: "Study") -> list[Problem]:
    """Return the links at whose ends stands a node whose code is retired: nobody codes it any more."""
    theory, codes = study.theory, study.codebook.codes
    retired = {code.node: code for code in codes.values() if code.node and code.retired}
    return [
        Problem(
            place=theory.places.get(name, theory.path.name),
            what=f"{name} rests on {node} ({theory.nodes[node].name}), whose code is retired since "
            f"{retired[node].retired}",
            remedy="Take the link out, point it to another node, or give the code again",
        )
        for name, link in theory.links.items()
        for node in dict.fromkeys((link.from_, *(() if link.target else (link.to,))))
        if node in retired
    ]


def seal_doubts(study: "Study") -> list[Problem]:
    """Return the links that were coded before what they expect was sealed, or whose text changed after."""
    return list(_seals(study)) if study.has_store else []


def evidence_doubts(study: "Study") -> list[Problem]:
    """Return the cases that people decided differently, and decisions by nobody of the team."""
    return [*_disputes(study), *_strangers(study)] if study.has_store else []


def _seals(study: "Study") -> Iterator[Problem]:
    theory, sealed = study.theory, study.store.registered()
    coded = study.store.codings().groupby("code")["at"].min()
    never, late, changed = [], [], []
    for name, link in theory.links.items():
        if name not in coded.index or not (link.expects or link.breaks):
            continue
        mine = sealed[sealed["element"] == name]
        if mine.empty:
            never.append(name)
        elif mine["sha256"].iloc[-1] != link.sealed:
            changed.append(name)
        elif mine["at"].iloc[0] > coded[name]:
            late.append(name)
    told = (
        (never, "coded, and nothing of what to expect was sealed before", "Seal it now: workbench ledger register"),
        (late, "sealed only after coding began", "Say so in the report: the date stands beside the verdict"),
        (
            changed,
            "changed after sealing",
            "Say why in the theory's `changes`, then: workbench ledger register",
        ),
    )
    for links, what, remedy in told:
        if links:
            more = f" and {len(links) - MOST_NAMED} more" if len(links) > MOST_NAMED else ""
            named = f"{', '.join(links[:MOST_NAMED])}{more}"
            number = counted(len(links), "link was", "links were")
            yield Problem(place=theory.path.name, what=f"{number} {what}: {named}", remedy=remedy)


def _disputes(study: "Study") -> Iterator[Problem]:
    held = study.store.dispositions()
    for coding, rows in held.groupby("coding"):
        if rows["disposition"].nunique() > 1:
            said = "; ".join(f"{by}: {what}" for by, what in zip(rows["by"], rows["disposition"], strict=True))
            what = f"a case against {rows['code'].iloc[0]} has two decisions ({said}), so it counts as open"
            remedy = "Agree, and: workbench ledger dispose, or --take-back"
            yield Problem(place=f"coding {coding}", what=what, remedy=remedy)


def _strangers(study: "Study") -> Iterator[Problem]:
    """Yield names under which evidence was judged and nobody ever coded, finished or settled anything."""
    acts = study.store.acts()
    judging = acts["kind"].isin(("weigh", "dispose"))
    team = set(acts.loc[~acts["kind"].isin(("weigh", "dispose", "register", "summarise")), "coder"])
    for name, rows in acts[judging & ~acts["coder"].isin(team)].groupby("coder"):
        what = f"{counted(len(rows), 'decision')} on evidence by {name}, who has coded nothing in this study"
        yield Problem(place="store", what=what, remedy=did_you_mean(str(name), sorted(team)) or "Check who that is")
