"""Fragments of the pages on the theory: evidence, cases against, what would change our mind, configurations, lenses."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from workbench.finding import Finding
from workbench.report.cases_against import cases_against
from workbench.report.change_our_mind import change_our_mind
from workbench.report.configurations import configurations
from workbench.report.evidence import link_evidence, talk_on_links
from workbench.report.matrix import framework_page
from workbench.report.quotes import Quoting
from workbench.report.released import Released
from workbench.report.released_theory import on_theory
from workbench.report.wording import FICTIONAL, Names

if TYPE_CHECKING:
    from workbench.study import Study

Maker = Callable[[], str]

ABSENT = {
    "lens-tracing": "Nobody has written down clues for process tracing (codebooks/tracing.yaml), so this lens shows "
    "nothing.",
    "lens-causal-map": "No causal map was made in this study.",
    "lens-qca": "No qualitative comparative analysis was made in this study.",
    "saturation": "Saturation was not measured in this study.",
    "cooccurrence": "Which codes occur together was not counted in this study.",
    "negative-cases": "Negative cases were not looked for: the study has no theory, or no coded talk.",
    "change-our-mind": "The study has no theory, or no coded talk, so there is no verdict to change.",
    "configurations": "The study has no theory, or no coded talk, so no configuration can be shown.",
    "theory-evidence": "The study has no theory, or no coded talk, so there is no evidence on links to show.",
    "framework": "The study has no theory, or no talk, so there is no framework matrix.",
}
"""What a page says in the place of a result that was not made."""


class TheoryPages:
    """Makes the fragments on the theory of one release."""

    def __init__(self, study: "Study", released: Released, names: Names) -> None:
        self.study, self.released, self.names = study, released, names
        self.quoting = Quoting(gate=released.gate, talk=released.talk, aliases=released.aliases)
        self.mark = f" {FICTIONAL}." if study.settings.fictional else ""
        self.rows = talk_on_links(study) if "theory" in released.findings else pd.DataFrame({"link": []})
        spoken = set(self.rows["link"])
        self.told_on = [link for link in study.theory.links if link in spoken] if spoken else []

    def bodies(self) -> dict[str, Maker]:
        """Return what stands in the place of a finding's table, by its name."""
        made = {"negative-cases": self._cases, "change-our-mind": self._minds, "configurations": self._configurations}
        return {name: make for name, make in made.items() if name in self.released.findings}

    def others(self) -> dict[str, Maker]:
        """Return the fragments that are no finding's, and a sentence for each result that was not made."""
        absent = {name: said for name, said in ABSENT.items() if name not in self.released.findings}
        made: dict[str, Maker] = {name: lambda said=said: f"{said}\n" for name, said in absent.items()}  # type: ignore[misc]
        if "theory" in self.released.findings:
            made |= {"theory-evidence": self._evidence, "framework": self._framework}
        return made

    def _evidence(self) -> str:
        weighed = self.released.findings["theory"]
        return link_evidence(self.study, weighed, self.rows, self.quoting, self.names)

    def _cases(self) -> str:
        from workbench.theory_testing.negative_cases import negative_cases

        exact = negative_cases(self.study.theory, self.study.store)
        return cases_against(exact.table, self.rows, self.quoting, self.names)

    def _minds(self) -> str:
        found = self.released.findings
        return change_our_mind(found["change-our-mind"].table, found["theory"].table, self.names, self.told_on)

    def _configurations(self) -> str:
        return configurations(self.released.findings["configurations"].table, self.names, self.mark)

    def _framework(self) -> str:
        from workbench.theory_testing.framework import framework_matrix

        study = self.study
        codebook = study.codebook if study.settings.codebook else None
        matrices = {"scheme": framework_matrix(study.theory, study.store, by="scheme", codebook=codebook)}
        written = study.store.summaries()
        of_people = written[~written["case"].str.startswith(("scheme:", "document:"))]["element"]
        named = [each for each in of_people.unique() if each in study.theory.nodes or each in study.theory.links]
        if named:  # people × elements is a large table: only where somebody wrote something
            matrices["person"] = framework_matrix(
                study.theory, study.store, by="person", elements=named, codebook=codebook
            )
        counts: Finding = on_theory(matrices["scheme"], self.released.talk, self.released.aliases)
        return framework_page(study, counts.table, matrices, self.quoting, self.names)
