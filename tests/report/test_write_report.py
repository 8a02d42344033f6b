"""From findings to files: what is in them, what is not, and what happens when a renderer fails."""

import contextlib
import csv
import json
import re
import stat
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.report.conftest import PHONE
from workbench.errors import Refused
from workbench.finding import Finding
from workbench.report import write_release, write_report
from workbench.report.pages import read_pages
from workbench.report.pandoc import RenderFailed
from workbench.report.write import PARTS, _building
from workbench.study import Study


@pytest.fixture(scope="module")
def outputs(study: Study, findings: dict[str, Finding], tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.report.render.find_quarto", lambda: None)
        index = write_report(study, findings)
    assert index == study.path / "outputs" / "report" / "index.html"
    return study.path / "outputs"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def _texts(outputs: Path) -> dict[str, str]:
    found = {
        str(path.relative_to(outputs)): path.read_text(encoding="utf-8")
        for path in outputs.rglob("*")
        if path.suffix in (".md", ".csv", ".html", ".json", ".txt", ".mmd")
    }
    for path in outputs.rglob("*.svg"):  # its words; numbers elsewhere in it are places on paper
        found[path.name] = " ".join(re.findall(r">([^<]+)<", path.read_text(encoding="utf-8")))
    with zipfile.ZipFile(outputs / "report" / "report.docx") as word:
        found["report.docx"] = word.read("word/document.xml").decode()
    return found


def test_the_report_is_a_website_a_word_file_and_an_accessible_pdf(outputs: Path, study: Study) -> None:
    pages = {f"{page.name}.html" for page in read_pages(study.path / "analysis")}
    made = {path.name for path in (outputs / "report").iterdir()}

    assert made == pages | {"release", "report.docx", "report.pdf", "report-pdf.txt"}
    assert (outputs / "report" / "report.pdf").read_bytes()[:5] == b"%PDF-"
    assert (outputs / "report" / "report-pdf.txt").read_text(encoding="utf-8") == "PDF standard: ua-1.\n"


def test_a_withheld_number_is_in_no_file(outputs: Path) -> None:
    exact = (r"\b7 of 23\b", r"30\.4%", r"0\.304347", r"\b803\b", r"\b1,?207\b", r"\b2,?473\b")
    found = [(name, form) for name, text in _texts(outputs).items() for form in exact if re.search(form, text)]

    assert found == []


def test_an_identifier_in_a_quote_is_in_no_file_and_its_coding_is_named_in_the_record(outputs: Path) -> None:
    record = json.loads((outputs / "release" / "disclosure.json").read_text(encoding="utf-8"))
    refused = [entry for entry in record["entries"] if entry["decision"] == "refuse"]

    assert [name for name, text in _texts(outputs).items() if PHONE in text] == []
    assert [(entry["kind"], entry["reasons"]) for entry in refused] == [("quote", ["holds a raw identifier: phone"])]
    assert refused[0]["name"] in (outputs / "fragments" / "disclosure.md").read_text(encoding="utf-8")


def test_every_page_and_file_says_that_the_data_are_made_up(outputs: Path) -> None:
    shown = [*outputs.glob("report/*.html"), *outputs.rglob("*.svg")]
    silent = [path.name for path in shown if "Fictional data" not in path.read_text(encoding="utf-8")]
    tables = [_rows(path) for path in outputs.glob("release/*.csv")]

    assert silent == []
    assert {row["fictional"] for table in tables for row in table} == {"True"}
    assert json.loads((outputs / "release" / "disclosure.json").read_text(encoding="utf-8"))["fictional"] is True


def test_a_result_that_is_missing_is_said_to_be_not_assessed(outputs: Path) -> None:
    equity = (outputs / "report" / "07-equity.html").read_text(encoding="utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", equity))

    assert "Not assessed: this study has no result named “equity-sex”." in text
    assert "From record to completion, by ethnicity" in text


