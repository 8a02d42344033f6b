"""From nothing to a report in one command, without a network; then every question asked of it."""

import json
import re
import subprocess
import zipfile
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
    banner = re.compile(r'<div class="fictional">\s*<p><strong>Fictional data')
    assert len(pages) >= 10
    assert [page.name for page in pages if not banner.search(page.read_text(encoding="utf-8"))] == []


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


IDENTIFIERS = (
    re.compile(r"\bFIC/\d{7}[A-Z]\b"),
    re.compile(r"\b(?:DU|TV|WM)-\d{6}\b"),
    re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{2}/\d{2}/\d{4}\b"),
    re.compile(r"(?=\b([^\W\d_][\w'’-]+,? [^\W\d_][\w'’-]+))"),
)
"""What looks like a police number, a case number, a date, a full name."""


def _looks_like_one(text: str) -> set[str]:
    return {found.casefold() for pattern in IDENTIFIERS for found in pattern.findall(text)}


def _written(extract: Path) -> list[dict[str, str]]:
    """Return the rows of an extract as they were written: column, lower case, to cell."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(extract))
    found = []
    for sheet in (book.get_sheet_by_name(name).to_python() for name in book.sheet_names):
        if len(sheet) > 1 and len(sheet[1]) > 1:
            head = [str(cell).lower() for cell in sheet[1]]
            found += [dict(zip(head, map(str, row), strict=True)) for row in sheet[2:]]
    return found


def _of_a_person(row: dict[str, str]) -> set[str]:
    """Return a row's police number, case number, date of birth, and full name in each order."""
    numbers = {cell for name, cell in row.items() if re.search(r"pnc|ref$|dob|d\.o\.b|birth", name)}
    first, last = (
        next((cell for name, cell in row.items() if re.search(form, name)), "")
        for form in ("forename|first name|given", "surname|last name|family")
    )
    whole = {row.get("name", "")} | ({f"{first} {last}", f"{last}, {first}", f"{last} {first}"} if last else set())
    turned = {" ".join(reversed(name.split(", "))) for name in whole}
    return {text.casefold() for text in numbers | whole | turned if _looks_like_one(text)}


def _texts(folder: Path) -> dict[str, str]:
    """Return the text of every file, Word files unpacked, pictures and marks left out."""
    found = {}
    for path in (path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as word:
                parts = {name: word.read(name).decode() for name in word.namelist() if name.endswith((".xml", ".rels"))}
            found |= {f"{path.name}/{name}": re.sub(r"<[^>]+>", "", text) + text for name, text in parts.items()}
        elif path.suffix in {".csv", ".html", ".json", ".md", ".mmd", ".svg", ".txt"}:
            found[str(path.relative_to(folder))] = re.sub(r"data:[^\"')]+", "", path.read_text(encoding="utf-8-sig"))
    return found


def test_no_raw_identifier_of_the_extracts_is_in_any_output(demo: Path) -> None:
    rows = [row for path in sorted((demo / "records").glob("*.xlsx")) for row in _written(path)]
    people = {text for row in rows for text in _of_a_person(row)}
    cells = {found for row in rows for cell in row.values() for found in _looks_like_one(cell)}
    events = _texts(demo / "records")
    cases = {text for content in events.values() for text in _looks_like_one(content) if "-0" in text or "fic/" in text}
    # The search finds them where they are: police and case numbers, dates of birth, names.
    for form, least in ((r"fic/\d{7}[a-z]", 1000), (r"\d{4}-\d\d-\d\d", 500), (r"[a-z'’-]+, [a-z'’-]+", 300)):
        assert len([text for text in people & cells if re.fullmatch(form, text)]) > least
    numbers = {text for text in cases if re.fullmatch(r"fic/\d{7}[a-z]|(?:du|tv|wm)-\d{6}", text)}
    assert len(numbers) > 1000
    outputs = _texts(demo / "outputs")
    assert {"release/theory.csv", "report/index.html", "report.docx/word/document.xml"} <= outputs.keys()
    leaks = {name: (people | numbers) & _looks_like_one(text) for name, text in outputs.items()}
    assert {name: found for name, found in leaks.items() if found} == {}


def test_effects_and_economics_are_said_to_be_not_assessed(demo: Path) -> None:
    page = next((demo / "outputs" / "report").glob("*emmie*.html")).read_text(encoding="utf-8").lower()
    assert "effects were not assessed" in page
    assert "economics were not assessed" in page


def test_a_click_on_a_line_of_the_theory_leads_to_its_evidence(demo: Path) -> None:
    report = demo / "outputs" / "report"
    drawing = (report / "02-theory.html").read_text(encoding="utf-8")
    evidence = (report / "05-theory-evidence.html").read_text(encoding="utf-8")
    led = set(re.findall(r'<a xlink:href="05-theory-evidence\.html#([^"]+)"', drawing))
    assert len(led) >= 20
    assert [place for place in led if f'id="{place}"' not in evidence] == []


def test_each_verdict_stands_beside_what_it_rests_on(demo: Path) -> None:
    page = (demo / "outputs" / "report" / "05-theory-evidence.html").read_text(encoding="utf-8")
    sections = len(re.findall(r'id="link-(?!by-link")', page))
    asked = ("If left out", "Asked, and silent", "Passages against", "Written down beforehand", "Agreement of coders")
    assert sections >= 20
    assert {question: page.count(f"<strong>{question}:</strong>") for question in asked} == dict.fromkeys(
        asked, sections
    )


def test_cases_against_wait_or_carry_a_name_and_lenses_give_no_verdict(demo: Path) -> None:
    cases, minds, parts, lenses = (
        next((demo / "outputs" / "report").glob(f"05{letter}-*.html")).read_text(encoding="utf-8") for letter in "abcd"
    )
    assert cases.index("Waiting for a disposition") < cases.index("None yet:")
    assert "What would move it:" in minds
    assert "CMO1" in parts
    assert "they give no verdicts" in " ".join(lenses.split())
    assert "2 of 3 clues lead to a probability" in " ".join(lenses.split())
    assert "Of 6 clues, 6 were sealed" in " ".join(lenses.split())
    assert not re.search(r'class="(supported|contested|refuted|untested)"', lenses)


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
