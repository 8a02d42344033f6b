"""The codebook for readers, and codes for what the theory has and the codebook has not."""

import csv
from pathlib import Path

import pytest
import yaml
from docx import Document
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from workbench.cli.codes import app
from workbench.errors import InputError, Refused
from workbench.study import new_study, open_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")


def run(*words: object) -> Result:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def test_every_format_says_what_a_code_means_and_what_became_of_it(study: Path, tmp_path: Path) -> None:
    run("rename", "I02", "I02b", "--by", "Kim", "--why", "=clearer", "--study", study)
    files = {ending: tmp_path / f"codebook{ending}" for ending in (".csv", ".xlsx", ".md", ".docx")}
    for path in files.values():
        run("export", path, "--study", study)
    code = open_study(study).codebook.codes["I02b"]
    with files[".csv"].open(encoding="utf-8-sig", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["Code"] == "I02b")
    assert (row["Name"], row["What it means"], row["Include"]) == (code.name, code.definition, code.include)
    assert row["History"].endswith("was I02 (=clearer)")
    sheet = CalamineWorkbook.from_path(str(files[".xlsx"])).get_sheet_by_index(0).to_python()
    assert next(cells for cells in sheet if cells[0] == "I02b")[5] == code.definition
    words = "\n".join(paragraph.text for paragraph in Document(str(files[".docx"])).paragraphs)
    assert f"I02b {code.name}" in words
    assert f"Near miss: {code.near_miss}" in words
    assert f"## I02b {code.name}" in files[".md"].read_text(encoding="utf-8")
    assert "Kim" not in files[".md"].read_text(encoding="utf-8")


def test_a_codebook_with_somebodys_address_does_not_leave(study: Path, tmp_path: Path) -> None:
    path = study / "codebooks" / "codebook.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("near_miss: ", "near_miss: 'x@y.org' # ", 1), encoding="utf-8"
    )
    with pytest.raises(Refused, match="near miss: reads like a raw identifier"):
        run("export", tmp_path / "codebook.md", "--study", study)
    assert not (tmp_path / "codebook.md").exists()


def test_another_ending_is_told_with_those_that_work(study: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be written as \.pdf.*\.docx"):
        run("export", tmp_path / "codebook.pdf", "--study", study)


def test_nodes_without_a_code_get_one_and_check_asks_for_its_boundaries(study: Path) -> None:
    before = (study / "codebooks" / "codebook.yaml").read_text(encoding="utf-8")
    told = run("from-theory", "--node", "O17", "--node", "C01", "--by", "Kim", "--study", study).output
    assert "2 codes added: C01, O17." in told
    opened = open_study(study)
    assert opened.codebook.codes["C01"].definition == opened.theory.nodes["C01"].definition
    assert any("C01" in str(problem) for problem in opened.codebook.check())
    after = (study / "codebooks" / "codebook.yaml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert yaml.safe_load(after)["codes"][-1]["node"] == "O17"
    assert "C01, O17" in (study / "codebooks" / "CHANGES.md").read_text(encoding="utf-8")
    run("from-theory", "--by", "Kim", "--study", study)
    again = run("from-theory", "--by", "Kim", "--study", study).output
    assert again.startswith("0 codes added.")


def test_unknown_nodes_and_nodes_with_a_code_are_told_together(study: Path) -> None:
    with pytest.raises(InputError) as told:
        run("from-theory", "--node", "M99", "--node", "M09", "--by", "Kim", "--study", study)
    assert [problem.what for problem in told.value.problems] == ["there is no node 'M99'", "M09 has the code M09"]
