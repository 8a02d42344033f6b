"""From findings to a report: through the gate, into fragments, onto pages; nothing half-written."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.corpus import SEVERAL, UNKNOWN
from workbench.disclosure import Release, Rules
from workbench.finding import Finding
from workbench.report.aliases import Aliases, kept_in
from workbench.report.fragments import write_fragments
from workbench.report.inputs import FILE, fingerprint
from workbench.report.markup import anchor
from workbench.report.masking import names_in
from workbench.report.places import places
from workbench.report.quotes import Talk, groups
from workbench.report.released import Released, release
from workbench.report.render import render
from workbench.report.wording import Names

if TYPE_CHECKING:
    from workbench.study import Study

Progress = Callable[[int, int], None]
PARTS = ("release", "fragments", "report")
TRACED = ("theory",)
"""Findings whose release file lists the codings behind each row, by alias and in random order."""


def write_report(study: "Study", findings: Mapping[str, Finding], *, progress: Progress | None = None) -> Path:
    """Write a study's report: website, Word and PDF, with the release files and the record of the gate.

    Parameters
    ----------
    study : Study
        From `open_study`.
    findings : Mapping[str, Finding]
        By name; pages say “not assessed” where one is missing.
    progress : callable, optional
        Called with how many steps are done, and of how many.

    Returns
    -------
    Path
        `outputs/report/index.html` in the study's folder.

    Raises
    ------
    Refused
        If a file would hold a raw identifier; the earlier report stays as it was.
    """
    with _building(study.path / "outputs") as building:
        write_release(study, findings, building)
        render(study, building, progress=progress)
    return study.path / "outputs" / "report" / "index.html"


def write_fragments_of(study: "Study", findings: Mapping[str, Finding]) -> Path:
    """Write release files and fragments into a study's outputs, for Quarto to render, and return the fragments."""
    with _building(study.path / "outputs") as building:
        write_release(study, findings, building)
    return study.path / "outputs" / "fragments"


def write_release(study: "Study", findings: Mapping[str, Finding], building: Path) -> Release:
    """Write release files and fragments into a folder.

    Parameters
    ----------
    study : Study
        From `open_study`.
    findings : Mapping[str, Finding]
        By name, exact.
    building : Path
        Gets `release/` and `fragments/`.

    Returns
    -------
    Release
        The record of the gate.

    Raises
    ------
    Refused
        If a file would hold a raw identifier.
    """
    settings = study.settings
    rules = Rules(threshold=settings.threshold, rounding=settings.rounding, quote_group=settings.disclosure.quote_group)
    names = _names(study)
    inside = study.path / "store"
    aliases = Aliases(taken=kept_in(inside))
    released = release(findings, rules, names, talk_of(study, rules), aliases)
    for part in ("release", "fragments"):
        (building / part).mkdir(parents=True)
    _tables(released, findings, building / "release", fictional=settings.fictional)
    if settings.theory and "theory" in released.findings:
        _mermaid(study, released.findings["theory"], building / "release" / "theory.mmd")
    write_fragments(study, released, names, building / "fragments")
    _record(released.gate, building, fictional=settings.fictional)
    aliases.keep(inside)
    (building / "fragments" / FILE).write_text(f"{fingerprint(study)}\n", encoding="utf-8")
    return released.gate


def talk_of(study: "Study", rules: Rules) -> Talk:
    """Return what speakers are called, and what must be masked."""
    if not study.has_talk:
        return Talk()
    turns = study.store.turns()
    schemes = study.settings.schemes
    permissions = study.quote_permissions()
    known = turns[~turns["speaker"].isin([UNKNOWN, SEVERAL])]
    return Talk(
        documents=list(study.corpus.documents["document"]),
        speakers=groups(known, rules),
        places=places(known, rules, schemes),
        names=names_in(turns["speaker"].dropna().unique(), places=[*schemes, *schemes.values()]),
        permission=permissions,
        unreviewed=permissions.unreviewed,
    )


