"""The report as one PDF, tagged for screen readers, by Typst."""

from pathlib import Path
from typing import Any

from workbench.errors import MissingPart
from workbench.report.pandoc import Job, RenderFailed, run_pandoc, whole_text
from workbench.report.wording import FICTIONAL

STANDARDS: tuple[list[Any], ...] = (["ua-1"], ["a-2a"], [])
"""Tried in order: accessible (PDF/UA), archival with tags (PDF/A), plain."""

LOOK = Path(__file__).with_name("look.typ")


def write_pdf(job: Job) -> None:
    """Write `report.pdf`, under the strictest standard that it meets, and `report-pdf.txt` that says which.

    Raises
    ------
    RenderFailed
        If Typst cannot make a PDF at all.
    """
    source = job.report / "report.typ"
    mark = f"{FICTIONAL}: made up for demonstration" if job.fictional else job.title
    metadata = job.metadata(
        title=job.title, subtitle=f"Records up to {job.as_of}", margin={"x": "2.2cm", "y": "2.4cm"},
        **{"reference-section-title": "References", "header-includes": _running_head(mark)},
    )  # fmt: skip
    arguments = [
        "--to=typst", "--toc", "--toc-depth=1", f"--include-before-body={LOOK}",
        f"--output={source}", "--variable=page-numbering=1", "--variable=papersize=a4",
    ]  # fmt: skip
    run_pandoc(job, whole_text(job), arguments, metadata)
    try:
        said = _compile(source, job.report / "report.pdf")
    finally:
        source.unlink(missing_ok=True)
    (job.report / "report-pdf.txt").write_text(said, encoding="utf-8")


def _running_head(text: str) -> str:
    """Return Markdown that puts a text at the top of every page."""
    safe = text.replace("\\", "").replace('"', "'")
    return f'```{{=typst}}\n#set page(header: align(right, text(size: 8pt, "{safe}")))\n```\n'


def _compile(source: Path, path: Path) -> str:
    """Compile under the first standard that passes; return what was reached, and what stood in the way of more."""
    try:
        import typst
    except ImportError as error:
        raise MissingPart("typst", "report") from error
    refused: list[str] = []
    for standards in STANDARDS:
        try:
            typst.compile(str(source), output=str(path), root="/", pdf_standards=standards)
        except typst.TypstError as error:
            refused.append(f"{'+'.join(standards) or 'plain'}: {str(error).splitlines()[0]}")
        else:
            reached = f"PDF standard: {'+'.join(standards) or 'none (tagged PDF)'}."
            return "\n".join([reached, *(f"Not met, {reason}" for reason in refused)]) + "\n"
    raise RenderFailed("Typst could not make the PDF: " + "; ".join(refused))
