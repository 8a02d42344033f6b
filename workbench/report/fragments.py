"""One Markdown fragment per item that a page can ask for."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.report.figures import Drawn, Told, draw_drift, draw_fidelity, draw_gaps, draw_theory, save
from workbench.report.markup import Column, anchor, block, bullets, escape, figure, join, table
from workbench.report.released import Released
from workbench.report.theory_pages import TheoryPages
from workbench.report.views import view
from workbench.report.wording import FICTIONAL, Names, day

if TYPE_CHECKING:
    from workbench.study import Study

FIRST = 5
"""Sentences that are shown at once; the others can be opened."""

KEY = {
    "corpus": "", "coding": "", "agreement": "All codes", "theory": "", "negative-cases": "", "fidelity-": "",
    "equity-funnel": "", "equity-ethnicity": "", "equity-sex": "", "equity-criminalised": "",
    "equity-coverage": "Cannot be audited", "themes": "",
}  # fmt: skip
"""How a finding's name begins, and what its sentence for the summary holds; in the order of the summary."""

PLACED = (
    "equity-funnel", "equity-funnel-officer", "equity-ethnicity", "equity-sex", "equity-criminalised-ethnicity",
    "equity-criminalised-officer", "equity-metricframe", "equity-coverage",
)  # fmt: skip
"""Comparisons that the page on equity asks for by name."""

Maker = Callable[[], str | None]


def write_fragments(study: "Study", released: Released, names: Names, folder: Path) -> None:
    """Write every fragment and figure of a release.

    Parameters
    ----------
    study : Study
        Gives definitions, and the codings behind quotes.
    released : Released
        What may be shown; quotes are added to its gate's record.
    names : Names
        What ids are called.
    folder : Path
        Exists; figures go into `figures/` in it.
    """
    (folder / "figures").mkdir()
    writer = Fragments(study, released, names, folder)
    for name, make in writer.makers().items():
        text = make()
        if text is not None:
            (folder / f"{name}.md").write_text(text, encoding="utf-8")


