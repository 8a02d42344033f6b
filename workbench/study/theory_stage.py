"""Weigh the theory: the ledger with what records show beside it, cases against, and what would change a verdict."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from workbench.finding import Finding
from workbench.study.compared_cases import compared_cases
from workbench.study.study import Study

if TYPE_CHECKING:
    from workbench.coding import Store
    from workbench.theory_testing.lenses.clues import Clues


def theory_evidence(
    study: Study, findings: Mapping[str, Finding], _progress: Callable[[int, int], None]
) -> list[Finding]:
    """Weigh the theory's links by the study's rule, where there is a theory, and look through the lenses.

    Parameters
    ----------
    study : Study
        With a theory; nothing is found without one.
    findings : Mapping of str to Finding
        Agreement and fidelity stand beside the verdicts where they were made before.

    Returns
    -------
    list of Finding
        theory, negative-cases, change-our-mind, configurations, lens-tracing (where there are clues),
        lens-causal-map, lens-qca (where study.yaml names cases), cooccurrence, saturation.
    """
    from workbench.coding.one_moment import at_one_moment
    from workbench.theory_testing import Rule, negative_cases, weigh_theory
    from workbench.theory_testing.change_our_mind import what_would_change
    from workbench.theory_testing.configurations import cmo_table
    from workbench.theory_testing.lenses.saturation import saturation

    if not study.settings.theory:
        return []
    store = at_one_moment(study.store)
    rule = Rule(**study.settings.verdict.model_dump())
    saturated = saturation(store)
    weighed = weigh_theory(
        study.theory, store, rule=rule, agreement=findings.get("agreement"),
        fidelity=[each for name, each in findings.items() if name.startswith("fidelity-")], saturation=saturated,
    )  # fmt: skip
    changing = what_would_change(study.theory, weighed, rule=rule)
    codebook = study.codebook if study.settings.codebook else None
    parts = cmo_table(study.theory, weighed, store, codebook=codebook)
    return [weighed, negative_cases(study.theory, store), changing, parts, *_lenses(study, store), saturated]


def _lenses(study: Study, store: "Store") -> list[Finding]:
    from workbench.theory_testing.ledger import ledger
    from workbench.theory_testing.lenses.causal_map import causal_map
    from workbench.theory_testing.lenses.cooccurrence import cooccurrence
    from workbench.theory_testing.lenses.tracing import trace_process

    clues = clues_of(study)
    traced = [trace_process(clues, study.theory, store)] if clues else []
    mapped = causal_map(study.theory, ledger(study.theory, store))
    compared = compared_cases(study)
    return [*traced, mapped, *([compared] if compared else []), cooccurrence(store)]


def clues_of(study: Study) -> "Clues | None":
    """Return the clues for process tracing, or None where nobody has written any."""
    from workbench.theory_testing.lenses.clues import read_clues

    path = study.folder("tracing")
    return read_clues(path, study.theory) if path and path.is_file() else None


def sealed(study: Study) -> dict[str, str]:
    """Return what is to be sealed before anybody codes, by id of link or clue: the hash of what is written of it."""
    links = {name: link.sealed for name, link in study.theory.links.items() if link.expects or link.breaks}
    clues = clues_of(study)
    return links | ({name: clue.sealed for name, clue in clues.clues.items()} if clues else {})
