"""The ledger commands: what counts, what people decided, what was sealed; each step told in words."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from workbench.cli.ledger import app
from workbench.corpus.span import Span
from workbench.errors import InputError
from workbench.study import new_study, open_study
from workbench.study.check import check_study

TALK = "INT: And the course?\nP01: It made me think, so I packed it in. Honestly.\nINT: And?\nP01: No. It was a form.\n"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "80")
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    (folder / "transcripts" / "du-01.txt").write_text(TALK, encoding="utf-8")
    rows = "document,scheme,role,kind,speakers\ndu-01,durham,service_user,interview,INT=interviewer; P01=service_user\n"
    (folder / "transcripts" / "metadata.csv").write_text(rows, encoding="utf-8")
    opened = open_study(folder)
    opened.take_in()
    code(folder, "No. It was a form.", "A11→M09", "contradicts")
    code(folder, "made me think", "M09", None)
    code(folder, "packed it in", "O06", None)
    opened.store.read("du-01", coder="anna")
    return folder


def code(folder: Path, words: str, what: str, stance: str | None, coder: str = "anna") -> str:
    store = open_study(folder).store
    start = store.text("du-01").index(words)
    return store.code(Span("du-01", start, start + len(words)), what, coder=coder, stance=stance, at="2024-02-01").id


def run(*words: object, exits: int = 0) -> Result:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == exits, done.output
    return done


COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_ledger_command_has_help_with_an_example(command: str) -> None:
    assert f"Example: workbench ledger {command}" in " ".join(run(command, "--help").output.split())


def test_a_case_against_waits_until_somebody_decides_and_can_be_taken_back(study: Path) -> None:
    told = run("cases", "--study", study, exits=1).output
    assert "A11→M09, service_user, durham, not stated, anna, decision: none yet" in told
    assert "“No. It was a form.”" in told
    assert "1 of 1 wait for a decision" in told
    case = json.loads(run("cases", "--study", study, "--json", exits=1).output)[0]["case"]
    run("dispose", case[-8:], "--as", "limits", "--why", "one form", "--by", "Kim", "--study", study)
    told = run("cases", "--study", study).output
    assert "decision: limits" in told
    assert "→ Kim: one form" in told
    run("dispose", case, "--take-back", "--by", "Kim", "--study", study)
    run("cases", "--study", study, exits=1)


def test_what_is_no_decision_or_no_coding_is_told_with_the_choices(study: Path) -> None:
    case = json.loads(run("cases", "--study", study, "--json", exits=1).output)[0]["case"]
    with pytest.raises(InputError, match=r"the disposition is 'limit'.*limits, refutes, error, rival"):
        run("dispose", case, "--as", "limit", "--why", "x", "--by", "Kim", "--study", study)
    with pytest.raises(InputError, match="no coding has this id"):
        run("dispose", "zzz", "--as", "limits", "--why", "x", "--by", "Kim", "--study", study)
    with pytest.raises(InputError, match="say who decides"):
        run("dispose", case, "--as", "limits", "--why", "x", "--study", study)


def test_the_list_shows_source_and_group_as_they_were_weighed(study: Path) -> None:
    [row] = json.loads(run("list", "--study", study, "--json").output)
    assert (row["source"], row["group"], row["side"]) == ("not stated", "du-01", "against")
    run("weigh", row["id"], "--source", "hearsay", "--group", "the lads", "--by", "Kim", "--study", study)
    [row] = json.loads(run("list", "--link", "A11->M09", "--study", study, "--json").output)
    assert (row["source"], row["group"]) == ("hearsay", "the lads")
    assert "No passage was coded to a link." in run("list", "--link", "A04->M07", "--study", study).output


def test_two_ends_with_a_causal_word_are_proposed_and_count_once_somebody_confirms(study: Path) -> None:
    [row] = json.loads(run("propose", "--study", study, "--json").output)
    assert (row["link"], row["quote"], row["cue"]) == ("M09→O06", "made me think, so I packed it in", "made me")
    assert "M09→O06" not in run("list", "--study", study).output
    run("confirm", row["proposal"], "--stance", "supports", "--by", "ben", "--study", study)
    assert "M09→O06, for" in run("list", "--study", study).output
    assert "Nothing is proposed." in run("propose", "--study", study).output


def test_what_was_expected_is_sealed_once_and_check_says_where_it_came_late_or_changed(study: Path) -> None:
    first = run("register", "--by", "Kim", "--study", study).output
    assert " sealed; 0 were sealed before" in first
    assert run("register", "--by", "Kim", "--study", study).output.startswith("0 elements sealed;")
    assert "sealed only after coding began: A11→M09" in doubts(study)
    path = study / "codebooks" / "theory.yaml"
    breaks = open_study(study).theory.links["A11→M09"].breaks
    path.write_text(path.read_text(encoding="utf-8").replace(breaks, "Nobody thinks."), encoding="utf-8")
    assert "changed after sealing: A11→M09" in doubts(study)


def test_check_tells_of_two_decisions_a_stranger_and_records_that_no_manual_has(study: Path) -> None:
    case = json.loads(run("cases", "--study", study, "--json", exits=1).output)[0]["case"]
    for by, what in (("anna", "limits"), ("Kim", "refutes")):
        run("dispose", case, "--as", what, "--why", "so", "--by", by, "--study", study)
    told = doubts(study)
    assert "a case against A11→M09 has two decisions (anna: limits; Kim: refutes), so it counts as open" in told
    assert "1 decision on evidence by Kim, who has coded nothing in this study" in told
    path = study / "codebooks" / "theory.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[DU-06,", "[DU-66,"), encoding="utf-8")
    wrong = "; ".join(map(str, check_study(open_study(study)).problems))
    assert "A07→A08 names the records of 'DU-66', which no manual has. Did you mean" in wrong


def doubts(study: Path) -> str:
    return "; ".join(map(str, check_study(open_study(study)).doubts))


def test_the_matrix_goes_out_as_excel_and_its_summaries_come_back(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "matrix.xlsx"
    open_study(study).store.summarise("M09", "scheme:durham", "Some think.", by="anna")
    assert "STAYS INSIDE" in run("matrix", "--out", out, "--cases", "scheme", "--study", study).output
    told = run("matrix", "--read", out, "--cases", "scheme", "--by", "ben", "--study", study).output
    assert told == "0 summaries changed.\n"
    with pytest.raises(InputError, match="give --out to write a file, or --read"):
        run("matrix", "--study", study)
    with pytest.raises(InputError, match=r"there are no 'role'.*person, scheme, document"):
        run("matrix", "--out", out, "--cases", "role", "--study", study)


def test_the_difference_between_two_theories_is_told_and_drawn(study: Path, tmp_path: Path) -> None:
    path = study / "codebooks" / "theory.yaml"
    new, drawing = tmp_path / "new.yaml", tmp_path / "change.mmd"
    new.write_text(path.read_text(encoding="utf-8").replace(", records: [WM-10]", ""), encoding="utf-8")
    told = run("diff", path, new, "--mermaid", drawing).output
    assert "link A08→A10: records was “WM-10”, is taken out; no reason is given" in told
    assert 'A08 -->|"changed"| A10' in drawing.read_text(encoding="utf-8")
    assert run("diff", path, path).output == "Nothing changed.\n"