class Fragments:
    """Makes fragments of one release; see `write_fragments`."""

    def __init__(self, study: "Study", released: Released, names: Names, folder: Path) -> None:
        self.study, self.released, self.names, self.folder = study, released, names, folder
        self.findings = released.findings
        self.fictional = bool(study.settings.fictional)
        self.pages = TheoryPages(study, released, names)

    def makers(self) -> dict[str, Maker]:
        """Return each item's name and what makes it, the record of the gate last."""
        found: dict[str, Maker] = {"banner": self._banner, "study": self._study, "summary": self._summary}
        for name, finding in self.findings.items():
            found[name] = partial(self.result, finding, body=self.pages.bodies().get(name))
        found |= self.pages.others()
        found |= {
            "theory-definition": self._theory_definition, "theory-figure": self._theory_figure,
            "codebook": self._codebook,
            "fidelity": self._fidelity, "equity-further": self._equity_further, "disclosure": self._disclosure,
        }  # fmt: skip
        return found

    def result(self, finding: Finding, *pictures: str, body: Callable[[], str] | None = None) -> str:
        """Return a finding: sentences, figures, its table or what is shown in its place, notes, where it comes from."""
        drawn = [*pictures]
        if finding.name.startswith("equity-") and "measure" in finding.table.columns:
            gaps = draw_gaps(finding.table, finding.name)
            drawn += [self.picture(gaps)] if gaps else []
        notes = block("notes", "**Read with this**", bullets_of(finding.notes)) if finding.notes else ""
        source = self.source(finding.name, finding.provenance)
        if body:  # its headings stand outside of any block, so that they are listed
            return join(block("result", said(finding.statements)), body(), block("result", notes, source))
        return block("result", said(finding.statements), *drawn, self.table(finding), notes, source)

    def table(self, finding: Finding) -> str:
        """Return a finding's table under its title; a sentence where it has no rows."""
        columns = view(finding, self.names)
        if not columns or not columns[0].cells:
            return f"{escape(finding.title)}: there are no rows to show.\n"
        return block("wide", table(columns, self.caption(finding.title)))

    def caption(self, text: str) -> str:
        """Return a caption that says so when the data are made up."""
        ended = text if text.endswith("?") else f"{text}."
        return f"{ended} {FICTIONAL}." if self.fictional else ended

    def picture(self, drawn: Drawn) -> str:
        """Save a figure and return the line that shows it."""
        save(drawn, self.folder / "figures", fictional=self.fictional)
        return block(
            "wide", figure(drawn.name, caption=self.caption(drawn.caption), alt=drawn.alt, clicks=bool(drawn.clicks))
        )

    def source(self, name: str, made: Provenance) -> str:
        """Return where a result comes from, in one line."""
        versions = "; ".join(f"{what} {version}" for what, version in made.definitions.items())
        parts = [
            f"Made by `{made.call}` with workbench {made.version}",
            f"definitions: {escape(versions)}" if versions else "",
            f"cut-off {made.as_of}" if made.as_of else "",
            f"{len(made.inputs)} inputs, whose hashes are in the appendix on methods" if made.inputs else "",
        ]
        link = f"[All columns as CSV](release/{name}.csv)"
        return block("provenance", f"{'; '.join(part for part in parts if part)}. {link}.")

    def _banner(self) -> str:
        if not self.fictional:
            return ""
        return block(
            "fictional",
            f"**{FICTIONAL}.** Every person, quote, coding and record in this report was made up for demonstration. "
            "The schemes exist; nothing here says anything about them.",
        )

    def _study(self) -> str:
        settings = self.study.settings
        schemes = ", ".join(settings.schemes.values())
        return (
            f"**Study:** {escape(settings.title)}\n\n"
            f"**Schemes:** {escape(schemes)}\n\n**Cut-off of the records:** {day(settings.as_of)}\n"
        )

    def _summary(self) -> str:
        rows = []
        for start, wanted in KEY.items():
            for finding in self.findings.values():
                said_so = [text for text in finding.statements if finding.name.startswith(start) and wanted in text]
                title = finding.title.rstrip("?.") + ("?" if finding.title.endswith("?") else ".")
                rows += [f"- **{escape(title)}** {escape(text)}" for text in said_so[:1]]
        return "\n".join(rows) + "\n" if rows else "No analysis has been made yet.\n"

    def _theory_definition(self) -> str | None:
        if not self.study.settings.theory:
            return None
        theory = self.study.theory
        kinds = [node.type for node in theory.nodes.values()]
        counts = [f"{kinds.count(kind)} of type {kind}" for kind in dict.fromkeys(kinds)]
        rows = list(theory.configurations.values())
        parts = ("context", "resource", "reasoning", "outcome")
        columns = [Column(heading="Configuration", cells=[f"{row.id} {row.name}" for row in rows])]
        columns += [
            Column(
                heading=part.capitalize(),
                cells=["; ".join(theory.name(node) for node in getattr(row, part)) for row in rows],
            )
            for part in parts
        ]
        shown = block("wide", table(columns, "Configurations of context, mechanism and outcome")) if rows else ""
        about = (
            f"**{escape(theory.title)}**, version {escape(theory.version)}. {escape(theory.status)}\n\n"
            f"It has {len(theory.nodes)} nodes ({', '.join(counts)}) and {len(theory.links)} links."
        )
        return join(about, shown)

    def _theory_figure(self) -> str | None:
        finding = self.findings.get("theory")
        if finding is None:
            return None
        told = finding.table
        verdicts = dict(zip(told["link"], told["status"], strict=True))
        spoken = told[["n", "against", "both", "qualifies"]].sum(axis=1)
        heard = told[spoken > 0]
        if heard.empty:
            return "No passage was coded to a link, so there is nothing to draw yet.\n"
        page = "05-theory-evidence.html"
        beside = Told(
            people={link: int(n) for link, n in zip(told["link"], spoken, strict=True) if n},
            urls={link: f"{page}#{anchor('link', link)}" for link in self.pages.told_on},
        )
        drawn = draw_theory(self.study.theory, verdicts, list(heard["link"]), beside)
        source = "[The whole theory as Mermaid text](release/theory.mmd), with every link and its verdict."
        return join(self.picture(drawn), block("provenance", source))

    def _codebook(self) -> str | None:
        if not self.study.settings.codebook:
            return None
        codebook = self.study.codebook
        rows = [code for code in codebook.codes.values() if code.retired is None]
        columns = [
            Column(heading="Code", cells=[f"{code.id} {code.name}" for code in rows]),
            Column(heading="Kind", cells=[code.kind for code in rows]),
            Column(heading="What it means", cells=[code.definition for code in rows]),
        ]
        title = f"{codebook.title}, version {codebook.version}"
        beside = (
            f"Beside these, {len(codebook.link_codes)} links of the theory and {len(codebook.components)} components "
            "of the manuals can be coded."
        )
        return join(block("wide", table(columns, title)), beside)

    def _fidelity(self) -> str | None:
        found = {name: finding for name, finding in self.findings.items() if name.startswith("fidelity-")}
        return join(*(self._scheme(name, finding) for name, finding in found.items())) if found else None

    def _scheme(self, name: str, finding: Finding) -> str:
        scheme = name.removeprefix("fidelity-")
        drift = draw_drift(finding.table, scheme, self.names)
        pictures = [self.picture(draw_fidelity(finding.table, scheme, self.names))]
        pictures += [self.picture(drift)] if drift else []
        return join(f"### {escape(self.names.scheme(scheme))}", self.result(finding, *pictures))

    def _equity_further(self) -> str | None:
        """Return comparisons that no page asks for by name, so that none is made and not shown."""
        more = [each for name, each in self.findings.items() if name.startswith("equity-") and name not in PLACED]
        parts = [join(f"### {escape(finding.title)}", self.result(finding)) for finding in more]
        return join(*parts) if parts else None

    def _disclosure(self) -> str:
        gate = self.released.gate
        rules = gate.rules
        record = gate.to_table()
        counts = record.groupby(["kind", "decision"]).size().reset_index(name="n")
        shown = _together(record[(record["kind"] == "table") | (record["decision"] != "pass")])
        sentences = [
            f"Counts of people or cases on record from 1 to {rules.threshold - 1} are withheld; others are rounded to "
            f"{rules.rounding}. A quote is attributed to a group of at least {rules.quote_group} people.",
            *(f"{row.n} {row.kind}{'s' if row.n != 1 else ''}: {row.decision}." for row in counts.itertuples()),
        ]
        columns = [
            Column(heading=name.capitalize(), cells=[str(cell) or "–" for cell in shown[name]])
            for name in ("kind", "name", "decision", "reasons")
        ]
        return join(said(sentences), block("wide", table(columns, self.caption("The record of the disclosure gate"))))


def _together(record: pd.DataFrame) -> pd.DataFrame:
    """Return the record with one row for many quotes that share their decision and its reasons."""
    same = record.groupby(["kind", "decision", "reasons"])["name"].transform("size")
    many = (record["kind"] == "quote") & (same > FIRST)
    named = record["name"].where(~many, [f"{number:,} quotes, named in disclosure.json" for number in same])
    return record.assign(name=named)[~(many & record.duplicated(["kind", "decision", "reasons"]))]


def said(sentences: Iterable[str]) -> str:
    """Return sentences as a list; from the sixth on they can be opened."""
    told = list(sentences)
    if len(told) <= FIRST + 1:
        return bullets(told)
    rest = block("details", bullets(told[FIRST:]), summary=f"{len(told) - FIRST} more sentences")
    return join(bullets(told[:FIRST]), rest)


def bullets_of(notes: Iterable[str]) -> str:
    """Return notes as a list, also a single one."""
    return "".join(f"- {escape(note)}\n" for note in notes)
