"""The report as one Word file."""

from pathlib import Path
from typing import Any

from workbench.report.pandoc import Job, run_pandoc, whole_text
from workbench.report.wording import FICTIONAL


def write_word(job: Job) -> None:
    """Write `report.docx`: A4, tables with ruled heads that repeat, and a header that says what is made up."""
    path = job.report / "report.docx"
    metadata = job.metadata(title=job.title, **{"reference-section-title": "References", "toc-title": "Contents"})
    arguments = ["--to=docx", "--toc", "--toc-depth=1", f"--output={path}"]
    run_pandoc(job, whole_text(job), arguments, metadata)
    _finish(path, job)


def _finish(path: Any, job: Job) -> None:
    from docx import Document
    from docx.shared import Cm, Pt, RGBColor

    document = Document(str(path))
    _forget_paths(document)
    document.core_properties.title = job.title
    document.core_properties.language = "en-GB"
    document.core_properties.subject = FICTIONAL if job.fictional else ""
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        if job.fictional:
            run = section.header.paragraphs[0].add_run(f"{FICTIONAL}: made up for demonstration")
            run.bold, run.font.size, run.font.color.rgb = True, Pt(9), RGBColor(0x8A, 0x1C, 0x1C)
    for name, style in ((style.name, style) for style in document.styles):
        if name in ("Normal", "Body Text", "First Paragraph", "Compact"):
            style.font.name = "Calibri"
    for table in document.tables:
        _rule(table)
        for cell in (cell for row in table.rows for cell in row.cells):
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(8.5)
    document.save(str(path))


def _forget_paths(document: Any) -> None:
    """Take out what pandoc tells of this machine: its settings as properties, and the paths of pictures."""
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/custom-properties"):
            package.rels.pop(name)
    for part in package.iter_parts():
        for picture in part.element.xpath("//pic:cNvPr[@descr]") if hasattr(part, "element") else ():
            picture.set("descr", Path(picture.get("descr")).name)


def _rule(table: Any) -> None:
    """Draw thin lines between a table's rows: pandoc's own style has none."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "BFBFBF")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    properties.append(borders)
