"""The pages of the report, in order: their files, titles, and text."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from workbench.definitions import shipped
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from workbench.study import Study

_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page.

    Parameters
    ----------
    path : Path
        Its .qmd file.
    title : str
        From its head.
    text : str
        Its Markdown, without the head.
    """

    path: Path
    title: str
    text: str

    @property
    def name(self) -> str:
        """The file's name without its ending: `04-agreement`."""
        return self.path.stem


def folder_of(study: "Study") -> Path:
    """Return where the pages lie: in the study, or those that come with the package."""
    own = study.path / "analysis"
    return own if (own / "index.qmd").is_file() else shipped("analysis")


def read_pages(folder: Path) -> list[Page]:
    """Read all pages, in the order of the project's sidebar.

    Raises
    ------
    InputError
        If there are none, or one has no title.
    """
    order = _order(folder.parent / "_quarto.yml")
    paths = sorted(folder.glob("*.qmd"), key=lambda path: (order.get(path.name, len(order)), path.name))
    if not paths:
        raise InputError(Problem(place=str(folder), what="holds no page", remedy="Put .qmd files there"))
    return [_read(path) for path in paths]


def _order(project: Path) -> dict[str, int]:
    """Return the pages' places in the project's sidebar, which Quarto goes by too; later for pages not in it."""
    if not project.is_file():
        return {"index.qmd": 0}
    given = yaml.safe_load(project.read_text(encoding="utf-8")) or {}
    listed = given.get("website", {}).get("sidebar", {}).get("contents", [])
    return {Path(str(path)).name: place for place, path in enumerate(listed)}


def _read(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    given = yaml.safe_load(head.group(1)) if head else None
    if not isinstance(given, dict) or "title" not in given:
        raise InputError(Problem(place=path.name, what="has no title", remedy="Begin it with ---, title: …, ---"))
    return Page(path=path, title=str(given["title"]), text=text[head.end() :] if head else text)
