"""A study is a folder; every mistake in it is told at once, and nothing is written half."""

from pathlib import Path

import pytest
import yaml

import workbench as wb
from workbench.errors import InputError
from workbench.study import check_study, import_codings, new_study, open_study, run_stages

TALK = "INT: What happened?\nP01: It made me think, that course did. Honestly.\nINT: And?\nP01: I packed it in.\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    (folder / "transcripts" / "du-01.txt").write_text(TALK, encoding="utf-8")
    rows = "document,scheme,role,kind,speakers\ndu-01,durham,service_user,interview,INT=interviewer; P01=service_user\n"
    (folder / "transcripts" / "metadata.csv").write_text(rows, encoding="utf-8")
    return folder


def _told(folder: Path) -> str:
    return "\n".join(str(problem) for problem in check_study(open_study(folder)).problems)


def test_a_new_study_opens_and_holds_the_shipped_definitions(study: Path) -> None:
    opened = wb.open_study(study)
    assert opened.settings.title == "Mine"
    assert list(opened.manuals) == ["durham", "thames-valley", "west-midlands"]
    assert sum(len(manual.components) for manual in opened.manuals.values()) == 36
    assert opened.codebook.known("M09")
    assert opened.codebook.known("A11→M09")
    assert opened.codebook.known("WM-08")
    assert _told(study) == ""


def test_a_study_is_not_made_over_something_else(study: Path) -> None:
    before = (study / "study.yaml").read_text()
    with pytest.raises(InputError, match="is there already and not empty"):
        new_study(study, as_of="2024-01-01")
    assert (study / "study.yaml").read_text() == before


def test_settings_are_checked_all_at_once_with_lines(study: Path) -> None:
    written = yaml.safe_load((study / "study.yaml").read_text())
    written |= {"embeding": "minilm", "as_of": "soon", "disclosure": {"threshold": 0}}
    (study / "study.yaml").write_text(yaml.safe_dump(written, sort_keys=False))
    with pytest.raises(InputError) as caught:
        open_study(study)
    told = str(caught.value)
    assert "embeding is not known here" in told
    assert "as_of" in told
    assert "disclosure.threshold" in told
    assert told.count("study.yaml, line") == 3


def test_mistakes_in_every_definition_are_told_together(study: Path) -> None:
    theory = study / "codebooks" / "theory.yaml"
    text = theory.read_text(encoding="utf-8")
    broken = text.replace("{id: C02,", "{id: C01,", 1).replace("{from: A01, to: A03", "{from: A01, to: A99", 1)
    assert broken != text
    theory.write_text(broken, encoding="utf-8")
    (study / "transcripts" / "empty.txt").write_bytes(b"")
    (study / "transcripts" / "bad.docx").write_bytes(b"PK nonsense")
    told = _told(study)
    assert "theory.yaml, line" in told
    assert "C01" in told
    assert "A99" in told
    assert "empty.txt: the file has 0 bytes" in told
    assert "bad.docx: cannot be read as a Word file" in told


def test_codings_with_unknown_codes_and_quotes_are_refused_whole(study: Path, tmp_path: Path) -> None:
    opened = open_study(study)
    opened.store.add_corpus(opened.corpus)
    rows = "document,quote,code,coder\ndu-01,It made me think,M09,ann\n"
    rows += "du-01,It made me think,M99,ann\ndu-01,never said,M09,ann\n"
    path = tmp_path / "codings.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_codings(opened, path)
    assert "M99" in str(caught.value)
    assert "never said" in str(caught.value)
    assert opened.store.codings().empty
    path.write_text("\n".join(rows.splitlines()[:2]) + "\n", encoding="utf-8")
    assert import_codings(opened, path, finished=True) == 1
    assert opened.store.read_by().values.tolist() == [["ann", "du-01"]]


def test_a_code_that_left_the_codebook_is_a_problem_of_the_store(study: Path) -> None:
    opened = open_study(study)
    opened.store.add_corpus(opened.corpus)
    start = opened.corpus.text("du-01").index("It made me think")
    opened.store.code(wb.Span("du-01", start, start + 16), "I77", coder="ann")
    assert "the code 'I77' is not in the codebook" in _told(study)


def _doubts(folder: Path) -> str:
    return "\n".join(str(doubt) for doubt in check_study(open_study(folder)).doubts)


def test_a_scheme_that_the_study_does_not_have_is_a_problem(study: Path) -> None:
    path = study / "transcripts" / "metadata.csv"
    path.write_text(path.read_text().replace("du-01,durham", "du-01,durhm"), encoding="utf-8")
    assert "metadata.csv, document du-01, column scheme: 'durhm' is no scheme of this study." in _told(study)
    assert "Did you mean 'durham'?" in _told(study)


def test_a_scheme_without_a_manual_and_a_link_coded_without_a_stance_are_doubts(study: Path) -> None:
    (study / "codebooks" / "manuals" / "durham.yaml").unlink()
    opened = open_study(study)
    opened.store.add_corpus(opened.corpus)
    start = opened.corpus.text("du-01").index("It made me think")
    opened.store.code(wb.Span("du-01", start, start + 16), "A11→M09", coder="ann")
    assert "there is no manual durham.yaml" in _doubts(study)
    assert "1 codings of links or components say neither for nor against" in _doubts(study)


def test_what_systems_leave_behind_in_a_folder_is_no_transcript(study: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "~$du-01.docx"):
        (study / "transcripts" / name).write_bytes(b"x")
    assert len(open_study(study).corpus) == 1


def test_thresholds_that_cannot_work_together_are_told_when_the_study_opens(study: Path) -> None:
    written = yaml.safe_load((study / "study.yaml").read_text())
    written["disclosure"] = {"threshold": 5, "rounding": 10, "quote_group": 3}
    (study / "study.yaml").write_text(yaml.safe_dump(written))
    with pytest.raises(InputError, match="rounding 10 is above the threshold 5"):
        open_study(study)


def test_an_empty_store_answers_with_nothing_and_no_traceback(study: Path) -> None:
    opened = open_study(study)
    assert wb.weigh_theory(opened.theory, opened.store).table["n"].sum() == 0
    assert "no coder has recorded a document as finished" in wb.agreement(opened.store).statements[0]


def test_importing_the_same_codings_again_adds_none(study: Path, tmp_path: Path) -> None:
    opened = open_study(study)
    opened.store.add_corpus(opened.corpus)
    path = tmp_path / "codings.csv"
    path.write_text("document,quote,code,coder\ndu-01,It made me think,M09,ann\n", encoding="utf-8")
    assert [import_codings(opened, path) for _ in range(2)] == [1, 0]


def test_a_study_without_records_says_what_was_not_assessed(study: Path) -> None:
    opened = open_study(study)
    settings = opened.settings.model_copy(update={"embedding": "static"})
    findings = run_stages(type(opened)(opened.path, settings))
    assert "corpus" in findings
    assert "equity-funnel" not in findings
    assert "Implementation: not assessed." in findings["emmie"].statements
    assert findings["methods"].table["finding"].tolist()[0] == "corpus"


def test_transcripts_without_scheme_or_role_still_run(study: Path) -> None:
    (study / "transcripts" / "metadata.csv").unlink()
    opened = open_study(study)
    opened.store.add_corpus(opened.corpus)
    described = run_stages(type(opened)(opened.path, opened.settings.model_copy(update={"embedding": "static"})))[
        "corpus"
    ]
    assert described.table["scheme"].tolist() == ["not given"]
    assert described.trace(0) == ("du-01",)