def _names(study: "Study") -> Names:
    """Return what ids are called: codes, links and components, as far as the study defines them."""
    codes: dict[str, str] = {}
    if study.settings.theory:
        theory = study.theory
        codes = {element: theory.name(element) for element in (*theory.nodes, *theory.links)}
    if study.settings.codebook:
        codebook = study.codebook
        codes |= {**codebook.link_codes, **codebook.components, **{c.id: c.name for c in codebook.codes.values()}}
    for manual in study.manuals.values():
        codes |= {component.id: component.name for component in manual.components.values()}
    return Names(schemes=dict(study.settings.schemes), codes=codes)


def _tables(released: Released, exact: Mapping[str, Finding], folder: Path, *, fictional: bool) -> None:
    for name, finding in released.findings.items():
        table = finding.table.copy()
        if name in TRACED:
            table["codings"] = [
                " ".join(released.aliases.shuffled(exact[name].trace(row))) for row in range(len(table))
            ]
        if fictional:
            table["fictional"] = True
        table = table.map(_no_formula)
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")


def _no_formula(cell: object) -> object:
    """Return a cell that no spreadsheet runs."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell


def _mermaid(study: "Study", theory: Finding, path: Path) -> None:
    told = dict(zip(theory.table["link"], theory.table["status"], strict=True))
    head = "%% Fictional data\n" if study.settings.fictional else ""
    path.write_text(head + study.theory.diagram(told) + _clicks(study, theory.table), encoding="utf-8")


def _clicks(study: "Study", weighed: pd.DataFrame) -> str:
    """Return a line for each box that a click leads on from: to the first link on it that people spoke of.

    Mermaid follows clicks on boxes, not on lines. The way leads from the report's folder of release files.
    """
    first: dict[str, str] = {}
    spoken = weighed[["n", "against", "both", "qualifies"]].sum(axis=1) > 0
    for link in weighed.loc[spoken, "link"]:
        ends = study.theory.links[link]
        for node in (ends.from_, ends.to):
            if node in study.theory.nodes:
                first.setdefault(node, link)
    lines = (
        f'  click {node} href "../05-theory-evidence.html#{anchor("link", link)}" "The evidence on {link}"\n'
        for node, link in first.items()
    )
    return "".join(lines)


def _record(gate: Release, building: Path, *, fictional: bool) -> None:
    """Look at every file once more, then write the record of the gate."""
    files = [*sorted((building / "release").iterdir()), *sorted((building / "fragments").glob("*.md"))]
    for path in files:
        gate.file(f"{path.parent.name}/{path.name}", _without_hashes(path.read_text(encoding="utf-8")))
    refused = [entry for entry in gate.entries if entry.kind == "file" and entry.decision == "refuse"]
    if refused:
        Release(gate.rules, refused).raise_if_refused()
    content = {"fictional": fictional, **json.loads(gate.to_json())}
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (building / "release" / "disclosure.json").write_text(text, encoding="utf-8")


def _without_hashes(text: str) -> str:
    """Return a text without ids and hashes, whose digits look like numbers of people."""
    return pd.Series([text]).str.replace(r"\b[0-9a-f]{12,}\b", "", regex=True).iloc[0]


@contextmanager
def _building(outputs: Path) -> Iterator[Path]:
    """Give a folder to build in; put its parts in place when all went well, and remove it in any case."""
    outputs.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=outputs))
    try:
        yield building
        _swap(building, outputs)
    finally:
        # What was set aside and could not be put back is somebody's only report: then nothing is deleted.
        if all((outputs / part).exists() for part in PARTS if _aside(building, part).exists()):
            shutil.rmtree(building, ignore_errors=True)


def _aside(building: Path, part: str) -> Path:
    return building / f"old-{part}"


def _swap(building: Path, outputs: Path) -> None:
    """Put all new parts in the place of the earlier ones; where one fails, all earlier ones come back."""
    begun: list[str] = []
    try:
        for part in PARTS:
            if (building / part).exists():
                begun.append(part)
                if (outputs / part).exists():
                    (outputs / part).rename(_aside(building, part))
                (building / part).rename(outputs / part)
    except OSError:
        for part in reversed(begun):
            if not (building / part).exists():
                (outputs / part).rename(building / part)
            if _aside(building, part).exists():
                _aside(building, part).rename(outputs / part)
        raise
