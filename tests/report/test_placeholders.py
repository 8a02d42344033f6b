"""Placeholders in pages, and the fragments that they stand for."""

import os
import shutil
import subprocess
from pathlib import Path

import pypandoc
import pytest

from workbench.definitions import shipped
from workbench.finding import Finding
from workbench.report import prepare as preparing
from workbench.report.inputs import fingerprint
from workbench.report.write import write_fragments_of
from workbench.study import Study, new_study, open_study

FILTER = shipped("analysis") / "workbench.lua"
PAGE = '::: {.finding name="agreement"}\n:::\n'


def _render(page: str, folder: Path, form: str = "html") -> str:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown", f"--to={form}", f"--lua-filter={FILTER}", "--wrap=none"],
        input=page,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "WORKBENCH_STUDY": str(folder)},
    )
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fragments = tmp_path / "outputs" / "fragments"
    fragments.mkdir(parents=True)
    (fragments / "agreement.md").write_text("They *agree*.\n", encoding="utf-8")
    return tmp_path


def test_a_placeholder_becomes_its_fragment(folder: Path) -> None:
    assert _render(PAGE, folder) == "<p>They <em>agree</em>.</p>\n"


@pytest.mark.parametrize("form", ["html", "typst", "plain"])
def test_a_placeholder_without_a_fragment_says_so(folder: Path, form: str) -> None:
    shown = _render(PAGE.replace("agreement", "equity-sex"), folder, form)

    assert "Not assessed:" in shown
    assert "this study has no result named “equity-sex”." in shown


def test_a_placeholder_cannot_reach_outside_the_fragments(folder: Path) -> None:
    (folder / "outputs" / "secret.md").write_text("secret", encoding="utf-8")

    assert "Not assessed:" in _render(PAGE.replace("agreement", "../secret"), folder)


def test_a_drawing_with_places_to_click_stands_in_the_page_itself_and_as_a_picture_on_paper(folder: Path) -> None:
    drawing = '<?xml version="1.0"?>\n<svg viewBox="0 0 1 1"><metadata>x</metadata><a href="p.html">A</a></svg>'
    (folder / "outputs" / "fragments" / "figures").mkdir()
    (folder / "outputs" / "fragments" / "figures" / "theory.svg").write_text(drawing, encoding="utf-8")
    text = '![Links](figures/theory.svg){.clicks fig-alt="Diagram of M01 \\"&\\" A06"}\n'
    (folder / "outputs" / "fragments" / "agreement.md").write_text(text, encoding="utf-8")
    page = _render(PAGE, folder)

    assert '<svg viewBox="0 0 1 1"><a href="p.html">A</a></svg>' in page
    assert 'aria-label="Diagram of M01 &quot;&amp;&quot; A06"' in page
    assert "<img" not in page
    assert "Links" in page
    assert "theory.svg" in _render(PAGE, folder, "typst")


def test_sentences_that_fold_on_a_page_give_way_to_the_table_on_paper(folder: Path) -> None:
    folded = '::: {.details summary="3 more sentences"}\n- One\n:::\n'

    assert _render(folded, folder).startswith("<details><summary>3 more sentences</summary>")
    assert "3 more sentences are on the web page" in _render(folded, folder, "typst")


def test_a_link_to_a_page_goes_to_its_chapter_where_all_pages_are_one_file(folder: Path) -> None:
    assert _render("[there](04-agreement.qmd)", folder) == '<p><a href="#04-agreement">there</a></p>\n'


def test_a_picture_in_typst_keeps_the_words_that_stand_for_it(folder: Path) -> None:
    shown = _render('![A caption](figures/a.svg){fig-alt="Says \\"much\\""}\n', folder, "typst")

    assert 'alt: "Says \\"much\\""' in shown


def test_preparing_leaves_fragments_alone_that_are_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_STUDY", str(folder))

    assert preparing.prepare(Path("elsewhere")) == folder / "outputs" / "fragments"


def test_preparing_runs_the_study_of_the_project_where_fragments_are_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_study(tmp_path / "project", title="A project", as_of="2023-03-31")
    monkeypatch.delenv("WORKBENCH_STUDY", raising=False)
    monkeypatch.setattr(preparing, "run_stages", lambda _study: {})

    fragments = preparing.prepare(tmp_path / "project")

    assert fragments == tmp_path / "project" / "outputs" / "fragments"
    assert {path.name for path in fragments.glob("*.md")} >= {"study.md", "codebook.md", "theory-definition.md"}


def test_preparing_again_runs_the_study_only_after_something_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[Study] = []

    def run(opened: Study) -> dict[str, Finding]:
        runs.append(opened)
        return {}

    new_study(tmp_path / "project", title="A project", as_of="2023-03-31")
    monkeypatch.delenv("WORKBENCH_STUDY", raising=False)
    monkeypatch.setattr(preparing, "run_stages", run)

    def prepared(change: str = "") -> int:
        if change:
            path = tmp_path / "project" / change
            path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
        preparing.prepare(tmp_path / "project")
        return len(runs)

    assert [prepared(), prepared()] == [1, 1]
    assert [prepared("study.yaml"), prepared()] == [2, 2]
    assert [prepared("codebooks/codebook.yaml"), prepared()] == [3, 3]


def test_a_coding_and_a_transcript_change_what_results_rest_on(study: Study, tmp_path: Path) -> None:
    copy = tmp_path / "study"
    shutil.copytree(study.path, copy, ignore=shutil.ignore_patterns("outputs"))
    opened = open_study(copy)
    before = fingerprint(opened)
    opened.store.read("du-user", coder="ben")
    coded = fingerprint(opened)
    with (copy / "transcripts" / "du-user.txt").open("a", encoding="utf-8") as stream:
        stream.write("\nEve: One more thing.\n")

    assert before == fingerprint(open_study(study.path))
    assert len({before, coded, fingerprint(opened)}) == 3


def test_fragments_can_be_written_without_rendering(study: Study, findings: dict[str, Finding]) -> None:
    fragments = write_fragments_of(study, findings)

    assert (fragments / "theory-figure.md").is_file()
    assert sorted(path.suffix for path in (fragments / "figures").glob("theory.*")) == [".png", ".svg"]
