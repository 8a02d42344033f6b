"""ARCHITECTURE.md and README say what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def _parts() -> set[str]:
    here = ROOT / "workbench"
    folders = {path.name for path in here.iterdir() if path.is_dir() and (path / "__init__.py").is_file()}
    return folders | {path.stem for path in here.glob("*.py") if not path.stem.startswith("__")}


def test_the_page_lists_every_part_of_the_package_and_no_other() -> None:
    listed = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE))
    assert listed == _parts()


def test_the_layers_of_the_page_are_those_that_are_checked() -> None:
    drawn = PAGE.split("```layers\n")[1].split("```")[0].strip().splitlines()
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8")
    block = contract.split("layers =\n")[1].split("exhaustive")[0].strip().splitlines()
    checked = [re.sub(r"\((\w+)\)", r"\1", line) for line in block]
    names = [[name for name in re.split(r"[|\s]+", line) if name] for line in checked]
    assert [[name for name in re.split(r"[|\s]+", line) if name] for line in drawn] == names


def test_the_page_fits_on_one_sheet() -> None:
    assert len(PAGE.splitlines()) <= 90


def test_the_readme_names_every_command() -> None:
    from workbench.cli.program import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = {command.name for command in app.registered_commands}
    assert {name for name in commands if f"workbench {name}" not in readme} == set()


def test_no_sentence_of_the_pages_promises_or_accuses() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "analysis").glob("*.qmd"))]
    forbidden = re.compile(r"\b(biased|unbiased|debias\w*|discriminat\w+|unfair)\b", re.IGNORECASE)
    found = {path.name: forbidden.findall(path.read_text(encoding="utf-8")) for path in pages}
    assert {name: words for name, words in found.items() if words} == {}
