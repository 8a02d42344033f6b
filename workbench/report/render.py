"""Pages and fragments become a website, a Word file and a PDF."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.report.pages import folder_of, read_pages
from workbench.report.pandoc import Job, write_page
from workbench.report.pdf import write_pdf
from workbench.report.quarto import find_quarto, render_site
from workbench.report.word import write_word
from workbench.report.wording import day

if TYPE_CHECKING:
    from workbench.study import Study

Progress = Callable[[int, int], None]


def render(study: "Study", building: Path, *, progress: Progress | None = None) -> None:
    """Render the report into `building/report`.

    The website is made by Quarto where it is on the PATH, else by pandoc. The
    Word file and the PDF hold all pages and are made by pandoc and Typst, which
    both ways share.

    Parameters
    ----------
    study : Study
        Gives the title, and pages of its own where it has them.
    building : Path
        Holds `release/` and `fragments/`.
    progress : callable, optional
        Called with how many files are done, and of how many.
    """
    folder = folder_of(study)
    report = building / "report"
    report.mkdir()
    job = Job(
        title=study.settings.title, fictional=study.settings.fictional, as_of=day(study.settings.as_of),
        folder=folder, fragments=building / "fragments", report=report, pages=tuple(read_pages(folder)),
    )  # fmt: skip
    shutil.copytree(building / "release", report / "release")
    told = progress or _silent
    steps = len(job.pages) + 2
    quarto = find_quarto()
    if quarto:
        render_site(job, quarto)
        told(len(job.pages), steps)
    else:
        for done, page in enumerate(job.pages, 1):
            write_page(job, page)
            told(done, steps)
    write_word(job)
    told(steps - 1, steps)
    write_pdf(job)
    told(steps, steps)


def _silent(_done: int, _total: int) -> None:
    """Show nothing."""
