"""Quarto, where it is installed, renders the same pages."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import yaml

from workbench.report.pandoc import BIBLIOGRAPHY, FILTER, STYLES, Job, RenderFailed


def find_quarto() -> str | None:
    """Return Quarto's path; None where it is not there, or where it is Quarto that called us."""
    return None if "QUARTO_PROJECT_OUTPUT_DIR" in os.environ else shutil.which("quarto")


def render_site(job: Job, quarto: str) -> None:
    """Render the website with Quarto, in a folder of its own.

    Raises
    ------
    RenderFailed
        If Quarto fails.
    """
    with tempfile.TemporaryDirectory(dir=job.report.parent) as name:
        stage = Path(name)
        for page in job.pages:
            shutil.copy(page.path, stage / page.path.name)
        for needed in (FILTER, BIBLIOGRAPHY, STYLES[0]):
            shutil.copy(job.folder / needed, stage / needed)
        (stage / "_quarto.yml").write_text(yaml.safe_dump(_project(job), allow_unicode=True), encoding="utf-8")
        done = subprocess.run(  # noqa: S603
            [quarto, "render", str(stage), "--output-dir", "site"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RenderFailed(f"Quarto could not make the report: {done.stderr.strip()}")
        shutil.copytree(stage / "site", job.report, dirs_exist_ok=True)


def _project(job: Job) -> dict[str, Any]:
    """Return the project's settings for pages that lie in one folder."""
    return {
        "project": {"type": "website", "render": [page.path.name for page in job.pages]},
        "website": {"title": job.title, "sidebar": {"contents": [page.path.name for page in job.pages]}},
        "lang": "en-GB",
        "filters": [FILTER],
        "bibliography": BIBLIOGRAPHY,
        "fragments": str(job.fragments),
        "release-links": True,
        "format": {
            "html": {
                "css": STYLES[0], "toc": True, "toc-depth": 2, "html-math-method": "mathml", "embed-resources": True,
            }
        },
    }  # fmt: skip