def test_pages_can_be_read_without_seeing_them(outputs: Path) -> None:
    for path in (outputs / "report").glob("*.html"):
        html = path.read_text(encoding="utf-8")

        assert '<html lang="en-GB">' in html
        assert '<a class="skip" href="#content">' in html
        assert [tag for tag in re.findall(r"<th(?=[\s>])[^>]*>", html) if "scope=" not in tag] == []
        assert [tag for tag in re.findall(r"<img[^>]*>", html) if not re.search(r'alt="[^"]{20,}"', tag)] == []
        assert html.count("<h1") == 1


def test_pages_hold_everything_they_need(outputs: Path) -> None:
    for path in (outputs / "report").glob("*.html"):
        html = re.sub(r'"data:[^"]*"', '""', path.read_text(encoding="utf-8"))

        assert re.findall(r"<script|<link[^>]+href=\"http|src=\"(?!\")", html) == []
        assert [link for link in re.findall(r'href="([^"#:]+)"', html) if not (path.parent / link).is_file()] == []


def test_every_link_and_every_click_in_a_drawing_leads_to_a_place_that_is_there(outputs: Path) -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in (outputs / "report").glob("*.html")}
    places = {name: set(re.findall(r'\bid="([^"]+)"', html)) for name, html in pages.items()}
    led = [
        (name, page or name, place)
        for name, html in pages.items()
        for page, place in re.findall(r'href="([\w-]*(?:\.html)?)#([^"]+)"', html)
    ]
    clicks = re.findall(r'<a xlink:href="([^"]+)" aria-label="([^"]+)"', pages["02-theory.html"])

    assert [each for each in led if each[2] not in places[each[1]]] == []
    assert clicks == [("05-theory-evidence.html#link-a11-m09", "A11→M09: contested")]


def test_boxes_of_the_whole_theory_lead_to_the_evidence(outputs: Path) -> None:
    drawn = (outputs / "release" / "theory.mmd").read_text(encoding="utf-8").splitlines()

    assert [line.strip() for line in drawn if line.lstrip().startswith("click")] == [
        f'click {node} href "../05-theory-evidence.html#link-a11-m09" "The evidence on A11→M09"'
        for node in ("A11", "M09")
    ]


def test_a_comparison_that_no_page_asks_for_by_name_is_shown_all_the_same(
    study: Study, equity: Finding, tmp_path: Path
) -> None:
    further = replace(equity, name="equity-age-band", title="By age")
    write_release(study, {further.name: further}, tmp_path)

    shown = (tmp_path / "fragments" / "equity-further.md").read_text(encoding="utf-8")
    assert shown.startswith("### By age\n")
    assert "equity-age-band-gaps.svg" in shown


def test_released_theory_leads_back_to_its_codings_by_a_list_that_stays_inside(outputs: Path, study: Study) -> None:
    rows = _rows(outputs / "release" / "theory.csv")
    aliases = {alias for row in rows for alias in row["codings"].split()}
    with (study.path / "store" / "aliases.csv").open(encoding="utf-8") as stream:
        kept = {row["alias"]: row["coding"] for row in csv.DictReader(stream)}

    assert {kept[alias] for alias in aliases} == set(study.store.codings()["id"])
    assert not list(outputs.rglob("aliases.csv"))


def test_no_output_holds_the_id_of_a_coding(outputs: Path, study: Study) -> None:
    ids = set(study.store.codings()["id"])

    assert ids
    assert [name for name, text in _texts(outputs).items() if any(coding in text for coding in ids)] == []


def test_each_release_draws_aliases_anew_and_never_one_twice(
    outputs: Path, study: Study, findings: dict[str, Finding], tmp_path: Path
) -> None:
    write_release(study, findings, tmp_path)
    before, after = (
        {alias for row in _rows(folder / "release" / "theory.csv") for alias in row["codings"].split()}
        for folder in (outputs, tmp_path)
    )

    assert before
    assert len(before) == len(after)
    assert before.isdisjoint(after)


