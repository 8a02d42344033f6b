"""Who withdraws is in nothing that is made afterwards; who may not be quoted is counted and not quoted."""

import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from workbench.cli.program import app
from workbench.cli.quotes import quotes
from workbench.corpus import Span
from workbench.exchange import export_codings
from workbench.report import write_release
from workbench.report.held_back import decide, held_back
from workbench.study import Study, new_study, open_study, run_stages
from workbench.study.audit import audit_study

QUOTES = typer.Typer()
QUOTES.command()(quotes)
LINK = "A11→M09"
SAID = {
    "du-anna": "It made me think twice about the marmalade.",
    "du-ben": "The xylophone session made me wake up to it.",
    "du-cara": "Me mum said the session opened a window for me.",
    "du-dan": "That afternoon I saw the tangerine side of it.",
}
MARKS = ("xylophone", "du-ben")
HEAD = "document,speaker,analysis,quotation,archive,withdrawn,note\n"
EVERYBODY = "".join(f"{document},,yes,yes,{'no' if document == 'du-dan' else 'yes'},,\n" for document in SAID)


def _open(folder: Path) -> Study:
    opened = open_study(folder)
    return Study(opened.path, opened.settings.model_copy(update={"embedding": "static"}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = new_study(tmp_path / "study", title="A small study", as_of="2023-03-31", records=None)
    rows = ["document,scheme,role,kind,speakers"]
    for number, (document, said) in enumerate(SAID.items()):
        text = f"INT: What was it like?\nP0{number}: {said}\n"
        (made / "transcripts" / f"{document}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{document},durham,service_user,interview,INT=interviewer; P0{number}=service_user")
    (made / "transcripts" / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (made / "transcripts" / "consent.csv").write_text(HEAD + EVERYBODY, encoding="utf-8")
    study = _open(made)
    study.take_in()
    for document, said in SAID.items():
        start = study.store.text(document).index(said)
        study.store.code(Span(document, start, start + len(said)), LINK, coder="ann", stance="supports")
        study.store.read(document, coder="ann")
        study.store.review(document, coder="ann")
    return made


def _release(folder: Path, out: Path) -> dict[str, str]:
    """Write everything that leaves, and return it as text."""
    study = _open(folder)
    write_release(study, run_stages(study), out)
    export_codings(study.store, out / "export", quotes=True, permission=study.quote_permissions())
    return {
        str(path.relative_to(out)): path.read_text(encoding="utf-8", errors="replace")
        for path in out.rglob("*")
        if path.is_file()
    }


def _with(texts: dict[str, str], words: str) -> list[str]:
    return [name for name, text in texts.items() if words in text]


def _people_for(texts: dict[str, str]) -> int:
    table = pd.read_csv(io.StringIO(texts["release/theory.csv"].removeprefix("\ufeff")))
    return int(table.loc[table["link"] == LINK, "n"].iloc[0])


def test_a_withdrawn_interview_is_gone_from_every_finding_quote_and_export_and_the_audit_tells(
    folder: Path, tmp_path: Path
) -> None:
    before = _release(folder, tmp_path / "before")
    assert _with(before, "xylophone")
    assert _people_for(before) == 4
    consent = folder / "transcripts" / "consent.csv"
    told = EVERYBODY.replace("du-ben,,yes,yes,yes,,", "du-ben,,yes,yes,yes,2026-01-03,by letter")
    consent.write_text(HEAD + told, encoding="utf-8")
    problems = "\n".join(map(str, audit_study(_open(folder)).problems))
    assert "document du-ben: a withdrawal is recorded, and the words are still in the store" in problems

    after = _release(folder, tmp_path / "after")
    assert [name for mark in MARKS for name in _with(after, mark)] == []
    assert _people_for(after) == 3
    assert "Transcripts withdrawn by those who took part: 1" in after["fragments/corpus.md"].replace("\\", "")
    audit = audit_study(_open(folder))
    assert list(audit.problems) == []
    (line,) = [line for line in audit.told if "du-ben" in line]
    assert "2026-01-03" in line
    assert "by consent.csv" in line
    assert "1 coding and" in line
    kept = [path for path in (folder / "store").rglob("*") if path.is_file() and b"xylophone" in path.read_bytes()]
    assert kept == []


def test_the_command_line_tells_of_a_withdrawal_and_asks_for_nobody(folder: Path) -> None:
    consent = folder / "transcripts" / "consent.csv"
    consent.write_text(HEAD + EVERYBODY.replace("du-ben,,yes,yes,yes,,", "du-ben,,yes,yes,yes,2026-01-03,"))
    run = CliRunner()
    waiting = run.invoke(app, ["audit", str(folder)])
    assert (waiting.exit_code, "Run: workbench import" in waiting.output) == (1, True)
    done = run.invoke(app, ["import", str(folder)])
    assert (done.exit_code, "taken out of the store: du-ben" in done.output) == (0, True)
    told = run.invoke(app, ["audit", str(folder)])
    assert (told.exit_code, "du-ben was withdrawn" in told.output) == (0, True)


def test_a_coding_whose_words_a_correction_took_away_is_left_to_a_person(folder: Path) -> None:
    text = "INT: What was it like?\nP01: Nobody had ever heard of anything like that before, had they?\n"
    (folder / "transcripts" / "du-ben.txt").write_text(text, encoding="utf-8")
    run = CliRunner()
    done = run.invoke(app, ["import", str(folder)])
    assert "workbench corrections: 1" in done.output
    told = run.invoke(app, ["audit", str(folder)])
    assert (told.exit_code, "Settle it with: workbench corrections" in told.output) == (1, True)


def test_where_nothing_may_be_quoted_the_page_says_why_and_what_to_do(folder: Path, tmp_path: Path) -> None:
    (folder / "transcripts" / "du-anna.txt").write_text("INT: Well?\nP00: Quite another tale.\n", encoding="utf-8")
    for document in SAID:
        path = folder / "transcripts" / f"{document}.txt"
        path.write_bytes(path.read_bytes() + b"INT: Thanks.\n")  # another file than the one that was reviewed
    texts = _release(folder, tmp_path / "out")
    shown = texts["fragments/theory-evidence.md"].replace("\\", "")
    assert "0 of 3 coded passages may be quoted" in shown
    assert "None of these may be quoted: nobody has reviewed this transcript for names (3)." in shown
    assert "workbench names done" in shown
    assert [name for said in SAID.values() for name in _with(texts, said)] == []


def test_who_did_not_consent_to_quotation_is_counted_and_not_quoted(folder: Path, tmp_path: Path) -> None:
    told = EVERYBODY.replace("du-ben,,yes,yes", "du-ben,,yes,no").replace("du-dan,,yes,yes", "du-dan,,yes,")
    (folder / "transcripts" / "consent.csv").write_text(HEAD + told, encoding="utf-8")
    texts = _release(folder, tmp_path / "out")
    assert _with(texts, "xylophone") == _with(texts, "tangerine") == []
    assert _people_for(texts) == 4
    record = json.loads(texts["release/disclosure.json"])
    refused = sorted(entry["reasons"][0] for entry in record["entries"] if entry["decision"] == "refuse")
    assert refused == ["consent to quotation is not recorded", "no consent to quotation"]
    codings = pd.read_csv(tmp_path / "out" / "export" / "codings.csv", keep_default_na=False)
    assert codings.loc[codings["document"] == "du-ben", "withheld"].tolist() == ["no consent to quotation"]


def test_a_person_can_release_and_withhold_quotes_and_not_what_may_not_leave(folder: Path) -> None:
    study = _open(folder)
    waiting = held_back(study)
    assert waiting["document"].tolist() == ["du-cara"]
    run = CliRunner()
    listed = run.invoke(QUOTES, [str(folder)])
    assert (listed.exit_code, "could somebody know the person by this?" in listed.output) == (0, True)
    nobody = run.invoke(QUOTES, [str(folder), "--release", waiting["id"][0]])
    assert nobody.exit_code != 0
    done = run.invoke(QUOTES, [str(folder), "--release", waiting["id"][0], "--by", "Ann", "--why", "harmless"])
    assert (done.exit_code, "codings of these words: 1" in done.output) == (0, True)
    assert held_back(_open(folder)).empty
    decide(_open(folder), {waiting["id"][0]: "withhold"}, by="Ben")
    codings = study.store.codings()
    assert _open(folder).quote_permissions()(codings.iloc[2].to_dict())[0] == "a person has withheld it"


def test_the_name_that_a_report_gave_a_quote_leads_to_its_coding_and_consent_cannot_be_overridden(
    folder: Path, tmp_path: Path
) -> None:
    told = EVERYBODY.replace("du-ben,,yes,yes", "du-ben,,yes,no")
    (folder / "transcripts" / "consent.csv").write_text(HEAD + told, encoding="utf-8")
    texts = _release(folder, tmp_path / "out")
    record = json.loads(texts["release/disclosure.json"])
    (alias,) = [entry["name"] for entry in record["entries"] if entry["decision"] == "refuse"]
    assert re.fullmatch(r"Q-[0-9a-f]{8}", alias)
    refused = CliRunner().invoke(QUOTES, [str(folder), "--release", alias, "--by", "Ann"])
    assert "no consent to quotation" in str(refused.exception)
    assert getattr(refused.exception, "exit_code", None) == 3


def test_an_archive_gets_what_people_consented_to_have_archived(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["export", str(tmp_path / "out"), "--study", str(folder), "--for", "archive", "--quotes"]
    )
    assert done.exit_code == 0
    codings = pd.read_csv(tmp_path / "out" / "codings.csv", keep_default_na=False)
    assert codings["document"].str.fullmatch("T-[0-9a-f]{4}").all()
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert [name for name in SAID if name.encode() in everything] == []
    assert codings["quote"].tolist() == [SAID["du-anna"], SAID["du-ben"], ""]
    assert pd.read_csv(tmp_path / "out" / "left_out.csv").values.tolist() == [["no consent to archiving", 1, 1]]
    assert "no consent to archiving,1,1" in done.output


def test_a_transcript_that_cannot_be_read_is_told_and_the_others_are_imported(folder: Path) -> None:
    (folder / "transcripts" / "broken.docx").write_bytes(b"PK nonsense")
    done = CliRunner().invoke(app, ["import", str(folder)])
    assert done.exit_code == 2
    assert "broken.docx" in done.stderr
    assert "Transcripts: 4" in done.stdout
    study = _open(folder)
    told = " ".join(run_stages(study)["corpus"].statements)
    assert "1 file could not be read" in told
