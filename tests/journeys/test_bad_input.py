"""A study with every mistake at once: all are told with place and remedy, exit 2, and nothing is written half."""

from pathlib import Path

import pytest
import xlsxwriter
from closed_command import run
from docx import Document

from workbench.study import new_study

HEADERS = [
    "Force",
    "First name",
    "Last name",
    "DOB",
    "Sex",
    "PNC number",
    "Contact date",
    "Was diverted",
    "Outcome type",
]


def _workbook(path: Path, outcome: str) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        whole, dateless = book.add_worksheet("Apr-Sep"), book.add_worksheet("Oct-Mar")
        whole.write_row(0, 0, HEADERS)
        whole.write_row(1, 0, ["Durham", "Ann", "Example", "01/02/1990", "F", "90/1X", "03/11/2021", "Y", outcome])
        dateless.write_row(0, 0, [header for header in HEADERS if header != "Contact date"])
        dateless.write_row(1, 0, ["Durham", "Bo", "Example", "01/02/1991", "M", "91/1X", "Y", "Community resolution"])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = new_study(tmp_path / "study", title="Broken", as_of="2023-03-31")
    transcripts, theory = folder / "transcripts", folder / "codebooks" / "theory.yaml"
    (transcripts / "good.txt").write_text("INT: Yes?\nP01: It made me think.\nINT: And?\nP01: No.\n", encoding="utf-8")
    (transcripts / "nothing.txt").write_bytes(b"")
    (transcripts / "torn.docx").write_bytes(b"PK\x03\x04 torn")
    Document().save(str(transcripts / "silent.docx"))
    text = theory.read_text(encoding="utf-8")
    text = text.replace("{id: C02,", "{id: C01,", 1).replace("{from: A01, to: A03", "{from: A01, to: A33", 1)
    theory.write_text(text, encoding="utf-8")
    _workbook(folder / "records" / "durham.xlsx", "Comunity resolutoin")
    return folder


def test_check_tells_every_mistake_of_every_part(broken: Path) -> None:
    done = run("check", str(broken), cwd=broken.parent)
    assert done.returncode == 2
    told = done.stdout
    for place, what in {
        "nothing.txt": "the file has 0 bytes",
        "torn.docx": "cannot be read as a Word file",
        "silent.docx": "holds white space and no words",
        "theory.yaml, line": "A33",
        "durham.xlsx": "Comunity resolutoin",
    }.items():
        assert any(place in line and what in line for line in told.splitlines()), (place, what, told)
    assert "C01" in told
    assert any("Oct-Mar" in line and "date" in line for line in told.splitlines())
    assert "Did you mean" in told
    assert "Traceback" not in done.stdout + done.stderr


def test_report_refuses_and_writes_nothing(broken: Path) -> None:
    done = run("report", str(broken), cwd=broken.parent)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert list((broken / "outputs").iterdir()) == []


def test_an_import_with_one_unknown_code_stores_nothing(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "study", title="Codes", as_of="2023-03-31")
    (folder / "transcripts" / "a.txt").write_text("INT: Yes?\nP01: It made me think.\nINT: And?\nP01: No.\n")
    codings = tmp_path / "codings.csv"
    codings.write_text("document,quote,code,coder\na,made me think,M09,ann\na,made me think,M9,ann\n")
    done = run("import", str(folder), "--codings", str(codings), cwd=tmp_path)
    assert done.returncode == 2
    assert "codings.csv" in done.stderr
    assert "'M9'" in done.stderr
    assert "Did you mean" in done.stderr
    codings.write_text("document,quote,code,coder\na,made me think,M09,ann\n")
    again = run("import", str(folder), "--codings", str(codings), cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "codings.csv: codings new to the store: 1" in again.stdout


def test_a_missing_definition_is_told_with_its_path(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "study", title="Gone", as_of="2023-03-31")
    (folder / "codebooks" / "codebook.yaml").unlink()
    done = run("check", str(folder), cwd=tmp_path)
    assert done.returncode == 2
    assert "codebook.yaml: there is no such file" in done.stdout
