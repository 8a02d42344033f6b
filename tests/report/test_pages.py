"""The pages hold prose and placeholders, in syntax that Quarto and pandoc read alike."""

import re
from pathlib import Path

import pytest
import yaml

from workbench.definitions import shipped
from workbench.report.pages import read_pages

FOLDER = shipped("analysis")
PAGES = sorted(FOLDER.glob("*.qmd"))
ALLOWED = {
    "heading": r"#{2,4} \S.*",
    "fenced div": r":::( \{\.finding name=\"[a-z-]+\"\})?",
    "list": r"- \S.*",
    "paragraph": r"[A-Z*\[].*",
    "empty": r"",
}
"""Each line is one of these; paragraphs are one line each."""
REFUSED = {
    "code cell": r"^\s*(```|~~~)",
    "shortcode": r"\{\{[<%]",
    "raw HTML": r"<[a-zA-Z/!]",
    "raw attribute": r"\{=\w+\}",
    "image": r"!\[",
    "maths": r"\$",
    "callout": r"callout",
    "cross-reference": r"@(fig|tbl|sec|eq)-",
}
LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")
CITATION = re.compile(r"@([a-z]+\d{4})")


def _body(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("---\n", 2)[2].splitlines()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
class TestPage:
    def test_holds_only_syntax_that_both_renderers_read(self, path: Path) -> None:
        strange = [line for line in _body(path) if not any(re.fullmatch(form, line) for form in ALLOWED.values())]

        assert strange == []

    def test_holds_nothing_that_computes_or_only_one_of_them_reads(self, path: Path) -> None:
        found = [name for name, form in REFUSED.items() for line in _body(path) if re.search(form, line)]

        assert found == []

    def test_types_no_number_in_its_prose(self, path: Path) -> None:
        prose = [re.sub(r"\(.*?\.qmd\)|@\w+|AC~1~", "", line) for line in _body(path)]

        assert [line for line in prose if re.search(r"\d", line)] == []

    def test_says_first_when_the_data_are_made_up(self, path: Path) -> None:
        assert next(line for line in _body(path) if line) == '::: {.finding name="banner"}'

    def test_is_short_and_has_a_title(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()

        assert len(lines) <= 150
        assert yaml.safe_load("\n".join(lines[1 : lines.index("---", 1)])).keys() == {"title"}

    def test_links_to_pages_and_cites_sources_that_exist(self, path: Path) -> None:
        text = "\n".join(_body(path))
        sources = re.findall(r"^@\w+\{(\w+),", (FOLDER / "references.bib").read_text(encoding="utf-8"), re.MULTILINE)

        assert [link for link in LINK.findall(text) if not (FOLDER / link).is_file()] == []
        assert [key for key in CITATION.findall(text) if key not in sources] == []


def test_every_source_is_cited() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    sources = re.findall(r"^@\w+\{(\w+),", (FOLDER / "references.bib").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(set(sources) - set(CITATION.findall(text))) == []


def test_the_sidebar_lists_every_page_and_gives_the_order() -> None:
    project = yaml.safe_load((FOLDER.parent / "_quarto.yml").read_text(encoding="utf-8"))
    listed = [Path(path).name for path in project["website"]["sidebar"]["contents"]]

    assert sorted(listed) == [path.name for path in PAGES]
    assert [page.path.name for page in read_pages(FOLDER)] == listed


def test_the_project_embeds_everything_and_asks_for_nothing_outside() -> None:
    text = (FOLDER.parent / "_quarto.yml").read_text(encoding="utf-8")
    html = yaml.safe_load(text)["format"]["html"]

    assert (html["embed-resources"], html["html-math-method"]) == (True, "mathml")
    assert "http" not in text


@pytest.mark.parametrize("style", ["workbench.css", "site.css"])
def test_styles_fetch_nothing(style: str) -> None:
    assert re.findall(r"url\(|@import|http", (FOLDER / style).read_text(encoding="utf-8")) == []
