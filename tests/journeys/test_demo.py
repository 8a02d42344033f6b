"""From nothing to a report in one command, without a network; then every question asked of it."""

import json
import re
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from closed_command import run

pytestmark = pytest.mark.xdist_group("demo")
STAGES = ("write the fictional records", "suggest codes", "measure agreement", "check fidelity", "write the report")


def test_the_demonstration_ends_with_the_path_of_its_report(
    made: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, done = made
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.splitlines()[-1]) == folder / "outputs" / "report" / "index.html"
    assert [stage for stage in STAGES if stage not in done.stderr] == []


def test_every_page_says_that_it_is_fictional(demo: Path) -> None:
    pages = sorted((demo / "outputs" / "report").glob("*.html"))
    assert len(pages) >= 10
    assert [page.name for page in pages if "fictional" not in page.read_text(encoding="utf-8").lower()] == []


def test_every_released_table_says_that_it_is_fictional(demo: Path) -> None:
    tables = sorted((demo / "outputs" / "release").rglob("*.csv"))
    assert len(tables) >= 10
    assert [table.name for table in tables if "fictional" not in table.read_text(encoding="utf-8").lower()] == []


def test_the_report_comes_as_word_and_pdf_too(demo: Path) -> None:
    report = demo / "outputs" / "report"
    assert (report / "report.docx").read_bytes()[:2] == b"PK"
    assert (report / "report.pdf").read_bytes()[:5] == b"%PDF-"


def test_no_page_asks_for_anything_from_outside(demo: Path) -> None:
    asking = re.compile(r"""(?:src|href)\s*=\s*["'](https?:)?//|@import|url\(\s*["']?https?:""", re.IGNORECASE)
    for page in (demo / "outputs" / "report").glob("*.html"):
        text = re.sub(r'<a [^>]*href="https?://[^"]*"', "<a", page.read_text(encoding="utf-8"))
        assert asking.findall(text) == [], page.name


def test_no_raw_identifier_of_the_extracts_is_in_any_output(demo: Path) -> None:
    keys = next((demo.parent / "demo-keys").glob("*.csv"))
    people = pd.read_csv(keys, dtype=str).sample(200, random_state=1)
    column = next(name for name in people if "pnc" in name.lower())
    numbers = [number for number in people[column].dropna() if len(number) > 5]
    assert numbers
    for path in (demo / "outputs").rglob("*"):
        if path.suffix in {".csv", ".html", ".json", ".md"}:
            text = path.read_text(encoding="utf-8")
            assert [number for number in numbers if number in text] == [], path.name


def test_effects_and_economics_are_said_to_be_not_assessed(demo: Path) -> None:
    page = next((demo / "outputs" / "report").glob("*emmie*.html")).read_text(encoding="utf-8").lower()
    assert "effects were not assessed" in page
    assert "economics were not assessed" in page


@pytest.mark.parametrize("command", ["agree", "theory", "fidelity", "equity"])
def test_each_question_is_answered_as_json_with_its_provenance(demo: Path, command: str) -> None:
    done = run(command, str(demo), "--json", cwd=demo.parent)
    assert done.returncode == 0, done.stderr
    findings = json.loads(done.stdout)
    assert all(finding["rows"] and finding["statements"] for finding in findings)
    assert all(finding["provenance"]["version"] for finding in findings)


def test_each_question_is_answered_on_screen_in_sentences(demo: Path) -> None:
    done = run("theory", str(demo), cwd=demo.parent)
    assert "• Of 122 links of the theory," in done.stdout
    assert "Note: Untested is the default." in done.stdout


def test_check_finds_doubts_and_nothing_wrong(demo: Path) -> None:
    done = run("check", str(demo), cwd=demo.parent)
    assert done.returncode == 1, done.stdout
    assert "To put right" not in done.stdout
    assert "For a person to look at" in done.stdout


def test_audit_finds_no_act_touched(demo: Path) -> None:
    done = run("audit", str(demo), cwd=demo.parent)
    assert done.returncode == 0
    assert "none touched" in done.stdout


def test_export_holds_no_quote(demo: Path, tmp_path: Path) -> None:
    done = run("export", str(tmp_path / "out"), "--study", str(demo), cwd=demo.parent)
    assert done.returncode == 0, done.stderr
    codings = pd.read_csv(tmp_path / "out" / "codings.csv")
    assert len(codings) > 500
    assert "quote" not in codings


def test_merging_the_store_with_itself_adds_nothing(demo: Path) -> None:
    done = run("merge", str(demo / "store" / "codings.sqlite"), str(demo), cwd=demo.parent)
    assert done.stdout.strip() == "0 acts added."


def test_a_folder_that_is_no_demonstration_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep me")
    done = run("demo", "mine", cwd=tmp_path)
    assert done.returncode == 2
    assert "is there already and is no demonstration" in done.stderr
    assert (tmp_path / "mine" / "notes.txt").read_text() == "keep me"


def test_every_finding_leads_back_to_codings_or_records(demo: Path) -> None:
    import workbench as wb

    study = wb.open_study(demo)
    codings = set(study.store.codings()["id"])
    evidence = wb.weigh_theory(study.theory, study.store)
    told = evidence.table.index[evidence.table["n"] > 0]
    assert all(set(evidence.trace(int(row))) <= codings and evidence.trace(int(row)) for row in told)
    events = set(study.records.events.event.execute())
    fidelity = wb.check_fidelity(study.records, study.manuals["durham"], as_of=study.settings.as_of, store=study.store)
    row = int(fidelity.table.index[fidelity.table["n"].fillna(0) > 0][0])
    assert fidelity.trace(row)
    assert set(fidelity.trace(row)) <= events | codings
    equity = wb.compare_groups(study.records, stage="referred", by="sex", reference="Male")
    incidents = set(study.records.incidents.incident.execute())
    assert equity.trace(0)
    assert set(equity.trace(0)) <= incidents
