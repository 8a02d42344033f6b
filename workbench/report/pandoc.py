"""The embedded renderer: the pages as a website by pandoc, the engine inside Quarto."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import MissingPart, WorkbenchError
from workbench.report.pages import Page

READER = "markdown"
FILTER = "workbench.lua"
BIBLIOGRAPHY = "references.bib"
STYLES = ("workbench.css", "site.css")
TEMPLATE, REFERENCES = (Path(__file__).with_name(name) for name in ("site.html", "references.lua"))


class RenderFailed(WorkbenchError):
    """Pandoc or Typst could not make a file; their own words are in the message."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One report that is being rendered.

    Parameters
    ----------
    title, as_of : str
        Of the study.
    fictional : bool
        Whether each page and file must say that the data are made up.
    folder : Path
        Holds pages, filter, styles and references.
    fragments, report : Path
        What placeholders become, and where the files go.
    pages : tuple of Page
        In order.
    """

    title: str
    as_of: str
    fictional: bool
    folder: Path
    fragments: Path
    report: Path
    pages: tuple[Page, ...]

    def metadata(self, **more: Any) -> dict[str, Any]:
        """Return what every output shares."""
        return {
            "lang": "en-GB", "study": self.title, "fragments": str(self.fragments), "fictional": self.fictional,
            "bibliography": str(self.folder / BIBLIOGRAPHY), "link-citations": True, **more,
        }  # fmt: skip


def run_pandoc(job: Job, text: str, arguments: Sequence[str], metadata: dict[str, Any]) -> None:
    """Run pandoc on Markdown with the report's filter.

    Raises
    ------
    MissingPart
        If pandoc is not installed.
    RenderFailed
        If it fails.
    """
    try:
        import pypandoc
    except ImportError as error:
        raise MissingPart("pypandoc_binary", "report") from error
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as head:
        json.dump(metadata, head)
        head.flush()
        command = [
            pypandoc.get_pandoc_path(), f"--from={READER}", "--standalone", f"--metadata-file={head.name}",
            f"--lua-filter={job.folder / FILTER}", "--citeproc", f"--resource-path={job.folder}", *arguments,
        ]  # fmt: skip
        done = subprocess.run(  # noqa: S603
            command, input=text, text=True, encoding="utf-8", capture_output=True, check=False
        )
    if done.returncode:
        raise RenderFailed(f"pandoc could not make the report: {done.stderr.strip()}")


def write_page(job: Job, page: Page) -> None:
    """Write one page of the website, complete in one file."""
    here = [each.name for each in job.pages].index(page.name)
    entries = [
        {"href": f"{each.name}.html", "title": each.title, "current": each.name == page.name} for each in job.pages
    ]
    around = {name: entries[at] for name, at in (("previous", here - 1), ("next", here + 1)) if 0 <= at < len(entries)}
    first = page.name == "index"
    metadata = job.metadata(
        title=job.title if first else page.title,
        pagetitle=f"{page.title} – {job.title}",
        nav=entries,
        **around,
        **{"asof": job.as_of, "release-links": True},
    )
    arguments = [
        "--to=html5", f"--template={TEMPLATE}", "--embed-resources", "--mathml", "--section-divs", "--toc",
        "--toc-depth=3", *(f"--css={job.folder / style}" for style in STYLES),
        f"--lua-filter={REFERENCES}", f"--output={job.report / f'{page.name}.html'}",
    ]  # fmt: skip
    run_pandoc(job, page.text, arguments, metadata)


def whole_text(job: Job) -> str:
    """Return all pages as one text, each under a heading that others can point at."""
    return "\n\n".join(f"# {page.title} {{#{page.name}}}\n\n{page.text}" for page in job.pages)
