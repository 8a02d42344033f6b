"""Weigh the theory: the ledger with what records show beside it, cases against, and what would change a verdict."""

from collections.abc import Callable, Mapping

from workbench.finding import Finding
from workbench.study.study import Study


def theory_evidence(
    study: Study, findings: Mapping[str, Finding], _progress: Callable[[int, int], None]
) -> list[Finding]:
    """Weigh the theory's links by the study's rule, where there is a theory.

    Parameters
    ----------
    study : Study
        With a theory; nothing is found without one.
    findings : Mapping of str to Finding
        Agreement and fidelity stand beside the verdicts where they were made before.

    Returns
    -------
    list of Finding
        theory, negative-cases, change-our-mind, configurations.
    """
    from workbench.theory_testing import Rule, negative_cases, weigh_theory
    from workbench.theory_testing.change_our_mind import what_would_change
    from workbench.theory_testing.configurations import cmo_table

    if not study.settings.theory:
        return []
    rule = Rule(**study.settings.verdict.model_dump())
    weighed = weigh_theory(
        study.theory, study.store, rule=rule, agreement=findings.get("agreement"),
        fidelity=[each for name, each in findings.items() if name.startswith("fidelity-")],
    )  # fmt: skip
    changing = what_would_change(study.theory, weighed, rule=rule)
    codebook = study.codebook if study.settings.codebook else None
    parts = cmo_table(study.theory, weighed, study.store, codebook=codebook)
    return [weighed, negative_cases(study.theory, study.store), changing, parts]


def sealed(study: Study) -> dict[str, str]:
    """Return what is to be sealed before anybody codes: each link to the hash of what it expects and what breaks it."""
    return {name: link.sealed for name, link in study.theory.links.items() if link.expects or link.breaks}