def test_no_file_tells_where_it_was_made(outputs: Path, study: Study) -> None:
    places = [form for place in (str(study.path), ".building-") for form in (place.encode(), place.encode("utf-16-be"))]
    parts = {str(path.relative_to(outputs)): path.read_bytes() for path in outputs.rglob("*") if path.is_file()}
    with zipfile.ZipFile(outputs / "report" / "report.docx") as word:
        parts |= {f"report.docx/{name}": word.read(name) for name in word.namelist()}
    pdf = parts["report/report.pdf"]
    for at, stream in enumerate(re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)):
        with contextlib.suppress(zlib.error):
            parts[f"report.pdf/{at}"] = zlib.decompress(stream)

    assert "report.docx/docProps/core.xml" in parts
    assert "report.docx/docProps/custom.xml" not in parts
    assert [name for name, content in parts.items() if any(place in content for place in places)] == []


@pytest.mark.parametrize("name", ["summary", "theory-evidence", "fidelity", "equity-funnel", "corpus"])
def test_fragments_read_as_they_should(outputs: Path, name: str, snapshot: SnapshotAssertion) -> None:
    text = (outputs / "fragments" / f"{name}.md").read_text(encoding="utf-8")

    assert re.sub(r"\bQ-[0-9a-f]{8}\b", "ALIAS", text) == snapshot


@pytest.mark.parametrize("broken", ["write_page", "write_word", "write_pdf"])
def test_a_failing_renderer_leaves_the_earlier_report_and_nothing_half_written(
    outputs: Path, study: Study, findings: dict[str, Finding], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_: object) -> None:
        raise RenderFailed("pandoc could not make the report: no space left")

    before = {path: path.stat().st_mtime_ns for path in outputs.rglob("*")}
    monkeypatch.setattr("workbench.report.render.find_quarto", lambda: None)
    for step in ("write_page", "write_word", "write_pdf"):
        monkeypatch.setattr(f"workbench.report.render.{step}", fail if step == broken else lambda *_: None)
    with pytest.raises(RenderFailed, match="no space left"):
        write_report(study, findings)

    assert {path: path.stat().st_mtime_ns for path in outputs.rglob("*")} == before


@pytest.mark.parametrize("failing", ["release", "fragments", "report"])
def test_a_swap_that_fails_brings_every_part_of_the_earlier_report_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    for part in PARTS:
        (tmp_path / part).mkdir()
        (tmp_path / part / "old.txt").write_text(part, encoding="utf-8")
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name == failing and path.parent.name.startswith(".building-"):
            raise PermissionError("in use")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(PermissionError, match="in use"), _building(tmp_path) as building:
        for part in PARTS:
            (building / part).mkdir()

    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.txt")) == sorted(
        f"{part}/old.txt" for part in PARTS
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(PARTS)


def test_a_file_that_would_hold_an_identifier_refuses_the_release(
    outputs: Path, study: Study, findings: dict[str, Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    def leak(_study: Study, _released: object, _names: object, folder: Path) -> None:
        (folder / "leak.md").write_text(f"Ring {PHONE}.", encoding="utf-8")

    monkeypatch.setattr("workbench.report.write.write_fragments", leak)
    with pytest.raises(Refused, match=r"leak\.md: line 1: phone"):
        write_report(study, findings)

    assert not list(outputs.rglob("leak.md"))


def test_quarto_renders_the_website_where_it_is_installed(
    outputs: Path, study: Study, findings: dict[str, Finding], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarto = tmp_path / "quarto"
    quarto.write_text(
        '#!/bin/sh\ncat "$2/_quarto.yml" > "$(dirname "$0")/seen.yml"\nmkdir "$2/$4"\n'
        'for page in "$2"/*.qmd; do echo made by quarto > "$2/$4/$(basename "$page" .qmd).html"; done\n',
        encoding="utf-8",
    )
    quarto.chmod(quarto.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr("workbench.report.render.find_quarto", lambda: str(quarto))
    monkeypatch.setattr("workbench.report.render.write_word", lambda _job: None)
    monkeypatch.setattr("workbench.report.render.write_pdf", lambda _job: None)
    index = write_report(study, findings)

    assert index.read_text(encoding="utf-8") == "made by quarto\n"
    assert "filters:\n- workbench.lua" in (tmp_path / "seen.yml").read_text(encoding="utf-8")
